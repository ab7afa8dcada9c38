"""Which reports may speak of the same incident: candidates by map cell, judged by R10."""

from datetime import datetime, timedelta

from sekata.kernel.places import queries as places
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.codes import OPEN_STATES, Channel
from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.queries.law import law

MOST = 200


def near(report: Complaint, rows: rules.Rows) -> list[Complaint]:
    """Open reports of the group within reach, found through their map cells."""
    rule = rows.get(report.group)
    if rule is None:
        return []
    since = report.case.received_at - timedelta(hours=rule["max_age_hours"])
    cells = places.cells_around(report.lat, report.lon, rule["radius_m"])
    found = Complaint.objects.select_related("case").filter(cell__in=cells, group=report.group)
    return list(
        found.filter(case__received_at__gte=since, case__state__in=OPEN_STATES).exclude(
            incident=report.incident_id
        )
    )


def sighting(complaint: Complaint) -> rules.Sighting:
    return rules.Sighting(
        number=complaint.case.number,
        group=complaint.group,
        point=rules.Point(complaint.lat, complaint.lon),
        at=complaint.case.received_at,
        text=None if complaint.channel == Channel.HOTSPOT else complaint.description,
    )


def nearby(
    *, group: str, lat: float, lon: float, text: str, at: datetime
) -> list[tuple[Complaint, rules.Proposal]]:
    """Published reports near a point that a citizen is about to report, likeliest first."""
    rows = law(at).table("duplicate_rule")
    rule = rows.get(group)
    if rule is None:
        return []
    here = rules.Sighting("", group, rules.Point(lat, lon), at, text)
    cells = places.cells_around(lat, lon, rule["radius_m"])
    since = at - timedelta(hours=rule["max_age_hours"])
    found = Complaint.objects.select_related("case").filter(
        cell__in=cells, group=group, published=True, case__received_at__gte=since, case__state__in=OPEN_STATES
    )
    compared = ((one, rules.compare_sightings(here, sighting(one), rows)) for one in found[:MOST])
    return sorted(((one, pair) for one, pair in compared if pair), key=lambda hit: -hit[1].score)[:5]
