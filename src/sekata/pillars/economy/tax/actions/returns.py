"""Monthly returns (SPTPD): starting with last month's lines, filing, correcting (R7, R8, R9, R11, R12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sekata.kernel.documents import actions as documents
from sekata.kernel.journal.actions import action
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import Reason, Refused, insist
from sekata.pillars.economy.tax.actions import books
from sekata.pillars.economy.tax.actions.billing import ready
from sekata.pillars.economy.tax.actions.turning import turn
from sekata.pillars.economy.tax.codes import (
    MONTHLY_RETURNS,
    SERVICE_TAXES,
    AssessmentKind,
    AssessmentState,
    Ground,
    ReturnState,
    Status,
    TaxType,
)
from sekata.pillars.economy.tax.models import Assessment, TaxObject, TaxReturn
from sekata.pillars.economy.tax.queries.law import Law, law_of_period
from sekata.pillars.economy.tax.rights import MINE, REGISTER
from sekata.pillars.economy.tax.rules import minerals, pbjt, penalty
from sekata.pillars.economy.tax.rules.amounts import number, percent
from sekata.pillars.economy.tax.rules.ceilings import rate_for
from sekata.pillars.economy.tax.rules.dates import month_bounds, months_late, previous_period
from sekata.pillars.economy.tax.workflow import RETURN

AUDITED = (AssessmentKind.SKPDKB, AssessmentKind.SKPDKBT)


@dataclass(frozen=True)
class Computed:
    """What a return comes to, in rupiah."""

    base: int
    rate: Decimal
    tax: int
    surcharge: int = 0


@action(right=MINE | REGISTER, event="tax.return.begun", on="tax_object", keeps=("period",))
def begin(*, actor: Actor, tax_object: TaxObject, period: str, submission: UUID, at: datetime) -> TaxReturn:
    """Begin the return of a month with the lines of the month before, amounts empty. A begun one is gone on with."""
    insist(_period_reasons(tax_object, period, at))
    known = TaxReturn.objects.filter(object=tax_object, period=period).order_by("-correction_no").first()
    if known is not None and known.state != ReturnState.DRAFT:
        message = "SPTPD masa ini sudah dikirim; buat pembetulan."
        raise Refused.because("original", message, "period", 409)
    if known is not None:
        return known
    before = TaxReturn.objects.filter(object=tax_object, period=previous_period(period))
    last = before.exclude(state=ReturnState.DRAFT).order_by("-correction_no").first()
    return TaxReturn.objects.create(
        submission=submission,
        object=tax_object,
        taxpayer=tax_object.taxpayer,
        period=period,
        lines=[{"label": line["label"]} for line in last.lines] if last else [],
        **_days(period),
    )


def _days(period: str) -> dict[str, date]:
    rulebook, end = law_of_period(period), month_bounds(period)[1]
    return {"pay_by": rulebook.due("return.pay", end), "file_by": rulebook.due("return.file", end)}


def _period_reasons(tax_object: TaxObject, period: str, at: datetime) -> tuple[Reason, ...]:
    if tax_object.tax_type not in MONTHLY_RETURNS:
        return (Reason("tax_type", "Pajak objek ini tidak dilaporkan dengan SPTPD.", "object"),)
    try:
        first, last = month_bounds(period)
    except ValueError:
        return (Reason("period", "Masa ditulis tahun-bulan, misalnya 2026-09.", "period"),)
    if last >= at.astimezone(clock.WIB).date():
        return (Reason("future", "Masa ini belum berakhir.", "period"),)
    closed = tax_object.status == Status.CLOSED and tax_object.ends is not None and first > tax_object.ends
    if closed or last < tax_object.starts:
        return (Reason("outside", "Objek belum atau tidak lagi terdaftar pada masa itu.", "period"),)
    audited = Assessment.objects.filter(object=tax_object, period=period, kind__in=AUDITED)
    if audited.exclude(state=AssessmentState.CANCELLED).exists():
        return (Reason("audited", "Masa ini sudah diperiksa; SPTPD tidak dapat diubah.", "period"),)
    return pbjt.levy_reasons(bool(tax_object.attributes.get("levied")))


@action(right=MINE | REGISTER, event="tax.return.filed", on="filing", watches=("state", "tax"))
def file(
    *,
    actor: Actor,
    filing: TaxReturn,
    lines: Sequence[dict[str, object]],
    attachments: Sequence[str] = (),
    force_majeure: str = "",
    at: datetime,
) -> TaxReturn:
    """Send a return: its tax is computed, a fine added when it is late, and it becomes payable."""
    insist(_period_reasons(filing.object, filing.period, at))
    made = compute(filing.object, filing.period, lines)
    rulebook, today = law_of_period(filing.period), at.astimezone(clock.WIB).date()
    original = filing.corrects is None
    fine = penalty.late_filing_fine(
        filing.file_by, today, rulebook.figure("return.fine"), force_majeure=bool(force_majeure.strip())
    )
    short = _shortage(filing, made, rulebook, today)
    turn(
        filing,
        RETURN,
        "file",
        actor=actor,
        number=f"SPTPD-{filing.period}-{documents.next_number('tax.sptpd', at):06d}",
        lines=list(lines),
        base=made.base,
        rate=made.rate,
        tax=made.tax,
        surcharge=made.surcharge,
        shortage=short.principal,
        interest=short.penalty,
        fine=fine if original else 0,
        attachments=list(attachments),
        force_majeure=force_majeure.strip(),
        filed_at=at,
    )
    books.recognise_return(filing, at=at)
    amount = filing.tax + filing.surcharge if original else filing.shortage
    ready(filing, actor=actor, amount=amount + filing.interest + filing.fine, due_on=filing.pay_by, at=at)
    return filing


def _shortage(filing: TaxReturn, made: Computed, rulebook: Law, today: date) -> penalty.Owed:
    """R11: what a correction shows to be short, with interest since the day the month was to be paid."""
    if filing.corrects is None:
        return penalty.Owed(0, 0, 0, None)
    short = max(made.tax + made.surcharge - filing.corrects.tax - filing.corrects.surcharge, 0)
    added = penalty.shortage(
        short,
        months_late(filing.pay_by, today),
        Ground.DESK,
        rulebook.table("audit_rate"),
        rulebook.rounding,
    )
    return penalty.Owed(short, added.interest, added.months, None)


@action(right=MINE | REGISTER, event="tax.return.corrected", on="filing", watches=("state",))
def correct(*, actor: Actor, filing: TaxReturn, submission: UUID, at: datetime) -> TaxReturn:
    """Begin the correction of a sent return: it replaces the return once it is sent; that one stays as it was."""
    insist(_period_reasons(filing.object, filing.period, at))
    turn(filing, RETURN, "correct", actor=actor)
    return TaxReturn.objects.create(
        submission=submission,
        object=filing.object,
        taxpayer=filing.taxpayer,
        period=filing.period,
        correction_no=filing.correction_no + 1,
        corrects=filing,
        lines=filing.lines,
        **_days(filing.period),
    )


def compute(tax_object: TaxObject, period: str, lines: Sequence[dict[str, object]]) -> Computed:
    """Base and tax of the lines of a return by the law of its month.

    Lines of goods and services: label, received, service, vouchers; of minerals and nests: label, quantity, price.
    """
    rulebook, tax = law_of_period(period), TaxType(tax_object.tax_type)
    if not lines:
        raise Refused.because("lines", "Isi paling sedikit satu baris penerimaan.", "lines")
    if tax in SERVICE_TAXES:
        receipts = [
            pbjt.Receipt(
                str(line["label"]), *(int(line.get(k, 0)) for k in ("received", "service", "vouchers"))
            )
            for line in lines
        ]
        insist(pbjt.receipt_reasons(receipts))
        base = pbjt.receipts_base(receipts)
        rate = rulebook.rate(tax, base, tax_object.sub_class)
        threshold = rulebook.figure("return.threshold")
        return Computed(
            base, rate, pbjt.service_tax(base, rate, threshold=threshold, rounding=rulebook.rounding).tax
        )
    exact = sum((number(str(line["quantity"])) * int(line["price"]) for line in lines), Decimal(0))
    if any(number(str(line["quantity"])) < 0 or int(line["price"]) < 0 for line in lines):
        raise Refused.because("negative", "Jumlah dan harga tidak boleh kurang dari nol.", "lines")
    rate = rulebook.rate(tax, 0, tax_object.sub_class)
    base = rulebook.rounding.settle(exact)
    if tax == TaxType.MINERALS:
        in_force = rulebook.brackets(TaxType.MINERALS_SURCHARGE)
        surcharge = rate_for(0, in_force) if in_force else Decimal(0)
        duty = minerals.minerals_duty(exact, rate, surcharge, rulebook.rounding)
        return Computed(base, rate, duty.tax, duty.surcharge)
    return Computed(base, rate, rulebook.rounding.settle(percent(exact, rate)))
