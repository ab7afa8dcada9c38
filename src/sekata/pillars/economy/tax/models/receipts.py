"""What came in: one row for every settlement, and its opposite for every reversal or refund (R23)."""

from django.db import models

from sekata.pillars.economy.tax.codes import TaxType


class Receipt(models.Model):
    """Rupiah of a tax that came in on a day; below zero when it went back. Never changed.

    amount: the regency's own, penalty included; penalty: that part of it; passed_on: for another government on top;
    about: number of the letter, return or duty; channel: how it was paid, empty where nobody paid (offset).
    """

    tax_type = models.CharField(max_length=2, choices=TaxType.choices())
    tax_year = models.PositiveSmallIntegerField()
    village_code = models.CharField(max_length=13, blank=True)
    on = models.DateField()
    amount = models.BigIntegerField()
    penalty = models.BigIntegerField(default=0)
    passed_on = models.BigIntegerField(default=0)
    about = models.CharField(max_length=40)
    channel = models.CharField(max_length=12, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["on", "tax_type"], include=["amount"], name="tax_receipt_day"),
            models.Index(fields=["about"], name="tax_receipt_about"),
        ]
