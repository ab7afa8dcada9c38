"""Parcels as their owners declare them and as maps show them."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count
from shapely.geometry import mapping, shape
from shapely.geometry.polygon import orient

from sekata.kernel.units import queries as units
from sekata.lib.numbers import nop
from sekata.lib.result import Refused
from sekata.pillars.economy.tax.models import LandObject, LandVersion, Taxpayer
from sekata.pillars.economy.tax.queries.law import Law
from sekata.pillars.economy.tax.queries.worth import versions

LOWEST_ZONE = "AE"


def pbb_code(village: str) -> str:
    """The tax office's ten digits of a village; refused when its list does not know it."""
    found = units.CodeMap.objects.filter(system="pbb", area=village).values_list("foreign", flat=True).first()
    if found is None:
        raise Refused.because("village", "Desa ini belum ada dalam daftar wilayah PBB.", "village")
    return found


def usual_zone(block: str) -> str:
    """The zone of most objects of a block, else of its village: what a new one begins with."""
    for place in (block, block[:10]):
        rows = LandVersion.objects.filter(land__nop__startswith=place).values("zone")
        found = rows.annotate(count=Count("pk")).order_by("-count", "zone").first()
        if found:
            return found["zone"]
    return LOWEST_ZONE


def own_version(number: str, payer: Taxpayer) -> LandVersion:
    """The newest version of an object that is this taxpayer's own; a stranger's is not found."""
    land = LandObject.objects.filter(nop=number).first()
    version = versions(land).first() if land else None
    if version is None or version.ended or version.taxpayer_id != payer.pk:
        raise Refused.because("nop_unknown", "NOP ini tidak terdaftar atas nama Anda.", "nop", 404)
    return version


HOUSE = (
    "area", "market_value", "use", "year_built", "floors", "condition", "year_renovated", "construction", "roof",
    "wall", "floor", "ceiling",
)  # fmt: skip


def houses_of(version: LandVersion) -> Iterator[dict[str, object]]:
    """The buildings of a version as they would be declared again: field of `actions.land.House` -> value."""
    for one in version.buildings.all():
        yield {name: getattr(one, name) for name in HOUSE}


def building_price(use: str, on: date) -> int:
    """Rupiah per m² with which a declared building begins, until an officer has valued it."""
    return Law(on).table("building_price")[use]["price"]


def features(village: str, after: str, most: int) -> list[dict[str, object]]:
    """Parcels of a village as GeoJSON features by number, from after `after` on; they name no owner and no value."""
    rows = LandVersion.objects.filter(land__village_code=village, land__nop__gt=after, polygon__isnull=False)
    newest = rows.order_by("land__nop", "-number").distinct("land__nop").select_related("land")[:most]
    return [_feature(one) for one in newest if not one.ended]


def _feature(version: LandVersion) -> dict[str, object]:
    return {
        "type": "Feature",
        "id": version.land.nop,
        "geometry": mapping(orient(shape(version.polygon))),
        "properties": {
            "nop": str(nop.Nop(version.land.nop)),
            "land_area": version.land_area,
            "land_kind": version.land_kind,
            "version": version.number,
        },
    }
