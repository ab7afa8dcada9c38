"""Reading people: who acts, what they hold today, who has looked at whose data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest

from sekata.kernel.journal.models import Event
from sekata.kernel.people import vault
from sekata.kernel.people.models import Account, Assignment, AssistedSession, Attempt, Identifier, Person
from sekata.lib import clock
from sekata.lib.actor import NOBODY, PERSON, Actor, Holding
from sekata.lib.manifest import Role

HELD = """
    WITH RECURSIVE held (role, unit, deep, acting) AS (
        SELECT role, unit_id, descendants, '' FROM people_rolegrant
        WHERE person_id = %(person)s AND starts <= %(on)s AND ends >= %(on)s AND suspended_at IS NULL
        UNION ALL
        SELECT jsonb_array_elements_text(post.roles), post.unit_id, true,
               CASE held.kind WHEN 'definitive' THEN '' ELSE held.kind END
        FROM people_assignment held JOIN people_position post ON post.id = held.position_id
        WHERE held.person_id = %(person)s AND held.approved_at IS NOT NULL
          AND held.starts <= %(on)s AND (held.ends IS NULL OR held.ends >= %(on)s)
    ), tree (root, id) AS (
        SELECT DISTINCT unit, unit FROM held
        UNION ALL
        SELECT tree.root, child.id FROM units_unit child JOIN tree ON child.parent_id = tree.id
    )
    SELECT role, unit, acting,
           CASE WHEN deep THEN (SELECT array_agg(id) FROM tree WHERE root = unit) ELSE ARRAY[unit] END
    FROM held ORDER BY role, unit
"""

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
    with connection.cursor() as cursor:
        cursor.execute(HELD, {"person": person, "on": on})
        return tuple(
            Holding(role, unit, frozenset(units), acting, _permissions(roles.get(role), acting))
            for role, unit, acting, units in cursor.fetchall()
        )


def _permissions(role: Role | None, acting: str) -> frozenset[str]:
    if role is None:
        return frozenset()
    return frozenset(p for p in role.permissions if not (acting and p in role.strategic))


def actor(
    person: Person, roles: Mapping[str, Role], *, via: str = "web", acting_for: int | None = None
) -> Actor:
    """The person as an actor, with what today's roles permit."""
    return Actor(
        kind=PERSON,
        person=person.pk,
        name=person.full_name,
        holdings=holdings(person.pk, clock.today(), roles),
        acting_for=acting_for,
        via=via,
    )


def holders(role: str, unit: int, on: date) -> list[int]:
    """Ids of the persons who hold `role` in `unit` on the day `on`: who is told."""
    with connection.cursor() as cursor:
        cursor.execute(HOLDERS, {"role": role, "unit": unit, "on": on})
        return [row[0] for row in cursor.fetchall()]


def actor_for(request: HttpRequest, roles: Mapping[str, Role]) -> Actor:
    """Who acts in this request; an assisted session adds the citizen who is being served."""
    account = request.user
    if not account.is_authenticated or account.person_id is None:
        return NOBODY
    serving = assisted_session(request.session.get("assisted"), account.person_id)
    return actor(account.person, roles, acting_for=serving.citizen_id if serving else None)


def assisted_session(key: int | None, clerk: int) -> AssistedSession | None:
    """The clerk's running session, None once its hour is over."""
    if key is None:
        return None
    return (
        AssistedSession.objects.select_related("citizen")
        .filter(pk=key, clerk=clerk, ends_at__gt=clock.now())
        .first()
    )


def account_for(handle: str) -> Account | None:
    """The account behind a sign-in handle: phone number, NIP, e-mail or NIK."""
    handle = handle.strip()
    found = Account.objects.select_related("person")
    if "@" in handle:
        return found.filter(email__iexact=handle).first()
    direct = found.filter(username=normal_handle(handle)).first()
    if direct or not (handle.isascii() and handle.isdigit() and len(handle) == 16):
        return direct
    return found.filter(
        person__identifiers__lookup=vault.lookup("nik", handle), person__identifiers__live=True
    ).first()


def normal_handle(handle: str) -> str:
    """0812-3456-7890 and +62 812 3456 7890 are one handle; a NIP stays as it is."""
    compact = "".join(c for c in handle if c.isdigit() or c == "+")
    if compact.startswith("08"):
        return "+62" + compact[1:]
    if compact.startswith("628"):
        return "+" + compact
    return compact if compact and compact.lstrip("+").isdigit() and len(compact) >= 9 else handle.lower()


def person_by_nik(nik: str) -> Person | None:
    """The person whose live NIK is exactly these digits, None when there is none."""
    identifier = Identifier.objects.select_related("person").filter(
        kind="nik", lookup=vault.lookup("nik", nik), live=True
    )
    return identifier.first().person if identifier else None


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


def failures(scope: str, handle: str, within: timedelta, at: datetime) -> int:
    """Failed tries of `handle` in the last `within`."""
    return Attempt.objects.filter(scope=scope, handle=vault.lookup(scope, handle), at__gt=at - within).count()


def looks_at(person: int) -> QuerySet[Event]:
    """Who opened data of this person: the access log that the subject may read (R13)."""
    return Event.objects.filter(
        kind="people.identity.read", subject_type="people.person", subject_id=str(person)
    ).order_by("-pk")


def names(persons: Iterable[int]) -> dict[int, str]:
    """id -> full name."""
    return dict(Person.objects.filter(pk__in=list(persons)).values_list("pk", "full_name"))


@dataclass(frozen=True)
class Signature:
    """How somebody signs on a day: name, number, post, and whether as a stand-in ("plt", "plh")."""

    name: str
    number: str
    post: str
    acting: str


def signature(person: int, on: date) -> Signature:
    """The signature block that follows from the posts in force (R7): the definitive one first."""
    who = Person.objects.select_related("employee").get(pk=person)
    post = next(iter(posts_of(person, on)), None)
    employee = getattr(who, "employee", None)
    return Signature(
        name=who.full_name.title(),
        number=employee.number if employee else "",
        post=post.position.name if post else "",
        acting=post.kind if post and post.kind != "definitive" else "",
    )
