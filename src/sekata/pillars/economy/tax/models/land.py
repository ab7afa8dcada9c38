"""Land and buildings: the object under its number for life, its versions, its declarations, the values of zones."""

import uuid

from django.db import models
from django.db.models import F, Q

from sekata.pillars.economy.tax.codes import (
    BuildingUse,
    Condition,
    LandKind,
    LandUse,
    LinkKind,
    Ownership,
    SpopKind,
    Status,
)


class LandObject(models.Model):
    """A land-tax object: its NOP (18 digits, kept as text) and the village it lies in. All else is in its versions."""

    nop = models.CharField(max_length=18, unique=True)
    village_code = models.CharField(max_length=13)
    status = models.CharField(max_length=10, choices=Status.choices(), default=Status.ACTIVE)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(nop__regex=r"^\d{17}[079]$"), name="tax_land_nop_digits")
        ]
        indexes = [models.Index(fields=["village_code", "nop"], name="tax_land_village")]

    def __str__(self) -> str:
        return self.nop


class LandLink(models.Model):
    """Which object came out of which, by splitting or merging."""

    parent = models.ForeignKey(LandObject, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(LandObject, on_delete=models.PROTECT, related_name="parents")
    kind = models.CharField(max_length=5, choices=LinkKind.choices())
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["parent", "child"], name="tax_land_link_once")]


class LandVersion(models.Model):
    """The state of an object from `valid_from` on, never changed: the next version ends it.

    Of versions of one day the higher number counts. ended: from that day the object is no more. A letter keeps the
    version it was made from.
    """

    land = models.ForeignKey(LandObject, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    valid_from = models.DateField()
    ended = models.BooleanField(default=False)
    taxpayer = models.ForeignKey("tax.Taxpayer", on_delete=models.PROTECT, related_name="+")
    ownership = models.CharField(max_length=1, choices=Ownership.choices(), default=Ownership.OWNER)
    land_area = models.PositiveIntegerField()
    land_kind = models.CharField(max_length=1, choices=LandKind.choices())
    use = models.CharField(max_length=8, choices=LandUse.choices(), default=LandUse.GENERAL)
    zone = models.CharField(max_length=4)
    address = models.CharField(max_length=200, blank=True)
    certificate = models.CharField(max_length=60, blank=True)
    polygon = models.JSONField(null=True)
    spop = models.ForeignKey("tax.Spop", on_delete=models.PROTECT, null=True, related_name="versions")
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["land", "number"], name="tax_version_number")]
        indexes = [
            models.Index(fields=["land", "-valid_from", "-number"], name="tax_version_day"),
            models.Index(fields=["taxpayer"], name="tax_version_taxpayer"),
        ]


class Building(models.Model):
    """One building of a version (LSPOP). market_value: appraised rupiah per m², before its class."""

    version = models.ForeignKey(LandVersion, on_delete=models.PROTECT, related_name="buildings")
    number = models.PositiveSmallIntegerField()
    area = models.PositiveIntegerField()
    market_value = models.PositiveIntegerField()
    use = models.CharField(max_length=2, choices=BuildingUse.choices())
    floors = models.PositiveSmallIntegerField(default=1)
    year_built = models.PositiveSmallIntegerField()
    year_renovated = models.PositiveSmallIntegerField(null=True)
    condition = models.CharField(max_length=1, choices=Condition.choices(), default=Condition.FAIR)
    construction = models.CharField(max_length=24, blank=True)
    roof = models.CharField(max_length=24, blank=True)
    wall = models.CharField(max_length=24, blank=True)
    floor = models.CharField(max_length=24, blank=True)
    ceiling = models.CharField(max_length=24, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="tax_building_number")]


class ZoneValue(models.Model):
    """Market value of a zone of land values (ZNT) in rupiah per m² from a tax year on, until set anew (R4).

    It counts once somebody else than its author has approved it.
    """

    village = models.CharField(max_length=10)
    zone = models.CharField(max_length=4)
    tax_year = models.PositiveSmallIntegerField()
    market_value = models.PositiveIntegerField()
    basis = models.CharField(max_length=200)
    author = models.BigIntegerField(null=True)
    approver = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village", "zone", "tax_year"], name="tax_zone_year"),
            models.CheckConstraint(condition=Q(village__regex=r"^\d{10}$"), name="tax_zone_village"),
            models.CheckConstraint(
                condition=Q(approver=None) | Q(author=None) | ~Q(approver=F("author")),
                name="tax_zone_two_persons",
            ),
        ]


class Spop(models.Model):
    """A declaration about a land object. Number, state, clocks are its case's; content: what was declared, in the
    shape of `actions.land.Declared`; others: NOPs of a merge or the parts of a split."""

    case = models.OneToOneField(
        "cases.Case", on_delete=models.PROTECT, primary_key=True, related_name="tax_spop"
    )
    submission = models.UUIDField(default=uuid.uuid4, unique=True)
    kind = models.CharField(max_length=1, choices=SpopKind.choices())
    land = models.ForeignKey(LandObject, on_delete=models.PROTECT, null=True, related_name="declarations")
    taxpayer = models.ForeignKey("tax.Taxpayer", on_delete=models.PROTECT, related_name="declarations")
    valid_from = models.DateField()
    content = models.JSONField(default=list)
    others = models.JSONField(default=list)
