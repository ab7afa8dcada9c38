"""R22, R23 Age and worth of what is owed, and how much of a target has come in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sekata.pillars.economy.tax.rules.amounts import WHOLE, Rounding, Rows, number, percent
from sekata.pillars.economy.tax.rules.dates import add_months

NOT_DUE = "not_due"
DAYS = ((30, "1-30"), (90, "31-90"))
FIRST_YEAR, SECOND, FIFTH, OLDEST = "91-365", "1-2y", "2-5y", ">5y"
BUCKETS = (NOT_DUE, "1-30", "31-90", FIRST_YEAR, SECOND, FIFTH, OLDEST)


@dataclass(frozen=True)
class Receivable:
    """An open amount in rupiah and its day due."""

    due: date
    amount: int


def bucket(due: date, on: date) -> str:
    """R23: the bucket of an amount due on `due` as of `on`; years end by anniversary, that day in the lower one."""
    days = (on - due).days
    if days <= 0:
        return NOT_DUE
    for most, name in DAYS:
        if days <= most:
            return name
    for years, name in ((1, FIRST_YEAR), (2, SECOND), (5, FIFTH)):
        if on <= add_months(due, 12 * years):
            return name
    return OLDEST


def aged(receivables: Iterable[Receivable], on: date) -> dict[str, int]:
    """R23: rupiah in each bucket."""
    totals = dict.fromkeys(BUCKETS, 0)
    for one in receivables:
        totals[bucket(one.due, on)] += one.amount
    return totals


def allowance(receivables: Iterable[Receivable], on: date, quality: Rows, rounding: Rounding = WHOLE) -> int:
    """R22: allowance for doubtful receivables, percent by age as the table says; rounded once."""
    exact = (percent(one.amount, number(_quality(one, on, quality))) for one in receivables)
    return rounding.settle(sum(exact, Decimal(0)))


def _quality(one: Receivable, on: date, quality: Rows) -> str:
    rows = sorted((row for row in quality.values() if row["years"]), key=lambda row: row["years"])
    for row in rows:
        if on <= add_months(one.due, 12 * row["years"]):
            return row["percent"]
    return next(row["percent"] for row in quality.values() if not row["years"])


def realisation(receipts: int, given_back: int, target: int) -> Decimal | None:
    """R23: percent of the target that came in, reversals and refunds taken off; None without a target."""
    return Decimal(receipts - given_back) * 100 / target if target > 0 else None
