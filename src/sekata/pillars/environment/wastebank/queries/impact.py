"""Figures of the regency: tonnage, generation, avoided emissions, participation, leaderboards (R15 to R18, R20)."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import connection
from django.db.models import Max, QuerySet, Sum

from sekata.lib import clock
from sekata.pillars.environment.wastebank.codes import DepositState, Group, MoveKind, SaleState
from sekata.pillars.environment.wastebank.models import (
    Customer,
    Deposit,
    DepositLine,
    SaleLine,
    StockMove,
    WasteBank,
)
from sekata.pillars.environment.wastebank.queries.law import law
from sekata.pillars.environment.wastebank.rules import community, impact

SOLD = (SaleState.ACCEPTED, SaleState.INVOICED, SaleState.PAID)


def day_start(day: date) -> datetime:
    """The first moment of a day in the regency's zone."""
    return datetime(day.year, day.month, day.day, tzinfo=clock.WIB)


def intake_kg(since: date, until: date, bank: WasteBank | None = None) -> dict[str, Decimal]:
    """material -> kilograms deposited from `since` to before `until`; reversed deposits do not count."""
    rows = DepositLine.objects.filter(
        deposit__state=DepositState.FINAL,
        deposit__corrected_at__gte=day_start(since),
        deposit__corrected_at__lt=day_start(until),
    )
    rows = rows.filter(deposit__bank=bank) if bank else rows
    return dict(rows.values("material").annotate(kg=Sum("kg")).values_list("material", "kg"))


def outgoing(since: date, until: date, bank: WasteBank | None = None) -> dict[str, impact.Leaving]:
    """R15: material -> what went to buyers outside or into own processing, with what was rejected of it."""
    sold = SaleLine.objects.filter(
        sale__state__in=SOLD, sale__accepted_at__gte=day_start(since), sale__accepted_at__lt=day_start(until)
    )
    processed = StockMove.objects.filter(
        kind=MoveKind.PROCESS, kg__lt=0, at__gte=day_start(since), at__lt=day_start(until)
    )
    if bank:
        sold, processed = sold.filter(sale__bank=bank), processed.filter(bank=bank)
    total: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for material, kg, rejected in (
        sold.values("material")
        .annotate(kg=Sum("kg"), no=Sum("rejected_kg"))
        .values_list("material", "kg", "no")
    ):
        total[material][0] += kg
        total[material][1] += rejected
    for material, kg in processed.values("material").annotate(kg=Sum("kg")).values_list("material", "kg"):
        total[material][0] -= kg
    return {material: impact.Leaving(kg, rejected) for material, (kg, rejected) in total.items()}


def reduction(since: date, until: date) -> dict[str, object]:
    """R15 and R16: reduction and intake in tonnes, generation of the same days, the share of it in percent."""
    at = day_start(until - timedelta(days=1))
    reduced = impact.reduction_kg(outgoing(since, until).values()) / 1000
    year = yearly_generation(at)
    generated = year * (until - since).days / 365
    return {
        "reduction_t": reduced,
        "intake_t": sum(intake_kg(since, until).values(), Decimal(0)) / 1000,
        "generation_t": generated,
        "percent": impact.reduction_percent(reduced, generated),
    }


def yearly_generation(at: datetime) -> Decimal:
    """R16: tonnes a year by the population and factor in force."""
    rulebook = law(at)
    residents = rulebook.table("population")["regency"]["residents"]
    return impact.generation_t(residents, Decimal(rulebook.table("generation_factor")["used"]["factor"]))


def emissions(since: date, until: date) -> impact.Avoided:
    """R17: emissions avoided by what was sold, net of rejects, by the factors in force at the end."""
    rulebook = law(day_start(until - timedelta(days=1)))
    known = rulebook.table("emission_factor")
    refs = {code: row["emission"] for code, row in rulebook.materials.items()}
    factors = {code: Decimal(known[ref]["factor"]) for code, ref in refs.items() if ref in known}
    paper = [code for code, row in rulebook.materials.items() if row["group"] == Group.PAPER]
    left = {material: one.kg - one.rejected_kg for material, one in outgoing(since, until).items()}
    return impact.avoided(left, factors, paper)


def participation(at: datetime) -> Decimal | None:
    """R20: percent of the service areas' households that brought something in 90 days; a household counts once."""
    latest = (
        Deposit.objects.filter(
            state=DepositState.FINAL, corrected_at__gte=at - community.ACTIVE_FOR, corrected_at__lte=at
        )
        .exclude(customer__kk_hash="")
        .values("customer__kk_hash")
        .annotate(last=Max("corrected_at"))
        .values_list("customer__kk_hash", "last")
    )
    households = WasteBank.objects.filter(code__isnull=False).aggregate(n=Sum("households"))["n"] or 0
    return community.participation(dict(latest), households, at)


def leaderboard(bank: WasteBank, month: date, group: str) -> list[community.Rank]:
    """R18: the month's ranks of a class among customers of the bank who opted in."""
    return _ranks(Customer.objects.filter(bank=bank), month, group)


def leaders(month: date, group: str) -> list[community.Rank]:
    """R18: the month's ranks of a class among customers of all banks who opted in, the first fifty."""
    return _ranks(Customer.objects.all(), month, group)[:50]


def _ranks(customers: QuerySet[Customer], month: date, group: str) -> list[community.Rank]:
    first = month.replace(day=1)
    until = (first + timedelta(days=32)).replace(day=1)
    kinds = law(day_start(until - timedelta(days=1))).table("leaderboard")[group]["kinds"]
    rows = (
        customers.filter(
            deposits__state=DepositState.FINAL,
            deposits__corrected_at__gte=day_start(first),
            deposits__corrected_at__lt=day_start(until),
        )
        .exclude(nickname="")
        .annotate(kg=Sum("deposits__lines__kg"))
        .values_list("nickname", "kind", "household_size", "kg")
    )
    return community.leaderboard([community.Entrant(*row) for row in rows], kinds)


def monthly(since: date) -> list[tuple[date, Decimal, Decimal]]:
    """(month, tonnes in, tonnes out) from the month of `since` on."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT month, sum(come), sum(gone) FROM (
                SELECT date_trunc('month', deposit.corrected_at AT TIME ZONE 'Asia/Jakarta')::date AS month,
                       line.kg AS come, 0 AS gone
                FROM wastebank_depositline line JOIN wastebank_deposit deposit ON deposit.id = line.deposit_id
                WHERE deposit.state = 'final' AND deposit.corrected_at >= %(since)s
                UNION ALL
                SELECT date_trunc('month', sale.accepted_at AT TIME ZONE 'Asia/Jakarta')::date, 0,
                       line.kg - line.rejected_kg
                FROM wastebank_saleline line JOIN wastebank_sale sale ON sale.id = line.sale_id
                WHERE sale.accepted_at >= %(since)s
            ) moved GROUP BY month ORDER BY month
            """,
            {"since": day_start(since.replace(day=1))},
        )
        return [(month, come / 1000, gone / 1000) for month, come, gone in cursor.fetchall()]
