"""One-time codes: sent within limits, proved once, bound to purpose and number (R6)."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from sekata.kernel.journal.acts import action, record
from sekata.kernel.people import rules, tables, vault
from sekata.kernel.people.actions.persons import REGISTER
from sekata.kernel.people.models import Account, CodeGate, OneTimeCode
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import Refused

DIGITS = 6
DAY = timedelta(days=1)
KEPT = timedelta(days=2)


@dataclass(frozen=True)
class Issued:
    """A code on its way: the row, and the six digits that nobody but the receiver sees again."""

    row: OneTimeCode
    digits: str
    minutes: int


def limits(at: datetime) -> rules.CodeLimits:
    """The limits of the day of `at`."""
    return rules.CodeLimits(**tables.in_force(tables.CODES, at.astimezone(clock.WIB).date())["otp"].content)


@action(right=REGISTER, event="people.code.sent", keeps=("purpose",))
def send_code(*, actor: Actor, purpose: str, number: str, source: str, at: datetime) -> Issued:
    """Make a code for `number` (E.164). Refuses (429) by the limits, alike for known and unknown numbers.

    source: network address that asks. The caller hands the digits to the messenger in the same transaction.
    """
    hashed, asking = vault.lookup("phone", number), vault.lookup("source", source)
    CodeGate.objects.get_or_create(number=hashed)
    CodeGate.objects.select_for_update().get(number=hashed)
    bounds = limits(at)
    recent = OneTimeCode.objects.filter(sent_at__gt=at - DAY)
    sent = list(recent.filter(number=hashed).order_by("sent_at").values_list("sent_at", flat=True))
    reasons = tuple(rules.code_reasons(sent, recent.filter(source=asking).count(), at, bounds))
    if reasons:
        raise Refused(*reasons, status=429)
    OneTimeCode.objects.filter(number=hashed, purpose=purpose, used_at=None, expires_at__gt=at).update(
        expires_at=at
    )
    row = OneTimeCode(
        purpose=purpose,
        number=hashed,
        source=asking,
        sent_at=at,
        expires_at=at + timedelta(minutes=bounds.minutes),
    )
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    row.secret = _secret(row, digits)
    row.save()
    return Issued(row, digits, bounds.minutes)


PROVED, WRONG, SPENT = "proved", "wrong", "spent"


def prove_code(*, uuid: str, purpose: str, number: str, digits: str, at: datetime) -> str:
    """Whether these digits were sent to this number for this purpose: PROVED once, WRONG, or SPENT (over, used, tried
    too often). A wrong try is kept, so this is no act that could be undone.
    """
    row = OneTimeCode.objects.filter(uuid=uuid, purpose=purpose, number=vault.lookup("phone", number)).first()
    if row is None:
        return SPENT
    living = OneTimeCode.objects.filter(
        pk=row.pk, used_at=None, expires_at__gt=at, tries__lt=limits(at).tries
    )
    if not living.update(tries=F("tries") + 1):
        return SPENT
    if not hmac.compare_digest(row.secret, _secret(row, digits)):
        return WRONG if living.exists() else SPENT
    return PROVED if OneTimeCode.objects.filter(pk=row.pk, used_at=None).update(used_at=at) else SPENT


def _secret(row: OneTimeCode, digits: str) -> str:
    return vault.lookup("code", f"{row.uuid}:{row.purpose}:{row.number}:{digits}")


def prove_contact(*, actor: Actor, account: Account, at: datetime) -> None:
    """Note that the account's number was proved by a code; the first time is an event of its own."""
    if Account.objects.filter(pk=account.pk, contact_proved_at=None).update(contact_proved_at=at):
        account.contact_proved_at = at
        record("people.contact.proved", actor=actor, subject=account, at=at)


def sweep_codes(at: datetime) -> int:
    """Codes older than two days go; limits never look back further than one."""
    return OneTimeCode.objects.filter(sent_at__lt=at - KEPT).delete()[0]
