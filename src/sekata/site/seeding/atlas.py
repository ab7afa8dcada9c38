"""The map: areas, waters, roads, protected land, and the points that rules ask about. Drawn, not surveyed."""

from collections.abc import Iterator
from math import cos, radians, sin

from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from sekata.kernel.places import queries as places
from sekata.kernel.places.models import Feature
from sekata.site.seeding import sheets, strokes, terrain
from sekata.site.seeding.areas import REGENCY
from sekata.site.seeding.terrain import Land

SOURCE = "Sekata, gambaran untuk peragaan; bukan batas resmi"
DEGREE = strokes.DEGREE
GOLDEN = 137.508
MONITOR_EVERY = 14_000.0
UPSTREAM = 300.0


def seed() -> int:
    """Set out the features that the map lacks; how many."""
    made = sheets.keep(Feature, features(), "kind", "code")
    if made:
        places.forget()
    return made


def features() -> Iterator[Feature]:
    """Every feature of the demonstration map, each with a code that is its own within its kind."""
    land, drawing = terrain.land(), sheets.tree("map")
    monitors = {feature.code: feature for feature in _monitors(land, drawing)}
    yield from _areas(land)
    yield from _rivers(land, drawing)
    yield from _roads(land, drawing)
    yield from _zones(land, drawing)
    yield from monitors.values()
    yield from _facilities(land, monitors)
    yield from _schools(land)
    yield from _clinics(land)
    yield from _intakes(land)


def _feature(kind: str, code: str, name: str, shape: BaseGeometry, /, **properties: object) -> Feature:
    return Feature(
        kind=kind,
        code=code,
        name=name,
        geometry=strokes.shape_json(shape),
        properties=properties,
        source=SOURCE,
        approximate=True,
    )


def _areas(land: Land) -> Iterator[Feature]:
    yield _feature("regency", REGENCY, "Kabupaten Pelalawan", land.regency)
    yield _feature("sea", "laut", "Laut di muka Kuala Kampar", land.sea)
    yield _feature("estuary", "kampar", "Muara Sungai Kampar", land.estuary)
    for kind, shapes in (("district", land.districts), ("village", land.villages)):
        for row in sheets.rows(f"{kind}s"):
            seat = {"lat": float(row["lat"]), "lon": float(row["lon"])}
            yield _feature(kind, row["code"], row["name"], shapes[row["code"]], **seat)


def _rivers(land: Land, drawing: dict) -> Iterator[Feature]:
    """Rivers from source to mouth, in reaches that grow wider. width: strength of the line on a map."""
    for one in drawing["rivers"]:
        points, cuts = land.rivers[one["code"]].coords, one["reaches"]
        for n, (begin, width) in enumerate(cuts):
            end = cuts[n + 1][0] * strokes.PIECES + 1 if n + 1 < len(cuts) else len(points)
            reach = LineString(points[begin * strokes.PIECES : end])
            code = f"{one['code']}-{n + 1}"
            yield _feature("river", code, one["name"], reach, river=one["code"], reach=n + 1, width=width)


def _roads(land: Land, drawing: dict) -> Iterator[Feature]:
    for one in drawing["roads"]:
        line = strokes.winding(one["line"]).intersection(land.regency)
        yield _feature("road", one["code"], one["name"], line, **{"class": one["class"]})


def _zones(land: Land, drawing: dict) -> Iterator[Feature]:
    """Park, reserves, forest and peat as far as they lie in the regency."""
    for one in drawing["zones"]:
        area = strokes.ring(one["ring"]).intersection(land.regency)
        yield _feature(one["kind"], one["code"], one["name"], area)


def _monitors(land: Land, drawing: dict) -> Iterator[Feature]:
    """Places where the environment office samples rivers, counted from the source."""
    for one in drawing["rivers"]:
        line = land.rivers[one["code"]]
        for n in range(1, int(strokes.length(line) / MONITOR_EVERY + 0.5) + 1):
            metres = MONITOR_EVERY * (n - 0.5)
            name = f"Titik pantau {one['name'].partition(' (')[0]} {n}"
            spot, code = Point(strokes.along(line, metres)), f"{one['code']}-{n}"
            yield _feature("monitoring_point", code, name, spot, river=one["code"], metres=metres)


