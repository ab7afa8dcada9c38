"""Cases as lines of a list: whose system, where, how urgent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from sekata.kernel.cases import queries as cases
from sekata.kernel.cases.models import Case, Timer
from sekata.kernel.units import queries as units
from sekata.lib.manifest import System
from sekata.lib.workflow import Phase, State
from sekata.site.desk import clocks
from sekata.site.desk.asking import URGENT
from sekata.site.registry import REGISTRY
from sekata.web import words
from sekata.web.components.clocks import ClockBadge

SHORT_ENOUGH = 16


@dataclass(frozen=True)
class Line:
    """One case as the inbox shows it."""

    case: Case
    system: System | None
    number: str
    about: str
    badge: ClockBadge | None

    @property
    def priority(self) -> str:
        return f"P{self.case.priority}"

    @property
    def tone(self) -> str:
        return (
            "bad" if self.case.priority in URGENT[:1] else "warn" if self.case.priority in URGENT else "none"
        )


def lines(found: list[Case], at: datetime) -> list[Line]:
    """The lines of a page of cases; one statement for all their clocks."""
    timers = cases.running(found, {case.due_clock for case in found}) if found else {}
    return [line(case, timers, at) for case in found]


def line(case: Case, timers: Mapping[int, Timer], at: datetime) -> Line:
    state = state_of(case)
    about = state.label if state and state.phase is Phase.WAITING else place(case.area)
    badge = case_badge(case, timers.get(case.pk), at)
    return Line(case, system_of(case.workflow), short(case.number), about, badge)


def system_of(workflow: str) -> System | None:
    """The room that owns the workflow; None when the regency has switched it off."""
    return REGISTRY.of_workflow(workflow) if workflow in REGISTRY.workflows else None


def state_of(case: Case) -> State | None:
    flow = REGISTRY.workflows.get(case.workflow)
    return flow.state(case.state) if flow else None


def case_badge(case: Case, timer: Timer | None, at: datetime) -> ClockBadge | None:
    """The badge of the nearest limit; without its timer it counts from receipt. Closed cases have none."""
    if case.closed_at is not None:
        return None
    since = timer.since if timer else case.received_at
    lang = words.language(get_language())
    return clocks.badge(case.due_at, since, at, paused=case.paused_at is not None, lang=lang)


def short(number: str) -> str:
    """PLH-1405-2026-000412 -> PLH-…000412; numbers that fit stay whole."""
    head, _dash, tail = number.partition("-")
    if len(number) <= SHORT_ENOUGH or not tail:
        return number
    return f"{head}-…{tail.rpartition('-')[2]}"


def place(code: str) -> str:
    """ "Segati, Langgam" for a village's code, the district's name for a district's, empty outside."""
    known = units.areas()
    area = known.get(code)
    if area is None:
        return ""
    above = known.get(area.parent_id)
    return f"{area.name}, {above.name}" if above and area.level == "village" else area.name


def names(found: Iterable[Case]) -> str:
    """Numbers in one breath, for messages."""
    return ", ".join(short(case.number) for case in found)
