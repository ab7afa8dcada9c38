"""R4-R7 Time limits: which one applies, passing on, and pauses. When a limit ends: `sekata.lib.deadlines`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sekata.lib.deadlines import Limit
from sekata.lib.result import Reason
from sekata.lib.words import long_date
from sekata.lib.workdays import Calendar
from sekata.pillars.environment.complaints.rules.terms import Rows, bare

Pause = tuple[datetime, datetime | None]
"""Asked at, answered at; None while the reporter has not answered."""


def limit_for(table: Rows, clock: str, *qualifiers: str) -> Limit | None:
    """The limit of a clock: its first row `clock:qualifier` (priority, service code), else the row `clock`.

    None where the clock does not run for such a case.
    """
    keys = (*(f"{clock}:{qualifier}" for qualifier in qualifiers), clock)
    row = next((table[key] for key in keys if key in table), None)
    if row is None:
        return None
    return Limit(int(row["amount"]), row["unit"], row["since"], row["label"])


def paused_workdays(pauses: Iterable[Pause], calendar: Calendar, at: datetime) -> int:
    """R7: working days a case stood in `incomplete`; a pause still open counts until `at`.

    Both ends are moved as receipts are (R4): asked Wed, answered Tue = 4.
    """
    return sum(max(0, calendar.between(asked, answered or at)) for asked, answered in pauses)


@dataclass(frozen=True)
class PassingOn:
    """R6: the last day for handing a matter to whom it belongs, and whether that day was missed."""

    last_day: date
    late: bool


def passing_on(
    received_at: datetime, sent_at: datetime, limits: Rows, calendar: Calendar, paused: int = 0
) -> PassingOn:
    """R6: judges a forwarding letter sent at `sent_at` (row `passing_on` of the limits)."""
    limit = limit_for(limits, "passing_on")
    due = limit.ends(received_at, calendar, paused)
    return PassingOn(limit.last_day(due, calendar), limit.is_late(due, sent_at))


def passing_on_reasons(passing: PassingOn, reason: str) -> tuple[Reason, ...]:
    """A letter that goes out late needs its reason on record; the breach stays recorded either way."""
    if not passing.late or bare(reason):
        return ()
    message = f"Batas meneruskan {long_date(passing.last_day)} sudah lewat; tulis sebab keterlambatannya"
    return (Reason("passing_on_late", message, "reason"),)
