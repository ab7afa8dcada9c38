"""Reading vouchers, shared surpluses, and with whom something is open."""

from django.db.models import QuerySet

from sekata.pillars.environment.wastebank.models import Distribution, Voucher, WasteBank
from sekata.pillars.environment.wastebank.queries import books
from sekata.pillars.environment.wastebank.queries.papers import SHARES
from sekata.pillars.environment.wastebank.rules import bookkeeping
from sekata.web import words

PAGE = 40
OPEN = {
    bookkeeping.CLEARING: "Penyedia {}",
    bookkeeping.UNITS_PAYABLE: "Bank sampah {}",
    bookkeeping.POOLS: "SHU {}",
    bookkeeping.CUSTOMER_DEBT: "Piutang nasabah {}",
}


def vouchers(bank: WasteBank) -> QuerySet[Voucher]:
    """The latest vouchers."""
    return Voucher.objects.filter(bank=bank).order_by("-pk")[:PAGE]


def distributions(bank: WasteBank) -> QuerySet[Distribution]:
    """Months whose surplus was shared, the latest first."""
    return Distribution.objects.filter(bank=bank).order_by("-month")[:PAGE]


def counterparts(bank: WasteBank) -> dict[str, str]:
    """holder -> who it is and what is open, of everybody whom a voucher can settle with."""
    found: dict[str, str] = {}
    for account, name in OPEN.items():
        for holder, amount in books.held_by(bank, account).items():
            found[holder] = f"{name.format(SHARES.get(holder, holder))}: {words.rupiah(amount)}"
    return found
