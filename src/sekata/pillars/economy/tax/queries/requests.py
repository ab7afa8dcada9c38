"""Finding a request of any kind by the number of its case."""

from django.db.models import Model

from sekata.kernel.cases import queries as cases
from sekata.kernel.filters import visible
from sekata.lib.actor import Actor
from sekata.lib.workflow import Transition, Workflow
from sekata.pillars.economy.tax.models import (
    InstalmentPlan,
    Objection,
    Refund,
    Registration,
    Relief,
    Spop,
    Transfer,
)
from sekata.pillars.economy.tax.rights import MINE, NOTARY, OWN, SEE
from sekata.pillars.economy.tax.workflow import (
    INSTALMENT,
    OBJECTION,
    REFUND,
    REGISTRATION,
    RELIEF,
    SPOP,
    TRANSFER,
)

KINDS: dict[str, tuple[Workflow, type[Model]]] = {
    flow.code: (flow, model)
    for flow, model in (
        (REGISTRATION, Registration),
        (SPOP, Spop),
        (TRANSFER, Transfer),
        (OBJECTION, Objection),
        (RELIEF, Relief),
        (INSTALMENT, InstalmentPlan),
        (REFUND, Refund),
    )
}


ALSO = {Registration: OWN, Transfer: NOTARY}
"""Who sees a request besides its applicant and the office; elsewhere the taxpayer and who acts for it."""


def request_of(actor: Actor, number: str) -> tuple[Workflow, Model] | None:
    """The request with that case number, if the actor may see it: the applicant, or the office."""
    case = cases.by_number(number)
    if case is None or case.workflow not in KINDS:
        return None
    workflow, model = KINDS[case.workflow]
    rows = model.objects.select_related("case__unit")
    found = visible(rows, OWN | SEE | ALSO.get(model, MINE), actor).filter(case=case).first()
    return (workflow, found) if found else None


def steps_open(actor: Actor, workflow: Workflow, subject: Model) -> list[Transition]:
    """What the actor may do with the request now."""
    edges = workflow.edges_from(subject.case.state)
    return [edge for edge in edges if not edge.automatic and edge.by.allows(actor, subject)]
