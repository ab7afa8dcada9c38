"""Reading the journal for auditors: pages of events with the names of those who acted."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from sekata.kernel.journal.models import Event, Leaf, Seal
from sekata.kernel.journal.queries import GENESIS, Proof, chained, proof
from sekata.kernel.people import queries as people

PAGE = 50


@dataclass(frozen=True)
class Asked:
    """Which events: by the beginning of their kind, by what they are about, before which one."""

    kind: str = ""
    about: str = ""
    before: int | None = None


@dataclass(frozen=True)
class Line:
    """An event with names instead of ids."""

    event: Event
    actor: str
    acting_for: str


@dataclass(frozen=True)
class Check:
    """What a verification of one event found: under its seal, and the seal in its chain."""

    proof: Proof
    included: bool
    linked: bool

    @property
    def ok(self) -> bool:
        return self.included and self.linked


def narrowed(rows: QuerySet[Event], asked: Asked) -> QuerySet[Event]:
    """`rows` as far as they were asked for."""
    if asked.kind:
        rows = rows.filter(Q(kind=asked.kind) | Q(kind__startswith=f"{asked.kind}."))
    if asked.about:
        label, _colon, pk = asked.about.partition(":")
        rows = rows.filter(subject_type=label, **({"subject_id": pk} if pk else {}))
    return rows.filter(pk__lt=asked.before) if asked.before else rows


def page(rows: QuerySet[Event], asked: Asked) -> tuple[list[Line], int | None]:
    """The newest events first, and before which one the next page begins."""
    found = list(narrowed(rows, asked).order_by("-pk")[: PAGE + 1])
    more = len(found) > PAGE
    return lines(found[:PAGE]), found[PAGE - 1].pk if more else None


def lines(events: list[Event]) -> list[Line]:
    """Names for all events in one statement."""
    ids = {person for event in events for person in (event.actor, event.acting_for) if person}
    names = people.names(ids) if ids else {}

    def said(person: int | None) -> str:
        return names.get(person, "").title() if person else ""

    return [
        Line(one, said(one.actor) or one.actor_name or one.actor_kind, said(one.acting_for)) for one in events
    ]


def sealed_in(event: Event) -> Leaf | None:
    """The place of an event under its seal."""
    return Leaf.objects.select_related("seal").filter(event=event).first()


def check(event: Event) -> Check | None:
    """Recompute the event's leaf, its way up to the root, and the seal's link to the one before it."""
    found = proof(event)
    if found is None:
        return None
    seal = found.seal
    earlier = Seal.objects.filter(pk__lt=seal.pk).order_by("-pk").first()
    before = bytes(earlier.digest) if earlier else GENESIS
    digest = chained(bytes(seal.previous), bytes(seal.root), seal.size)
    return Check(found, found.holds, bytes(seal.previous) == before and digest == bytes(seal.digest))
