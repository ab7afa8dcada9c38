"""Registering a bank: from the application to the decree, and what may become of it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Max

from sekata.kernel.cases import actions as cases
from sekata.kernel.documents import actions as documents
from sekata.kernel.journal.actions import Repeated, action
from sekata.kernel.people import vault
from sekata.kernel.units import actions as units_acts
from sekata.kernel.units import queries as units
from sekata.kernel.units.queries import Unit
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank.actions import books
from sekata.pillars.environment.wastebank.actions.steps import advance
from sekata.pillars.environment.wastebank.codes import BankKind, Post
from sekata.pillars.environment.wastebank.models import Officer, WasteBank
from sekata.pillars.environment.wastebank.queries import banks
from sekata.pillars.environment.wastebank.queries.law import law
from sekata.pillars.environment.wastebank.rights import CUSTOMER, DIRECT, REGISTER
from sekata.pillars.environment.wastebank.rules import numbers
from sekata.pillars.environment.wastebank.workflow import BANK

OFFICE = "dlh"
BANKS_LOCK = "SELECT pg_advisory_xact_lock(hashtext('wastebank.registration'))"


@dataclass(frozen=True)
class Application:
    """What somebody tells when a bank is to be registered. parent: code of its central."""

    submission: UUID
    name: str
    kind: str = BankKind.UNIT
    legal_form: str = "village_decision"
    parent: str = ""
    villages: tuple[str, ...] = ()
    households: int = 0
    address: str = ""
    lat: float | None = None
    lon: float | None = None
    hours: str = ""
    share_scheme: str = "margin"
    papers: tuple[str, ...] = field(default=())

    def content(self) -> dict[str, object]:
        """What makes two submissions the same."""
        return {name: value for name, value in vars(self).items() if name != "submission"}


def apply(*, actor: Actor, application: Application, at: datetime | None = None) -> WasteBank:
    """Apply for registration; the same submission again is the same application."""
    try:
        return _apply(actor=actor, application=application, at=at or clock.now())
    except Repeated as repeated:
        return banks.by_key(repeated.answer["case"])


@action(right=CUSTOMER, event="wastebank.bank.applied")
def _apply(*, actor: Actor, application: Application, at: datetime) -> WasteBank:
    if len(application.name.strip()) < 5:
        raise Refused.because("name", "Tulis nama bank sampah, paling sedikit 5 huruf.", "name")
    bank = WasteBank(
        submission=application.submission,
        kind=application.kind,
        name=application.name.strip(),
        parent=_central(application.parent),
        legal_form=application.legal_form,
        villages=_known_villages(application.villages),
        households=application.households,
        address=application.address.strip(),
        lat=application.lat,
        lon=application.lon,
        hours=application.hours.strip(),
        share_scheme=application.share_scheme,
        checklist={paper: {"by": actor.person, "at": at.isoformat()} for paper in application.papers},
    )
    bank.case = cases.begin_case(
        actor=actor,
        workflow=BANK,
        opening=cases.Opening(
            title=f"Bank sampah {bank.name}",
            unit=units.by_code(OFFICE).pk,
            applicant=actor.acting_for or actor.person,
            lat=bank.lat,
            lon=bank.lon,
        ),
        subject=bank,
        terms=law(at).terms,
        at=at,
        words=cases.Words(says=BANK.state(BANK.initial).says),
        claim=cases.Claim(f"wastebank.bank:{application.submission}", application.content()),
    )
    bank.save(force_insert=True)
    year, number = at.astimezone(clock.WIB).year, documents.next_number("wastebank.bank", at)
    cases.enter(bank.case, f"PBS-{year}-{number:06d}")
    return bank


def _central(code: str) -> WasteBank | None:
    if not code:
        return None
    found = banks.active().filter(code=code).first()
    if found is None:
        raise Refused.because("parent", "Bank sampah induk itu tidak terdaftar.", "parent")
    return found


def _known_villages(codes: tuple[str, ...]) -> list[str]:
    unknown = [code for code in codes if code not in units.areas()]
    if unknown:
        raise Refused.because("village", f"Desa tidak dikenal: {', '.join(unknown)}.", "villages")
    return sorted(codes)


@action(right=REGISTER, event="wastebank.bank.taken_up", on="bank", watches=("case.state",))
def take_up(*, actor: Actor, bank: WasteBank, at: datetime) -> WasteBank:
    """Begin the desk check."""
    advance(bank, BANK, "take_up", actor=actor, at=at)
    return bank


@action(right=REGISTER, event="wastebank.bank.checked", on="bank", keeps=("requirement", "met"))
def check(*, actor: Actor, bank: WasteBank, requirement: str, met: bool, at: datetime) -> WasteBank:
    """Tick a requirement of the checklist in force, or take the tick away."""
    if requirement not in law(at).table("bank_requirement"):
        raise Refused.because("requirement", "Persyaratan itu tidak ada dalam daftar.", "requirement")
    if met:
        bank.checklist[requirement] = {"by": actor.person, "at": at.isoformat()}
    else:
        bank.checklist.pop(requirement, None)
    bank.save(update_fields=["checklist"])
    return bank


@action(right=REGISTER, event="wastebank.bank.passed", on="bank", watches=("case.state",))
def pass_desk(*, actor: Actor, bank: WasteBank, at: datetime) -> WasteBank:
    """The papers are complete; somebody will go and look."""
    advance(bank, BANK, "pass_desk", actor=actor, at=at, given={"papers": set(bank.checklist)})
    return bank


@action(right=REGISTER, event="wastebank.bank.visited", on="bank", watches=("visited_on",))
def record_visit(*, actor: Actor, bank: WasteBank, visited_on: date, note: str, at: datetime) -> WasteBank:
    """What was seen on the spot."""
    if visited_on > at.astimezone(clock.WIB).date():
        raise Refused.because("visited_on", "Tanggal tinjauan belum lewat.", "visited_on")
    bank.visited_on, bank.visit_note = visited_on, note.strip()
    bank.save(update_fields=["visited_on", "visit_note"])
    return bank


@action(
    right=REGISTER,
    event="wastebank.bank.decreed",
    on="bank",
    watches=("case.state", "code"),
    keeps=("decree_no",),
)
def decree(*, actor: Actor, bank: WasteBank, decree_no: str, decree_on: date, at: datetime) -> WasteBank:
    """Register the bank by decree: it gets its code, its number in the order of registration, and its own unit."""
    if bank.visited_on is None:
        raise Refused.because("visit", "Tinjauan lokasi belum dicatat.", "visited_on")
    if not decree_no.strip():
        raise Refused.because("decree_no", "Tulis nomor keputusan.", "decree_no")
    bank.decree_no, bank.decree_on, bank.renewed_on = decree_no.strip(), decree_on, decree_on
    _number(bank)
    given = {
        "rows": law(at).table("bank_requirement"),
        "kind": bank.kind,
        "met": set(bank.checklist),
        "parent_kind": bank.parent.kind if bank.parent else None,
        "posts": set(banks.officers(bank, at.astimezone(clock.WIB).date()).values_list("post", flat=True)),
    }
    changes = {"unit_id": _open_unit(bank).pk}
    advance(bank, BANK, "decree", actor=actor, at=at, given=given, changes=changes)
    bank.save(update_fields=["code", "bank_no", "decree_no", "decree_on", "renewed_on"])
    bank.case.refresh_from_db(fields=["unit"])
    books.open_book(bank, law(at))
    return bank


def _number(bank: WasteBank) -> None:
    """Code and number: one series of numbers for both kinds, one of codes for each."""
    with connection.cursor() as cursor:
        cursor.execute(BANKS_LOCK)
    last = WasteBank.objects.aggregate(last=Max("bank_no"))["last"] or "0"
    same = WasteBank.objects.filter(kind=bank.kind, code__isnull=False).count()
    bank.bank_no = f"{int(last) + 1:04d}"
    bank.code = numbers.bank_code(bank.kind, settings.SEKATA.regency, same + 1)


def _open_unit(bank: WasteBank) -> Unit:
    """The unit in which the bank's roles are held, below the office that registers it."""
    return units_acts.open_unit(
        code=f"wastebank.{bank.code}",
        name=bank.name,
        short=bank.code,
        kind="waste_bank",
        parent=units.by_code(OFFICE),
        address=bank.address,
        active_from=bank.decree_on,
        decree=bank.decree_no,
    )


