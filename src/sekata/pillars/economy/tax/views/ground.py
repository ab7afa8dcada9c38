"""Maps of the room: parcels of one's own, one object, objects of a kind; each with its list."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from shapely.geometry import shape

from sekata.kernel.places import queries as places
from sekata.pillars.economy.tax.models import LandVersion
from sekata.pillars.economy.tax.queries.mine import Parcel
from sekata.web import maps

NEAR_M = 8_000
MOST = 40


def near(lat: float, lon: float) -> maps.Base:
    """Villages, rivers and roads around a point."""
    villages = [feature for feature, _far in places.within("village", lat, lon, NEAR_M)]
    rivers = [feature for feature, _far in places.within("river", lat, lon, NEAR_M)]
    roads = [feature for feature, _far in places.within("road", lat, lon, NEAR_M)]
    return maps.Base(
        borders=tuple(one.geometry for one in villages),
        rivers=tuple((one.geometry, 5.0) for one in rivers),
        roads=tuple(one.geometry for one in roads),
        labels=tuple(_labels(villages)),
    )


def _labels(features: Iterable) -> Iterable[maps.Label]:
    for feature in features:
        middle = shape(feature.geometry).representative_point()
        yield maps.Label(feature.name, middle.x, middle.y, soft=True, far=True)


def middle(version: LandVersion) -> tuple[float, float] | None:
    """Longitude and latitude inside a parcel, None where nobody drew it."""
    if not version.polygon:
        return None
    point = shape(version.polygon).representative_point()
    return point.x, point.y


def parcels_map(parcels: Sequence[Parcel]) -> maps.MapView | None:
    """One's own parcels, and nobody else's."""
    spots = [(one, middle(one.version)) for one in parcels[:MOST]]
    marks = [maps.Place(one.shown, *at, note=one.version.address) for one, at in spots if at]
    if not marks:
        return None
    return maps.places_map(
        _("Letak bidang tanah Anda"), marks, near(marks[0].lat, marks[0].lon), _close(marks)
    )


def _close(marks: Sequence[maps.Place]) -> maps.Frame:
    return maps.frame_of(((m.lon, m.lat) for m in marks), margin=0.5, least=0.01, room=maps.MIDDLE)


def object_map(version: LandVersion, shown: str) -> maps.MapView | None:
    """One parcel with a pin."""
    at = middle(version)
    if at is None:
        return None
    return maps.point_map(_("Letak objek %(nop)s") % {"nop": shown}, at, near(at[1], at[0]), ring=0)


def objects_map(label: str, objects: Sequence) -> maps.MapView | None:
    """Billboards or wells: numbered dots over the whole regency's ground."""
    marks = [
        maps.Place(one.name, one.lon, one.lat, url=reverse("tax:object", args=[one.number]))
        for one in objects[:MOST]
        if one.lat is not None
    ]
    ground = replace(regency(), labels=())
    return maps.places_map(label, marks, ground, _close(marks)) if marks else None


def regency() -> maps.Base:
    """The regency with its districts and rivers."""
    land = places.layer("regency") or places.layer("district") or places.layer("village")
    return maps.Base(
        land=tuple(one.geometry for one in land),
        borders=tuple(one.geometry for one in places.layer("district")),
        rivers=tuple((one.geometry, 4.0) for one in places.layer("river")),
        labels=tuple(_labels(places.layer("district"))),
    )
