"""What only the house as a whole can ask for the inbox: counts over all systems, colleagues, found cases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import QuerySet

from sekata.kernel.cases.models import Case
from sekata.kernel.cases.queries import MANY, SEE
from sekata.kernel.filters import visible
from sekata.kernel.search import queries as search
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.site.desk.asking import URGENT, Ask

MOST_CHOSEN = 100

IN_QUEUE = {
    "saya": "holder_id = %(person)s",
    "bidang": "unit_id = ANY(%(units)s)",
    "lewat": "unit_id = ANY(%(units)s) AND due_at < %(now)s",
    "jeda": "unit_id = ANY(%(units)s) AND paused_at IS NOT NULL",
    "ikut": """unit_id = ANY(%(units)s)
               AND id IN (SELECT case_id FROM cases_follow WHERE person_id = %(person)s)""",
}
COUNTS = """
    SELECT
      (SELECT count(*) FROM (SELECT 1 FROM cases_case WHERE unit_id = ANY(%(units)s) AND closed_at IS NULL
                             AND paused_at IS NOT NULL LIMIT %(cap)s) AS paused),
      (SELECT count(*) FROM (SELECT 1 FROM cases_case WHERE {queue} AND closed_at IS NULL
                             AND due_at <= %(tomorrow)s LIMIT %(cap)s) AS today),
      (SELECT count(*) FROM (SELECT 1 FROM cases_case WHERE {queue} AND closed_at IS NULL
                             AND priority = ANY(%(urgent)s) LIMIT %(cap)s) AS urgent),
      (SELECT json_object_agg(flow.code, flow.size) FROM (
         SELECT given.code, (SELECT count(*) FROM (
           SELECT 1 FROM cases_case WHERE {queue} AND closed_at IS NULL AND workflow = given.code
           LIMIT %(cap)s
         ) AS part) AS size FROM unnest(%(workflows)s::text[]) AS given(code)) AS flow)
"""
COLLEAGUES = """
    WITH RECURSIVE up (root, id) AS (
        SELECT id, id FROM units_unit WHERE id = ANY(%(units)s)
        UNION ALL
        SELECT up.root, unit.parent_id FROM up JOIN units_unit unit ON unit.id = up.id
        WHERE unit.parent_id IS NOT NULL
    ), held AS (
        SELECT given.person_id, up.root FROM people_rolegrant given JOIN up ON given.unit_id = up.id
        WHERE given.role = ANY(%(roles)s) AND given.starts <= %(on)s AND given.ends >= %(on)s
          AND given.suspended_at IS NULL AND (given.descendants OR given.unit_id = up.root)
        UNION
        SELECT sits.person_id, up.root FROM people_assignment sits
        JOIN people_position post ON post.id = sits.position_id JOIN up ON post.unit_id = up.id
        WHERE post.roles ?| %(roles)s AND sits.approved_at IS NOT NULL
          AND sits.starts <= %(on)s AND (sits.ends IS NULL OR sits.ends >= %(on)s)
    )
    SELECT person.id, person.full_name, (SELECT count(*) FROM (
        SELECT 1 FROM cases_case WHERE holder_id = person.id AND closed_at IS NULL LIMIT %(cap)s) AS load)
    FROM people_person person
    WHERE person.id IN (
        SELECT person_id FROM held GROUP BY person_id HAVING count(DISTINCT root) = %(all)s)
    ORDER BY 2
"""


@dataclass(frozen=True)
class Counts:
    """How many open cases: paused in the units; due today, urgent and by workflow in the queue."""

    paused: int = 0
    today: int = 0
    urgent: int = 0
    workflows: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Colleague:
    """An officer to whom a case can be handed, and how many open cases lie on that desk."""

    person: int
    name: str
    load: int


def tomorrow() -> datetime:
    """The first instant after today, in the regency's zone."""
    return datetime.combine(clock.today() + timedelta(days=1), datetime.min.time(), clock.WIB)


def counts(actor: Actor, ask: Ask, workflows: Iterable[str], at: datetime) -> Counts:
    """The numbers beside queues, chips and systems, each up to just over 500, in one statement."""
    given = {
        "person": actor.person,
        "units": sorted(actor.units_with("cases.see")),
        "now": at,
        "tomorrow": tomorrow(),
        "urgent": list(URGENT),
        "workflows": list(workflows),
        "cap": MANY + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNTS.format(queue=IN_QUEUE[ask.queue]), given)
        paused, today, urgent, flows = cursor.fetchone()
    return Counts(paused, today, urgent, flows or {})


def seen(actor: Actor) -> QuerySet[Case]:
    """Cases that `actor` may see, with what a row shows."""
    return visible(Case.objects.select_related("unit", "holder"), SEE, actor)


def found(actor: Actor, ask: Ask) -> list[Case]:
    """Open and closed cases that match the words of `ask`, nearest limit first; as many as a search finds."""
    numbers = [hit.ref for hit in search.find(ask.text, actor)] + [ask.text.upper()]
    rows = seen(actor).filter(number__in=numbers)
    if ask.workflow:
        rows = rows.filter(workflow=ask.workflow)
    if ask.states:
        rows = rows.filter(state__in=ask.states)
    if ask.priorities:
        rows = rows.filter(priority__in=ask.priorities)
    if ask.district:
        rows = rows.filter(area__startswith=ask.district)
    return list(rows.order_by("due_at", "pk"))


def chosen(actor: Actor, ids: Sequence[str]) -> list[Case]:
    """Ticked cases that `actor` may see."""
    wanted = [int(pk) for pk in ids if pk.isdigit() and len(pk) < 19][:MOST_CHOSEN]
    return list(seen(actor).filter(pk__in=wanted).order_by("due_at", "pk")) if wanted else []


def colleagues(units: Iterable[int], roles: Iterable[str], on: date) -> list[Colleague]:
    """Officers who hold one of `roles` in every one of `units` on the day `on`, by name."""
    units = sorted(set(units))
    given = {"units": units, "roles": list(roles), "on": on, "cap": MANY + 1, "all": len(units)}
    with connection.cursor() as cursor:
        cursor.execute(COLLEAGUES, given)
        return [Colleague(*row) for row in cursor.fetchall()]
