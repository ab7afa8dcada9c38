"""Asking the map. Features are few and change by decree: each process keeps them, with a spatial index, for a while."""

import time
from dataclasses import dataclass, field

import h3
from shapely import STRtree
from shapely.geometry import Point, box, shape
from shapely.geometry.base import BaseGeometry

from sekata.kernel.places.models import Feature
from sekata.lib import geo

KEEP_SECONDS = 300
DEGREE_METRES = 111_195.0
CELL = 7


@dataclass
class _Layer:
    features: list[Feature]
    shapes: list[BaseGeometry]
    tree: STRtree


@dataclass
class _Atlas:
    layers: dict[str, _Layer] = field(default_factory=dict)
    read_at: float = float("-inf")


_atlas = _Atlas()


def layer(kind: str) -> list[Feature]:
    """All features of a kind."""
    return _layer(kind).features


def _layer(kind: str) -> _Layer:
    if time.monotonic() - _atlas.read_at > KEEP_SECONDS:
        _atlas.layers, _atlas.read_at = {}, time.monotonic()
    if kind not in _atlas.layers:
        features = list(Feature.objects.filter(kind=kind).order_by("pk"))
        shapes = [shape(feature.geometry) for feature in features]
        _atlas.layers[kind] = _Layer(features, shapes, STRtree(shapes))
    return _atlas.layers[kind]


def forget() -> None:
    """Read the map anew at the next question (after an import)."""
    _atlas.read_at = float("-inf")


def containing(kind: str, lat: float, lon: float) -> Feature | None:
    """The feature of `kind` in whose area the point lies."""
    found = _layer(kind)
    hits = found.tree.query(Point(lon, lat), predicate="intersects")
    return found.features[min(hits)] if len(hits) else None


def village_at(lat: float, lon: float) -> str:
    """Home Affairs code of the village at that point, empty outside."""
    feature = containing("village", lat, lon)
    return feature.code if feature else ""


def within(kind: str, lat: float, lon: float, metres: float) -> list[tuple[Feature, float]]:
    """Features of `kind` within `metres`, nearest first, each with its distance in metres."""
    found = _layer(kind)
    reach = metres / DEGREE_METRES * 1.02
    near = found.tree.query(box(lon - reach, lat - reach, lon + reach, lat + reach))
    measured = ((found.features[i], distance(found.shapes[i], lat, lon)) for i in near)
    return sorted(((f, d) for f, d in measured if d <= metres), key=lambda pair: pair[1])


def distance(geometry: BaseGeometry, lat: float, lon: float) -> float:
    """Metres from a point to the nearest point of a geometry (0 inside)."""
    point = Point(lon, lat)
    if geometry.covers(point):
        return 0.0
    nearest = geometry.boundary if geometry.geom_type.endswith("Polygon") else geometry
    on_line = nearest.interpolate(nearest.project(point)) if nearest.geom_type != "Point" else nearest
    return geo.haversine(lat, lon, on_line.y, on_line.x)


def cell(lat: float, lon: float) -> int:
    """The h3 cell (resolution 7, edges of about 1.2 km) by which nearby rows are found through an index."""
    return h3.str_to_int(h3.latlng_to_cell(lat, lon, CELL))


def cells_around(lat: float, lon: float, metres: float) -> list[int]:
    """Cells that cover a circle of `metres`."""
    edge = h3.average_hexagon_edge_length(CELL, unit="m")
    rings = int(metres / (edge * 1.5)) + 1
    return [h3.str_to_int(c) for c in h3.grid_disk(h3.latlng_to_cell(lat, lon, CELL), rings)]


def as_geojson(kind: str) -> dict[str, object]:
    """A layer as a GeoJSON FeatureCollection."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": feature.code or feature.pk,
                "geometry": feature.geometry,
                "properties": {"name": feature.name, "approximate": feature.approximate} | feature.properties,
            }
            for feature in layer(kind)
        ],
    }
