"""Reading effective-dated tables the way an officer looks at them: now, later, proposed, before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from sekata.kernel.people import queries as people
from sekata.kernel.reference.models import Entry
from sekata.lib.manifest import Table

PAGE = 40
NOW, COMING, PROPOSED, PAST = "now", "coming", "proposed", "past"

COUNTS = """
    SELECT "table", count(*) FILTER (WHERE rank = 1 AND valued),
           count(*) FILTER (WHERE rank = 1 AND valued AND NOT confirmed),
           max(coming), max(proposed)
    FROM (
        SELECT "table", value IS NOT NULL AS valued, confirmed_at IS NOT NULL AS confirmed,
               CASE WHEN approved_at IS NOT NULL AND valid_from <= %(on)s THEN row_number() OVER (
                   PARTITION BY "table", key, approved_at IS NOT NULL AND valid_from <= %(on)s
                   ORDER BY valid_from DESC
               ) END AS rank,
               count(*) FILTER (WHERE approved_at IS NOT NULL AND valid_from > %(on)s)
                   OVER (PARTITION BY "table") AS coming,
               count(*) FILTER (WHERE approved_at IS NULL) OVER (PARTITION BY "table") AS proposed
        FROM reference_entry
    ) AS rows GROUP BY "table"
"""
CURRENT = """
    SELECT id FROM (
        SELECT DISTINCT ON (key) id, key, value FROM reference_entry
        WHERE "table" = %(table)s AND approved_at IS NOT NULL AND valid_from <= %(on)s AND key > %(after)s
          AND (%(part)s = '' OR strpos(lower(key), %(part)s) > 0) ORDER BY key, valid_from DESC
    ) AS latest WHERE value IS NOT NULL ORDER BY key LIMIT %(most)s
"""


@dataclass(frozen=True)
class Counts:
    """Rows of a table: in force, of them unconfirmed, coming, proposed."""

    rows: int = 0
    unconfirmed: int = 0
    coming: int = 0
    proposed: int = 0


@dataclass(frozen=True)
class Shown:
    """One row with its values in the order of the columns and the names of who stood for it."""

    entry: Entry
    cells: tuple[tuple[str, str], ...]
    author: str
    approver: str
    confirmer: str
    state: str


def counts(on: date) -> dict[str, Counts]:
    """table -> its counts, all tables in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, {"on": on})
        return {table: Counts(*sizes) for table, *sizes in cursor.fetchall()}


def current(table: str, on: date, after: str = "", part: str = "") -> tuple[list[Entry], str]:
    """A page of the rows in force, by key, and the key after which the next one begins."""
    with connection.cursor() as cursor:
        given = {"table": table, "on": on, "after": after, "part": part.lower(), "most": PAGE + 1}
        cursor.execute(CURRENT, given)
        ids = [row[0] for row in cursor.fetchall()]
    found = list(Entry.objects.filter(pk__in=ids).order_by("key"))
    return found[:PAGE], found[PAGE - 1].key if len(found) > PAGE else ""


def proposed(table: str) -> list[Entry]:
    return list(Entry.objects.filter(table=table, approved_at=None).order_by("key", "valid_from", "pk"))


def in_force(table: str, key: str, on: date) -> Entry | None:
    """The row of a key that counts on the day `on`, also one that withdraws it."""
    rows = Entry.objects.filter(table=table, key=key, approved_at__isnull=False, valid_from__lte=on)
    return rows.order_by("-valid_from").first()


def example(table: str) -> Entry | None:
    """Any row with values: it tells the types of the columns."""
    return (
        Entry.objects.filter(table=table, value__isnull=False, approved_at__isnull=False)
        .order_by("-pk")
        .first()
    )


def shown(table: Table, entries: Iterable[Entry], on: date) -> list[Shown]:
    """Rows ready for a page; names in one statement. Of each key the latest approved one counts now."""
    entries = list(entries)
    stood = {
        person for entry in entries for person in (entry.author, entry.approver, entry.confirmed_by) if person
    }
    names = people.names(stood) if stood else {}
    met: set[str] = set()
    out = []
    for entry in sorted(entries, key=lambda entry: (entry.valid_from, entry.pk), reverse=True):
        state = _state(entry, on, met)
        who = [names.get(person, "").title() for person in (entry.author, entry.approver, entry.confirmed_by)]
        out.append(Shown(entry, cells(table, entry), *who, state=state))
    return sorted(out, key=lambda one: (one.entry.key, -one.entry.valid_from.toordinal(), -one.entry.pk))


def _state(entry: Entry, on: date, met: set[str]) -> str:
    if entry.approved_at is None:
        return PROPOSED
    if entry.valid_from > on:
        return COMING
    if entry.key in met:
        return PAST
    met.add(entry.key)
    return NOW


def cells(table: Table, entry: Entry) -> tuple[tuple[str, str], ...]:
    """(column's label, its value in words) in the order of the table's columns, further values behind."""
    value = entry.value or {}
    labels = dict(table.columns) | {name: name for name in value if name not in table.columns}
    return tuple((label, said(value.get(name))) for name, label in labels.items() if name in value)


def said(value: object) -> str:
    """A value as people read it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, dict):
        return "; ".join(f"{name}: {said(item)}" for name, item in value.items())
    if isinstance(value, list):
        return ", ".join(said(item) for item in value)
    return str(value)
