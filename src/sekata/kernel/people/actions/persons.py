"""Persons come into being, and their level rises."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from sekata.kernel.journal.acts import action
from sekata.kernel.people import queries
from sekata.kernel.people.actions.assisted import ASSIST
from sekata.kernel.people.actions.births import new_person, plain_name
from sekata.kernel.people.models import Account, Person, Verification
from sekata.lib.actor import Actor
from sekata.lib.numbers.nik import Nik
from sekata.lib.result import Refused
from sekata.lib.rights import everyone

REGISTER = everyone("people.register", "siapa pun yang mendaftar sendiri")


@action(right=REGISTER, event="people.registered")
def register(
    *,
    actor: Actor,
    account: Account,
    full_name: str,
    nik: Nik | None = None,
    birth_date: date | None = None,
    at: datetime,
) -> Person:
    """Make a person for a new, unsaved account. A NIK already registered is refused without saying whose it is (R4).

    The account says whether its number was proved by a code (`contact_proved_at`); then the number is kept as the
    person's contact too.
    """
    phone = account.username if account.contact_proved_at else ""
    try:
        with transaction.atomic():
            person = new_person(full_name, nik, at, "self", birth_date=birth_date, phone=phone)
            account.person = person
            account.save()
    except IntegrityError as clash:
        raise Refused.because(
            "known",
            "Nomor ini tidak dapat didaftarkan. Kalau pernah mendaftar, pakai “lupa kata sandi” atau datang ke loket.",
            status=409,
        ) from clash
    return person


@action(right=ASSIST, event="people.verified", on="person", watches=("level",), keeps=("method",))
def verify(
    *, actor: Actor, person: Person, nik: Nik, full_name: str, method: str = "counter_ktp", at: datetime
) -> Person:
    """Lift a person to level 2: the identity card was shown and its number and name are those we hold."""
    known = queries.person_by_nik(nik.value)
    if known is None or known.pk != person.pk or plain_name(full_name) != plain_name(person.full_name):
        raise Refused.because(
            "mismatch", "NIK atau nama di KTP tidak sama dengan data kami.", "nik", status=409
        )
    Verification.objects.create(person=person, method=method, level=2, by=actor.person, at=at)
    person.level = max(person.level, 2)
    person.save(update_fields=["level"])
    return person
