"""What the register book and the bulletin of a month say, and which of them have been given out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sekata.kernel.cases import queries as cases
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.lib.deadlines import Limit
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.codes import Channel, Finding, Group, MonthlyKind, StateCode
from sekata.pillars.environment.complaints.models import Complaint, MonthlyPaper
from sekata.pillars.environment.complaints.queries.law import law
from sekata.pillars.environment.complaints.queries.limits import last_day
from sekata.pillars.environment.complaints.queries.public import DONE
from sekata.pillars.environment.complaints.workflow import COMPLAINT

STORIES = 3


@dataclass(frozen=True)
class Line:
    """A report of the month. limit, kept_until: the first total limit and when it was met; late: it was not."""

    complaint: Complaint
    service: str
    place: str
    district: str
    authority: str
    state: str
    finding: str
    limit: date | None
    ended: datetime | None
    late: bool


def span(month: date) -> tuple[datetime, datetime]:
    """A month as two moments in the regency's zone, the second outside it."""
    first = month.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return _midnight(first), _midnight(following)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=clock.WIB)


def lines(month: date, at: datetime) -> list[Line]:
    """All reports received in the month, in the order of their receipt, by three statements."""
    start, end = span(month)
    rows = Complaint.objects.select_related("case").prefetch_related("case__timers").filter(
        case__workflow=COMPLAINT.code, case__received_at__gte=start, case__received_at__lt=end
    )  # fmt: skip
    return [_line(one, at) for one in rows.order_by("case__received_at", "pk")]


def _line(one: Complaint, at: datetime) -> Line:
    rulebook = law(one.case.received_at)
    village = units.areas().get(one.village_code)
    district = units.areas().get(village.parent_id or "") if village else None
    total = min((t for t in cases.timers(one.case) if t.code == "total"), key=lambda t: t.pk, default=None)
    return Line(
        complaint=one,
        service=rulebook.services.get(one.service_code, {}).get("name", one.service_code),
        place=", ".join(area.name for area in (village, district) if area) or one.address_text,
        district=district.name if district else "",
        authority=rulebook.authorities.get(one.competent_authority, {}).get("name", ""),
        state=StateCode(one.case.state).label,
        finding=Finding(one.finding).label if one.finding else "",
        limit=last_day(total) if total else None,
        ended=total.stopped_at if total else None,
        late=_is_late(total, at),
    )


def _is_late(total: cases.Timer | None, at: datetime) -> bool:
    return total is not None and Limit(total.amount, total.unit).is_late(total.due_at, total.stopped_at or at)


def channel(line: Line) -> str:
    """The way a report came in, in words."""
    return Channel(line.complaint.channel).label


def incidents(found: Iterable[Line]) -> int:
    """How many incidents these reports are about; merged ones count once."""
    return len({line.complaint.incident_id for line in found})


def by_group(found: Iterable[Line]) -> list[tuple[Group, int]]:
    """Groups with their number of reports, the largest first."""
    counted = Counter(Group(line.complaint.group) for line in found)
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0].label))


@dataclass(frozen=True)
class District:
    """A district's reports of the month, how many of them ended, how many missed their limit: as printed."""

    name: str
    complaints: str
    ended: str
    late: str


def by_district(found: Sequence[Line], at: datetime) -> list[District]:
    """Districts that have reports, small numbers covered (R13)."""
    precision = law(at).precision
    names = sorted({line.district for line in found if line.district})
    return [_district(name, [one for one in found if one.district == name], precision) for name in names]


def _district(name: str, found: Sequence[Line], precision: rules.Row) -> District:
    ended = sum(one.complaint.case.state in DONE for one in found)
    sums = (len(found), ended, sum(one.late for one in found))
    return District(name, *(rules.printed_count(count, precision) for count in sums))


def stories(month: date) -> list[tuple[str, str]]:
    """Published reports answered in the month: kind and district, and the reviewer's words, which name nobody."""
    start, end = span(month)
    rows = Complaint.objects.select_related("case").filter(
        published=True, case__state__in=(StateCode.ANSWERED, StateCode.RESOLVED, StateCode.CLOSED),
        changed_at__gte=start, changed_at__lt=end,
    )  # fmt: skip
    return [_story(one) for one in rows.exclude(public_text="").order_by("case__priority", "-pk")[:STORIES]]


def _story(one: Complaint) -> tuple[str, str]:
    village = units.areas().get(one.village_code)
    district = units.areas().get(village.parent_id or "") if village else None
    kind = law(one.case.received_at).services.get(one.service_code, {}).get("name", one.service_code)
    title = f"{kind}, Kecamatan {district.name}" if district else str(kind)
    finding = f" Kesimpulan: {Finding(one.finding).label.lower()}." if one.finding else ""
    return title[:1].upper() + title[1:], one.public_text + finding


def months(most: int = 12) -> list[date]:
    """The last full months, the newest first."""
    found, day = [], clock.today().replace(day=1)
    for _step in range(most):
        day = (day - timedelta(days=1)).replace(day=1)
        found.append(day)
    return found


def papers(
    kind: MonthlyKind | None = None, since: date | None = None
) -> dict[tuple[str, date], MonthlyPaper]:
    """(kind, month) -> its latest edition."""
    rows = MonthlyPaper.objects.select_related("document__file").order_by("pk")
    if kind:
        rows = rows.filter(kind=kind)
    if since:
        rows = rows.filter(month__gte=since)
    return {(row.kind, row.month): row for row in rows}


def latest_bulletin() -> MonthlyPaper | None:
    """The newest bulletin, for the public page."""
    rows = MonthlyPaper.objects.filter(kind=MonthlyKind.BULLETIN).order_by("-month", "-pk")
    return rows.select_related("document__file").first()


def bulletin_of(month: date) -> MonthlyPaper | None:
    """The latest edition of a month's bulletin."""
    rows = MonthlyPaper.objects.filter(kind=MonthlyKind.BULLETIN, month=month).order_by("-pk")
    return rows.select_related("document__file").first()
