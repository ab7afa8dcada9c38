"""Choices that the officers' forms offer."""

from datetime import datetime

from sekata.kernel.people import queries as people
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.queries.law import law

ROLES = ("complaints_intake", "complaints_reviewer", "complaints_inspector", "complaints_head")


def kinds(at: datetime) -> list[tuple[str, str]]:
    """Service types in force: code and name."""
    rows = law(at).services
    return [(code, f"{code} · {row['name']}") for code, row in sorted(rows.items()) if not row["replacement"]]


def colleagues(unit: int) -> list[tuple[int, str]]:
    """Those who work on complaints in a unit, by name."""
    on = clock.today()
    found = {person for role in ROLES for person in people.holders(role, unit, on)}
    return sorted(((pk, name.title()) for pk, name in people.names(found).items()), key=lambda pair: pair[1])


def referral_choices(complaint: Complaint) -> list[tuple[int, str]]:
    """Referrals of a complaint, oldest first."""
    names = law(complaint.case.received_at).authorities
    return [
        (row.pk, names.get(row.authority, {}).get("name", row.authority))
        for row in complaint.referrals.order_by("pk")
    ]


def villages() -> list[str]:
    """Names of villages as a list proposes them: Segati (Langgam)."""
    areas = units.areas()
    return [
        f"{one.name} ({areas[one.parent_id].name})" if one.parent_id in areas else one.name
        for one in units.villages()
    ]


def village_code(typed: str) -> str:
    """The code of a village written as the list proposes it, or by a name that only one village bears."""
    wanted = typed.strip().casefold()
    areas = units.areas()
    found = [
        one.code for one in units.villages() if wanted in (one.name.casefold(), _full(one, areas), one.code)
    ]
    return found[0] if len(found) == 1 else ""


def _full(village, areas) -> str:
    district = areas.get(village.parent_id)
    return f"{village.name} ({district.name})".casefold() if district else village.name.casefold()
