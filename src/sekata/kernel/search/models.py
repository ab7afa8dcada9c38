"""The index: one row per findable thing, and the words that help who mistypes."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchDocument(models.Model):
    """What is found, who may find it, where it leads.

    public rows anyone finds, others only holders of `permission` in `unit`. words: Indonesian full text, together
    with the marks of `sekata_marks`: who may find the row and on which shelf it stands.
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
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "ref"], name="search_one_row")]
        indexes = [GinIndex(fields=["words"], name="search_words")]


class Permission(models.Model):
    """A permission under which something is found: an officer's other permissions need not be asked for."""

    code = models.CharField(max_length=60, primary_key=True)


class Word(models.Model):
    """A word of some title, with its trigrams: what a mistyped word may have meant."""

    word = models.CharField(max_length=40, primary_key=True)
    grams = ArrayField(models.TextField())

    class Meta:
        indexes = [GinIndex(fields=["grams"], name="search_word_grams", fastupdate=False)]


class Learnt(models.Model):
    """The one row that says up to which document the words of titles are known."""

    document = models.BigIntegerField(default=0)
