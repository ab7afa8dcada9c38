"""Who owes and what for: taxpayers, their proxies, their tax objects, and how they are registered."""

import uuid

from django.db import models
from django.db.models import Q

from sekata.pillars.economy.tax.codes import Status, TaxpayerKind, TaxType


class Taxpayer(models.Model):
    """A person or body that owes tax (wajib pajak).

    lookup: keyed hash of the NIK or NIB, by which one taxpayer is one; the number itself, phone and email lie in the
    vault. person: who signs in for it, None for those who never have.
    """

    npwpd = models.CharField(max_length=17, unique=True)
    kind = models.CharField(max_length=1, choices=TaxpayerKind.choices())
    name = models.CharField(max_length=120)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    identity = models.OneToOneField("people.Vault", on_delete=models.SET_NULL, null=True, related_name="+")
    lookup = models.CharField(max_length=64, null=True)
    village_code = models.CharField(max_length=13, blank=True)
    address = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices(), default=Status.ACTIVE)
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lookup"], condition=~Q(status=Status.CLOSED), name="tax_taxpayer_one_identity"
            ),
            models.CheckConstraint(
                condition=Q(npwpd__regex=r"^[PR]\.[12]\.\d{7}\.\d{2}\.\d{2}$"), name="tax_taxpayer_npwpd"
            ),
        ]

    def __str__(self) -> str:
        return self.npwpd


class Proxy(models.Model):
    """Somebody who acts for a taxpayer under a power of attorney, from a day to a day (kuasa wajib pajak)."""

    taxpayer = models.ForeignKey(Taxpayer, on_delete=models.PROTECT, related_name="proxies")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    starts = models.DateField()
    ends = models.DateField()
    deed = models.CharField(max_length=120)
    given_by = models.BigIntegerField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=models.F("starts")), name="tax_proxy_order")
        ]


class TaxObject(models.Model):
    """What is taxed, land aside (NOPD): a restaurant, a hotel, a billboard, a well, a quarry.

    attributes: what its tax needs, by type: rooms, seats, bays; size, sides, text and road class; licence and meter.
    """

    number = models.CharField(max_length=24, unique=True)
    tax_type = models.CharField(max_length=2, choices=TaxType.choices())
    sub_class = models.CharField(max_length=24, default="general")
    taxpayer = models.ForeignKey(Taxpayer, on_delete=models.PROTECT, related_name="tax_objects")
    name = models.CharField(max_length=120)
    village_code = models.CharField(max_length=13)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    starts = models.DateField()
    ends = models.DateField(null=True)
    status = models.CharField(max_length=10, choices=Status.choices(), default=Status.ACTIVE)
    attributes = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["tax_type", "village_code"], name="tax_object_where")]

    def __str__(self) -> str:
        return self.number


class Registration(models.Model):
    """A request to be registered (pendaftaran). Number, state, clocks are its case's.

    wanted: the tax objects asked for with it, in the shape of `TaxObject`; taxpayer: what came of it.
    """

    case = models.OneToOneField(
        "cases.Case", on_delete=models.PROTECT, primary_key=True, related_name="tax_registration"
    )
    submission = models.UUIDField(default=uuid.uuid4, unique=True)
    kind = models.CharField(max_length=1, choices=TaxpayerKind.choices(), default=TaxpayerKind.PERSON)
    name = models.CharField(max_length=120)
    identity = models.OneToOneField("people.Vault", on_delete=models.SET_NULL, null=True, related_name="+")
    lookup = models.CharField(max_length=64, db_index=True)
    village_code = models.CharField(max_length=13)
    address = models.CharField(max_length=200)
    field_check = models.BooleanField(default=False)
    wanted = models.JSONField(default=list)
    taxpayer = models.ForeignKey(Taxpayer, on_delete=models.PROTECT, null=True, related_name="registrations")
