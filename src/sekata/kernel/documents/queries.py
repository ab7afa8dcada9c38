"""Reading the register of documents."""

from django.db.models import QuerySet

from sekata.kernel.documents import store
from sekata.kernel.documents.models import Document
from sekata.lib import codes


def by_code(text: str) -> Document | None:
    """The document with the check code that somebody typed or scanned."""
    code = codes.normalise(text)
    if not codes.is_valid(code, length=12):
        return None
    return Document.objects.select_related("unit", "file").filter(check_code=code).first()


def by_content(sha256: str) -> Document | None:
    """The document whose file has exactly these bytes."""
    return Document.objects.select_related("unit", "file").filter(file=sha256).first()


def of_case(case: int, public_only: bool = False) -> QuerySet[Document]:
    """The documents of a case (its id) in the order of their issue; public_only: those its reporter may read."""
    rows = Document.objects.select_related("file").filter(case=case).order_by("pk")
    return rows.filter(public=True) if public_only else rows


def content(document: Document) -> bytes:
    """The document's PDF exactly as it was given out."""
    return store.read(document.file_id)
