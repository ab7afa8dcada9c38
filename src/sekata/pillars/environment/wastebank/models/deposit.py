"""Deposits, the items of a sync that are not deposits (yet), and what is usual per kind of customer."""

from django.db import models
from django.db.models import F, Q

from sekata.pillars.environment.wastebank.codes import DepositSource, DepositState, Result
from sekata.pillars.environment.wastebank.models.bank import Device, Officer, Scale, WasteBank
from sekata.pillars.environment.wastebank.models.customer import Customer


class Deposit(models.Model):
    """A weighing that is booked (setoran). What a receipt shows never changes; a reversal leaves it and adds to it.

    weighed_at: as the device said; corrected_at: as far as can be known (R3); posted_on: the day in the books.
    gross = credited + bank_share (R7). top_up: what the director may add because a dearer price was in force (R2).
    """

    bank = models.ForeignKey(WasteBank, on_delete=models.PROTECT, related_name="deposits")
    device = models.ForeignKey(Device, on_delete=models.PROTECT, null=True, related_name="deposits")
    uid = models.UUIDField()
    fingerprint = models.CharField(max_length=64)
    number = models.CharField(max_length=20, unique=True)
    provisional_no = models.CharField(max_length=10, blank=True)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="deposits")
    weigher = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=14, choices=DepositSource.choices())
    weighed_at = models.DateTimeField()
    clock_offset_s = models.BigIntegerField(null=True)
    corrected_at = models.DateTimeField()
    received_at = models.DateTimeField()
    posted_on = models.DateField()
    list_version = models.PositiveIntegerField()
    gross = models.BigIntegerField()
    credited = models.BigIntegerField()
    bank_share = models.BigIntegerField(default=0)
    top_up = models.BigIntegerField(default=0)
    topped_up_at = models.DateTimeField(null=True)
    flags = models.JSONField(default=list)
    photo = models.ForeignKey("documents.File", on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=DepositState.choices(), default="final")
    version = models.PositiveIntegerField(default=1)
    reversed_at = models.DateTimeField(null=True)
    reversed_by = models.BigIntegerField(null=True)
    reversal_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["device", "uid"], name="wastebank_uid_once", nulls_distinct=False
            ),
            models.UniqueConstraint(
                fields=["bank", "provisional_no"],
                condition=~Q(provisional_no=""),
                name="wastebank_provisional",
            ),
            models.CheckConstraint(
                condition=Q(gross=F("credited") + F("bank_share"))
                & Q(credited__gte=0)
                & Q(bank_share__gte=0),
                name="wastebank_shares",
            ),
        ]
        indexes = [
            models.Index(fields=["bank", "-corrected_at", "-id"], name="wastebank_day_sheet"),
            models.Index(fields=["customer", "-corrected_at", "-id"], name="wastebank_passbook"),
        ]

    @property
    def channel(self) -> str:
        """Which prices applied."""
        return channel_of(self.source)


def channel_of(source: str) -> str:
    """The price channel of a source: what is fetched is paid as pickup."""
    return "pickup" if source == DepositSource.PICKUP else "drop_off"


class DepositLine(models.Model):
    """One material of a deposit. credited: the customer's part of the amount (R7), at which it enters the stock."""

    deposit = models.ForeignKey(Deposit, on_delete=models.PROTECT, related_name="lines")
    place = models.PositiveSmallIntegerField()
    material = models.CharField(max_length=8)
    grade = models.CharField(max_length=16, blank=True)
    quantity = models.DecimalField(max_digits=9, decimal_places=3)
    kg = models.DecimalField(max_digits=12, decimal_places=3)
    unit_price = models.BigIntegerField()
    amount = models.BigIntegerField()
    credited = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deposit", "place"], name="wastebank_line_place"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0) & Q(amount__gte=0) & Q(credited__range=(0, F("amount"))),
                name="wastebank_line_amounts",
            ),
        ]


class SyncItem(models.Model):
    """An item that the server did not book at once: held for the director (conflict) or refused.

    Kept for ever: the number on the customer's paper must be findable. deposit: what an accepted one became.
    """

    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="items")
    bank = models.ForeignKey(WasteBank, on_delete=models.PROTECT, related_name="items")
    uid = models.UUIDField()
    fingerprint = models.CharField(max_length=64)
    provisional_no = models.CharField(max_length=10, blank=True)
    payload = models.JSONField()
    result = models.CharField(max_length=8, choices=Result.choices())
    errors = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=DepositState.choices())
    version = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField()
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)
    deposit = models.ForeignKey(Deposit, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "uid", "fingerprint"], name="wastebank_item_once")
        ]
        indexes = [
            models.Index(
                fields=["bank", "id"], condition=Q(state="conflict"), name="wastebank_open_conflicts"
            ),
            models.Index(fields=["bank", "provisional_no"], name="wastebank_item_paper"),
        ]


class KindThreshold(models.Model):
    """The 99th percentile of a line's kilograms per kind of customer, counted every night (R12)."""

    kind = models.CharField(max_length=14, unique=True)
    p99_kg = models.DecimalField(max_digits=12, decimal_places=3)
    lines = models.PositiveIntegerField()
    counted_at = models.DateTimeField()
