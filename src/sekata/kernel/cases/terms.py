"""Under which law a case runs: its calendar, the limits of its clocks, the ladder of its escalation."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sekata.kernel.reference import queries as reference
from sekata.lib.deadlines import Limit
from sekata.lib.workdays import Calendar

HOLIDAYS = "holiday"

_calendars: dict[tuple[int, ...], Calendar] = {}


@dataclass(frozen=True)
class Terms:
    """limit(rule, priority) -> the limit in force, None if that clock has none.

    ladder(limit, since, due, calendar) -> (level, moment) of each escalation, in order.
    """

    calendar: Calendar
    limit: Callable[[str, int], Limit | None]
    ladder: Callable[[Limit, datetime, datetime, Calendar], Iterable[tuple[int, datetime]]] = lambda *_: ()


def calendar(on: date) -> Calendar:
    """Working days by the holiday table as it stands on the day `on` (joint ministers' decree, regional closures)."""
    rows = reference.at(HOLIDAYS, on)
    key = tuple(row.id for row in rows.values())
    if key not in _calendars:
        _calendars.clear()
        _calendars[key] = Calendar(holidays=frozenset(date.fromisoformat(day) for day in rows))
    return _calendars[key]
