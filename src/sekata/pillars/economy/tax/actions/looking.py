"""Looking at tax data: misses of strangers are counted, an officer's look at somebody's object is an act."""

from datetime import date, datetime

from sekata.kernel.journal.actions import record
from sekata.kernel.people import actions as people
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.pillars.economy.tax.models import LandObject
from sekata.pillars.economy.tax.queries import clearance as reading
from sekata.pillars.economy.tax.queries.owing import MISSES

SHORTEST_PURPOSE = 5


def note_miss(source: str, at: datetime) -> None:
    """Remember that an address asked for a number that does not exist."""
    people.note_failure(MISSES, source, at)


def note_look(actor: Actor, land: LandObject, at: datetime) -> None:
    """An officer saw an object with its owner's name."""
    record("tax.object.seen", actor=actor, subject=land, at=at)


def clearance(*, number: str, purpose: str, actor: Actor, at: datetime) -> tuple[str, date]:
    """Offered to other rooms as `tax.clearance`: clear, not_clear or unknown for a NIK or NIB, and the day of it.

    No amounts; each question is kept with its purpose, which must be told (422).
    """
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        raise Refused.because("purpose", "Sebutkan untuk apa kejelasan pajak ini ditanyakan.", "purpose")
    found, day = reading.taxpayer_by_number(number), at.astimezone(clock.WIB).date()
    answer = reading.verdict(found, day)
    facts = {"answer": answer}
    record("tax.clearance.asked", actor=actor, subject=found, at=at, after=facts, purpose=purpose.strip())
    return answer, day
