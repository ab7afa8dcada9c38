"""R2-R9: identity, content, clocks, competence, priority. Every worked example of the contract first."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.codes import Priority, ReporterMode
from sekata.pillars.environment.complaints.rules import (
    CaseFacts,
    Content,
    NearbySite,
    PlaceFacts,
    Point,
    PriorityFacts,
)
from sekata.pillars.environment.complaints.tests.material import (
    AUTHORITIES,
    CALENDAR,
    LIMITS,
    PRIORITIES,
    ROUTES,
    SERVICES,
    codes,
    wib,
)

NOW = wib("2026-05-20 09:00")
PRIORITY = st.sampled_from(Priority)

# --- R2 ---------------------------------------------------------------------------------------------------


def test_r2_pseudonym_is_the_last_four_of_the_number():
    assert rules.pseudonym("PLH-1405-2026-000412") == "Pengadu 0412"


def test_r2_an_export_has_no_identity_columns():
    columns = ("number", "state", "name", "NIK", "phone", "email", "reporter_identity.name", "reporter__id")
    assert rules.exportable_columns((*columns, "address_text")) == ("number", "state", "address_text")


@pytest.mark.parametrize(
    ("mode", "role", "saved", "purpose", "against"),
    [
        pytest.param("confidential", "intake", False, "", [], id="R2-intake-while-entering"),
        pytest.param(
            "confidential", "intake", True, "telepon balik", ["identity_role"], id="R2-intake-later"
        ),
        pytest.param("confidential", "lead_inspector", True, "periksa saksi", [], id="R2-lead-with-reason"),
        pytest.param(
            "confidential", "lead_inspector", True, "  ", ["identity_purpose"], id="R2-lead-no-reason"
        ),
        pytest.param("confidential", "kabid", True, "ingin tahu", ["identity_role"], id="R2-head"),
        pytest.param("anonymous", "lead_inspector", True, "periksa", ["identity_none"], id="R2-anonymous"),
    ],
)
def test_r2_who_may_open_an_identity(mode, role, saved, purpose, against):
    assert codes(rules.identity_reasons(ReporterMode(mode), role, saved, purpose)) == against


# --- R3 ---------------------------------------------------------------------------------------------------

VILLAGE = "14.05.01.2001"
FULL = Content(
    description="Air sungai hitam dan ikan mati sejak pagi",
    point=Point(0.39421, 101.84378),
    noticed_at=wib("2026-05-20 06:00"),
    media=frozenset({"water"}),
)


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        pytest.param({}, [], id="R3-full"),
        pytest.param({"point": None}, ["location_missing"], id="R3-no-location-no-photo-gps"),
        pytest.param({"point": None, "photo_points": (Point(0.39, 101.84),)}, [], id="R3-photo-gps"),
        pytest.param({"point": None, "village_code": VILLAGE, "place_text": "jembatan"}, [], id="R3-words"),
        pytest.param({"point": None, "village_code": VILLAGE}, ["location_missing"], id="R3-village-alone"),
        pytest.param({"description": " "}, ["what_missing"], id="R3-what"),
        pytest.param({"noticed_at": None}, ["when_missing"], id="R3-when"),
        pytest.param({"media": frozenset()}, ["media_missing"], id="R3-media"),
        pytest.param({"media": frozenset(), "suspected_source": "pabrik"}, [], id="R3-source-instead"),
    ],
)  # fmt: skip
def test_r3_minimum_content(change, missing):
    assert codes(rules.missing_items(replace(FULL, **change))) == missing


def test_r3_an_empty_report_lists_everything_that_is_missing():
    assert len(rules.missing_items(Content())) == 4


@pytest.mark.parametrize(
    ("change", "against"),
    [
        pytest.param({"description": "x" * 4000, "title": "x" * 120}, [], id="R3-longest"),
        pytest.param({"description": "x" * 5000}, ["description_long"], id="R3-5000-characters"),
        pytest.param({"description": "x" * 20}, [], id="R3-shortest"),
        pytest.param({"description": "x" * 19}, ["description_short"], id="R3-too-short"),
        pytest.param({"title": "x" * 121}, ["title_long"], id="R3-title"),
        pytest.param({"desired_settlement": "x" * 1001}, ["desired_settlement_long"], id="R3-settlement"),
        pytest.param({"noticed_at": NOW}, [], id="R3-now"),
        pytest.param({"noticed_at": NOW + timedelta(seconds=1)}, ["incident_future"], id="R3-future"),
    ],
)
def test_r3_what_a_form_may_hold(change, against):
    reasons = rules.content_reasons(replace(FULL, **change), NOW)
    assert codes(reasons) == against
    if "description_long" in against:
        assert "4000" in reasons[0].message


# --- R4, R5, R7 -------------------------------------------------------------------------------------------


def told(clock: str, received: str, *qualifiers: str, paused: int = 0) -> date:
    limit = rules.limit_for(LIMITS, clock, *qualifiers)
    return limit.last_day(limit.ends(wib(received), CALENDAR, paused), CALENDAR)


@pytest.mark.parametrize(
    ("clock", "qualifier", "received", "day"),
    [
        pytest.param("arrival", "P2", "2026-04-29 10:00", date(2026, 5, 5), id="R4-3-days"),
        pytest.param("review", "", "2026-04-29 10:00", date(2026, 5, 7), id="R4-5-days"),
        pytest.param("total", "", "2026-04-29 10:00", date(2026, 6, 17), id="R4-30-days"),
        pytest.param("review", "", "2026-05-01 10:00", date(2026, 5, 11), id="R4-received-on-a-holiday"),
        pytest.param("review", "", "2026-04-29 16:01", date(2026, 5, 8), id="R4-after-four"),
        pytest.param("review", "", "2026-04-29 16:00", date(2026, 5, 7), id="R4-four-sharp"),
        pytest.param("review", "", "2026-04-29 16:00:00.000001", date(2026, 5, 8), id="R4-just-after-four"),
        pytest.param("feedback", "", "2026-05-30 10:00", date(2026, 6, 13), id="R4-calendar-days-run-on"),
    ],
)
def test_r4_working_days(clock, qualifier, received, day):
    assert told(clock, received, qualifier) == day


def test_r4_a_limit_ends_at_24_on_its_last_day():
    limit = rules.limit_for(LIMITS, "review")
    due = limit.ends(wib("2026-04-29 10:00"), CALENDAR)
    assert due == wib("2026-05-08 00:00")
    assert not limit.is_late(due, wib("2026-05-07 23:59:59"))
    assert limit.is_late(due, wib("2026-05-08 00:00"))


@pytest.mark.parametrize(
    ("clock", "due"),
    [
        pytest.param("pickup", "2026-05-02 22:40", id="R5-pickup"),
        pytest.param("arrival", "2026-05-03 22:10", id="R5-arrival"),
    ],
)
def test_r5_p1_clocks_run_day_and_night(clock, due):
    limit = rules.limit_for(LIMITS, clock, Priority.P1)
    ends = limit.ends(wib("2026-05-02 22:10"), CALENDAR)  # a Saturday
    assert ends == wib(due)
    assert not limit.is_late(ends, ends)
    assert limit.is_late(ends, ends + timedelta(seconds=1))


def test_r5_limits_in_working_days_stay_for_p1():
    assert rules.limit_for(LIMITS, "total", Priority.P1).unit == "workdays"
    assert rules.limit_for(LIMITS, "review", Priority.P1) == rules.limit_for(LIMITS, "review", Priority.P4)


def test_r5_the_first_sample_is_due_for_rivers_only():
    assert str(rules.limit_for(LIMITS, "first_sample", "W01")) == "24 jam"
    assert rules.limit_for(LIMITS, "first_sample", "A01") is None


@pytest.mark.parametrize(
    ("sent", "late", "reason", "against"),
    [
        pytest.param("2026-05-07 23:59", False, "", [], id="R6-last-minute"),
        pytest.param("2026-05-08 09:00", True, "", ["passing_on_late"], id="R6-breach"),
        pytest.param("2026-05-08 09:00", True, "Kepala dinas di luar kota", [], id="R6-breach-with-reason"),
    ],
)
def test_r6_passing_on(sent, late, reason, against):
    passing = rules.passing_on(wib("2026-04-29 10:00"), wib(sent), LIMITS, CALENDAR)
    assert (passing.last_day, passing.late) == (date(2026, 5, 7), late)
    assert codes(rules.passing_on_reasons(passing, reason)) == against


def test_r7_a_pause_moves_the_total_limit():
    pauses = [(wib("2026-05-06 11:00"), wib("2026-05-12 11:00"))]
    paused = rules.paused_workdays(pauses, CALENDAR, NOW)
    assert paused == 4
    assert told("total", "2026-04-29 10:00", paused=paused) == date(2026, 6, 23)


def test_r7_an_open_pause_counts_until_now():
    assert rules.paused_workdays([(wib("2026-05-06 11:00"), None)], CALENDAR, wib("2026-05-12 11:00")) == 4
    assert rules.paused_workdays([(wib("2026-05-09 11:00"), wib("2026-05-09 12:00"))], CALENDAR, NOW) == 0


def test_r7_real_time_is_never_paused():
    limit = rules.limit_for(LIMITS, "arrival", Priority.P1)
    assert limit.ends(NOW, CALENDAR, 9) == limit.ends(NOW, CALENDAR)


@given(
    st.datetimes(wib("2026-04-01").replace(tzinfo=None), wib("2026-12-01").replace(tzinfo=None)),
    st.integers(0, 40),
)
def test_r7_a_longer_pause_never_ends_sooner(received, paused):
    limit = rules.limit_for(LIMITS, "total")
    at = received.replace(tzinfo=CALENDAR.zone)
    assert limit.ends(at, CALENDAR, paused) < limit.ends(at, CALENDAR, paused + 1)


# --- R8 ---------------------------------------------------------------------------------------------------


BOTH_LINES = {"crosses_regency": True, "crosses_province": True}


def routed(code: str, priority: Priority = Priority.P2, place: PlaceFacts | None = None, **facts):
    case = CaseFacts(code, priority, place or PlaceFacts(), **facts)
    return rules.route(case, ROUTES, SERVICES, AUTHORITIES)


def test_r8_mill_with_the_governors_approval():
    routing = routed("W02", approval_holder="governor", facility="PKS Sumber Makmur")
    assert (routing.authority, routing.rule) == ("province_dlhk", 4)
    assert routing.first_response == routing.sampling == "dlh"
    assert routing.why[0].startswith(
        "Aturan 4: Persetujuan lingkungan PKS Sumber Makmur diterbitkan gubernur"
    )
    assert "Tanggap pertama dan pengambilan contoh tetap oleh Dinas Lingkungan Hidup." in routing.why


@pytest.mark.parametrize(
    ("code", "place", "facts", "authority", "row"),
    [
        pytest.param("W01", {"in_national_park": True}, {}, "tesso_nilo", "1a", id="R8-1-park"),
        pytest.param("W01", {"in_conservation_area": True}, {}, "bbksda", "1b", id="R8-1-conservation"),
        pytest.param("L04", {}, {}, "bbksda", "1b", id="R8-1-species"),
        pytest.param("O99", {}, {"protected_species": True}, "bbksda", "1b", id="R8-1-species-other-type"),
        pytest.param("P01", {"in_forest": True}, {}, "province_dlhk", "2", id="R8-2-forest"),
        pytest.param("L03", {}, {}, "province_dlhk", "2", id="R8-2-logging"),
        pytest.param("L01", {}, {}, "province_energy", "3", id="R8-3-mining"),
        pytest.param("W01", {}, {"approval_holder": "minister"}, "ministry", "4a", id="R8-4-minister"),
        pytest.param("W01", {"crosses_regency": True}, {}, "province_dlhk", "5b", id="R8-5-regency"),
        pytest.param("W01", BOTH_LINES, {}, "ministry", "5a", id="R8-5-province"),
        pytest.param("W05", {"at_sea": True}, {}, "province_dlhk", "6", id="R8-6-sea"),
        pytest.param("S01", {}, {}, "dlh_waste", "7", id="R8-7-waste"),
        pytest.param("F02", {}, {}, "bpbd", "8", id="R8-8-first-authority"),
        pytest.param("W02", {}, {"approval_holder": "regency"}, "dlh", "8", id="R8-8-regency-approval"),
        pytest.param("W02", {}, {}, "dlh", "8", id="R8-8-facility-unknown"),
        pytest.param("L01", {"in_forest": True}, {}, "province_dlhk", "2", id="R8-first-match-wins"),
        pytest.param("L03", {"in_conservation_area": True}, {}, "bbksda", "1b", id="R8-park-before-forest"),
    ],
)  # fmt: skip
def test_r8_first_match_wins(code, place, facts, authority, row):
    routing = routed(code, place=PlaceFacts(**place), **facts)
    assert (routing.authority, routing.row) == (authority, row)
    assert AUTHORITIES[authority]["name"] in routing.why[0]


def test_r8_p1_first_response_stays_with_the_first_authority():
    fire = routed("F01", Priority.P1, PlaceFacts(in_forest=True))
    assert (fire.authority, fire.first_response, fire.sampling) == ("province_dlhk", "bpbd", None)
    assert routed("F01", Priority.P2, PlaceFacts(in_forest=True)).first_response is None
    assert routed("F01", Priority.P1).first_response is None


def test_r8_p1_on_a_licensed_site_has_responder_and_sampler():
    fire = routed("F01", Priority.P1, approval_holder="minister")
    assert (fire.authority, fire.first_response, fire.sampling) == ("ministry", "bpbd", "dlh")
    assert len(fire.why) == 3


def test_r8_joint_units_copies_and_alternatives():
    assert routed("W05", Priority.P1).joint == ("bpbd",)
    assert routed("W05", Priority.P1, PlaceFacts(crosses_regency=True)).joint == ("bpbd",)
    assert routed("B01", Priority.P1).copies == ("ministry",)
    assert routed("L01").copies == ("police",)
    assert routed("A03").alternatives == ("satpol_pp",)
    assert routed("A03", place=PlaceFacts(at_sea=True)).alternatives == ()


def test_r8_what_no_map_could_answer_is_said():
    routing = routed("W01", place=PlaceFacts(in_forest=None))
    assert routing.authority == "dlh"
    assert routing.why[-1] == "Belum dapat diperiksa di peta: kawasan hutan."


def test_r8_a_manual_override_is_never_overwritten():
    computed = routed("W02", approval_holder="governor")
    kept = rules.reroute("dlh", True, computed, AUTHORITIES)
    assert (kept.authority, kept.changed, kept.proposal) == ("dlh", False, "province_dlhk")
    followed = rules.reroute("dlh", False, computed, AUTHORITIES)
    assert (followed.authority, followed.changed, followed.proposal) == ("province_dlhk", True, None)
    assert rules.reroute("province_dlhk", True, computed, AUTHORITIES).proposal is None
    assert codes(rules.override_reasons(" ")) == ["override_reason"]
    assert not rules.override_reasons("Bupati menerbitkan izin pada 2019")


TRISTATE = st.sampled_from([True, False, None])
PLACES = st.builds(PlaceFacts, TRISTATE, TRISTATE, TRISTATE, TRISTATE, TRISTATE, TRISTATE)
CASES = st.builds(
    CaseFacts,
    st.sampled_from(sorted(SERVICES)),
    PRIORITY,
    PLACES,
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "regency", "governor", "minister"]),
)


@given(CASES)
def test_r8_every_case_has_an_authority_and_a_reason(case):
    routing = rules.route(case, ROUTES, SERVICES, AUTHORITIES)
    assert routing.authority in AUTHORITIES
    assert routing.authority not in (*routing.copies, *routing.joint, routing.first_response)
    assert routing.why[0].startswith(f"Aturan {routing.rule}: ")
    assert not any("{" in sentence for sentence in routing.why)


# --- R9 ---------------------------------------------------------------------------------------------------

SCHOOL = NearbySite("school", "SDN 014 Sorek Satu", 410)


def test_r9_school_at_410_m_and_six_reporters_make_p3_a_p1():
    assessment = rules.assess_priority(PriorityFacts(Priority.P3, (SCHOOL,), reporters=6), PRIORITIES, NOW)
    assert assessment.priority == Priority.P1
    assert assessment.why == (
        "Prioritas awal jenis ini P3.",
        "Naik 1: Sekolah SDN 014 Sorek Satu berjarak 410 m, tidak lebih dari 500 m.",
        "Naik 1: Kejadian ini dilaporkan 6 orang.",
        "Prioritas P1.",
    )


@pytest.mark.parametrize(
    ("facts", "priority"),
    [
        pytest.param({}, "P3", id="R9-base"),
        pytest.param({"sites": (replace(SCHOOL, distance_m=500),)}, "P2", id="R9-exactly-500-m"),
        pytest.param({"sites": (replace(SCHOOL, distance_m=500.1),)}, "P3", id="R9-over-500-m"),
        pytest.param({"sites": (SCHOOL, replace(SCHOOL, kind="clinic"))}, "P2", id="R9-two-sites-one-step"),
        pytest.param({"people_ill": True}, "P2", id="R9-ill"),
        pytest.param({"reporters": 4}, "P3", id="R9-four"),
        pytest.param({"reporters": 5}, "P2", id="R9-five"),
        pytest.param({"open_sanction": True}, "P2", id="R9-sanction"),
        pytest.param({"proven_at": (wib("2025-06-01"),)}, "P3", id="R9-one-proven"),
        pytest.param({"proven_at": (wib("2025-06-01"), wib("2026-01-01"))}, "P2", id="R9-two-proven"),
        pytest.param({"proven_at": (wib("2025-05-20 08:59"), NOW)}, "P3", id="R9-proven-long-ago"),
        pytest.param({"open_sanction": True, "proven_at": (NOW, NOW)}, "P2", id="R9-facility-one-step"),
        pytest.param({"ended_at": NOW - timedelta(days=14)}, "P3", id="R9-ended-14-days-ago"),
        pytest.param({"ended_at": NOW - timedelta(days=14, seconds=1)}, "P4", id="R9-ended-longer-ago"),
        pytest.param({"sites": (SCHOOL,), "people_ill": True, "reporters": 5}, "P1", id="R9-cap"),
    ],
)  # fmt: skip
def test_r9_steps(facts, priority):
    assert rules.assess_priority(PriorityFacts(Priority.P3, **facts), PRIORITIES, NOW).priority == priority


def test_r9_never_beyond_p4():
    over = PriorityFacts(Priority.P4, ended_at=NOW - timedelta(days=30))
    assert rules.assess_priority(over, PRIORITIES, NOW).priority == Priority.P4


def test_r9_reporters_are_counted_once_per_code():
    assert rules.count_reporters(["A", "B"], ["B", "C", "C"]) == 3


KINDS = st.sampled_from(["school", "clinic", "drinking_water"])
SITES = st.lists(st.builds(NearbySite, KINDS, st.just("X"), st.floats(0, 2000)), max_size=3).map(tuple)
FACTS = st.builds(PriorityFacts, PRIORITY, SITES, st.booleans(), st.integers(1, 20), st.booleans())


@given(FACTS, st.integers(1, 20))
def test_r9_more_facts_never_lower_the_priority(facts, more):
    before = rules.assess_priority(facts, PRIORITIES, NOW)
    worse = replace(facts, people_ill=True, reporters=facts.reporters + more)
    after = rules.assess_priority(worse, PRIORITIES, NOW)
    assert 1 <= after.priority.rank <= before.priority.rank <= 4
    assert len(before.why) == len(before.steps) + 2
