"""Moving a record along its workflow: right, state, guard, one row, as the kernel does it for cases."""

from collections.abc import Mapping

from django.db.models import Model

from sekata.kernel.filters import require
from sekata.lib.actor import Actor
from sekata.lib.result import Refused, insist
from sekata.lib.workflow import Workflow


def turn(
    record: Model,
    workflow: Workflow,
    name: str,
    *,
    actor: Actor,
    given: Mapping[str, object] | None = None,
    **changes: object,
) -> None:
    """Take `record` along the transition `name`; changes: further columns that move with its state.

    Refuses without the right (403), from another state or when somebody else moved it meanwhile (409), and when the
    guard has reasons (422). Its history is the journal event of the action around it.
    """
    edge = workflow.transition(name)
    require(edge.by, actor, record)
    if not edge.from_state(record.state):
        label = workflow.state(record.state).label
        raise Refused.because("state", f"Tidak dapat dilakukan pada keadaan “{label}”.", status=409)
    insist(edge.guard(record, **(given or {})))
    changes["state"] = str(edge.target or record.state)
    rows = type(record).objects.filter(pk=record.pk, state=record.state)
    if rows.update(**changes) != 1:
        raise Refused.because("moved", "Data ini baru saja diubah orang lain. Muat ulang.", status=409)
    for column, value in changes.items():
        setattr(record, column, value)
