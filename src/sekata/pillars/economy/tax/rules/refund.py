"""R16 Giving back what was paid too much (SKPDLB): deadlines, interest to the taxpayer, offset against arrears."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sekata.pillars.economy.tax.rules.amounts import WHOLE, Rounding, Row, percent
from sekata.pillars.economy.tax.rules.dates import add_months, months_late


@dataclass(frozen=True)
class RefundDates:
    """R16: last days for deciding, issuing and paying."""

    decide: date
    issue: date
    pay: date


@dataclass(frozen=True)
class Offset:
    """What a refund settles and what is left to pay out, in rupiah. settled: arrears in their order -> amount."""

    settled: tuple[int, ...]
    paid_out: int


def refund_dates(applied: date, decided: date | None, issued: date | None, limits: Row) -> RefundDates:
    """R16: each limit counts from the step before it, or from that step's own last day while it is open."""
    decide = add_months(applied, limits["decide_months"])
    issue = add_months(decided or decide, limits["issue_months"])
    return RefundDates(decide, issue, add_months(issued or issue, limits["pay_months"]))


def refund_interest(
    amount: int, last_day: date, paid: date, rate: Decimal, cap: int, rounding: Rounding = WHOLE
) -> int:
    """R16: `rate` percent for each month begun after the last day for paying, to the taxpayer."""
    return rounding.settle(percent(amount * min(months_late(last_day, paid), cap), rate))


def offset(amount: int, arrears: Sequence[int], *, consents: bool) -> Offset:
    """R16: with the payer's recorded consent arrears are settled first, oldest first."""
    settled, left = [], amount
    for owed in arrears:
        part = min(owed, left) if consents else 0
        settled.append(part)
        left -= part
    return Offset(tuple(settled), left)
