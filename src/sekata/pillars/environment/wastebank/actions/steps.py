"""What every act of the room shares: moving a row along its table, taking numbers without gaps."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import F, Model

from sekata.kernel.cases import actions as cases
from sekata.kernel.filters import require
from sekata.kernel.notify import actions as notify
from sekata.kernel.people import queries as people
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import Refused, insist
from sekata.lib.workflow import Workflow
from sekata.pillars.environment.wastebank.models import WasteBank
from sekata.pillars.environment.wastebank.queries.law import law

TAKE = """
    INSERT INTO wastebank_series (bank_id, code, year, last) VALUES (%s, %s, %s, %s)
    ON CONFLICT (bank_id, code, year) DO UPDATE SET last = wastebank_series.last + excluded.last RETURNING last
"""


def take_numbers(bank: WasteBank, code: str, year: int, count: int) -> range:
    """The next `count` numbers of a bank's series; they are given back if the transaction fails."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [bank.pk, code, year, count])
        last = cursor.fetchone()[0]
    return range(last - count + 1, last + 1)


def move(
    row: Model,
    flow: Workflow,
    name: str,
    *,
    actor: Actor,
    bank: WasteBank,
    given: Mapping[str, object] | None = None,
    changes: Mapping[str, object] | None = None,
) -> None:
    """Take a row that is no case along the transition `name`: right, state, guard, version, in this order.

    Refuses without the right on the bank (403), from another state or when somebody else moved it meanwhile (409),
    and when the guard has reasons (422). changes: columns that move with it.
    """
    edge = flow.transition(name)
    require(edge.by, actor, bank)
    if not edge.from_state(row.state):
        label = flow.state(row.state).label
        raise Refused.because("state", f"Tidak dapat dilakukan pada keadaan “{label}”.", status=409)
    insist(edge.guard(row, **(given or {})))
    changed = {"state": edge.target, **(changes or {})}
    found = type(row).objects.filter(pk=row.pk, state=row.state, version=row.version)
    if found.update(**changed, version=F("version") + 1) != 1:
        raise Refused.because(
            "moved", "Baru saja diubah orang lain. Muat ulang, lalu periksa lagi.", status=409
        )
    for column, value in changed.items():
        setattr(row, column, value)
    row.version += 1


def tell_suspense(bank: WasteBank, materials: Sequence[str], at: datetime) -> None:
    """R9: a task for director and office, who close a large difference with its cause."""
    tell_staff(bank, "wastebank.suspense", {"bank": bank.name, "materials": ", ".join(materials)}, at)


def tell_staff(bank: WasteBank, template: str, facts: Mapping[str, object], at: datetime) -> None:
    """A message into the boxes of the bank's directors and of the office that watches."""
    day, unit = at.astimezone(clock.WIB).date(), bank.case.unit
    who = {*people.holders("wastebank_director", unit.pk, day)}
    if unit.parent_id:
        who |= {*people.holders("wastebank_registrar", unit.parent_id, day)}
    notify.tell_many(template=template, facts=facts, people=sorted(who), at=at)


def advance(
    subject: Model,
    flow: Workflow,
    name: str,
    *,
    actor: Actor,
    at: datetime,
    reason: str = "",
    says: str = "",
    given: Mapping[str, object] | None = None,
    changes: Mapping[str, object] | None = None,
) -> None:
    """Take a case along the transition `name` under the law of its receipt."""
    edge = flow.transition(name)
    cases.advance(
        actor=actor,
        workflow=flow,
        case=subject.case,
        name=name,
        subject=subject,
        terms=law(subject.case.received_at).terms,
        at=at,
        words=cases.Words(reason=reason, says=says or flow.state(edge.target).says),
        given=given,
        changes=changes,
    )
