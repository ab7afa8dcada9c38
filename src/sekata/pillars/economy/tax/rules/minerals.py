"""R8 Non-metal minerals and rock (MBLB) with the province's surcharge (opsen), and swallow nests (walet)."""

from dataclasses import dataclass
from decimal import Decimal

from sekata.pillars.economy.tax.rules.amounts import WHOLE, Rounding, percent


@dataclass(frozen=True)
class MineralsDuty:
    """What a quarry pays in one bill, in rupiah: the regency's tax and the province's surcharge on it."""

    tax: int
    surcharge: int

    @property
    def total(self) -> int:
        """The amount of the one bill."""
        return self.tax + self.surcharge


def minerals_duty(
    value: Decimal | int, rate: Decimal, surcharge_rate: Decimal, rounding: Rounding = WHOLE
) -> MineralsDuty:
    """R8: rate x value of what was taken, and the surcharge in percent of that tax (a liability to the province)."""
    tax = rounding.settle(percent(value, rate))
    return MineralsDuty(tax, rounding.settle(percent(tax, surcharge_rate)))


def vehicle_surcharge(principal: int, rate: Decimal, rounding: Rounding = WHOLE) -> int:
    """R8: our part of what the province's Samsat collected; it arrives as a split, never as a bill."""
    return rounding.settle(percent(principal, rate))


def swallow_nest_tax(weight: Decimal | int, price: int, rate: Decimal, rounding: Rounding = WHOLE) -> int:
    """R8: rate x weight in kg x market price in rupiah per kg."""
    return rounding.settle(percent(Decimal(weight) * price, rate))
