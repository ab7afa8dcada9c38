"""The stock of a bank: in, out, back, counted. Every change is a movement; the sum is kept beside them under a lock."""

from datetime import datetime
from decimal import Decimal

from sekata.lib.result import Refused, insist
from sekata.pillars.environment.wastebank.codes import MoveKind
from sekata.pillars.environment.wastebank.models import DepositLine, Stock, StockMove, WasteBank
from sekata.pillars.environment.wastebank.rules import stock


def locked(bank: WasteBank, material: str) -> Stock:
    """The row of that material, locked until the commit; a new one where there was none."""
    row, _ = Stock.objects.select_for_update().get_or_create(
        bank=bank, material=material, defaults={"kg": Decimal(0), "value": 0}
    )
    return row


def as_rule(row: Stock) -> stock.Stock:
    """A stock as the rules see it."""
    return stock.Stock(row.kg, row.value)


def put(
    bank: WasteBank, material: str, kg: Decimal, value: int, kind: MoveKind, at: datetime, **why: object
) -> StockMove:
    """Material, or only value, comes in."""
    row = locked(bank, material)
    return _write(row, stock.put_in(as_rule(row), kg, value), kind, at, why)


def take(bank: WasteBank, material: str, kg: Decimal, kind: MoveKind, at: datetime, **why: object) -> int:
    """Take out at the moving average (R8); returns the cost. Refuses what is not there (422)."""
    row = locked(bank, material)
    insist(stock.stock_reasons(as_rule(row), kg))
    taken = stock.take_out(as_rule(row), kg)
    _write(row, taken.left, kind, at, why)
    return taken.cost


def take_back(bank: WasteBank, line: DepositLine, value: int, at: datetime) -> int:
    """Undo the coming in of a deposited line at `value`; returns what of it left."""
    row = locked(bank, line.material)
    if line.kg > row.kg:
        message = f"Stok {line.material} sudah keluar; lakukan opname atau batalkan penjualannya lebih dulu."
        raise Refused.because("stock_short", message, status=409)
    taken = stock.take_back(as_rule(row), line.kg, value)
    _write(row, taken.left, MoveKind.ADJUST, at, {"deposit": line.deposit, "note": "reversal"})
    return taken.cost


def adjust(row: Stock, found: stock.Variance, at: datetime, **why: object) -> None:
    """Book a count: the row becomes what was counted (R9)."""
    _write(row, stock.after_count(as_rule(row), found), MoveKind.ADJUST, at, why)


def _write(row: Stock, after: stock.Stock, kind: MoveKind, at: datetime, why: dict[str, object]) -> StockMove:
    moved = StockMove.objects.create(
        bank=row.bank, material=row.material, kind=kind, kg=after.kg - row.kg, value=after.value - row.value, at=at,
        **why,
    )  # fmt: skip
    row.kg, row.value = after.kg, after.value
    row.save(update_fields=["kg", "value"])
    return moved
