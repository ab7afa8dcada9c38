"""The executor: the one place where a case is opened, moved, reprioritised, merged or escalated."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import F

from sekata.kernel.cases import clocks
from sekata.kernel.cases.models import Case, Escalation, Step, Timer
from sekata.kernel.cases.terms import Terms
from sekata.kernel.filters import require
from sekata.kernel.journal.actions import action, reserve
from sekata.kernel.notify import actions as notify
from sekata.kernel.quick import insert, insert_many
from sekata.lib.actor import Actor
from sekata.lib.result import Refused, insist
from sekata.lib.rights import permission
from sekata.lib.workflow import BACK, Phase, Transition, Workflow

ANSWER = permission("bridge.see", "pimpinan")
ANSWER_LETTERS = 20
OPENED = "open"


@dataclass(frozen=True)
class Words:
    """What a step leaves behind: the officer's reason, and the sentence the citizen reads (empty: internal)."""

    reason: str = ""
    says: str = ""


@dataclass(frozen=True)
class Claim:
    """What makes a submission the same again: the sender's key, and the content that must then be the same."""

    key: str
    content: object


@dataclass(frozen=True)
class Opening:
    """A case about to be opened. tracking: keyed hash of the citizen's code; applicant: a person's id."""

    title: str
    unit: int
    priority: int = 3
    tracking: str | None = None
    applicant: int | None = None
    area: str = ""
    lat: float | None = None
    lon: float | None = None


def begin_case(
    *,
    actor: Actor,
    workflow: Workflow,
    opening: Opening,
    subject: object,
    terms: Terms,
    at: datetime,
    words: Words,
    claim: Claim | None = None,
) -> Case:
    """Begin a case in the initial state: its clocks and first step are written under a key kept for it.

    With a claim, a submission that opened a case before raises `Repeated`, whose answer names it: {"case": key}.

    The case itself follows by `enter`, at the end of the transaction: a number without gaps locks its series until
    the commit, so it is taken last. What belongs to the case may be written in between (keys are checked at commit).
    """
    case = Case(
        pk=_reserved_key(claim, at),
        workflow=workflow.code,
        state=workflow.initial,
        title=opening.title[:160],
        unit_id=opening.unit,
        priority=opening.priority,
        tracking=opening.tracking,
        applicant_id=opening.applicant,
        assisted_by=actor.person if actor.acting_for else None,
        area=opening.area,
        lat=opening.lat,
        lon=opening.lon,
        received_at=at,
    )
    case.begun = clocks.starting(workflow, case, case.state, subject, terms, at, opening=True)
    case.due_at, case.due_clock = clocks.nearest(workflow, case.begun, waiting=False)
    insert_many(case.begun, blind=True)
    _step(case, OPENED, "", case.state, actor, at, words, blind=True)
    return case


def _reserved_key(claim: Claim | None, at: datetime) -> int:
    if claim:
        return reserve(key=claim.key, content=claim.content, table="cases_case", name="case", at=at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('cases_case', 'id'))")
        return cursor.fetchone()[0]


def enter(case: Case, number: str) -> Case:
    """Write a begun case under its number."""
    case.number = number
    return insert(case)


def place(*, case: Case, lat: float, lon: float, area: str) -> None:
    """Put a case on the map."""
    _write(case, {"lat": lat, "lon": lon, "area": area})


def let_go(case: Case) -> None:
    """Forget the applicant: the case goes on without the person who asked for it."""
    _write(case, {"applicant_id": None})


def advance(
    *,
    actor: Actor,
    workflow: Workflow,
    case: Case,
    name: str,
    subject: object,
    terms: Terms,
    at: datetime,
    words: Words,
    given: Mapping[str, object] | None = None,
    changes: Mapping[str, object] | None = None,
) -> Step:
    """Take `case` along the transition `name`.

    Refuses without the right (403), from another state or when somebody else moved the case meanwhile (409), and
    when the guard has reasons (422). changes: further columns of the case that move with it (holder, unit, priority).
    """
    edge = workflow.transition(name)
    require(edge.by, actor, subject)
    if not edge.from_state(case.state):
        label = workflow.state(case.state).label
        raise Refused.because("state", f"Tidak dapat dilakukan pada keadaan “{label}”.", status=409)
    insist(edge.guard(subject, **(given or {})))
    return _move(actor, workflow, case, edge, subject, terms, at, words, dict(changes or {}))


