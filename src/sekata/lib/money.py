"""Whole rupiah. Amounts are int; rules compute in Decimal and end in `rupiah`; a float is a defect."""

import re
from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction

from sekata.lib.result import Reason, Refused

HALF_UP, DOWN, UP = ROUND_HALF_UP, ROUND_DOWN, ROUND_UP
"""Ways of rounding; all look at the size without its sign, so -0.5 becomes -1 by HALF_UP and 0 by DOWN."""

_AMOUNT = re.compile(
    r"(-?)\s*(?:Rp\.?)?\s*([0-9]{1,3}(?:\.[0-9]{3}){1,4}|[0-9]{1,15})(?:,(-|[0-9]{1,2}))?",
    re.IGNORECASE,
)


def rupiah(amount: Decimal | int, rounding: str = HALF_UP) -> int:
    """`amount` in whole rupiah. TypeError for a float, ValueError for what is no finite number."""
    if isinstance(amount, bool) or not isinstance(amount, int | Decimal):
        raise TypeError("money is int or Decimal")
    if isinstance(amount, int):
        return amount
    if not amount.is_finite():
        raise ValueError("not an amount")
    return int(amount.to_integral_value(rounding))


def split(total: int, weights: Sequence[int | Decimal]) -> list[int]:
    """Shares of `total` in proportion to `weights` that sum to it exactly, by largest remainders.

    Each share is its exact part rounded down or up; equal remainders favour the earlier. A negative total is
    split like its size. ValueError for a negative weight or none above zero, TypeError for a float.
    """
    if any(isinstance(weight, float) for weight in weights) or not isinstance(total, int):
        raise TypeError("money and its weights are int or Decimal")
    parts = [Fraction(weight) for weight in weights]
    if not any(parts) or min(parts) < 0:
        raise ValueError("weights must not be negative, and one must be above zero")
    if total < 0:
        return [-share for share in split(-total, weights)]
    exact = [total * part / sum(parts) for part in parts]
    shares = [int(share) for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: shares[place] - exact[place])
    for place in by_remainder[: total - sum(shares)]:
        shares[place] += 1
    return shares


def shown(amount: int) -> str:
    """`Rp1.284.500`, `-Rp500`."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{abs(amount):,}".replace(",", ".")


def parse(text: str, field: str = "amount") -> int:
    """Read `Rp1.284.500`, `1284500`, `Rp 1.284.500,00` or `Rp1.284.500,-`, up to 15 digits.

    A dot stands before three digits only. Raises Refused: money_format, or money_whole where there are
    cents (sen).
    """
    found = _AMOUNT.fullmatch(text.strip())
    if not found:
        message = "Tulis jumlah rupiah dengan angka, misalnya 1.284.500"
        raise Refused(Reason("money_format", message, field))
    sign, whole, cents = found.groups()
    if (cents or "").strip("-0"):
        raise Refused(Reason("money_whole", "Tulis rupiah penuh tanpa sen, misalnya 1.284.500", field))
    return int(sign + whole.replace(".", ""))
