"""Acquisition duty (BPHTB): drafting, checking, research, validation, the deed, a PPAT's monthly report (R5, R6)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sekata.kernel.journal.actions import action
from sekata.kernel.people import vault
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.numbers import nik, nop
from sekata.lib.result import Refused, insist
from sekata.pillars.economy.tax.actions import books
from sekata.pillars.economy.tax.actions.assessing import Finding, draft_shortage
from sekata.pillars.economy.tax.actions.billing import ready
from sekata.pillars.economy.tax.actions.requests import Opening, move, once_only, open_case
from sekata.pillars.economy.tax.codes import Acquisition, Ground, Kinship, TaxType, TransferExemption
from sekata.pillars.economy.tax.models import Assessment, PpatReport, Taxpayer, Transfer
from sekata.pillars.economy.tax.queries.law import law
from sekata.pillars.economy.tax.queries.transfers import (
    arrears_of,
    earlier_acquisition,
    mismatches,
    ppats,
    worth_of,
)
from sekata.pillars.economy.tax.rights import ASK, NOTARY, OWN, PPAT, VALIDATE
from sekata.pillars.economy.tax.rules import bphtb
from sekata.pillars.economy.tax.workflow import TRANSFER

STATE = ("case.state",)


@dataclass(frozen=True)
class Deal:
    """An acquisition as drafted. value: price, auction price or market value in rupiah; dates: event -> day."""

    submission: UUID
    code: Acquisition
    nop: str
    buyer_name: str
    buyer_nik: str
    seller_name: str
    land_area: int
    value: int | None
    building_area: int = 0
    certificate: str = ""
    kinship: Kinship = Kinship.NONE
    exemption: TransferExemption = TransferExemption.NONE
    dates: dict[str, date] = field(default_factory=dict)


def draft(*, actor: Actor, deal: Deal, at: datetime | None = None) -> Transfer:
    """Draft an SSPD-BPHTB with its duty; the same submission again is the same one."""
    return once_only(Transfer, _draft, actor=actor, deal=deal, at=at or clock.now())


@action(right=ASK, event="tax.transfer.drafted")
def _draft(*, actor: Actor, deal: Deal, at: datetime) -> Transfer:
    insist(nik.check(deal.buyer_nik, at.astimezone(clock.WIB).date(), "buyer_nik"))
    year = at.astimezone(clock.WIB).year
    land, land_value = worth_of(nop.parse(deal.nop).value, year)
    lookup = vault.lookup("nik", deal.buyer_nik)
    first = not earlier_acquisition(lookup)
    facts = bphtb.Transfer(deal.code, deal.value, land_value, first, deal.kinship, deal.exemption)
    rulebook = law(at)
    duty = bphtb.transfer_duty(facts, rulebook.transfer)
    transfer = Transfer(
        submission=deal.submission,
        code=deal.code,
        land=land,
        taxpayer=Taxpayer.objects.filter(lookup=lookup).first(),
        identity=vault.put({"buyer_nik": deal.buyer_nik}, at),
        buyer_name=deal.buyer_name.strip().upper(),
        buyer_lookup=lookup,
        seller_name=deal.seller_name.strip().upper(),
        kinship=deal.kinship,
        exemption=deal.exemption,
        certificate=deal.certificate,
        land_area=deal.land_area,
        building_area=deal.building_area,
        price=deal.value,
        land_value_year=year,
        land_value=land_value,
        first=first,
        base=duty.base,
        deduction=duty.deduction,
        rate=duty.rate,
        duty=duty.duty,
        dates={event: day.isoformat() for event, day in deal.dates.items()},
        due_on=bphtb.falls_due(deal.code, deal.dates),
        ppat_id=actor.person if PPAT.opens(actor) else None,
    )
    opening = Opening(
        f"{deal.code.label} {nop.Nop(land.nop)}", "SSPD", deal.submission, [deal.nop, lookup, deal.value]
    )
    open_case(actor=actor, workflow=TRANSFER, subject=transfer, opening=opening, at=at)
    return transfer


@action(right=OWN, event="tax.transfer.assigned", on="transfer", watches=("ppat_id",))
def assign(*, actor: Actor, transfer: Transfer, ppat: int, at: datetime) -> Transfer:
    """Give a draft to a PPAT, who then carries it to its deed; once the deed is made nobody else can."""
    if ppat not in ppats(at.astimezone(clock.WIB).date()):
        raise Refused.because("ppat", "Pilih PPAT yang terdaftar.", "ppat")
    if transfer.used_at is not None:
        raise Refused.because("used", "Akta sudah dibuat.", status=409)
    transfer.ppat_id = ppat
    transfer.save(update_fields=["ppat"])
    return transfer


@action(right=OWN | NOTARY, event="tax.transfer.checked", on="transfer", watches=STATE)
def check(*, actor: Actor, transfer: Transfer, at: datetime) -> Transfer:
    """Compare with the register of land: no arrears, and number, area and owner as they stand there."""
    given = {"arrears": arrears_of(transfer.land), "mismatches": mismatches(transfer)}
    move(transfer, TRANSFER, "check", actor=actor, at=at, given=given)
    return transfer


@action(right=OWN | NOTARY, event="tax.transfer.billed", on="transfer", watches=STATE)
def bill(*, actor: Actor, transfer: Transfer, at: datetime) -> Transfer:
    """Ask for the duty's payment."""
    move(transfer, TRANSFER, "bill", actor=actor, at=at)
    books.recognise_transfer(transfer, at=at)
    ready(transfer, actor=actor, amount=transfer.duty, due_on=transfer.due_on, at=at)
    return transfer


