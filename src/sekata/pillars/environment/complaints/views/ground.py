"""The ground under the room's maps, taken from the regency's layers."""

from collections.abc import Iterable

from sekata.kernel.places import queries as places
from sekata.web import maps

NEAR_M = 25_000
BREADTH = {"main": 11.0}
LABELS = 12


def around(lat: float, lon: float) -> maps.Base:
    """Villages and rivers near a point."""
    villages = [feature for feature, _ in places.within("village", lat, lon, NEAR_M)]
    rivers = [feature for feature, _ in places.within("river", lat, lon, NEAR_M)]
    return maps.Base(
        borders=tuple(feature.geometry for feature in villages),
        rivers=tuple((feature.geometry, _breadth(feature)) for feature in rivers),
        labels=tuple(_labels(villages[:LABELS])),
    )


def regency() -> maps.Base:
    """The whole regency with its districts and rivers."""
    land = places.layer("regency") or places.layer("district") or places.layer("village")
    return maps.Base(
        land=tuple(feature.geometry for feature in land),
        borders=tuple(feature.geometry for feature in places.layer("district")),
        rivers=tuple((feature.geometry, _breadth(feature)) for feature in places.layer("river")),
        labels=tuple(_labels(places.layer("district"))),
    )


def close_up(spots: Iterable[maps.Place]) -> maps.Frame:
    """A frame near enough to tell reports of one neighbourhood apart."""
    return maps.frame_of(((spot.lon, spot.lat) for spot in spots), margin=0.5, least=0.0025, room=maps.MIDDLE)


def _breadth(feature) -> float:
    return float(feature.properties.get("breadth", 5))


def _labels(features: Iterable) -> Iterable[maps.Label]:
    """The name of each area at its middle."""
    for feature in features:
        spots = list(maps.positions_in(feature.geometry))
        lons, lats = [spot[0] for spot in spots], [spot[1] for spot in spots]
        yield maps.Label(
            feature.name, (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2, soft=True, far=True
        )
