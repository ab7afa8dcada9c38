"""R9 The day a tax falls due: working days, months, or a fixed day; never on a day off."""

from dataclasses import dataclass
from datetime import date

from sekata.lib.result import Reason
from sekata.lib.workdays import Calendar
from sekata.pillars.economy.tax.rules.amounts import Row
from sekata.pillars.economy.tax.rules.dates import add_months

WORKDAYS, MONTHS, DAY_OF_NEXT = "workdays", "months", "day_of_next_month"


@dataclass(frozen=True)
class DueRule:
    """way: `amount` WORKDAYS or MONTHS after the start, or the day `amount` of the month after it."""

    way: str
    amount: int

    @classmethod
    def of(cls, row: Row) -> "DueRule":
        """From a row of the table."""
        return cls(row["way"], row["amount"])


def due_day(rule: DueRule, start: date, calendar: Calendar) -> date:
    """R9: the day due, counted from `start` (end of the period, or sending), moved to a working day."""
    if rule.way == WORKDAYS:
        return calendar.add(start, rule.amount)
    if rule.way == MONTHS:
        return calendar.on_or_after(add_months(start, rule.amount))
    if rule.way == DAY_OF_NEXT:
        return calendar.on_or_after(add_months(start.replace(day=1), 1).replace(day=rule.amount))
    raise ValueError(f"no such way to fall due: {rule.way}")


def batch_due_reasons(due: date, sent: date, months: int) -> tuple[Reason, ...]:
    """R9: the one due day of a year's land tax lies after sending and at most `months` later."""
    if sent < due <= add_months(sent, months):
        return ()
    message = f"Jatuh tempo harus sesudah penyampaian dan paling lama {months} bulan sesudahnya."
    return (Reason("due_range", message, "due_on"),)


def earliest_sending(due: date, months: int) -> date:
    """R9: the first day on which letters may be sent for a due day: 30-09 needs sending from 30-03 on."""
    return add_months(due, -months)
