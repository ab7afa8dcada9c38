"""Registering taxpayers and their objects."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from sekata.kernel.documents import actions as documents
from sekata.kernel.journal.actions import action
from sekata.kernel.people import vault
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.numbers import nik, npwpd
from sekata.lib.result import Reason, Refused, insist
from sekata.pillars.economy.tax import rules
from sekata.pillars.economy.tax.actions.requests import Opening, move, once_only, open_case
from sekata.pillars.economy.tax.codes import Status, TaxpayerKind, TaxType
from sekata.pillars.economy.tax.models import Registration, TaxObject, Taxpayer
from sekata.pillars.economy.tax.rights import ASK, REGISTER
from sekata.pillars.economy.tax.workflow import REGISTRATION

EVER = datetime(2000, 1, 1, tzinfo=UTC)
"""NPWPD serials run through all years: their series stands in one year."""
NIB_LENGTH = 13
STATE = ("case.state",)


@dataclass(frozen=True)
class Wanted:
    """A tax object to be registered with its taxpayer."""

    tax_type: TaxType
    name: str
    village_code: str
    sub_class: str = "general"
    attributes: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Applicant:
    """Who registers. number: NIK of a person, NIB of a body; it goes into the vault."""

    submission: UUID
    kind: TaxpayerKind
    name: str
    number: str
    village_code: str
    address: str
    phone: str = ""
    email: str = ""
    wanted: tuple[Wanted, ...] = ()


def number_reasons(kind: TaxpayerKind, number: str, at: datetime) -> tuple[Reason, ...]:
    """Why the NIK or NIB cannot be one."""
    if kind == TaxpayerKind.PERSON:
        return nik.check(number, at.astimezone(clock.WIB).date(), "number")
    if len(number) == NIB_LENGTH and number.isascii() and number.isdigit():
        return ()
    return (Reason("nib_length", f"NIB harus {NIB_LENGTH} angka.", "number"),)


def identity_of(kind: TaxpayerKind, number: str) -> str:
    """The keyed hash under which a NIK or NIB is found."""
    return vault.lookup("nik" if kind == TaxpayerKind.PERSON else "nib", number)


def apply(*, actor: Actor, applicant: Applicant, at: datetime | None = None) -> Registration:
    """Ask to be registered; the same submission again is the same request."""
    return once_only(Registration, _apply, actor=actor, applicant=applicant, at=at or clock.now())


@action(right=ASK, event="tax.registration.filed")
def _apply(*, actor: Actor, applicant: Applicant, at: datetime) -> Registration:
    insist(number_reasons(applicant.kind, applicant.number, at))
    lookup = identity_of(applicant.kind, applicant.number)
    if Taxpayer.objects.filter(lookup=lookup).exclude(status=Status.CLOSED).exists():
        raise Refused.because(
            "registered", "Nomor ini sudah terdaftar sebagai wajib pajak daerah.", "number", 409
        )
    secrets = {"number": applicant.number, "phone": applicant.phone, "email": applicant.email}
    registration = Registration(
        submission=applicant.submission,
        kind=applicant.kind,
        name=applicant.name.strip().upper(),
        identity=vault.put(secrets, at),
        lookup=lookup,
        village_code=applicant.village_code,
        address=applicant.address.strip(),
        field_check=bool(applicant.wanted),
        wanted=[vars(one) | {"tax_type": str(one.tax_type)} for one in applicant.wanted],
    )
    opening = Opening(
        title=registration.name,
        series="WPD",
        submission=applicant.submission,
        content=[applicant.name, lookup],
        area=applicant.village_code,
    )
    open_case(actor=actor, workflow=REGISTRATION, subject=registration, opening=opening, at=at)
    return registration


@action(right=REGISTER, event="tax.registration.verified", on="registration", watches=STATE)
def verify(*, actor: Actor, registration: Registration, at: datetime) -> Registration:
    """The number and the place were checked."""
    move(registration, REGISTRATION, "verify", actor=actor, at=at)
    return registration


@action(
    right=REGISTER, event="tax.registration.rejected", on="registration", watches=STATE, keeps=("reason",)
)
def reject(*, actor: Actor, registration: Registration, reason: str, at: datetime) -> Registration:
    """Refuse with a reason."""
    move(registration, REGISTRATION, "reject", actor=actor, at=at, reason=reason)
    return registration


@action(right=REGISTER, event="tax.registration.activated", on="registration", watches=STATE, keeps=("area",))
def activate(*, actor: Actor, registration: Registration, area: str, at: datetime) -> Taxpayer:
    """Give the NPWPD and register the objects asked for. area: the older list's own `02.07` of kecamatan and desa."""
    district, _, village = area.partition(".")
    if Taxpayer.objects.filter(lookup=registration.lookup).exclude(status=Status.CLOSED).exists():
        raise Refused.because(
            "registered", "Nomor ini sudah terdaftar sebagai wajib pajak daerah.", status=409
        )
    move(registration, REGISTRATION, "activate", actor=actor, at=at)
    number = npwpd.make(
        kind=registration.kind,
        serial=documents.next_number("npwpd", EVER),
        district=district,
        village=village,
    )
    taxpayer = Taxpayer.objects.create(
        npwpd=number.value,
        kind=registration.kind,
        name=registration.name,
        person_id=registration.case.applicant_id,
        identity=registration.identity,
        lookup=registration.lookup,
        village_code=registration.village_code,
        address=registration.address,
        registered_at=at,
    )
    registration.taxpayer = taxpayer
    registration.save(update_fields=["taxpayer"])
    for wanted in registration.wanted:
        enrol_object(actor=actor, taxpayer=taxpayer, wanted=Wanted(**wanted), at=at)
    return taxpayer


@action(right=REGISTER, event="tax.object.enrolled")
def enrol_object(*, actor: Actor, taxpayer: Taxpayer, wanted: Wanted, at: datetime) -> TaxObject:
    """Register a tax object (NOPD) of a taxpayer."""
    serial = documents.next_number(f"nopd.{wanted.tax_type}", EVER)
    return TaxObject.objects.create(
        number=f"{TaxType(wanted.tax_type).value}.{serial:08d}",
        tax_type=wanted.tax_type,
        sub_class=wanted.sub_class,
        taxpayer=taxpayer,
        name=wanted.name.strip(),
        village_code=wanted.village_code,
        starts=at.astimezone(clock.WIB).date(),
        attributes=wanted.attributes,
    )


@action(
    right=REGISTER, event="tax.object.closed", on="tax_object", watches=("status", "ends"), keeps=("reason",)
)
def close_object(*, actor: Actor, tax_object: TaxObject, reason: str, at: datetime) -> TaxObject:
    """Close an object: it owes nothing for later months. What it owes already stays owed."""
    insist(rules.text_reasons(reason, "reason"))
    tax_object.status, tax_object.ends = Status.CLOSED, at.astimezone(clock.WIB).date()
    tax_object.save(update_fields=["status", "ends"])
    return tax_object
