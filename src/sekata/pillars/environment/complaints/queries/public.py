"""What everybody may see: published cases by cell, totals by village with small numbers covered, months, fires."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from sekata.lib import clock
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.codes import END_STATES, Group, StateCode
from sekata.pillars.environment.complaints.models import Cluster, Complaint
from sekata.pillars.environment.complaints.queries.law import law

POINTS = 500
DONE = (*END_STATES, StateCode.ANSWERED, StateCode.RESOLVED)


@dataclass(frozen=True)
class PublicCase:
    """A published case as the public sees it: never nearer than its cell allows."""

    number: str
    group: str
    kind: str
    text: str
    state: str
    received_at: datetime
    point: rules.Point
    exact: bool


def published(
    group: str = "", since: datetime | None = None, until: datetime | None = None
) -> QuerySet[Complaint]:
    """Published complaints, newest first."""
    rows = Complaint.objects.select_related("case", "incident").filter(published=True)
    if group:
        rows = rows.filter(group=group)
    if since:
        rows = rows.filter(case__received_at__gte=since)
    if until:
        rows = rows.filter(case__received_at__lt=until)
    return rows.order_by("-case__received_at")


def placed(rows: Iterable[Complaint]) -> list[PublicCase]:
    """Those of `rows` that may stand on the map, where they may stand (R13)."""
    precision = law(clock.now()).precision
    services = law(clock.now()).services
    found = []
    for one in rows:
        place = rules.public_place(
            one.service_code, one.reporter_mode, _point(one), precision, placements(one)
        )
        if place is None:
            continue
        found.append(
            PublicCase(
                one.case.number, one.group, services[one.service_code]["name"], one.public_text,
                StateCode(one.case.state).label, one.case.received_at, place.point, place.exact,
            )
        )  # fmt: skip
    return found


def placements(complaint: Complaint) -> tuple[rules.Placement, ...]:
    """Who placed the incident on the map."""
    incident = complaint.incident
    if incident.lat is None or not incident.placed_by:
        return ()
    return (rules.Placement(incident.placed_by, rules.Point(incident.lat, incident.lon)),)


def _point(complaint: Complaint) -> rules.Point | None:
    return rules.Point(complaint.lat, complaint.lon) if complaint.lat is not None else None


def by_village(since: datetime, until: datetime, group: str = "") -> dict[str, str]:
    """village code -> number of complaints of all modes, `<3` for one and two."""
    rows = Complaint.objects.filter(case__received_at__gte=since, case__received_at__lt=until).exclude(
        village_code=""
    )
    if group:
        rows = rows.filter(group=group)
    precision = law(clock.now()).precision
    counts = rows.values_list("village_code").annotate(n=Count("pk")).order_by()
    return {code: rules.printed_count(n, precision) for code, n in counts}


def by_month(since: datetime, until: datetime) -> list[dict[str, object]]:
    """month, complaints, incidents, ended - in one statement."""
    rows = Complaint.objects.filter(case__received_at__gte=since, case__received_at__lt=until)
    return list(
        rows.annotate(month=TruncMonth("case__received_at", tzinfo=clock.WIB))
        .values("month")
        .annotate(
            complaints=Count("pk"),
            incidents=Count("incident", distinct=True),
            ended=Count("pk", filter=Q(case__state__in=DONE)),
        )
        .order_by("month")
    )


def totals(since: datetime, until: datetime) -> dict[str, int]:
    """Complaints and incidents counted apart: seven merged complaints are seven complaints and one incident (R10)."""
    rows = Complaint.objects.filter(case__received_at__gte=since, case__received_at__lt=until)
    return rows.aggregate(complaints=Count("pk"), incidents=Count("incident", distinct=True))


def hotspots(since: datetime) -> list[Cluster]:
    """Fire clusters seen since, newest first."""
    return list(Cluster.objects.filter(last_at__gte=since).order_by("-last_at")[:200])


def month_bounds(text: str, today: date) -> tuple[datetime, datetime, date]:
    """A month written `2026-04` as moments in the regency's zone; this month when it cannot be read."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        first = today.replace(day=1)
    first = min(max(first, EARLIEST), today.replace(day=1))
    following = (first + timedelta(days=32)).replace(day=1)
    return _midnight(first), _midnight(following), first


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=clock.WIB)


EARLIEST = date(2017, 1, 1)
GROUPS = [(g.value, g.label) for g in Group]
