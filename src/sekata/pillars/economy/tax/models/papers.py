"""Which printed paper belongs to what: cards, acts of collection, duties, lists. A letter knows its own."""

from django.db import models


class Paper(models.Model):
    """A paper that was issued once for something: kind and number of that thing, and the document."""

    kind = models.CharField(max_length=12)
    about = models.CharField(max_length=60)
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "about"], name="tax_paper_once")]
