"""Months as tax law counts them: the same day of a later month, clipped to its end; part of a month is a month."""

from calendar import monthrange
from datetime import date


def add_months(day: date, months: int) -> date:
    """The same day `months` later; a day that month lacks becomes its last."""
    year, index = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, index + 1, min(day.day, monthrange(year, index + 1)[1]))


def months_late(due: date, paid: date) -> int:
    """R10: 0 if paid by `due`, else the least k for which add_months(due, k) is not before `paid`."""
    if paid <= due:
        return 0
    months = (paid.year - due.year) * 12 + paid.month - due.month
    return months if add_months(due, months) >= paid else months + 1


def month_bounds(period: str) -> tuple[date, date]:
    """First and last day of a period written `2026-09`. ValueError for anything else."""
    first = date.fromisoformat(f"{period}-01")
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def previous_period(period: str) -> str:
    """The month before, as `2026-08`."""
    return add_months(month_bounds(period)[0], -1).isoformat()[:7]
