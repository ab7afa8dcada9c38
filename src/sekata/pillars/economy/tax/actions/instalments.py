"""Paying by instalments: asking, approving a schedule, its parts, a broken one (R13)."""

from datetime import date, datetime
from uuid import UUID

from sekata.kernel.journal.actions import action
from sekata.lib import clock
from sekata.lib.actor import Actor, system
from sekata.lib.result import Refused, insist
from sekata.pillars.economy.tax import rules
from sekata.pillars.economy.tax.actions.billing import ready
from sekata.pillars.economy.tax.actions.requests import Opening, move, once_only, open_case
from sekata.pillars.economy.tax.codes import PAYABLE, InstalmentState
from sekata.pillars.economy.tax.models import Assessment, InstalmentPart, InstalmentPlan
from sekata.pillars.economy.tax.queries.law import Law, law
from sekata.pillars.economy.tax.rights import HEAD, MINE, REGISTER, SYSTEM
from sekata.pillars.economy.tax.rules import instalment
from sekata.pillars.economy.tax.workflow import INSTALMENT

STATE = ("case.state",)


def apply_for_instalments(
    *,
    actor: Actor,
    assessment: Assessment,
    submission: UUID,
    grounds: str,
    parts: int,
    at: datetime | None = None,
) -> InstalmentPlan:
    """Ask to pay in parts; the same submission again is the same request."""
    given = {"assessment": assessment, "submission": submission, "grounds": grounds, "parts": parts}
    return once_only(InstalmentPlan, _apply, actor=actor, at=at or clock.now(), **given)


@action(right=MINE | REGISTER, event="tax.instalment.applied", on="assessment", keeps=("parts",))
def _apply(
    *, actor: Actor, assessment: Assessment, submission: UUID, grounds: str, parts: int, at: datetime
) -> InstalmentPlan:
    insist(rules.text_reasons(grounds, "grounds"))
    if assessment.state not in PAYABLE:
        raise Refused.because("state", "Ketetapan ini tidak dapat diangsur.", status=409)
    principal = assessment.total - assessment.paid
    insist(instalment.schedule_reasons(principal, parts, law(at).figure("instalment.months")))
    plan = InstalmentPlan(
        submission=submission,
        assessment=assessment,
        taxpayer=assessment.taxpayer,
        grounds=grounds.strip(),
        principal=principal,
        parts_wanted=parts,
    )
    opening = Opening(f"Angsuran {assessment.number}", "ANG", submission, [assessment.pk, parts])
    open_case(actor=actor, workflow=INSTALMENT, subject=plan, opening=opening, at=at)
    return plan


@action(right=HEAD, event="tax.instalment.approved", on="plan", watches=STATE, keeps=("first_due", "parts"))
def approve_plan(
    *, actor: Actor, plan: InstalmentPlan, first_due: date, parts: int, at: datetime
) -> list[InstalmentPart]:
    """Approve a schedule and let it run: each part gets a bill of its own."""
    rulebook, began = law(at), at.astimezone(clock.WIB).date()
    if first_due <= began:
        raise Refused.because("first_due", "Angsuran pertama jatuh tempo sesudah hari ini.", "first_due")
    insist(instalment.schedule_reasons(plan.principal, parts, rulebook.figure("instalment.months")))
    move(plan, INSTALMENT, "approve", actor=actor, at=at)
    plan.rate, plan.began = rulebook.percentage("instalment.rate"), began
    plan.save(update_fields=["rate", "began"])
    schedule = instalment.schedule(plan.principal, parts, first_due, plan.rate, rulebook.rounding)
    made = InstalmentPart.objects.bulk_create(
        InstalmentPart(
            plan=plan, number=part.number, due_on=part.due, principal=part.principal, interest=part.interest
        )
        for part in schedule
    )
    for part in made:
        ready(plan.assessment, actor=actor, amount=part.total, due_on=part.due_on, at=at)
    move(plan, INSTALMENT, "begin", actor=system("tax.instalment"), at=at)
    return made


@action(right=HEAD, event="tax.instalment.refused", on="plan", watches=STATE, keeps=("reason",))
def refuse_plan(*, actor: Actor, plan: InstalmentPlan, reason: str, at: datetime) -> InstalmentPlan:
    """Refuse instalments with a reason."""
    move(plan, INSTALMENT, "refuse", actor=actor, at=at, reason=reason)
    return plan


@action(right=SYSTEM, event="tax.instalment.part_paid", on="plan", watches=STATE, keeps=("number", "on"))
def settle_part(*, actor: Actor, plan: InstalmentPlan, number: int, on: date, at: datetime) -> InstalmentPlan:
    """A part's bill was settled; with the last one the plan is completed."""
    part = plan.parts.select_for_update().get(number=number)
    if part.paid_on is not None:
        raise Refused.because("already_paid", "Angsuran ini sudah dibayar.", status=409)
    part.paid_on = on
    part.save(update_fields=["paid_on"])
    if not plan.parts.filter(paid_on=None).exists():
        move(plan, INSTALMENT, "finish", actor=actor, at=at)
    return plan


def break_overdue(**_: object) -> int:
    """Nightly job: schedules with a part too late are broken; returns how many."""
    at = clock.now()
    today, rulebook, broken = at.astimezone(clock.WIB).date(), law(at), 0
    running = InstalmentPlan.objects.select_related("case__unit", "assessment")
    late = running.filter(
        case__state=InstalmentState.RUNNING, parts__paid_on=None, parts__due_on__lt=today
    ).distinct()
    for plan in late:
        first = plan.parts.filter(paid_on=None).order_by("number").first()
        if instalment.is_broken(first.due_on, today, rulebook.figure("instalment.grace")):
            break_plan(actor=system("tax.instalment"), plan=plan, rulebook=rulebook, at=at)
            broken += 1
    return broken


@action(right=SYSTEM, event="tax.instalment.broken", on="plan", watches=(*STATE, "balance"))
def break_plan(*, actor: Actor, plan: InstalmentPlan, rulebook: Law, at: datetime) -> InstalmentPlan:
    """One part was too late: the whole balance is due at once."""
    today = at.astimezone(clock.WIB).date()
    move(plan, INSTALMENT, "break", actor=actor, at=at)
    rows = list(plan.parts.order_by("number"))
    parts = [instalment.Instalment(row.number, row.due_on, row.principal, row.interest) for row in rows]
    paid = sum(row.paid_on is not None for row in rows)
    balance = instalment.broken_balance(parts, paid, plan.began, today, plan.rate, rulebook.rounding)
    plan.broken_on, plan.balance = today, balance.total
    plan.save(update_fields=["broken_on", "balance"])
    ready(plan.assessment, actor=actor, amount=balance.total, due_on=today, at=at)
    return plan
