"""The machines' door: bootstrap and sync of weighing devices, public price lists.

Sentences for people are Indonesian; codes are stable. A device presents its key in `X-Device-Key`.
"""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Header, Query, Router, Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, StringConstraints

from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank.actions import sync as syncing
from sekata.pillars.environment.wastebank.codes import DepositSource, Result
from sekata.pillars.environment.wastebank.queries import banks, bootstrap
from sekata.pillars.environment.wastebank.queries.facts import WeighedLine, Weighing
from sekata.pillars.environment.wastebank.rights import PUBLIC
from sekata.web.doors import door

router = Router(tags=["wastebank"])

DEEP_PAST, FAR_FUTURE = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
LONG_AGO = 10**10
CODE = r"^BS[UI]-\d{4}-\d{3}$"


def _plain(text: str) -> str:
    if any(ord(character) < 32 or 0xD800 <= ord(character) < 0xE000 for character in text):
        raise ValueError("control characters")
    return text


def _sane(at: datetime) -> datetime:
    if not DEEP_PAST <= at <= FAR_FUTURE:
        raise ValueError("a moment between 1970 and 2200")
    return at


Word = Annotated[str, StringConstraints(max_length=40), AfterValidator(_plain)]
Moment = Annotated[AwareDatetime, AfterValidator(_sane)]
Quantity = Annotated[Decimal, Field(ge=-(10**6), le=10**7, max_digits=14, decimal_places=6)]
Key = Annotated[
    str, Header(alias="X-Device-Key", description="The device's key, shown once when it was registered")
]
Money = Annotated[int, Field(ge=0, le=10**12)]


class In(Schema):
    """What comes in says nothing that is not asked for."""

    model_config = ConfigDict(extra="forbid")


class LineIn(In):
    """One material weighed."""

    material: Word = Field(description="Code of the material")
    grade: Word = Field("", description="Grade, where prices differ by it")
    quantity: Quantity = Field(description="In the material's unit; more than three decimals are refused")
    unit_price: Money = Field(description="Rupiah per unit as it was shown to the customer")


class ItemIn(In):
    """A deposit as it was weighed on the device."""

    uid: UUID = Field(description="UUIDv7 made on the device: the same again is the same deposit")
    provisional_no: Word = Field(description="Number on the customer's receipt, D07-000123")
    customer: Word = Field(description="Customer number, 11 digits")
    weigher: int = Field(description="Id of the weigher, from the bootstrap", ge=0, le=2**62)
    scale: int | None = Field(None, description="Id of the scale", ge=0, le=2**62)
    source: DepositSource = Field(DepositSource.COUNTER, description="Where it was weighed")
    device_time: Moment = Field(description="Clock of the device")
    clock_offset_s: Annotated[int, Field(ge=-LONG_AGO, le=LONG_AGO)] | None = Field(
        None,
        description="Device clock minus server clock at the last contact; nothing when a restart lost it",
    )
    synced_at: Moment | None = Field(None, description="Server time of the last contact before weighing")
    clock_restarted: bool = Field(
        False, description="A restart lost the monotonic counter since the last contact"
    )
    price_list_version: int = Field(description="Version of the list on the device", ge=0, le=2**31 - 1)
    consent: bool = Field(
        False, description="The customer agrees to wake the account, or to deposit here as a guest"
    )
    lines: list[LineIn] = Field(description="What was weighed", max_length=100)


class BatchIn(In):
    """Up to 500 deposits, in the order of weighing."""

    device_id: int = Field(description="Id of the device, from the bootstrap", ge=0, le=2**62)
    items: list[ItemIn] = Field(description="Deposits", max_length=500)


class RefusalReason(Schema):
    """A reason."""

    code: str = Field(description="Stable code")
    message: str = Field(description="A sentence for a person")
    field: str = Field(description="Field it belongs to, empty for the whole")


class AnswerOut(Schema):
    """What became of one item."""

    uid: UUID = Field(description="As sent")
    result: Result = Field(description="created, replayed, conflict (a director decides) or rejected")
    number: str = Field(description="Official number, empty unless it is booked")
    errors: list[RefusalReason] = Field(description="RefusalReason it was held or refused")


class SyncOut(Schema):
    """One answer per item, in the order of the items; partial success is normal."""

    server_time: datetime = Field(description="Clock of the server")
    items: list[AnswerOut] = Field(description="Answers")


class DeviceOut(Schema):
    """The device that asks."""

    id: int = Field(description="Id")
    prefix: str = Field(description="Prefix of its receipts")
    next_serial: int = Field(description="First serial that no receipt has")


class BankOut(Schema):
    """The device's bank."""

    code: str = Field(description="Code")
    name: str = Field(description="Name")
    takes_hazard: bool = Field(description="Whether it may take hazardous material")
    scheme: Literal["margin", "split"] = Field(description="How it earns")


class CustomerOut(Schema):
    """A customer; nothing personal but the name."""

    number: str = Field(description="11 digits")
    name: str = Field(description="Name")
    status: str = Field(description="pending, active or dormant")
    kind: str = Field(description="Kind of customer")
    card_token: str = Field(description="What the card's QR holds")
    kk_hash: str = Field(description="Keyed hash of the household, empty if unknown")
    household_size: int = Field(description="Persons")


