"""A small world to try the house's own pages in: two offices, their people, cases of a workflow."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from sekata.kernel.cases.models import NEVER, Case, Timer
from sekata.kernel.people import queries as people
from sekata.kernel.people import vault
from sekata.kernel.people.models import Account, Employee, Identifier, Person, RoleGrant
from sekata.kernel.reference import actions as reference
from sekata.kernel.reference import queries as reference_read
from sekata.kernel.units.models import Area, Unit
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.site.registry import REGISTRY

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
DAY = date(2020, 1, 1)
BACKEND = "sekata.kernel.people.signin.Backend"
NIK = "1405025208900003"


def person(name: str, *roles: tuple[str, Unit], number: str = "") -> SimpleNamespace:
    """An officer with roles in units, an account and (optionally) a number."""
    one = Person.objects.create(full_name=name.upper(), created_at=NOW)
    account = Account.objects.create(person=one, username=name.lower().replace(" ", "."))
    if number:
        Employee.objects.create(person=one, number=number, kind="pns")
    for role, unit in roles:
        RoleGrant.objects.create(
            person=one, role=role, unit=unit, starts=DAY, ends=date(2027, 6, 30), reason="test"
        )
    return SimpleNamespace(person=one, account=account, name=one.full_name)


def actor(who: SimpleNamespace) -> Actor:
    return people.actor(who.person, REGISTRY.roles)


def sign_in(who: SimpleNamespace) -> Client:
    """A browser in which that person is signed in."""
    client = Client()
    client.force_login(who.account, backend=BACKEND)
    return client


def citizen() -> SimpleNamespace:
    """Somebody with a NIK in the vault and no role."""
    who = person("Nurlela")
    who.person.vault = vault.put({"nik": NIK}, NOW)
    who.person.save()
    Identifier.objects.create(person=who.person, kind="nik", lookup=vault.lookup("nik", NIK), source="self")
    return who


@pytest.fixture
def at_ten():
    """Ten in the morning in Pangkalan Kerinci, a Tuesday."""
    with clock.frozen(NOW):
        yield


@pytest.fixture
def office(db, at_ten) -> SimpleNamespace:
    """Two offices with their people, areas and the law of the seeds."""
    Area.objects.create(code="14.05", level="regency", name="Pelalawan", valid_from=DAY)
    Area.objects.create(code="14.05.05", level="district", name="Langgam", parent_id="14.05", valid_from=DAY)
    Area.objects.create(
        code="14.05.05.2003", level="village", name="Segati", parent_id="14.05.05", valid_from=DAY
    )
    home = Unit.objects.create(code="kab", name="Kabupaten Pelalawan", kind="regency", active_from=DAY)
    dlh, other = (
        Unit.objects.create(code=code, name=name, kind="office", parent=home, active_from=DAY)
        for code, name in (("dlh", "Dinas Lingkungan Hidup"), ("bpbd", "BPBD"))
    )
    desk = Unit.objects.create(
        code="dlh.penaatan", name="Bidang Penaatan", kind="bureau", parent=dlh, active_from=DAY
    )
    reference.sow(REGISTRY.tables.values(), datetime(2020, 1, 1, tzinfo=UTC))
    reference_read.forget()
    return SimpleNamespace(
        home=home,
        dlh=dlh,
        desk=desk,
        other=other,
        rosmaini=person("Rosmaini", ("complaints_reviewer", desk), number="199008122015032001"),
        hendri=person("Hendri Saputra", ("complaints_inspector", desk), number="198502022010011001"),
        stranger=person("Raja Indra", ("complaints_reviewer", other), number="198801012012011001"),
        regent=person("Azwir Hamzah", ("regent", home)),
        admin=person("Ratna Juwita", ("unit_admin", dlh), ("complaints_reviewer", dlh)),
        clerk=person("Mega Puspita", ("personnel_officer", home)),
        chief=person("Darwis Tanjung", ("personnel_head", home)),
        keeper=person("Fitri Handayani", ("rule_keeper", home)),
        approver=person("Elvi Damanik", ("rule_approver", home)),
        auditor=person("Maria Sitorus", ("auditor", home)),
        helper=person("Syafrinaldi", ("assisted_clerk", desk)),
    )


@pytest.fixture
def make_case(office) -> Callable[..., Case]:
    """A case with its total clock; say what differs. due_in: hours from now, None for none."""

    def make(due_in: float | None = 240, **given: object) -> Case:
        count = Case.objects.count() + 1
        due = NEVER if due_in is None else NOW + timedelta(hours=due_in)
        usual: dict[str, object] = {
            "workflow": "complaints",
            "number": f"PLH-1405-2026-{count:06}",
            "title": f"Air Sungai Segati hitam {count}",
            "state": "under_review",
            "unit": office.desk,
            "holder": office.rosmaini.person,
            "area": "14.05.05.2003",
            "received_at": NOW - timedelta(days=10),
            "due_at": due,
            "due_clock": "total" if due_in is not None else "",
        }
        case = Case.objects.create(**(usual | given))
        Timer.objects.create(
            case=case,
            code="total",
            amount=30,
            unit="workdays",
            since=case.received_at,
            due_at=due,
            stopped_at=case.closed_at,
        )
        return case

    return make
