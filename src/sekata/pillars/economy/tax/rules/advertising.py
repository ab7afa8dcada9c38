"""R8 Advertising tax (pajak reklame): rental value of a display and its tax."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sekata.pillars.economy.tax.rules.amounts import WHOLE, Rounding, percent


@dataclass(frozen=True)
class Display:
    """A display one shows oneself. Sizes in metres; class price in rupiah per m² and day."""

    width: Decimal
    height: Decimal
    sides: int
    days: int
    class_price: int

    @property
    def rental_value(self) -> Decimal:
        """R8: NSR = area x sides x days x class price, in rupiah."""
        return self.width * self.height * self.sides * self.days * self.class_price


def advertising_tax(rental_value: Decimal | int, rate: Decimal, rounding: Rounding = WHOLE) -> int:
    """R8: rate x rental value; of a display run by somebody else the contract's value."""
    return rounding.settle(percent(rental_value, rate))


def last_day(start: date, days: int) -> date:
    """The last day on which a display is paid for."""
    return start + timedelta(days=days - 1)


def needs_street_check(start: date, days: int, on: date) -> bool:
    """R8: a display still registered after its last paid day goes onto the street-check list."""
    return on > last_day(start, days)
