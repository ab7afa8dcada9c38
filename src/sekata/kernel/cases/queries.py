"""Reading cases: the inbox, queues and their sizes, history, clocks in words. No query here slows with history."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import connection
from django.db.models import Q, QuerySet

from sekata.kernel.cases.models import NEVER, Case, Escalation, Follow, SavedView, Step, Timer
from sekata.lib.actor import Actor
from sekata.lib.rights import permission_in

SEE = permission_in("cases.see", "petugas unit yang menangani")
PAGE = 30
MANY = 500
BEGINNING = datetime(1900, 1, 1, tzinfo=UTC)

FIRST_PAGE = """
    SELECT found.id FROM unnest(%(units)s::bigint[]) AS desk(unit)
    CROSS JOIN LATERAL (
        SELECT id, due_at FROM cases_case
        WHERE unit_id = desk.unit AND closed_at IS NULL AND (due_at, id) > (%(due)s, %(after)s) {narrow}
        ORDER BY due_at, id LIMIT %(most)s
    ) AS found ORDER BY found.due_at, found.id LIMIT %(most)s
"""


@dataclass(frozen=True)
class Filters:
    """What an officer asks of the inbox; empty values ask nothing."""

    queue: str = "unit"
    workflow: str = ""
    states: tuple[str, ...] = ()
    priorities: tuple[int, ...] = ()
    area: str = ""
    numbers: tuple[str, ...] = ()
    after: tuple[datetime, int] = field(default=(BEGINNING, 0))


@dataclass(frozen=True)
class Page:
    """A page of cases in order of due date and where the next one begins (None at the end)."""

    cases: list[Case]
    next: tuple[datetime, int] | None


def inbox(actor: Actor, filters: Filters, at: datetime, size: int = PAGE) -> Page:
    """Open cases that `actor` may see, nearest limit first."""
    ids = _unit_page(actor, filters, at, size) if filters.queue != "mine" else None
    rows = Case.objects.select_related("unit", "holder")
    if ids is not None:
        found = sorted(rows.filter(pk__in=ids), key=lambda case: (case.due_at, case.pk))
    else:
        found = list(_mine(rows, actor, filters)[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page(found, (found[-1].due_at, found[-1].pk) if more else None)


def _mine(rows: QuerySet[Case], actor: Actor, filters: Filters) -> QuerySet[Case]:
    due, pk = filters.after
    rows = rows.filter(holder=actor.person, closed_at=None).filter(_narrow(filters))
    if pk:
        rows = rows.filter(Q(due_at__gt=due) | Q(due_at=due, pk__gt=pk))
    return rows.order_by("due_at", "pk")


def _narrow(filters: Filters) -> Q:
    q = Q()
    if filters.workflow:
        q &= Q(workflow=filters.workflow)
    if filters.states:
        q &= Q(state__in=filters.states)
    if filters.priorities:
        q &= Q(priority__in=filters.priorities)
    if filters.area:
        q &= Q(area__startswith=filters.area)
    return q


def _unit_page(actor: Actor, filters: Filters, at: datetime, size: int) -> list[int]:
    """Ids of a page, taken from the front of each unit's own index: cost follows the page, not the archive."""
    clauses, given = _clauses(filters, at)
    due, after = filters.after
    given |= {
        "units": sorted(actor.units_with("cases.see")),
        "due": due if after else datetime(1, 1, 1, tzinfo=NEVER.tzinfo),
        "after": after,
        "most": size + 1,
        "person": actor.person,
    }
    with connection.cursor() as cursor:
        cursor.execute(FIRST_PAGE.format(narrow="".join(f" AND {clause}" for clause in clauses)), given)
        return [row[0] for row in cursor.fetchall()]


def _clauses(filters: Filters, at: datetime) -> tuple[list[str], dict[str, object]]:
    """Fixed pieces of SQL for the filters that are set, and their values. One state alone is asked for by equality, so
    that its index gives the rows in order."""
    chosen = {
        "workflow = %(workflow)s": bool(filters.workflow),
        "state = %(state)s": len(filters.states) == 1,
        "state = ANY(%(states)s)": len(filters.states) > 1,
        "priority = ANY(%(priorities)s)": bool(filters.priorities),
        "area LIKE %(area)s": bool(filters.area),
        "due_at < %(now)s": filters.queue == "late",
        "paused_at IS NOT NULL": filters.queue == "paused",
        "id IN (SELECT case_id FROM cases_follow WHERE person_id = %(person)s)": filters.queue == "followed",
    }
    values = {
        "workflow": filters.workflow,
        "state": filters.states[0] if filters.states else "",
        "states": list(filters.states),
        "priorities": list(filters.priorities),
        "area": f"{filters.area}%",
        "now": at,
    }
    return [clause for clause, wanted in chosen.items() if wanted], values


QUEUES = """
    SELECT
      (SELECT count(*) FROM (SELECT 1 FROM cases_case WHERE holder_id = %(person)s AND closed_at IS NULL
                             LIMIT %(cap)s) AS mine),
      (SELECT count(*) FROM (SELECT 1 FROM cases_case WHERE unit_id = ANY(%(units)s) AND closed_at IS NULL
                             LIMIT %(cap)s) AS desk),
      (SELECT count(*) FROM (SELECT 1 FROM cases_case WHERE unit_id = ANY(%(units)s) AND closed_at IS NULL
                             AND due_at < %(now)s LIMIT %(cap)s) AS late),
      (SELECT count(*) FROM (SELECT 1 FROM cases_follow WHERE person_id = %(person)s LIMIT %(cap)s) AS followed)
"""


