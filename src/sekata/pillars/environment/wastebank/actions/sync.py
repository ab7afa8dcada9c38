"""The sync of a device: up to five hundred items, each with its own answer, in their order (R4)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sekata.kernel.journal.actions import action
from sekata.kernel.people import vault
from sekata.lib import clock
from sekata.lib.actor import CLIENT, Actor
from sekata.lib.result import Reason, Refused
from sekata.pillars.environment.wastebank.actions.booking import book
from sekata.pillars.environment.wastebank.actions.judging import Judgement, judge
from sekata.pillars.environment.wastebank.codes import BankState, DepositState, Result
from sekata.pillars.environment.wastebank.models import Device, SyncItem, WasteBank
from sekata.pillars.environment.wastebank.queries import banks
from sekata.pillars.environment.wastebank.queries.facts import Facts, Weighing, gather
from sekata.pillars.environment.wastebank.rights import DEVICE
from sekata.pillars.environment.wastebank.rules import numbers, replays
from sekata.pillars.environment.wastebank.workflow import DEPOSIT

MOST_ITEMS = 500
KEY_KIND = "wastebank.device"


@dataclass(frozen=True)
class Answer:
    """What the server says about one item."""

    uid: object
    result: Result
    number: str = ""
    errors: tuple[Reason, ...] = ()


def device_of(key: str, at: datetime | None = None) -> Device:
    """The device that presents `key`; unknown keys are refused (403). A revoked device may still hand in (R4)."""
    device = banks.device_with(vault.lookup(KEY_KIND, key)) if key else None
    if device is None:
        raise Refused.because("device", "Perangkat tidak dikenal. Daftarkan lagi.", "device", status=403)
    return device


def as_actor(device: Device) -> Actor:
    """The device as the one who acts; who weighed stands on each item."""
    return Actor(kind=CLIENT, name=device.prefix, client=device.pk, via="sync")


def sync(*, device: Device, weighings: Sequence[Weighing], at: datetime | None = None) -> list[Answer]:
    """Take a batch: created, replayed, conflict or rejected for each, in its order; partial success is normal."""
    if len(weighings) > MOST_ITEMS:
        raise Refused.because("items", f"Paling banyak {MOST_ITEMS} setoran sekali kirim.", "items")
    return _sync(
        actor=as_actor(device), bank=device.bank, device=device, weighings=weighings, at=at or clock.now()
    )


@action(right=DEVICE, event="wastebank.synced", on="bank", keeps=("device",))
def _sync(
    *, actor: Actor, bank: WasteBank, device: Device, weighings: Sequence[Weighing], at: datetime
) -> list[Answer]:
    """Two syncs of one device wait for one another: each uid is judged once."""
    device = Device.objects.select_for_update().get(pk=device.pk)
    _refuse_closed(bank)
    facts = gather(bank, device, weighings, at)
    judged = _judge_all(weighings, facts)
    fresh = [one for one in judged if one.result is Result.CREATED]
    deposits = book(bank=bank, device=device, bookings=[one.booking for one in fresh], at=at)
    numbers_of = {deposit.uid: deposit.number for deposit in deposits}
    _keep(bank, device, weighings, judged, facts, at)
    if device.revoked_at is None:
        Device.objects.filter(pk=device.pk).update(synced_at=at)
    return [
        Answer(weighing.uid, one.result, one.number or numbers_of.get(weighing.uid, ""), one.reasons)
        for weighing, one in zip(weighings, judged, strict=True)
    ]


def _refuse_closed(bank: WasteBank) -> None:
    if bank.case.state not in (BankState.ACTIVE, BankState.SUSPENDED):
        raise Refused.because("bank_closed", "Bank sampah ini sudah ditutup.", status=409)


def _judge_all(weighings: Sequence[Weighing], facts: Facts) -> list[Judgement]:
    """Each by itself; a uid or a provisional number that comes twice in one batch meets its own first appearance."""
    judged = []
    known, taken = dict(facts.known), dict(facts.taken)
    running = replace(facts, known=known, taken=taken)
    for weighing in weighings:
        one = _paper_checked(weighing, facts) or judge(weighing, running)
        if one.result is Result.CREATED:
            known[weighing.uid] = (one.booking.fingerprint, "")
            taken.setdefault(weighing.provisional_no, weighing.uid)
        judged.append(one)
    return judged


def _paper_checked(weighing: Weighing, facts: Facts) -> Judgement | None:
    """Only numbers with the device's own prefix can stand on its receipts."""
    reasons = numbers.provisional_reasons(weighing.provisional_no, facts.device.prefix)
    if weighing.device_time - facts.at > timedelta(days=36500):
        reasons = (*reasons, Reason("device_time", "Waktu perangkat di luar kalender", "device_time"))
    return Judgement(Result.REJECTED, reasons) if reasons else None


def _keep(
    bank: WasteBank,
    device: Device,
    weighings: Sequence[Weighing],
    judged: Sequence[Judgement],
    facts: Facts,
    at: datetime,
) -> None:
    """Keep what was not booked: its paper must be findable, and a director decides on what is held back."""
    held = DEPOSIT.transition("hold_back").target
    rows: dict[tuple, SyncItem] = {}
    for weighing, one in zip(weighings, judged, strict=True):
        if one.result not in (Result.CONFLICT, Result.REJECTED):
            continue
        item = _item(bank, device, weighing, one, at)
        item.state = held if one.result is Result.CONFLICT else DepositState.DECLINED
        if (item.uid, item.fingerprint) not in facts.kept:
            rows.setdefault((item.uid, item.fingerprint), item)
    SyncItem.objects.bulk_create(rows.values())


def _item(bank: WasteBank, device: Device, weighing: Weighing, one: Judgement, at: datetime) -> SyncItem:
    return SyncItem(
        bank=bank,
        device=device,
        uid=weighing.uid,
        fingerprint=one.booking.fingerprint if one.booking else replays.fingerprint(weighing.content()),
        provisional_no=weighing.provisional_no[:10],
        payload=weighing.content(),
        result=one.result,
        errors=[vars(reason) for reason in one.reasons],
        received_at=at,
    )
