"""Keeping the index: one statement per row, in the transaction of the act that changed the thing. A changed row gets a
new number, and so stands on the newest shelf again; one written as it was stays as it is."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import datetime

from django.db import connection, transaction

from sekata.kernel.search.models import Learnt, Permission, SearchDocument

UPSERT = """
    INSERT INTO search_searchdocument AS known (id, kind, ref, title, summary, url, public, unit, permission, at, words)
    SELECT id, %s, %s, %s, %s, %s, %s, %s, %s, %s,
           setweight(to_tsvector('indonesian', %s), 'A') || setweight(to_tsvector('indonesian', %s), 'B')
               || sekata_marks(id, %s, %s, %s)
    FROM nextval(pg_get_serial_sequence('search_searchdocument', 'id')) AS id
    ON CONFLICT (kind, ref) DO UPDATE SET id = excluded.id, title = excluded.title, summary = excluded.summary,
        url = excluded.url, public = excluded.public, unit = excluded.unit, permission = excluded.permission,
        at = excluded.at, words = excluded.words
    WHERE (known.title, known.summary, known.url, known.public, known.unit, known.permission,
           ts_delete(known.words, '#' || (known.id >> 12)))
        IS DISTINCT FROM (excluded.title, excluded.summary, excluded.url, excluded.public, excluded.unit,
                          excluded.permission, ts_delete(excluded.words, '#' || (excluded.id >> 12)))
"""
LEARN = """
    INSERT INTO search_word (word, grams)
    SELECT word, sekata_trigrams(word) FROM (
        SELECT DISTINCT word
        FROM search_searchdocument, regexp_split_to_table(lower(title), '[^[:alpha:]]+') AS word
        WHERE id > %s
    ) AS found
    WHERE length(word) BETWEEN 4 AND 40
    ON CONFLICT DO NOTHING
"""
STILL_OPEN = 1_000

_known: set[str] = set()


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
    """Add or replace one row; kind and ref together name it."""
    know_permissions({thing.permission} - {""})
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, _row(thing))


def index_many(things: Iterable[Findable]) -> None:
    """Add or replace a row for each thing."""
    things = list(things)
    know_permissions({thing.permission for thing in things} - {""})
    with connection.cursor() as cursor:
        cursor.executemany(UPSERT, [_row(thing) for thing in things])


def know_permissions(codes: set[str]) -> None:
    """Note permissions that nothing was found under before; each process asks the database once for each."""
    fresh = codes - _known
    if fresh:
        Permission.objects.bulk_create([Permission(code) for code in sorted(fresh)], ignore_conflicts=True)
        transaction.on_commit(lambda: _known.update(fresh))


def forget() -> None:
    """Ask the database again which permissions it knows."""
    _known.clear()


def _row(thing: Findable) -> tuple:
    kind, ref, title, url, at, summary, public, unit, permission, text = astuple(thing)
    return (
        kind, ref, title[:200], summary[:300], url, public, unit, permission, at,
        f"{title} {ref}", f"{summary} {text}", public, unit, permission,
    )  # fmt: skip


@transaction.atomic
def learn() -> None:
    """Take the words of new titles into the vocabulary that mistyped words are compared with.

    Rows are numbered before their transaction ends, so the last ones are looked at again.
    """
    mark = Learnt.objects.select_for_update().get_or_create(pk=1)[0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM search_searchdocument")
        last = cursor.fetchone()[0]
        cursor.execute(LEARN, [mark.document - STILL_OPEN])
    mark.document = last
    mark.save()


def remove(kind: str, ref: str) -> None:
    """Take a thing out of the index; one that is not there is no error."""
    SearchDocument.objects.filter(kind=kind, ref=ref).delete()
