"""Complaints driven at random through their life on the real database: legal and illegal steps, jumps.

After each step everything that must always be true is looked at again.
"""

from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from sekata.kernel.cases.models import NEVER, Case, Step, Timer
from sekata.kernel.journal import actions as journal
from sekata.kernel.journal import queries as journal_read
from sekata.kernel.journal.models import Event, Pending
from sekata.kernel.places import queries as places
from sekata.kernel.reference import queries as reference
from sekata.lib.actor import NOBODY, Actor, by_code
from sekata.lib.clock import frozen
from sekata.lib.result import Refused
from sekata.lib.workflow import BACK, Phase
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.actions import Reporter
from sekata.pillars.environment.complaints.codes import ReporterMode
from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.tests.conftest import wib
from sekata.pillars.environment.complaints.workflow import COMPLAINT
from tests.journeys.complaint_verbs import REPORTER, SUITE, VERBS, World

pytestmark = pytest.mark.django_db
OFFICERS = (
    "intake",
    "reviewer",
    "reviewer2",
    "inspector",
    "inspector3",
    "head",
    "office_head",
    "responder",
    "regent",
)
TEXTS = ("message", "finding", "missing", "answer", "text", "late_reason", "reason")
ANYBODY = (*OFFICERS, REPORTER, SUITE)
BEGINNINGS = (
    "",
    "request_details complete take_up",
    "request_details lapse",
    "take_up reject",
    "merge unmerge",
    "withdraw",
    "take_up forward close_passed_on",
    "take_up refer send_back",
    "take_up answer accept",
    "take_up answer close_silent reopen",
    "take_up answer reopen close_reopened",
    "take_up plan_verification arrive send_samples approve_report",
    "take_up plan_verification arrive approve_report follow_up resolve",
)
"""Where the first complaint is when chance takes over; together these ways take every step of the table."""


