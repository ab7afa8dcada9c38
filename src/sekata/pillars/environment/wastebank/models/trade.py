"""What leaves a bank: sales to collectors, transfers from unit to central."""

from django.db import models
from django.db.models import F, Q

from sekata.pillars.environment.wastebank.codes import Cause, SaleState, TransferState
from sekata.pillars.environment.wastebank.models.bank import WasteBank
from sekata.pillars.environment.wastebank.models.price import Collector


class Sale(models.Model):
    """A sale to somebody outside the regency's banks (penjualan)."""

    bank = models.ForeignKey(WasteBank, on_delete=models.PROTECT, related_name="sales")
    number = models.CharField(max_length=24, unique=True)
    collector = models.ForeignKey(Collector, on_delete=models.PROTECT, related_name="sales")
    state = models.CharField(max_length=12, choices=SaleState.choices(), default="planned")
    version = models.PositiveIntegerField(default=1)
    slip = models.CharField(max_length=40, blank=True)
    planned_by = models.BigIntegerField(null=True)
    planned_at = models.DateTimeField()
    weighed_out_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    invoiced_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    paid_into = models.CharField(max_length=4, blank=True)

    class Meta:
        indexes = [models.Index(fields=["bank", "-id"], name="wastebank_sales")]


class SaleLine(models.Model):
    """A material sold. kg as weighed out, of which rejected_kg were refused and returned_kg of those came back."""

    sale = models.ForeignKey(Sale, on_delete=models.PROTECT, related_name="lines")
    material = models.CharField(max_length=8)
    grade = models.CharField(max_length=16, blank=True)
    kg = models.DecimalField(max_digits=12, decimal_places=3)
    price = models.BigIntegerField()
    cost = models.BigIntegerField(default=0)
    rejected_kg = models.DecimalField(max_digits=12, decimal_places=3, default=0)
    returned_kg = models.DecimalField(max_digits=12, decimal_places=3, default=0)
    returned_value = models.BigIntegerField(default=0)
    revenue = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sale", "material", "grade"], name="wastebank_sold_once"),
            models.CheckConstraint(
                condition=Q(kg__gt=0)
                & Q(price__gte=0)
                & Q(rejected_kg__range=(0, F("kg")))
                & Q(returned_kg__range=(0, F("rejected_kg"))),
                name="wastebank_sale_line",
            ),
        ]


class Transfer(models.Model):
    """A unit's material on its way to its central (kiriman). The difference names the leg where it arose (R9)."""

    bank = models.ForeignKey(WasteBank, on_delete=models.PROTECT, related_name="sent")
    central = models.ForeignKey(WasteBank, on_delete=models.PROTECT, related_name="received")
    number = models.CharField(max_length=24, unique=True)
    state = models.CharField(max_length=8, choices=TransferState.choices(), default="sent")
    version = models.PositiveIntegerField(default=1)
    sent_by = models.BigIntegerField(null=True)
    sent_at = models.DateTimeField()
    received_by = models.BigIntegerField(null=True)
    received_at = models.DateTimeField(null=True)


class TransferLine(models.Model):
    """A material sent. cost: what the unit gave away; amount: what the central owes for what it received; a loss beyond
    the tolerance waits for its cause."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="lines")
    material = models.CharField(max_length=8)
    sent_kg = models.DecimalField(max_digits=12, decimal_places=3)
    received_kg = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    price = models.BigIntegerField()
    cost = models.BigIntegerField(default=0)
    amount = models.BigIntegerField(default=0)
    loss = models.BigIntegerField(default=0)
    beyond = models.BooleanField(default=False)
    cause = models.CharField(max_length=16, choices=Cause.choices(), blank=True)
    explanation = models.CharField(max_length=300, blank=True)
    closed_by = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["transfer", "material"], name="wastebank_sent_once"),
            models.CheckConstraint(
                condition=Q(sent_kg__gt=0) & (Q(received_kg=None) | Q(received_kg__gte=0)),
                name="wastebank_transfer_line",
            ),
        ]
