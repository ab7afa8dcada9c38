"""The ground under the house's maps: the regency's own shapes, and names of its districts."""

from collections.abc import Iterable

from shapely.geometry import shape

from sekata.kernel.places import queries as places
from sekata.web.maps import Base, Frame, Label, Place, frame_of

LAND = ("regency", "district", "village")
BREADTH = 4.0
ROOM = (310.0, 270.0)
MOST_RIVERS = 12


def base() -> Base:
    """Land, district borders, rivers and names, from whichever layers the regency has."""
    land = next((layer for kind in LAND if (layer := places.layer(kind))), [])
    districts = places.layer("district")
    rivers = places.layer("river")[:MOST_RIVERS]
    return Base(
        land=tuple(feature.geometry for feature in land),
        borders=tuple(feature.geometry for feature in districts),
        rivers=tuple((river.geometry, float(river.properties.get("breadth", BREADTH))) for river in rivers),
        labels=tuple(_name(feature) for feature in districts),
    )


def frame_around(spots: Iterable[Place]) -> Frame:
    """The part of the world around these places, as large as a phone still shows whole."""
    return frame_of(((spot.lon, spot.lat) for spot in spots), margin=0.05, least=0.01, room=ROOM)


def _name(feature: object) -> Label:
    middle = shape(feature.geometry).representative_point()
    return Label(feature.name, middle.x, middle.y, soft=True, far=True)
