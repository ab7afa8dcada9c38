"""What everybody may see: the map of banks, their prices with what has changed, tonnes by month."""

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sekata.kernel.places import queries as places
from sekata.lib import clock
from sekata.pillars.environment.wastebank.codes import Unit
from sekata.pillars.environment.wastebank.models import WasteBank
from sekata.pillars.environment.wastebank.queries import banks, impact, prices
from sekata.pillars.environment.wastebank.queries.law import law
from sekata.pillars.environment.wastebank.rights import PUBLIC
from sekata.web import charts, maps
from sekata.web.doors import door

YEAR = timedelta(days=365)
FEWEST_MONTHS = 3


@require_safe
@door(PUBLIC)
def home(request: HttpRequest) -> HttpResponse:
    """Where the banks are, and what they have taken in and sent on."""
    found = list(banks.active().order_by("name"))
    context = {"banks": found, "map": _map(found), "chart": _chart()}
    return render(request, "wastebank/citizen/home.html", context)


def _map(found: list[WasteBank]) -> maps.MapView | None:
    marks = [
        maps.Place(bank.name, bank.lon, bank.lat, bank.hours, reverse("wastebank:bank", args=[bank.code]))
        for bank in found
        if bank.lat is not None
    ]
    ground = maps.Base(
        land=tuple(f.geometry for f in places.layer("regency")),
        borders=tuple(f.geometry for f in places.layer("district")),
        rivers=tuple((f.geometry, float(f.properties.get("width", 4))) for f in places.layer("river")),
    )
    return maps.places_map(_("Bank sampah di kabupaten"), marks, ground) if marks else None


def _chart() -> charts.Chart | None:
    months = impact.monthly(clock.today() - YEAR)
    if len(months) < FEWEST_MONTHS:
        return None
    points = [charts.Point(date_format(month, "M y"), round(float(out), 2)) for month, _come, out in months]
    return charts.bars(_("Sampah terjual atau terolah, ton per bulan"), points, head=_("Ton"))


@require_safe
@door(PUBLIC)
def bank(request: HttpRequest, code: str) -> HttpResponse:
    """One bank: where, when, and what it pays today against the list before."""
    found = banks.by_code(code)
    if found is None:
        raise Http404
    at = clock.now()
    context = {"bank": found, "rows": price_rows(found, at), "version": prices.version_at(found, at)}
    return render(request, "wastebank/citizen/bank.html", context)


def price_rows(found: WasteBank, at) -> list[dict[str, object]]:
    """Material, price now, and whether it went up or down with the list in force."""
    version = prices.version_at(found, at)
    if version is None:
        return []
    materials, sheet = law(at).materials, prices.sheet(found, at)
    before = prices.sheet(found, version.valid_from - timedelta(microseconds=1))
    rows = [
        {
            "name": materials[key.material]["name"],
            "unit": Unit(materials[key.material]["unit"]).label,
            "channel": key.channel,
            "price": row.price,
            "change": row.price - before[key].price if key in before and before[key].price is not None else 0,
        }
        for key, row in sheet.items()
        if row.price is not None and key.material in materials
    ]
    return sorted(rows, key=lambda row: (row["channel"], row["name"]))


@require_safe
@door(PUBLIC)
def effect(request: HttpRequest) -> HttpResponse:
    """What it is good for: tonnes against generation, emissions avoided, who takes part, who leads."""
    at, today = clock.now(), clock.today()
    start, end = date(today.year, 1, 1), today + timedelta(days=1)
    classes = law(at).table("leaderboard")
    chosen = request.GET.get("kelas", "households")
    chosen = chosen if chosen in classes else "households"
    context = {
        "year": impact.reduction(start, end),
        "emissions": impact.emissions(start, end),
        "participation": impact.participation(at),
        "targets": sorted(law(at).table("target").values(), key=lambda row: (row["measure"], row["year"])),
        "classes": [(key, row["name"]) for key, row in sorted(classes.items())],
        "chosen": chosen,
        "ranks": impact.leaders(today, chosen),
        "chart": _chart(),
    }
    return render(request, "wastebank/citizen/effect.html", context)


@require_safe
@door(PUBLIC)
def geojson(request: HttpRequest) -> JsonResponse:
    """Active banks as GeoJSON."""
    features = [
        {
            "type": "Feature",
            "id": one.code,
            "geometry": {"type": "Point", "coordinates": [one.lon, one.lat]},
            "properties": {"code": one.code, "name": one.name, "kind": one.kind, "hours": one.hours},
        }
        for one in banks.active().order_by("code")
        if one.lat is not None
    ]
    return JsonResponse(
        {"type": "FeatureCollection", "features": features}, content_type="application/geo+json"
    )
