"""Tariffs: the one part of tax law whose consistency the database itself enforces (R1)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from sekata.pillars.economy.tax.codes import TargetVersion, TaxType


class TariffSet(models.Model):
    """The brackets of one tax and sub-class that hold from `valid_from` on, until the next set.

    It counts once somebody else than its author has approved it; from then on it never changes. article: the article
    of law that limits its rates; legal_ref: the bylaw that sets them.
    """

    tax_type = models.CharField(max_length=2, choices=TaxType.choices())
    sub_class = models.CharField(max_length=24, default="general")
    valid_from = models.DateField()
    legal_ref = models.CharField(max_length=200)
    article = models.CharField(max_length=80)
    confirmed = models.BooleanField(default=False)
    author = models.BigIntegerField(null=True)
    approver = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tax_type", "sub_class", "valid_from"], name="tax_tariff_set_day"
            ),
            models.CheckConstraint(
                condition=Q(approver=None) | Q(author=None) | ~Q(approver=F("author")),
                name="tax_tariff_two_persons",
            ),
        ]


class Tariff(models.Model):
    """One bracket: bases from min_base to max_base (both inclusive, None: without end) pay `rate` percent.

    rate_min and rate_max are the limits of law beside which the rate stands.
    """

    of = models.ForeignKey(TariffSet, on_delete=models.CASCADE, related_name="brackets")
    min_base = models.BigIntegerField(default=0)
    max_base = models.BigIntegerField(null=True)
    rate = models.DecimalField(max_digits=7, decimal_places=4)
    rate_min = models.DecimalField(max_digits=7, decimal_places=4)
    rate_max = models.DecimalField(max_digits=7, decimal_places=4)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rate__gte=F("rate_min")) & Q(rate__lte=F("rate_max")),
                name="tax_tariff_within_law",
            ),
            models.CheckConstraint(
                condition=Q(min_base__gte=0) & (Q(max_base=None) | Q(max_base__gte=F("min_base"))),
                name="tax_tariff_range",
            ),
            ExclusionConstraint(
                name="tax_tariff_no_overlap",
                expressions=[
                    (
                        Func(F("of_id"), F("of_id"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(F("min_base"), F("max_base"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]


class RevenueTarget(models.Model):
    """What the budget expects of a tax in a year; a revised budget replaces the original from its day on.

    It counts once somebody else than its author has approved it.
    """

    year = models.PositiveSmallIntegerField()
    version = models.CharField(max_length=10, choices=TargetVersion.choices())
    tax_type = models.CharField(max_length=2, choices=TaxType.choices())
    district = models.CharField(max_length=8, blank=True)
    amount = models.BigIntegerField()
    basis = models.CharField(max_length=200)
    valid_from = models.DateField()
    author = models.BigIntegerField(null=True)
    approver = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "version", "tax_type", "district"], name="tax_target_once"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="tax_target_amount"),
            models.CheckConstraint(
                condition=Q(approver=None) | Q(author=None) | ~Q(approver=F("author")),
                name="tax_target_two_persons",
            ),
        ]
