"""R8 Groundwater tax (PAT): volume of a month, price of the water, rate."""

from decimal import Decimal

from sekata.lib.result import Reason
from sekata.pillars.economy.tax.rules.amounts import WHOLE, Rounding, percent


def water_value(volume: Decimal | int, price_factor: Decimal | int) -> Decimal:
    """R8: value of the water in rupiah; volume in m³, price factor in rupiah per m³."""
    return Decimal(volume) * Decimal(price_factor)


def groundwater_tax(value: Decimal | int, rate: Decimal, rounding: Rounding = WHOLE) -> int:
    """R8: rate x value of the water."""
    return rounding.settle(percent(value, rate))


def metered(before: Decimal, now: Decimal, turnover: Decimal | None = None) -> Decimal:
    """Volume between two readings in m³; a meter that ran over begins again at `turnover`."""
    return now - before if now >= before or turnover is None else turnover - before + now


def reading_reasons(before: Decimal, now: Decimal, turnover: Decimal | None = None) -> tuple[Reason, ...]:
    """A meter does not run backwards."""
    if now >= before or turnover is not None:
        return ()
    return (Reason("meter", f"Angka meter lebih kecil dari bulan lalu ({before}).", "reading"),)
