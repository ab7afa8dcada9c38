"""Limits and when they end: working days by the calendar, minutes and hours in real time, calendar days by date."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sekata.lib.workdays import Calendar

UNITS = {"minutes": "menit", "hours": "jam", "days": "hari", "workdays": "hari kerja"}
REAL_TIME = frozenset({"minutes", "hours"})


@dataclass(frozen=True)
class Limit:
    """`amount` of `unit` (minutes, hours, days, workdays).

    since: "received" counts from receipt whenever the clock begins; "start" from receipt at first, from the moment a
    later one begins; "entered" from entering the state. label: its official name.
    """

    amount: int
    unit: str = "workdays"
    since: str = "entered"
    label: str = ""

    def __post_init__(self):
        if self.unit not in UNITS or self.amount < 0:
            raise ValueError(f"not a limit: {self.amount} {self.unit}")

    @property
    def is_real_time(self) -> bool:
        return self.unit in REAL_TIME

    @property
    def pauses(self) -> bool:
        """Only working-day limits stand still while somebody else must act."""
        return self.unit == "workdays"

    def __str__(self) -> str:
        return f"{self.amount} {UNITS[self.unit]}"

    def ends(self, since: datetime, calendar: Calendar, paused: int = 0) -> datetime:
        """The end, in UTC. Days and working days end at 24:00 of their last day, given as the first instant after it.

        paused: working days that a working-day limit stood still.
        """
        if self.is_real_time:
            return since + timedelta(**{self.unit: self.amount})
        if self.unit == "days":
            return calendar.end_of(since.astimezone(calendar.zone).date() + timedelta(days=self.amount))
        return calendar.deadline(since, self.amount + paused)

    def last_day(self, due: datetime, calendar: Calendar) -> date:
        """The day people are told: the last one on which the limit can still be kept."""
        moment = due if self.is_real_time else due - timedelta(microseconds=1)
        return moment.astimezone(calendar.zone).date()

    def is_late(self, due: datetime, at: datetime) -> bool:
        """Whether something done at `at` breaches: after the minute agreed, or from 24:00 of the last day on."""
        return at > due if self.is_real_time else at >= due
