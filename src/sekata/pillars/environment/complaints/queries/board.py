"""The room's list: open complaints by nearest limit, closed ones newest first; and the board."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from sekata.kernel.cases import queries as cases
from sekata.kernel.filters import visible
from sekata.lib.actor import Actor
from sekata.pillars.environment.complaints.codes import StateCode
from sekata.pillars.environment.complaints.models import Complaint, SavedFilter
from sekata.pillars.environment.complaints.queries.limits import Badge, badge
from sekata.pillars.environment.complaints.queries.officer import place_name
from sekata.pillars.environment.complaints.rights import SEE
from sekata.pillars.environment.complaints.workflow import COMPLAINT

PAGE = 30
CARDS = 6
QUEUES = ("mine", "free", "late", "paused")


@dataclass(frozen=True)
class Wanted:
    """What an officer asks of the list; empty values ask nothing. after: where the page begins."""

    state: str = ""
    kind: str = ""
    priority: int = 0
    district: str = ""
    queue: str = ""
    closed: bool = False
    after: str = ""


@dataclass(frozen=True)
class Line:
    """A complaint as a list shows it."""

    complaint: Complaint
    state: str
    place: str
    badge: Badge | None
    tone: str


@dataclass(frozen=True)
class Column:
    """A state with its most urgent complaints and how many there are."""

    code: str
    label: str
    count: int
    lines: tuple[Line, ...]


def _rows(actor: Actor, wanted: Wanted, at: datetime) -> QuerySet[Complaint]:
    rows = visible(Complaint.objects.all(), SEE, actor).select_related("case__holder")
    return rows.filter(Q(case__closed_at__isnull=not wanted.closed) & _narrow(actor, wanted, at))


def _narrow(actor: Actor, wanted: Wanted, at: datetime) -> Q:
    chosen = {
        "case__state": wanted.state,
        "service_code": wanted.kind,
        "case__priority": wanted.priority,
        "case__area__startswith": wanted.district,
    }
    queues = {
        "mine": Q(case__holder=actor.person),
        "free": Q(case__holder=None),
        "late": Q(case__due_at__lt=at, case__paused_at=None),
        "paused": Q(case__paused_at__isnull=False),
    }
    return Q(**{name: value for name, value in chosen.items() if value}) & queues.get(wanted.queue, Q())


def page(actor: Actor, wanted: Wanted, at: datetime, size: int = PAGE) -> tuple[list[Line], str]:
    """A page of lines, and where the next one begins ("" at the end)."""
    rows = _rows(actor, wanted, at)
    rows = _closed_from(rows, wanted.after) if wanted.closed else _open_from(rows, wanted.after)
    found = list(rows[: size + 1])
    more = found[size:] and found[size - 1]
    return lines(found[:size], at), _mark(more, wanted.closed) if more else ""


def _open_from(rows: QuerySet, after: str) -> QuerySet:
    moment, _sep, pk = after.partition("_")
    rows = rows.order_by("case__due_at", "pk")
    if not pk.isdigit() or not moment.isdigit():
        return rows
    due = datetime.fromtimestamp(int(moment) / 1_000_000, UTC)
    return rows.filter(Q(case__due_at__gt=due) | Q(case__due_at=due, pk__gt=int(pk)))


def _closed_from(rows: QuerySet, after: str) -> QuerySet:
    rows = rows.order_by("-pk")
    return rows.filter(pk__lt=int(after)) if after.isdigit() else rows


def _mark(last: Complaint, closed: bool) -> str:
    due = last.case.due_at
    micro = (due - datetime(1970, 1, 1, tzinfo=UTC)) // datetime.resolution
    return str(last.pk) if closed else f"{micro}_{last.pk}"


def lines(found: Iterable[Complaint], at: datetime) -> list[Line]:
    """Complaints with the badge of the limit that counts now: one statement for all clocks."""
    found = list(found)
    nearest = cases.running_all(one.case_id for one in found)
    return [_line(one, nearest.get((one.case_id, one.case.due_clock)), at) for one in found]


def _line(complaint: Complaint, timer: cases.Timer | None, at: datetime) -> Line:
    case = complaint.case
    shown = badge(timer, case, at) if timer else None
    return Line(
        complaint,
        COMPLAINT.state(case.state).label,
        place_name(complaint.village_code) or _("tempat belum jelas"),
        shown,
        {1: "bad", 2: "warn"}.get(case.priority, "none"),
    )


def columns(actor: Actor, wanted: Wanted, at: datetime) -> list[Column]:
    """The board: every state that has complaints, with its first cards, in two statements."""
    by_state = {"partition_by": F("case__state")}
    rows = _rows(actor, wanted, at).annotate(
        place=Window(RowNumber(), order_by=["case__due_at", "pk"], **by_state),
        size=Window(Count("pk"), **by_state),
    )
    found = list(rows.filter(place__lte=CARDS).order_by("case__due_at", "pk"))
    shown = {line.complaint.pk: line for line in lines(found, at)}
    sizes = {one.case.state: one.size for one in found}
    return [
        Column(code, code.label, sizes[code], tuple(shown[one.pk] for one in found if one.case.state == code))
        for code in StateCode
        if code in sizes
    ]


def chosen(actor: Actor, numbers: Iterable[str]) -> list[Complaint]:
    """The complaints that were ticked, as far as the actor may see them."""
    rows = visible(Complaint.objects.all(), SEE, actor).select_related("case", "incident")
    return list(rows.filter(case__number__in=list(numbers)[:100]).order_by("pk"))


def kept(person: int) -> list[SavedFilter]:
    """An officer's own filters by name."""
    return list(SavedFilter.objects.filter(person=person).order_by("name"))
