"""One person for another, and two records that are one person."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_noop as _

from sekata.kernel.people.models.persons import Person


class Delegation(models.Model):
    """A citizen lets another act in named services for a time: guardian, carer, officer of a company.

    It is addressed to a phone number (keyed hash) and counts once the holder of that number has accepted it; so the
    giver never learns whether the number has an account. scope: codes of systems.
    """

    KINDS = [
        ("guardian", _("wali")),
        ("carer", _("pendamping atau keluarga")),
        ("company", _("pengurus badan usaha")),
    ]

    giver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates_given")
    receiver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates_held", null=True)
    number = models.CharField(max_length=64)
    masked = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=KINDS)
    scope = models.JSONField()
    evidence = models.CharField(max_length=200)
    starts = models.DateField()
    ends = models.DateField()
    made_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="people_delegation_order"),
            models.CheckConstraint(
                condition=Q(receiver__isnull=True) | ~Q(receiver=F("giver")), name="people_delegation_other"
            ),
        ]
        indexes = [
            models.Index(fields=["receiver", "ends"], name="people_delegation_held"),
            models.Index(
                fields=["number"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="people_delegation_open",
            ),
        ]

    def in_force(self, on: date) -> bool:
        """Accepted, not revoked, within its days."""
        return bool(self.accepted_at) and not self.revoked_at and self.starts <= on <= self.ends


class Merge(models.Model):
    """`dropped` is the same human as `kept`. One administrator proposes, another approves; for a time it can be undone.

    moved: model.field -> keys of the rows that pointed to `dropped` and were turned to `kept`.
    """

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_kept")
    dropped = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_dropped")
    reason = models.CharField(max_length=200)
    proposed_by = models.BigIntegerField()
    proposed_at = models.DateTimeField()
    approved_by = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    reversible_until = models.DateTimeField(null=True)
    moved = models.JSONField(default=dict)
    ended_by = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dropped"], condition=Q(ended_at=None), name="people_merge_once"),
            models.CheckConstraint(condition=~Q(kept=F("dropped")), name="people_merge_two"),
        ]

    @property
    def state(self) -> str:
        """proposed, approved, reversed, or rejected (ended before it was ever approved)."""
        if self.ended_at:
            return "reversed" if self.approved_at else "rejected"
        return "approved" if self.approved_at else "proposed"
