"""`at(date)`: the only reader of effective-dated data."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings

from sekata.kernel.reference.models import Entry, Stamp

STAMP_SECONDS = 2


@dataclass(frozen=True)
class Value(Mapping):
    """A value in force, read like a mapping, with its legal basis and whether it is confirmed."""

    id: int
    key: str
    content: Mapping[str, object]
    valid_from: date
    basis: str
    confirmed: bool

    def __getitem__(self, name: str) -> object:
        return self.content[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.content)

    def __len__(self) -> int:
        return len(self.content)


@dataclass
class _Shelf:
    """All approved rows of a process, read again when the stamp has changed."""

    stamp: object = None
    looked: float = 0
    rows: dict[str, dict[str, list[tuple[date, Value | None]]]] = field(default_factory=dict)
    answers: dict[tuple[str, date], dict[str, Value]] = field(default_factory=dict)


_shelf = _Shelf()


def at(table: str, on: date) -> dict[str, Value]:
    """key -> value of `table` as it applies on the day `on`. Do not change the answer: it is shared."""
    _refresh()
    answer = _shelf.answers.get((table, on))
    if answer is None:
        answer = {
            key: value
            for key, rows in _shelf.rows.get(table, {}).items()
            if (value := _latest(rows, on)) is not None
        }
        _shelf.answers[table, on] = answer
    return answer


def _latest(rows: list[tuple[date, Value | None]], on: date) -> Value | None:
    return next((value for start, value in rows if start <= on), None)


def _refresh() -> None:
    """Look at the stamp every two seconds (each time in tests) and read anew when it has moved."""
    now = time.monotonic()
    if now - _shelf.looked < getattr(settings, "REFERENCE_STAMP_SECONDS", STAMP_SECONDS):
        return
    stamp = Stamp.objects.values_list("value", flat=True).first()
    if stamp != _shelf.stamp or stamp is None:
        _shelf.rows, _shelf.answers = _read(), {}
    _shelf.stamp, _shelf.looked = stamp, now


def _read() -> dict[str, dict[str, list[tuple[date, Value | None]]]]:
    tables: dict[str, dict[str, list]] = {}
    approved = Entry.objects.filter(approved_at__isnull=False)
    for row in approved.order_by("table", "pk", "-valid_from"):
        tables.setdefault(row.table, {}).setdefault(row.key, []).append((row.valid_from, _value(row)))
    for keys in tables.values():
        for rows in keys.values():
            rows.sort(key=lambda pair: pair[0], reverse=True)
    return tables


def _value(row: Entry) -> Value | None:
    if row.value is None:
        return None
    return Value(row.pk, row.key, row.value, row.valid_from, row.basis, row.confirmed_at is not None)


def forget() -> None:
    """Look at the stamp at the next question (after an approval in this process)."""
    _shelf.looked = 0


def history(table: str, key: str) -> list[Entry]:
    """All rows of a key, newest first, proposals included."""
    return list(Entry.objects.filter(table=table, key=key).order_by("-valid_from", "-pk"))


def proposals() -> list[Entry]:
    return list(Entry.objects.filter(approved_at__isnull=True).order_by("table", "key", "valid_from"))


def coming(table: str, on: date) -> list[Entry]:
    """Approved rows of `table` that will apply after `on`."""
    return list(
        Entry.objects.filter(table=table, approved_at__isnull=False, valid_from__gt=on).order_by("valid_from")
    )
