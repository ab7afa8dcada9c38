"""Somebody tries to register with a NIK that is known: its owner hears of it, whoever asked does not (R4)."""

from datetime import datetime, timedelta

from sekata.kernel.notify import actions as notify
from sekata.kernel.people import actions, vault
from sekata.kernel.people import queries as people
from sekata.lib.numbers.nik import Nik

SCOPE = "recovery"
PAUSE = timedelta(days=1)


def tell_owner(nik: Nik, at: datetime) -> None:
    """One message a day at most, to the phone that the owner gave; nothing when there is none."""
    owner = people.person_by_nik(nik.value)
    phone = vault.use(owner.vault).get("phone") if owner and owner.vault else None
    if not phone or people.failures(SCOPE, str(owner.pk), PAUSE, at):
        return
    actions.note_failure(SCOPE, str(owner.pk), at)
    notify.send(
        template="people.recovery",
        facts={},
        at=at,
        channel="sms",
        secret=vault.put({"phone": phone}, at),
        language=owner.language,
        forget=True,
    )
