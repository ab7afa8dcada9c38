"""Where what is owed meets payment: the one place from which bills are asked for, and to which payments come back.

`ready` is called by every act that makes something payable. The other verbs are the suite's own: the payment desk
calls them when money has settled a bill.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sekata.kernel.journal.actions import action, record
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.pillars.economy.tax.actions.requests import move
from sekata.pillars.economy.tax.actions.turning import turn
from sekata.pillars.economy.tax.codes import AssessmentState, ReturnState, TaxType, TransferState
from sekata.pillars.economy.tax.models import Assessment, Receipt, TaxReturn, Transfer
from sekata.pillars.economy.tax.rights import SYSTEM
from sekata.pillars.economy.tax.workflow import ASSESSMENT, RETURN, TRANSFER

Payable = Assessment | TaxReturn | Transfer


def ready(payable: Payable, *, actor: Actor, amount: int, due_on: date | None, at: datetime) -> None:
    """Something has become payable: `amount` rupiah by `due_on`. Nothing is asked for nil."""
    if amount > 0:
        facts = {"amount": amount, "due_on": due_on.isoformat() if due_on else ""}
        record("tax.payable", actor=actor, subject=payable, at=at, after=facts)


@dataclass(frozen=True)
class Paid:
    """How something was paid. on: the bank's own day; penalty: rupiah of late interest beside the amount."""

    on: date
    channel: str = ""
    penalty: int = 0


def _village(about: Payable) -> str:
    if isinstance(about, Assessment):
        place = about.land or about.object or about.taxpayer
        return place.village_code
    return (about.object if isinstance(about, TaxReturn) else about.land).village_code


def note(
    about: Payable, paid: Paid, *, tax: str, year: int, amount: int, at: datetime, passed_on: int = 0
) -> None:
    """Record what came in: `amount` rupiah of the regency's own, the penalty beside it."""
    Receipt.objects.create(
        tax_type=tax,
        tax_year=year,
        village_code=_village(about),
        on=paid.on,
        amount=amount + paid.penalty,
        penalty=paid.penalty,
        passed_on=passed_on,
        about=about.number,
        channel=paid.channel,
        recorded_at=at,
    )


@action(
    right=SYSTEM,
    event="tax.assessment.paid",
    on="assessment",
    watches=("state", "paid"),
    keeps=("amount", "on"),
)
def settle_assessment(
    *,
    actor: Actor,
    assessment: Assessment,
    amount: int,
    on: date,
    penalty: int = 0,
    channel: str = "",
    at: datetime,
) -> Assessment:
    """Rupiah that settled a bill of an assessment on a day: in full, or a part that had a bill of its own (R21).

    penalty: late interest paid beside the amount; it is no part of what was assessed.
    """
    if amount <= 0:
        raise Refused.because("amount", "Jumlah pembayaran harus lebih dari nol.", "amount")
    paid = assessment.paid + amount
    if paid >= assessment.total:
        turn(assessment, ASSESSMENT, "pay", actor=actor, paid=paid)
    elif assessment.state in (AssessmentState.OBJECTED, AssessmentState.PARTLY_PAID):
        Assessment.objects.filter(pk=assessment.pk).update(paid=paid)
        assessment.paid = paid
    else:
        turn(assessment, ASSESSMENT, "part_pay", actor=actor, paid=paid)
    note(
        assessment,
        Paid(on, channel, penalty),
        tax=assessment.tax_type,
        year=assessment.tax_year,
        amount=amount,
        at=at,
    )
    _close_return(assessment, actor, on)
    return assessment


def _close_return(letter: Assessment, actor: Actor, on: date) -> None:
    """A paid STPD settles the return that it was about."""
    filing = letter.filing if letter.state == AssessmentState.PAID else None
    if filing is not None and filing.state in (ReturnState.FILED, ReturnState.BILLED):
        turn(filing, RETURN, "pay", actor=actor, paid_on=on)


@action(
    right=SYSTEM,
    event="tax.assessment.payment_reversed",
    on="assessment",
    watches=("state", "paid"),
    keeps=("amount", "on"),
)
def unsettle_assessment(
    *, actor: Actor, assessment: Assessment, amount: int, on: date, at: datetime
) -> Assessment:
    """The bank took a payment back on its own day: the assessment is owed again (R21)."""
    if not 0 < amount <= assessment.paid:
        raise Refused.because("amount", "Pembayaran sebesar itu tidak ada pada ketetapan ini.", "amount")
    turn(assessment, ASSESSMENT, "reopen", actor=actor, paid=assessment.paid - amount)
    given = {"tax": assessment.tax_type, "year": assessment.tax_year, "amount": -amount, "at": at}
    note(assessment, Paid(on), **given)
    return assessment


@action(right=SYSTEM, event="tax.return.billed", on="filing", watches=("state",))
def bill_return(*, actor: Actor, filing: TaxReturn, at: datetime) -> TaxReturn:
    """A bill was made for a return."""
    turn(filing, RETURN, "bill", actor=actor)
    return filing


@action(right=SYSTEM, event="tax.return.paid", on="filing", watches=("state",), keeps=("on",))
def settle_return(
    *, actor: Actor, filing: TaxReturn, on: date, penalty: int = 0, channel: str = "", at: datetime
) -> TaxReturn:
    """The bill of a return was settled; the province's surcharge in it is not the regency's (R8)."""
    turn(filing, RETURN, "pay", actor=actor, paid_on=on)
    corrected = filing.corrects is not None
    other = 0 if corrected else filing.surcharge
    tax = filing.shortage if corrected else filing.tax
    note(
        filing,
        Paid(on, channel, penalty + filing.interest + filing.fine),
        tax=filing.object.tax_type,
        year=int(filing.period[:4]),
        amount=tax,
        passed_on=other,
        at=at,
    )
    return filing


@action(right=SYSTEM, event="tax.transfer.paid", on="transfer", watches=("case.state",), keeps=("ntpd", "on"))
def settle_transfer(
    *,
    actor: Actor,
    transfer: Transfer,
    ntpd: str,
    on: date,
    penalty: int = 0,
    channel: str = "",
    at: datetime,
) -> Transfer:
    """The duty, or what was short of it, was paid: research begins. A shortage is noted with its own letter."""
    if transfer.case.state == TransferState.UNDERPAID:
        move(transfer, TRANSFER, "make_up", actor=actor, at=at)
        return transfer
    move(transfer, TRANSFER, "pay", actor=actor, at=at)
    move(transfer, TRANSFER, "begin_research", actor=actor, at=at)
    note(
        transfer,
        Paid(on, channel, penalty),
        tax=TaxType.TRANSFER,
        year=on.year,
        amount=transfer.duty,
        at=at,
    )
    transfer.ntpd = ntpd
    transfer.save(update_fields=["ntpd"])
    return transfer
