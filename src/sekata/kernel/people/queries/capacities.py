"""In which capacity an officer acts: one post, the granted tasks, or all at once where nothing speaks against it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sekata.kernel.people import rules
from sekata.kernel.people.models import Assignment
from sekata.kernel.people.queries.offices import POST, TASKS, conflict_pairs, seats
from sekata.lib.actor import Holding
from sekata.lib.manifest import Role

WEB = "web"
Seats = tuple[tuple[str, Holding], ...]


@dataclass(frozen=True)
class Capacity:
    """What an officer may act as. key: "" for all at once, `j12` for a post, `t` for granted tasks.

    acting: "", "plt" or "plh"; post and unit are empty for granted tasks.
    """

    key: str
    acting: str = ""
    post: str = ""
    unit: str = ""


def choose(found: Seats, wanted: str, on: date, roles: Mapping[str, Role]) -> tuple[str, tuple[Holding, ...]]:
    """(capacity, holdings) by which somebody acts who asked for the capacity `wanted`.

    A capacity no longer held counts as none. Without a choice all roles count together, unless roles of two
    capacities may not meet in one hand (R8): then the first one alone, a definitive post before others.
    """
    keys = ordered(found)
    if wanted not in keys:
        wanted = keys[0] if len(keys) > 1 and not may_join(found, on, roles) else ""
    return wanted, tuple(holding for key, holding in found if not wanted or key == wanted)


def ordered(found: Seats) -> list[str]:
    """Keys of the capacities: definitive posts, stand-ins, granted tasks."""
    acting = {key: holding.acting for key, holding in found}
    return sorted(acting, key=lambda key: (key == TASKS, acting[key] != "", key))


def may_join(found: Seats, on: date, roles: Mapping[str, Role]) -> bool:
    """Whether the roles of all capacities may be used together (R8)."""
    pairs = conflict_pairs(on)
    for role in roles.values():
        pairs.setdefault(role.code, set()).update(role.conflicts)
    return not any(
        rules.conflicts(holding.role, (other.role for that, other in found if that != key), pairs)
        for key, holding in found
    )


def capacities(
    person: int, on: date, roles: Mapping[str, Role], found: Seats | None = None
) -> list[Capacity]:
    """What somebody may choose among on a day; "all at once" first, where it is allowed.

    found: what `seats` has told already. One statement more where there are several posts.
    """
    found = seats(person, on, roles) if found is None else found
    keys = ordered(found)
    if len(keys) < 2:
        return [Capacity("")]
    joined = [Capacity("")] if may_join(found, on, roles) else []
    posts = _posts(key for key in keys if key != TASKS)
    return joined + [posts.get(key, Capacity(key)) for key in keys]


def capacities_of(vias: Iterable[str]) -> dict[str, Capacity]:
    """via -> the capacity that it names ("web/j12"); those that name none are left out. One statement at most."""
    keys = {via: via.partition("/")[2] for via in vias if via.startswith(f"{WEB}/")}
    posts = _posts(keys.values())
    return {via: posts.get(key, Capacity(key)) for via, key in keys.items()}


def _posts(keys: Iterable[str]) -> dict[str, Capacity]:
    ids = [int(key.removeprefix(POST)) for key in keys if key.removeprefix(POST).isdigit()]
    rows = Assignment.objects.select_related("position__unit").filter(pk__in=ids) if ids else ()
    return {
        f"{POST}{row.pk}": Capacity(
            f"{POST}{row.pk}",
            "" if row.kind == "definitive" else row.kind,
            row.position.name,
            row.position.unit.name,
        )
        for row in rows
    }
