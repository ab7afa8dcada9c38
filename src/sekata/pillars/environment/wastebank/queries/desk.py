"""What the people of a bank see: the day, what waits, what lies there; and what the office sees of all banks."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import connection
from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from sekata.kernel.filters import visible
from sekata.lib.actor import Actor
from sekata.pillars.environment.wastebank.codes import (
    BankKind,
    BankState,
    DepositState,
    PeriodState,
    PickupState,
)
from sekata.pillars.environment.wastebank.models import (
    Deposit,
    Period,
    Pickup,
    Scale,
    Stock,
    StockCountLine,
    StockMove,
    SyncItem,
    TransferLine,
    WasteBank,
)
from sekata.pillars.environment.wastebank.queries.impact import day_start
from sekata.pillars.environment.wastebank.queries.law import law
from sekata.pillars.environment.wastebank.rights import DIRECT, DRIVE, OWN

MOST = 100


@dataclass(frozen=True)
class Lying:
    """A material in stock and how many days since the last of it left."""

    name: str
    kg: Decimal
    value: int
    days: int


def day_sheet(bank: WasteBank, day: date) -> tuple[list[Deposit], dict[str, object]]:
    """Deposits weighed on a day, the latest first, and the day's kilograms and rupiah."""
    rows = Deposit.objects.filter(
        bank=bank, corrected_at__gte=day_start(day), corrected_at__lt=day_start(day + timedelta(days=1))
    )
    final = rows.filter(state=DepositState.FINAL)
    totals = final.aggregate(rupiah=Sum("credited"), count=Count("pk")) | final.aggregate(kg=Sum("lines__kg"))
    shown = rows.select_related("customer", "weigher__person").order_by("-corrected_at", "-pk")[:MOST]
    return list(shown), totals


def stock(bank: WasteBank, at: datetime) -> list[Lying]:
    """What lies there, the longest first."""
    materials = law(at).materials
    rows = Stock.objects.filter(bank=bank, kg__gt=0)
    moved = StockMove.objects.filter(bank=bank).values("material")
    since = {
        row["material"]: row["gone"] or row["come"]
        for row in moved.annotate(gone=Max("at", filter=Q(kg__lt=0)), come=Min("at"))
    }
    lying = [
        Lying(
            materials[row.material]["name"] if row.material in materials else row.material,
            row.kg,
            row.value,
            (at - since[row.material]).days,
        )
        for row in rows
    ]
    return sorted(lying, key=lambda one: (-one.days, one.name))


def held(bank: WasteBank) -> QuerySet[SyncItem]:
    """Items that wait for the director, the oldest first."""
    return (
        SyncItem.objects.select_related("device")
        .filter(bank=bank, state=DepositState.CONFLICT)
        .order_by("pk")
    )


def held_one(bank: WasteBank, key: int) -> SyncItem | None:
    """An item of the bank, decided or not."""
    return SyncItem.objects.select_related("device").filter(bank=bank, pk=key).first()


def deposit_of(bank: WasteBank, number: str) -> Deposit | None:
    """A deposit of the bank by its official or its provisional number."""
    found = Deposit.objects.select_related("customer", "weigher__person", "scale", "device")
    return found.filter(Q(number=number) | Q(provisional_no=number), bank=bank).first()


def paper(bank: WasteBank, number: str) -> SyncItem | None:
    """What became of a provisional number that is no deposit."""
    return SyncItem.objects.filter(bank=bank, provisional_no=number).order_by("-pk").first()


def top_ups(bank: WasteBank) -> QuerySet[Deposit]:
    """Deposits whose customers may be granted a dearer price (R2)."""
    offered = Deposit.objects.filter(bank=bank, state=DepositState.FINAL, top_up__gt=0, topped_up_at=None)
    return offered.select_related("customer").order_by("pk")


def suspense(bank: WasteBank) -> QuerySet[StockCountLine]:
    """Differences beyond the tolerance that nobody has explained (R9)."""
    return StockCountLine.objects.filter(count__bank=bank, beyond=True, closed_at=None).order_by("pk")


