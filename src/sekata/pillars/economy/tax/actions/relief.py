"""Objection and reduction (R14)."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sekata.kernel.journal.actions import action
from sekata.lib import clock
from sekata.lib.actor import Actor, system
from sekata.lib.result import Refused, insist
from sekata.pillars.economy.tax import rules
from sekata.pillars.economy.tax.actions import books
from sekata.pillars.economy.tax.actions.billing import ready
from sekata.pillars.economy.tax.actions.requests import Opening, move, once_only, open_case
from sekata.pillars.economy.tax.actions.turning import turn
from sekata.pillars.economy.tax.codes import AssessmentState, ObjectionResult, ObjectionState
from sekata.pillars.economy.tax.models import Assessment, Objection, Relief
from sekata.pillars.economy.tax.queries.law import law
from sekata.pillars.economy.tax.rights import HEAD, MINE, OWN, REGISTER, SYSTEM
from sekata.pillars.economy.tax.rules import objection as rule
from sekata.pillars.economy.tax.rules.dates import add_months
from sekata.pillars.economy.tax.workflow import ASSESSMENT, OBJECTION, RELIEF

STATE = ("case.state",)
LOST = (ObjectionResult.REFUSED, ObjectionResult.PARTLY)


def _today(at: datetime) -> date:
    return at.astimezone(clock.WIB).date()


def object_to(
    *,
    actor: Actor,
    assessment: Assessment,
    submission: UUID,
    grounds: str,
    undisputed: int,
    at: datetime | None = None,
) -> Objection:
    """File an objection; the same submission again is the same one."""
    given = {"assessment": assessment, "submission": submission, "grounds": grounds, "undisputed": undisputed}
    return once_only(Objection, _object_to, actor=actor, at=at or clock.now(), **given)


@action(
    right=MINE | REGISTER,
    event="tax.objection.filed",
    on="assessment",
    watches=("state",),
    keeps=("undisputed",),
)
def _object_to(
    *, actor: Actor, assessment: Assessment, submission: UUID, grounds: str, undisputed: int, at: datetime
) -> Objection:
    """R14: in time after sending, the undisputed part paid; collection of it does not stop."""
    rulebook = law(at)
    insist(rules.text_reasons(grounds, "grounds"))
    insist(rule.undisputed_reasons(undisputed, assessment.total))
    sent = assessment.delivered_on or assessment.issued_on
    months = rulebook.figure("objection.months")
    insist(rule.objection_reasons(sent, _today(at), months, undisputed, assessment.paid))
    turn(assessment, ASSESSMENT, "object", actor=actor, undisputed=undisputed)
    made = Objection(
        submission=submission,
        assessment=assessment,
        taxpayer=assessment.taxpayer,
        filed_on=_today(at),
        grounds=grounds.strip(),
        undisputed=undisputed,
        paid_before=assessment.paid,
    )
    opening = Opening(f"Keberatan {assessment.number}", "KBR", submission, [assessment.pk, undisputed])
    open_case(actor=actor, workflow=OBJECTION, subject=made, opening=opening, at=at)
    return made


@action(right=REGISTER, event="tax.objection.completed", on="objection", watches=STATE)
def complete(*, actor: Actor, objection: Objection, at: datetime) -> Objection:
    """All papers are there."""
    move(objection, OBJECTION, "complete", actor=actor, at=at)
    return objection


@action(right=REGISTER, event="tax.objection.refused", on="objection", watches=STATE, keeps=("reason",))
def refuse_objection(*, actor: Actor, objection: Objection, reason: str, at: datetime) -> Objection:
    """Declare an objection inadmissible: the assessment stands."""
    move(objection, OBJECTION, "refuse", actor=actor, at=at, reason=reason)
    objection.decided_on, objection.result = _today(at), ObjectionResult.REFUSED
    objection.save(update_fields=["decided_on", "result"])
    turn(objection.assessment, ASSESSMENT, "uphold", actor=system("tax.objection"))
    return objection


@action(right=REGISTER, event="tax.objection.heard", on="objection", watches=STATE)
def hear(*, actor: Actor, objection: Objection, hearing: str, at: datetime) -> Objection:
    """Record what the taxpayer explained."""
    move(objection, OBJECTION, "hear", actor=actor, at=at, reason=hearing)
    objection.hearing, objection.heard_on = hearing.strip(), _today(at)
    objection.save(update_fields=["hearing", "heard_on"])
    return objection


@action(right=HEAD, event="tax.objection.decided", on="objection", watches=STATE, keeps=("result", "decided"))
def decide(
    *, actor: Actor, objection: Objection, result: ObjectionResult, decided: int, at: datetime
) -> Objection:
    """Decide an objection. A lost one costs its fine on what was not paid before (R14)."""
    given = {"result": result, "assessed": objection.assessment.total, "decided": decided}
    move(objection, OBJECTION, "decide", actor=actor, at=at, given=given)
    rate = law(at).percentage("objection.fine")
    fine = rule.lost_fine(decided, objection.paid_before, rate, law(at).rounding) if result in LOST else 0
    return _apply_decision(actor, objection, result, decided, fine, at)


def _apply_decision(
    actor: Actor, objection: Objection, result: ObjectionResult, decided: int, fine: int, at: datetime
) -> Objection:
    objection.result, objection.decided, objection.decided_on, objection.fine = (
        result,
        decided,
        _today(at),
        fine,
    )
    objection.save(update_fields=["result", "decided", "decided_on", "fine", "by_silence"])
    letter = objection.assessment
    less, more, before = (
        max(letter.total - decided, 0),
        max(decided - letter.total, 0),
        books.claim_of(letter),
    )
    name = "reduce" if less else "uphold"
    changes = {"credit": letter.credit + less, "increase": letter.increase + more, "fine": letter.fine + fine}
    turn(letter, ASSESSMENT, name, actor=actor, **changes)
    books.adjust(letter, before, event=objection.case.number, at=at)
    ready(letter, actor=actor, amount=letter.total - letter.paid, due_on=letter.due_on, at=at)
    return objection


def grant_silent(**_: object) -> int:
    """Daily job: objections nobody decided in twelve months count as granted (R14); returns how many."""
    at, granted = clock.now(), 0
    months = law(at).figure("objection.decide_months")
    last = add_months(_today(at), -months)
    rows = Objection.objects.select_related("case__unit", "assessment").filter(
        decided_on=None, filed_on__lte=last + timedelta(days=3)
    )
    for objection in rows:
        if rule.is_deemed_granted(objection.filed_on, _today(at), months):
            deem_granted(actor=system("tax.objection"), objection=objection, at=at)
            granted += 1
    return granted


@action(right=SYSTEM, event="tax.objection.deemed_granted", on="objection", watches=STATE)
def deem_granted(*, actor: Actor, objection: Objection, at: datetime) -> Objection:
    """Silence grants: only the undisputed part stays owed."""
    move(objection, OBJECTION, "deem_granted", actor=actor, at=at)
    objection.by_silence = True
    return _apply_decision(actor, objection, ObjectionResult.GRANTED, objection.undisputed, 0, at)


@action(right=OWN | REGISTER, event="tax.objection.appealed", on="objection", watches=STATE, keeps=("on",))
def appeal(*, actor: Actor, objection: Objection, on: date, at: datetime) -> Objection:
    """Record an appeal to the Tax Court, within its months after the decision."""
    if on > add_months(objection.decided_on, law(at).figure("appeal.months")):
        raise Refused.because("late", "Batas mengajukan banding sudah lewat.", "on")
    move(objection, OBJECTION, "appeal", actor=actor, at=at)
    objection.appealed_on = on
    objection.save(update_fields=["appealed_on"])
    return objection


@action(right=REGISTER, event="tax.objection.concluded", on="objection", watches=STATE, keeps=("verdict",))
def conclude(*, actor: Actor, objection: Objection, verdict: int, at: datetime) -> Objection:
    """Record the court's verdict in rupiah of tax and bring the assessment to it; a lost appeal costs its fine
    instead of the objection's (R14)."""
    move(objection, OBJECTION, "conclude", actor=actor, at=at)
    fine_before, fine = objection.fine, 0
    if verdict >= (objection.decided or 0):
        rate, rounding = law(at).percentage("appeal.fine"), law(at).rounding
        fine = rule.lost_fine(verdict, objection.paid_before, rate, rounding)
    objection.verdict, objection.fine = verdict, fine
    objection.save(update_fields=["verdict", "fine"])
    _apply_verdict(objection, verdict - objection.decided, fine - fine_before, at)
    return objection


