"""The bank, the people who run it, its devices and scales, and its series of numbers."""

import uuid

from django.db import models
from django.db.models import Q

from sekata.pillars.environment.wastebank.codes import BankKind, LegalForm, Post, ShareScheme


class WasteBank(models.Model):
    """A waste bank (bank sampah). Its state is that of its registration case.

    From the decree on the case's unit is the bank's own: roles are held there. code and bank_no come with the decree;
    checklist: requirement -> who found it met and when; households: of the service area, for participation (R20).
    """

    case = models.OneToOneField(
        "cases.Case", on_delete=models.PROTECT, primary_key=True, related_name="wastebank"
    )
    submission = models.UUIDField(default=uuid.uuid4, unique=True)
    kind = models.CharField(max_length=8, choices=BankKind.choices(), default="unit")
    code = models.CharField(max_length=12, unique=True, null=True)
    bank_no = models.CharField(max_length=4, unique=True, null=True)
    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="units")
    legal_form = models.CharField(max_length=20, choices=LegalForm.choices(), default="village_decision")
    decree_no = models.CharField(max_length=80, blank=True)
    decree_on = models.DateField(null=True)
    villages = models.JSONField(default=list)
    households = models.PositiveIntegerField(default=0)
    address = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    hours = models.CharField(max_length=120, blank=True)
    share_scheme = models.CharField(max_length=8, choices=ShareScheme.choices(), default="margin")
    takes_hazard = models.BooleanField(default=False)
    checklist = models.JSONField(default=dict)
    visit_note = models.TextField(blank=True)
    visited_on = models.DateField(null=True)
    renewed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code=None) | Q(code__regex=r"^BS[UI]-\d{4}-\d{3}$"), name="wastebank_code"
            ),
            models.CheckConstraint(
                condition=Q(bank_no=None) | Q(bank_no__regex=r"^\d{4}$"), name="wastebank_bank_no"
            ),
            models.CheckConstraint(
                condition=Q(code=None, bank_no=None) | Q(code__isnull=False, bank_no__isnull=False),
                name="wastebank_numbered",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def central_id(self) -> int | None:
        """The central this bank belongs to: itself if it is one."""
        return self.pk if self.kind == BankKind.CENTRAL else self.parent_id


class Officer(models.Model):
    """Somebody in an office of the bank. kk_hash tells the household apart (R11) without naming it."""

    bank = models.ForeignKey(WasteBank, on_delete=models.PROTECT, related_name="officers")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=10, choices=Post.choices())
    kk_hash = models.CharField(max_length=64, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bank", "person", "post"], condition=Q(until=None), name="wastebank_officer_once"
            ),
            models.CheckConstraint(
                condition=~Q(post="weigher") | ~Q(kk_hash=""), name="wastebank_weigher_household"
            ),
        ]


class Series(models.Model):
    """A series of numbers of a bank without gaps: customers, deposits of a year, devices."""

    bank = models.ForeignKey(WasteBank, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=16)
    year = models.PositiveSmallIntegerField(default=0)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bank", "code", "year"], name="wastebank_series_once")]


class Device(models.Model):
    """A phone that weighs. Of its key only a keyed hash lies here; a lost device is revoked, never deleted."""

    bank = models.ForeignKey(WasteBank, on_delete=models.PROTECT, related_name="devices")
    prefix = models.CharField(max_length=3)
    name = models.CharField(max_length=80)
    key_hash = models.CharField(max_length=64, unique=True)
    registered_by = models.BigIntegerField(null=True)
    registered_at = models.DateTimeField()
    synced_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bank", "prefix"], name="wastebank_device_prefix")]


class Scale(models.Model):
    """A scale. verified_until: last day of its legal verification (tera); check: the last test weight."""

    bank = models.ForeignKey(WasteBank, on_delete=models.PROTECT, related_name="scales")
    serial = models.CharField(max_length=40)
    capacity_kg = models.DecimalField(max_digits=9, decimal_places=3)
    division_g = models.DecimalField(max_digits=8, decimal_places=3)
    verified_until = models.DateField(null=True)
    check_error_g = models.DecimalField(max_digits=8, decimal_places=3, null=True)
    checked_at = models.DateTimeField(null=True)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bank", "serial"], name="wastebank_scale_serial"),
            models.CheckConstraint(
                condition=Q(capacity_kg__gt=0) & Q(division_g__gt=0), name="wastebank_scale_size"
            ),
        ]
