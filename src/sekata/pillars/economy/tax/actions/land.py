"""Declarations about land (SPOP): each approval writes a new version, nothing is ever overwritten."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from uuid import UUID

from sekata.kernel.journal.actions import action
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.numbers import nop
from sekata.lib.result import Reason, Refused, insist
from sekata.pillars.economy.tax.actions.requests import Opening, move, once_only, open_case
from sekata.pillars.economy.tax.codes import PAYABLE, LandKind, LandUse, LinkKind, Ownership, SpopKind, Status
from sekata.pillars.economy.tax.models import (
    Assessment,
    Building,
    LandLink,
    LandObject,
    LandVersion,
    Spop,
    Taxpayer,
)
from sekata.pillars.economy.tax.queries.worth import versions
from sekata.pillars.economy.tax.rights import ASK, OWN, REGISTER
from sekata.pillars.economy.tax.rules.declared import parts_reasons
from sekata.pillars.economy.tax.workflow import SPOP

STATE = ("case.state",)


@dataclass(frozen=True)
class House:
    """One declared building (LSPOP). market_value: rupiah per m²."""

    area: int
    market_value: int
    use: str = "01"
    year_built: int = 2000
    floors: int = 1
    condition: str = "3"
    year_renovated: int | None = None
    construction: str = ""
    roof: str = ""
    wall: str = ""
    floor: str = ""
    ceiling: str = ""


@dataclass(frozen=True)
class Declared:
    """The state of land as declared: what a version keeps."""

    land_area: int
    zone: str
    land_kind: str = LandKind.BUILT
    use: str = LandUse.GENERAL
    ownership: str = Ownership.OWNER
    address: str = ""
    certificate: str = ""
    polygon: dict | None = None
    taxpayer: int | None = None
    buildings: tuple[House, ...] = field(default_factory=tuple)

    @classmethod
    def of(cls, content: dict) -> "Declared":
        """From the kept declaration."""
        return cls(**(content | {"buildings": tuple(House(**one) for one in content["buildings"])}))


@dataclass(frozen=True)
class Declaration:
    """What is declared: of NEW one state and the block of its future number; of UPDATE one state; of DELETE none; of
    SPLIT one state for each part; of MERGE one state and the other objects."""

    submission: UUID
    kind: SpopKind
    taxpayer: Taxpayer
    valid_from: date
    land: LandObject | None = None
    states: tuple[Declared, ...] = ()
    others: tuple[str, ...] = ()
    block: str = ""


def declare(*, actor: Actor, declaration: Declaration, at: datetime | None = None) -> Spop:
    """File an SPOP; the same submission again is the same request."""
    return once_only(Spop, _declare, actor=actor, declaration=declaration, at=at or clock.now())


@action(right=ASK, event="tax.spop.filed")
def _declare(*, actor: Actor, declaration: Declaration, at: datetime) -> Spop:
    insist(_shape_reasons(declaration))
    content = [asdict(state) for state in declaration.states]
    spop = Spop(
        submission=declaration.submission,
        kind=declaration.kind,
        land=declaration.land,
        taxpayer=declaration.taxpayer,
        valid_from=declaration.valid_from,
        content=content,
        others=[declaration.block] if declaration.kind == SpopKind.NEW else list(declaration.others),
    )
    title = f"{declaration.kind.label} {declaration.land or declaration.block}"
    opening = Opening(title, "SPOP", declaration.submission, [declaration.kind, content])
    open_case(actor=actor, workflow=SPOP, subject=spop, opening=opening, at=at)
    return spop


def _shape_reasons(given: Declaration) -> tuple[Reason, ...]:
    land = versions(given.land).first() if given.land else None
    if given.kind != SpopKind.NEW and (land is None or land.ended):
        return (Reason("land", "Objek ini tidak ada atau sudah dihapus.", "nop"),)
    if given.kind == SpopKind.NEW and (
        len(given.block) != 13 or units.foreign("pbb", given.block[:10]) is None
    ):
        return (Reason("block", "Kode blok tidak dikenal dalam daftar wilayah PBB.", "block"),)
    others = tuple(
        version.land_area
        for other in LandObject.objects.filter(nop__in=given.others)
        if not (version := versions(other).first()).ended
    )
    areas = tuple(state.land_area for state in given.states)
    return parts_reasons(given.kind, land.land_area if land else 0, areas, others, len(given.others))


@action(right=REGISTER, event="tax.spop.returned", on="spop", watches=STATE, keeps=("reason",))
def return_spop(*, actor: Actor, spop: Spop, reason: str, at: datetime) -> Spop:
    """Ask for what is missing; the clock stands still."""
    move(spop, SPOP, "return", actor=actor, at=at, reason=reason)
    return spop


@action(right=OWN | REGISTER, event="tax.spop.completed", on="spop", watches=STATE)
def complete_spop(*, actor: Actor, spop: Spop, states: tuple[Declared, ...], at: datetime) -> Spop:
    """Send the declaration again as it should have been."""
    move(spop, SPOP, "complete", actor=actor, at=at)
    spop.content = [asdict(state) for state in states]
    spop.save(update_fields=["content"])
    return spop


@action(right=REGISTER, event="tax.spop.sent_out", on="spop", watches=STATE)
def send_out(*, actor: Actor, spop: Spop, at: datetime) -> Spop:
    """Have the object looked at on the spot."""
    move(spop, SPOP, "send_out", actor=actor, at=at)
    return spop


@action(right=REGISTER, event="tax.spop.rejected", on="spop", watches=STATE, keeps=("reason",))
def reject_spop(*, actor: Actor, spop: Spop, reason: str, at: datetime) -> Spop:
    """Refuse a declaration with a reason."""
    move(spop, SPOP, "reject", actor=actor, at=at, reason=reason)
    return spop


@action(right=REGISTER, event="tax.spop.approved", on="spop", watches=STATE)
def approve_spop(*, actor: Actor, spop: Spop, at: datetime) -> list[LandVersion]:
    """Approve a declaration: the versions that it makes, those that end objects first."""
    move(spop, SPOP, "approve", actor=actor, at=at)
    states = [Declared.of(content) for content in spop.content]
    if spop.kind == SpopKind.NEW:
        return [_write(actor, spop, _new_object(spop.others[0], at), states[0], at)]
    if spop.kind == SpopKind.UPDATE:
        return [_write(actor, spop, spop.land, states[0], at)]
    gone = [spop.land, *LandObject.objects.filter(nop__in=spop.others)]
    ended = [_end(actor, spop, land, at) for land in gone]
    if spop.kind == SpopKind.DELETE:
        return ended
    kind = LinkKind.SPLIT if spop.kind == SpopKind.SPLIT else LinkKind.MERGE
    made = [_write(actor, spop, _new_object(spop.land.nop[:13], at), state, at) for state in states]
    LandLink.objects.bulk_create(
        LandLink(parent=parent, child=version.land, kind=kind, at=at) for parent in gone for version in made
    )
    return ended + made


def _new_object(block: str, at: datetime) -> LandObject:
    """The next number of a block; two at once meet in the unique NOP."""
    last = LandObject.objects.filter(nop__startswith=block).order_by("-nop").first()
    number = nop.make(block, nop.Nop(last.nop).serial + 1 if last else 1)
    village = units.foreign("pbb", number.village)
    return LandObject.objects.create(nop=number.value, village_code=village.code, created_at=at)


def _next_number(land: LandObject) -> int:
    last = LandVersion.objects.filter(land=land).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _write(actor: Actor, spop: Spop, land: LandObject, state: Declared, at: datetime) -> LandVersion:
    version = LandVersion.objects.create(
        land=land,
        number=_next_number(land),
        valid_from=spop.valid_from,
        taxpayer_id=state.taxpayer or spop.taxpayer_id,
        ownership=state.ownership,
        land_area=state.land_area,
        land_kind=state.land_kind,
        use=state.use,
        zone=state.zone,
        address=state.address,
        certificate=state.certificate,
        polygon=state.polygon,
        spop=spop,
        recorded_at=at,
        recorded_by=actor.person,
    )
    Building.objects.bulk_create(
        Building(version=version, number=number, **asdict(house))
        for number, house in enumerate(state.buildings, 1)
    )
    return version


def _end(actor: Actor, spop: Spop, land: LandObject, at: datetime) -> LandVersion:
    """End an object; one that still owes is refused: close it instead."""
    if Assessment.objects.filter(land=land, state__in=PAYABLE, principal__gt=0).exists():
        raise Refused.because("owing", f"Objek {nop.Nop(land.nop)} masih mempunyai tagihan.", "nop", 409)
    last = versions(land).first()
    LandObject.objects.filter(pk=land.pk).update(status=Status.CLOSED)
    return LandVersion.objects.create(
        land=land,
        number=last.number + 1,
        valid_from=spop.valid_from,
        ended=True,
        taxpayer=last.taxpayer,
        ownership=last.ownership,
        land_area=last.land_area,
        land_kind=last.land_kind,
        use=last.use,
        zone=last.zone,
        spop=spop,
        recorded_at=at,
        recorded_by=actor.person,
    )
