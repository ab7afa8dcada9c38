"""Limits and when they end: working days by the calendar, minutes and hours in real time, calendar days by date."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sekata.lib.workdays import Calendar

WORKDAYS, DAYS, HOURS, MINUTES = "workdays", "days", "hours", "minutes"


@dataclass(frozen=True)
class Limit:
    """`amount` of `unit`: workdays | days | hours | minutes."""

    amount: int
    unit: str = WORKDAYS

    def __post_init__(self):
        if self.unit not in (WORKDAYS, DAYS, HOURS, MINUTES) or self.amount < 0:
            raise ValueError(f"not a limit: {self.amount} {self.unit}")

    @property
    def pauses(self) -> bool:
        """Only working-day limits stand still while somebody else must act."""
        return self.unit == WORKDAYS

    def ends(self, since: datetime, calendar: Calendar, paused: int = 0) -> datetime:
        """The first instant, in UTC, after the limit; `paused` working days are added to a working-day limit."""
        if self.unit == WORKDAYS:
            return calendar.deadline(since, self.amount + paused)
        if self.unit == DAYS:
            return calendar.end_of(since.astimezone(calendar.zone).date() + timedelta(days=self.amount))
        return since + timedelta(**{self.unit: self.amount})
