"""The room's figures, counted by the database in sets, each with the rows behind it under the same condition.

A period is two moments, the second outside it. Cases are sought among those received within a year before:
the cost of a figure does not grow with the archive.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import connection

from sekata.kernel.places import queries as places
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.codes import PROVEN, Confidence, Group, StateCode
from sekata.pillars.environment.complaints.queries.fire import latest_air
from sekata.pillars.environment.complaints.queries.law import law
from sekata.pillars.environment.complaints.workflow import COMPLAINT
from sekata.pillars.environment.complaints.workflow.guards import RIVER

__all__ = ["latest_air"]

REACH = timedelta(days=366)
PROMPT = timedelta(hours=24)
MOST = 200
LAPSED = (StateCode.WITHDRAWN, StateCode.REJECTED, StateCode.MERGED, StateCode.CLOSED_INCOMPLETE)
ENDINGS = (StateCode.ANSWERED, StateCode.RESOLVED, StateCode.CLOSED)

RECEIVED = "c.workflow = %(workflow)s AND c.received_at >= %(since)s AND c.received_at < %(end)s"
DUE = f"""
    FROM cases_case c JOIN LATERAL (
        SELECT due_at, stopped_at FROM cases_timer WHERE case_id = c.id AND code = 'total' ORDER BY id LIMIT 1
    ) t ON true
    WHERE {RECEIVED} AND t.due_at >= %(start)s AND t.due_at < LEAST(%(end)s, %(now)s)
      AND c.state <> ALL(%(lapsed)s)
"""  # noqa: S608 - fixed pieces
SAMPLED = f"""
    FROM complaints_incident i JOIN cases_case c ON c.id = i.lead_id
    JOIN complaints_complaint p ON p.case_id = c.id JOIN LATERAL (
        SELECT min(o.received_at) AS first_at
        FROM complaints_complaint m JOIN cases_case o ON o.id = m.case_id WHERE m.incident_id = i.id
    ) r ON true
    WHERE {RECEIVED} AND p.service_code = ANY(%(river)s)
      AND i.first_sample_at >= %(start)s AND i.first_sample_at < %(end)s
"""  # noqa: S608 - fixed pieces
VERIFIED = """
    FROM complaints_report v JOIN complaints_incident i ON i.id = v.incident_id
    JOIN cases_case c ON c.id = i.lead_id
    WHERE v.approved_at >= %(start)s AND v.approved_at < %(end)s
"""
STEPPED = f"""
    FROM cases_step s JOIN cases_case c ON c.id = s.case_id
    WHERE {RECEIVED} AND s.at >= %(start)s AND s.at < %(end)s
"""
REOPENED = "s.transition = 'reopen'"
ENDED = "s.target = ANY(%(endings)s) AND s.source <> s.target"
TURNED = f"({REOPENED} OR {ENDED})"
SOON = "i.first_sample_at - r.first_at <= %(prompt)s"
SEEN = """
    FROM complaints_cluster h
    WHERE h.last_at >= %(start)s AND h.last_at < %(end)s AND h.confidence = ANY(%(counted)s)
"""
CHECKED = "h.checked_at - h.first_at <= %(prompt)s"
OVERDUE = """
    FROM cases_timer t JOIN cases_case c ON c.id = t.case_id
    WHERE t.code = 'total' AND t.stopped_at IS NULL AND t.due_at <= %(now)s
      AND c.workflow = %(workflow)s AND c.paused_at IS NULL
"""
REPEATED = f"""
    SELECT p.facility, count(*), count(DISTINCT p.incident_id),
           count(DISTINCT p.incident_id) FILTER (WHERE p.finding = ANY(%(proven)s))
    FROM complaints_complaint p JOIN cases_case c ON c.id = p.case_id
    WHERE {RECEIVED} AND c.received_at >= %(start)s AND p.facility <> ''
    GROUP BY p.facility HAVING count(DISTINCT p.incident_id) > 1 ORDER BY 3 DESC, 1
"""  # noqa: S608 - fixed pieces
MONTHLY = """
    SELECT date_trunc('month', c.received_at AT TIME ZONE 'Asia/Jakarta')::date, c.area, p."group",
           count(*), count(DISTINCT p.incident_id)
    FROM complaints_complaint p JOIN cases_case c ON c.id = p.case_id
    WHERE c.workflow = %(workflow)s GROUP BY 1, 2, 3
