"""Features on the map."""

from django.db import models


class Feature(models.Model):
    """A place that rules ask about: a village area, a river, a school, a forest block.

    geometry is GeoJSON (lon, lat; WGS84). approximate=True: drawn for orientation, not an official boundary.
    """

    kind = models.CharField(max_length=24)
    code = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=120)
    geometry = models.JSONField()
    properties = models.JSONField(default=dict)
    source = models.CharField(max_length=200)
    approximate = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "code"])]
