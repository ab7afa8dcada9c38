"""The database's half of a right: its scope as a Django filter."""

from django.db.models import Q, QuerySet

from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.lib.rights import Right

NO_ROW = Q(pk__in=())


def as_q(right: Right, actor: Actor) -> Q:
    """Rows on which `actor` has `right`."""
    q = NO_ROW
    for condition in right.scope(actor):
        q = Q(**condition) | q if condition else ~NO_ROW
    return q


def visible(rows: QuerySet, right: Right, actor: Actor) -> QuerySet:
    """`rows` narrowed to what `actor` may touch by `right`."""
    scope = right.scope(actor)
    if {} in scope:
        return rows
    return rows.filter(as_q(right, actor)) if scope else rows.none()


def require(right: Right, actor: Actor, subject: object = None) -> None:
    """Refuse (403) unless `actor` has `right` on `subject`."""
    if not right.allows(actor, subject):
        raise Refused.because("no_right", f"Yang boleh melakukan ini: {right.label}.", status=403)