"""


def moments(start: date | datetime, end: date | datetime) -> tuple[datetime, datetime]:
    """A period given by days (both inside) or by moments (the second outside) as two moments."""
    if not isinstance(start, datetime):
        start = datetime.combine(start, datetime.min.time(), clock.WIB)
    if not isinstance(end, datetime):
        end = datetime.combine(end + timedelta(days=1), datetime.min.time(), clock.WIB)
    return start.astimezone(UTC), end.astimezone(UTC)


def _given(start: date | datetime, end: date | datetime) -> dict[str, object]:
    first, last = moments(start, end)
    return {
        "workflow": COMPLAINT.code,
        "start": first,
        "end": last,
        "since": first - REACH,
        "now": clock.now(),
        "lapsed": list(LAPSED),
        "endings": list(ENDINGS),
        "river": sorted(RIVER),
        "proven": sorted(PROVEN),
        "counted": [Confidence.MEDIUM, Confidence.HIGH],
        "prompt": PROMPT,
        "most": MOST,
    }


def _ask(sql: str, given: Mapping[str, object]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()


def on_time(start, end) -> tuple[int, int]:
    """Complaints whose first total limit was kept, and those whose limit ended in the period."""
    kept = "count(*) FILTER (WHERE t.stopped_at < t.due_at)"
    return _ask(f"SELECT {kept}, count(*) {DUE}", _given(start, end))[0]


def median_hours(start, end) -> float | None:
    """Median hours from the first receipt of a river incident to its first sample."""
    return sampled(start, end)[0]


def sampled(start, end) -> tuple[float | None, int]:
    """The median, and of how many incidents."""
    hours = "extract(epoch FROM i.first_sample_at - r.first_at) / 3600"
    median = f"percentile_cont(0.5) WITHIN GROUP (ORDER BY {hours})"
    found, count = _ask(f"SELECT {median}, count(*) {SAMPLED}", _given(start, end))[0]
    return (round(float(found), 1) if found is not None else None), count


def proven(start, end) -> tuple[int, int]:
    """Incidents with a proven violation, and all whose report was approved in the period."""
    counted = "count(DISTINCT v.incident_id)"
    told = f"{counted} FILTER (WHERE v.finding = ANY(%(proven)s)), {counted}"
    return _ask(f"SELECT {told} {VERIFIED}", _given(start, end))[0]


def reopened(start, end) -> tuple[int, int]:
    """Complaints reopened in the period, and those answered, resolved or closed in it."""
    told = ", ".join(f"count(DISTINCT s.case_id) FILTER (WHERE {what})" for what in (REOPENED, ENDED))
    return _ask(f"SELECT {told} {STEPPED}", _given(start, end))[0]


def ground_checked(start, end) -> tuple[int, int]:
    """Clusters of high or medium confidence checked on the ground within 24 hours, and all of them."""
    return _ask(f"SELECT count(*) FILTER (WHERE {CHECKED}), count(*) {SEEN}", _given(start, end))[0]


def overdue_count() -> int:
    """How many reports are past their total limit now."""
    given = _given(clock.today(), clock.today())
    return _ask(f"SELECT count(*) {OVERDUE}", given)[0][0]


@dataclass(frozen=True)
class Row:
    """A case behind a figure; note says how it counts."""

    number: str
    title: str
    state: str
    unit: int
    area: str
    at: datetime
    good: bool
    note: str = ""


CASE = "c.number, c.title, c.state, c.unit_id, c.area"
ROWS: Mapping[str, str] = {
    "on_time": f"SELECT {CASE}, t.due_at, COALESCE(t.stopped_at < t.due_at, false) {DUE} ORDER BY 7, 6",
    "overdue": f"SELECT {CASE}, t.due_at, false {OVERDUE} ORDER BY t.due_at",
    "first_sample": f"SELECT {CASE}, i.first_sample_at, {SOON} {SAMPLED} ORDER BY 7, 6",
    "proven": f"SELECT {CASE}, v.approved_at, v.finding = ANY(%(proven)s) {VERIFIED} ORDER BY 6 DESC",
    "reopened": f"SELECT {CASE}, s.at, NOT ({REOPENED}) {STEPPED} AND {TURNED} ORDER BY 7, 6 DESC",
}


def rows(code: str, start, end, area: str = "") -> list[Row]:
    """The cases behind a figure, the troubling ones first; area narrows to a village or district code."""
    found = _ask(f"SELECT * FROM ({ROWS[code]}) AS behind LIMIT %(most)s", _given(start, end))  # noqa: S608
    shown = [Row(*row) for row in found]
    return [row for row in shown if _inside(row.area, area)] if area else shown


def _inside(code: str, wanted: str) -> bool:
    area = units.areas().get(code)
    return code == wanted or bool(area and area.parent_id == wanted)


def by_district(start, end) -> dict[str, dict[date, tuple[int, int]]]:
    """district code -> first of month -> (kept, due), of complaints due in the period."""
    month = "date_trunc('month', t.due_at AT TIME ZONE 'Asia/Jakarta')::date"
    kept = "count(*) FILTER (WHERE t.stopped_at < t.due_at)"
    sql = f"SELECT c.area, {month}, {kept}, count(*) {DUE} GROUP BY 1, 2"
    known, found = units.areas(), {}
    for code, first, good, due in _ask(sql, _given(start, end)):
        area = known.get(code)
        months = found.setdefault(area.parent_id if area else "", {})
        before = months.get(first, (0, 0))
        months[first] = (before[0] + good, before[1] + due)
    return found


def repeated_facilities(start, end) -> list[dict[str, object]]:
    """Facilities suspected in two incidents or more, with where they lie."""
    known = {feature.code: feature for feature in places.layer("facility")}
    return [
        {
            "code": code,
            "feature": known.get(code),
            "complaints": complaints,
            "incidents": incidents,
            "proven": sure,
        }
        for code, complaints, incidents, sure in _ask(REPEATED, _given(start, end))
    ]


def monthly() -> list[dict[str, object]]:
    """The open dataset: reports and incidents by month, district and group; small numbers covered (R13)."""
    known, sums = units.areas(), {}
    for month, code, group, complaints, incidents in _ask(MONTHLY, {"workflow": COMPLAINT.code}):
        area = known.get(code)
        district = known.get(area.parent_id) if area else None
        key = (month, district.code if district else "", district.name if district else "", group)
        before = sums.get(key, (0, 0))
        sums[key] = (before[0] + complaints, before[1] + incidents)
    precision = law(clock.now()).precision
    return [
        {
            "month": month.isoformat()[:7],
            "district_code": code,
            "district": name,
            "group": Group(group).label,
            "complaints": rules.printed_count(complaints, precision),
            "incidents": rules.printed_count(incidents, precision),
        }
        for (month, code, name, group), (complaints, incidents) in sorted(sums.items())
    ]
