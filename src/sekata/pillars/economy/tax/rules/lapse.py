"""R15 When assessment and collection lapse."""

from collections.abc import Iterable
from datetime import date

from sekata.pillars.economy.tax.rules.dates import add_months


def lapses_on(due: date, restarts: Iterable[date], years: int) -> date:
    """R15: the last day of the right to collect: `years` after the tax fell due, or after the last act that
    restarts the clock (Surat Teguran, Surat Paksa, a written acknowledgement) done before it had run out."""
    end = add_months(due, 12 * years)
    for act in sorted(restarts):
        if act <= end:
            end = max(end, add_months(act, 12 * years))
    return end


def has_lapsed(due: date, restarts: Iterable[date], on: date, years: int) -> bool:
    """R15: whether the right has run out on the day `on`."""
    return on > lapses_on(due, restarts, years)


def may_assess(due: date, on: date, years: int) -> bool:
    """R15: whether a shortage may still be assessed on the day `on`."""
    return on <= add_months(due, 12 * years)
