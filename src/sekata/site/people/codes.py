"""A phone number on its way to being proved, kept in the session between pages."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from sekata.kernel.notify import actions as notify
from sekata.kernel.people import actions as people
from sekata.kernel.people import vault
from sekata.lib import clock
from sekata.lib.numbers import phone as phones

SESSION = "number"
DEMO = "demo_code"
PROOF_LASTS = timedelta(minutes=15)


@dataclass(frozen=True)
class Number:
    """A number with the code that went to it. proved_at: ISO moment, empty until the code came back."""

    purpose: str
    phone: str
    channel: str
    code: str
    proved_at: str = ""

    @property
    def masked(self) -> str:
        return phones.mask(self.phone)

    @property
    def abroad(self) -> bool:
        return not phones.is_home(self.phone)

    def is_proved(self, at: datetime) -> bool:
        """Whether the proof is there and still fresh."""
        return bool(self.proved_at) and at - datetime.fromisoformat(self.proved_at) < PROOF_LASTS


@transaction.atomic
def send(request: HttpRequest, purpose: str, phone: str, channel: str) -> Number:
    """Send a code for `purpose` and remember the number; refused by the limits. Address and digits travel in a vault
    that is destroyed once the message is out; the demonstration, which sends nothing, shows the digits on the page.
    """
    at = clock.now()
    issued = people.send_code(
        actor=request.actor, purpose=purpose, number=phone, source=request.META.get("REMOTE_ADDR", ""), at=at
    )
    notify.send(
        template="people.code",
        facts={"minutes": issued.minutes},
        at=at,
        channel=channel,
        secret=vault.put({"phone": phone, "code": issued.digits}, at),
        language=request.LANGUAGE_CODE,
        forget=True,
    )
    number = Number(purpose, phone, channel, str(issued.row.uuid))
    keep(request, number)
    if settings.SEKATA.demo:
        request.session[DEMO] = issued.digits
    return number


def current(request: HttpRequest) -> Number | None:
    """The number of this session."""
    kept = request.session.get(SESSION)
    return Number(**kept) if isinstance(kept, Mapping) else None


def keep(request: HttpRequest, number: Number) -> None:
    """Remember it."""
    request.session[SESSION] = asdict(number)


def forget(request: HttpRequest) -> None:
    """Nothing of the number stays in the session."""
    request.session.pop(SESSION, None)
    request.session.pop(DEMO, None)


def prove(request: HttpRequest, number: Number, digits: str) -> str:
    """The outcome of a try (PROVED, WRONG, SPENT); a proved number is remembered as such."""
    at = clock.now()
    outcome = people.prove_code(
        uuid=number.code, purpose=number.purpose, number=number.phone, digits=digits, at=at
    )
    if outcome == people.PROVED:
        keep(request, replace(number, proved_at=at.isoformat()))
        request.session.pop(DEMO, None)
    return outcome
