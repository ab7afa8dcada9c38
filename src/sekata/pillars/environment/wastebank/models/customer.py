"""Customers and what they ask for at home."""

import uuid

from django.db import models
from django.db.models import Q

from sekata.pillars.environment.wastebank.codes import CustomerKind, CustomerStatus
from sekata.pillars.environment.wastebank.models.bank import WasteBank


class Customer(models.Model):
    """A customer (nasabah). NIK and phone lie in the vault; nik_hash and kk_hash are keyed hashes.

    card_token: what the QR of the card holds, no personal data; nickname: set by those who join leaderboards (R18).
    """

    request = models.UUIDField(default=uuid.uuid4, unique=True)
    bank = models.ForeignKey(WasteBank, on_delete=models.PROTECT, related_name="customers")
    number = models.CharField(max_length=11, unique=True)
    kind = models.CharField(max_length=14, choices=CustomerKind.choices())
    name = models.CharField(max_length=120)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    identity = models.OneToOneField("people.Vault", on_delete=models.SET_NULL, null=True, related_name="+")
    nik_hash = models.CharField(max_length=64, blank=True)
    kk_hash = models.CharField(max_length=64, blank=True)
    village_code = models.CharField(max_length=13, blank=True)
    household_size = models.PositiveSmallIntegerField(default=1)
    card_token = models.CharField(max_length=32, unique=True)
    consent_version = models.CharField(max_length=20)
    nickname = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=8, choices=CustomerStatus.choices(), default="active")
    joined_at = models.DateTimeField()
    moved_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bank", "nik_hash"],
                condition=Q(kind="person") & ~Q(nik_hash="") & ~Q(status="closed"),
                name="wastebank_one_person",
            ),
            models.CheckConstraint(condition=Q(number__regex=r"^\d{11}$"), name="wastebank_customer_no"),
        ]
        indexes = [
            models.Index(fields=["bank", "name", "id"], name="wastebank_customer_name"),
            models.Index(fields=["person"], condition=Q(person__isnull=False), name="wastebank_customer_own"),
            models.Index(fields=["kk_hash"], condition=~Q(kk_hash=""), name="wastebank_household"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Pickup(models.Model):
    """A pickup at the door (penjemputan). State, number and clock are its case's."""

    case = models.OneToOneField(
        "cases.Case", on_delete=models.PROTECT, primary_key=True, related_name="wastebank_pickup"
    )
    submission = models.UUIDField(default=uuid.uuid4, unique=True)
    bank = models.ForeignKey(WasteBank, on_delete=models.PROTECT, related_name="pickups")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="pickups")
    address = models.CharField(max_length=200)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    photo = models.ForeignKey("documents.File", on_delete=models.PROTECT, null=True, related_name="+")
    estimate_kg = models.DecimalField(max_digits=9, decimal_places=3)
    day = models.DateField()
    part = models.CharField(max_length=10, choices=[("morning", "Pagi"), ("afternoon", "Siang")])
    driver = models.ForeignKey("wastebank.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    stop = models.PositiveSmallIntegerField(null=True)
    deposit = models.ForeignKey("wastebank.Deposit", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["bank", "day", "part"], name="wastebank_slot")]
