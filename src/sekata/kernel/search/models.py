"""The index: one row per findable thing."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchDocument(models.Model):
    """What is found, who may find it, where it leads.

    words: Indonesian full text; grams: trigrams of the title, for typing errors. public rows anyone finds, others
    only holders of `permission` in `unit`.
    """

    kind = models.CharField(max_length=40)
    ref = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=200)
    public = models.BooleanField(default=False)
    unit = models.BigIntegerField(null=True)
    permission = models.CharField(max_length=60, blank=True)
    words = SearchVectorField()
    grams = ArrayField(models.TextField())
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "ref"], name="search_one_row")]
        indexes = [
            GinIndex(fields=["words"], name="search_words"),
            GinIndex(fields=["grams"], name="search_grams"),
        ]