@action(right=OWN | NOTARY, event="tax.transfer.nil_submitted", on="transfer", watches=STATE)
def submit_nil(*, actor: Actor, transfer: Transfer, at: datetime) -> Transfer:
    """A duty of nil goes to research too."""
    move(transfer, TRANSFER, "submit_nil", actor=actor, at=at)
    return transfer


@action(right=OWN | NOTARY, event="tax.transfer.withdrawn", on="transfer", watches=STATE)
def withdraw(*, actor: Actor, transfer: Transfer, at: datetime) -> Transfer:
    """Give a draft up before it is paid."""
    move(transfer, TRANSFER, "withdraw", actor=actor, at=at)
    books.drop_transfer(transfer, at=at)
    return transfer


@action(right=VALIDATE, event="tax.transfer.sent_out", on="transfer", watches=STATE)
def send_out(*, actor: Actor, transfer: Transfer, at: datetime) -> Transfer:
    """Have the object looked at on the spot: three working days instead of one."""
    move(transfer, TRANSFER, "send_out", actor=actor, at=at)
    return transfer


@action(right=VALIDATE, event="tax.transfer.validated", on="transfer", watches=(*STATE, "validated_by"))
def validate(*, actor: Actor, transfer: Transfer, at: datetime) -> Transfer:
    """Confirm the duty: the deed may be made, once."""
    move(transfer, TRANSFER, "validate", actor=actor, at=at)
    transfer.validated_by, transfer.validated_at = actor.person, at
    transfer.save(update_fields=["validated_by", "validated_at"])
    return transfer


@action(
    right=VALIDATE, event="tax.transfer.underpaid", on="transfer", watches=STATE, keeps=("shortage", "reason")
)
def find_short(*, actor: Actor, transfer: Transfer, shortage: int, reason: str, at: datetime) -> Assessment:
    """Research found the duty short: an SKPDKB is proposed where the buyer is a registered taxpayer."""
    if transfer.taxpayer is None:
        raise Refused.because("taxpayer", "Daftarkan dahulu pembeli sebagai wajib pajak.", "taxpayer")
    move(transfer, TRANSFER, "underpay", actor=actor, at=at, reason=reason)
    finding = Finding(
        taxpayer=transfer.taxpayer,
        tax_type=TaxType.TRANSFER,
        tax_year=transfer.land_value_year,
        shortage=shortage,
        ground=Ground.AUDIT,
        due_on=transfer.due_on or at.astimezone(clock.WIB).date(),
        reason=reason,
        base=transfer.base,
        rate=transfer.rate,
        about={"transfer": transfer},
    )
    return draft_shortage(actor=actor, finding=finding, at=at)


@action(
    right=PPAT, event="tax.transfer.used", on="transfer", watches=(*STATE, "used_at"), keeps=("deed_number",)
)
def use(*, actor: Actor, transfer: Transfer, deed_number: str, deed_date: date, at: datetime) -> Transfer:
    """Make the deed under a validated duty; each validation serves one deed (R6)."""
    if transfer.ppat_id not in (None, actor.person):
        raise Refused.because("other_ppat", "SSPD ini disusun PPAT lain.", status=403)
    if not deed_number.strip():
        raise Refused.because("deed_number", "Tulis nomor akta.", "deed_number")
    given = {"fine": law(at).figure("transfer.deed_fine")}
    insist(TRANSFER.transition("use").guard(transfer, **given))
    move(transfer, TRANSFER, "use", actor=actor, at=at, given=given)
    transfer.ppat_id, transfer.deed_number = actor.person, deed_number.strip()
    transfer.deed_date, transfer.used_at = deed_date, at
    transfer.save(update_fields=["ppat", "deed_number", "deed_date", "used_at"])
    return transfer


@action(right=PPAT, event="tax.ppat.reported", keeps=("period",))
def report_deeds(*, actor: Actor, period: str, deeds: Sequence[dict[str, str]], at: datetime) -> PpatReport:
    """File the deeds of a month; a late report costs its fine (R6)."""
    if PpatReport.objects.filter(ppat=actor.person, period=period).exists():
        raise Refused.because("filed", "Laporan bulan ini sudah dikirim.", "period", 409)
    rulebook, today = law(at), at.astimezone(clock.WIB).date()
    due_on = bphtb.report_due(int(period[:4]), int(period[5:]), rulebook.figure("transfer.report_day"))
    return PpatReport.objects.create(
        ppat_id=actor.person,
        period=period,
        deeds=list(deeds),
        due_on=due_on,
        filed_at=at,
        fine=bphtb.report_fine(due_on, today, rulebook.figure("transfer.report_fine")),
    )
