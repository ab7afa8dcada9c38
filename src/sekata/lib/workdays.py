"""The working-day calendar: which days count, and when a limit of n working days ends.

Received after the cut-off or on a non-working day counts as received on the next working day; day 1 is the
day after; a limit ends at 24:00 of its last day. (Rules R4, R5, R7 and R16 of complaints.)
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SATURDAY, SUNDAY = 5, 6
_LAST_DAY = date.max.toordinal()


@dataclass(frozen=True)
class Calendar:
    """Working days of an office.

    holidays: national holidays, collective leave, regional closures; weekend: weekdays off, Monday is 0;
    cutoff: local time up to which - inclusive - a receipt belongs to its day; zone: the office's zone.
    """

    holidays: frozenset[date] = frozenset()
    weekend: tuple[int, ...] = (SATURDAY, SUNDAY)
    cutoff: time = time(16, 0)
    zone: ZoneInfo = ZoneInfo("Asia/Jakarta")
    _extra: tuple[int, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self):
        if set(range(7)) <= set(self.weekend):
            raise ValueError("a week needs a working day")
        extra = sorted(day.toordinal() for day in self.holidays if day.weekday() not in self.weekend)
        object.__setattr__(self, "_extra", tuple(extra))

    def is_workday(self, day: date) -> bool:
        return day.weekday() not in self.weekend and day not in self.holidays

    def on_or_after(self, day: date) -> date:
        """`day` if it is a working day, else the next one."""
        return day if self.is_workday(day) else self.add(day, 1)

    def add(self, day: date, n: int) -> date:
        """The n-th working day after `day`, before it if n is negative; `day` as it is if n is 0."""
        if n == 0:
            return day
        start = day.toordinal()
        wanted = self._count(start) + n if n > 0 else self._count(start - 1) + n + 1
        reach = 7 * (abs(n) + len(self._extra) + 1)  # a week has a working day, a holiday may cost its week
        low, high = (start + n, start + reach) if n > 0 else (start - reach, start)
        days = range(_LAST_DAY + 1)
        return date.fromordinal(bisect_left(days, wanted, max(low, 0), min(high, _LAST_DAY), key=self._count))

    def counted_start(self, at: datetime) -> date:
        """The working day on which something received at `at` (aware) counts as received."""
        local = _aware(at).astimezone(self.zone)
        day = local.date()
        if self.is_workday(day) and local.time() <= self.cutoff:
            return day
        return self.add(day, 1)

    def last_day(self, at: datetime, n: int) -> date:
        """The last day of a limit of n working days that starts with a receipt at `at`."""
        return self.add(self.counted_start(at), n)

    def deadline(self, at: datetime, n: int) -> datetime:
        """The first instant, in UTC, at which that limit is over: 24:00 of its last day."""
        return self.end_of(self.last_day(at, n))

    def end_of(self, day: date) -> datetime:
        """24:00 of `day` in the office's zone, in UTC."""
        return datetime.combine(day + timedelta(days=1), time(), self.zone).astimezone(UTC)

    def between(self, start_at: datetime, end_at: datetime) -> int:
        """Working days from one moment to another, both moved to their counted day as receipts are.

        The length of a pause: a limit of n days paused so long is one of n + that. Negative if reversed.
        """
        start, end = self.counted_start(start_at), self.counted_start(end_at)
        return self._count(end.toordinal()) - self._count(start.toordinal())

    def _count(self, ordinal: int) -> int:
        """Working days from the year 1 up to and with that day. Ordinal 1 is a Monday."""
        weeks, rest = divmod(ordinal, 7)
        weekdays = weeks * (7 - len(set(self.weekend))) + sum(day not in self.weekend for day in range(rest))
        return weekdays - bisect_right(self._extra, ordinal)


def share(limit: int, percent: int) -> int:
    """Whole working days, rounded down, that are `percent` of a limit: 24 of 30 at 80."""
    return limit * percent // 100


def real_time(at: datetime, limit: timedelta) -> datetime:
    """The end, in UTC, of a limit in minutes or hours: it runs day and night from `at` (aware)."""
    return _aware(at).astimezone(UTC) + limit


def _aware(at: datetime) -> datetime:
    if at.utcoffset() is None:
        raise ValueError("a moment needs its zone")
    return at
