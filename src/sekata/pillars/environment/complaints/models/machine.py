"""Machine clients of the Open311 interface."""

from django.db import models


class Client(models.Model):
    """Who may file by API: the key is kept as a keyed hash; updates sees the updates of its own submissions only."""

    name = models.CharField(max_length=80)
    key_hash = models.CharField(max_length=64, unique=True)
    contact = models.CharField(max_length=120, blank=True)
    active = models.BooleanField(default=True)
    made_at = models.DateTimeField()


class ForeignUpdate(models.Model):
    """An update that a client sent about its own request; the same update_id is taken once."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT)
    complaint = models.ForeignKey(
        "complaints.Complaint", on_delete=models.PROTECT, related_name="foreign_updates"
    )
    update_id = models.CharField(max_length=80)
    status = models.CharField(max_length=40)
    description = models.TextField()
    updated_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "update_id"], name="complaints_update_once")]
