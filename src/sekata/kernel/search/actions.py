"""Keeping the index: one statement per row, in the transaction of the act that changed the thing."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import datetime

from django.db import connection

from sekata.kernel.search.models import SearchDocument

UPSERT = """
    INSERT INTO search_searchdocument (id, kind, ref, title, summary, url, public, unit, permission, at, words, grams)
    SELECT id, %s, %s, %s, %s, %s, %s, %s, %s, %s,
           setweight(to_tsvector('indonesian', %s), 'A') || setweight(to_tsvector('indonesian', %s), 'B')
               || sekata_shelf(id, %s),
           sekata_trigrams(%s)
    FROM nextval(pg_get_serial_sequence('search_searchdocument', 'id')) AS id
    ON CONFLICT (kind, ref) DO UPDATE SET title = excluded.title, summary = excluded.summary, url = excluded.url,
        public = excluded.public, unit = excluded.unit, permission = excluded.permission, at = excluded.at,
        words = excluded.words, grams = excluded.grams
"""


@dataclass(frozen=True)
class Findable:
    """A thing to be found. text is searched too but never shown."""

    kind: str
    ref: str
    title: str
    url: str
    at: datetime
    summary: str = ""
    public: bool = False
    unit: int | None = None
    permission: str = ""
    text: str = ""


def index(thing: Findable) -> None:
    """Add or replace one row."""
    index_many([thing])


def index_many(things: Iterable[Findable]) -> None:
    """Add or replace one row for each thing; kind and ref together name the row."""
    with connection.cursor() as cursor:
        cursor.executemany(UPSERT, [_row(thing) for thing in things])


def _row(thing: Findable) -> tuple:
    kind, ref, title, url, at, summary, public, unit, permission, text = astuple(thing)
    return (
        kind, ref, title[:200], summary[:300], url, public, unit, permission, at,
        f"{title} {ref}", f"{summary} {text}", public, title,
    )  # fmt: skip


def remove(kind: str, ref: str) -> None:
    """Take a thing out of the index; one that is not there is no error."""
    SearchDocument.objects.filter(kind=kind, ref=ref).delete()
