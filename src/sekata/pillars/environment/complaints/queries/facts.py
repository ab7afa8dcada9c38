"""What the map and the register say about a complaint: the facts that the rules judge."""

from datetime import timedelta

from django.db.models import Max

from sekata.kernel.places import queries as places
from sekata.lib import clock
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.codes import PROVEN, Priority
from sekata.pillars.environment.complaints.models import Complaint, Incident, Supporter
from sekata.pillars.environment.complaints.queries.law import Law

SITES = {"water_intake": "drinking_water", "school": "school", "clinic": "clinic"}
SITE_METRES = 1000
PROVEN_YEARS = 1


def place_facts(complaint: Complaint) -> rules.PlaceFacts:
    """Which special areas the point lies in; None for what no layer on the map can answer."""
    crossing = complaint.attributes.get("CROSSES", "")
    reach = {
        "crosses_regency": crossing in ("regency", "province"),
        "crosses_province": crossing == "province",
    }
    if complaint.lat is None:
        return rules.PlaceFacts(**reach)
    point = (complaint.lat, complaint.lon)
    return rules.PlaceFacts(
        in_national_park=_inside("national_park", *point),
        in_conservation_area=_inside("conservation", *point),
        in_forest=_inside("forest", *point),
        at_sea=_inside("sea", *point),
        **reach,
    )


def _inside(kind: str, lat: float, lon: float) -> bool | None:
    return places.containing(kind, lat, lon) is not None if places.layer(kind) else None


def special_facts(complaint: Complaint) -> dict[str, object]:
    """What else decides competence: who approved the suspected facility."""
    feature = facility(complaint.facility)
    if feature is None:
        return {}
    return {"approval_holder": feature.properties.get("approval_holder", ""), "facility": feature.name}


def facility(code: str):
    """The registered facility with that code, None if there is none."""
    return next((f for f in places.layer("facility") if f.code == code), None) if code else None


def priority_facts(complaint: Complaint, rulebook: Law) -> rules.PriorityFacts:
    """Facts for the priority (R9). A complaint not saved yet has one reporter and no incident."""
    base = Priority(rulebook.services[complaint.service_code]["priority"])
    feature = facility(complaint.facility)
    return rules.PriorityFacts(
        base=base,
        sites=_sites(complaint),
        people_ill=complaint.attributes.get("HEALTH_COMPLAINT") == "yes",
        reporters=reporters(complaint.incident) if complaint.incident_id else 1,
        open_sanction=bool(feature and feature.properties.get("open_sanction")),
        proven_at=proven_at(complaint.facility),
        ended_at=None,
    )


def _sites(complaint: Complaint) -> tuple[rules.NearbySite, ...]:
    if complaint.lat is None:
        return ()
    return tuple(
        rules.NearbySite(kind, feature.name, metres)
        for layer, kind in SITES.items()
        for feature, metres in places.within(layer, complaint.lat, complaint.lon, SITE_METRES)
    )


def reporters(incident: Incident) -> int:
    """Voices behind an incident: its complaints and their supporters."""
    complaints = list(Complaint.objects.filter(incident=incident).values_list("pk", flat=True))
    return len(complaints) + Supporter.objects.filter(complaint__in=complaints).count()


def proven_at(code: str) -> tuple:
    """When complaints about a facility were proven within the last year."""
    if not code:
        return ()
    since = clock.now() - timedelta(days=366 * PROVEN_YEARS)
    rows = Complaint.objects.filter(facility=code, finding__in=PROVEN, case__received_at__gt=since)
    moments = rows.values("incident").annotate(at=Max("incident__reports__approved_at"))
    return tuple(row["at"] for row in moments if row["at"])
