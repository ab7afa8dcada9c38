"""The one place where a person's row is made."""

from datetime import date, datetime

from sekata.kernel.people import vault
from sekata.kernel.people.models import Identifier, Person
from sekata.lib.numbers.nik import Nik


def new_person(
    full_name: str,
    nik: Nik | None,
    at: datetime,
    source: str,
    *,
    birth_date: date | None = None,
    phone: str = "",
) -> Person:
    """A person with what is known of them: NIK and phone in the vault, the NIK's keyed hash beside.

    birth_date: as the person states it; without one, as the NIK tells it.
    """
    secret = {"nik": nik.value if nik else "", "phone": phone}
    person = Person.objects.create(
        full_name=plain_name(full_name),
        sex=nik.sex if nik else "",
        birth_date=birth_date or (nik.birth_date if nik else None),
        level=1 if nik else 0,
        vault=vault.put(secret, at) if any(secret.values()) else None,
        created_at=at,
    )
    if nik:
        Identifier.objects.create(
            person=person, kind="nik", lookup=vault.lookup("nik", nik.value), source=source
        )
    return person


def plain_name(name: str) -> str:
    """The name as the register writes it: upper case, single spaces (R5)."""
    return " ".join(name.upper().split())
