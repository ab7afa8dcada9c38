"""Published cases and village totals as features for maps and GIS clients.

What may be drawn where is decided by R13 alone. A box is compared with the public places, never with the true
ones: else whoever asks for ever smaller boxes would find the house behind the cell.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.db.models import Q, QuerySet
from shapely.geometry import box as rectangle
from shapely.geometry import shape as shape_of

from sekata.kernel.places import queries as places
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.lib.geo import Box
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.codes import StateCode
from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.queries import public
from sekata.pillars.environment.complaints.queries.law import law
from sekata.pillars.environment.complaints.rules.privacy import HIDDEN_MODES
from sekata.pillars.environment.complaints.rules.terms import Row

YEAR = timedelta(days=365)
MOST_POINTS = 5000


@dataclass(frozen=True)
class Features:
    """Which published cases are asked for; None and "" ask nothing."""

    kind: str = ""
    group: str = ""
    state: str = ""
    start: datetime | None = None
    end: datetime | None = None
    box: Box | None = None
    limit: int = MOST_POINTS
    offset: int = 0


def features(asked: Features) -> list[dict[str, object]]:
    """Published cases that may stand on a map, in the order they came in."""
    precision = law(clock.now()).precision
    rows = _drawn(precision).filter(_matching(asked))
    if asked.box:
        rows = rows.filter(_inside(asked.box, precision))
    page = rows.order_by("pk")[asked.offset : asked.offset + asked.limit]
    return list(filter(None, map(_feature, page)))


def feature(number: str) -> dict[str, object] | None:
    """One published case, None where there is none that may stand on a map."""
    found = _drawn(law(clock.now()).precision).filter(case__number=number).first()
    return _feature(found) if found else None


def _exact(precision: Row) -> Q:
    """Cases that stand at the place a trusted source gave (fires and spills)."""
    return Q(
        service_code__in=list(precision["exact_services"]),
        incident__placed_by__in=list(precision["trusted"]),
        incident__lat__isnull=False,
    )


def _drawn(precision: Row) -> QuerySet[Complaint]:
    """Published cases that have a public place: `rules.public_place` in the language of the database."""
    in_cell = Q(lat__isnull=False) & ~Q(reporter_mode__in=list(HIDDEN_MODES))
    return (
        Complaint.objects.select_related("case", "incident")
        .filter(published=True)
        .filter(_exact(precision) | in_cell)
    )


def _matching(asked: Features) -> Q:
    q = Q()
    if asked.kind:
        q &= Q(service_code=asked.kind)
    if asked.group:
        q &= Q(group=asked.group)
    if asked.state:
        q &= Q(case__state=asked.state)
    if asked.start:
        q &= Q(case__received_at__gte=asked.start)
    if asked.end:
        q &= Q(case__received_at__lte=asked.end)
    return q


def _inside(box: Box, precision: Row) -> Q:
    """Public places in the box: centres of whole cells, or the exact place."""
    size = Decimal(str(precision["cell_degrees"]))
    south, north = _cells(box.south, box.north, size)
    west, east = _cells(box.west, box.east, size)
    exact = _exact(precision)
    in_cells = Q(lat__gte=south, lat__lt=north, lon__gte=west, lon__lt=east) & ~exact
    at_place = exact & Q(
        incident__lat__range=(box.south, box.north), incident__lon__range=(box.west, box.east)
    )
    return in_cells | at_place


def _cells(low: float, high: float, size: Decimal) -> tuple[float, float]:
    """Edges of the row of cells whose centres lie between `low` and `high`."""
    half = size / 2
    first = ((Decimal(str(low)) - half) / size).to_integral_value(ROUND_CEILING)
    last = ((Decimal(str(high)) - half) / size).to_integral_value(ROUND_FLOOR)
    return float(first * size), float((last + 1) * size)


def _feature(complaint: Complaint) -> dict[str, object] | None:
    rulebook = law(clock.now())
    point = rules.Point(complaint.lat, complaint.lon) if complaint.lat is not None else None
    place = rules.public_place(
        complaint.service_code,
        complaint.reporter_mode,
        point,
        rulebook.precision,
        public.placements(complaint),
    )
    if place is None:
        return None
    case = complaint.case
    return {
        "type": "Feature",
        "id": case.number,
        "geometry": {"type": "Point", "coordinates": [place.point.lon, place.point.lat]},
        "properties": {
            "number": case.number,
            "kind": complaint.service_code,
            "kind_name": rulebook.services.get(complaint.service_code, {}).get("name", ""),
            "group": complaint.group,
            "state": case.state,
            "state_name": StateCode(case.state).label,
            "month": case.received_at.astimezone(clock.WIB).strftime("%Y-%m"),
            "public_text": complaint.public_text,
            "exact": place.exact,
        },
    }


def village_features(
    start: datetime, end: datetime, group: str = "", box: Box | None = None
) -> list[dict[str, object]]:
    """Villages (that meet the box) with their complaints of all modes counted, one and two as `<3`."""
    totals, known = public.by_village(start, end, group), units.areas()
    return [
        {
            "type": "Feature",
            "id": shape.code,
            "geometry": shape.geometry,
            "properties": {
                "village_code": shape.code,
                "name": shape.name,
                "complaints": totals[shape.code],
                "residents": known[shape.code].population if shape.code in known else None,
            },
        }
        for shape in places.layer("village")
        if shape.code in totals and (box is None or _meets(shape.geometry, box))
    ]


def _meets(geometry: dict[str, object], box: Box) -> bool:
    return shape_of(geometry).intersects(rectangle(box.west, box.south, box.east, box.north))


def extent() -> Box | None:
    """The box around all villages, None where no map is loaded."""
    bounds = [shape_of(feature.geometry).bounds for feature in places.layer("village")]
    if not bounds:
        return None
    west, south, east, north = zip(*bounds, strict=True)
    return Box(min(south), min(west), max(north), max(east))


def geojson(members: Iterable[dict[str, object]], **more: object) -> dict[str, object]:
    """A FeatureCollection (RFC 7946: longitude first, WGS84)."""
    return {"type": "FeatureCollection", "features": list(members), **more}