def _move(
    actor: Actor,
    workflow: Workflow,
    case: Case,
    edge: Transition,
    subject: object,
    terms: Terms,
    at: datetime,
    words: Words,
    changes: dict[str, object],
) -> Step:
    source, target = case.state, _target(case, edge)
    if edge.target == BACK:
        _revive_clocks(case)
    for name, value in changes.items():
        setattr(case, name, value)
    if target != source:
        changes |= _turn_clocks(workflow, case, target, subject, terms, at)
        closed = workflow.state(target).phase is Phase.CLOSED
        changes |= {"state": target, "closed_at": at if closed else None}
    _write(case, changes)
    return _step(case, edge.name, source, target, actor, at, words)


def _target(case: Case, edge: Transition) -> str:
    return _entry(case).source if edge.target == BACK else edge.target or case.state


def _entry(case: Case) -> Step:
    """The step by which the case came into its present state."""
    return (
        Step.objects.filter(case=case, target=case.state).exclude(source=case.state).order_by("-pk").first()
    )


def _revive_clocks(case: Case) -> None:
    """Undoing a step lets the clocks that it stopped run on as if nothing had happened."""
    Timer.objects.filter(case=case, stopped_at=_entry(case).at).update(stopped_at=None)


def _turn_clocks(
    workflow: Workflow, case: Case, target: str, subject: object, terms: Terms, at: datetime
) -> dict[str, object]:
    """Stop, resume and start timers for entering `target`; the case columns that follow from it."""
    had = list(Timer.objects.filter(case=case))
    running = [timer for timer in had if timer.stopped_at is None]
    if clocks.waits(workflow, case.state):
        moved = clocks.resumed(workflow, running, case, terms, at)
        Timer.objects.bulk_update(moved, ["paused", "due_at", "next_level", "climbs_at"])
    again = {clock.code for clock in workflow.clocks if clock.restarts and target in clock.starts}
    ended = clocks.stopping(workflow, running, target)
    ended += [timer for timer in running if timer.code in again and timer not in ended]
    for timer in ended:
        timer.stopped_at = at
    if ended:
        Timer.objects.filter(pk__in=[timer.pk for timer in ended]).update(stopped_at=at)
    begun = clocks.fresh(workflow, clocks.starting(workflow, case, target, subject, terms, at), had, target)
    insert_many(begun, blind=True)
    waiting = clocks.waits(workflow, target)
    left = [timer for timer in running if timer.stopped_at is None] + begun
    due_at, due_clock = clocks.nearest(workflow, left, waiting)
    return {"due_at": due_at, "due_clock": due_clock, "paused_at": at if waiting else None}


def _write(case: Case, changes: dict[str, object]) -> None:
    """Write the columns if nobody has moved the case since it was read."""
    version = case.version
    moved = Case.objects.filter(pk=case.pk, state=case.state, version=version).update(
        **changes, version=F("version") + 1
    )
    if moved != 1:
        raise Refused.because(
            "moved", "Urusan ini baru saja diubah orang lain. Muat ulang, lalu periksa lagi.", status=409
        )
    for name, value in changes.items():
        setattr(case, name, value)
    case.version = version + 1


def _step(
    case: Case,
    name: str,
    source: str,
    target: str,
    actor: Actor,
    at: datetime,
    words: Words,
    blind: bool = False,
) -> Step:
    step = Step(
        case_id=case.pk,
        at=at,
        transition=name,
        source=source,
        target=target,
        actor=actor.person,
        acting_for=actor.acting_for,
        reason=words.reason,
        says=words.says,
    )
    return insert(step, blind)


def reprioritise(
    *,
    actor: Actor,
    workflow: Workflow,
    case: Case,
    priority: int,
    subject: object,
    terms: Terms,
    at: datetime,
    words: Words,
) -> None:
    """Change the priority: running clocks take the new limits but keep counting from the same moment, and clocks that
    only such a priority has begin."""
    case.priority = priority
    had = list(Timer.objects.filter(case=case))
    running = [timer for timer in had if timer.stopped_at is None]
    for timer in running:
        clock = workflow.clock(timer.code)
        limit = terms.limit(clock.rule, priority)
        if limit:
            timer.amount, timer.unit = limit.amount, limit.unit
            clocks.settle(timer, terms, clock.escalates)
    Timer.objects.bulk_update(running, ["amount", "unit", "due_at", "next_level", "climbs_at"])
    early = [c.code for c in workflow.clocks if case.state in c.early]
    begun = clocks.starting(workflow, case, case.state, subject, terms, at)
    begun = [timer for timer in clocks.fresh(workflow, begun, had, case.state) if timer.code in early]
    insert_many(begun, blind=True)
    due_at, due_clock = clocks.nearest(workflow, running + begun, case.paused_at is not None)
    _write(case, {"priority": priority, "due_at": due_at, "due_clock": due_clock})
    _step(case, "priority", case.state, case.state, actor, at, words)


