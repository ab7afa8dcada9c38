"""R13 Public map privacy: what the public may see of a place, of small numbers and of the accused."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sekata.lib.geo import cell_centre
from sekata.pillars.environment.complaints.codes import PROVEN, ReporterMode
from sekata.pillars.environment.complaints.rules.terms import Point, Row

HIDDEN_MODES = frozenset({ReporterMode.CONFIDENTIAL, ReporterMode.ANONYMOUS})


@dataclass(frozen=True)
class Placement:
    """Somebody or something that placed the incident on the map (codes.PlacedBy)."""

    by: str
    point: Point


@dataclass(frozen=True)
class PublicPlace:
    """A point for the public map; exact False: the centre of the cell, not the place."""

    point: Point
    exact: bool


def public_cell(point: Point, precision: Row) -> Point:
    """Centre of the map cell that holds the point, floored on both sides of the equator."""
    return Point(*cell_centre(*point, float(precision["cell_degrees"])))


def public_place(
    service_code: str,
    mode: str,
    point: Point | None,
    precision: Row,
    placements: Iterable[Placement] = (),
) -> PublicPlace | None:
    """R13: where a published case is drawn; None where it only enters the totals of its village.

    Fires and spills stand at their true position once a trusted source places the incident - at that source's
    point, never at a hidden reporter's. All others show their cell; confidential and anonymous cases nothing.
    """
    trusted = _trusted(placements, precision) if service_code in precision["exact_services"] else None
    if trusted is not None:
        return PublicPlace(trusted.point, True)
    if mode in HIDDEN_MODES or point is None:
        return None
    return PublicPlace(public_cell(point, precision), False)


def _trusted(placements: Iterable[Placement], precision: Row) -> Placement | None:
    order = list(precision["trusted"])
    known = [placement for placement in placements if placement.by in order]
    return min(known, key=lambda placement: order.index(placement.by), default=None)


def printed_count(count: int, precision: Row) -> str:
    """A number as the public reads it: 0 and from 3 on as it is, 1 and 2 as `<3`."""
    small = precision["small_count"]
    return f"<{small}" if 0 < count < small else str(count)


def village_totals(village_codes: Iterable[str], precision: Row) -> dict[str, str]:
    """Cases per village, small numbers covered; all modes count, cases without a village do not."""
    counts = Counter(code for code in village_codes if code)
    return {code: printed_count(count, precision) for code, count in sorted(counts.items())}


def may_name_accused(finding: str, signed_at: datetime | None) -> bool:
    """Names of the accused appear only after a signed finding that proves a violation."""
    return finding in PROVEN and signed_at is not None
