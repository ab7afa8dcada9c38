"""Hotspots from satellites, their clusters, and the air."""

from django.db import models

from sekata.pillars.environment.complaints.codes import Confidence, GroundResult


class Cluster(models.Model):
    """Hotspots of one satellite pass that are one fire (R14); confidence is its best member's."""

    complaint = models.OneToOneField(
        "complaints.Complaint", on_delete=models.PROTECT, null=True, related_name="cluster"
    )
    satellite = models.CharField(max_length=20)
    instrument = models.CharField(max_length=8)
    confidence = models.CharField(max_length=8, choices=Confidence.choices())
    lat = models.FloatField()
    lon = models.FloatField()
    on_peat = models.BooleanField(default=False)
    village_code = models.CharField(max_length=13, blank=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    checked_by = models.BigIntegerField(null=True)
    ground_result = models.CharField(max_length=12, choices=GroundResult.choices(), blank=True)
    area_ha = models.DecimalField(max_digits=8, decimal_places=2, null=True)

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="complaints_cluster_day")]


class Hotspot(models.Model):
    """One row of a satellite file (titik panas); the same row imported again is the same row."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="hotspots")
    satellite = models.CharField(max_length=20)
    instrument = models.CharField(max_length=8)
    acquired_at = models.DateTimeField()
    lat = models.FloatField()
    lon = models.FloatField()
    confidence_raw = models.CharField(max_length=8)
    confidence = models.CharField(max_length=8, choices=Confidence.choices())
    frp = models.FloatField(null=True)
    on_peat = models.BooleanField(default=False)
    source = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["satellite", "instrument", "acquired_at", "lat", "lon"],
                name="complaints_hotspot_once",
            )
        ]


class AirReading(models.Model):
    """A 24-hour mean of PM2.5 (micrograms per cubic metre) at a station, and its index (ISPU)."""

    station = models.CharField(max_length=80)
    at = models.DateTimeField()
    pm25 = models.DecimalField(max_digits=6, decimal_places=1)
    index = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=16)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["station", "at"], name="complaints_air_once")]
        indexes = [models.Index(fields=["-at"], name="complaints_air_day")]
