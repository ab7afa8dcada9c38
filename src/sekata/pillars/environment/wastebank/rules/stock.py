"""R8 moving-average cost, R9 shrinkage. Kilograms are Decimal with three places, values whole rupiah."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sekata.lib import money
from sekata.lib.result import Reason

REASONS = ("moisture", "sorting_residue", "scale_error", "missing")


@dataclass(frozen=True)
class Stock:
    """What lies there of one material, and what it has cost."""

    kg: Decimal = Decimal(0)
    value: int = 0


@dataclass(frozen=True)
class Taken:
    """What is left after taking out, and the cost of what was taken."""

    left: Stock
    cost: int


def put_in(stock: Stock, kg: Decimal, value: int) -> Stock:
    """R8: material comes in at its price."""
    return Stock(stock.kg + kg, stock.value + value)


def stock_reasons(stock: Stock, kg: Decimal) -> tuple[Reason, ...]:
    """Nobody sells what is not there; a count made now sets the book right first."""
    if kg <= stock.kg:
        return ()
    message = (
        f"Stok tercatat {_kg(stock.kg)} kg, kurang dari {_kg(kg)} kg. Lakukan opname sekarang lebih dulu"
    )
    return (Reason("stock_short", message, "kg"),)


def take_out(stock: Stock, kg: Decimal) -> Taken:
    """R8: cost at the moving average, half up; the last kilogram out takes all remaining value.

    ValueError for more than there is: ask `stock_reasons` first.
    """
    if kg > stock.kg or kg < 0:
        raise ValueError("more than there is")
    if kg == stock.kg:
        return Taken(Stock(), stock.value)
    cost = money.rupiah(kg * stock.value / stock.kg)
    return Taken(Stock(stock.kg - kg, stock.value - cost), cost)


def take_back(stock: Stock, kg: Decimal, amount: int) -> Taken:
    """A reversed deposit leaves at what it was taken in for, as far as the value reaches.

    Emptying the stock takes all of its value; the difference to `amount` is shrinkage.
    """
    if kg > stock.kg:
        raise ValueError("more than there is")
    cost = stock.value if kg == stock.kg else min(amount, stock.value)
    return Taken(Stock(stock.kg - kg, stock.value - cost), cost)


@dataclass(frozen=True)
class Variance:
    """R9: the difference between count and book. percent is of the book, None where the book was empty;
    value above zero is a loss. beyond: more than the tolerance, a suspense case."""

    kg: Decimal
    percent: Decimal | None
    value: int
    beyond: bool

    @property
    def account(self) -> str:
        """Where it is booked."""
        return "5209" if self.beyond else "5201"


def tolerance(rows: Mapping[str, Mapping[str, object]], group: str) -> Decimal:
    """R9: percent allowed for a material group, from the table in force; `other` serves what it does not name."""
    row = rows.get(group) or rows["other"]
    return Decimal(str(row["percent"]))


def variance(book: Stock, counted: Decimal, allowed: Decimal) -> Variance:
    """R9: up to and at the tolerance it is shrinkage; beyond, the whole of it is suspense."""
    kg = counted - book.kg
    if book.kg == 0:
        return Variance(kg, None, 0, kg != 0)
    exact = kg * 100 / book.kg
    value = -kg * book.value / book.kg
    return Variance(
        kg, exact.quantize(Decimal("0.1"), ROUND_HALF_UP), money.rupiah(value), abs(exact) > allowed
    )


def after_count(book: Stock, found: Variance) -> Stock:
    """The stock once the count is booked."""
    return Stock(book.kg + found.kg, book.value - found.value)


def closing_reasons(reason: str) -> tuple[Reason, ...]:
    """R9: a suspense case is closed only with one of its causes."""
    if reason in REASONS:
        return ()
    return (
        Reason("cause", "Pilih penyebabnya: kadar air, sisa pilah, salah timbang, atau hilang", "reason"),
    )


def received_reasons(sent: Decimal, received: Decimal, allowed: Decimal) -> tuple[Reason, ...]:
    """A central cannot receive more than was sent and the tolerance."""
    if received <= sent * (100 + allowed) / 100:
        return ()
    message = f"Diterima {_kg(received)} kg, lebih dari {_kg(sent)} kg yang dikirim"
    return (Reason("received_more", message, "kg"),)


def _kg(kg: Decimal) -> str:
    return f"{kg:.3f}".replace(".", ",")
