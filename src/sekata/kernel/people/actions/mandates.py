"""One citizen lets another act: given, accepted, revoked. Every later act names both."""

from collections.abc import Sequence
from datetime import date, datetime

from sekata.kernel.journal.acts import action
from sekata.kernel.people import rules, tables, vault
from sekata.kernel.people.actions.privacy import SELF, themself
from sekata.kernel.people.models import Account, Delegation, Person
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.numbers import phone as phones
from sekata.lib.result import Refused, insist
from sekata.lib.rights import signed_in

GIVER = themself("people.mandate.given", "pemberi kuasa", "giver_id")
RECEIVER = themself("people.mandate.held", "penerima kuasa", "receiver_id")
PARTY = GIVER | RECEIVER
ADDRESSED = signed_in("people.mandate.accept", "pemilik nomor yang dituju")


@action(right=SELF, event="people.mandate.given", on="person", keeps=("kind", "scope", "starts", "ends"))
def give_mandate(
    *,
    actor: Actor,
    person: Person,
    number: str,
    kind: str,
    scope: Sequence[str],
    evidence: str,
    starts: date,
    ends: date,
    at: datetime,
) -> Delegation:
    """Let the holder of a phone number act for `person` in the named systems. It counts once they have accepted.

    A mandate cannot be given on by whoever holds one: only the person themselves gives.
    """
    today = at.astimezone(clock.WIB).date()
    if not scope:
        raise Refused.because("scope", "Pilih paling sedikit satu layanan.", "scope")
    account = Account.objects.filter(person=person).first()
    if account and account.username == number:
        raise Refused.because("self", "Kuasa tidak dapat diberikan kepada diri sendiri.", "number")
    months = int(tables.in_force(tables.MANDATES, today)["citizen"]["months"])
    insist(rules.mandate_reasons(starts, ends, today, months))
    return Delegation.objects.create(
        giver=person,
        number=vault.lookup("phone", number),
        masked=phones.mask(number),
        kind=kind,
        scope=sorted(scope),
        evidence=evidence,
        starts=starts,
        ends=ends,
        made_at=at,
    )


@action(
    right=ADDRESSED, event="people.mandate.accepted", on="mandate", watches=("accepted_at", "receiver_id")
)
def accept_mandate(*, actor: Actor, mandate: Delegation, account: Account, at: datetime) -> Delegation:
    """Take on a mandate that was addressed to this account's proved number."""
    addressed = (
        account.person_id == actor.person
        and account.contact_proved_at is not None
        and vault.lookup("phone", account.username) == mandate.number
    )
    if not addressed or account.person_id == mandate.giver_id:
        raise Refused.because("addressed", "Kuasa ini tidak ditujukan kepada nomor Anda.", status=403)
    today = at.astimezone(clock.WIB).date()
    taken = Delegation.objects.filter(pk=mandate.pk, accepted_at=None, revoked_at=None, ends__gte=today)
    if not taken.update(receiver=account.person, accepted_at=at):
        raise Refused.because("over", "Kuasa ini tidak dapat diterima lagi.", status=409)
    mandate.refresh_from_db()
    return mandate


@action(right=PARTY, event="people.mandate.revoked", on="mandate", watches=("revoked_at",))
def revoke_mandate(*, actor: Actor, mandate: Delegation, at: datetime) -> Delegation:
    """End a mandate at once; giver and receiver may, at any time, and twice is once."""
    Delegation.objects.filter(pk=mandate.pk, revoked_at=None).update(revoked_at=at, revoked_by=actor.person)
    mandate.refresh_from_db()
    return mandate


@action(right=ADDRESSED, event="people.mandate.used", on="mandate")
def use_mandate(*, actor: Actor, mandate: Delegation, at: datetime) -> Delegation:
    """Begin to act for the giver; what follows names both."""
    today = at.astimezone(clock.WIB).date()
    if mandate.receiver_id != actor.person or not mandate.in_force(today):
        raise Refused.because("over", "Kuasa ini tidak berlaku.", status=403)
    return mandate
