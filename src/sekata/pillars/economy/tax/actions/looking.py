"""Looking at tax data: misses of strangers are counted, an officer's look at somebody's object is an act."""

from datetime import datetime

from sekata.kernel.journal.actions import record
from sekata.kernel.people import actions as people
from sekata.lib.actor import Actor
from sekata.pillars.economy.tax.models import LandObject
from sekata.pillars.economy.tax.queries.owing import MISSES


def note_miss(source: str, at: datetime) -> None:
    """Remember that an address asked for a number that does not exist."""
    people.note_failure(MISSES, source, at)


def note_look(actor: Actor, land: LandObject, at: datetime) -> None:
    """An officer saw an object with its owner's name."""
    record("tax.object.seen", actor=actor, subject=land, at=at)
