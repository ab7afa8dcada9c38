"""R1 the amount of a line, R2 the price in force and what a customer has been shown."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sekata.lib import clock, money
from sekata.lib.result import Reason

STALE_PRICE = "stale_price"


@dataclass(frozen=True)
class Key:
    """What a price is of."""

    material: str
    grade: str = ""
    channel: str = "drop_off"

    def __str__(self) -> str:
        return " ".join(filter(None, (self.material, self.grade, self.channel)))


@dataclass(frozen=True)
class Price:
    """Rupiah per unit from `valid_from` on, until the next row of its key. price None: not bought."""

    key: Key
    price: int | None
    valid_from: datetime
    list_version: int


def line_amount(quantity: Decimal, unit_price: int) -> int:
    """R1: quantity times price in whole rupiah, rounded half up once."""
    return money.rupiah(quantity * unit_price)


def total(amounts: Iterable[int]) -> int:
    """R1: the sum of rounded lines; never the rounding of a sum."""
    return sum(amounts)


def price_at(rows: Iterable[Price], at: datetime) -> Price | None:
    """R2: among the rows of one key, the latest that is valid at `at`."""
    begun = [row for row in rows if row.valid_from <= at]
    return max(begun, key=lambda row: row.valid_from, default=None)


def sheet_at(rows: Iterable[Price], at: datetime) -> dict[Key, Price]:
    """The whole price list as it stands at `at`."""
    sheet: dict[Key, Price] = {}
    for row in rows:
        known = sheet.get(row.key)
        if row.valid_from <= at and (known is None or known.valid_from < row.valid_from):
            sheet[row.key] = row
    return sheet


def sheet_of(rows: Iterable[Price], version: int) -> dict[Key, Price]:
    """The price list that a device with list `version` shows; lists follow one another in time."""
    sheet: dict[Key, Price] = {}
    for row in rows:
        known = sheet.get(row.key)
        if row.list_version <= version and (known is None or known.list_version < row.list_version):
            sheet[row.key] = row
    return sheet


def clash_reasons(rows: Iterable[Price]) -> tuple[Reason, ...]:
    """Two prices of one key from one instant are refused, naming both."""
    rows = list(rows)
    counted = Counter((row.key, row.valid_from) for row in rows)
    reasons = []
    for (key, since), count in counted.items():
        if count > 1:
            said = " dan ".join(_shown(row) for row in rows if (row.key, row.valid_from) == (key, since))
            day = since.astimezone(clock.WIB)
            message = f"Dua harga {key} mulai {day:%d-%m-%Y %H.%M}: {said}. Hapus salah satu"
            reasons.append(Reason("price_twice", message, key.material))
    return tuple(reasons)


def _shown(row: Price) -> str:
    return "tidak dibeli" if row.price is None else money.shown(row.price)


@dataclass(frozen=True)
class Settled:
    """The price a line is booked at, and what the director may add per unit afterwards."""

    unit_price: int
    flags: tuple[str, ...] = ()
    top_up: int = 0


def settle_price(shown: Price, in_force: Price | None) -> Settled:
    """R2: what the customer was shown stays; a dearer price in force is offered as a top-up.

    shown must have a price. in_force: the row valid when the weighing really took place.
    """
    if in_force is not None and in_force.list_version == shown.list_version:
        return Settled(shown.price)
    wanted = in_force.price if in_force is not None and in_force.price is not None else 0
    return Settled(shown.price, (STALE_PRICE,), max(0, wanted - shown.price))


def top_up(lines: Iterable[tuple[Decimal, int, int]]) -> int:
    """R2: the difference to be offered: per line (quantity, price shown, price in force), each rounded as in R1."""
    return sum(max(0, line_amount(q, force) - line_amount(q, shown)) for q, shown, force in lines)