def _facilities(land: Land, monitors: dict[str, Feature]) -> Iterator[Feature]:
    """Invented mills and factories; those with a monitor stand at the bank, 300 m above it."""
    for row in sheets.rows("facilities"):
        if row["monitor"]:
            known = monitors[row["monitor"]].properties
            spot = Point(strokes.along(land.rivers[known["river"]], known["metres"] - UPSTREAM))
        else:
            spot = Point(float(row["lon"]), float(row["lat"]))
        yield _feature(
            "facility",
            row["code"],
            row["name"],
            spot,
            kind=row["kind"],
            approval_holder=row["approval_holder"],
            open_sanction=row["open_sanction"] == "yes",
            monitor=row["monitor"],
        )


def _beside(land: Land, row: dict[str, str], turn: int) -> Point:
    """A spot near the middle of a village and inside it, for its `turn`-th building."""
    area, metres = land.villages[row["code"]], 350.0 + 240.0 * turn
    angle = radians(GOLDEN * (turn + int(row["code"][-2:])))
    while True:
        east, north = metres / DEGREE * cos(angle), metres / DEGREE * sin(angle)
        spot = Point(float(row["lon"]) + east, float(row["lat"]) + north)
        if area.contains(spot):
            return spot
        metres *= 0.7


def _by_district() -> Iterator[tuple[str, list[dict[str, str]]]]:
    names = {row["code"]: row["name"] for row in sheets.rows("districts")}
    for code, name in names.items():
        yield name, [row for row in sheets.rows("villages") if row["district_code"] == code]


def _schools(land: Land) -> Iterator[Feature]:
    """A primary school in every village, more where many live, and the kecamatan's secondary schools."""
    for district, villages in _by_district():
        buildings = [
            (row, turn)
            for row in sorted(villages, key=lambda row: row["code"])
            for turn in range(1 + int(row["population"]) // 6000)
        ]
        for n, (row, turn) in enumerate(buildings, 1):
            yield _named("school", row, f"sd-{n:03}", f"SDN {n:03} {row['name']}", _beside(land, row, turn))
        for n, row in enumerate(villages[::4], 1):
            yield _named("school", row, f"smp-{n}", f"SMPN {n} {district}", _beside(land, row, 6))
        seat = villages[0]
        yield _named("school", seat, "sma-1", f"SMAN 1 {district}", _beside(land, seat, 8))


def _clinics(land: Land) -> Iterator[Feature]:
    """A puskesmas in every kecamatan, a branch in every second village, the hospital."""
    for district, villages in _by_district():
        seat = villages[0]
        yield _named("clinic", seat, "puskesmas", f"Puskesmas {district}", _beside(land, seat, 2))
        for row in villages[1::2]:
            yield _named("clinic", row, "pustu", f"Puskesmas Pembantu {row['name']}", _beside(land, row, 3))
        if district == "Pangkalan Kerinci":
            yield _named("clinic", seat, "rsud", "Rumah Sakit Umum Daerah", _beside(land, seat, 5))


def _intakes(land: Land) -> Iterator[Feature]:
    """Where drinking water is drawn: on the nearest river of each village that has one within 3 km."""
    rivers = list(land.rivers.values())
    for row in sheets.rows("villages"):
        middle = Point(float(row["lon"]), float(row["lat"]))
        near = min(rivers, key=middle.distance)
        if middle.distance(near) * DEGREE <= 3000 and int(row["population"]) >= 1800:
            spot = near.interpolate(near.project(middle))
            yield _named("water_intake", row, "intake", f"Intake air bersih {row['name']}", spot)


def _named(kind: str, row: dict[str, str], mark: str, name: str, spot: Point) -> Feature:
    return _feature(kind, f"{row['code']}-{mark}", name, spot, village=row["code"])
