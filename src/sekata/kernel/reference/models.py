"""The effective-dated table. There is no end date: the next approved row of the same key ends a row."""

from django.db import models


class Entry(models.Model):
    """One row of one table, from `valid_from` on.

    value None withdraws the key. Proposed by `author`, it counts once `approver` (somebody else) has approved it;
    from then on a trigger refuses any change but the confirmation of an unconfirmed fact.
    """

    table = models.CharField(max_length=60)
    key = models.CharField(max_length=80)
    valid_from = models.DateField()
    value = models.JSONField(null=True)
    basis = models.CharField(max_length=300, blank=True)
    author = models.BigIntegerField(null=True)
    proposed_at = models.DateTimeField()
    approver = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["table", "key", "valid_from"],
                condition=models.Q(approved_at__isnull=False),
                name="reference_entry_day",
            )
        ]
        indexes = [models.Index(fields=["table", "key", "-valid_from"])]


class Stamp(models.Model):
    """One row whose value changes with every approval: readers keep what they read while it stays."""

    value = models.UUIDField()