def _apply_verdict(objection: Objection, tax: int, fine: int, at: datetime) -> None:
    """Change the assessment by how much the court differs from the decision; a paid one may be due again."""
    letter, actor = objection.assessment, system("tax.objection")
    before = books.claim_of(letter)
    changes = {
        "fine": letter.fine + fine,
        "credit": letter.credit - min(tax, 0),
        "increase": letter.increase + max(tax, 0),
    }
    owes = letter.total + tax + fine > letter.paid
    name = "reopen" if owes and letter.state == AssessmentState.PAID else "revise"
    turn(letter, ASSESSMENT, name, actor=actor, **changes)
    books.adjust(letter, before, event=f"{objection.case.number}:verdict", at=at)
    ready(letter, actor=actor, amount=letter.total - letter.paid, due_on=letter.due_on, at=at)


def close_unappealed(**_: object) -> int:
    """Nightly job: decided objections against which nobody appealed in the months of the law; how many it closed."""
    at, closed = clock.now(), 0
    last = add_months(_today(at), -law(at).figure("appeal.months"))
    rows = Objection.objects.select_related("case__unit", "assessment").filter(
        case__state=ObjectionState.DECIDED, decided_on__lt=last + timedelta(days=4)
    )
    for objection in rows:
        if _today(at) > add_months(objection.decided_on, law(at).figure("appeal.months")):
            close(actor=system("tax.objection"), objection=objection, at=at)
            closed += 1
    return closed


