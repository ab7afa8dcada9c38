"""Assessments of every kind, the year's mass assessment of land, delivery, and the monthly returns."""

import uuid

from django.db import models
from django.db.models import F, Q

from sekata.pillars.economy.tax.codes import (
    AssessmentKind,
    AssessmentState,
    BatchState,
    Ground,
    LandUse,
    NoticeKind,
    ReturnState,
    TaxType,
)


class MassBatch(models.Model):
    """The assessment of all land of a tax year.

    cursor: highest land object already done in the present step, so that a run that died goes on where it was;
    law: the terms it was computed with, in words of `rules.landtax.terms_key`.
    """

    tax_year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=BatchState.choices(), default=BatchState.SNAPSHOT)
    due_on = models.DateField()
    step = models.CharField(max_length=10, blank=True)
    cursor = models.BigIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    law = models.JSONField(default=dict)
    rise_cap = models.PositiveIntegerField(default=0)
    over_cap = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True)
    begun_by = models.BigIntegerField(null=True)
    begun_at = models.DateTimeField()
    approved_by = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    issued_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tax_year"], condition=~Q(state=BatchState.ABANDONED), name="tax_batch_one_a_year"
            )
        ]


class MassLine(models.Model):
    """One object in a batch: its value on 1 January and its simulated tax. Amounts in rupiah, rates in percent.

    problem: why it cannot be assessed (its zone has no value). A working table: letters are made from it.
    """

    batch = models.ForeignKey(MassBatch, on_delete=models.CASCADE, related_name="lines", db_index=False)
    land = models.ForeignKey(
        "tax.LandObject", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    nop = models.CharField(max_length=18)
    version = models.ForeignKey(
        "tax.LandVersion", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    taxpayer = models.ForeignKey(
        "tax.Taxpayer", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    use = models.CharField(max_length=8, choices=LandUse.choices())
    untaxed = models.BooleanField()
    problem = models.CharField(max_length=8, blank=True)
    land_value = models.BigIntegerField()
    building_value = models.BigIntegerField()
    value = models.BigIntegerField()
    deduction = models.BigIntegerField(null=True)
    share = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    rate = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    tax = models.BigIntegerField(null=True)
    last_tax = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "land"], name="tax_line_once")]
        indexes = [models.Index(fields=["batch", "taxpayer", "-value", "nop"], name="tax_line_deduction")]