def contents() -> str:
    """A mark of every row of every table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        tables = sorted(name for (name,) in cursor.fetchall())
        row = "SELECT '{0}', md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM \"{0}\" AS t"
        cursor.execute(" UNION ALL ".join(row.format(name) for name in tables))
        return str(sorted(cursor.fetchall()))


def main_first(state: str) -> list[str]:
    """The steps that lead on from a state; the main ones several times, so that examples come far."""
    edges = [edge for edge in COMPLAINT.edges_from(state) if edge.name in VERBS]
    return [edge.name for edge in edges for _ in range(4 if edge.primary else 1)]


class ComplaintLife(RuleBasedStateMachine):
    """Up to three complaints in one regency; everything is rolled back at the end."""

    def __init__(self, regency, filing, beginning: str):
        super().__init__()
        self.beginning = beginning.split()
        self.world, self.filing = World(regency, wib("2026-04-29 10:00")), filing
        self.mark = ""
        self.ran: dict[int, set[int]] = {}
        reference.forget()
        places.forget()
        self.example = transaction.atomic()
        self.example.__enter__()

    def teardown(self):
        try:
            self.check_journal()
        finally:
            transaction.set_rollback(True)
            self.example.__exit__(None, None, None)

    @initialize()
    def begin(self):
        """Two reports; the first is already some way along, so that chance reaches every corner."""
        self.file("W01" if "send_samples" in self.beginning else "S01", True)
        self.file("W01", True)
        for name in self.beginning:
            self.world.now += timedelta(hours=1)
            before = self.complaint(0).case.state
            self.take(self.complaint(0), name, VERBS[name].usual)
            assert self.complaint(0).case.state != before, f"{name} was not taken from {before}"

    @rule(service=st.sampled_from(["W01", "W05", "S01", "F01"]), complete=st.booleans())
    def file(self, service, complete):
        if len(self.world.keys) < 3:
            given = {"service_code": service, "first_seen_at": self.world.now - timedelta(hours=4)}
            report = self.filing(**given) if complete else self.filing(**given, point=None)
            with frozen(self.world.now):
                filed = actions.file(actor=NOBODY, filing=report, reporter=Reporter(ReporterMode.ANONYMOUS))
            self.world.keys.append(filed.complaint.pk)
            self.mark = ""

    @rule(which=st.integers(0, 2), way=st.integers(0, 20))
    def go_on(self, which, way):
        """Take one of the steps that lead on from where the complaint stands."""
        complaint = self.complaint(which)
        names = main_first(complaint.case.state)
        if names:
            name = names[way % len(names)]
            self.take(complaint, name, VERBS[name].usual)

    @rule(which=st.integers(0, 2), name=st.sampled_from(sorted(VERBS)), who=st.sampled_from(ANYBODY))
    def stumble(self, which, name, who):
        """Try any step by anybody; mostly it is refused."""
        self.take(self.complaint(which), name, who)

    @rule(which=st.integers(0, 2), way=st.integers(0, 20))
    def come_short(self, which, way):
        """The right person takes a possible step, but has prepared nothing and leaves every text empty."""
        complaint = self.complaint(which)
        names = main_first(complaint.case.state)
        if names:
            name = names[way % len(names)]
            self.attempt(complaint, name, self.world.who(VERBS[name].usual, complaint), empty=True)

    @rule(which=st.integers(0, 2), name=st.sampled_from(sorted(VERBS)))
    def try_as_a_stranger(self, which, name):
        """The code of another case opens nothing."""
        complaint = self.complaint(which)
        self.attempt(complaint, name, by_code(complaint.pk + 1000), must_fail=True)

    @rule(hours=st.sampled_from([0.2, 5, 26, 100, 400]))
    def wait(self, hours):
        self.world.now += timedelta(hours=hours)

    @rule()
    def suite_works(self):
        """The periodic jobs: escalating, closing what nobody answered."""
        with frozen(self.world.now):
            actions.chase()
            actions.escalate()
        self.mark = ""

    @rule(which=st.integers(0, 2))
    def neighbours_support(self, which):
        """Five more voices raise the priority; running clocks follow."""
        complaint = self.complaint(which)
        with frozen(self.world.now):
            for _ in range(5):
                actions.support(actor=NOBODY, complaint=complaint, submission=uuid4())
            actions.reassess(complaint.pk)
        self.mark = ""

    @rule(which=st.integers(0, 2), to=st.sampled_from(OFFICERS))
    def hand_on(self, which, to):
        """Assigning moves no state and no clock."""
        complaint = self.complaint(which)
        before = list(complaint.case.timers.order_by("pk").values())
        holder = getattr(self.world.regency, to).person
        actions.assign(actor=self.world.regency.head, complaint=complaint, holder=holder, at=self.world.now)
        assert list(complaint.case.timers.order_by("pk").values()) == before
        self.mark = ""

    def complaint(self, which: int) -> Complaint:
        return self.world.fresh(self.world.keys[which % len(self.world.keys)])

    def take(self, complaint: Complaint, name: str, who: str) -> None:
        """Prepare what the step asks for, then try it."""
        if who == VERBS[name].usual:
            with frozen(self.world.now), suppress(Refused):
                VERBS[name].prepare(self.world, complaint)
            self.mark = ""
        self.attempt(complaint, name, self.world.who(who, complaint))

    def attempt(
        self, complaint: Complaint, name: str, actor: Actor, *, must_fail: bool = False, empty: bool = False
    ) -> None:
        """Do the act; refused, it leaves nothing; done, it leaves one step, one event, one version more."""
        complaint = self.world.fresh(complaint.pk)
        given = VERBS[name].give(self.world, complaint)
        if given is None:
            return
        if empty:
            given |= {key: "" for key, value in given.items() if isinstance(value, str) and key in TEXTS}
        before = self.mark or contents()
        events, steps, version = last(Event), last(Step), complaint.case.version
        if complaint.case.state != "merged":
            self.ran[complaint.pk] = running(complaint)
        with frozen(self.world.now):
            try:
                VERBS[name].act(actor=actor, complaint=complaint, at=self.world.now, **given)
            except Refused as refusal:
                assert refusal.reasons and all(reason.message for reason in refusal.reasons)
                assert contents() == before, f"{name} was refused and left something"
                self.mark = before
                return
        self.mark = ""
        assert not must_fail, f"{name} was done by a stranger"
        self.check_done(name, complaint, events, steps, version)

    def check_done(self, name: str, complaint: Complaint, events: int, steps: int, version: int) -> None:
        case = Case.objects.get(pk=complaint.pk)
        moves = [s for s in Step.objects.filter(case=case, pk__gt=steps) if s.source != s.target]
        kind = VERBS[name].act.event
        told = Event.objects.filter(pk__gt=events, kind=kind, subject_id=str(complaint.pk))
        assert told.count() == 1, f"{name}: {told.count()} events"
        assert len(moves) <= 1, f"{name}: {len(moves)} moves"
        if moves:
            assert moves[0].transition == name
            assert moves[0].at == told.get().at == self.world.now
            assert case.version == version + VERBS[name].writes, (
                f"{name}: version {version} became {case.version}"
            )
            if name == "unmerge":
                assert running(complaint) == self.ran[complaint.pk], "other clocks run than before the merge"
        else:
            assert name in ("withdraw", "follow_up"), f"{name} moved nothing"

    @invariant()
    def one_running_clock_of_each_kind(self):
        running = list(Timer.objects.filter(stopped_at=None).values_list("case", "code"))
        assert len(running) == len(set(running))

    @invariant()
    def cases_stand_as_their_state_says(self):
        for case in Case.objects.prefetch_related("timers"):
            phase = COMPLAINT.state(case.state).phase
            running = [timer for timer in case.timers.all() if timer.stopped_at is None]
            self.check_due(case, phase, running)
            assert (case.closed_at is not None) == (phase is Phase.CLOSED), case.state
            assert (case.paused_at is not None) == (phase is Phase.WAITING), case.state
            wrong = [timer.code for timer in running if case.state in COMPLAINT.clock(timer.code).stops]
            assert not wrong, f"{wrong} run on in {case.state}"
            assert not (phase is Phase.CLOSED and running), [timer.code for timer in running]
            codes = {timer.code for timer in running}
            begun = {
                clock.code for clock in COMPLAINT.clocks if clock.escalates and case.state in clock.starts
            }
            assert begun <= codes, f"{begun - codes} do not run in {case.state}"

    def check_due(self, case: Case, phase: Phase, running: list[Timer]) -> None:
        """The due date of a case is the nearest limit that runs now."""
        counted = [
            timer.due_at
            for timer in running
            if not (
                phase is Phase.WAITING and COMPLAINT.clock(timer.code).pauses and timer.unit == "workdays"
            )
        ]
        assert case.due_at == min(counted, default=NEVER), case.state

    @invariant()
    def histories_are_chains_of_the_table(self):
        for case in Case.objects.all():
            came_from: dict[str, str] = {}
            state = COMPLAINT.initial
            for step in case.steps.order_by("pk"):
                if step.source == step.target or step.transition == "open":
                    continue
                edge = COMPLAINT.transition(step.transition)
                assert step.source == state and edge.from_state(step.source), step.transition
                expected = came_from[step.source] if edge.target == BACK else edge.target
                assert step.target == expected, step.transition
                came_from[step.target], state = step.source, step.target
            assert case.state == state

    @invariant()
    def merged_cases_follow_their_incident(self):
        for complaint in Complaint.objects.select_related("case", "incident"):
            merged = complaint.case.state == "merged"
            assert (complaint.case.merged_into_id is not None) == merged
            lead = complaint.case.merged_into_id if merged else complaint.pk
            assert complaint.incident.lead_id == lead

    def check_journal(self):
        journal.seal()
        verdict = journal_read.verify()
        assert verdict.ok, verdict.broken
        assert verdict.events == Event.objects.count() and Pending.objects.count() == 0


def running(complaint: Complaint) -> set[int]:
    """Keys of the clocks that run now."""
    return set(Timer.objects.filter(case=complaint.pk, stopped_at=None).values_list("pk", flat=True))


def last(model) -> int:
    """Key of the newest row."""
    return model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def test_the_beginnings_take_every_step_that_people_and_jobs_take():
    """`ask_missing` is part of filing a report without its place, which the machine does too."""
    names = {edge.name for edge in COMPLAINT.transitions} - {"ask_missing"}
    assert set(VERBS) == names
    assert {name for way in BEGINNINGS for name in way.split()} == names


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_complaints_live_by_their_table(regency, filing, beginning):
    run_state_machine_as_test(
        lambda: ComplaintLife(regency, filing, beginning),
        settings=settings(max_examples=5, stateful_step_count=28, derandomize=True, database=None),
    )
