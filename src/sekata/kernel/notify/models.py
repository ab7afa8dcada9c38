"""Outgoing and incoming messages."""

import uuid

from django.db import models

from sekata.kernel.people.models import Vault


class Message(models.Model):
    """One message to one address or person, kept with its attempts.

    The address (named "phone" or "email") lies in the vault `secret` and goes with it; a message to the house's own
    box has a person instead.
    """

    QUEUED, SENT, FAILED, DEAD = "queued", "sent", "failed", "dead"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    template = models.CharField(max_length=60)
    language = models.CharField(max_length=2, default="id")
    channel = models.CharField(max_length=10)
    person = models.BigIntegerField(null=True)
    secret = models.ForeignKey(Vault, on_delete=models.SET_NULL, null=True)
    case = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    state = models.CharField(max_length=8, default=QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    foreign_hash = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["person", "-id"], condition=models.Q(person__isnull=False), name="notify_box"
            ),
            models.Index(fields=["case", "id"], condition=models.Q(case__isnull=False), name="notify_case"),
        ]


class Incoming(models.Model):
    """A message that arrived from outside; its foreign id, as a keyed hash, makes a replay harmless."""

    channel = models.CharField(max_length=10)
    foreign_hash = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField()


class Conversation(models.Model):
    """Where a talk over WhatsApp stands: the room that leads it and what has been answered so far.

    It is found by the keyed hash of the number and forgotten when it ends or after a day.
    """

    channel = models.CharField(max_length=10)
    peer = models.CharField(max_length=64)
    room = models.CharField(max_length=40)
    state = models.JSONField(default=dict)
    secret = models.OneToOneField(Vault, on_delete=models.SET_NULL, null=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "peer"], name="notify_conversation_peer")]
