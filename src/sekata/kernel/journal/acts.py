"""The shape of every action: one transaction, one right, one event."""

import functools
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from sekata.kernel.filters import require
from sekata.kernel.journal.models import Event
from sekata.kernel.quick import insert
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.rights import Right

_inside: ContextVar[bool] = ContextVar("inside an action", default=False)


def action(
    *, right: Right, event: str, on: str = "", watches: Iterable[str] = (), keeps: Iterable[str] = ()
) -> Callable[[Callable], Callable]:
    """Make a function the one writer of an act.

    right is asked about the argument named `on` (about nothing when the act creates its subject). The event
    records the change of the attributes `watches` of that subject and the arguments named in `keeps`.
    The wrapped function takes keyword arguments only, `actor` and (optional) `at` among them; a `Refused`
    that leaves it undoes everything.
    """

    def wrap(function: Callable) -> Callable:
        @functools.wraps(function)
        def act(*, actor: Actor, at: datetime | None = None, **given: object) -> object:
            at = at or clock.now()
            subject = given.get(on)
            require(right, actor, subject)
            with _one_transaction():
                before = _snapshot(subject, watches)
                result = function(actor=actor, at=at, **given)
                subject = subject if subject is not None else result if isinstance(result, Model) else None
                after = _snapshot(subject, watches)
                record(
                    event,
                    actor=actor,
                    subject=subject,
                    at=at,
                    before={k: v for k, v in before.items() if v != after[k]},
                    after={k: v for k, v in after.items() if v != before.get(k)}
                    | {name: _plain(given.get(name)) for name in keeps},
                )
            return result

        act.right = right
        act.event = event
        return act

    return wrap


class _one_transaction:
    """The outermost action opens the transaction; actions called inside it share it without a savepoint."""

    def __enter__(self) -> None:
        self.token = None if _inside.get() else _inside.set(True)
        self.atomic = transaction.atomic() if self.token else None
        if self.atomic:
            self.atomic.__enter__()

    def __exit__(self, *error: object) -> None:
        if self.token:
            _inside.reset(self.token)
            self.atomic.__exit__(*error)


def record(
    kind: str,
    *,
    actor: Actor,
    subject: Model | None,
    at: datetime,
    before: dict | None = None,
    after: dict | None = None,
    purpose: str = "",
) -> Event:
    """Append one event. Actions call it through their decorator; a reading of secrets calls it directly."""
    event = Event(
        at=at,
        kind=kind,
        actor_kind=actor.kind,
        actor=actor.person,
        actor_name=actor.name if actor.person is None else "",
        acting_for=actor.acting_for,
        client=actor.client,
        via=actor.via,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        before=before or None,
        after=after or None,
        purpose=purpose,
    )
    return insert(event)


def _snapshot(subject: object, names: Iterable[str]) -> dict[str, object]:
    return {name: _plain(_follow(subject, name)) for name in names} if subject is not None else {}


def _follow(subject: object, path: str) -> object:
    for name in path.split("."):
        subject = getattr(subject, name, None)
    return subject


def _plain(value: object) -> object:
    """A JSON value: rows become their keys, moments ISO text."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)
