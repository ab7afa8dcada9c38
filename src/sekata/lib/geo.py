"""Points on the earth in degrees (WGS84), distances in metres on a sphere; latitude always comes first."""

import math
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from itertools import product

EARTH = 6371008.8
"""Mean radius in metres (IUGG), as R10 of complaints fixes it."""

CELL = 0.005
"""Degrees, about 556 m: the cell within which a public map hides a place (R13 of complaints)."""


@dataclass(frozen=True)
class Box:
    """A rectangle of degrees, edges included. It does not cross the date line."""

    south: float
    west: float
    north: float
    east: float

    def has(self, lat: float, lon: float, buffer_km: float = 0) -> bool:
        """Whether the point lies in the box or within `buffer_km` of its edges, measured along them."""
        box = self.grown(buffer_km * 1000) if buffer_km else self
        return box.south <= lat <= box.north and box.west <= lon <= box.east

    def grown(self, metres: float) -> "Box":
        """The box that holds every point within `metres` of this one."""
        edges = product((self.south, self.north), (self.west, self.east))
        corners = [around(lat, lon, metres) for lat, lon in edges]
        return Box(
            min(corner.south for corner in corners),
            min(corner.west for corner in corners),
            max(corner.north for corner in corners),
            max(corner.east for corner in corners),
        )


def valid_point(lat: float, lon: float) -> bool:
    """Whether these are coordinates at all; (0, 0) is what a device without position sends, so it is not."""
    if not (math.isfinite(lat) and math.isfinite(lon)):
        return False
    return abs(lat) <= 90 and abs(lon) <= 180 and (lat, lon) != (0, 0)


def swapped(lat: float, lon: float, box: Box) -> bool:
    """Whether the two were probably exchanged: outside the box as given, inside it the other way round."""
    return not box.has(lat, lon) and box.has(lon, lat)


def haversine(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in metres."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    across = math.sin(math.radians(lon2 - lon1) / 2) ** 2
    h = math.sin((phi2 - phi1) / 2) ** 2 + math.cos(phi1) * math.cos(phi2) * across
    return 2 * EARTH * math.asin(math.sqrt(min(1, h)))


def around(lat: float, lon: float, metres: float) -> Box:
    """The smallest box that holds every point within `metres`; near a pole it takes all longitudes."""
    angle = metres / EARTH
    south, north = lat - math.degrees(angle), lat + math.degrees(angle)
    if south <= -90 or north >= 90:
        return Box(max(south, -90), -180, min(north, 90), 180)
    width = math.degrees(math.asin(math.sin(angle) / math.cos(math.radians(lat))))
    return Box(south, lon - width, north, lon + width)


def cell_centre(lat: float, lon: float, step: float = CELL) -> tuple[float, float]:
    """Centre of the cell of `step` degrees that holds the point; floored, south of the equator too.

    Counted in decimals: 0.015 lies in the cell that begins there, whatever its binary fraction says.
    """
    return _centre(lat, step), _centre(lon, step)


def _centre(degrees: float, step: float) -> float:
    size = Decimal(str(step))
    index = (Decimal(str(degrees)) / size).to_integral_value(ROUND_FLOOR)
    return float(index * size + size / 2)
