"""Reading sales, transfers, counts, and what a month has earned."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet, Sum

from sekata.pillars.environment.wastebank.codes import DepositState
from sekata.pillars.environment.wastebank.models import (
    Collector,
    Deposit,
    Period,
    Sale,
    Stock,
    Transfer,
    WasteBank,
)
from sekata.pillars.environment.wastebank.queries import books
from sekata.pillars.environment.wastebank.queries.impact import day_start
from sekata.pillars.environment.wastebank.queries.law import law
from sekata.pillars.environment.wastebank.rules import sharing

PAGE = 40


def collectors() -> QuerySet[Collector]:
    """Who buys."""
    return Collector.objects.filter(active=True).order_by("name")


def sales(bank: WasteBank) -> QuerySet[Sale]:
    """The bank's latest sales."""
    return (
        Sale.objects.select_related("collector")
        .prefetch_related("lines")
        .filter(bank=bank)
        .order_by("-pk")[:PAGE]
    )


def sale_of(bank: WasteBank, number: str) -> Sale | None:
    """A sale of the bank."""
    return Sale.objects.select_related("collector").filter(bank=bank, number=number).first()


def transfers(bank: WasteBank) -> QuerySet[Transfer]:
    """The latest transfers from or to the bank."""
    rows = Transfer.objects.select_related("bank", "central").prefetch_related("lines")
    return rows.filter(Q(bank=bank) | Q(central=bank)).order_by("-pk")[:PAGE]


def transfer_to(bank: WasteBank, number: str) -> Transfer | None:
    """A transfer that the bank is to receive."""
    return Transfer.objects.select_related("bank").filter(central=bank, number=number).first()


def in_stock(bank: WasteBank) -> list[str]:
    """Codes of materials that have ever lain there."""
    return list(Stock.objects.filter(bank=bank).order_by("material").values_list("material", flat=True))


def months(bank: WasteBank) -> QuerySet[Period]:
    """Closed months, the latest first."""
    return Period.objects.filter(bank=bank).order_by("-month")[:PAGE]


def surplus(bank: WasteBank, month: date) -> dict[str, object]:
    """R10: what the month earned after cost, shrinkage and running costs, by the charter, and each customer's part.

    A loss is not shared: pools and shares are empty then.
    """
    first = month.replace(day=1)
    until = (first + timedelta(days=32)).replace(day=1)
    span = (day_start(first), day_start(until))
    net = books.surplus(books.turnovers(bank, (first, until)))
    if net <= 0:
        return {"net": net, "pools": {}, "shares": {}}
    pools = sharing.pools(net, dict(law(span[0]).own("charter", bank.code)))
    return {
        "net": net,
        "pools": pools,
        "shares": sharing.customers_shares(pools["customers"], _deposited(bank, span)),
    }


def _deposited(bank: WasteBank, span) -> dict[str, int]:
    """customer number -> rupiah credited in the month."""
    rows = Deposit.objects.filter(
        bank=bank, state=DepositState.FINAL, corrected_at__gte=span[0], corrected_at__lt=span[1]
    )
    return dict(
        rows.values("customer__number").annotate(v=Sum("credited")).values_list("customer__number", "v")
    )
