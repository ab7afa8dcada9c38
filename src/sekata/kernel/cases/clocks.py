"""How a case's clocks start, stop, pause and follow a change of priority. Pure bookkeeping on unsaved `Timer`s."""

from collections.abc import Iterable
from datetime import datetime

from sekata.kernel.cases.models import NEVER, Case, Timer
from sekata.kernel.cases.terms import Terms
from sekata.lib.deadlines import Limit
from sekata.lib.workflow import Clock, Phase, Workflow


def starting(
    workflow: Workflow,
    case: Case,
    state: str,
    subject: object,
    terms: Terms,
    at: datetime,
    opening: bool = False,
) -> list[Timer]:
    """Timers that begin when `case` enters `state`; opening: it enters its life with it."""
    found = (
        _timer(clock, case, state, terms, at, opening)
        for clock in workflow.clocks
        if state in (*clock.starts, *clock.early) and clock.applies(subject)
    )
    return [timer for timer in found if timer is not None]


def _timer(clock: Clock, case: Case, state: str, terms: Terms, at: datetime, opening: bool) -> Timer | None:
    limit = terms.limit(clock.rule, case.priority)
    if limit is None or (state not in clock.starts and limit.since != "received"):
        return None
    from_receipt = limit.since == "received" or (limit.since == "start" and opening)
    since = case.received_at if from_receipt else at
    timer = Timer(case=case, code=clock.code, amount=limit.amount, unit=limit.unit, since=since)
    return settle(timer, terms, clock.escalates)


def fresh(workflow: Workflow, begun: Iterable[Timer], had: Iterable[Timer], state: str) -> list[Timer]:
    """Of the timers `begun` in `state` those really new: not running, and not an early one that ended before."""
    had = list(had)
    running = {timer.code for timer in had if timer.stopped_at is None}
    ended = {timer.code for timer in had if state not in workflow.clock(timer.code).starts}
    return [timer for timer in begun if timer.code not in running | ended]


def settle(timer: Timer, terms: Terms, escalates: bool) -> Timer:
    """Set when the timer ends and when it climbs next."""
    limit = Limit(timer.amount, timer.unit)
    timer.due_at = limit.ends(timer.since, terms.calendar, timer.paused)
    if escalates:
        climb(timer, terms, after=(timer.next_level or 1) - 1)
    return timer


def climb(timer: Timer, terms: Terms, after: int) -> None:
    """Point the timer at the first level above `after`, or at none."""
    limit = (
        Limit(timer.amount + timer.paused, timer.unit)
        if timer.unit == "workdays"
        else Limit(timer.amount, timer.unit)
    )
    ladder = terms.ladder(limit, timer.since, timer.due_at, terms.calendar)
    step = next(((level, moment) for level, moment in ladder if level > after), (None, None))
    timer.next_level, timer.climbs_at = step


def stopping(workflow: Workflow, running: Iterable[Timer], state: str) -> list[Timer]:
    """Running timers that end when the case enters `state`."""
    stops = {clock.code for clock in workflow.clocks if state in clock.stops}
    return [timer for timer in running if timer.code in stops]


def resumed(
    workflow: Workflow, running: Iterable[Timer], case: Case, terms: Terms, at: datetime
) -> list[Timer]:
    """Timers moved on by the working days during which the case waited for somebody outside."""
    days = terms.calendar.between(case.paused_at, at)
    moved = [timer for timer in running if _pausing(workflow, timer)]
    for timer in moved:
        timer.paused += days
        settle(timer, terms, workflow.clock(timer.code).escalates)
    return moved


def _pausing(workflow: Workflow, timer: Timer) -> bool:
    return workflow.clock(timer.code).pauses and Limit(timer.amount, timer.unit).pauses


def nearest(workflow: Workflow, timers: Iterable[Timer], waiting: bool) -> tuple[datetime, str]:
    """The limit that counts now: paused timers do not while the case waits."""
    counted = [timer for timer in timers if not (waiting and _pausing(workflow, timer))]
    first = min(counted, key=lambda timer: timer.due_at, default=None)
    return (first.due_at, first.code) if first else (NEVER, "")


def waits(workflow: Workflow, state: str) -> bool:
    return workflow.state(state).phase is Phase.WAITING
