"""What a taxpayer may ask for about an assessment, and what the office does when nobody pays."""

import uuid

from django.db import models
from django.db.models import Q

from sekata.pillars.economy.tax.codes import CollectionState, ObjectionResult


class Objection(models.Model):
    """An objection (keberatan) against an assessment. undisputed: the part agreed to, decided: the tax decided."""

    case = models.OneToOneField(
        "cases.Case", on_delete=models.PROTECT, primary_key=True, related_name="tax_objection"
    )
    submission = models.UUIDField(default=uuid.uuid4, unique=True)
    assessment = models.ForeignKey("tax.Assessment", on_delete=models.PROTECT, related_name="objections")
    taxpayer = models.ForeignKey("tax.Taxpayer", on_delete=models.PROTECT, related_name="objections")
    filed_on = models.DateField()
    grounds = models.TextField()
    undisputed = models.BigIntegerField()
    paid_before = models.BigIntegerField()
    heard_on = models.DateField(null=True)
    hearing = models.TextField(blank=True)
    result = models.CharField(max_length=10, choices=ObjectionResult.choices(), blank=True)
    decided = models.BigIntegerField(null=True)
    decided_on = models.DateField(null=True)
    by_silence = models.BooleanField(default=False)
    fine = models.BigIntegerField(default=0)
    appealed_on = models.DateField(null=True)
    verdict = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"], condition=Q(decided_on=None), name="tax_objection_one_open"
            )
        ]


class Relief(models.Model):
    """A request to reduce an assessment (pengurangan). granted: rupiah taken off."""

    case = models.OneToOneField(
        "cases.Case", on_delete=models.PROTECT, primary_key=True, related_name="tax_relief"
    )
    submission = models.UUIDField(default=uuid.uuid4, unique=True)
    assessment = models.ForeignKey("tax.Assessment", on_delete=models.PROTECT, related_name="reliefs")
    taxpayer = models.ForeignKey("tax.Taxpayer", on_delete=models.PROTECT, related_name="reliefs")
    grounds = models.TextField()
    asked = models.BigIntegerField()
    granted = models.BigIntegerField(null=True)


class InstalmentPlan(models.Model):
    """Payment of an assessment in parts (angsuran). rate: percent a month on what remains; began: when it started."""

    case = models.OneToOneField(
        "cases.Case", on_delete=models.PROTECT, primary_key=True, related_name="tax_instalment"
    )
    submission = models.UUIDField(default=uuid.uuid4, unique=True)
    assessment = models.ForeignKey("tax.Assessment", on_delete=models.PROTECT, related_name="plans")
    taxpayer = models.ForeignKey("tax.Taxpayer", on_delete=models.PROTECT, related_name="plans")
    grounds = models.TextField()
    principal = models.BigIntegerField()
    parts_wanted = models.PositiveSmallIntegerField()
    rate = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    began = models.DateField(null=True)
    broken_on = models.DateField(null=True)
    balance = models.BigIntegerField(null=True)


class InstalmentPart(models.Model):
    """One part of a plan: paid on its own bill."""

    plan = models.ForeignKey(InstalmentPlan, on_delete=models.PROTECT, related_name="parts")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    principal = models.BigIntegerField()
    interest = models.BigIntegerField()
    paid_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="tax_instalment_number")]

    @property
    def total(self) -> int:
        """Rupiah to be paid for it."""
        return self.principal + self.interest


class Refund(models.Model):
    """What was paid too much and is given back (SKPDLB). consents: the payer lets arrears be settled first."""

    case = models.OneToOneField(
        "cases.Case", on_delete=models.PROTECT, primary_key=True, related_name="tax_refund"
    )
    submission = models.UUIDField(default=uuid.uuid4, unique=True)
    taxpayer = models.ForeignKey("tax.Taxpayer", on_delete=models.PROTECT, related_name="refunds")
    assessment = models.ForeignKey("tax.Assessment", on_delete=models.PROTECT, related_name="refunds")
    letter = models.OneToOneField(
        "tax.Assessment", on_delete=models.PROTECT, null=True, related_name="refund_of"
    )
    grounds = models.TextField()
    asked = models.BigIntegerField()
    decided = models.BigIntegerField(null=True)
    consents = models.BooleanField(default=False)
    offset = models.BigIntegerField(default=0)
    interest = models.BigIntegerField(default=0)
    decided_on = models.DateField(null=True)
    issued_on = models.DateField(null=True)
    paid_on = models.DateField(null=True)


class Collection(models.Model):
    """The collecting of one overdue assessment: how far it has come."""

    assessment = models.OneToOneField("tax.Assessment", on_delete=models.PROTECT, related_name="collection")
    state = models.CharField(max_length=10, choices=CollectionState.choices(), default=CollectionState.OPEN)
    since = models.DateTimeField()


class CollectionAct(models.Model):
    """One act of collection as it was served; a warning and a Surat Paksa restart the clock of lapse (R15)."""

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=10, choices=CollectionState.choices())
    number = models.CharField(max_length=40, unique=True)
    served_on = models.DateField()
    served_at = models.DateTimeField(null=True)
    served_by = models.BigIntegerField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["collection", "kind"], name="tax_collection_act_once")]