class WeigherOut(Schema):
    """Somebody who weighs."""

    id: int = Field(description="Id")
    name: str = Field(description="Name")
    kk_hash: str = Field(description="Keyed hash of the own household, for which another must weigh")


class ScaleOut(Schema):
    """A scale."""

    id: int = Field(description="Id")
    serial: str = Field(description="Serial number")
    capacity_kg: str = Field(description="Kilograms, as text")
    division_g: str = Field(description="Grams, as text")
    verified_until: datetime | None | str = Field(None, description="Last day of its verification")


class MaterialOut(Schema):
    """A material of the catalogue."""

    code: str = Field(description="Code")
    name: str = Field(description="Name")
    group: str = Field(description="Group")
    unit: Literal["kg", "liter", "piece"] = Field(description="Unit of quantities and prices")
    kg_per_unit: str | None = Field(None, description="Kilograms per unit, nothing for kg")
    grades: list[str] = Field(description="Grades that are told apart")
    hazard: bool = Field(description="Only for banks that may take it")


class BootstrapOut(Schema):
    """What a device takes along."""

    server_time: datetime = Field(description="Clock of the server, to measure the device's offset")
    device: DeviceOut = Field(description="The device")
    bank: BankOut = Field(description="Its bank")
    share_percent: int = Field(description="The customer's part under the split scheme")
    customers: list[CustomerOut] = Field(description="Who may deposit")
    weighers: list[WeigherOut] = Field(description="Who weighs")
    scales: list[ScaleOut] = Field(description="Scales in use")
    materials: list[MaterialOut] = Field(description="The catalogue in force")
    outlier_floor: int = Field(description="Kilograms above which an unusual line is asked again")
    thresholds: dict[str, str] = Field(
        description="99th percentile of a line's kilograms by kind of customer"
    )
    price_list: str = Field(description="The price list as a JSON Web Signature, Ed25519")
    key: dict[str, str] = Field(description="The public key (JWK) of the list's signature")


class Refusal(Schema):
    """The request was refused; nothing of it was kept."""

    reasons: list[RefusalReason] = Field(description="RefusalReason")


class NotJson(Schema):
    """The body is no JSON."""

    detail: str = Field(description="What is wrong with it")


class PriceListOut(Schema):
    """A bank's price list."""

    bank: str = Field(description="Code of the bank")
    jws: str = Field(description="The list, signed (RFC 7515, Ed25519)")
    key: dict[str, str] = Field(description="The public key (JWK)")


REFUSALS = {403: Refusal, 409: Refusal, 422: Refusal}


@router.get("/bootstrap", response={200: BootstrapOut} | REFUSALS, summary="What a device takes along")
@door(PUBLIC)
def get_bootstrap(
    request: HttpRequest,
    x_device_key: Key = "",
    since: Annotated[Moment | None, Query(description="Only customers that came later")] = None,
):
    """Customers, people, scales, materials and the signed price list of the device's bank."""
    at = clock.now()
    device = syncing.device_of(x_device_key)
    if device.revoked_at is not None:
        raise Refused.because("device_revoked", "Perangkat ini sudah dicabut.", "device", status=403)
    return bootstrap.pack(device, since, at)


@router.post(
    "/sync", response={200: SyncOut, 400: NotJson} | REFUSALS, summary="Hand in deposits weighed on a device"
)
@door(PUBLIC)
def post_sync(request: HttpRequest, body: BatchIn, x_device_key: Key = ""):
    """One answer per item: created, replayed, conflict or rejected."""
    at = clock.now()
    device = syncing.device_of(x_device_key)
    if device.pk != body.device_id:
        raise Refused.because("device", "Kunci ini bukan milik perangkat itu.", "device_id", status=403)
    answers = syncing.sync(device=device, weighings=[_weighing(item) for item in body.items], at=at)
    return {"server_time": at, "items": [_answer(one) for one in answers]}


def _weighing(item: ItemIn) -> Weighing:
    return Weighing(
        uid=item.uid,
        customer=item.customer,
        weigher=item.weigher,
        lines=tuple(WeighedLine(one.material, one.quantity, one.unit_price, one.grade) for one in item.lines),
        device_time=item.device_time,
        offset_s=item.clock_offset_s,
        synced_at=item.synced_at,
        list_version=item.price_list_version,
        provisional_no=item.provisional_no,
        scale=item.scale,
        source=str(item.source),
        consent=item.consent,
        restarted=item.clock_restarted,
    )


def _answer(one: syncing.Answer) -> dict[str, object]:
    return {
        "uid": one.uid,
        "result": one.result,
        "number": one.number,
        "errors": [vars(reason) for reason in one.errors],
    }


@router.get(
    "/prices/{code}", response={200: PriceListOut, 404: Refusal, 422: Refusal}, summary="A bank's price list"
)
@door(PUBLIC)
def get_prices(request: HttpRequest, code: Annotated[str, StringConstraints(pattern=CODE)]):
    """The list as it stands and will stand, signed, for anybody."""
    bank = banks.by_code(code)
    if bank is None:
        raise Refused.because("bank", "Bank sampah itu tidak terdaftar.", "code", status=404)
    return {
        "bank": bank.code,
        "jws": bootstrap.signed(bank, clock.now()),
        "key": bootstrap.price_list.public_jwk(bootstrap.key()),
    }
