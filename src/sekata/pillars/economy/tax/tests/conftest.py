"""A tax office with one officer for each role, a taxpayer who signs in, the law of the seeds."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from sekata.kernel.people import queries as people
from sekata.kernel.people.models import Person, RoleGrant
from sekata.kernel.reference import actions as reference
from sekata.kernel.reference import queries as reference_read
from sekata.kernel.units.models import Area, CodeMap, Unit
from sekata.lib.actor import PERSON, Actor
from sekata.pillars.economy.tax.codes import TaxpayerKind
from sekata.pillars.economy.tax.models import Taxpayer
from sekata.site.registry import REGISTRY

NOW = datetime(2026, 2, 2, 3, 0, tzinfo=UTC)
VILLAGE, PBB_VILLAGE = "14.05.02.1008", "1405010001"
OFFICERS = {
    "registrar": "tax_registrar",
    "assessor": "tax_assessor",
    "validator": "tax_validator",
    "auditor": "tax_auditor",
    "audit_head": "tax_audit_head",
    "bailiff": "tax_bailiff",
    "treasurer": "tax_treasurer",
    "head": "tax_head",
    "collector": "tax_collector",
    "ppat": "tax_ppat",
    "regent": "regent",
}


def citizen(name: str) -> Actor:
    """A person without any role."""
    return Actor(kind=PERSON, person=Person.objects.create(full_name=name, created_at=NOW).pk)


def officer(name: str, role: str, unit: Unit) -> Actor:
    """A person who holds a role."""
    person = Person.objects.create(full_name=name.upper(), created_at=NOW)
    RoleGrant.objects.create(
        person=person, role=role, unit=unit, starts=date(2020, 1, 1), ends=date(2030, 1, 1), reason="test"
    )
    return people.actor(person, REGISTRY.roles)


def taxpayer(serial: int = 1, person: int | None = None, name: str = "RINA MARLINA") -> Taxpayer:
    """A registered taxpayer."""
    return Taxpayer.objects.create(
        npwpd=f"P.1.{serial:07d}.02.07",
        kind=TaxpayerKind.PERSON,
        name=name,
        person_id=person,
        village_code=VILLAGE,
        registered_at=NOW,
    )


def sow_law() -> None:
    """The first rows of all tables."""
    reference.sow(REGISTRY.tables.values(), NOW)
    reference_read.forget()


@pytest.fixture
def office(db) -> SimpleNamespace:
    """The unit, its village with the tax office's own code, its officers, a citizen who is a taxpayer."""
    sow_law()
    day = date(2020, 1, 1)
    unit = Unit.objects.create(code="bapenda", name="Bapenda", kind="office", active_from=day)
    district = Area.objects.create(
        code=VILLAGE[:8], level="district", name="Pangkalan Kerinci", valid_from=day
    )
    area = Area.objects.create(
        code=VILLAGE, level="village", name="Kerinci Kota", parent=district, valid_from=day, urban=True
    )
    CodeMap.objects.create(system="pbb", foreign=PBB_VILLAGE, area=area)
    staff = {name: officer(name, role, unit) for name, role in OFFICERS.items()}
    payer = citizen("RINA MARLINA")
    return SimpleNamespace(
        unit=unit,
        area=area,
        payer=payer,
        taxpayer=taxpayer(9_000_001, payer.person),
        stranger=citizen("ORANG LAIN"),
        **staff,
    )
