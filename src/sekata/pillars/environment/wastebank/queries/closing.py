"""What stands against closing a month."""

from datetime import datetime

from sekata.lib import clock
from sekata.pillars.environment.wastebank.codes import DepositState, TransferState
from sekata.pillars.environment.wastebank.models import CashCount, StockCount, SyncItem, Transfer, WasteBank
from sekata.pillars.environment.wastebank.queries.law import law


def conflicts(bank: WasteBank) -> list[str]:
    """Numbers of everything that waits for the director."""
    held = SyncItem.objects.filter(bank=bank, state=DepositState.CONFLICT)
    sent = Transfer.objects.filter(central=bank, state=TransferState.CONFLICT)
    return [
        *held.order_by("pk").values_list("provisional_no", flat=True),
        *sent.order_by("pk").values_list("number", flat=True),
    ]


def facts(bank: WasteBank, at: datetime) -> dict[str, object]:
    """What the guard of the closing asks for."""
    counted = (
        StockCount.objects.filter(bank=bank).order_by("-pk").values_list("counted_at", flat=True).first()
    )
    cash = CashCount.objects.filter(bank=bank).order_by("-pk").first()
    today = at.astimezone(clock.WIB).date()
    return {
        "conflicts": conflicts(bank),
        "counted_days_ago": (today - counted.astimezone(clock.WIB).date()).days if counted else None,
        "most_days": law(at).limit("stock_count"),
        "cash": (cash.counted, cash.book) if cash else None,
        "explained": bool(cash and cash.explanation),
    }
