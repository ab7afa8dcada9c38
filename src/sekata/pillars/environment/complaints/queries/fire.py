"""Fires and haze of a day: what satellites saw, what was found on the ground, what residents reported."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, QuerySet

from sekata.kernel.filters import visible
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.pillars.environment.complaints.codes import END_STATES, Confidence, GroundResult, Group, HazeClass
from sekata.pillars.environment.complaints.models import AirReading, Cluster, Complaint
from sekata.pillars.environment.complaints.queries.law import law
from sekata.pillars.environment.complaints.queries.officer import place_name
from sekata.pillars.environment.complaints.rights import FIRE

PROMPT = timedelta(hours=24)
MOST = 300
AIR_KEPT = timedelta(hours=48)


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """The first instants of a day and of the next in the regency's zone."""
    start = datetime.combine(day, datetime.min.time(), clock.WIB)
    return start, start + timedelta(days=1)


def clusters(day: date) -> QuerySet[Cluster]:
    """Clusters last seen on a day, with how many pixels they have and how strong the strongest is."""
    start, end = day_bounds(day)
    rows = Cluster.objects.select_related("complaint__case").filter(last_at__gte=start, last_at__lt=end)
    return rows.annotate(pixels=Count("hotspots"), power=Max("hotspots__frp")).order_by("-last_at", "pk")


def day_view(day: date, at: datetime) -> dict[str, object]:
    """The clusters of a day as lines, unchecked and most trusted ones first, and the sums above them."""
    found = list(clusters(day)[:MOST])
    shown = sorted((_line(one, at) for one in found), key=lambda line: (line["checked"], -line["rank"]))
    counted = [one for one in found if one.confidence != Confidence.LOW]
    prompt = sum(bool(one.checked_at and one.checked_at - one.first_at <= PROMPT) for one in counted)
    return {
        "lines": shown,
        "total": len(found),
        "counted": len(counted),
        "checked": sum(one.checked_at is not None for one in counted),
        "prompt": prompt,
        "fires": sum(one.ground_result == GroundResult.FIRE for one in found),
    }


def _line(cluster: Cluster, at: datetime) -> dict[str, object]:
    due = cluster.first_at + PROMPT
    return {
        "cluster": cluster,
        "place": place_name(cluster.village_code),
        "confidence": Confidence(cluster.confidence),
        "rank": Confidence(cluster.confidence).rank,
        "result": GroundResult(cluster.ground_result).label if cluster.ground_result else "",
        "checked": cluster.checked_at is not None,
        "due": due,
        "late": cluster.checked_at is None and at > due and cluster.confidence != Confidence.LOW,
    }


def reported_fires(actor: Actor) -> list[dict[str, object]]:
    """Open fire and haze reports for responders: where, when, how urgent - no word of the reporter's."""
    rows = (
        visible(Complaint.objects.all(), FIRE, actor)
        .select_related("case")
        .filter(group=Group.FIRE, cluster=None)
    )
    rows = rows.exclude(case__state__in=[*END_STATES, "merged", "answered", "resolved"])
    kinds = law(clock.now()).services
    return [
        {
            "complaint": one,
            "kind": kinds.get(one.service_code, {}).get("name", one.service_code),
            "place": place_name(one.village_code),
            "priority": f"P{one.case.priority}",
        }
        for one in rows.filter(case__closed_at=None).order_by("case__priority", "-case__received_at")[:30]
    ]


def latest_air() -> Mapping[str, object] | None:
    """The newest reading of the last two days for the start page: index, words, place, time; else None."""
    row = AirReading.objects.filter(at__gte=clock.now() - AIR_KEPT).order_by("-at").first()
    if row is None:
        return None
    category = HazeClass(row.category)
    return {
        "index": row.index,
        "category": category.value,
        "label": category.label,
        "step": list(HazeClass).index(category) + 1,
        "station": row.station,
        "at": row.at,
        "pm25": row.pm25,
    }


def stations() -> list[str]:
    """Names of measuring stations known so far."""
    return list(AirReading.objects.order_by("station").values_list("station", flat=True).distinct()[:50])


def recent_air() -> list[AirReading]:
    return list(AirReading.objects.order_by("-at")[:14])
