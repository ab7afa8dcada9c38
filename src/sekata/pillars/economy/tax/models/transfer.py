"""Acquisition duty: the taxpayer's own assessment (SSPD-BPHTB), and the monthly deed report of a PPAT."""

import uuid

from django.db import models
from django.db.models import Q

from sekata.pillars.economy.tax.codes import Acquisition, Kinship, TransferExemption


class Transfer(models.Model):
    """One acquisition (SSPD-BPHTB). Number, state and clocks are its case's.

    Buyer and seller lie in the vault; buyer_lookup is the keyed hash of the buyer's NIK, by which an earlier
    acquisition is found (R5). dates: event -> day (R6). used_at: a validation serves one deed.
    """

    case = models.OneToOneField(
        "cases.Case", on_delete=models.PROTECT, primary_key=True, related_name="tax_transfer"
    )
    submission = models.UUIDField(default=uuid.uuid4, unique=True)
    code = models.CharField(max_length=2, choices=Acquisition.choices())
    land = models.ForeignKey("tax.LandObject", on_delete=models.PROTECT, related_name="transfers")
    taxpayer = models.ForeignKey(
        "tax.Taxpayer", on_delete=models.PROTECT, null=True, related_name="transfers"
    )
    identity = models.OneToOneField("people.Vault", on_delete=models.SET_NULL, null=True, related_name="+")
    buyer_name = models.CharField(max_length=120)
    buyer_lookup = models.CharField(max_length=64)
    seller_name = models.CharField(max_length=120)
    kinship = models.CharField(max_length=8, choices=Kinship.choices(), blank=True)
    exemption = models.CharField(max_length=12, choices=TransferExemption.choices(), blank=True)
    certificate = models.CharField(max_length=60, blank=True)
    land_area = models.PositiveIntegerField()
    building_area = models.PositiveIntegerField(default=0)
    price = models.BigIntegerField(null=True)
    land_value_year = models.PositiveSmallIntegerField()
    land_value = models.BigIntegerField()
    first = models.BooleanField()
    base = models.BigIntegerField()
    deduction = models.BigIntegerField()
    rate = models.DecimalField(max_digits=7, decimal_places=4)
    duty = models.BigIntegerField()
    dates = models.JSONField(default=dict)
    due_on = models.DateField(null=True)
    ppat = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    deed_number = models.CharField(max_length=60, blank=True)
    deed_date = models.DateField(null=True)
    ntpd = models.CharField(max_length=20, blank=True)
    validated_by = models.BigIntegerField(null=True)
    validated_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    registered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(base__gte=0, deduction__gte=0, duty__gte=0, land_value__gte=0),
                name="tax_transfer_amounts",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(validated_at__isnull=False),
                name="tax_transfer_used_once_validated",
            ),
        ]
        indexes = [models.Index(fields=["buyer_lookup"], name="tax_transfer_buyer")]

    @property
    def number(self) -> str:
        return self.case.number


class PpatReport(models.Model):
    """The deeds that a PPAT reports for a month, and the fine where the report was late (R6)."""

    ppat = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=7)
    deeds = models.JSONField(default=list)
    due_on = models.DateField()
    filed_at = models.DateTimeField()
    fine = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ppat", "period"], name="tax_ppat_report_once")]
