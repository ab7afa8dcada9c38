"""Reading offices: what somebody holds on a day, who holds a role, who stands in, how they sign."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.db import connection
from django.db.models import QuerySet

from sekata.kernel.people.models import Assignment, Person
from sekata.kernel.reference import queries as reference
from sekata.lib.actor import Holding
from sekata.lib.manifest import Role

HELD = """
    WITH RECURSIVE held (role, unit, deep, acting, seat) AS (
        SELECT role, unit_id, descendants, '', NULL::bigint FROM people_rolegrant
        WHERE person_id = %(person)s AND starts <= %(on)s AND ends >= %(on)s AND suspended_at IS NULL
        UNION ALL
        SELECT jsonb_array_elements_text(post.roles), post.unit_id, true,
               CASE held.kind WHEN 'definitive' THEN '' ELSE held.kind END, held.id
        FROM people_assignment held JOIN people_position post ON post.id = held.position_id
        WHERE held.person_id = %(person)s AND held.approved_at IS NOT NULL
          AND held.starts <= %(on)s AND (held.ends IS NULL OR held.ends >= %(on)s)
    ), tree (root, id) AS (
        SELECT DISTINCT unit, unit FROM held
        UNION ALL
        SELECT tree.root, child.id FROM units_unit child JOIN tree ON child.parent_id = tree.id
    )
    SELECT role, unit, acting,
           CASE WHEN deep THEN (SELECT array_agg(id) FROM tree WHERE root = unit) ELSE ARRAY[unit] END, seat
    FROM held ORDER BY role, unit
"""


POST, TASKS = "j", "t"

HOLDERS = """
    SELECT person_id FROM people_rolegrant
    WHERE role = %(role)s AND unit_id = %(unit)s AND starts <= %(on)s AND ends >= %(on)s AND suspended_at IS NULL
    UNION
    SELECT held.person_id FROM people_assignment held JOIN people_position post ON post.id = held.position_id
    WHERE post.roles ? %(role)s AND post.unit_id = %(unit)s AND held.approved_at IS NOT NULL
      AND held.starts <= %(on)s AND (held.ends IS NULL OR held.ends >= %(on)s)
"""


def holdings(person: int, on: date, roles: Mapping[str, Role] = MappingProxyType({})) -> tuple[Holding, ...]:
    """All roles of a person on the day `on`, by grant or by post, in one statement."""
    return tuple(holding for _capacity, holding in seats(person, on, roles))


def seats(
    person: int, on: date, roles: Mapping[str, Role] = MappingProxyType({})
) -> tuple[tuple[str, Holding], ...]:
    """The roles of a person on a day, each with the capacity it comes with: a post (`j` and the assignment), or
    granted tasks (`t`).
    """
    with connection.cursor() as cursor:
        cursor.execute(HELD, {"person": person, "on": on})
        return tuple(
            (
                f"{POST}{seat}" if seat else TASKS,
                Holding(role, unit, frozenset(units), acting, _permissions(roles.get(role), acting)),
            )
            for role, unit, acting, units, seat in cursor.fetchall()
        )


def _permissions(role: Role | None, acting: str) -> frozenset[str]:
    if role is None:
        return frozenset()
    return frozenset(p for p in role.permissions if not (acting and p in role.strategic))


def holders(role: str, unit: int, on: date) -> list[int]:
    """Ids of the persons who hold `role` in `unit` on the day `on`: who is told."""
    with connection.cursor() as cursor:
        cursor.execute(HOLDERS, {"role": role, "unit": unit, "on": on})
        return [row[0] for row in cursor.fetchall()]


def acting_now(on: date) -> QuerySet[Assignment]:
    """Stand-ins in office on the day `on`."""
    return (
        Assignment.objects.select_related("person", "position__unit")
        .filter(approved_at__isnull=False, starts__lte=on, kind__in=["plt", "plh"])
        .exclude(ends__lt=on)
    )


def posts_of(person: int, on: date) -> list[Assignment]:
    """Posts a person fills on the day `on`; the signature block reads them."""
    rows = Assignment.objects.select_related("position__unit").filter(
        person=person, approved_at__isnull=False, starts__lte=on
    )
    return list(rows.exclude(ends__lt=on).order_by("kind", "starts"))


@dataclass(frozen=True)
class Signature:
    """How somebody signs on a day: name, number, post, and whether as a stand-in ("plt", "plh")."""

    name: str
    number: str
    post: str
    acting: str


def signature(person: int, on: date, via: str = "") -> Signature:
    """The signature block that follows from the posts in force (R7): the one in whose capacity the person acts
    (`via` of the actor), else the definitive one first.
    """
    who = Person.objects.select_related("employee").get(pk=person)
    posts = posts_of(person, on)
    chosen = via.partition("/")[2].removeprefix(POST)
    post = next((one for one in posts if str(one.pk) == chosen), next(iter(posts), None))
    employee = getattr(who, "employee", None)
    return Signature(
        name=who.full_name.title(),
        number=employee.number if employee else "",
        post=post.position.name if post else "",
        acting=post.kind if post and post.kind != "definitive" else "",
    )


def conflict_pairs(on: date) -> dict[str, set[str]]:
    """role -> roles that may not meet it in one person, from the effective-dated table."""
    pairs: dict[str, set[str]] = {}
    for row in reference.at("people.conflicts", on).values():
        pairs.setdefault(row["role"], set()).add(row["other"])
    return pairs
