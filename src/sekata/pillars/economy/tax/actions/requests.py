"""Opening and moving the cases of this room: the same few steps for every request."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Model

from sekata.kernel.cases import actions as cases
from sekata.kernel.documents import actions as documents
from sekata.kernel.journal.actions import Repeated, once
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.workflow import Workflow
from sekata.pillars.economy.tax.queries.law import law

UNIT = "bapenda"


@dataclass(frozen=True)
class Opening:
    """A request about to become a case. series: of its number (`PBB`); content: what makes a repetition the same."""

    title: str
    series: str
    submission: UUID
    content: object
    area: str = ""


def open_case(*, actor: Actor, workflow: Workflow, subject: Model, opening: Opening, at: datetime) -> None:
    """Open the case of `subject` and save both. The number comes last: it locks its series until the commit."""
    subject.case = cases.begin_case(
        actor=actor,
        workflow=workflow,
        opening=cases.Opening(
            title=opening.title,
            unit=units.by_code(UNIT).pk,
            applicant=actor.acting_for or actor.person,
            area=opening.area,
        ),
        subject=subject,
        terms=law(at).terms,
        at=at,
        words=cases.Words(says=workflow.state(workflow.initial).says),
    )
    key = f"{workflow.code}:{opening.submission}"
    once(key=key, content=opening.content, answer={"case": subject.case.pk}, at=at)
    subject.save(force_insert=True)
    year, number = at.astimezone(clock.WIB).year, documents.next_number(opening.series, at)
    cases.enter(subject.case, f"{opening.series}-{year}-{number:06d}")


def once_only(model: type[Model], act: Callable[..., Model], **given: object) -> Model:
    """Do an act that opens a case; its repetition gives the first one's record."""
    try:
        return act(**given)
    except Repeated as repeated:
        return model.objects.select_related("case__unit").get(pk=repeated.answer["case"])


def move(
    subject: Model,
    workflow: Workflow,
    name: str,
    *,
    actor: Actor,
    at: datetime,
    reason: str = "",
    given: Mapping[str, object] | None = None,
) -> None:
    """Take the case of `subject` along the transition `name` and tell its applicant the new state's sentence."""
    target = workflow.transition(name).target or subject.case.state
    cases.advance(
        actor=actor,
        workflow=workflow,
        case=subject.case,
        name=name,
        subject=subject,
        terms=law(subject.case.received_at).terms,
        at=at,
        words=cases.Words(reason=reason.strip(), says=workflow.state(target).says),
        given={"reason": reason} | dict(given or {}),
    )
