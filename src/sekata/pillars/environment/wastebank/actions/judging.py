"""Judging one weighing by the rules: booked as it is, held for the director, or refused, with every reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sekata.lib import clock, money
from sekata.lib.result import Reason
from sekata.pillars.environment.wastebank.codes import DepositState, Result, ShareScheme
from sekata.pillars.environment.wastebank.models import Customer, DepositLine, Officer, Scale, SyncItem
from sekata.pillars.environment.wastebank.models.deposit import channel_of
from sekata.pillars.environment.wastebank.queries.facts import Facts, WeighedLine, Weighing, as_rule
from sekata.pillars.environment.wastebank.queries.law import Law
from sekata.pillars.environment.wastebank.rules import (
    anomalies,
    bookkeeping,
    community,
    duties,
    moments,
    numbers,
    pricing,
    replays,
)
from sekata.pillars.environment.wastebank.rules.quantities import quantity_reasons

MOST_LINES = 40


@dataclass(frozen=True)
class Booking:
    """A weighing ready for the books."""

    weighing: Weighing
    fingerprint: str
    customer: Customer
    weigher: Officer
    scale: Scale | None
    corrected_at: datetime
    posted_on: date
    lines: tuple[DepositLine, ...]
    shares: bookkeeping.Shares
    flags: tuple[str, ...]
    top_up: int


@dataclass(frozen=True)
class Judgement:
    """The answer to one weighing. booking is set for what is created, and for what a director may still accept."""

    result: Result
    reasons: tuple[Reason, ...] = ()
    number: str = ""
    booking: Booking | None = None


def judge(weighing: Weighing, facts: Facts) -> Judgement:
    """R1 to R4, R11, R12 and R19 on one item of a batch."""
    fingerprint = replays.fingerprint(weighing.content())
    before = facts.known.get(weighing.uid)
    seen = replays.verdict(before and before[0], fingerprint)
    if seen is replays.Verdict.REPLAY:
        return Judgement(Result.REPLAYED, number=before[1])
    kept = facts.kept.get((weighing.uid, fingerprint))
    if kept is not None and kept.result == Result.CONFLICT:
        return _again(kept)
    return _judge_new(weighing, facts, fingerprint, seen is replays.Verdict.CONFLICT, before and before[1])


def _again(kept: SyncItem) -> Judgement:
    """The director's decision once there is one: accepted, it is a replay of its deposit; declined, it is refused."""
    if kept.deposit is not None:
        return Judgement(Result.REPLAYED, number=kept.deposit.number)
    reasons = tuple(Reason(**error) for error in kept.errors)
    return Judgement(Result.REJECTED if kept.state == DepositState.DECLINED else Result.CONFLICT, reasons)


def _judge_new(
    weighing: Weighing, facts: Facts, fingerprint: str, changed: bool, number: str | None
) -> Judgement:
    moment = moments.corrected(_reading(weighing, facts), facts.at, facts.law(facts.at).clocks)
    law = facts.law(moment.likely)
    faults = tuple(_faults(weighing, facts, law, moment.likely))
    if faults:
        return Judgement(Result.REJECTED, faults)
    booking = _booking(weighing, facts, law, moment, fingerprint)
    doubts = (*_doubts(weighing, facts), *moment.doubts)
    if changed:
        message = f"Isi kiriman berbeda dengan setoran {number} yang sudah dibukukan"
        doubts = (Reason("uid_reused", message, "uid"), *doubts)
    return Judgement(Result.CONFLICT if doubts else Result.CREATED, doubts, booking=booking)


def _reading(weighing: Weighing, facts: Facts) -> moments.ClockReading:
    """What the clock says; no contact can be older than the device."""
    reading = weighing.reading
    if facts.device is None or reading.synced_at is None:
        return reading
    return replace(reading, synced_at=max(reading.synced_at, facts.device.registered_at))


def _faults(weighing: Weighing, facts: Facts, law: Law, at: datetime) -> Iterator[Reason]:
    """What no director can accept."""
    customer = facts.customers.get(weighing.customer)
    if customer is None:
        yield from numbers.customer_reasons(weighing.customer) or (
            Reason("customer_unknown", "Nomor nasabah tidak terdaftar", "customer"),
        )
        return
    yield from community.guest_reasons(as_rule(customer.bank), facts.home, weighing.consent)
    yield from community.status_reasons(customer.status, weighing.consent)
    yield from _weigher_faults(facts.weighers.get(weighing.weigher), customer, at)
    if weighing.scale is not None and weighing.scale not in facts.scales:
        yield Reason("scale_unknown", "Timbangan itu tidak terdaftar di bank ini", "scale")
    if weighing.list_version not in facts.versions:
        yield Reason("list_unknown", f"Daftar harga {weighing.list_version} tidak dikenal", "list_version")
    if not 1 <= len(weighing.lines) <= MOST_LINES:
        yield Reason("lines", f"Setoran berisi 1 sampai {MOST_LINES} jenis", "lines")
    for place, line in enumerate(weighing.lines):
        yield from _line_faults(line, place, weighing, facts, law)


def _weigher_faults(weigher: Officer | None, customer: Customer, at: datetime) -> Iterable[Reason]:
    day = at.astimezone(clock.WIB).date()
    if weigher is None or day < weigher.since or (weigher.until is not None and day > weigher.until):
        return (Reason("weigher_unknown", "Bukan petugas timbang bank ini pada hari itu", "weigher"),)
    return duties.weigher_reasons(weigher.kk_hash, customer.kk_hash)