@action(right=SYSTEM, event="tax.objection.closed", on="objection", watches=STATE)
def close(*, actor: Actor, objection: Objection, at: datetime) -> Objection:
    """Nobody appealed in time."""
    move(objection, OBJECTION, "close", actor=actor, at=at)
    return objection


def apply_for_relief(
    *,
    actor: Actor,
    assessment: Assessment,
    submission: UUID,
    grounds: str,
    asked: int,
    at: datetime | None = None,
) -> Relief:
    """Ask for a reduction; the same submission again is the same request."""
    given = {"assessment": assessment, "submission": submission, "grounds": grounds, "asked": asked}
    return once_only(Relief, _apply_for_relief, actor=actor, at=at or clock.now(), **given)


@action(right=MINE | REGISTER, event="tax.relief.applied", on="assessment", keeps=("asked",))
def _apply_for_relief(
    *, actor: Actor, assessment: Assessment, submission: UUID, grounds: str, asked: int, at: datetime
) -> Relief:
    insist(rules.text_reasons(grounds, "grounds"))
    if not 0 < asked <= assessment.total - assessment.paid:
        raise Refused.because("asked", "Pengurangan harus antara nol dan sisa ketetapan.", "asked")
    made = Relief(
        submission=submission,
        assessment=assessment,
        taxpayer=assessment.taxpayer,
        grounds=grounds.strip(),
        asked=asked,
    )
    opening = Opening(f"Pengurangan {assessment.number}", "PGR", submission, [assessment.pk, asked])
    open_case(actor=actor, workflow=RELIEF, subject=made, opening=opening, at=at)
    return made


@action(right=HEAD, event="tax.relief.granted", on="relief", watches=STATE, keeps=("granted",))
def grant(*, actor: Actor, relief: Relief, granted: int, at: datetime) -> Relief:
    """Take rupiah off an assessment, at most what was asked for."""
    if not 0 < granted <= relief.asked:
        raise Refused.because("granted", "Yang dikabulkan paling banyak yang dimohon.", "granted")
    move(relief, RELIEF, "grant", actor=actor, at=at)
    relief.granted = granted
    relief.save(update_fields=["granted"])
    letter = relief.assessment
    before = books.claim_of(letter)
    turn(letter, ASSESSMENT, "reduce", actor=actor, credit=letter.credit + granted)
    books.adjust(letter, before, event=relief.case.number, at=at)
    ready(letter, actor=actor, amount=letter.total - letter.paid, due_on=letter.due_on, at=at)
    return relief


@action(right=HEAD, event="tax.relief.refused", on="relief", watches=STATE, keeps=("reason",))
def refuse_relief(*, actor: Actor, relief: Relief, reason: str, at: datetime) -> Relief:
    """Refuse a reduction with a reason."""
    move(relief, RELIEF, "refuse", actor=actor, at=at, reason=reason)
    return relief
