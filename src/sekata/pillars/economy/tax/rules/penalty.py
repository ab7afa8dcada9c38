"""R10, R11, R12, R17 What lateness and shortage cost: simple interest by the month, increases, the fixed fine."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sekata.pillars.economy.tax.codes import Ground
from sekata.pillars.economy.tax.rules.amounts import WHOLE, Rounding, Row, Rows, number, percent
from sekata.pillars.economy.tax.rules.dates import add_months, months_late


@dataclass(frozen=True)
class MonthlyRate:
    """Percent for each month begun, for at most `cap` months; increase: percent of the principal on top."""

    rate: Decimal
    cap: int
    increase: Decimal = Decimal(0)

    @classmethod
    def of(cls, row: Row) -> "MonthlyRate":
        """From a row of the table."""
        return cls(number(row["rate"]), row["cap"], number(row.get("increase", 0)))


@dataclass(frozen=True)
class Addition:
    """Interest and increase on a principal, in rupiah, and the months that counted."""

    months: int
    interest: int
    increase: int = 0

    @property
    def total(self) -> int:
        """Both together."""
        return self.interest + self.increase


@dataclass(frozen=True)
class Owed:
    """What is to be paid on a day, in rupiah; true_until: the last day on which it stays so."""

    principal: int
    penalty: int
    months: int
    true_until: date | None

    @property
    def total(self) -> int:
        """Principal and penalty."""
        return self.principal + self.penalty


def interest(principal: int, months: int, rate: MonthlyRate, rounding: Rounding = WHOLE) -> int:
    """R10: simple interest on the principal alone, never on interest, rounded once."""
    counted = max(0, min(months, rate.cap))
    return rounding.settle(percent(principal * counted, rate.rate))


def owed(principal: int, due: date, on: date, rate: MonthlyRate, rounding: Rounding = WHOLE) -> Owed:
    """R10 and R17: what a bill due on `due` costs when paid on `on`."""
    months = months_late(due, on)
    penalty = interest(principal, months, rate, rounding)
    return Owed(principal, penalty, min(months, rate.cap), true_until(due, on, rate))


def true_until(due: date, on: date, rate: MonthlyRate) -> date | None:
    """R17: the last day on which the amount of `on` is still right; None once it grows no more."""
    months = months_late(due, on)
    return add_months(due, months) if months < rate.cap else None


def shortage(
    principal: int, months: int, ground: Ground, rates: Rows, rounding: Rounding = WHOLE
) -> Addition:
    """R11: interest and increase of a shortage found by desk check, audit, ex officio or from new data."""
    rate = MonthlyRate.of(rates[ground])
    return Addition(
        months=min(months, rate.cap),
        interest=interest(principal, months, rate, rounding),
        increase=rounding.settle(percent(principal, rate.increase)),
    )


def late_filing_fine(due: date, filed: date, fine: int, *, force_majeure: bool = False) -> int:
    """R12: the fixed fine of a return filed late, waived for force majeure."""
    return fine if filed > due and not force_majeure else 0