def _line_faults(
    line: WeighedLine, place: int, weighing: Weighing, facts: Facts, law: Law
) -> Iterator[Reason]:
    at = f"lines.{place}"
    material = law.materials.get(line.material)
    if material is None:
        yield Reason("material", f"Jenis {line.material} tidak dibeli lagi", f"{at}.material")
        return
    if material["hazard"] and not facts.bank.takes_hazard:
        yield Reason("hazard", f"Bank ini tidak boleh menerima {material['name']}", f"{at}.material")
    yield from _quantity_faults(line, f"{at}.quantity", material["unit"], facts.scales.get(weighing.scale))
    shown = _shown(line, weighing, facts)
    if shown is None or shown.price is None:
        yield Reason("no_price", f"Belum ada harga untuk {material['name']}", f"{at}.material")


def _quantity_faults(line: WeighedLine, field: str, unit: str, scale: Scale | None) -> tuple[Reason, ...]:
    """R1, and R12 where it was read off a scale."""
    reasons = quantity_reasons(line.quantity, unit, field)
    if reasons or scale is None or unit != "kg":
        return reasons
    return anomalies.scale_reasons(_as_rule(scale), line.quantity, field)


def _as_rule(scale: Scale) -> anomalies.Scale:
    return anomalies.Scale(scale.capacity_kg, scale.division_g, scale.verified_until)


def _shown(line: WeighedLine, weighing: Weighing, facts: Facts) -> pricing.Price | None:
    """The row of the device's list for that line."""
    key = pricing.Key(line.material, line.grade, channel_of(weighing.source))
    return pricing.sheet_of(facts.prices.get(key, ()), weighing.list_version).get(key)


def _doubts(weighing: Weighing, facts: Facts) -> Iterator[Reason]:
    """What a director decides."""
    if facts.device is not None and facts.device.revoked_at is not None:
        yield Reason("device_revoked", "Perangkat ini sudah dicabut", "device")
    if facts.taken.get(weighing.provisional_no, weighing.uid) != weighing.uid:
        yield Reason("provisional_used", "Nomor sementara ini sudah dipakai setoran lain", "provisional_no")
    for place, line in enumerate(weighing.lines):
        listed = _shown(line, weighing, facts).price
        if listed != line.unit_price:
            message = f"Harga {money.shown(line.unit_price)} tidak ada di daftar {weighing.list_version}"
            yield Reason("price_differs", message, f"lines.{place}.unit_price")


def _booking(weighing: Weighing, facts: Facts, law: Law, moment: moments.Moment, fingerprint: str) -> Booking:
    customer, scale = facts.customers[weighing.customer], facts.scales.get(weighing.scale)
    settled = [_settle(line, weighing, facts, moment.likely) for line in weighing.lines]
    amounts = [pricing.line_amount(line.quantity, line.unit_price) for line in weighing.lines]
    shares = _shares(facts, law, pricing.total(amounts))
    lines = _lines(weighing, law, amounts, shares.customer)
    posted_on, late = _posting_day(facts, moment.likely)
    flags = {*moment.flags, *late, *(flag for one in settled for flag in one.flags)}
    flags.update(_warnings(facts, customer, scale, lines, moment.likely))
    top_up = pricing.top_up(
        (line.quantity, line.unit_price, line.unit_price + one.top_up)
        for line, one in zip(weighing.lines, settled, strict=True)
    )
    return Booking(
        weighing, fingerprint, customer, facts.weighers[weighing.weigher], scale, moment.likely, posted_on,
        lines, shares, tuple(sorted(flags)), top_up,
    )  # fmt: skip


def _settle(line: WeighedLine, weighing: Weighing, facts: Facts, at: datetime) -> pricing.Settled:
    key = pricing.Key(line.material, line.grade, channel_of(weighing.source))
    shown = replace(_shown(line, weighing, facts), price=line.unit_price)
    in_force = pricing.price_at(facts.prices.get(key, ()), at)
    return pricing.settle_price(shown, in_force)


def _shares(facts: Facts, law: Law, gross: int) -> bookkeeping.Shares:
    """R7: under the margin scheme everything is the customer's."""
    if facts.bank.share_scheme == ShareScheme.MARGIN:
        return bookkeeping.Shares(gross, 0)
    return bookkeeping.split_gross(gross, law.own("share_percent", facts.bank.code)["customer"])


def _lines(weighing: Weighing, law: Law, amounts: list[int], credited: int) -> tuple[DepositLine, ...]:
    parts = money.split(credited, amounts) if any(amounts) else amounts
    return tuple(
        DepositLine(
            place=place,
            material=line.material,
            grade=line.grade,
            quantity=line.quantity,
            kg=law.kilograms(line.material, line.quantity),
            unit_price=line.unit_price,
            amount=amounts[place - 1],
            credited=parts[place - 1],
        )
        for place, line in enumerate(weighing.lines, 1)
    )


def _posting_day(facts: Facts, at: datetime) -> tuple[date, tuple[str, ...]]:
    """The day of weighing, or today where that month is closed already; the original date is kept beside it."""
    day, today = (moment.astimezone(clock.WIB).date() for moment in (at, facts.at))
    if day.replace(day=1) in facts.closed or day > today:
        return today, ("late",)
    return day, ()


def _warnings(
    facts: Facts, customer: Customer, scale: Scale | None, lines: Iterable[DepositLine], at: datetime
) -> Iterator[str]:
    if customer.bank_id != facts.bank.pk:
        yield "guest"
    if scale is not None:
        yield from anomalies.scale_flags(_as_rule(scale), at.astimezone(clock.WIB).date())
    usual, floor = facts.thresholds.get(customer.kind), facts.law(facts.at).limit("outlier_floor")
    device = facts.device.pk if facts.device else None
    for line in lines:
        if anomalies.is_outlier(line.kg, usual, floor):
            yield anomalies.OUTLIER
        weighed = replays.Weighed(device, customer.pk, line.material, line.kg, at)
        if any(replays.is_double(weighed, other) for other in facts.others):
            yield "possible_double"
