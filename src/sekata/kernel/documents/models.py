"""Series, files and issued documents."""

from django.db import models


class Series(models.Model):
    """A numbering series of one year: the last number given. Numbers have no gaps: they roll back with their act."""

    code = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "year"], name="documents_series_year")]


class File(models.Model):
    """A stored file, named by the SHA-256 of its bytes. The bytes are never rewritten."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    mime = models.CharField(max_length=60)
    stored_at = models.DateTimeField()


class Document(models.Model):
    """A document that an office issued, with the code under which anyone can check it.

    facts: what the check page shows (no secrets); file: the PDF exactly as it was given out.
    """

    kind = models.CharField(max_length=60)
    number = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=200)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="documents")
    check_code = models.CharField(max_length=16, unique=True)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="documents")
    facts = models.JSONField(default=dict)
    public = models.BooleanField(default=False, help_text="boleh diunduh pelapor lewat kode lacak")
    issued_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    signers = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number"], condition=~models.Q(number=""), name="documents_number"
            )
        ]
        indexes = [models.Index(fields=["case", "id"])]
