"""Ending an assisted session before its hour is over."""

from datetime import datetime

from sekata.kernel.journal.actions import action
from sekata.kernel.people.actions import ASSIST
from sekata.kernel.people.models import AssistedSession
from sekata.lib.actor import Actor
from sekata.lib.result import Refused


@action(right=ASSIST, event="people.assisted.ended", on="session", watches=("ends_at",))
def end_assisted(*, actor: Actor, session: AssistedSession, at: datetime) -> AssistedSession:
    """The clerk who began it ends it; from then on nothing can be done for that person."""
    if session.clerk_id != actor.person:
        raise Refused.because("clerk", "Hanya petugas yang memulainya yang dapat mengakhiri.", status=403)
    if session.ends_at > at:
        session.ends_at = at
        session.save(update_fields=["ends_at"])
    return session
