"""A small regency to try the room in: one office, its people, the law of the seeds, the calendar of R4."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils import timezone

from sekata.kernel.people import queries as people
from sekata.kernel.people.models import Person, RoleGrant
from sekata.kernel.places import queries as places
from sekata.kernel.places.models import Feature
from sekata.kernel.reference import actions as reference
from sekata.kernel.reference import queries as reference_read
from sekata.kernel.units.models import Area, Unit
from sekata.lib.actor import Actor
from sekata.lib.manifest import Row, Table
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.actions import Filing, Reporter
from sekata.pillars.environment.complaints.codes import Channel, ReporterMode
from sekata.pillars.environment.complaints.rules import Point
from sekata.site.registry import REGISTRY

R4_HOLIDAYS = ("2026-05-01", "2026-05-14", "2026-05-27", "2026-06-01", "2026-06-16")
WHERE = Point(0.39421, 101.84378)
HOME = {
    "type": "Polygon",
    "coordinates": [[[101.0, -0.6], [103.2, -0.6], [103.2, 0.9], [101.0, 0.9], [101.0, -0.6]]],
}
VILLAGE = "14.05.02.1008"


def wib(text: str) -> datetime:
    """A moment in the regency's time: `wib("2026-04-29 10:00")`."""
    return datetime.fromisoformat(f"{text}+07:00").astimezone(UTC)


@pytest.fixture
def regency(db) -> SimpleNamespace:
    """Units, a village that covers the regency, the law, and one officer for each role."""
    day = date(2020, 1, 1)
    district = Area.objects.create(
        code=VILLAGE[:8], level="district", name="Pangkalan Kerinci", valid_from=day
    )
    area = Area.objects.create(
        parent=district,
        code=VILLAGE,
        level="village",
        name="Pangkalan Kerinci Kota",
        valid_from=day,
        urban=True,
    )
    home = Unit.objects.create(code="kab", name="Kabupaten Pelalawan", kind="regency", active_from=day)
    setda = Unit.objects.create(
        code="setda", name="Sekretariat Daerah", kind="secretariat", parent=home, active_from=day
    )
    dlh = Unit.objects.create(
        code="dlh", name="Dinas Lingkungan Hidup", kind="office", parent=home, active_from=day
    )
    desk = Unit.objects.create(
        code="dlh.penaatan", name="Bidang Penaatan", kind="bureau", parent=dlh, active_from=day
    )
    bpbd = Unit.objects.create(code="bpbd", name="BPBD", kind="office", parent=home, active_from=day)
    for kind, code, name in (
        ("village", VILLAGE, area.name),
        ("district", district.code, district.name),
        ("regency", "14.05", "Pelalawan"),
    ):
        Feature.objects.create(kind=kind, code=code, name=name, geometry=HOME, source="test")
    places.forget()
    holidays = tuple(Row(day, {"name": "libur", "kind": "national"}) for day in R4_HOLIDAYS)
    reference.sow([*REGISTRY.tables.values(), Table("holiday", "", {}, holidays)], wib("2020-01-01 08:00"))
    reference_read.forget()
    roles = {
        "intake": ("complaints_intake", desk),
        "reviewer": ("complaints_reviewer", desk),
        "reviewer2": ("complaints_reviewer", desk),
        "inspector": ("complaints_inspector", desk),
        "inspector2": ("complaints_inspector", desk),
        "inspector3": ("complaints_inspector", desk),
        "head": ("complaints_head", desk),
        "office_head": ("complaints_office_head", dlh),
        "responder": ("fire_responder", bpbd),
        "secretary": ("secretary", setda),
        "regent": ("regent", home),
    }
    who = {name: _officer(name, role, unit) for name, (role, unit) in roles.items()}
    return SimpleNamespace(desk=desk, dlh=dlh, bpbd=bpbd, home=home, area=area, **who)


def _officer(name: str, role: str, unit: Unit) -> Actor:
    person = Person.objects.create(full_name=name.upper(), created_at=timezone.now())
    RoleGrant.objects.create(
        person=person, role=role, unit=unit, starts=date(2020, 1, 1), ends=date(2030, 1, 1), reason="test"
    )
    return people.actor(person, REGISTRY.roles)


@pytest.fixture
def filing() -> Callable[..., Filing]:
    """A complete river report; say what differs."""

    def make(**given: object) -> Filing:
        usual: dict[str, object] = {
            "submission": uuid4(),
            "service_code": "W01",
            "channel": Channel.WEB,
            "description": "Air sungai hitam dan berbau sejak subuh, ikan baung mengapung di tepi.",
            "point": WHERE,
            "media": ("water",),
            "first_seen_at": wib("2026-04-29 06:00"),
        }
        return Filing(**(usual | given))

    return make


@pytest.fixture
def filed(regency, filing, clock) -> Callable[..., actions.Filed]:
    """File a report by an anonymous person at a moment."""

    def make(
        at: str = "2026-04-29 10:00",
        mode: ReporterMode = ReporterMode.ANONYMOUS,
        who: dict | None = None,
        **given: object,
    ) -> actions.Filed:
        from_whom = Reporter(mode, **(who or {}))
        return actions.file(actor=_nobody(), filing=filing(**given), reporter=from_whom, at=wib(at))

    return make


def _nobody() -> Actor:
    return Actor(kind="anonymous")
