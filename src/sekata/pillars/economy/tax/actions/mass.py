"""The year's mass assessment of land: begin, simulate, approve, issue, issue what is missing (R2 to R4, R9)."""

from datetime import date, datetime

from sekata.kernel.jobs import defer
from sekata.kernel.journal.actions import action
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import Refused, insist
from sekata.pillars.economy.tax.actions import mass_run
from sekata.pillars.economy.tax.actions.turning import turn
from sekata.pillars.economy.tax.codes import BatchState
from sekata.pillars.economy.tax.models import LandObject, MassBatch
from sekata.pillars.economy.tax.queries.law import law_of_year
from sekata.pillars.economy.tax.rights import ASSESS, HEAD
from sekata.pillars.economy.tax.rules import due, landtax
from sekata.pillars.economy.tax.workflow import BATCH

STATE = ("state",)


@action(right=ASSESS, event="tax.batch.begun", keeps=("tax_year", "due_on"))
def begin_year(*, actor: Actor, tax_year: int, due_on: date, at: datetime) -> MassBatch:
    """Begin the assessment of a tax year: its snapshot and simulation run as a job. One batch a year."""
    if MassBatch.objects.filter(tax_year=tax_year).exclude(state=BatchState.ABANDONED).exists():
        raise Refused.because("year", f"Penetapan tahun {tax_year} sudah dimulai.", "tax_year", 409)
    plan = mass_run.plan_of(tax_year)
    for classes in (plan.land_classes, plan.building_classes):
        insist(landtax.class_reasons(classes))
    batch = MassBatch.objects.create(
        tax_year=tax_year,
        due_on=due_on,
        step=mass_run.VALUE,
        total=LandObject.objects.count(),
        law=landtax.terms_key(plan.terms),
        rise_cap=law_of_year(tax_year).figure("land.rise_cap"),
        begun_by=actor.person,
        begun_at=at,
    )
    defer("tax.mass", batch=batch.pk, lock="tax.mass")
    return batch


@action(right=ASSESS, event="tax.batch.recomputed", on="batch", watches=STATE)
def recompute(*, actor: Actor, batch: MassBatch, at: datetime) -> MassBatch:
    """Throw the simulation away and begin anew, after data or law were corrected."""
    batch.lines.all().delete()
    law = landtax.terms_key(mass_run.plan_of(batch.tax_year).terms)
    turn(
        batch,
        BATCH,
        "recompute",
        actor=actor,
        law=law,
        step=mass_run.VALUE,
        cursor=0,
        done=0,
        over_cap=0,
        total=LandObject.objects.count(),
    )
    defer("tax.mass", batch=batch.pk, lock="tax.mass")
    return batch


@action(right=HEAD, event="tax.batch.approved", on="batch", watches=STATE, keeps=("reason",))
def approve_batch(*, actor: Actor, batch: MassBatch, reason: str = "", at: datetime) -> MassBatch:
    """Approve a simulation. Rises over the cap stop it until the head signs a reason (R4)."""
    turn(
        batch,
        BATCH,
        "approve",
        actor=actor,
        given={"reason": reason, "first": batch.begun_by, "second": actor.person},
        reason=reason.strip(),
        approved_by=actor.person,
        approved_at=at,
    )
    return batch


@action(right=ASSESS, event="tax.batch.issued", on="batch", watches=STATE)
def issue_batch(*, actor: Actor, batch: MassBatch, at: datetime) -> MassBatch:
    """Issue the letters of an approved simulation, if the law is still that of the simulation (R9)."""
    _insist_on_due(batch, at)
    if landtax.terms_key(mass_run.plan_of(batch.tax_year).terms) != batch.law:
        raise Refused.because(
            "law_moved", "Ketentuan berubah sejak simulasi; hitung ulang dahulu.", status=409
        )
    turn(batch, BATCH, "issue", actor=actor, step=mass_run.ISSUE, cursor=0, done=0, issued_at=at)
    defer("tax.mass", batch=batch.pk, lock="tax.mass")
    return batch


def _insist_on_due(batch: MassBatch, at: datetime) -> None:
    sent = at.astimezone(clock.WIB).date()
    months = law_of_year(batch.tax_year).figure("land.due_months")
    insist(due.batch_due_reasons(batch.due_on, sent, months))


@action(right=ASSESS, event="tax.batch.reissued", on="batch")
def issue_missing(*, actor: Actor, batch: MassBatch, at: datetime) -> MassBatch:
    """Value, compute and issue what an issued batch has no letter for; what it has stays as it is."""
    if batch.step != mass_run.DONE:
        raise Refused.because("running", "Penerbitan masih berjalan.", status=409)
    _insist_on_due(batch, at)
    total = LandObject.objects.count()
    turn(
        batch, BATCH, "reissue", actor=actor, step=mass_run.VALUE, cursor=0, done=0, total=total, issued_at=at
    )
    defer("tax.mass", batch=batch.pk, lock="tax.mass")
    return batch


@action(right=ASSESS, event="tax.batch.abandoned", on="batch", watches=STATE, keeps=("reason",))
def abandon(*, actor: Actor, batch: MassBatch, reason: str, at: datetime) -> MassBatch:
    """Give a batch up before it is issued; another may be begun for the year."""
    given = {"reason": reason}
    turn(batch, BATCH, "abandon", actor=actor, given=given, reason=reason.strip(), step=mass_run.DONE)
    batch.lines.all().delete()
    return batch
