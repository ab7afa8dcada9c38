"""Pickups at the door."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sekata.kernel.cases import actions as cases
from sekata.kernel.documents import actions as documents
from sekata.kernel.journal.actions import Repeated, action
from sekata.lib import clock, money
from sekata.lib.actor import Actor
from sekata.lib.result import Refused, insist
from sekata.pillars.environment.wastebank.actions.steps import advance
from sekata.pillars.environment.wastebank.codes import BankState, Channel, CustomerStatus, PickupState, Post
from sekata.pillars.environment.wastebank.models import Customer, Deposit, Officer, Pickup, WasteBank
from sekata.pillars.environment.wastebank.queries.law import law
from sekata.pillars.environment.wastebank.rights import CUSTOMER, DIRECT, DRIVE, OWN
from sekata.pillars.environment.wastebank.rules.quantities import quantity_reasons
from sekata.pillars.environment.wastebank.workflow import PICKUP


@dataclass(frozen=True)
class PickupRequest:
    """What a customer asks for. part: morning or afternoon."""

    submission: UUID
    address: str
    estimate_kg: Decimal
    day: date
    part: str = "morning"
    lat: float | None = None
    lon: float | None = None
    photo: str | None = None


def ask(*, actor: Actor, customer: Customer, asked: PickupRequest, at: datetime | None = None) -> Pickup:
    """Ask for a pickup; the same submission again is the same pickup."""
    try:
        return _ask(actor=actor, customer=customer, asked=asked, at=at or clock.now())
    except Repeated as repeated:
        return Pickup.objects.select_related("case", "customer").get(pk=repeated.answer["case"])


@action(right=CUSTOMER, event="wastebank.pickup.asked", keeps=("customer",))
def _ask(*, actor: Actor, customer: Customer, asked: PickupRequest, at: datetime) -> Pickup:
    mine = actor.acting_for or actor.person
    if customer.person_id is None or customer.person_id != mine:
        raise Refused.because("not_yours", "Rekening ini bukan milik Anda.", status=403)
    _check(customer, asked, at)
    pickup = Pickup(bank=customer.bank, customer=customer, **_columns(asked))
    pickup.case = cases.begin_case(
        actor=actor,
        workflow=PICKUP,
        opening=cases.Opening(
            title=f"Jemput {asked.estimate_kg} kg, {customer.name}",
            unit=customer.bank.case.unit_id,
            applicant=mine,
            lat=asked.lat,
            lon=asked.lon,
        ),
        subject=pickup,
        terms=law(at).terms,
        at=at,
        words=cases.Words(says=PICKUP.state(PICKUP.initial).says),
        claim=cases.Claim(f"wastebank.pickup:{asked.submission}", vars(asked) | {"submission": None}),
    )
    pickup.save(force_insert=True)
    year, number = at.astimezone(clock.WIB).year, documents.next_number("wastebank.pickup", at)
    cases.enter(pickup.case, f"JS-{year}-{number:06d}")
    return pickup


def _columns(asked: PickupRequest) -> dict[str, object]:
    return {name: value for name, value in vars(asked).items() if name != "photo"} | {"photo_id": asked.photo}


def _check(customer: Customer, asked: PickupRequest, at: datetime) -> None:
    rulebook = law(at)
    if customer.status != CustomerStatus.ACTIVE or customer.bank.case.state != BankState.ACTIVE:
        raise Refused.because("inactive", "Rekening atau bank ini sedang tidak aktif.", status=409)
    insist(quantity_reasons(asked.estimate_kg, "kg", "estimate_kg"))
    least = rulebook.limit("pickup_minimum")
    if asked.estimate_kg < least:
        raise Refused.because("pickup_minimum", f"Penjemputan paling sedikit {least} kg.", "estimate_kg")
    if asked.day <= at.astimezone(clock.WIB).date():
        raise Refused.because("day", "Pilih hari mulai besok.", "day")
    if len(asked.address.strip()) < 5:
        raise Refused.because("address", "Tulis alamat dan patokannya.", "address")


@action(
    right=DIRECT | DRIVE,
    event="wastebank.pickup.scheduled",
    on="pickup",
    watches=("case.state",),
    keeps=("driver",),
)
def schedule(*, actor: Actor, pickup: Pickup, driver: Officer, stop: int, at: datetime) -> Pickup:
    """Give a pickup to a driver as a stop of the route; a slot takes only so many."""
    if driver.bank_id != pickup.bank_id or driver.post != Post.DRIVER:
        raise Refused.because("driver", "Pilih petugas jemput bank ini.", "driver")
    most = law(at).limit("pickups_a_slot")
    WasteBank.objects.select_for_update().get(pk=pickup.bank_id)
    taken = Pickup.objects.filter(
        bank=pickup.bank_id, day=pickup.day, part=pickup.part, case__state=PickupState.SCHEDULED
    ).count()
    if taken >= most:
        raise Refused.because("slot", f"Waktu itu sudah penuh ({most} jemputan).", "day", status=409)
    advance(pickup, PICKUP, "schedule", actor=actor, at=at)
    pickup.driver, pickup.stop = driver, stop
    pickup.save(update_fields=["driver", "stop"])
    return pickup


@action(right=DRIVE, event="wastebank.pickup.departed", on="pickup", watches=("case.state",))
def depart(*, actor: Actor, pickup: Pickup, at: datetime) -> Pickup:
    """The driver is on the way; from now on it cannot be cancelled."""
    advance(pickup, PICKUP, "depart", actor=actor, at=at)
    return pickup


@action(right=DRIVE, event="wastebank.pickup.weighed", on="pickup", watches=("case.state",), keeps=("made",))
def weighed(*, actor: Actor, pickup: Pickup, made: Deposit, at: datetime) -> Pickup:
    """What was fetched has become a deposit at pickup prices."""
    if (
        made.bank_id != pickup.bank_id
        or made.customer_id != pickup.customer_id
        or made.channel != Channel.PICKUP
    ):
        raise Refused.because("deposit", "Setoran itu bukan dari penjemputan ini.", "deposit")
    said = f"Sudah ditimbang: {made.number}, {money.shown(made.credited)}."
    advance(pickup, PICKUP, "weigh", actor=actor, at=at, says=said)
    pickup.deposit = made
    pickup.save(update_fields=["deposit"])
    return pickup


@action(right=DRIVE, event="wastebank.pickup.missed", on="pickup", watches=("case.state",))
def miss(*, actor: Actor, pickup: Pickup, at: datetime) -> Pickup:
    """Nobody was there."""
    advance(pickup, PICKUP, "miss", actor=actor, at=at)
    return pickup


@action(right=OWN | DIRECT, event="wastebank.pickup.cancelled", on="pickup", watches=("case.state",))
def cancel(*, actor: Actor, pickup: Pickup, at: datetime) -> Pickup:
    """Call it off before the driver has left."""
    advance(pickup, PICKUP, "cancel", actor=actor, at=at)
    return pickup
