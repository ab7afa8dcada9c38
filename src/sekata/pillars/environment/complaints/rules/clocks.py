"""R4-R7 Time limits: working days, real time, passing on, and pauses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sekata.lib.result import Reason
from sekata.lib.words import long_date
from sekata.lib.workdays import Calendar, real_time
from sekata.pillars.environment.complaints.codes import LimitUnit
from sekata.pillars.environment.complaints.rules.terms import Rows, bare

Pause = tuple[datetime, datetime | None]
"""Asked at, answered at; None while the reporter has not answered."""

REAL_TIME = frozenset({LimitUnit.MINUTES, LimitUnit.HOURS})


@dataclass(frozen=True)
class Limit:
    """So much time. since: received | start (counted working day) | entered | task_letter | last_result."""

    amount: int
    unit: LimitUnit
    since: str = "entered"
    label: str = ""

    @property
    def is_real_time(self) -> bool:
        return self.unit in REAL_TIME

    def __str__(self) -> str:
        return f"{self.amount} {self.unit.label}"


def limit_for(table: Rows, clock: str, *qualifiers: str) -> Limit | None:
    """The limit of a clock: its first row `clock:qualifier` (priority, service code), else the row `clock`.

    None where the clock does not run for such a case.
    """
    keys = (*(f"{clock}:{qualifier}" for qualifier in qualifiers), clock)
    row = next((table[key] for key in keys if key in table), None)
    if row is None:
        return None
    return Limit(
        int(row["amount"]), LimitUnit(row["unit"]), row.get("since", "entered"), row.get("label", "")
    )


def due_at(limit: Limit, since: datetime, calendar: Calendar, paused: int = 0) -> datetime:
    """R4, R5: the end of a limit that counts from `since`, in UTC.

    Minutes and hours run day and night. Days and working days end at 24:00 of their last day, given as the
    first instant after it. paused: working days that working-day clocks stood still (R7).
    """
    if limit.is_real_time:
        return real_time(since, timedelta(**{limit.unit.value: limit.amount}))
    if limit.unit == LimitUnit.DAYS:
        return calendar.end_of(since.astimezone(calendar.zone).date() + timedelta(days=limit.amount))
    return calendar.deadline(since, limit.amount + paused)


def last_day(limit: Limit, due: datetime, calendar: Calendar) -> date:
    """The day people are told: the last one on which the limit can still be kept."""
    moment = due if limit.is_real_time else due - timedelta(microseconds=1)
    return moment.astimezone(calendar.zone).date()


def is_late(limit: Limit, due: datetime, at: datetime) -> bool:
    """Whether something done at `at` breaches: after the minute agreed, or from 24:00 of the last day on."""
    return at > due if limit.is_real_time else at >= due


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
    due = due_at(limit, received_at, calendar, paused)
    return PassingOn(last_day(limit, due, calendar), is_late(limit, due, sent_at))


def passing_on_reasons(passing: PassingOn, reason: str) -> tuple[Reason, ...]:
    """A letter that goes out late needs its reason on record; the breach stays recorded either way."""
    if not passing.late or bare(reason):
        return ()
    message = f"Batas meneruskan {long_date(passing.last_day)} sudah lewat; tulis sebab keterlambatannya"
    return (Reason("passing_on_late", message, "reason"),)
