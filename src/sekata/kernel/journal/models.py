"""Tables of the journal. Triggers refuse every update, delete and truncate of events, leaves and seals."""

from django.db import models


class Event(models.Model):
    """One act. `kind` is the dotted vocabulary (`complaints.verified`) shared by audit, history and webhooks.

    subject names the row acted on; before and after hold what changed (ids and plain facts, never secrets);
    purpose says why personal data was opened.
    """

    at = models.DateTimeField()
    kind = models.CharField(max_length=80)
    actor_kind = models.CharField(max_length=12)
    actor = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=80, blank=True)
    acting_for = models.BigIntegerField(null=True)
    client = models.BigIntegerField(null=True)
    via = models.CharField(max_length=12, blank=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    purpose = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"]),
            models.Index(
                fields=["acting_for", "id"], condition=models.Q(acting_for__isnull=False), name="journal_for"
            ),
            models.Index(fields=["kind", "id"]),
        ]


class Pending(models.Model):
    """An event that no seal covers yet; a trigger of `Event` adds it, the sealing job takes it away."""

    event = models.OneToOneField(Event, on_delete=models.DO_NOTHING, primary_key=True, db_constraint=False)


class Seal(models.Model):
    """A sealed batch: the Merkle root of its events, chained to the seal before it.

    digest = SHA-256 over previous digest, root and size; previous is unique, so the chain cannot fork.
    """

    sealed_at = models.DateTimeField()
    size = models.PositiveIntegerField()
    root = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32, unique=True)
    digest = models.BinaryField(max_length=32, unique=True)


class Leaf(models.Model):
    """The place of an event in its seal's tree."""

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT)
    position = models.PositiveIntegerField()
    event = models.OneToOneField(Event, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seal", "position"], name="journal_leaf_place")]


class Once(models.Model):
    """An act that may arrive twice: the key it came with, what it asked, and what was answered."""

    key = models.CharField(max_length=120, unique=True)
    fingerprint = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    at = models.DateTimeField()
