"""The public map and figures: published cases, villages, fires; nothing that leads to a reporter."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sekata.kernel.places import queries as places
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.pillars.environment.complaints.queries import monthly
from sekata.pillars.environment.complaints.queries import public as read
from sekata.pillars.environment.complaints.rights import FILE
from sekata.web import charts, maps
from sekata.web.doors import door

YEAR = timedelta(days=365)
ON_MAP = 60


@require_safe
@door(FILE)
def home(request: HttpRequest) -> HttpResponse:
    """Map of the month, totals by village, the last twelve months, fires of the day."""
    group = request.GET.get("kelompok", "")
    since, until, month = read.month_bounds(request.GET.get("bulan", ""), clock.today())
    cases = read.placed(read.published(group, since, until)[: read.POINTS])
    months = read.by_month(since - YEAR, until)
    context = {
        "month": month,
        "group": group,
        "groups": read.GROUPS,
        "months": [row["month"] for row in reversed(months)],
        "cases": cases[:ON_MAP],
        "map": _map(cases[:ON_MAP]),
        "villages": _villages(read.by_village(since - YEAR, until, group)),
        "totals": read.totals(since, until),
        "chart": _chart(months),
        "bulletin": monthly.latest_bulletin(),
        "fires": read.hotspots(clock.now() - timedelta(days=3)),
    }
    return render(request, "complaints/public/home.html", context)


def _map(cases: list[read.PublicCase]) -> maps.MapView | None:
    return (
        maps.places_map(_("Pengaduan yang diterbitkan bulan ini"), _marks(cases), base()) if cases else None
    )


def _marks(cases: list[read.PublicCase]) -> list[maps.Place]:
    return [
        maps.Place(case.kind, case.point.lon, case.point.lat, note=f"{case.state} · {case.number}")
        for case in cases
    ]


def _villages(totals: dict[str, str]) -> list[dict[str, object]]:
    """Villages with complaints, with the rate per 10,000 residents where the number is not covered."""
    known = units.areas()
    rows = []
    for code, count in totals.items():
        area = known.get(code)
        if area is None:
            continue
        rate = 10_000 * int(count) / area.population if area.population and count.isdigit() else None
        rows.append({"name": area.name, "district": known[area.parent_id].name, "count": count, "rate": rate})
    return sorted(rows, key=lambda row: (row["district"], row["name"]))


def _chart(months: list[dict[str, object]]):
    points = [charts.Point(_month(row["month"]), row["complaints"]) for row in months]
    if not points:
        return None
    top = max(months, key=lambda row: row["complaints"])
    title = _("Laporan paling banyak pada %(month)s: %(n)d") % {
        "month": date_format(top["month"], "F Y"),
        "n": top["complaints"],
    }
    return charts.bars(title, points, head=_("Pengaduan"))


def _month(day) -> str:
    return date_format(day, "M y")


def base() -> maps.Base:
    """The ground of the room's maps."""
    rivers = [(f.geometry, float(f.properties.get("width", 4))) for f in places.layer("river")]
    labels = [maps.Label(f.name, *_middle(f.geometry), soft=True, far=True) for f in places.layer("district")]
    return maps.Base(
        land=tuple(f.geometry for f in places.layer("regency")),
        borders=tuple(f.geometry for f in places.layer("district")),
        rivers=tuple(rivers),
        labels=tuple(labels),
    )


def _middle(geometry: dict) -> tuple[float, float]:
    ring = geometry["coordinates"][0] if geometry["type"] == "Polygon" else geometry["coordinates"][0][0]
    return sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring)


@require_safe
@door(FILE)
def base_map(request: HttpRequest) -> HttpResponse:
    """The ground as GeoJSON for the map picker; cacheable for a day."""
    layers = {"regency": "land", "district": "border", "river": "river"}
    features = [
        feature
        | {
            "properties": feature["properties"]
            | {"layer": name, "breadth": feature["properties"].get("width")}
        }
        for kind, name in layers.items()
        for feature in places.as_geojson(kind)["features"]
    ]
    response = JsonResponse(
        {"type": "FeatureCollection", "features": features}, content_type="application/geo+json"
    )
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
