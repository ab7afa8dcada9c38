"""A person's requests reach an officer: the act, and the message to whoever must answer."""

from datetime import datetime

from django.db import transaction

from sekata.kernel.notify import actions as notify
from sekata.kernel.people import actions
from sekata.kernel.people import queries as people
from sekata.kernel.people.models import Person, RightsRequest
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.lib.actor import Actor

ANSWERING = actions.RIGHTS_DESK.roles


@transaction.atomic
def ask(*, actor: Actor, person: Person, kind: str, details: str, at: datetime) -> RightsRequest:
    """Take a request in and tell those who answer it, in their boxes."""
    made = actions.request_right(actor=actor, person=person, kind=kind, details=details, at=at)
    notify.tell_many(
        template="people.rights",
        facts={"kind": made.get_kind_display(), "due": f"{made.due_at.astimezone(clock.WIB):%d-%m-%Y %H.%M}"},
        people=_answering(at) - {person.pk},
        at=at,
    )
    return made


@transaction.atomic
def close(*, actor: Actor, person: Person, erase: bool, at: datetime) -> None:
    """Close the account, with a request for erasure if the person wants one."""
    if erase:
        ask(actor=actor, person=person, kind="erase", details="", at=at)
    actions.close_account(actor=actor, person=person, at=at)


@transaction.atomic
def answer(*, actor: Actor, request: RightsRequest, state: str, answer: str, at: datetime) -> None:
    """Answer a request and tell the person in their box."""
    done = actions.answer_request(actor=actor, request=request, state=state, answer=answer, at=at)
    notify.tell_many(
        template="people.rights.answered",
        facts={"kind": done.get_kind_display(), "state": done.get_state_display()},
        people=[done.person_id],
        at=at,
    )


def _answering(at: datetime) -> set[int]:
    """Everybody who holds an answering role in the regency today."""
    on = at.astimezone(clock.WIB).date()
    found = units.active(on).filter(kind="regency").values_list("pk", flat=True)
    return {person for unit in found for role in ANSWERING for person in people.holders(role, unit, on)}
