"""Giving numbers, keeping files, issuing documents."""

from datetime import datetime

from django.db import connection

from sekata.kernel.documents import store
from sekata.kernel.documents.models import Document, File
from sekata.lib import clock, codes

CODE_LENGTH = 12
NEXT = """
    INSERT INTO documents_series (code, year, last) VALUES (%s, %s, 1)
    ON CONFLICT (code, year) DO UPDATE SET last = documents_series.last + 1 RETURNING last
"""


def next_number(series: str, at: datetime) -> int:
    """The next number of `series` in the local year of `at`. It is given back if the caller's transaction fails."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [series, at.astimezone(clock.WIB).year])
        return cursor.fetchone()[0]


def keep(content: bytes, mime: str, at: datetime) -> File:
    """Store bytes once, whoever brings them."""
    sha256 = store.write(content)
    file, _ = File.objects.get_or_create(
        sha256=sha256, defaults={"size": len(content), "mime": mime, "stored_at": at}
    )
    return file


def issue(
    *,
    kind: str,
    title: str,
    unit: int,
    content: bytes,
    at: datetime,
    check_code: str,
    number: str = "",
    case: int | None = None,
    facts: dict[str, object] | None = None,
    signers: list[str] | None = None,
    public: bool = False,
) -> Document:
    """Put a finished PDF into the register under the check code that is printed on it."""
    return Document.objects.create(
        kind=kind,
        number=number,
        title=title,
        unit_id=unit,
        case_id=case,
        check_code=check_code,
        file=keep(content, "application/pdf", at),
        facts=facts or {},
        signers=signers or [],
        public=public,
        issued_at=at,
    )


def new_check_code() -> str:
    """A code for the QR of a document about to be printed."""
    return codes.generate(CODE_LENGTH)
