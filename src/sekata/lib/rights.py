"""Rights that a list can apply in SQL and a button can ask in Python, written once.

A right maps an actor to a *scope*: alternatives of conditions, in the notation of Django lookups -
`({"case__unit_id__in": {4, 7}},)`. No alternative means nothing, an empty condition means everything.
The database filters rows by the scope; `allows` evaluates the same scope on one object.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sekata.lib.actor import SYSTEM, Actor

Condition = Mapping[str, object]
Scope = tuple[Condition, ...]

NOTHING: Scope = ()
EVERYTHING: Scope = ({},)


@dataclass(frozen=True)
class Right:
    """A named right. `label` is the sentence shown in the who-may-do-what matrix."""

    code: str
    label: str
    scope: Callable[[Actor], Scope]
    roles: tuple[str, ...] = ()

    def allows(self, actor: Actor, subject: object = None) -> bool:
        return any(_meets(subject, condition) for condition in self.scope(actor))

    def opens(self, actor: Actor) -> bool:
        """Whether `actor` may do this to anything at all: what a page's door asks."""
        return self.scope(actor) != NOTHING

    def __or__(self, other: "Right") -> "Right":
        return Right(
            f"{self.code}|{other.code}",
            f"{self.label} atau {other.label}",
            lambda actor: self.scope(actor) + other.scope(actor),
            self.roles + other.roles,
        )


def _meets(subject: object, condition: Condition) -> bool:
    return all(_holds(subject, lookup, wanted) for lookup, wanted in condition.items())


def _holds(subject: object, lookup: str, wanted: object) -> bool:
    path, operator = _split(lookup)
    found = subject
    for name in path:
        found = getattr(found, name, None)
    if operator == "in":
        return found in wanted
    if operator == "isnull":
        return (found is None) == wanted
    return found is not None and found == wanted


def _split(lookup: str) -> tuple[list[str], str]:
    parts = lookup.split("__")
    if parts[-1] in ("in", "isnull"):
        return parts[:-1], parts[-1]
    return parts, "exact"


def everyone(code: str, label: str = "siapa pun") -> Right:
    return Right(code, label, lambda actor: EVERYTHING)


def signed_in(code: str, label: str = "orang yang masuk akun") -> Right:
    return Right(code, label, lambda actor: EVERYTHING if actor.person else NOTHING)


def machine(code: str, label: str = "sistem") -> Right:
    """Only the suite itself, by one of its jobs."""
    return Right(code, label, lambda actor: EVERYTHING if actor.kind == SYSTEM else NOTHING)


def role_in(code: str, label: str, *roles: str, unit: str = "unit_id", **also: object) -> Right:
    """Holders of one of `roles` in the unit that `unit` (a lookup path) names, or above it."""

    def scope(actor: Actor) -> Scope:
        reach = actor.units(*roles)
        return ({f"{unit}__in": reach, **also},) if reach else NOTHING

    return Right(code, label, scope, roles)


def role_anywhere(code: str, label: str, *roles: str, **also: object) -> Right:
    """Holders of one of `roles` in whatever unit; `also` narrows the rows."""
    return Right(code, label, lambda actor: ({**also},) if actor.holds(*roles) else NOTHING, roles)


def own(code: str, label: str, path: str) -> Right:
    """The person whom `path` names, or the officer who serves that person in an assisted session."""

    def scope(actor: Actor) -> Scope:
        person = actor.acting_for or actor.person
        return ({path: person},) if person else NOTHING

    return Right(code, label, scope)


def code_holder(code: str, label: str, path: str) -> Right:
    """Whoever has opened the case that `path` names by its tracking code."""
    return Right(code, label, lambda actor: ({path: actor.case},) if actor.case else NOTHING)


def permission(code: str, label: str) -> Right:
    """Holders of any role that carries the permission `code`, in whatever unit."""
    return Right(code, label, lambda actor: EVERYTHING if actor.may(code) else NOTHING)


def permission_in(code: str, label: str, unit: str = "unit_id", **also: object) -> Right:
    """Holders of a role that carries the permission `code` in the unit that `unit` names, or above it."""

    def scope(actor: Actor) -> Scope:
        reach = actor.units_with(code)
        return ({f"{unit}__in": reach, **also},) if reach else NOTHING

    return Right(code, label, scope)
