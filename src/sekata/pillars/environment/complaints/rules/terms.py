"""Words shared by the rules: points, rows of reference tables, and numbers as Indonesians write them."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sekata.lib.geo import haversine

Row = Mapping[str, Any]
Rows = Mapping[str, Row]
"""An effective-dated table on one date: key -> value, in the shape of `tables`."""


class Point(NamedTuple):
    """A place in degrees (WGS84)."""

    lat: float
    lon: float

    def metres_to(self, other: "Point") -> float:
        """Great-circle distance in metres."""
        return haversine(self.lat, self.lon, other.lat, other.lon)


def months_after(at: datetime, months: int) -> datetime:
    """The same day and time `months` later (negative: earlier); a day that month lacks becomes its last."""
    year, index = divmod(at.year * 12 + at.month - 1 + months, 12)
    return at.replace(year=year, month=index + 1, day=min(at.day, monthrange(year, index + 1)[1]))


def comma(number: float, digits: int) -> str:
    """`0,709`."""
    return f"{number:.{digits}f}".replace(".", ",")


def duration(span: timedelta) -> str:
    """`22 jam 33 menit`, `3 hari 4 jam`, `5 menit`: the two largest units."""
    minutes = int(span.total_seconds()) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [f"{n} {unit}" for n, unit in ((days, "hari"), (hours, "jam"), (minutes, "menit")) if n]
    return " ".join(parts[:2]) or "0 menit"


def bare(text: str) -> str:
    """Text without outer and repeated white space: what counts when a length is asked for."""
    return " ".join(text.split())
