"""Refunds (SKPDLB): asking, deciding, setting arrears off, paying out (R16)."""

from datetime import date, datetime
from uuid import UUID

from sekata.kernel.journal.actions import action
from sekata.lib import clock
from sekata.lib.actor import Actor, system
from sekata.lib.result import Refused, insist
from sekata.pillars.economy.tax import rules
from sekata.pillars.economy.tax.actions import books
from sekata.pillars.economy.tax.actions.assessing import new_number
from sekata.pillars.economy.tax.actions.billing import Paid, note, settle_assessment
from sekata.pillars.economy.tax.actions.requests import Opening, move, once_only, open_case
from sekata.pillars.economy.tax.codes import AssessmentKind, AssessmentState
from sekata.pillars.economy.tax.models import Assessment, Refund
from sekata.pillars.economy.tax.queries.law import law
from sekata.pillars.economy.tax.rights import HEAD, MINE, REGISTER, TREASURY
from sekata.pillars.economy.tax.rules import refund as refund_rule
from sekata.pillars.economy.tax.rules.amounts import number
from sekata.pillars.economy.tax.workflow import REFUND

STATE = ("case.state",)
ARREARS = (AssessmentState.DUE, AssessmentState.PARTLY_PAID)


def _today(at: datetime) -> date:
    return at.astimezone(clock.WIB).date()


def apply_for_refund(
    *,
    actor: Actor,
    assessment: Assessment,
    submission: UUID,
    grounds: str,
    asked: int,
    at: datetime | None = None,
) -> Refund:
    """Ask for money back; the same submission again is the same request."""
    given = {"assessment": assessment, "submission": submission, "grounds": grounds, "asked": asked}
    return once_only(Refund, _apply_for_refund, actor=actor, at=at or clock.now(), **given)


@action(right=MINE | REGISTER, event="tax.refund.applied", on="assessment", keeps=("asked",))
def _apply_for_refund(
    *, actor: Actor, assessment: Assessment, submission: UUID, grounds: str, asked: int, at: datetime
) -> Refund:
    insist(rules.text_reasons(grounds, "grounds"))
    if not 0 < asked <= assessment.paid:
        raise Refused.because("asked", "Yang dikembalikan paling banyak yang sudah dibayar.", "asked")
    made = Refund(
        submission=submission,
        assessment=assessment,
        taxpayer=assessment.taxpayer,
        grounds=grounds.strip(),
        asked=asked,
    )
    opening = Opening(f"Pengembalian {assessment.number}", "PKB", submission, [assessment.pk, asked])
    open_case(actor=actor, workflow=REFUND, subject=made, opening=opening, at=at)
    return made


@action(right=HEAD, event="tax.refund.decided", on="refund", watches=STATE, keeps=("decided", "consents"))
def decide_refund(*, actor: Actor, refund: Refund, decided: int, consents: bool, at: datetime) -> Refund:
    """Grant a refund; arrears are settled first where the payer consents (R16)."""
    if not 0 < decided <= refund.asked:
        raise Refused.because("decided", "Yang dikabulkan paling banyak yang dimohon.", "decided")
    move(refund, REFUND, "decide", actor=actor, at=at)
    made = refund_rule.offset(decided, [one.total - one.paid for one in _arrears(refund)], consents=consents)
    refund.decided, refund.consents, refund.decided_on = decided, consents, _today(at)
    refund.offset = decided - made.paid_out
    refund.save(update_fields=["decided", "consents", "decided_on", "offset"])
    return refund


def _arrears(refund: Refund) -> list[Assessment]:
    """What the taxpayer owes past its day, oldest first."""
    rows = Assessment.objects.filter(taxpayer=refund.taxpayer, state__in=ARREARS)
    return list(rows.order_by("due_on", "pk"))


@action(right=HEAD, event="tax.refund.refused", on="refund", watches=STATE, keeps=("reason",))
def refuse_refund(*, actor: Actor, refund: Refund, reason: str, at: datetime) -> Refund:
    """Refuse a refund with a reason."""
    move(refund, REFUND, "refuse", actor=actor, at=at, reason=reason)
    return refund


@action(right=HEAD, event="tax.refund.issued", on="refund", watches=STATE)
def issue_refund(*, actor: Actor, refund: Refund, at: datetime) -> Assessment:
    """Issue the SKPDLB of a granted refund; with the payer's consent it settles arrears, oldest first (R16)."""
    move(refund, REFUND, "issue", actor=actor, at=at)
    books.grant_refund(refund, at=at)
    _set_off(refund, at)
    about = refund.assessment
    letter = Assessment.objects.create(
        number=new_number(AssessmentKind.SKPDLB, at),
        kind=AssessmentKind.SKPDLB,
        tax_type=about.tax_type,
        state=AssessmentState.ISSUED,
        taxpayer=refund.taxpayer,
        land=about.land,
        object=about.object,
        tax_year=about.tax_year,
        period=about.period,
        base=about.base,
        rate=about.rate,
        principal=0,
        issued_on=_today(at),
        facts={"refund": refund.decided, "offset": refund.offset},
        approved_by=actor.person,
    )
    refund.letter, refund.issued_on = letter, _today(at)
    refund.save(update_fields=["letter", "issued_on", "offset"])
    return letter


def _set_off(refund: Refund, at: datetime) -> None:
    """Settle arrears as they stand now; what was settled stays in `refund.offset`."""
    arrears = _arrears(refund)
    made = refund_rule.offset(
        refund.decided, [one.total - one.paid for one in arrears], consents=refund.consents
    )
    refund.offset = refund.decided - made.paid_out
    for letter, amount in zip(arrears, made.settled, strict=True):
        if amount:
            settle_assessment(
                actor=system("tax.refund"), assessment=letter, amount=amount, on=_today(at), at=at
            )
            books.set_off(refund, letter, amount, at=at)
            _went_back(refund, amount, _today(at), at)


def _went_back(refund: Refund, amount: int, on: date, at: datetime) -> None:
    """R23: what is given back is no receipt any more."""
    about = refund.assessment
    note(about, Paid(on), tax=about.tax_type, year=about.tax_year, amount=-amount, at=at)


@action(right=TREASURY, event="tax.refund.paid", on="refund", watches=STATE, keeps=("on",))
def pay_refund(*, actor: Actor, refund: Refund, on: date, at: datetime) -> Refund:
    """Record the day on which a refund was paid out; late, it earns the taxpayer interest (R16)."""
    move(refund, REFUND, "pay", actor=actor, at=at)
    limits = law(at).table("refund_limit")["refund"]
    applied = refund.case.received_at.astimezone(clock.WIB).date()
    last = refund_rule.refund_dates(applied, refund.decided_on, refund.issued_on, limits).pay
    refund.interest = refund_rule.refund_interest(
        refund.decided - refund.offset, last, on, number(limits["rate"]), limits["cap"], law(at).rounding
    )
    refund.paid_on = on
    refund.save(update_fields=["interest", "paid_on"])
    books.pay_out(refund, day=on, at=at)
    if refund.decided > refund.offset:
        _went_back(refund, refund.decided - refund.offset, on, at)
    return refund
