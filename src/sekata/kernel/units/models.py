"""Areas, units and the map to other systems' codes. A code is never derived from another."""

from django.db import models


class Area(models.Model):
    """A province, regency, kecamatan (district) or desa/kelurahan (village) with its Home Affairs code."""

    code = models.CharField(max_length=13, primary_key=True)
    level = models.CharField(
        max_length=8, choices=[(c, c) for c in ("province", "regency", "district", "village")]
    )
    name = models.CharField(max_length=80)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    urban = models.BooleanField(default=False)
    population = models.PositiveIntegerField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["parent", "name"])]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """An office or a part of one. Renamed or merged units keep their row; the decree says why they changed."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=160)
    short = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=16)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True)
    address = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    active_from = models.DateField()
    active_to = models.DateField(null=True)
    decree = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.name


class CodeMap(models.Model):
    """What another system calls an area or a unit (BPS, tax office): only ever looked up, never computed."""

    system = models.CharField(max_length=20)
    foreign = models.CharField(max_length=40)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, null=True)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True)
    confirmed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "foreign"], name="units_codemap_foreign")]
