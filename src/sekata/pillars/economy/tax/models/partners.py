"""Machines of other offices that ask this room: the land office (BPN)."""

from django.db import models


class Partner(models.Model):
    """A machine that may ask. Only the keyed hash of its key is kept."""

    name = models.CharField(max_length=80)
    key_hash = models.CharField(max_length=64, unique=True)
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
