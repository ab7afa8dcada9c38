"""The officers' own things: lists kept under a name, and the papers of a month."""

from django.db import models

from sekata.pillars.environment.complaints.codes import MonthlyKind


class SavedFilter(models.Model):
    """A filter of the room's list that an officer gave a name."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=400)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="complaints_filter_name")]


class MonthlyPaper(models.Model):
    """The register book or the bulletin of a month as it was given out; a later edition stands beside it."""

    kind = models.CharField(max_length=8, choices=MonthlyKind.choices())
    month = models.DateField()
    document = models.OneToOneField("documents.Document", on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kind", "-month", "-id"], name="complaints_monthly")]
