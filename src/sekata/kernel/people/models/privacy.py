"""What serves a person's control over their own data: codes, consents, requests, matches."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_noop as _

from sekata.kernel.people.models.persons import Person, Vault


class CodeGate(models.Model):
    """One row for each number that ever asked for a code: whoever sends one holds this row's lock (R6)."""

    number = models.CharField(max_length=64, unique=True)


class OneTimeCode(models.Model):
    """A code of six digits, sent once. Number, code and asking address are keyed hashes; the code itself lies nowhere.

    The hash covers purpose and number, so that a code proves nothing but what it was asked for.
    """

    PURPOSES = [("signup", "pendaftaran"), ("signin", "masuk"), ("contact", "bukti nomor")]

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    purpose = models.CharField(max_length=12, choices=PURPOSES)
    number = models.CharField(max_length=64)
    secret = models.CharField(max_length=64)
    source = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["number", "sent_at"], name="people_code_number"),
            models.Index(fields=["source", "sent_at"], name="people_code_source"),
        ]


class Consent(models.Model):
    """One answer to one purpose. Rows are only added: the newest of a purpose counts, the history proves (R11).

    entry: the row of the table of purposes whose words the person saw.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=40)
    given = models.BooleanField()
    entry = models.BigIntegerField()
    via = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "purpose", "-id"], name="people_consent_latest")]


class RightsRequest(models.Model):
    """What a person asks of an officer about their own data; its clock runs from the receipt (R9).

    What they wrote lies in a vault of its own.
    """

    KINDS = [
        ("correct", _("perbaikan data")),
        ("access", _("akses dan salinan")),
        ("restrict", _("pembatasan pemrosesan")),
        ("erase", _("penghapusan")),
    ]
    STATES = [
        ("received", _("diterima")),
        ("in_progress", _("dikerjakan")),
        ("fulfilled", _("dipenuhi")),
        ("partly", _("dipenuhi sebagian")),
        ("refused", _("ditolak")),
    ]
    OPEN = ("received", "in_progress")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="rights_requests")
    kind = models.CharField(max_length=10, choices=KINDS)
    state = models.CharField(max_length=12, choices=STATES, default="received")
    details = models.OneToOneField(Vault, on_delete=models.SET_NULL, null=True)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    basis = models.CharField(max_length=120)
    taken_by = models.BigIntegerField(null=True)
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=["received", "in_progress"]),
                name="people_rights_open",
            )
        ]


class Match(models.Model):
    """A question to the population register: which fields agreed, and a keyed hash of what was asked (R5).

    What the register answers beyond yes and no is not kept. `waiting` means it was away; a job asks again.
    """

    WAITING, MATCHED, DIFFERENT = "waiting", "matched", "different"

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="match")
    state = models.CharField(max_length=10)
    results = models.JSONField(default=dict)
    evidence = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(state="waiting"), name="people_match_waiting")
        ]