def queue_sizes(actor: Actor, at: datetime) -> dict[str, int]:
    """How many cases wait in each queue, counted up to just over 500, in one statement."""
    given = {
        "person": actor.person,
        "units": sorted(actor.units_with("cases.see")),
        "now": at,
        "cap": MANY + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(QUEUES, given)
        return dict(zip(("mine", "unit", "late", "followed"), cursor.fetchone(), strict=True))


def timers(case: Case) -> list[Timer]:
    """All clocks of a case, running ones by their limit first."""
    rows = case.begun if hasattr(case, "begun") else case.timers.all()
    return sorted(rows, key=lambda timer: (timer.stopped_at is not None, timer.due_at))


def running(cases: Iterable[Case], codes: Iterable[str]) -> Mapping[int, Timer]:
    """case id -> its running timer among `codes`, for a page of cases in one statement."""
    rows = Timer.objects.filter(case__in=list(cases), code__in=list(codes), stopped_at=None)
    return {timer.case_id: timer for timer in rows}


def running_all(cases: Iterable[int]) -> Mapping[tuple[int, str], Timer]:
    """(case id, code) -> its running timer, of all clocks of a page of cases in one statement."""
    cases = list(cases)
    rows = Timer.objects.filter(case__in=cases, stopped_at=None) if cases else ()
    return {(timer.case_id, timer.code): timer for timer in rows}


def latest_steps(case: int, most: int) -> list[Step]:
    """The last entries of a case's history, newest first."""
    return list(Step.objects.filter(case=case).order_by("-at", "-pk")[:most])


def escalation(pk: int, number: str) -> Escalation | None:
    """An escalation of the case of that number."""
    return Escalation.objects.select_related("case").filter(pk=pk, case__number=number).first()


def history(case: Case) -> QuerySet[Step]:
    return case.steps.order_by("at", "pk")


def public_history(case: Case) -> QuerySet[Step]:
    """The steps that have a sentence for the citizen."""
    return history(case).exclude(says="")


def climbing(workflow: str, at: datetime, most: int = 500) -> list[Timer]:
    """Running timers of `workflow` whose next escalation is due."""
    rows = Timer.objects.select_related("case").filter(
        stopped_at=None, climbs_at__lte=at, case__workflow=workflow
    )
    return list(rows.order_by("climbs_at")[:most])


def overdue(workflow: str, code: str, at: datetime, most: int = 500) -> list[Timer]:
    """Running timers `code` of `workflow` whose limit is over: what a job must close or chase."""
    rows = Timer.objects.select_related("case").filter(
        stopped_at=None, code=code, due_at__lte=at, case__workflow=workflow
    )
    return list(rows.order_by("due_at")[:most])


def open_escalations(levels: Iterable[int], units: Iterable[int] | None = None) -> QuerySet[Escalation]:
    """Escalations of these levels that nobody has answered, newest first."""
    rows = Escalation.objects.select_related("case__unit", "timer").filter(
        level__in=list(levels), answered_at=None
    )
    if units is not None:
        rows = rows.filter(case__unit__in=list(units))
    return rows.order_by("-at")


def of_applicant(person: int) -> QuerySet[Case]:
    """A citizen's own cases, newest first."""
    return Case.objects.select_related("unit").filter(applicant=person).order_by("-received_at")


def by_number(number: str) -> Case | None:
    return Case.objects.select_related("unit", "holder").filter(number=number).first()


def by_tracking(hashed: str) -> Case | None:
    return Case.objects.select_related("unit").filter(tracking=hashed).first()


def saved_views(person: int) -> QuerySet[SavedView]:
    return SavedView.objects.filter(person=person).order_by("name")


def follows(case: Case, person: int) -> bool:
    return Follow.objects.filter(case=case, person=person).exists()


@dataclass(frozen=True)
class Punctuality:
    """Cases whose main clock ended in a period: how many were kept, of how many, and the median time in days."""

    kept: int
    ended: int
    median_days: float | None

    @property
    def share(self) -> float | None:
        """Percent kept, None when nothing ended."""
        return 100 * self.kept / self.ended if self.ended else None


PUNCTUALITY = """
    SELECT count(*) FILTER (WHERE timer.stopped_at < timer.due_at), count(*),
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM timer.stopped_at - timer.since) / 86400)
    FROM cases_timer AS timer JOIN cases_case ON cases_case.id = timer.case_id
    WHERE cases_case.workflow = ANY(%(workflows)s) AND timer.code = %(code)s
      AND timer.stopped_at >= %(start)s AND timer.stopped_at < %(end)s
      AND cases_case.state <> ALL(%(left_out)s)
"""


def punctuality(
    workflows: Iterable[str],
    start: datetime,
    end: datetime,
    code: str = "total",
    left_out: Iterable[str] = ("withdrawn", "merged"),
) -> Punctuality:
    """How punctual cases were whose clock `code` ended between `start` and `end`; withdrawn ones do not count."""
    given = {
        "workflows": list(workflows),
        "code": code,
        "start": start,
        "end": end,
        "left_out": list(left_out),
    }
    with connection.cursor() as cursor:
        cursor.execute(PUNCTUALITY, given)
        return Punctuality(*cursor.fetchone())
