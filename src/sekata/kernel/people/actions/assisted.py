"""Assisted service: a clerk acts for a person who is present."""

from datetime import datetime, timedelta

from sekata.kernel.journal.acts import action
from sekata.kernel.people import queries
from sekata.kernel.people.actions.births import new_person
from sekata.kernel.people.models import AssistedSession
from sekata.kernel.units.models import Unit
from sekata.lib.actor import Actor
from sekata.lib.numbers.nik import Nik
from sekata.lib.result import Refused
from sekata.lib.rights import role_anywhere

ASSIST = role_anywhere("people.assist", "petugas pendamping", "assisted_clerk")
SESSION_MINUTES = 60


@action(right=ASSIST, event="people.assisted.started", keeps=("service", "proof", "witness", "card_shown"))
def start_assisted(
    *,
    actor: Actor,
    full_name: str,
    nik: Nik,
    service: str,
    unit: Unit,
    proof: str,
    card_shown: bool,
    witness: int | None = None,
    at: datetime,
) -> AssistedSession:
    """Serve a present person for one service and at most 60 minutes. A witness is a second officer."""
    if proof == "witness" and witness in (None, actor.person):
        raise Refused.because("witness", "Saksi harus petugas lain.", "witness")
    citizen = queries.person_by_nik(nik.value) or new_person(full_name, nik, at, source="assisted")
    return AssistedSession.objects.create(
        clerk_id=actor.person,
        citizen=citizen,
        service=service,
        unit=unit,
        proof=proof,
        witness=witness,
        card_shown=card_shown,
        starts_at=at,
        ends_at=at + timedelta(minutes=SESSION_MINUTES),
    )


@action(right=ASSIST, event="people.assisted.ended", on="session", watches=("ends_at",))
def end_assisted(*, actor: Actor, session: AssistedSession, at: datetime) -> AssistedSession:
    """The clerk who began it ends it; from then on nothing can be done for that person."""
    if session.clerk_id != actor.person:
        raise Refused.because("clerk", "Hanya petugas yang memulainya yang dapat mengakhiri.", status=403)
    if session.ends_at > at:
        session.ends_at = at
        session.save(update_fields=["ends_at"])
    return session
