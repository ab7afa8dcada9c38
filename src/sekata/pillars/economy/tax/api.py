"""Regional tax as typed JSON: what a number owes, the land office's questions about a duty, parcels.

Sentences for people are Indonesian; codes are stable. The land office presents its key in `X-Partner-Key`.
"""

from datetime import date, datetime, timedelta
from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Header, Path, Query, Router, Schema
from pydantic import AfterValidator, StringConstraints

from sekata.kernel.filters import require
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.lib.numbers import nop
from sekata.lib.result import Refused
from sekata.pillars.economy.tax.actions import looking, partners
from sekata.pillars.economy.tax.codes import AssessmentState, TransferState
from sekata.pillars.economy.tax.models import Transfer
from sekata.pillars.economy.tax.queries import owing, parcels
from sekata.pillars.economy.tax.rights import LOOK, OFFICER
from sekata.web.doors import door

router = Router(tags=["tax"])
FARTHEST, PAGE = 800, 500


def _plain(text: str) -> str:
    if any(ord(sign) < 32 or 0xD800 <= ord(sign) < 0xE000 for sign in text):
        raise ValueError("control characters")
    return text


Word = Annotated[str, StringConstraints(max_length=40), AfterValidator(_plain)]
Key = Annotated[
    str, Header(alias="X-Partner-Key", description="The partner's key, shown once when it was let in")
]
Number = Annotated[Word, Path(description="Number of the SSPD-BPHTB")]
Days = Annotated[int, Query(ge=0, le=FARTHEST, description="As if paid so many days from today")]


class Why(Schema):
    """A reason for a refusal."""

    code: str = Field(description="Stable code")
    message: str = Field(description="A sentence for a person")
    field: str = Field(description="Field it belongs to, empty for the whole")


class Problem(Schema):
    """The request was refused."""

    reasons: list[Why] = Field(description="Why")


class Owed(Schema):
    """What a letter costs on a day."""

    number: str = Field(description="Number of the letter")
    kind: str = Field(description="sppt, skpd, skpdkb, skpdkbt, skpdlb, skpdn or stpd")
    tax_year: int = Field(description="Tax year")
    state: AssessmentState = Field(description="State of the letter")
    due_on: date | None = Field(description="Day due")
    principal: int = Field(description="Rupiah left of what was assessed")
    penalty: int = Field(description="Late interest in rupiah on that day")
    total: int = Field(description="Rupiah to pay on that day")
    true_until: date | None = Field(description="Last day on which the total stays so")


class BillOut(Schema):
    """What a number owes; nobody's name in full."""

    number: str = Field(description="The number asked about")
    payer: str = Field(description="Masked name")
    place: str = Field(description="Village of a land object, or what the letter is about")
    on: date = Field(description="The day of the amounts")
    total: int = Field(description="Rupiah of all letters")
    letters: list[Owed] = Field(description="Letters, newest year first")


class DutyOut(Schema):
    """An acquisition duty as the land office may see it."""

    number: str = Field(description="Number of the SSPD-BPHTB")
    nop: str = Field(description="Land-tax number of the object")
    state: TransferState = Field(description="State")
    validated: bool = Field(description="Whether the duty is validated, so that its deed counts")
    used: bool = Field(description="Whether the validation has served its one registration")
    validated_at: datetime | None = Field(description="When it was validated")
    deed_number: str = Field(description="Number of the deed made under it")


class Geometry(Schema):
    """A polygon in WGS84, exterior ring counter-clockwise (RFC 7946)."""

    type: str = Field(description="Polygon")
    coordinates: list[list[list[float]]] = Field(description="Rings of [longitude, latitude]")


class Properties(Schema):
    """What a parcel is."""

    nop: str = Field(description="Land-tax number as letters show it")
    land_area: int = Field(description="m²")
    land_kind: str = Field(description="1 built, 2 plot, 3 vacant, 4 public facility")
    version: int = Field(description="Number of the version shown")


class Feature(Schema):
    """A parcel."""

    type: str = Field(description="Feature")
    id: str = Field(description="NOP, 18 digits")
    geometry: Geometry = Field(description="Its outline")
    properties: Properties = Field(description="What it is")


