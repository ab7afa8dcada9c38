"""Requests in every state: registrations, declarations, transfers, objections, reductions, instalments, collection."""

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from sekata.lib import clock
from sekata.lib.actor import CLIENT, Actor
from sekata.pillars.economy.tax.actions import (
    assessing,
    collecting,
    enrolling,
    instalments,
    land,
    partners,
    relief,
    transfers,
)
from sekata.pillars.economy.tax.codes import (
    Acquisition,
    CollectionState,
    Ground,
    Kinship,
    ObjectionResult,
    SpopKind,
    TaxpayerKind,
    TaxType,
)
from sekata.pillars.economy.tax.models import Assessment, LandVersion, TaxObject, Taxpayer
from sekata.pillars.economy.tax.queries.transfers import worth_of
from sekata.pillars.economy.tax.seed import names
from sekata.pillars.economy.tax.seed.businesses import NAMESPACE
from sekata.pillars.economy.tax.seed.office import Office
from sekata.pillars.economy.tax.seed.register import NEW_SINCE

GROUNDS = "Nilai objek tidak sesuai dengan keadaan di lapangan; bukti kami lampirkan."
LAND_OFFICE = Actor(kind=CLIENT, name="Kantor Pertanahan", via="api")
REASON = "Data yang diajukan belum dapat dicocokkan dengan dokumen aslinya."
DEEDS = ("draft", "nop_checked", "billed", "research", "field_check", "underpaid", "validated", "used",
         "registered", "withdrawn")  # fmt: skip
NIL, OWED = (
    ("research", "field_check", "underpaid", "validated", "used", "registered"),
    ("billed", "withdrawn"),
)


def sow(office: Office, at: datetime, scale: int) -> None:
    """Let everything happen in the last weeks."""
    dice = random.Random(77)  # noqa: S311 - invented data
    _registrations(office, dice, at)
    _declarations(office, dice, at)
    _transfers(office, dice, at)
    _after_audit(office, dice, at)
    _reductions(office, at)
    _collections(office, at)
    _reports(office, at)


def _key(*parts: object) -> UUID:
    return uuid5(NAMESPACE, ":".join(map(str, parts)))


def _do(at: datetime, act: Callable, /, **given: object) -> object:
    with clock.frozen(at):
        return act(at=at, **given)


def _registrations(office: Office, dice: random.Random, at: datetime) -> None:
    for place in range(20):
        when = at - timedelta(days=24 - place, hours=2)
        applicant = enrolling.Applicant(
            submission=_key("registration", place), kind=TaxpayerKind.PERSON, name=names.person(dice),
            number=names.nik(dice, place), village_code="14.05.02.1008", address=f"Jalan Baru {place + 1}",
            phone=f"+62813000{place:05d}",
        )  # fmt: skip
        made = _do(when, enrolling.apply, actor=office.registrar, applicant=applicant)
        if place % 4 == 1:
            _do(when, enrolling.reject, actor=office.registrar, registration=made, reason=REASON)
        elif place < 16:
            _do(when, enrolling.verify, actor=office.registrar, registration=made)
            if place % 4 != 2:
                _do(when, enrolling.activate, actor=office.registrar, registration=made, area="02.07")


def _declarations(office: Office, dice: random.Random, at: datetime) -> None:
    rows = LandVersion.objects.select_related("land", "taxpayer").filter(land_kind="1", number=1)
    for place, version in enumerate(rows.order_by("pk")[100:112]):
        when = at - timedelta(days=20 - place, hours=3)
        state = land.Declared(
            land_area=version.land_area + 12, zone=version.zone, address=version.address,
            polygon=version.polygon, buildings=(land.House(area=54, market_value=1_200_000, year_built=2025),),
        )  # fmt: skip
        declaration = land.Declaration(
            submission=_key("spop", place), kind=SpopKind.UPDATE, taxpayer=version.taxpayer,
            valid_from=when.date(), land=version.land, states=(state,),
        )  # fmt: skip
        made = _do(when, land.declare, actor=office.registrar, declaration=declaration)
        _judge(office, made, place, when)


