"""Maps as SVG made on the server: no tiles, no script, every mark also a line of the list beside it.

Positions are longitude and latitude in degrees (WGS 84), shapes GeoJSON geometries. Over a regency the earth
is flat enough: longitudes are shortened by the cosine of the middle latitude and nothing else is done.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import cos, radians

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

Position = tuple[float, float]
Geometry = Mapping[str, object]
WIDTH, HEIGHT = 560.0, 300.0
MIDDLE = (250.0, 220.0)
PIN = "c-12-15-19-23-19-33a19 19 0 0 1 38 0c0 10-7 18-19 33z"


@dataclass(frozen=True)
class Place:
    """A numbered dot. `note` is what the list says about it ("terbuka 12 hari")."""

    label: str
    lon: float
    lat: float
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Label:
    """A name on the map; soft names are rivers and villages, `far` ones vanish when the map is small."""

    text: str
    lon: float
    lat: float
    soft: bool = False
    far: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of a grid (h3 or villages) shaded 1..5."""

    shape: Geometry
    shade: int


@dataclass(frozen=True)
class Base:
    """The ground of a map: GeoJSON geometries. rivers: (line, breadth in viewBox units)."""

    land: tuple[Geometry, ...] = ()
    borders: tuple[Geometry, ...] = ()
    rivers: tuple[tuple[Geometry, float], ...] = ()
    roads: tuple[Geometry, ...] = ()
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True)
class Item:
    """A line of the twin list."""

    number: int
    label: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class MapView:
    """What `{% map_with_list %}` draws."""

    svg: SafeString
    items: tuple[Item, ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class Frame:
    """The visible part of the world and the room on the paper (viewBox units) that it fills.

    A phone cuts the left and right of a map away; frames made around marks therefore keep to the middle.
    """

    west: float
    south: float
    east: float
    north: float
    room: Position = (WIDTH, HEIGHT)

    def project(self, lon: float, lat: float) -> Position:
        """Degrees to viewBox units, both axes with one scale, the frame in the middle."""
        shrink = cos(radians((self.south + self.north) / 2))
        wide = max((self.east - self.west) * shrink, 1e-9)
        tall = max(self.north - self.south, 1e-9)
        scale = min(self.room[0] / wide, self.room[1] / tall)
        x = (lon - (self.west + self.east) / 2) * shrink * scale + WIDTH / 2
        y = ((self.south + self.north) / 2 - lat) * scale + HEIGHT / 2
        return round(x, 1), round(y, 1)


def frame_of(
    positions: Iterable[Position], *, margin: float, least: float, room: Position = (WIDTH, HEIGHT)
) -> Frame:
    """The frame around positions with a margin of at least `least` degrees (0.01 is about 1 km)."""
    known = list(positions)
    lons, lats = [p[0] for p in known], [p[1] for p in known]
    pad_x = max((max(lons) - min(lons)) * margin, least)
    pad_y = max((max(lats) - min(lats)) * margin, least)
    return Frame(min(lons) - pad_x, min(lats) - pad_y, max(lons) + pad_x, max(lats) + pad_y, room)


def positions_in(shape: Geometry) -> Iterable[Position]:
    """All positions of a geometry."""
    if shape["type"] == "GeometryCollection":
        for part in shape["geometries"]:
            yield from positions_in(part)
        return

    def walk(coordinates: object) -> Iterable[Position]:
        if isinstance(coordinates[0], (int, float)):
            yield coordinates[0], coordinates[1]
        else:
            for inner in coordinates:
                yield from walk(inner)

    yield from walk(shape["coordinates"])


def _rings(shape: Geometry) -> Iterable[tuple[Sequence[Position], bool]]:
    """(positions, closed) of every line or ring in a geometry."""
    kind, coordinates = shape["type"], shape.get("coordinates")
    if kind == "LineString":
        yield coordinates, False
    elif kind == "MultiLineString":
        yield from ((line, False) for line in coordinates)
    elif kind == "Polygon":
        yield from ((ring, True) for ring in coordinates)
    elif kind == "MultiPolygon":
        yield from ((ring, True) for polygon in coordinates for ring in polygon)
    elif kind == "GeometryCollection":
        for part in shape["geometries"]:
            yield from _rings(part)


def path_of(shape: Geometry, frame: Frame) -> str:
    """The `d` of a path for a geometry."""
    parts = []
    for ring, closed in _rings(shape):
        dots = [frame.project(p[0], p[1]) for p in ring]
        line = "L".join(f"{x:g} {y:g}" for x, y in dots)
        parts.append(f"M{line}{'Z' if closed else ''}")
    return "".join(parts)


def _layer(shapes: Iterable[Geometry], kind: str, frame: Frame) -> SafeString:
    return format_html_join(
        "", '<path class="{}" d="{}"/>', ((kind, path_of(shape, frame)) for shape in shapes)
    )


def _ground(base: Base, frame: Frame) -> SafeString:
    land = _layer(base.land, "land", frame) or mark_safe('<path class="land" d="M0 0h560v300H0z"/>')
    rivers = format_html_join(
        "",
        '<path class="water" stroke-width="{}" d="{}"/>',
        ((f"{breadth:g}", path_of(shape, frame)) for shape, breadth in base.rivers),
    )
    borders = _layer(base.borders, "bd", frame)
    return land + borders + rivers + _layer(base.roads, "road", frame)


def _labels(labels: Iterable[Label], frame: Frame) -> SafeString:
    def each() -> Iterable[tuple[object, ...]]:
        for label in labels:
            x, y = frame.project(label.lon, label.lat)
            kinds = "halo" + " q" * label.soft + " far" * label.far
            yield kinds, f"{x:g}", f"{y:g}", label.text

    return format_html_join("", '<text class="{}" x="{}" y="{}">{}</text>', each())


def _numbered(places: Iterable[Place], frame: Frame) -> SafeString:
    def each() -> Iterable[tuple[object, ...]]:
        for number, place in enumerate(places, 1):
            x, y = frame.project(place.lon, place.lat)
            yield f"{x:g}", f"{y:g}", f"{y + 5:g}", number

    return format_html_join(
        "",
        '<circle class="dot" cx="{0}" cy="{1}" r="13"/>'
        '<text class="pn" x="{0}" y="{2}" text-anchor="middle">{3}</text>',
        each(),
    )


def _pin(at: Position, frame: Frame, ring: float) -> SafeString:
    x, y = frame.project(*at)
    circle: SafeString | str = ""
    if ring:
        circle = format_html('<circle class="ring" cx="{}" cy="{}" r="{}"/>', f"{x:g}", f"{y:g}", f"{ring:g}")
    return format_html(
        '{}<path class="pin" d="M{} {}{}"/><circle class="eye" cx="{}" cy="{}" r="6"/>',
        circle,
        f"{x:g}",
        f"{y:g}",
        PIN,
        f"{x:g}",
        f"{y - 33:g}",
    )


def _svg(inside: SafeString, label: str, whole: bool = False) -> SafeString:
    return format_html(
        '<svg class="map{}" viewBox="0 0 560 300" preserveAspectRatio="xMidYMid slice" role="img"'
        ' aria-label="{}">{}</svg>',
        " whole" if whole else "",
        label,
        inside,
    )


def _frame_for(
    frame: Frame | None, marks: Sequence[Position], shapes: Callable[[], Iterable[Geometry]]
) -> Frame:
    if frame:
        return frame
    if marks:
        return frame_of(marks, margin=0.05, least=0.01, room=MIDDLE)
    return frame_of(
        (position for shape in shapes() for position in positions_in(shape)), margin=0.03, least=0.005
    )


def places_map(label: str, places: Sequence[Place], base: Base, frame: Frame | None = None) -> MapView:
    """Numbered dots and their list. `label` says in words what the picture shows."""
    view = _frame_for(frame, [(p.lon, p.lat) for p in places], lambda: base.land)
    drawn = _ground(base, view) + _labels(base.labels, view) + _numbered(places, view)
    items = tuple(Item(number, p.label, p.note, p.url) for number, p in enumerate(places, 1))
    return MapView(_svg(drawn, label), items)


def point_map(
    label: str,
    at: Position,
    base: Base,
    *,
    ring: float = 46,
    others: Sequence[Place] = (),
    frame: Frame | None = None,
) -> MapView:
    """One pin with a ring of doubt (viewBox units) and smaller neighbours, numbered in the list."""
    view = _frame_for(frame, [at, *((p.lon, p.lat) for p in others)], lambda: base.land)
    drawn = _ground(base, view) + _labels(base.labels, view) + _pin(at, view, ring) + _numbered(others, view)
    return MapView(
        _svg(drawn, label), tuple(Item(n, p.label, p.note, p.url) for n, p in enumerate(others, 1))
    )


def cells_map(label: str, cells: Sequence[Cell], base: Base, frame: Frame | None = None) -> MapView:
    """Shaded cells on the ground; their numbers belong in a table beside it."""
    view = _frame_for(frame, (), lambda: [*base.land, *(cell.shape for cell in cells)])
    shaded = format_html_join(
        "",
        '<path class="cell k{}" d="{}"/>',
        ((max(1, min(5, cell.shade)), path_of(cell.shape, view)) for cell in cells),
    )
    return MapView(_svg(_ground(base, view) + shaded + _labels(base.labels, view), label, whole=True))
