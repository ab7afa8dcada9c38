"""Figures of all rooms at once, each in one statement over sets. What is counted here the rows show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from sekata.kernel.cases.queries import open_escalations
from sekata.site.bridge.periods import Period, moment

TOTAL = "total"
DISTRICT = 8
LEVELS = (1, 2, 3, 4, 5)
MOST_FLAGS = 6
MOST_PLACES = 12

KEPT = """
    CASE WHEN timer.unit IN ('minutes', 'hours') THEN timer.stopped_at <= timer.due_at
    ELSE timer.stopped_at < timer.due_at END
"""
DECIDED = f"""
    SELECT found.workflow, left(found.area, {DISTRICT}),
           date_trunc('month', timer.stopped_at AT TIME ZONE 'Asia/Jakarta')::date,
           count(*), count(*) FILTER (WHERE {KEPT})
    FROM cases_timer timer JOIN cases_case found ON found.id = timer.case_id
    WHERE timer.code = %(code)s AND timer.stopped_at >= %(begins)s AND timer.stopped_at < %(ends)s
      AND found.merged_into_id IS NULL
    GROUP BY 1, 2, 3
"""  # noqa: S608 - fixed pieces
FLOW = """
    SELECT given.code,
      (SELECT count(*) FROM cases_case WHERE workflow = given.code
         AND received_at >= %(begins)s AND received_at < %(ends)s),
      (SELECT count(*) FROM cases_case WHERE workflow = given.code AND closed_at IS NULL),
      (SELECT count(*) FROM cases_case WHERE workflow = given.code AND closed_at IS NULL
         AND due_at < %(now)s)
    FROM unnest(%(workflows)s::text[]) AS given(code)
"""
LATE = """
    SELECT office.id, office.name, late.workflow, coalesce(holder.full_name, ''), late.size, late.oldest
    FROM (
        SELECT unit_id, workflow, holder_id, count(*) AS size, min(due_at) AS oldest FROM cases_case
        WHERE closed_at IS NULL AND due_at < %(now)s GROUP BY 1, 2, 3
    ) AS late JOIN units_unit office ON office.id = late.unit_id
    LEFT JOIN people_person holder ON holder.id = late.holder_id
    ORDER BY late.size DESC, office.name
"""
MEDIANS = """
    SELECT found.unit_id, found.workflow,
           percentile_cont(0.5) WITHIN GROUP (
               ORDER BY extract(epoch FROM timer.stopped_at - timer.since) / 86400),
           mode() WITHIN GROUP (ORDER BY timer.amount), mode() WITHIN GROUP (ORDER BY timer.unit)
    FROM cases_timer timer JOIN cases_case found ON found.id = timer.case_id
    WHERE timer.code = %(code)s AND timer.stopped_at >= %(begins)s AND timer.stopped_at < %(ends)s
      AND found.merged_into_id IS NULL
    GROUP BY 1, 2
"""
PLACES = """
    SELECT area, avg(lat), avg(lon), count(*), count(*) FILTER (WHERE due_at < %(now)s) FROM cases_case
    WHERE closed_at IS NULL AND lat IS NOT NULL AND lon IS NOT NULL
    GROUP BY area ORDER BY 5 DESC, 4 DESC, area LIMIT %(most)s
"""
FLAGS = """
    SELECT level, count(*) FROM cases_escalation WHERE answered_at IS NULL GROUP BY level ORDER BY level DESC
"""


@dataclass(frozen=True)
class Cell:
    """Decided cases of one system, district and month, and how many of them in time."""

    workflow: str
    district: str
    month: date
    decided: int
    in_time: int


@dataclass(frozen=True)
class Share:
    """In time out of decided."""

    in_time: int = 0
    decided: int = 0

    @property
    def percent(self) -> float | None:
        """None where nothing was decided: no share of nothing."""
        return 100 * self.in_time / self.decided if self.decided else None


@dataclass(frozen=True)
class Flow:
    """What came in during the period, what is open now, what of it is late."""

    received: int = 0
    open: int = 0
    late: int = 0


@dataclass(frozen=True)
class Late:
    """A unit's late cases in one system: how many, the oldest limit, on whose desks."""

    unit: int
    name: str
    workflow: str
    size: int
    oldest: datetime
    holders: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Median:
    """Days from receipt to decision (the middle one) and the limit promised."""

    days: float
    amount: int
    unit: str


@dataclass(frozen=True)
class Spot:
    """Open cases of one village or kelurahan, at the middle of their points."""

    area: str
    lat: float
    lon: float
    open: int
    late: int


def _rows(sql: str, **given: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()


def decided(begins: date, until: date) -> list[Cell]:
    """All decisions by system, district and month."""
    return [Cell(*row) for row in _rows(DECIDED, code=TOTAL, begins=moment(begins), ends=moment(until))]


def share(cells: Iterable[Cell]) -> Share:
    """All cells together."""
    cells = list(cells)
    return Share(sum(cell.in_time for cell in cells), sum(cell.decided for cell in cells))


def flows(workflows: Iterable[str], period: Period, at: datetime) -> dict[str, Flow]:
    """workflow -> what came in during the period, is open and is late now."""
    rows = _rows(FLOW, workflows=list(workflows), begins=period.begins, ends=period.ends, now=at)
    return {workflow: Flow(*sizes) for workflow, *sizes in rows}


def late(at: datetime) -> list[Late]:
    """Late cases by unit and system, most first, with the names of those who hold them."""
    groups: dict[tuple[int, str], list[tuple]] = {}
    for row in _rows(LATE, now=at):
        groups.setdefault((row[0], row[2]), []).append(row)
    found = [
        Late(
            unit=unit,
            name=rows[0][1],
            workflow=workflow,
            size=sum(row[4] for row in rows),
            oldest=min(row[5] for row in rows),
            holders=tuple((row[3], row[4]) for row in rows),
        )
        for (unit, workflow), rows in groups.items()
    ]
    return sorted(found, key=lambda one: (-one.size, one.name))


def medians(period: Period) -> Mapping[tuple[int, str], Median]:
    """(unit, workflow) -> how long decisions of the period took, and the limit most of them had."""
    rows = _rows(MEDIANS, code=TOTAL, begins=period.begins, ends=period.ends)
    return {(unit, workflow): Median(days, amount, kind) for unit, workflow, days, amount, kind in rows}


def spots(at: datetime) -> list[Spot]:
    """Where open cases lie, places with late ones first."""
    return [Spot(*row) for row in _rows(PLACES, now=at, most=MOST_PLACES)]


def flag_counts() -> dict[int, int]:
    """level -> escalations that nobody has answered, the highest level first."""
    return dict(_rows(FLAGS))


def flags() -> list:
    """Escalations that wait for an answer: the highest level, then the newest."""
    return list(open_escalations(LEVELS).order_by("-level", "-at")[:MOST_FLAGS])
