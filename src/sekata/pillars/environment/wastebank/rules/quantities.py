"""Reading what people type. The field's type decides: `1.700` is 1.700 kg on a scale and Rp1.700 in a price list."""

import re
from decimal import Decimal

from sekata.lib import money
from sekata.lib.result import Reason, Refused
from sekata.lib.words import UNITS, terbilang

DECIMALS = 3
MOST = Decimal(999_999)
UNIT_WORDS = {"kg": "kilogram", "liter": "liter", "piece": "buah"}

_BOTH = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+")
_ONE = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


def parse_quantity(text: str, unit: str = "kg", field: str = "quantity") -> Decimal:
    """A weight, volume or count: comma or point is the decimal sign, `1.234,5` has both.

    Raises Refused: quantity_format, quantity_decimals (more than three are refused, never cut), quantity_size,
    quantity_whole for a fraction of a piece.
    """
    typed = "".join(text.split())
    if _BOTH.fullmatch(typed):
        typed = typed.replace(".", "")
    elif not _ONE.fullmatch(typed):
        raise _no("quantity_format", "Tulis jumlah dengan angka, misalnya 2,345", field)
    quantity = Decimal(typed.replace(",", "."))
    reasons = quantity_reasons(quantity, unit, field)
    if reasons:
        raise Refused(*reasons)
    return quantity


def quantity_reasons(quantity: Decimal, unit: str = "kg", field: str = "quantity") -> tuple[Reason, ...]:
    """R1: a quantity is above zero, has at most three decimals, and pieces are whole."""
    if not quantity.is_finite() or quantity <= 0:
        return (Reason("quantity_size", "Jumlah harus lebih dari nol", field),)
    if quantity > MOST:
        return (Reason("quantity_size", "Jumlah terlalu besar; periksa tandanya", field),)
    if -quantity.normalize().as_tuple().exponent > DECIMALS:
        return (Reason("quantity_decimals", "Paling banyak tiga angka di belakang koma", field),)
    if unit == "piece" and quantity != quantity.to_integral_value():
        return (Reason("quantity_whole", "Jumlah buah harus bilangan bulat", field),)
    return ()


def parse_price(text: str, field: str = "buy_price") -> int | None:
    """Whole rupiah per unit; empty means not bought. `1.700` is 1700; cents and minus are refused."""
    if not text.strip():
        return None
    price = money.parse(text, field)
    if price < 0:
        raise _no("price_negative", "Harga tidak boleh kurang dari nol", field)
    return price


def spoken_quantity(quantity: Decimal, unit: str = "kg") -> str:
    """What was understood, in words: `dua koma tiga empat lima kilogram`."""
    whole, _, fraction = f"{quantity.normalize():f}".partition(".")
    said = terbilang(int(whole))
    if fraction:
        said += " koma " + " ".join(UNITS[int(digit)] for digit in fraction)
    return f"{said} {UNIT_WORDS[unit]}"


def _no(code: str, message: str, field: str) -> Refused:
    return Refused(Reason(code, message, field))
