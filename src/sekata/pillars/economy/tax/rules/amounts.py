"""What all rules share: rows of reference tables, percentages without floats, rounding once at the end (R3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal, localcontext
from typing import Any

Row = Mapping[str, Any]
Rows = Mapping[str, Row]
"""An effective-dated table on one date: key -> value, in the shape of `tables`."""

HUNDRED = Decimal(100)
PRECISION = 60
"""Digits of intermediate results: more than any product of amounts, areas and percentages has."""

MODES = {"down": ROUND_DOWN, "half_up": ROUND_HALF_UP, "up": ROUND_UP}


@dataclass(frozen=True)
class Rounding:
    """R3: how the last figure becomes money. mode: one of MODES; unit: to multiples of so many rupiah."""

    mode: str = "down"
    unit: int = 1

    def __post_init__(self):
        if self.mode not in MODES or self.unit < 1:
            raise ValueError(f"no rounding: {self.mode} to {self.unit}")

    def settle(self, exact: Decimal | int) -> int:
        """`exact` as money."""
        with localcontext() as context:
            context.prec = PRECISION
            return int((Decimal(exact) / self.unit).to_integral_value(MODES[self.mode])) * self.unit


WHOLE = Rounding()
"""Down to whole rupiah, the default."""


def percent(base: Decimal | int, *rates: Decimal) -> Decimal:
    """`base` x each rate in percent, exactly. TypeError for a float."""
    exact = Decimal(_exact(base))
    with localcontext() as context:
        context.prec = PRECISION
        for rate in rates:
            exact = exact * _exact(rate) / HUNDRED
    return exact


def number(text: str | int | Decimal) -> Decimal:
    """A figure of a reference table, where fractions are kept as text ("0.1250")."""
    return Decimal(_exact(text))


def _exact(value: str | int | Decimal) -> str | int | Decimal:
    if isinstance(value, float):
        raise TypeError("money, areas and rates are never float")
    return value
