"""Who acts in a request: in which capacity, and for whom."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.urls import Resolver404
from django.urls import resolve as resolve_path

from sekata.kernel.people.models import Delegation, Person
from sekata.kernel.people.queries.capacities import WEB, choose
from sekata.kernel.people.queries.mandates import mandate_used
from sekata.kernel.people.queries.offices import holdings, seats
from sekata.kernel.people.queries.persons import assisted_session, resolve
from sekata.lib import clock
from sekata.lib.actor import NOBODY, PERSON, Actor
from sekata.lib.manifest import Role

CAPACITY, MANDATE, ASSISTED = "capacity", "mandate", "assisted"
"""What the session remembers of a choice: a capacity's key, a delegation's id, an assisted session's id."""


def actor(
    person: Person, roles: Mapping[str, Role], *, via: str = WEB, acting_for: int | None = None
) -> Actor:
    """The person as an actor, with what today's roles permit."""
    return Actor(
        kind=PERSON,
        person=person.pk,
        name=person.full_name,
        holdings=holdings(person.pk, clock.today(), roles),
        acting_for=acting_for,
        via=via,
    )


def actor_for(request: HttpRequest, roles: Mapping[str, Role]) -> Actor:
    """Who acts in this request, in the capacity the session has chosen; `request.seats` keeps what may be chosen.

    An assisted session adds the citizen who is being served. A mandate adds its giver, but only in the rooms it
    names; there the receiver acts as a citizen, without roles of an office.
    """
    account = request.user
    if not account.is_authenticated or account.person_id is None:
        return NOBODY
    person = resolve(account.person)
    mandate = mandate_used(request.session.get(MANDATE), person.pk, clock.today())
    if mandate and _room(request) in mandate.scope:
        return _for_giver(person, mandate)
    serving = assisted_session(request.session.get(ASSISTED), person.pk)
    request.seats = seats(person.pk, clock.today(), roles)
    chosen, held = choose(request.seats, request.session.get(CAPACITY, ""), clock.today(), roles)
    return Actor(
        kind=PERSON,
        person=person.pk,
        name=person.full_name,
        holdings=held,
        acting_for=serving.citizen_id if serving else None,
        via=f"{WEB}/{chosen}" if chosen else WEB,
    )


def _for_giver(person: Person, mandate: Delegation) -> Actor:
    return Actor(
        kind=PERSON,
        person=person.pk,
        name=person.full_name,
        acting_for=mandate.giver_id,
        via=f"kuasa/{mandate.pk}"[:12],
    )


def _room(request: HttpRequest) -> str:
    """The system whose page is asked for: the name space of its addresses."""
    try:
        match = request.resolver_match or resolve_path(request.path_info)
    except Resolver404:
        return ""
    return match.app_names[0] if match.app_names else ""
