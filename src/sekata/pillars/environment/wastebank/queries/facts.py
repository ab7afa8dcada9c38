"""Everything that must be known to judge a batch of weighings, in a constant number of statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from sekata.lib import clock
from sekata.pillars.environment.wastebank.codes import DepositState, PeriodState, Post
from sekata.pillars.environment.wastebank.models import (
    Customer,
    Deposit,
    DepositLine,
    Device,
    KindThreshold,
    Officer,
    Period,
    Scale,
    SyncItem,
    WasteBank,
)
from sekata.pillars.environment.wastebank.queries import prices
from sekata.pillars.environment.wastebank.queries.law import Law, law
from sekata.pillars.environment.wastebank.rules import community, moments, pricing, replays

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
"""No bank has prices from before; a device may claim anything."""


@dataclass(frozen=True)
class WeighedLine:
    """One material as it was weighed and shown to the customer."""

    material: str
    quantity: Decimal
    unit_price: int
    grade: str = ""

    def content(self) -> dict[str, object]:
        """As it counts for the fingerprint: 2.5 and 2.500 are one quantity."""
        return vars(self) | {"quantity": f"{self.quantity.normalize():f}"}


@dataclass(frozen=True)
class Weighing:
    """A deposit as a device tells it. offset_s, synced_at: see R3; consent: the customer agrees to wake a sleeping
    account, or to deposit at another bank than the own."""

    uid: UUID
    customer: str
    weigher: int
    lines: tuple[WeighedLine, ...]
    device_time: datetime
    offset_s: int | None
    synced_at: datetime | None
    list_version: int
    provisional_no: str = ""
    scale: int | None = None
    source: str = "counter"
    consent: bool = False
    photo: str | None = None
    restarted: bool = False

    def content(self) -> dict[str, object]:
        """The item as a JSON value: what a fingerprint is taken of, and what is kept of a held item."""
        plain = {name: value for name, value in vars(self).items() if name != "lines"}
        moment = {
            name: value and value.astimezone(UTC).isoformat()
            for name, value in plain.items()
            if name in MOMENTS
        }
        return plain | moment | {"uid": str(self.uid), "lines": [line.content() for line in self.lines]}

    @property
    def reading(self) -> moments.ClockReading:
        """What its clock says."""
        return moments.ClockReading(self.device_time, self.offset_s, self.synced_at, self.restarted)

    @classmethod
    def of(cls, content: Mapping[str, object]) -> "Weighing":
        """The weighing whose `content` was kept."""
        lines = tuple(
            WeighedLine(line["material"], Decimal(line["quantity"]), line["unit_price"], line["grade"])
            for line in content["lines"]
        )
        dated = {name: content[name] and datetime.fromisoformat(content[name]) for name in MOMENTS}
        return cls(**dict(content) | dated | {"uid": UUID(content["uid"]), "lines": lines})


MOMENTS = ("device_time", "synced_at")


@dataclass(frozen=True)
class Facts:
    """What is known when a batch is judged at `at`. `known`: uid -> (fingerprint, number) of deposits booked before."""

    bank: WasteBank
    device: Device | None
    at: datetime
    customers: Mapping[str, Customer]
    weighers: Mapping[int, Officer]
    scales: Mapping[int, Scale]
    prices: Mapping[pricing.Key, Sequence[pricing.Price]]
    versions: Mapping[int, datetime]
    known: Mapping[UUID, tuple[str, str]]
    kept: Mapping[tuple[UUID, str], SyncItem]
    taken: Mapping[str, UUID]
    thresholds: Mapping[str, Decimal]
    closed: frozenset[date]
    others: Sequence[replays.Weighed]
    laws: dict[date, Law] = field(default_factory=dict)

    def law(self, at: datetime) -> Law:
        """The law of the day of `at`, looked up once."""
        day = at.astimezone(clock.WIB).date()
        if day not in self.laws:
            self.laws[day] = law(at)
        return self.laws[day]

    @property
    def home(self) -> community.Bank:
        """This bank as the rules see it."""
        return as_rule(self.bank)


def as_rule(bank: WasteBank) -> community.Bank:
    """A bank as the rules see it."""
    return community.Bank(bank.pk, bank.code or "", bank.central_id)


def gather(bank: WasteBank, device: Device | None, batch: Sequence[Weighing], at: datetime) -> Facts:
    """Read what the batch needs: a dozen statements, whatever its size."""
    limits = law(at).clocks
    when = [max(moments.corrected(one.reading, at, limits).likely, EARLIEST) for one in batch]
    versions = prices.starts_of(bank, (one.list_version for one in batch))
    first = min([*when, *versions.values()], default=at)
    customers = _customers({one.customer for one in batch})
    return Facts(
        bank=bank,
        device=device,
        at=at,
        customers=customers,
        weighers={one.pk: one for one in Officer.objects.filter(bank=bank, post=Post.WEIGHER)},
        scales={one.pk: one for one in Scale.objects.filter(bank=bank, active=True)},
        prices=_by_key(prices.rows_since(bank, first)),
        versions=versions,
        known=_known(device, [one.uid for one in batch]),
        kept=_kept(device, [one.uid for one in batch]),
        taken=_taken(bank, {one.provisional_no for one in batch} - {""}),
        thresholds=dict(KindThreshold.objects.values_list("kind", "p99_kg")),
        closed=frozenset(
            Period.objects.filter(bank=bank, state=PeriodState.CLOSED).values_list("month", flat=True)
        ),
        others=_others(bank, device, customers.values(), when),
    )


def _customers(numbers: Iterable[str]) -> dict[str, Customer]:
    found = Customer.objects.select_related("bank").filter(number__in=numbers)
    return {one.number: one for one in found}


def _by_key(rows: Iterable[pricing.Price]) -> dict[pricing.Key, list[pricing.Price]]:
    found: dict[pricing.Key, list[pricing.Price]] = {}
    for row in rows:
        found.setdefault(row.key, []).append(row)
    return found


def _known(device: Device | None, uids: list[UUID]) -> dict[UUID, tuple[str, str]]:
    rows = Deposit.objects.filter(device=device, uid__in=uids).values_list("uid", "fingerprint", "number")
    return {uid: (fingerprint, number) for uid, fingerprint, number in rows}


def _kept(device: Device | None, uids: list[UUID]) -> dict[tuple[UUID, str], SyncItem]:
    if device is None:
        return {}
    rows = SyncItem.objects.select_related("deposit").filter(device=device, uid__in=uids)
    return {(row.uid, row.fingerprint): row for row in rows}


def _taken(bank: WasteBank, numbers: set[str]) -> dict[str, UUID]:
    rows = Deposit.objects.filter(bank=bank, provisional_no__in=numbers)
    return dict(rows.values_list("provisional_no", "uid"))


def _others(
    bank: WasteBank, device: Device | None, customers: Iterable[Customer], when: list[datetime]
) -> list[replays.Weighed]:
    """Lines of the same customers about the same time from other devices (R4)."""
    if not when:
        return []
    around = (min(when) - replays.SAME_TIME - timedelta(seconds=1), max(when) + replays.SAME_TIME)
    rows = DepositLine.objects.filter(
        Q(deposit__device__isnull=False) if device is None else ~Q(deposit__device=device),
        deposit__customer__in=[one.pk for one in customers],
        deposit__corrected_at__range=around,
        deposit__state=DepositState.FINAL,
    ).values_list("deposit__device_id", "deposit__customer_id", "material", "kg", "deposit__corrected_at")
    return [replays.Weighed(*row) for row in rows]
