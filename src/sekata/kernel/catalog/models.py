"""Services and their published standards."""

from django.db import models


class Service(models.Model):
    """A public service. Its texts come from the room's manifest; the office may publish newer standards."""

    code = models.CharField(max_length=60, primary_key=True)
    system = models.CharField(max_length=40)
    pillar = models.CharField(max_length=20)
    name = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    summary = models.CharField(max_length=400)
    keywords = models.CharField(max_length=400, blank=True)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, null=True)
    url = models.CharField(max_length=200)
    duration = models.CharField(max_length=120, blank=True)
    fee = models.CharField(max_length=120, blank=True)
    needs = models.JSONField(default=list)
    steps = models.JSONField(default=list)
    flagship = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Standard(models.Model):
    """A published service standard from a day on: the 14 components of UU 25/2009 art. 21, and its decree."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="standards")
    valid_from = models.DateField()
    components = models.JSONField()
    decree = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "valid_from"], name="catalog_standard_day")]
