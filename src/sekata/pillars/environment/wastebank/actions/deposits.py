"""Single deposits: at the counter, decisions of the director on held items, reversal, top-up."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid5

from sekata.kernel.journal.actions import action, record
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import Refused, insist
from sekata.pillars.environment.wastebank.actions import books, stocks
from sekata.pillars.environment.wastebank.actions.booking import book
from sekata.pillars.environment.wastebank.actions.judging import Judgement, judge
from sekata.pillars.environment.wastebank.actions.steps import move
from sekata.pillars.environment.wastebank.codes import BankState, DepositState, MoveKind, Post, Result
from sekata.pillars.environment.wastebank.models import Deposit, DepositLine, Scale, SyncItem, WasteBank
from sekata.pillars.environment.wastebank.models.deposit import channel_of
from sekata.pillars.environment.wastebank.queries import banks, prices
from sekata.pillars.environment.wastebank.queries.facts import Facts, WeighedLine, Weighing, gather
from sekata.pillars.environment.wastebank.queries.law import law
from sekata.pillars.environment.wastebank.rights import DIRECT, OVERSEE, WEIGH
from sekata.pillars.environment.wastebank.rules import pricing
from sekata.pillars.environment.wastebank.workflow import DEPOSIT


@action(right=WEIGH, event="wastebank.deposit.made", on="bank", keeps=("uid",))
def deposit(
    *,
    actor: Actor,
    bank: WasteBank,
    uid: UUID,
    customer: str,
    lines: Sequence[tuple[str, str, Decimal]],
    scale: Scale | None = None,
    source: str = "counter",
    consent: bool = False,
    at: datetime,
) -> Deposit:
    """Weigh and book at the counter; the same uid again is the same deposit. lines: (material, grade, quantity).

    Prices are those in force now; what a sync would hold for the director is refused here.
    """
    if bank.case.state != BankState.ACTIVE:
        raise Refused.because("bank_closed", "Bank sampah ini sedang tidak melayani.", status=409)
    weigher = banks.officer_of(bank, actor.person, Post.WEIGHER, at.astimezone(clock.WIB).date())
    if weigher is None:
        raise Refused.because("weigher_unknown", "Anda bukan petugas timbang bank ini.", status=403)
    known = Deposit.objects.filter(device=None, uid=uid).first()
    if known:
        return _same(known, customer, lines)
    weighing = _at_counter(bank, uid, customer, weigher.pk, lines, scale, source, consent, at)
    one = judge(weighing, gather(bank, None, [weighing], at))
    if one.result is not Result.CREATED:
        insist(one.reasons)
    DEPOSIT.transition("finalise")
    return book(bank=bank, device=None, bookings=[one.booking], at=at)[0]


def _same(known: Deposit, customer: str, lines: Sequence[tuple[str, str, Decimal]]) -> Deposit:
    """The deposit of an earlier press; other content under the same uid is refused (409)."""
    before = [(line.material, line.grade, line.quantity) for line in known.lines.order_by("place")]
    if known.customer.number != customer or before != [tuple(line) for line in lines]:
        raise Refused.because("uid_reused", "Setoran ini sudah dibukukan dengan isi lain.", status=409)
    return known


def _at_counter(
    bank: WasteBank,
    uid: UUID,
    customer: str,
    weigher: int,
    lines: Sequence[tuple[str, str, Decimal]],
    scale: Scale | None,
    source: str,
    consent: bool,
    at: datetime,
) -> Weighing:
    sheet, version = prices.sheet(bank, at), prices.version_at(bank, at)
    if version is None:
        raise Refused.because("no_price", "Daftar harga belum diterbitkan.", "lines")
    channel = channel_of(source)
    weighed = tuple(
        WeighedLine(material, quantity, _price(sheet, pricing.Key(material, grade, channel)), grade)
        for material, grade, quantity in lines
    )
    return Weighing(
        uid=uid, customer=customer, weigher=weigher, lines=weighed, device_time=at, offset_s=0, synced_at=at,
        list_version=version.version, scale=scale and scale.pk, source=source, consent=consent,
    )  # fmt: skip


def _price(sheet: dict[pricing.Key, pricing.Price], key: pricing.Key) -> int:
    row = sheet.get(key)
    return row.price or 0 if row else 0


@action(right=DIRECT, event="wastebank.item.accepted", on="bank", keeps=("item", "reason"))
def accept(
    *,
    actor: Actor,
    bank: WasteBank,
    item: SyncItem,
    reason: str,
    weighed_at: datetime | None = None,
    at: datetime,
) -> Deposit:
    """Book a held item. weighed_at: when it really was, where the clock could not be believed."""
    weighing = _as_decided(item, weighed_at, at)
    facts = gather(bank, item.device, [weighing], at)
    one = _judged_again(weighing, facts)
    taken = facts.taken.get(weighing.provisional_no, item.uid) != item.uid
    paper = "" if taken or weighing.uid != item.uid else weighing.provisional_no
    booking = replace(
        one.booking,
        weighing=replace(one.booking.weighing, provisional_no=paper),
        fingerprint=item.fingerprint,
    )
    (made,) = book(bank=bank, device=item.device, bookings=[booking], at=at)
    move(
        item, DEPOSIT, "accept", actor=actor, bank=bank, given={"reason": reason},
        changes={"decided_by": actor.person, "decided_at": at, "note": reason.strip(), "deposit": made},
    )  # fmt: skip
    return made


def _as_decided(item: SyncItem, weighed_at: datetime | None, at: datetime) -> Weighing:
    """The kept item, under a uid of its own where its uid was booked with other content."""
    weighing = Weighing.of(item.payload)
    if Deposit.objects.filter(device=item.device, uid=item.uid).exists():
        weighing = replace(weighing, uid=uuid5(item.uid, item.fingerprint))
    if weighed_at is not None:
        if weighed_at > at:
            raise Refused.because("future", "Waktu timbang belum lewat.", "weighed_at")
        weighing = replace(weighing, device_time=weighed_at, offset_s=0, synced_at=weighed_at)
    return weighing


def _judged_again(weighing: Weighing, facts: Facts) -> Judgement:
    """Doubts are the director's to settle; faults are not."""
    one = judge(weighing, replace(facts, kept={}))
    if one.booking is None:
        insist(one.reasons)
        raise Refused.because("state", "Setoran ini sudah dibukukan.", status=409)
    return one