def assign(
    *, actor: Actor, case: Case, holder: int | None, unit: int | None = None, at: datetime, reason: str
) -> None:
    """Hand a case to a person or another unit and tell the receiver. Its clocks do not notice."""
    changes: dict[str, object] = {"holder_id": holder}
    if unit is not None:
        changes["unit_id"] = unit
    _write(case, changes)
    _step(case, "assign", case.state, case.state, actor, at, Words(reason=reason))
    if holder and holder != actor.person:
        facts = {"number": case.number, "title": case.title, "reason": reason}
        notify.tell_many(template="cases.assigned", facts=facts, people=[holder], case=case.pk, at=at)


def note(*, actor: Actor, case: Case, at: datetime, words: Words, name: str = "note") -> Step:
    """Add an entry to the history that moves nothing."""
    return _step(case, name, case.state, case.state, actor, at, words)


def stop_clock(*, workflow: Workflow, case: Case, code: str, at: datetime) -> None:
    """End one clock by its own event (the first sample was taken)."""
    Timer.objects.filter(case=case, code=code, stopped_at=None).update(stopped_at=at)
    left = Timer.objects.filter(case=case, stopped_at=None)
    due_at, due_clock = clocks.nearest(workflow, left, case.paused_at is not None)
    _write(case, {"due_at": due_at, "due_clock": due_clock})


def start_clock(*, workflow: Workflow, case: Case, code: str, terms: Terms, at: datetime) -> None:
    """Begin one clock by its own event (the last laboratory result came)."""
    clock = workflow.clock(code)
    limit = terms.limit(clock.rule, case.priority)
    if limit is None:
        return
    timer = clocks.settle(
        Timer(case=case, code=code, amount=limit.amount, unit=limit.unit, since=at), terms, clock.escalates
    )
    Timer.objects.filter(case=case, code=code, stopped_at=None).update(stopped_at=at)
    timer.save(force_insert=True)
    left = Timer.objects.filter(case=case, stopped_at=None)
    due_at, due_clock = clocks.nearest(workflow, left, case.paused_at is not None)
    _write(case, {"due_at": due_at, "due_clock": due_clock})


def backdate(*, workflow: Workflow, case: Case, since: datetime, terms: Terms) -> None:
    """Let running clocks that count from receipt count from an earlier one (the lead of a merge keeps the earliest)."""
    running = list(Timer.objects.filter(case=case, stopped_at=None))
    moved = [timer for timer in running if timer.since == case.received_at and since < timer.since]
    for timer in moved:
        timer.since = since
        clocks.settle(timer, terms, workflow.clock(timer.code).escalates)
    Timer.objects.bulk_update(moved, ["since", "due_at", "next_level", "climbs_at"])
    due_at, due_clock = clocks.nearest(workflow, running, case.paused_at is not None)
    _write(case, {"due_at": due_at, "due_clock": due_clock})


def climb_due(
    *, workflow: Workflow, timer: Timer, terms: Terms, at: datetime, skip: Container[int] = ()
) -> list[Escalation]:
    """Make the escalations of a running timer due at `at`, and point it at the next one. skip: levels passed over."""
    made = []
    while timer.climbs_at is not None and timer.climbs_at <= at:
        if timer.next_level not in skip:
            made.append(
                Escalation(
                    case=timer.case,
                    timer=timer,
                    level=timer.next_level,
                    reason=workflow.clock(timer.code).label,
                    at=timer.climbs_at,
                )
            )
        clocks.climb(timer, terms, after=timer.next_level)
    created = Escalation.objects.bulk_create(made, ignore_conflicts=True)
    timer.save(update_fields=["next_level", "climbs_at"])
    return created


def raise_level(*, case: Case, level: int, reason: str, at: datetime) -> Escalation:
    """Escalate for another cause than a clock (a second reopening, second-line enforcement)."""
    return Escalation.objects.create(case=case, level=level, reason=reason, at=at)


@action(right=ANSWER, event="cases.escalation.answered", on="escalation", watches=("answered_at",))
def answer_escalation(*, actor: Actor, escalation: Escalation, text: str, at: datetime) -> Escalation:
    """A level above answers in words, once; the answer joins the history of the case."""
    if escalation.answered_at is not None:
        raise Refused.because("answered", "Eskalasi ini sudah dijawab.", status=409)
    if len(text.strip()) < ANSWER_LETTERS:
        raise Refused.because("short", f"Jawaban eskalasi paling sedikit {ANSWER_LETTERS} huruf.", "answer")
    escalation.answer, escalation.answered_by, escalation.answered_at = text.strip(), actor.person, at
    escalation.save(update_fields=["answer", "answered_by", "answered_at"])
    state = escalation.case.state
    _step(escalation.case, "escalation_answered", state, state, actor, at, Words(reason=text))
    return escalation
