"""Tables of cases. A room's own record points to its case (one to one)."""

import uuid
from datetime import UTC, datetime

from django.db import models
from django.db.models import Q

NEVER = datetime(9999, 12, 31, tzinfo=UTC)


class Case(models.Model):
    """One request under one workflow.

    version guards against two officers moving it at once; due_at is the nearest limit that runs now (NEVER when none);
    paused_at is set while somebody outside must act; tracking is the keyed hash of the citizen's code.
    """

    workflow = models.CharField(max_length=40)
    number = models.CharField(max_length=40, unique=True)
    tracking = models.CharField(max_length=64, unique=True, null=True)
    title = models.CharField(max_length=160)
    state = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    priority = models.PositiveSmallIntegerField(default=3)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, db_index=False)
    holder = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    applicant = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    assisted_by = models.BigIntegerField(null=True)
    area = models.CharField(max_length=13, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField(default=NEVER)
    due_clock = models.CharField(max_length=40, blank=True)
    paused_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged", db_index=False
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["unit", "due_at", "id"],
                include=["workflow", "state", "priority", "area"],
                condition=Q(closed_at=None),
                name="cases_unit_open",
            ),
            models.Index(
                fields=["unit", "due_at", "id"],
                condition=Q(closed_at=None, paused_at__isnull=False),
                name="cases_unit_paused",
            ),
            models.Index(
                fields=["unit", "workflow", "state", "due_at", "id"],
                include=["priority", "area"],
                condition=Q(closed_at=None),
                name="cases_unit_state",
            ),
            models.Index(
                fields=["holder", "due_at", "id"], condition=Q(closed_at=None), name="cases_holder_due"
            ),
            models.Index(
                fields=["applicant", "-received_at"],
                condition=Q(applicant__isnull=False),
                name="cases_applicant",
            ),
            models.Index(fields=["workflow", "received_at"], name="cases_workflow_day"),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="cases_merged"),
        ]

    def __str__(self) -> str:
        return self.number


class Step(models.Model):
    """One entry of a case's history; never changed. `says` is the sentence the citizen reads, empty if internal."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    transition = models.CharField(max_length=40)
    source = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=40)
    actor = models.BigIntegerField(null=True)
    acting_for = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    says = models.TextField(blank=True)


class Timer(models.Model):
    """A clock of a case: the limit in force when it began, when it ends, whether it was kept.

    paused: working days it has stood still so far; next_level and climbs_at drive the escalation.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="timers")
    code = models.CharField(max_length=40)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=10)
    since = models.DateTimeField()
    due_at = models.DateTimeField()
    paused = models.PositiveSmallIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True)
    next_level = models.PositiveSmallIntegerField(null=True)
    climbs_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code"], condition=Q(stopped_at=None), name="cases_timer_running"
            )
        ]
        indexes = [
            models.Index(
                fields=["climbs_at"],
                condition=Q(stopped_at=None, climbs_at__isnull=False),
                name="cases_climb",
            ),
            models.Index(fields=["code", "due_at"], condition=Q(stopped_at=None), name="cases_timer_due"),
            models.Index(
                fields=["code", "stopped_at"], condition=Q(stopped_at__isnull=False), name="cases_timer_ended"
            ),
        ]


class Escalation(models.Model):
    """A level above that was told, and its answer in words. It never changes who holds the case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="escalations")
    timer = models.ForeignKey(Timer, on_delete=models.CASCADE, null=True)
    level = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=200)
    role = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["timer", "level"], name="cases_escalation_once")]
        indexes = [
            models.Index(fields=["level", "-at"], condition=Q(answered_at=None), name="cases_escalation_open")
        ]


class Draft(models.Model):
    """A form half filled in, kept on the server so that a lost connection loses nothing.

    Found by its code (shown to the person) or by the signed-in owner; gone once sent, or when it expires.
    """

    code = models.CharField(max_length=64, unique=True)
    service = models.CharField(max_length=60)
    owner = models.BigIntegerField(null=True)
    content = models.JSONField(default=dict)
    submission = models.UUIDField(default=uuid.uuid4)
    updated_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["owner", "service"], condition=Q(owner__isnull=False), name="cases_draft_owner"
            )
        ]


class SavedView(models.Model):
    """A filter of the inbox that an officer gave a name."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=400)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="cases_view_name")]


class Follow(models.Model):
    """An officer who wants to see a case without holding it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="followers")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "case"], name="cases_follow_once")]
