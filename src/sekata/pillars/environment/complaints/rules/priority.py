"""R9 Priority: the service type's own, moved by facts that each speak for themselves."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sekata.pillars.environment.complaints.codes import Priority
from sekata.pillars.environment.complaints.rules.terms import Row, Rows, months_after

SITE_LABELS = {
    "drinking_water": "Pengambilan air minum",
    "school": "Sekolah",
    "clinic": "Fasilitas kesehatan",
}


@dataclass(frozen=True)
class NearbySite:
    """A place that deserves protection. kind: drinking_water | school | clinic; distance in metres."""

    kind: str
    name: str
    distance_m: float


@dataclass(frozen=True)
class PriorityFacts:
    """What priority is judged by.

    reporters: of the incident, see `count_reporters`; proven_at: when complaints about the suspected facility
    were proven; ended_at: when the event stopped, None while it lasts or nobody knows.
    """

    base: Priority
    sites: tuple[NearbySite, ...] = ()
    people_ill: bool = False
    reporters: int = 1
    open_sanction: bool = False
    proven_at: tuple[datetime, ...] = ()
    ended_at: datetime | None = None


@dataclass(frozen=True)
class PriorityStep:
    """One fact that moved the priority: +1 up, -1 down, and the sentence that says so."""

    code: str
    step: int
    why: str


@dataclass(frozen=True)
class Assessment:
    """A priority and the grounds for it."""

    priority: Priority
    base: Priority
    steps: tuple[PriorityStep, ...]

    @property
    def why(self) -> tuple[str, ...]:
        """Sentences for the officer, the result last."""
        first = f"Prioritas awal jenis ini {self.base}."
        moves = (f"{'Naik' if s.step > 0 else 'Turun'} {abs(s.step)}: {s.why}" for s in self.steps)
        return (first, *moves, f"Prioritas {self.priority}.")


def count_reporters(complaint_codes: Iterable[str], supporter_codes: Iterable[str]) -> int:
    """People behind an incident: merged complaints and supporters, each tracking code once."""
    return len({*complaint_codes, *supporter_codes})


def assess_priority(facts: PriorityFacts, rules: Rows, at: datetime) -> Assessment:
    """R9: base priority plus the sum of all steps whose condition holds at `at`, within P1 and P4."""
    steps = []
    for key, row in sorted(rules.items(), key=lambda item: item[1]["order"]):
        found = CONDITIONS[row["condition"]](facts, row["params"], at)
        if found is not None:
            steps.append(PriorityStep(key, row["step"], row["why"].format(**row["params"], **found)))
    total = sum(step.step for step in steps)
    return Assessment(facts.base.raised(total), facts.base, tuple(steps))


def more_urgent(*priorities: Priority) -> Priority:
    """The most urgent of several."""
    return min(priorities, key=lambda priority: priority.rank)


Found = dict[str, object] | None
"""Words for the sentence of a met condition; None where it is not met."""


def _near_site(facts: PriorityFacts, params: Row, at: datetime) -> Found:
    near = [s for s in facts.sites if s.kind in params["kinds"] and s.distance_m <= params["radius_m"]]
    if not near:
        return None
    site = min(near, key=lambda s: s.distance_m)
    return {"site": f"{SITE_LABELS[site.kind]} {site.name}".strip(), "distance": round(site.distance_m)}


def _people_ill(facts: PriorityFacts, params: Row, at: datetime) -> Found:
    return {} if facts.people_ill else None


def _reporters(facts: PriorityFacts, params: Row, at: datetime) -> Found:
    return {"reporters": facts.reporters} if facts.reporters >= params["at_least"] else None


def _facility_record(facts: PriorityFacts, params: Row, at: datetime) -> Found:
    since = months_after(at, -params["months"])
    proven = sum(since <= moment <= at for moment in facts.proven_at)
    grounds = []
    if facts.open_sanction:
        grounds.append("sedang menjalani sanksi")
    if proven >= params["proven"]:
        grounds.append(f"terbukti dalam {proven} pengaduan selama {params['months']} bulan terakhir")
    return {"record": " dan ".join(grounds)} if grounds else None


def _ended(facts: PriorityFacts, params: Row, at: datetime) -> Found:
    over = facts.ended_at is not None and at - facts.ended_at > timedelta(days=params["days"])
    return {} if over else None


CONDITIONS: dict[str, Callable[[PriorityFacts, Row, datetime], Found]] = {
    "near_site": _near_site,
    "people_ill": _people_ill,
    "reporters": _reporters,
    "facility_record": _facility_record,
    "ended": _ended,
}
"""The questions a row of `priority_rule` may ask."""
