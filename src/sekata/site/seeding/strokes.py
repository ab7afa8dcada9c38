"""From a few points drawn by hand to lines that look grown: smooth curves, bends, a widening mouth.

Positions are (lon, lat) in degrees. Nothing is random: the same drawing gives the same map.
"""

from collections.abc import Sequence
from math import pi, sin

import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

Position = tuple[float, float]
Wave = tuple[float, float, float]
"""Amplitude and wave length in degrees, and the angle that sets it off from the others."""

BORDER: tuple[Wave, ...] = ((0.0075, 0.21, 0.4), (0.0038, 0.093, 1.9), (0.0015, 0.041, 3.3))
BENDS: tuple[Wave, ...] = ((0.0040, 0.062, 0.9), (0.0016, 0.023, 2.2))
GRID = 1e-5
PIECES = 12
"""Pieces of a curve between two drawn points."""
DEGREE = 111_195.0
"""Metres; so near the equator in both directions."""


def shifted(at: Position, waves: Sequence[Wave]) -> Position:
    """The point moved by gentle waves: what is neighbours stays neighbours."""
    lon, lat = at
    east = sum(a * sin(2 * pi * (lat + 0.6 * lon) / w + turn) for a, w, turn in waves)
    north = sum(a * sin(2 * pi * (lon - 0.6 * lat) / w + 2 * turn) for a, w, turn in waves)
    return lon + east, lat + north


def unshifted(at: Position, waves: Sequence[Wave]) -> Position:
    """The point that `shifted` brings to `at`."""
    guess = at
    for _ in range(60):
        there = shifted(guess, waves)
        guess = guess[0] + at[0] - there[0], guess[1] + at[1] - there[1]
    return guess


def wavy(shape: BaseGeometry, waves: Sequence[Wave], step: float = 0.003) -> BaseGeometry:
    """A shape whose straight lines have become bent ones."""
    dense = shapely.segmentize(shape, step)
    moved = [shifted(tuple(at), waves) for at in shapely.get_coordinates(dense)]
    return shapely.set_coordinates(dense, moved)


def curve(points: Sequence[Position], pieces: int = PIECES) -> list[Position]:
    """A smooth line through all the points (Catmull-Rom)."""
    ends = [points[0], *points, points[-1]]
    line: list[Position] = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        line += [_between(a, b, c, d, n / pieces) for n in range(pieces)]
    return [*line, points[-1]]


def _between(a: Position, b: Position, c: Position, d: Position, t: float) -> Position:
    def one(axis: int) -> float:
        p, q, r, s = a[axis], b[axis], c[axis], d[axis]
        bend = (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t**3
        return q + 0.5 * ((r - p) * t + bend)

    return one(0), one(1)


def winding(points: Sequence[Position]) -> LineString:
    """A winding line from the source to the mouth. Rivers that meet in a drawn point still meet."""
    return LineString([shifted(at, BENDS) for at in curve(points)])


def ring(points: Sequence[Position], waves: Sequence[Wave] = BORDER) -> BaseGeometry:
    """A rounded, slightly ragged area through the drawn corners."""
    closed = [*points[-2:], *points, *points[:2]]
    smooth = curve(closed)[2 * PIECES : -2 * PIECES]
    return shapely.make_valid(wavy(Polygon(smooth), waves))


def shape_json(shape: BaseGeometry) -> dict:
    """GeoJSON with five decimals, about a metre."""
    return _plain(shapely.set_precision(shape, GRID).__geo_interface__)


def _plain(value: object) -> object:
    """Tuples as lists, numbers without the tail of binary fractions."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return round(value, 5) if isinstance(value, float) else value


def along(line: LineString, metres: float) -> Position:
    """The position that many metres from the line's beginning."""
    at = line.interpolate(metres / DEGREE)
    return at.x, at.y


def length(line: LineString) -> float:
    """Metres."""
    return line.length * DEGREE