def _judge(office: Office, spop: object, place: int, at: datetime) -> None:
    given = {"actor": office.registrar, "spop": spop}
    if place % 5 == 1:
        _do(at, land.return_spop, reason=REASON, **given)
    elif place % 5 == 2:
        _do(at, land.send_out, **given)
    elif place % 5 == 3:
        _do(at, land.reject_spop, reason=REASON, **given)
    elif place < 8:
        _do(at, land.approve_spop, **given)


def _transfers(office: Office, dice: random.Random, at: datetime) -> None:
    """Objects of this year owe nothing yet: they can change hands. Four transfers for each state."""
    fresh = LandVersion.objects.select_related("land", "taxpayer").filter(valid_from=NEW_SINCE, land_kind="1")
    rows = list(fresh.order_by("pk")[: 4 * len(DEEDS)])
    for place, version in enumerate(rows):
        _transfer(office, dice, version, DEEDS[place % len(DEEDS)], place, at)


def _transfer(
    office: Office, dice: random.Random, version: LandVersion, state: str, place: int, at: datetime
) -> None:
    """Inheritances within the deduction are nil; sales are owed. The path leads to `state`."""
    when = at - timedelta(days=26 - place // 2, hours=4)
    value = worth_of(version.land.nop, when.year)[1]
    nil = state in NIL
    if nil and value > 250_000_000:
        return
    deal = transfers.Deal(
        submission=_key("transfer", place), code=Acquisition.INHERITANCE if nil else Acquisition.SALE,
        nop=version.land.nop, buyer_name=names.person(dice), buyer_nik=names.nik(dice, 300 + place),
        seller_name=version.taxpayer.name, land_area=version.land_area,
        value=min(value + 5_000_000, 260_000_000) if nil else value + 150_000_000,
        kinship=Kinship.DIRECT if nil else Kinship.NONE, certificate=f"SHM {1000 + place}",
        dates={"registered" if nil else "deed": when.date()},
    )  # fmt: skip
    made = _do(when, transfers.draft, actor=office.ppat, deal=deal)
    if state != "draft":
        _do(when, transfers.check, actor=office.ppat, transfer=made)
        _carry_on(office, made, state, when)


def _carry_on(office: Office, made: object, state: str, at: datetime) -> None:
    if state in OWED:
        _do(at, transfers.bill, actor=office.ppat, transfer=made)
    if state == "withdrawn":
        _do(at, transfers.withdraw, actor=office.ppat, transfer=made)
    if state not in NIL:
        return
    _do(at, transfers.submit_nil, actor=office.ppat, transfer=made)
    later = at + timedelta(hours=5)
    if state == "field_check":
        _do(later, transfers.send_out, actor=office.validator, transfer=made)
    if state == "underpaid":
        made.taxpayer = made.taxpayer or Taxpayer.objects.filter(person=None).order_by("pk").first()
        _do(
            later, transfers.find_short, actor=office.validator, transfer=made, shortage=3_500_000,
            reason="Nilai pasar lebih tinggi daripada yang dilaporkan.",
        )  # fmt: skip
    if state in ("validated", "used", "registered"):
        _do(later, transfers.validate, actor=office.validator, transfer=made)
    if state in ("used", "registered"):
        _do(
            later, transfers.use, actor=office.ppat, transfer=made, deed_number=f"{made.pk}/2026",
            deed_date=later.date(),
        )  # fmt: skip
    if state == "registered":
        _do(later + timedelta(days=1), partners.register, actor=LAND_OFFICE, transfer=made)


def _after_audit(office: Office, dice: random.Random, at: datetime) -> None:
    """Audits: proposals, issued letters, objections and instalments about them."""
    rows = TaxObject.objects.select_related("taxpayer").filter(tax_type__in=(TaxType.FOOD, TaxType.HOTEL))
    for place, one in enumerate(rows.order_by("pk")[3:17]):
        when = at - timedelta(days=70 - 2 * place, hours=1)
        finding = assessing.Finding(
            taxpayer=one.taxpayer, tax_type=TaxType(one.tax_type), tax_year=2025,
            shortage=dice.randrange(3, 40) * 600_000, ground=Ground.AUDIT, due_on=date(2025, 12, 12),
            reason="Pemeriksaan omzet dan nota tahun 2025.", period="2025-11", about={"object": one},
        )  # fmt: skip
        letter = _do(when, assessing.draft_shortage, actor=office.auditor, finding=finding)
        if place < 12:
            _do(when, assessing.approve, actor=office.audit_head, assessment=letter)
            _do(when, assessing.issue, actor=office.assessor, assessment=letter)
            _contest(office, letter, place, when + timedelta(days=12))


def _contest(office: Office, letter: Assessment, place: int, at: datetime) -> None:
    if place % 3 == 0:
        made = _do(
            at, relief.object_to, actor=office.registrar, assessment=letter, grounds=GROUNDS, undisputed=0,
            submission=_key("objection", place),
        )  # fmt: skip
        if place >= 3:
            _do(at, relief.complete, actor=office.registrar, objection=made)
        if place >= 6:
            _do(at, relief.hear, actor=office.registrar, objection=made, hearing=GROUNDS)
        if place >= 9:
            _do(
                at, relief.decide, actor=office.head, objection=made, result=ObjectionResult.PARTLY,
                decided=letter.total * 3 // 4,
            )  # fmt: skip
    elif place % 3 == 1:
        made = _do(
            at, instalments.apply_for_instalments, actor=office.registrar, assessment=letter, parts=6,
            submission=_key("instalment", place), grounds="Arus kas usaha sedang turun sejak musim kabut asap.",
        )  # fmt: skip
        if place > 3:
            first = at.date() + timedelta(days=45)
            _do(at, instalments.approve_plan, actor=office.head, plan=made, first_due=first, parts=6)


def _some_letters(year: int, start: int, count: int) -> Sequence[Assessment]:
    rows = Assessment.objects.select_related("taxpayer").filter(kind="sppt", tax_year=year)
    return rows.filter(principal__gt=150_000).order_by("pk")[start : start + count]


def _reductions(office: Office, at: datetime) -> None:
    for place, letter in enumerate(_some_letters(2026, 40, 8)):
        when = at - timedelta(days=18 - place, hours=6)
        made = _do(
            when, relief.apply_for_relief, actor=office.registrar, assessment=letter, grounds=GROUNDS,
            asked=letter.principal // 4, submission=_key("relief", place),
        )  # fmt: skip
        if place % 3 == 1:
            _do(when, relief.grant, actor=office.head, relief=made, granted=letter.principal // 5)
        elif place % 3 == 2:
            _do(when, relief.refuse_relief, actor=office.head, relief=made, reason=REASON)


def _collections(office: Office, at: datetime) -> None:
    """Arrears of 2024: warnings, some of them followed by a Surat Paksa, one by a seizure."""
    with clock.frozen(at):
        assessing.fall_due()
    acts = (CollectionState.WARNED, CollectionState.FORCED, CollectionState.SEIZED)
    for place, letter in enumerate(_some_letters(2024, 300, 36)):
        begun = at - timedelta(days=60)
        for step, act in enumerate(acts[: 1 + (place % 3 == 0) + (place % 12 == 0)]):
            served = begun + timedelta(days=24 * step)
            _do(served, collecting.serve, actor=office.bailiff, assessment=letter, act=act, on=served)


def _reports(office: Office, at: datetime) -> None:
    for back in (3, 2, 1):
        first = at.astimezone(clock.WIB).date().replace(day=1)
        for _ in range(back):
            first = (first - timedelta(days=1)).replace(day=1)
        filed = datetime(first.year, first.month, 28, 3, tzinfo=clock.WIB) + timedelta(
            days=8 + 3 * (back == 2)
        )
        deeds = [
            {"number": f"{n}/{first.year}", "date": first.isoformat(), "title": "Akta jual beli"}
            for n in range(1, 5)
        ]
        _do(filed, transfers.report_deeds, actor=office.ppat, period=first.isoformat()[:7], deeds=deeds)