class Assessment(models.Model):
    """A tax set by the office: SPPT, SKPD, SKPDKB, SKPDKBT, SKPDLB, SKPDN, STPD. Amounts in rupiah.

    Of an SPPT: value and its two parts, deduction, share; the number is NOP, year and issue. A corrected letter is
    cancelled and superseded by the next issue; both stay. principal + increase + interest + fine - credit is the total.
    """

    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=7, choices=AssessmentKind.choices())
    tax_type = models.CharField(max_length=2, choices=TaxType.choices())
    state = models.CharField(max_length=12, choices=AssessmentState.choices(), default=AssessmentState.DRAFT)
    taxpayer = models.ForeignKey("tax.Taxpayer", on_delete=models.PROTECT, related_name="assessments")
    land = models.ForeignKey(
        "tax.LandObject", on_delete=models.PROTECT, null=True, related_name="assessments", db_index=False
    )
    version = models.ForeignKey(
        "tax.LandVersion", on_delete=models.PROTECT, null=True, related_name="assessments", db_index=False
    )
    object = models.ForeignKey(
        "tax.TaxObject", on_delete=models.PROTECT, null=True, related_name="assessments", db_index=False
    )
    filing = models.ForeignKey(
        "tax.TaxReturn", on_delete=models.PROTECT, null=True, related_name="assessments", db_index=False
    )
    transfer = models.ForeignKey(
        "tax.Transfer", on_delete=models.PROTECT, null=True, related_name="assessments", db_index=False
    )
    batch = models.ForeignKey(
        MassBatch, on_delete=models.PROTECT, null=True, related_name="assessments", db_index=False
    )
    tax_year = models.PositiveSmallIntegerField()
    period = models.CharField(max_length=7, blank=True)
    issue = models.PositiveSmallIntegerField(default=0)
    ground = models.CharField(max_length=10, choices=Ground.choices(), blank=True)
    base = models.BigIntegerField()
    land_value = models.BigIntegerField(null=True)
    building_value = models.BigIntegerField(null=True)
    deduction = models.BigIntegerField(default=0)
    share = models.DecimalField(max_digits=7, decimal_places=4, default=100)
    rate = models.DecimalField(max_digits=7, decimal_places=4)
    principal = models.BigIntegerField()
    surcharge = models.BigIntegerField(default=0)
    increase = models.BigIntegerField(default=0)
    interest = models.BigIntegerField(default=0)
    fine = models.BigIntegerField(default=0)
    credit = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(default=0)
    undisputed = models.BigIntegerField(null=True)
    issued_on = models.DateField(null=True)
    delivered_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    drafted_by = models.BigIntegerField(null=True)
    approved_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["land", "tax_year"],
                condition=Q(kind=AssessmentKind.SPPT) & ~Q(state=AssessmentState.CANCELLED),
                name="tax_sppt_one_valid",
            ),
            models.CheckConstraint(
                condition=~Q(kind=AssessmentKind.SPPT) | Q(version__isnull=False, land__isnull=False),
                name="tax_sppt_has_version",
            ),
            models.CheckConstraint(
                condition=Q(
                    base__gte=0,
                    deduction__gte=0,
                    principal__gte=0,
                    surcharge__gte=0,
                    increase__gte=0,
                    interest__gte=0,
                    fine__gte=0,
                    credit__gte=0,
                    paid__gte=0,
                ),
                name="tax_assessment_amounts",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(issued_on=None) | Q(due_on__gte=F("issued_on")),
                name="tax_assessment_due",
            ),
        ]
        indexes = [
            models.Index(fields=["land", "-tax_year"], name="tax_assessment_land"),
            models.Index(
                fields=["object", "-tax_year"], condition=Q(object__isnull=False), name="tax_assessment_obj"
            ),
            models.Index(
                fields=["due_on"],
                condition=Q(state__in=[AssessmentState.ISSUED, AssessmentState.DELIVERED]),
                name="tax_assessment_falls_due",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def total(self) -> int:
        """What was set in all, in rupiah, before any later penalty."""
        return self.principal + self.surcharge + self.increase + self.interest + self.fine - self.credit


class Delivery(models.Model):
    """That a letter reached its taxpayer: who took it, when, with photo and place where there are any."""

    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="delivery")
    receiver = models.CharField(max_length=120)
    delivered_at = models.DateTimeField()
    delivered_by = models.BigIntegerField(null=True)
    photo = models.ForeignKey("documents.File", on_delete=models.PROTECT, null=True, related_name="+")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)


class TaxReturn(models.Model):
    """A monthly return (SPTPD). correction_no 0 is the original; a correction replaces the one before it.

    lines: receipts or quantities as declared; base, tax, surcharge, fine in rupiah.
    """

    submission = models.UUIDField(default=uuid.uuid4, unique=True)
    number = models.CharField(max_length=40, unique=True, null=True)
    object = models.ForeignKey("tax.TaxObject", on_delete=models.PROTECT, related_name="returns")
    taxpayer = models.ForeignKey("tax.Taxpayer", on_delete=models.PROTECT, related_name="returns")
    period = models.CharField(max_length=7)
    correction_no = models.PositiveSmallIntegerField(default=0)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    state = models.CharField(max_length=10, choices=ReturnState.choices(), default=ReturnState.DRAFT)
    lines = models.JSONField(default=list)
    base = models.BigIntegerField(default=0)
    rate = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    tax = models.BigIntegerField(default=0)
    surcharge = models.BigIntegerField(default=0)
    shortage = models.BigIntegerField(default=0)
    interest = models.BigIntegerField(default=0)
    fine = models.BigIntegerField(default=0)
    force_majeure = models.CharField(max_length=200, blank=True)
    attachments = models.JSONField(default=list)
    filed_at = models.DateTimeField(null=True)
    pay_by = models.DateField(null=True)
    paid_on = models.DateField(null=True)
    file_by = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["object", "period", "correction_no"], name="tax_return_once"),
            models.CheckConstraint(
                condition=Q(period__regex=r"^\d{4}-(0[1-9]|1[0-2])$"), name="tax_return_period"
            ),
            models.CheckConstraint(
                condition=Q(base__gte=0, tax__gte=0, surcharge__gte=0, interest__gte=0, fine__gte=0),
                name="tax_return_amounts",
            ),
        ]


class FilingNotice(models.Model):
    """That a month was not filed: a reminder, then a written warning (surat teguran SPTPD). due_on: of its answer."""

    object = models.ForeignKey("tax.TaxObject", on_delete=models.PROTECT, related_name="notices")
    period = models.CharField(max_length=7)
    kind = models.CharField(max_length=8, choices=NoticeKind.choices())
    number = models.CharField(max_length=40, unique=True)
    sent_on = models.DateField()
    due_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["object", "period", "kind"], name="tax_notice_once")]
