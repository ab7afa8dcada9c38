"""Reading staff and posts: who may do what where, who sits in which post, who stands in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from sekata.kernel.filters import visible
from sekata.kernel.people import actions, rules
from sekata.kernel.people.actions import GRANT
from sekata.kernel.people.models import Assignment, Employee, Person, Position, RoleGrant
from sekata.kernel.units import queries as units
from sekata.kernel.units.models import Unit
from sekata.lib.actor import Actor
from sekata.lib.manifest import Role

SOON = timedelta(days=30)
CALENDAR = timedelta(days=365)


@dataclass(frozen=True)
class Held:
    """A role in a cell of the matrix: by grant until a day, or by post (until None)."""

    unit: str
    ends: date | None
    post: str = ""
    acting: str = ""
    soon: bool = False


@dataclass(frozen=True)
class Cell:
    """What a person holds of a role, and what speaks against giving it."""

    role: Role
    held: tuple[Held, ...] = ()
    clash: tuple[str, ...] = ()

    @property
    def in_conflict(self) -> bool:
        """Held although it may not stand together with another role of that person."""
        return bool(self.held and self.clash)


@dataclass(frozen=True)
class Staff:
    """A row of the matrix."""

    person: Person
    cells: tuple[Cell, ...]
    itself: bool

    @property
    def conflicted(self) -> bool:
        return any(cell.in_conflict for cell in self.cells)


def administered(actor: Actor, on: date) -> QuerySet[Unit]:
    """Units in which `actor` may give roles."""
    return visible(units.active(on), GRANT, actor).order_by("name")


def grants(unit_ids: Iterable[int], on: date) -> list[RoleGrant]:
    """Grants in these units that count on the day `on`, by name."""
    rows = RoleGrant.objects.select_related("person", "unit").filter(
        unit__in=list(unit_ids), starts__lte=on, ends__gte=on, suspended_at=None
    )
    return list(rows.order_by("person__full_name", "role"))


def sitting(unit_ids: Iterable[int], on: date) -> list[Assignment]:
    """Posts of these units that somebody fills on the day `on`."""
    rows = Assignment.objects.select_related("person", "position__unit").filter(
        position__unit__in=list(unit_ids), approved_at__isnull=False, starts__lte=on
    )
    return list(rows.exclude(ends__lt=on))


def matrix(
    unit_ids: Iterable[int], roles: Mapping[str, Role], actor: Actor, on: date
) -> tuple[list[Role], list[Staff]]:
    """Columns and rows of staff x roles: roles that occur here or that `actor` holds; two statements."""
    unit_ids = list(unit_ids)
    given, posts = grants(unit_ids, on), sitting(unit_ids, on)
    held: dict[tuple[int, str], list[Held]] = {}
    people: dict[int, Person] = {}
    for grant in given:
        people[grant.person_id] = grant.person
        name = grant.unit.short or grant.unit.name
        held.setdefault((grant.person_id, grant.role), []).append(
            Held(name, grant.ends, soon=grant.ends - on <= SOON)
        )
    for post in posts:
        people[post.person_id] = post.person
        for role in post.position.roles:
            mark = Held(
                post.position.unit.name,
                post.ends,
                post.position.name,
                "" if post.kind == "definitive" else post.kind,
            )
            held.setdefault((post.person_id, role), []).append(mark)
    codes = {role for _person, role in held} | {holding.role for holding in actor.holdings}
    columns = sorted((roles[code] for code in codes if code in roles), key=lambda role: role.label)
    pairs = all_pairs(roles, on)
    rows = [_row(person, columns, held, pairs, roles, actor) for person in people.values()]
    return columns, sorted(rows, key=lambda row: (not row.conflicted, row.person.full_name))


def _row(person, columns, held, pairs, roles, actor) -> Staff:
    mine = {role for owner, role in held if owner == person.pk}
    cells = []
    for role in columns:
        clash = rules.conflicts(role.code, mine - {role.code}, pairs)
        labels = tuple(roles[code].label if code in roles else code for code in clash)
        cells.append(Cell(role, tuple(held.get((person.pk, role.code), ())), labels))
    return Staff(person, tuple(cells), person.pk == actor.person)


def all_pairs(roles: Mapping[str, Role], on: date) -> dict[str, set[str]]:
    """Roles that may not meet, by the table and by what the roles say of themselves."""
    pairs = actions.conflict_pairs(on)
    for role in roles.values():
        pairs.setdefault(role.code, set()).update(role.conflicts)
    return pairs


def by_number(number: str) -> Person | None:
    """The officer with that NIP, NI PPPK or local number; spaces do not count."""
    compact = "".join(number.split())
    found = Employee.objects.select_related("person").filter(number=compact).first()
    return found.person if found else None


@dataclass(frozen=True)
class Post:
    """A position with who fills it on a day; holder None is vacant."""

    position: Position
    holder: Assignment | None
    stand_in: Assignment | None

    @property
    def vacant(self) -> bool:
        return self.holder is None


def posts(on: date, unit: int | None = None) -> list[Post]:
    """All active posts, those of one unit and below if given; two statements."""
    rows = Position.objects.select_related("unit").filter(active=True)
    if unit is not None:
        rows = rows.filter(unit__in=units.below([unit]).get(unit, frozenset()))
    rows = list(rows.order_by("unit__name", "-signs", "name"))
    sits = Assignment.objects.select_related("person").filter(
        position__in=[row.pk for row in rows], approved_at__isnull=False, starts__lte=on
    )
    holders: dict[int, Assignment] = {}
    stand_ins: dict[int, Assignment] = {}
    for one in sits.exclude(ends__lt=on):
        (holders if one.kind == "definitive" else stand_ins)[one.position_id] = one
    return [Post(row, holders.get(row.pk), stand_ins.get(row.pk)) for row in rows]


def decrees(on: date) -> list[Assignment]:
    """Acting decrees that run or will run, in order of their end: the calendar."""
    rows = Assignment.objects.select_related("person", "position__unit", "extends").filter(
        kind__in=("plt", "plh"), approved_at__isnull=False, starts__lte=on + CALENDAR
    )
    return list(rows.exclude(ends__lt=on).order_by("starts", "ends"))


def waiting_decrees() -> QuerySet[Assignment]:
    """Decrees that were entered and that nobody has approved."""
    return (
        Assignment.objects.select_related("person", "position__unit")
        .filter(approved_at=None)
        .order_by("starts")
    )


def extendable(on: date) -> QuerySet[Assignment]:
    """Plt decrees that may be extended: running or just over, not themselves extensions, not yet extended."""
    rows = Assignment.objects.select_related("person", "position").filter(
        kind="plt", approved_at__isnull=False, extends=None, assignment=None
    )
    return rows.filter(Q(ends__gte=on - SOON)).order_by("ends")


@dataclass(frozen=True)
class Branch:
    """A unit of the tree with its posts and the units below."""

    unit: Unit
    posts: tuple[Post, ...]
    below: tuple["Branch", ...]

    @property
    def vacant(self) -> int:
        return sum(post.vacant for post in self.posts)


def tree(on: date) -> list[Branch]:
    """The whole tree of offices with their posts; three statements."""
    found = list(units.active(on).order_by("name"))
    by_unit: dict[int, list[Post]] = {}
    for post in posts(on):
        by_unit.setdefault(post.position.unit_id, []).append(post)
    known, children = {unit.pk for unit in found}, {}
    for unit in found:
        children.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)

    def branch(unit: Unit) -> Branch:
        return Branch(
            unit, tuple(by_unit.get(unit.pk, ())), tuple(branch(one) for one in children.get(unit.pk, ()))
        )

    roots = sorted(children.get(None, ()), key=lambda unit: (unit.pk not in children, unit.name))
    return [branch(unit) for unit in roots]
