"""R13 Paying by instalments: schedule, interest on what remains, and what a broken schedule leaves due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sekata.lib import money
from sekata.lib.result import Reason
from sekata.pillars.economy.tax.rules.amounts import WHOLE, Rounding, percent
from sekata.pillars.economy.tax.rules.dates import add_months, months_late


@dataclass(frozen=True)
class Instalment:
    """One part: its number from 1, day due, principal and interest in rupiah."""

    number: int
    due: date
    principal: int
    interest: int

    @property
    def total(self) -> int:
        """What is paid for it."""
        return self.principal + self.interest


@dataclass(frozen=True)
class Broken:
    """What a broken schedule leaves due at once, in rupiah."""

    principal: int
    interest: int

    @property
    def total(self) -> int:
        """The whole balance."""
        return self.principal + self.interest


def schedule(
    principal: int, parts: int, first_due: date, rate: Decimal, rounding: Rounding = WHOLE
) -> tuple[Instalment, ...]:
    """R13: equal parts of the principal, each with `rate` percent a month on what remained before it.

    Parts sum to the principal exactly; the first ones take what does not divide.
    """
    remaining, made = principal, []
    for place, share in enumerate(money.split(principal, [1] * parts)):
        due = add_months(first_due, place)
        made.append(Instalment(place + 1, due, share, rounding.settle(percent(remaining, rate))))
        remaining -= share
    return tuple(made)


def schedule_reasons(principal: int, parts: int, longest: int) -> tuple[Reason, ...]:
    """R13: from two parts up to `longest` months, and something to divide."""
    if principal < parts:
        return (Reason("principal", "Tidak ada pokok pajak yang dapat diangsur.", "parts"),)
    if not 2 <= parts <= longest:
        return (Reason("parts", f"Angsuran 2 sampai {longest} kali.", "parts"),)
    return ()


def is_broken(due: date, on: date, grace_days: int) -> bool:
    """R13: whether an unpaid part breaks the schedule: more than `grace_days` late."""
    return on > due + timedelta(days=grace_days)


def broken_balance(
    plan: Sequence[Instalment], paid: int, began: date, on: date, rate: Decimal, rounding: Rounding = WHOLE
) -> Broken:
    """R13: the principal that remains after `paid` parts and `rate` percent of it for each month begun since the
    day due of the last part paid; none paid: since the schedule began."""
    remaining = sum(part.principal for part in plan[paid:])
    since = plan[paid - 1].due if paid else began
    months = months_late(since, on)
    return Broken(remaining, rounding.settle(percent(remaining * months, rate)))
