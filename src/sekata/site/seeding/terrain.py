"""The areas of the demonstration map: villages that fill the regency without gap or overlap.

Cells around the villages' points are bent like borders that follow ridges and creeks, cut at the coast, and
joined into kecamatan. They show about where a village lies, never its boundary.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import shapely
from shapely.geometry import LineString, MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize, unary_union

from sekata.site.seeding import sheets, strokes
from sekata.site.seeding.strokes import BORDER, GRID, Position

DETAIL = 0.001
"""Degrees, about 110 m: bends smaller than this are left out."""


@dataclass(frozen=True)
class Land:
    """The ground as drawn: code -> area of each village and kecamatan, the regency, its waters."""

    villages: Mapping[str, BaseGeometry]
    districts: Mapping[str, BaseGeometry]
    regency: BaseGeometry
    sea: BaseGeometry
    estuary: BaseGeometry
    rivers: Mapping[str, LineString]


@cache
def land() -> Land:
    """Draw the whole ground; takes about a second, once."""
    drawing = sheets.tree("map")
    places = {row["code"]: (float(row["lon"]), float(row["lat"])) for row in sheets.rows("villages")}
    estuary = strokes.ring(drawing["estuary"], strokes.BENDS)
    coast = [strokes.ring(drawing["mainland"]).difference(estuary), *map(strokes.ring, drawing["islands"])]
    masses = [_largest(mass) for mass in coast]
    villages = _villages(masses, places)
    districts = {
        code: unary_union([area for village, area in villages.items() if village.startswith(f"{code}.")])
        for code in sorted({village[:8] for village in villages})
    }
    regency = unary_union(list(districts.values()))
    sea = strokes.ring(drawing["sea"]).simplify(DETAIL).difference(regency).difference(estuary)
    rivers = {one["code"]: strokes.winding(one["line"]) for one in drawing["rivers"]}
    return Land(villages, districts, regency, _largest(sea), estuary, rivers)


def _largest(shape: BaseGeometry) -> Polygon:
    return max(getattr(shape, "geoms", [shape]), key=lambda part: part.area)


def _villages(masses: Sequence[Polygon], places: Mapping[str, Position]) -> dict[str, BaseGeometry]:
    """code -> area; every mass of land is shared among the villages whose points lie on it."""
    areas: dict[str, BaseGeometry] = {}
    for mass in masses:
        areas |= _shared(mass, {code: at for code, at in places.items() if mass.covers(Point(at))})
    codes, shapes = list(areas), list(areas.values())
    return dict(zip(codes, shapely.coverage_simplify(shapes, DETAIL), strict=True))


def _shared(mass: Polygon, places: Mapping[str, Position]) -> dict[str, BaseGeometry]:
    """Faces between the bent cell borders, each given to the nearest village before bending."""
    codes = list(places)
    if len(codes) == 1:
        return {codes[0]: shapely.set_precision(mass, GRID)}
    seeds = [Point(strokes.unshifted(at, BORDER)) for at in places.values()]
    lines = [mass.boundary, strokes.wavy(_cells(seeds, mass), BORDER)]
    net = shapely.union_all([shapely.set_precision(line, GRID) for line in lines], grid_size=GRID)
    tree, faces = shapely.STRtree(seeds), {code: [] for code in codes}
    for face in polygonize(net):
        inside = face.representative_point()
        if mass.covers(inside):
            origin = Point(strokes.unshifted((inside.x, inside.y), BORDER))
            faces[codes[tree.nearest(origin)]].append(face)
    return {code: shapely.union_all(parts, grid_size=GRID) for code, parts in faces.items()}


def _cells(seeds: Sequence[Point], mass: Polygon) -> BaseGeometry:
    return shapely.voronoi_polygons(MultiPoint(seeds), extend_to=mass.buffer(0.2), only_edges=True)