@action(
    right=REGISTER, event="wastebank.bank.rejected", on="bank", watches=("case.state",), keeps=("reason",)
)
def reject(*, actor: Actor, bank: WasteBank, reason: str, at: datetime) -> WasteBank:
    """Refuse the registration, with the reason that the applicant reads."""
    advance(bank, BANK, "reject", actor=actor, at=at, reason=reason, says=reason, given={"reason": reason})
    return bank


@action(
    right=REGISTER, event="wastebank.bank.suspended", on="bank", watches=("case.state",), keeps=("reason",)
)
def suspend(*, actor: Actor, bank: WasteBank, reason: str, at: datetime) -> WasteBank:
    """Stop deposits for a while."""
    advance(bank, BANK, "suspend", actor=actor, at=at, reason=reason, given={"reason": reason})
    return bank


@action(right=REGISTER, event="wastebank.bank.resumed", on="bank", watches=("case.state",), keeps=("reason",))
def resume(*, actor: Actor, bank: WasteBank, reason: str, at: datetime) -> WasteBank:
    """Let a suspended bank serve again."""
    advance(bank, BANK, "resume", actor=actor, at=at, reason=reason, given={"reason": reason})
    return bank


@action(right=REGISTER, event="wastebank.bank.closed", on="bank", watches=("case.state",), keeps=("reason",))
def close(*, actor: Actor, bank: WasteBank, reason: str, at: datetime) -> WasteBank:
    """End a bank; its books stay."""
    advance(bank, BANK, "close", actor=actor, at=at, reason=reason, given={"reason": reason})
    return bank


@action(
    right=REGISTER | DIRECT, event="wastebank.officer.added", on="bank", keeps=("person", "post", "since")
)
def add_officer(
    *, actor: Actor, bank: WasteBank, person: int, post: str, since: date, family_card: str = "", at: datetime
) -> Officer:
    """Enter who holds an office. A weigher's family card is needed to know the own household (R11)."""
    if post == Post.WEIGHER and not family_card.strip():
        raise Refused.because("household_unknown", "Isi nomor kartu keluarga petugas timbang.", "family_card")
    known = Officer.objects.filter(bank=bank, person=person, post=post, until=None).first()
    if known:
        return known
    return Officer.objects.create(
        bank=bank, person_id=person, post=post, since=since, kk_hash=household_hash(family_card)
    )


@action(right=REGISTER | DIRECT, event="wastebank.officer.ended", on="bank", keeps=("officer", "until"))
def end_officer(*, actor: Actor, bank: WasteBank, officer: Officer, until: date, at: datetime) -> Officer:
    """An office ends after the day `until`."""
    if officer.bank_id != bank.pk or until < officer.since:
        raise Refused.because("until", "Tanggal akhir tidak boleh sebelum tanggal mulai.", "until")
    officer.until = until
    officer.save(update_fields=["until"])
    return officer


def household_hash(family_card: str) -> str:
    """The keyed hash of a family card number, by which one household is known from another."""
    digits = "".join(character for character in family_card if character.isdigit())
    return vault.lookup("kk", digits) if digits else ""