class FeatureCollection(Schema):
    """Parcels of a village (RFC 7946)."""

    type: str = Field(description="FeatureCollection")
    features: list[Feature] = Field(description="Parcels by number")
    next: str | None = Field(description="`after` of the next page; nothing at the end")


def _refusals(*statuses: int) -> dict[int, object]:
    return {status: Problem for status in (*statuses, 422)}


@router.get("/bills/{number}", response={200: BillOut} | _refusals(404, 429), summary="What a number owes")
@door(LOOK)
def bill(request: HttpRequest, number: Word, days: Days = 0):
    """A land object by its NOP (18 digits) or a letter by its number. Ten misses an hour are enough (429)."""
    at, source = clock.now(), request.META.get("REMOTE_ADDR", "")
    if not owing.may_look(source, at):
        raise Refused.because(
            "too_many", "Terlalu banyak pencarian yang meleset. Coba satu jam lagi.", status=429
        )
    on = clock.today() + timedelta(days=days)
    found = _parcel(number, on) if len(nop.clean(number)) == nop.LENGTH else _letter(number, on)
    if found is None:
        looking.note_miss(source, at)
        raise Refused.because("unknown", "Nomor ini tidak ditemukan.", "number", 404)
    return found


def _parcel(number: str, on: date) -> BillOut | None:
    found = owing.found(nop.clean(number), on)
    if found is None:
        return None
    letters = [_owed(card.assessment, card.owed) for card in found.cards]
    total = sum(one.total for one in letters)
    return BillOut(
        number=found.shown, payer=found.owner, place=found.village, on=on, total=total, letters=letters
    )


def _letter(number: str, on: date) -> BillOut | None:
    found = owing.bill(number.strip().upper(), on)
    if found is None:
        return None
    one = _owed(found.letter, found.owed)
    return BillOut(
        number=found.letter.number,
        payer=found.payer,
        place=found.about,
        on=on,
        total=one.total,
        letters=[one],
    )


def _owed(letter: owing.Assessment, now: owing.penalty.Owed) -> Owed:
    return Owed(
        number=letter.number,
        kind=letter.kind,
        tax_year=letter.tax_year,
        state=letter.state,
        due_on=letter.due_on,
        principal=now.principal,
        penalty=now.penalty,
        total=now.total,
        true_until=now.true_until,
    )


def _duty(made: Transfer) -> DutyOut:
    state = made.case.state
    return DutyOut(
        number=made.number,
        nop=str(nop.Nop(made.land.nop)),
        state=state,
        validated=state in (TransferState.VALIDATED, TransferState.USED, TransferState.REGISTERED),
        used=made.registered_at is not None,
        validated_at=made.validated_at,
        deed_number=made.deed_number,
    )


@router.get("/bphtb/{number}", response={200: DutyOut} | _refusals(401, 404), summary="Is a duty validated")
@door(LOOK)
def duty(request: HttpRequest, number: Number, key: Key):
    """The land office asks before it registers a right; each question is kept."""
    return _duty(partners.ask(actor=partners.who_asks(key), number=number))


@router.post(
    "/bphtb/{number}/registration",
    response={200: DutyOut} | _refusals(401, 404, 409),
    summary="Spend a validation",
)
@door(LOOK)
def register(request: HttpRequest, number: Number, key: Key):
    """The right was registered: the validation is spent. A second registration, or one without a deed, is refused."""
    actor = partners.who_asks(key)
    found = partners.ask(actor=actor, number=number)
    return _duty(partners.register(actor=actor, transfer=found))


@router.get(
    "/parcels", response={200: FeatureCollection} | _refusals(403, 404), summary="Parcels of a village"
)
@door(LOOK)
def parcel_features(
    request: HttpRequest,
    village: Annotated[Word, Query(description="Home Affairs code of the village")],
    after: Annotated[Word | None, Query(description="NOP after which the page begins")] = None,
):
    """Outlines for officers' maps, five hundred at a time; no owner, no value."""
    require(OFFICER, request.actor)
    if village not in units.areas():
        raise Refused.because("village", "Desa tidak dikenal.", "village", 404)
    found = parcels.features(village, after or "", PAGE)
    following = found[-1]["id"] if len(found) == PAGE else None
    return {"type": "FeatureCollection", "features": found, "next": following}