@action(right=DIRECT, event="wastebank.item.declined", on="bank", keeps=("item", "reason"))
def decline(*, actor: Actor, bank: WasteBank, item: SyncItem, reason: str, at: datetime) -> SyncItem:
    """Do not book a held item; it stays findable with the reason."""
    changes = {"decided_by": actor.person, "decided_at": at, "note": reason.strip()}
    move(item, DEPOSIT, "decline", actor=actor, bank=bank, given={"reason": reason}, changes=changes)
    return item


@action(right=DIRECT | OVERSEE, event="wastebank.deposit.reversed", on="bank", keeps=("made", "reason"))
def reverse(*, actor: Actor, bank: WasteBank, made: Deposit, reason: str, at: datetime) -> Deposit:
    """Take a deposit back: the original stays, the stock goes out again. Only the office may after seven days."""
    if made.bank_id != bank.pk:
        raise Refused.because("bank", "Setoran itu milik bank lain.", status=404)
    office = OVERSEE.allows(actor, bank)
    given = {
        "days": (at.astimezone(clock.WIB).date() - made.received_at.astimezone(clock.WIB).date()).days,
        "most_days": law(at).limit("reversal_days"),
        "office": office,
        "reason": reason,
    }
    changes = {"reversed_at": at, "reversed_by": actor.person, "reversal_reason": reason.strip()}
    move(made, DEPOSIT, "reverse", actor=actor, bank=bank, given=given, changes=changes)
    granted = made.top_up if made.topped_up_at else 0
    gone = _out_again(bank, made, granted, at)
    books.enter_reversal(bank, made, made.credited + granted, gone, at)
    if office:
        record("wastebank.deposit.read", actor=actor, subject=made, at=at, purpose=reason)
    return made


def _out_again(bank: WasteBank, made: Deposit, granted: int, at: datetime) -> int:
    """Take the lines out of the stock at what they came in for, what was granted later included; the value gone."""
    dearest = _dearest(made)
    return sum(
        stocks.take_back(bank, line, line.credited + (granted if line.pk == dearest.pk else 0), at)
        for line in made.lines.order_by("material")
    )


def _dearest(made: Deposit) -> DepositLine:
    """The line whose material bears what is granted later."""
    return made.lines.order_by("-amount", "place")[0]


@action(right=DIRECT, event="wastebank.deposit.topped_up", on="bank", keeps=("made",))
def top_up(*, actor: Actor, bank: WasteBank, made: Deposit, at: datetime) -> Deposit:
    """Grant the difference to the dearer price that was in force (R2); once, and never for a reversed deposit."""
    found = Deposit.objects.filter(
        pk=made.pk, bank=bank, state=DepositState.FINAL, top_up__gt=0, topped_up_at=None
    )
    if found.update(topped_up_at=at) != 1:
        raise Refused.because("top_up", "Tidak ada selisih yang dapat ditambahkan.", status=409)
    material = _dearest(made).material
    stocks.put(bank, material, Decimal(0), made.top_up, MoveKind.ADJUST, at, deposit=made, note="top_up")
    books.enter_more(bank, made, made.top_up, at)
    made.topped_up_at = at
    return made
