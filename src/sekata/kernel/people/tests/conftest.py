"""A unit, the law of the seeds, and people of several kinds."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from sekata.kernel.people import actions
from sekata.kernel.people.models import Account, Person
from sekata.kernel.reference import actions as reference
from sekata.kernel.units.models import Unit
from sekata.lib.actor import NOBODY, PERSON, Actor, Holding
from sekata.lib.numbers import nik as niks
from sekata.site.registry import REGISTRY

AT = datetime(2026, 3, 2, 2, 15, tzinfo=UTC)
NIK = niks.parse("1405025208900003", today=date(2026, 3, 2))
PHONE = "+6281234567890"


@pytest.fixture
def law() -> None:
    """All tables, for tests that commit."""
    reference.sow(REGISTRY.tables.values(), AT)


@pytest.fixture
def house(db, law) -> Unit:
    """The regency with all tables."""
    return Unit.objects.create(
        code="kab", name="Kabupaten Pelalawan", kind="regency", active_from=date(2020, 1, 1)
    )


def citizen(name: str = "Nurlela", phone: str = PHONE, nik=NIK, proved: bool = True) -> SimpleNamespace:
    """Somebody who registered, as an actor."""
    account = Account(username=phone, contact_proved_at=AT if proved else None)
    person = actions.register(actor=NOBODY, account=account, full_name=name, nik=nik, at=AT)
    return SimpleNamespace(person=person, account=account, actor=Actor(kind=PERSON, person=person.pk))


def administrator(unit: Unit, name: str = "ADMIN") -> Actor:
    """An identity administrator."""
    person = Person.objects.create(full_name=name, created_at=AT)
    return Actor(
        kind=PERSON, person=person.pk, holdings=(Holding("administrator", unit.pk, frozenset({unit.pk})),)
    )