def lost_legs(bank: WasteBank) -> list[TransferLine]:
    """What the bank sent and nobody can account for, beyond the tolerance (R9)."""
    rows = TransferLine.objects.select_related("transfer").filter(
        transfer__bank=bank, beyond=True, closed_at=None
    )
    return list(rows.order_by("pk"))


def pickups(actor: Actor, bank: WasteBank) -> list[Pickup]:
    """Pickups that are not done, by day and stop."""
    open_ones = (PickupState.REQUESTED, PickupState.SCHEDULED, PickupState.ON_THE_WAY)
    rows = Pickup.objects.select_related("case", "customer", "driver__person").filter(
        bank=bank, case__state__in=open_ones
    )
    return list(visible(rows, DIRECT | DRIVE, actor).order_by("day", "part", "stop", "pk"))


def pickup_for(actor: Actor, number: str) -> Pickup | None:
    """A pickup that the actor asked for, drives or directs."""
    rows = Pickup.objects.select_related("case", "customer", "bank__case").filter(case__number=number)
    return visible(rows, DIRECT | DRIVE | OWN, actor).first()


def next_stop(pickup: Pickup) -> int:
    """The next stop of the route that day and part of the day."""
    same = Pickup.objects.filter(bank=pickup.bank, day=pickup.day, part=pickup.part)
    return (same.aggregate(last=Max("stop"))["last"] or 0) + 1


def flagged(since: date) -> list[tuple[str, int]]:
    """Flag -> deposits that carry it, over all banks (R12)."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT flag, count(*) FROM wastebank_deposit deposit, jsonb_array_elements_text(deposit.flags) AS flag
            WHERE deposit.state = 'final' AND deposit.corrected_at >= %s GROUP BY flag ORDER BY 2 DESC, 1
            """,
            [day_start(since)],
        )
        return cursor.fetchall()


def activity(at: datetime) -> list[dict[str, object]]:
    """Every registered bank with its last deposit, kilograms of 30 days, open conflicts, last closed month."""
    month_ago = at - timedelta(days=30)
    last = dict(_per_bank(Deposit.objects.filter(state=DepositState.FINAL), last=Max("corrected_at")))
    recent = Deposit.objects.filter(state=DepositState.FINAL, corrected_at__gte=month_ago)
    kg = dict(_per_bank(recent, kg=Sum("lines__kg")))
    waiting = dict(_per_bank(SyncItem.objects.filter(state=DepositState.CONFLICT), n=Count("pk")))
    closed = dict(_per_bank(Period.objects.filter(state=PeriodState.CLOSED), month=Max("month")))
    quiet = at - timedelta(days=law(at).limit("inactive_bank"))
    banks = WasteBank.objects.select_related("case", "parent").filter(code__isnull=False).order_by("code")
    return [
        {
            "bank": bank,
            "last": last.get(bank.pk),
            "quiet": bank.kind == BankKind.UNIT
            and bank.case.state == BankState.ACTIVE
            and (last.get(bank.pk) is None or last[bank.pk] < quiet),
            "kg": kg.get(bank.pk) or 0,
            "waiting": waiting.get(bank.pk, 0),
            "closed": closed.get(bank.pk),
        }
        for bank in banks
    ]


def _per_bank(rows: QuerySet, **what: object) -> list[tuple[int, object]]:
    (name,) = what
    return list(rows.values("bank").annotate(**what).values_list("bank", name))


def expired_scales(on: date) -> QuerySet[Scale]:
    """Scales in use whose verification is over or was never entered (R12)."""
    over = Q(verified_until=None) | Q(verified_until__lt=on)
    return Scale.objects.select_related("bank").filter(over, active=True).order_by("bank__code", "serial")


def days_of_school(since: date) -> list[dict[str, object]]:
    """Days on which schools brought something, the latest first."""
    rows = Deposit.objects.filter(
        state=DepositState.FINAL, source="school_day", corrected_at__gte=day_start(since)
    )
    dated = rows.values("posted_on", "bank__name").annotate(kg=Sum("lines__kg")).order_by("-posted_on")
    return list(dated[:MOST])
