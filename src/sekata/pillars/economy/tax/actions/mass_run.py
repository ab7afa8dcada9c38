"""Running a mass assessment: chunk by chunk, each in its own transaction together with its mark of progress.

A run that is killed has done whole chunks only; the next one goes on after the last of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from sekata.kernel.journal.actions import record
from sekata.lib import clock
from sekata.lib.actor import system
from sekata.pillars.economy.tax.actions import books, mass_sql
from sekata.pillars.economy.tax.actions.turning import turn
from sekata.pillars.economy.tax.codes import BatchState, BuildingUse, LandKind, TaxType
from sekata.pillars.economy.tax.models import Assessment, MassBatch
from sekata.pillars.economy.tax.queries.law import law_of_year
from sekata.pillars.economy.tax.rules.ceilings import Bracket
from sekata.pillars.economy.tax.rules.landtax import LandTaxTerms, ValueClass, year_of_state
from sekata.pillars.economy.tax.workflow import BATCH

VALUE, COMPUTE, ISSUE, DONE = "value", "compute", "issue", ""
CHUNK = 5_000
SCALE = 10_000
"""Share and rate are percentages: their product is 10,000 times too large."""


@dataclass(frozen=True)
class Plan:
    """What one run computes with."""

    terms: LandTaxTerms
    land_classes: tuple[ValueClass, ...]
    building_classes: tuple[ValueClass, ...]


def plan_of(tax_year: int) -> Plan:
    """The plan by the law of a tax year."""
    rulebook = law_of_year(tax_year)
    return Plan(rulebook.land, rulebook.value_classes("land"), rulebook.value_classes("building"))


def run(batch: int, *, chunk: int = CHUNK, plan: Plan | None = None, **_: object) -> int:
    """Job: do all steps that are still to be done; returns how many chunks it took.

    Two runs of one batch wait for each other at every chunk and share the work.
    """
    chunks = 0
    while _advance(batch, chunk, plan):
        chunks += 1
    return chunks


@transaction.atomic
def _advance(batch: int, chunk: int, plan: Plan | None) -> bool:
    """Do the next chunk of the present step, or end the step; False when nothing is left."""
    row = MassBatch.objects.select_for_update().get(pk=batch)
    if row.step == DONE:
        return False
    upto, seen = _next(row.cursor, chunk)
    if upto is None:
        _end_step(row)
        return True
    STEPS[row.step](row, upto, plan or plan_of(row.tax_year))
    row.cursor, row.done = upto, row.done + seen
    row.save(update_fields=["cursor", "done"])
    return True


def _next(after: int, chunk: int) -> tuple[int | None, int]:
    with connection.cursor() as cursor:
        cursor.execute(mass_sql.NEXT, {"after": after, "chunk": chunk})
        return cursor.fetchone()


def _end_step(row: MassBatch) -> None:
    """A step is over: computing follows valuing; a simulation that is done waits for approval."""
    ended, row.cursor, row.done = row.step, 0, 0
    row.step = COMPUTE if ended == VALUE else DONE
    if ended == COMPUTE and row.state == BatchState.ISSUED:
        row.step = ISSUE
    row.save(update_fields=["step", "cursor", "done"])
    actor, at = system("tax.mass"), clock.now()
    if ended == COMPUTE and row.state == BatchState.SNAPSHOT:
        turn(row, BATCH, "simulate", actor=actor, over_cap=_over_cap(row))
        record("tax.batch.simulated", actor=actor, subject=row, at=at, after={"over_cap": row.over_cap})
    if ended == ISSUE:
        count = row.assessments.count()
        record("tax.batch.issue_ended", actor=actor, subject=row, at=at, after={"letters": count})


def _over_cap(row: MassBatch) -> int:
    with connection.cursor() as cursor:
        cursor.execute(mass_sql.OVER_CAP, {"batch": row.pk, "cap": row.rise_cap})
        return cursor.fetchone()[0]


def value(row: MassBatch, upto: int, plan: Plan) -> None:
    """R2 and R4: the value of each object by its version of 1 January."""
    given = {
        "day": year_of_state(row.tax_year),
        "public": LandKind.PUBLIC.value,
        "untaxed_building": BuildingUse.UNTAXED.value,
        **_classes("land", plan.land_classes),
        **_classes("building", plan.building_classes),
    }
    _execute(mass_sql.VALUE, row, upto, given)


def compute(row: MassBatch, upto: int, plan: Plan) -> None:
    """R2 and R3: deduction, share, rate and tax of each line that has none yet, beside the year before's."""
    terms = plan.terms
    given = {
        "exemption": terms.exemption,
        "minimum": terms.minimum,
        "unit": terms.rounding.unit,
        "divisor": SCALE * terms.rounding.unit,
        **_brackets("shares", terms.shares),
        **_brackets("tariffs", terms.tariffs),
    }
    _execute(mass_sql.COMPUTE.replace("{rounded}", mass_sql.ROUNDED[terms.rounding.mode]), row, upto, given)


def issue(row: MassBatch, upto: int, plan: Plan) -> None:
    """A letter for each line whose object has none for the year, and its entry in the regency's book (R22)."""
    issued_on = row.issued_at.astimezone(clock.WIB).date()
    given = {
        "tax_type": TaxType.LAND.value,
        "issued_on": issued_on,
        "due_on": row.due_on,
        "approved_by": row.approved_by,
    }
    _execute(mass_sql.ISSUE, row, upto, given)
    made = Assessment.objects.filter(
        batch=row, land_id__gt=row.cursor, land_id__lte=upto, tax_year=row.tax_year
    )
    letters = made.filter(principal__gt=0, issue=0, issued_on=issued_on).values_list("number", "principal")
    books.recognise_land(letters, day=issued_on, at=row.issued_at)


STEPS: dict[str, Callable[[MassBatch, int, Plan], None]] = {VALUE: value, COMPUTE: compute, ISSUE: issue}


def _execute(sql: str, row: MassBatch, upto: int, given: dict[str, object]) -> None:
    where: dict[str, int | date] = {"batch": row.pk, "year": row.tax_year, "after": row.cursor, "upto": upto}
    with connection.cursor() as cursor:
        cursor.execute(sql, where | given)


def _classes(kind: str, classes: tuple[ValueClass, ...]) -> dict[str, object]:
    return {
        f"{kind}_lowers": [one.low for one in classes],
        f"{kind}_values": [one.value for one in classes],
        f"{kind}_top": classes[-1].high if classes else 2**31,
    }


def _brackets(name: str, brackets: tuple[Bracket, ...]) -> dict[str, object]:
    return {
        f"{name}_use": [bracket.sub_class for bracket in brackets],
        f"{name}_low": [bracket.low for bracket in brackets],
        f"{name}_high": [bracket.high for bracket in brackets],
        f"{name}_rate": [bracket.rate for bracket in brackets],
    }
