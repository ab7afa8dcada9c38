"""The ground under the house's maps: the regency's own shapes, and names of its districts."""

from shapely.geometry import shape

from sekata.kernel.places import queries as places
from sekata.web.maps import Base, Label

LAND = ("regency", "district", "village")
BREADTH = 4.0
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


def _name(feature: object) -> Label:
    middle = shape(feature.geometry).representative_point()
    return Label(feature.name, middle.x, middle.y, soft=True, far=True)
