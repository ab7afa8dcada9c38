"""R16 escalation, R17 closing, R18 retention, and the guards of single steps."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.codes import Ending, Finding, Priority, ReporterMode
from sekata.pillars.environment.complaints.rules import (
    Answer,
    ClockCourse,
    Feedback,
    RetentionFacts,
    TeamMember,
)
from sekata.pillars.environment.complaints.rules.terms import months_after
from sekata.pillars.environment.complaints.tests.material import (
    CALENDAR,
    ESCALATIONS,
    LIMITS,
    RETENTION,
    codes,
    wib,
)

# --- R16 --------------------------------------------------------------------------------------------------

RECEIVED = wib("2026-04-29 10:00")


def course(
    clock: str = "total", received=RECEIVED, paused: int = 0, qualifier: str = "", **more
) -> ClockCourse:
    limit = rules.limit_for(LIMITS, clock, qualifier)
    return ClockCourse(limit, received, limit.ends(received, CALENDAR, paused), **more)


def days(of: ClockCourse) -> dict[str, date]:
    return {step.level: step.day(CALENDAR) for step in rules.planned_levels(of, ESCALATIONS, CALENDAR)}


def due(of: ClockCourse, at: str, raised=()) -> list[str]:
    return [step.level for step in rules.due_levels(of, ESCALATIONS, CALENDAR, wib(at), raised)]


def test_r16_example_of_a_missed_limit():
    assert days(course()) == {
        "L1": date(2026, 6, 8),
        "L2": date(2026, 6, 18),
        "L3": date(2026, 6, 24),
        "L4": date(2026, 7, 15),
    }


@pytest.mark.parametrize(
    ("at", "levels"),
    [
        pytest.param("2026-06-07 23:59:59", [], id="R16-before"),
        pytest.param("2026-06-08", ["L1"], id="R16-80-percent"),
        pytest.param("2026-06-17 23:59:59", ["L1"], id="R16-last-day"),
        pytest.param("2026-06-18", ["L1", "L2"], id="R16-breach"),
        pytest.param("2026-06-24", ["L1", "L2", "L3"], id="R16-breach-5"),
        pytest.param("2026-07-15", ["L1", "L2", "L3", "L4"], id="R16-breach-20"),
    ],
)
def test_r16_due_levels(at, levels):
    assert due(course(), at) == levels
    assert due(course(), at, raised=levels) == []


def test_r16_a_pause_moves_every_level():
    moved = days(course(paused=4))
    assert (moved["L1"], moved["L2"]) == (date(2026, 6, 12), date(2026, 6, 24))


def test_r16_what_ended_in_time_does_not_escalate():
    assert days(course(ended_at=wib("2026-06-05 10:00"))) == {}
    assert list(days(course(ended_at=wib("2026-06-10 10:00")))) == ["L1"]
    assert list(days(course(ended_at=wib("2026-06-19 10:00")))) == ["L1", "L2"]


def test_r16_second_reopening_goes_to_level_3_at_once():
    twice = (wib("2026-05-04 09:00"), wib("2026-05-20 09:00"))
    assert "L3" not in due(course(reopenings=twice[:1]), "2026-05-21")
    assert due(course(reopenings=twice), "2026-05-21") == ["L3"]
    steps = rules.planned_levels(course(reopenings=twice), ESCALATIONS, CALENDAR)
    assert {step.level: step.why for step in steps}["L3"] == "Kasus dibuka kembali untuk ke-2 kalinya."


def test_r16_level_5_when_the_province_is_silent():
    asked = course(province_asked_at=wib("2026-07-15 09:00"))
    assert days(asked)["L5"] == date(2026, 8, 13)  # 20 working days end on Wed 08-12
    in_time = replace(asked, province_answered_at=wib("2026-08-12 20:00"))
    assert "L5" not in days(in_time)
    late = replace(asked, province_answered_at=wib("2026-08-13 08:00"))
    assert "L5" in days(late)


def test_r16_level_5_at_second_line_enforcement():
    assert due(course(second_line_at=wib("2026-05-05 09:00")), "2026-05-05 09:00") == ["L5"]


def test_r16_real_time_limits_escalate_in_real_time_and_then_by_working_days():
    arrival = course("arrival", wib("2026-05-02 22:10"), qualifier=Priority.P1)
    steps = {s.level: s for s in rules.planned_levels(arrival, ESCALATIONS, CALENDAR)}
    assert steps["L1"].at == wib("2026-05-02 22:10") + timedelta(hours=19.2)
    assert steps["L2"].at == wib("2026-05-04")


def test_r16_each_level_is_told_why():
    for step in rules.planned_levels(course(), ESCALATIONS, CALENDAR):
        assert "Rabu, 17 Juni 2026" in step.why
        assert step.label and step.to


def test_r16_every_level_must_answer():
    assert codes(rules.answer_reasons("")) == ["escalation_answer"]
    assert not rules.answer_reasons("Tim ditambah dua orang.")


MOMENTS = st.datetimes(wib("2026-01-01").replace(tzinfo=None), wib("2027-12-31").replace(tzinfo=None))


@given(
    MOMENTS, st.sampled_from(["total", "review", "report", "reopen_decision", "pickup"]), st.integers(0, 15)
)
def test_r16_levels_come_in_order(received, clock, paused):
    received = received.replace(tzinfo=CALENDAR.zone)
    of = course(clock, received, paused)
    steps = rules.planned_levels(of, ESCALATIONS, CALENDAR)
    assert [step.level for step in steps] == ["L1", "L2", "L3", "L4"]
    assert all(a.at < b.at for a, b in zip(steps, steps[1:], strict=False))
    assert received <= steps[0].at < of.due <= steps[1].at


# --- R17 --------------------------------------------------------------------------------------------------

MESSAGE = (
    "Kami memeriksa tiga titik sungai, menutup saluran buangan, dan memberi teguran tertulis kepada pabrik."
)
FULL = Answer(Finding.ADMINISTRATIVE_VIOLATION, 2, MESSAGE)


@pytest.mark.parametrize("target", ["answered", "resolved"])
@pytest.mark.parametrize(
    ("change", "against"),
    [
        pytest.param({}, [], id="R17-full"),
        pytest.param({"finding": ""}, ["finding_missing"], id="R17-no-finding"),
        pytest.param({"finding": "guilty"}, ["finding_missing"], id="R17-unknown-finding"),
        pytest.param({"evidence": 0}, ["evidence_missing"], id="R17-no-evidence"),
        pytest.param({"message": "Sudah ditangani ya."}, ["message_short"], id="R17-short-message"),
        pytest.param({"message": "x" * 80}, [], id="R17-80-characters"),
        pytest.param({"message": "x" * 79}, ["message_short"], id="R17-79-characters"),
        pytest.param({"message": "x" + " " * 90}, ["message_short"], id="R17-blanks"),
    ],
)
def test_r17_what_an_answer_needs(target, change, against):
    assert codes(rules.closing_reasons("verified", target, replace(FULL, **change))) == against


@pytest.mark.parametrize("source", ["not_environmental", "referred"])
@pytest.mark.parametrize(
    ("answer", "against"),
    [
        pytest.param(Answer(message=MESSAGE, has_letter=True), [], id="R17-letter"),
        pytest.param(Answer(message=MESSAGE, has_result=True), [], id="R17-result"),
        pytest.param(Answer(message=MESSAGE), ["letter_missing"], id="R17-neither"),
        pytest.param(Answer(has_letter=True), ["message_short"], id="R17-letter-without-message"),
    ],
)
def test_r17_closing_what_went_to_others(source, answer, against):
    assert codes(rules.closing_reasons(source, "closed", answer)) == against


def test_r17_closing_an_answered_case_needs_nothing_more():
    assert rules.closing_reasons("resolved", "closed", Answer()) == ()


@pytest.mark.parametrize(
    ("state", "finding", "closed_from", "expected"),
    [
        ("resolved", "administrative_violation", "", Ending.RESOLVED),
        ("closed", "administrative_violation", "resolved", Ending.RESOLVED),
        ("closed", "source_unknown", "resolved", Ending.SOURCE_UNKNOWN),
        ("answered", "no_violation", "", Ending.ANSWERED),
        ("closed", "", "referred", Ending.REFERRED),
        ("closed", "", "not_environmental", Ending.REFERRED),
        ("referred", "", "", None),
        ("under_review", "", "", None),
        ("withdrawn", "", "", None),
    ],
)
def test_r17_endings_are_kept_apart(state, finding, closed_from, expected):
    assert rules.ending_of(state, finding, closed_from) == expected


ENDED = wib("2026-06-10 15:00")


def after(days_later: int, state: str, mode=ReporterMode.NAMED, **feedback) -> str:
    at = ENDED + timedelta(days=days_later)
    return rules.feedback_sequel(state, ENDED, mode, Feedback(at, **feedback), LIMITS, CALENDAR).kind


@pytest.mark.parametrize(
    ("state", "days_later", "kind"),
    [
        pytest.param("resolved", 13, "reopen", id="R17-day-13"),
        pytest.param("answered", 14, "reopen", id="R17-day-14"),
        pytest.param("closed", 60, "reopen", id="R17-day-60"),
        pytest.param("closed", 61, "new_report", id="R17-day-61"),
        pytest.param("closed_incomplete", 1, "new_report", id="R17-incomplete-is-new"),
        pytest.param("withdrawn", 1, "new_report", id="R17-withdrawn-is-new"),
    ],
)
def test_r17_reopening_windows(state, days_later, kind):
    assert after(days_later, state, text="Airnya masih hitam", satisfied=False) == kind


def test_r17_the_last_day_is_whole():
    last = wib("2026-08-09 23:59:59")  # 60 days after 06-10
    assert rules.may_reopen("closed", ENDED, last, LIMITS, CALENDAR)
    assert not rules.may_reopen("closed", ENDED, wib("2026-08-10"), LIMITS, CALENDAR)


@pytest.mark.parametrize(
    ("feedback", "mode", "kind"),
    [
        pytest.param({"score": 1}, "named", "call_back", id="R17-score-1"),
        pytest.param({"score": 2}, "confidential", "call_back", id="R17-score-2"),
        pytest.param({"score": 2}, "anonymous", "tracking_question", id="R17-anonymous"),
        pytest.param({"score": 3}, "named", "recorded", id="R17-score-3"),
        pytest.param({"score": 2, "text": "Masih bau"}, "named", "reopen", id="R17-score-2-with-text"),
        pytest.param(
            {"score": 5, "satisfied": True, "text": "Terima kasih"}, "named", "recorded", id="R17-happy"
        ),
        pytest.param({"satisfied": False}, "named", "needs_text", id="R17-unhappy-without-text"),
        pytest.param({"satisfied": False, "score": 1}, "named", "call_back", id="R17-unhappy-score"),
        pytest.param({"text": "Minta dibuka kembali"}, "anonymous", "reopen", id="R17-request"),
    ],
)
def test_r17_feedback(feedback, mode, kind):
    assert after(3, "resolved", ReporterMode(mode), **feedback) == kind


def test_r17_every_sequel_has_a_sentence():
    assert all(rules.Sequel(kind).says.endswith(".") for kind in rules.SequelKind)


@pytest.mark.parametrize(("days_later", "closes"), [(14, False), (15, True)])
def test_r17_an_answer_closes_by_itself_after_the_window(days_later, closes):
    at = ENDED + timedelta(days=days_later)
    assert rules.closes_by_itself("answered", ENDED, at, LIMITS, CALENDAR) == closes
    assert not rules.closes_by_itself("verified", ENDED, at, LIMITS, CALENDAR)


@given(st.integers(0, 200), st.integers(0, 86399))
def test_r17_a_closed_window_stays_closed(days_later, seconds):
    at = ENDED + timedelta(days=days_later, seconds=seconds)
    if not rules.may_reopen("closed", ENDED, at, LIMITS, CALENDAR):
        assert not rules.may_reopen("closed", ENDED, at + timedelta(days=1), LIMITS, CALENDAR)


def test_r17_somebody_else_decides_on_a_reopened_case():
    assert codes(rules.reopen_decision_reasons(7, 7)) == ["same_decider"]
    assert not rules.reopen_decision_reasons(7, 8)
    assert not rules.reopen_decision_reasons(7, None)


# --- R18 --------------------------------------------------------------------------------------------------

CLOSED = wib("2024-06-10 15:00")
ONLY_STORED = {"closed_at": None, "stored_at": CLOSED}
ONLY_SENT = {"closed_at": None, "sent_at": CLOSED}


@pytest.mark.parametrize(
    ("facts", "at", "gone"),
    [
        pytest.param({}, "2026-06-10 14:59", [], id="R18-before"),
        pytest.param({}, "2026-06-10 15:00", ["identity"], id="R18-two-years"),
        pytest.param({"open_matters": frozenset({"court"})}, "2027-01-01", [], id="R18-court"),
        pytest.param({"open_matters": frozenset({"enforcement"})}, "2027-01-01", [], id="R18-enforcement"),
        pytest.param({"closed_at": None}, "2030-01-01", [], id="R18-open-case"),
        pytest.param(ONLY_STORED, "2024-06-11 15:00", ["network_address"], id="R18-ip-24-h"),
        pytest.param(ONLY_STORED, "2024-06-11 14:59", [], id="R18-ip-earlier"),
        pytest.param(ONLY_SENT, "2024-06-10 15:00", ["sender_address"], id="R18-once-sent"),
    ],
)  # fmt: skip
def test_r18_deletions(facts, at, gone):
    held = RetentionFacts(**{"closed_at": CLOSED, **facts})
    assert list(rules.due_deletions(held, RETENTION, wib(at))) == gone


def test_r18_the_case_follows_the_archive_schedule():
    case = next(d for d in rules.deletions(RetentionFacts(CLOSED), RETENTION) if d.what == "case")
    assert (case.due, case.schedule) == (None, "JRA")
    assert not case.is_due(wib("2099-01-01"))


def test_r18_what_holds_a_deletion_back_is_named():
    held = RetentionFacts(CLOSED, open_matters=frozenset({"court"}))
    identity = rules.deletions(held, RETENTION)[0]
    assert identity.blocked == ("perkara pengadilan yang masih berjalan",)


def test_r18_what_stays():
    assert {"number", "state_history", "category", "village_code", "batch_id"} <= set(rules.KEPT_FIELDS)
    assert not set(rules.KEPT_FIELDS) & rules.IDENTITY_FIELDS


def test_r18_two_years_after_a_leap_day():
    assert months_after(wib("2024-02-29"), 24) == wib("2026-02-28")


@given(MOMENTS, st.integers(-60, 60))
def test_r18_months_keep_their_order(at, months):
    assert months_after(at, months) <= months_after(at + timedelta(days=1), months)
    assert (months_after(at, months) > at) == (months > 0)


# --- guards of single steps -------------------------------------------------------------------------------

LEAD = TeamMember(1, "Hendri", is_lead=True)
MATE = TeamMember(2, "Rosmaini")


@pytest.mark.parametrize(
    ("team", "against"),
    [
        pytest.param([LEAD, MATE], [], id="team"),
        pytest.param([LEAD], ["team_size"], id="alone"),
        pytest.param([LEAD, replace(LEAD, is_lead=False)], ["team_size"], id="same-person-twice"),
        pytest.param([MATE, TeamMember(3, "Budi")], ["team_lead"], id="no-lead"),
        pytest.param([LEAD, replace(MATE, is_lead=True)], ["team_lead"], id="two-leads"),
        pytest.param([LEAD, replace(MATE, conflict=True)], ["team_conflict"], id="conflict"),
        pytest.param([], ["team_size", "team_lead"], id="empty"),
    ],
)
def test_steps_team(team, against):
    assert codes(rules.team_reasons(team)) == against


def test_steps_a_visit_leaves_minutes():
    assert not rules.minutes_reasons(["verification"])
    assert not rules.minutes_reasons(["refusal_of_entry", "photo_video"])
    assert codes(rules.minutes_reasons(["photo_video"])) == ["minutes_missing"]


def test_steps_results_have_method_and_file():
    full = rules.LabResult("BOD", "SNI 6989.72:2009", "berkas")
    assert not rules.result_reasons([full])
    assert codes(rules.result_reasons([full, replace(full, method=" ")])) == ["result_incomplete"]
    assert codes(rules.result_reasons([replace(full, file=None)])) == ["result_incomplete"]
    assert codes(rules.result_reasons([])) == ["results_missing"]


def test_steps_two_persons_sign_and_approve():
    assert not rules.approval_reasons([1], 9)
    assert codes(rules.approval_reasons([1, 9], 9)) == ["same_approver"]
    assert codes(rules.approval_reasons([], 9)) == ["report_unsigned"]


def test_steps_two_officers_reject_for_a_known_reason():
    assert not rules.rejection_reasons("abusive", 1, 2)
    assert codes(rules.rejection_reasons("boring", 1, 1)) == ["reject_reason", "reject_second"]
    assert codes(rules.rejection_reasons("abusive", 1, None)) == ["reject_second"]


@pytest.mark.parametrize(("day", "against"), [("2026-07-10 23:59", []), ("2026-07-11", ["undo_late"])])
def test_steps_a_merge_can_be_undone_for_30_days(day, against):
    assert codes(rules.undo_merge_reasons(ENDED, wib(day), LIMITS, CALENDAR)) == against
