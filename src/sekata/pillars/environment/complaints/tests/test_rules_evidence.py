"""R10-R13: duplicates, sampling, evidence, privacy."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.codes import Finding, ReporterMode, SamplePosition, StateCode
from sekata.pillars.environment.complaints.rules import Handover, Placement, Point, PublicCopy, Sighting
from sekata.pillars.environment.complaints.tests.material import DUPLICATES, HOLDING, PRECISION, codes, wib

FIRST, SECOND = Point(0.39421, 101.84378), Point(0.39610, 101.84510)
NOON = wib("2026-05-20 12:00")
TEXTS = st.text(alphabet="abcdeghiknrstuy 1,.é", max_size=60)
UNIT = st.floats(0, 1)
PLACES = st.builds(Point, st.floats(-89, 89), st.floats(-179, 179))

# --- R10 --------------------------------------------------------------------------------------------------


def test_r10_water_example():
    assert FIRST.metres_to(SECOND) == pytest.approx(256, abs=0.5)
    score = rules.duplicate_score(FIRST.metres_to(SECOND), timedelta(days=1), 0.40, DUPLICATES["water"])
    assert score == pytest.approx(0.709, abs=0.001)


def test_r10_hotspot_example_has_no_text():
    score = rules.duplicate_score(900, timedelta(hours=6), None, DUPLICATES["fire"])
    assert score == pytest.approx(0.688, abs=0.0006)


@pytest.mark.parametrize(
    ("group", "radius", "age"),
    [
        pytest.param("waste", 50, timedelta(days=14), id="R10-waste"),
        pytest.param("air", 500, timedelta(days=3), id="R10-air"),
        pytest.param("water", 1000, timedelta(days=7), id="R10-water"),
        pytest.param("fire", 2000, timedelta(hours=72), id="R10-fire"),
    ],
)
def test_r10_radius_and_age_include_their_edge(group, radius, age):
    rule = DUPLICATES[group]
    assert rules.duplicate_score(radius, age, 0.0, rule) == 0
    assert rules.duplicate_score(radius + 0.1, age, 1.0, rule) is None
    assert rules.duplicate_score(radius, age + timedelta(seconds=1), 1.0, rule) is None
    assert rules.duplicate_score(0, timedelta(0), 1.0, rule) == 1


def sighting(number: str, point: Point = FIRST, hours: int = 0, **more) -> Sighting:
    text = more.pop("text", "ikan mati di sungai")
    return Sighting(number, more.pop("group", "water"), point, NOON + timedelta(hours=hours), text, **more)


def test_r10_proposals_are_ranked_and_explained():
    report = sighting("3", SECOND, 24)
    near, same = sighting("1"), sighting("2", SECOND, 23)
    found = rules.propose_duplicates(report, [near, same], DUPLICATES)
    assert [proposal.number for proposal in found] == ["2", "1"]
    assert found[1].why == "Jarak 256 m, selisih 1 hari, kemiripan teks 1,00: nilai 0,829."


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(sighting("2", group="air"), id="R10-other-group"),
        pytest.param(sighting("2", is_open=False), id="R10-closed"),
        pytest.param(sighting("1"), id="R10-itself"),
        pytest.param(sighting("2", Point(0.41, 101.84378)), id="R10-far"),
    ],
)
def test_r10_no_candidate(other):
    assert rules.propose_duplicates(sighting("1"), [other], DUPLICATES) == ()


def test_r10_groups_without_a_row_are_not_compared():
    assert (
        rules.propose_duplicates(sighting("1", group="permit"), [sighting("2", group="permit")], DUPLICATES)
        == ()
    )


def test_r10_exactly_060_is_proposed():
    # same place, as old as allowed, half the words: 0.5 + 0 + 0.2 x 0.5
    rule = DUPLICATES["water"]
    assert rules.duplicate_score(0, timedelta(days=7), 0.5, rule) == 0.6
    old = sighting("2", hours=-7 * 24, text=None)
    assert rules.propose_duplicates(sighting("1"), [old], DUPLICATES)[0].score == 0.625
    strict = {"water": dict(rule, threshold="0.625")}
    assert rules.propose_duplicates(sighting("1"), [old], strict)
    assert not rules.propose_duplicates(sighting("1"), [old], {"water": dict(rule, threshold="0.6251")})


def test_r10_a_phone_report_at_900_m_is_proposed_to_join_a_hotspot():
    north = Point(FIRST.lat + 900 / 111195.08, FIRST.lon)
    report = sighting("PLH", north, 6, group="fire")
    hotspot = sighting("HS", group="fire", text=None)
    (found,) = rules.propose_duplicates(report, [hotspot], DUPLICATES)
    assert found.score == pytest.approx(0.688, abs=0.0006)
    assert found.similarity is None and "kemiripan" not in found.why


@pytest.mark.parametrize(
    ("a", "b", "low", "high"),
    [
        pytest.param("Ikan mati di Sungai Segati", "sungai segati, IKAN MATI!", 1, 1, id="R10-order"),
        pytest.param("sungai hitam ikan mati", "sungai hitam, banyak ikan mati", 0.4, 0.9, id="R10-alike"),
        pytest.param("air sungai hitam", "sampah menumpuk", 0, 0.1, id="R10-different"),
        pytest.param("ikan mti", "ikan mati", 0.4, 0.95, id="R10-typing-error"),
        pytest.param("", "ikan", 0, 0, id="R10-empty"),
        pytest.param("", "", 0, 0, id="R10-both-empty"),
    ],
)  # fmt: skip
def test_r10_text_similarity(a, b, low, high):
    assert low <= rules.text_similarity(a, b) <= high


@given(TEXTS, TEXTS)
def test_r10_text_similarity_is_symmetric_and_bounded(a, b):
    assert 0 <= rules.text_similarity(a, b) == rules.text_similarity(b, a) <= 1
    assert rules.text_similarity(a, a) in (0, 1)


@given(st.sampled_from(sorted(DUPLICATES)), UNIT, UNIT, UNIT, UNIT)
def test_r10_score_falls_with_distance_and_age_and_rises_with_text(group, near, far, age, text):
    rule = DUPLICATES[group]
    near, far = sorted((near * rule["radius_m"], far * rule["radius_m"]))
    apart = timedelta(hours=age * rule["max_age_hours"])
    score = rules.duplicate_score(near, apart, text, rule)
    assert 0 <= rules.duplicate_score(far, apart, text, rule) <= score <= 1
    assert score <= rules.duplicate_score(near, apart / 2, text, rule)
    assert rules.duplicate_score(near, apart, text / 2, rule) <= score
    assert 0 <= rules.duplicate_score(near, apart, None, rule) <= 1


@given(st.integers(-100, 100))
def test_r10_comparison_does_not_depend_on_who_came_first(hours):
    one, two = sighting("1"), sighting("2", SECOND, hours)
    there, back = (rules.compare_sightings(a, b, DUPLICATES) for a, b in ((one, two), (two, one)))
    assert there.score == back.score


def test_r10_seven_merged_are_seven_complaints_and_one_incident():
    assert rules.count_totals(["I1"] * 7) == rules.Totals(complaints=7, incidents=1)


# --- R11 --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("positions", "reason", "against"),
    [
        pytest.param(["outfall", "upstream", "downstream"], "", [], id="R11-three"),
        pytest.param([*SamplePosition], "", [], id="R11-more"),
        pytest.param(["outfall", "downstream"], "", ["positions_missing"], id="R11-no-upstream"),
        pytest.param(["downstream"], "Titik keluar terendam banjir", [], id="R11-with-reason"),
        pytest.param([], " ", ["positions_missing"], id="R11-none"),
    ],
)
def test_r11_positions(positions, reason, against):
    assert codes(rules.position_reasons(positions, reason)) == against


def test_r11_missing_positions_are_named():
    (reason,) = rules.position_reasons(["outfall"])
    assert "hulu, hilir" in reason.message


def test_r11_dilution_is_said_after_24_hours():
    assert rules.hours_since(NOON, NOON + timedelta(hours=22, minutes=33)) == pytest.approx(22.55)
    assert rules.dilution_sentence(NOON, NOON + timedelta(hours=24)) == ""
    said = rules.dilution_sentence(NOON, NOON + timedelta(hours=24, minutes=1))
    assert said.startswith("Contoh diambil 1 hari 1 menit sesudah kejadian") and "pengenceran" in said


@pytest.mark.parametrize(
    ("hours", "report", "against"),
    [
        pytest.param(24, "Hasil di bawah baku mutu.", [], id="R11-in-time"),
        pytest.param(25, "Hasil di bawah baku mutu.", ["dilution_unsaid"], id="R11-silent"),
        pytest.param(25, "Pengenceran dapat menjelaskan hasil ini.", [], id="R11-said"),
        pytest.param(25, "Limbah sudah diencerkan arus.", [], id="R11-said-otherwise"),
        pytest.param(
            25, "Hasil mencerminkan gangguan pencernaan.", ["dilution_unsaid"], id="R11-other-words"
        ),
    ],
)
def test_r11_the_report_must_mention_dilution(hours, report, against):
    taken = [NOON + timedelta(hours=2), NOON + timedelta(hours=hours)]
    assert codes(rules.dilution_reasons(NOON, taken, report)) == against


@pytest.mark.parametrize(
    ("parameter", "hours", "flagged"),
    [
        pytest.param("BOD", 48, False, id="R11-BOD-48-h"),
        pytest.param("BOD", 48.01, True, id="R11-BOD-later"),
        pytest.param("TSS", 7 * 24, False, id="R11-TSS-7-d"),
        pytest.param("TSS", 7 * 24 + 0.1, True, id="R11-TSS-later"),
        pytest.param("OG", 28 * 24, False, id="R11-oil-28-d"),
        pytest.param("OG", 28 * 24 + 0.1, True, id="R11-oil-later"),
        pytest.param("PH", 0.5, True, id="R11-pH-in-laboratory"),
        pytest.param("PH", None, False, id="R11-pH-in-situ"),
        pytest.param("NTOT", 9999, False, id="R11-no-row"),
    ],
)
def test_r11_holding_times(parameter, hours, flagged):
    at_lab = None if hours is None else NOON + timedelta(hours=hours)
    flag = rules.holding_flag(parameter, NOON, at_lab, HOLDING)
    assert bool(flag) == flagged


@pytest.mark.parametrize(
    ("state", "allowed"),
    [("received", True), ("referred", True), ("reopened", True), ("closed", False), ("withdrawn", False)],
)
def test_r11_first_response_samples_in_any_open_state(state, allowed):
    assert (not rules.sampling_reasons(StateCode(state))) == allowed


# --- R12 --------------------------------------------------------------------------------------------------

LAB = "Lab LP-1234-IDN"
CHAIN = (
    Handover("Hendri S.", "Rosmaini", NOON, "S-001"),
    Handover("rosmaini ", LAB, NOON + timedelta(hours=3), "S-001"),
)


def test_r12_a_chain_without_gap():
    assert rules.custody_reasons(CHAIN, "Hendri S.", NOON) == ()
    assert rules.custody_reasons(()) == ()


@pytest.mark.parametrize(
    ("chain", "taken_by", "against"),
    [
        pytest.param((CHAIN[0], Handover("Budi", "Lab", NOON)), "", ["custody_gap"], id="R12-broken"),
        pytest.param(CHAIN, "Budi", ["custody_gap"], id="R12-first-not-the-sampler"),
        pytest.param((CHAIN[1], Handover(LAB, "Arsip", NOON)), "", ["custody_time"], id="R12-back-in-time"),
    ],
)  # fmt: skip
def test_r12_gaps_are_refused(chain, taken_by, against):
    assert codes(rules.custody_reasons(chain, taken_by)) == against


@given(st.lists(st.sampled_from("ABCD"), min_size=3, max_size=8), st.data())
def test_r12_linked_chains_pass_and_a_removed_link_shows(people, data):
    links = [(a, b) for a, b in zip(people, people[1:], strict=False)]
    chain = [Handover(a, b, NOON + timedelta(hours=n)) for n, (a, b) in enumerate(links)]
    assert rules.custody_reasons(chain, people[0]) == ()
    gone = data.draw(st.integers(0, len(chain) - 2))
    broken = rules.custody_reasons(chain[:gone] + chain[gone + 1 :], people[0])
    assert bool(broken) == (links[gone][0] != links[gone][1])


@pytest.mark.parametrize(("metres", "warned"), [(499, False), (501, True)])
def test_r12_photo_far_from_the_pin(metres, warned):
    photo = Point(FIRST.lat + metres / 111195.08, FIRST.lon)
    assert bool(rules.exif_warning(photo, FIRST)) == warned


def test_r12_exactly_500_m_is_no_warning(monkeypatch):
    monkeypatch.setattr(Point, "metres_to", lambda self, other: 500.0)
    assert rules.exif_warning(FIRST, SECOND) is None


def test_r12_no_position_no_warning():
    assert rules.exif_warning(None, FIRST) is rules.exif_warning(FIRST, None) is None


@pytest.mark.parametrize(
    ("copy", "against"),
    [
        pytest.param(PublicCopy(1280, 960, False, "Rosmaini"), [], id="R12-fit"),
        pytest.param(PublicCopy(1281, 960, False, "Rosmaini"), ["copy_size"], id="R12-large"),
        pytest.param(PublicCopy(960, 1280, True, "Rosmaini"), ["copy_metadata"], id="R12-metadata"),
        pytest.param(PublicCopy(960, 1280, False), ["copy_unchecked"], id="R12-faces"),
    ],
)
def test_r12_public_copy(copy, against):
    assert codes(rules.publishing_reasons(copy)) == against


@given(st.integers(1, 20000), st.integers(1, 20000))
def test_r12_public_size_fits_and_never_grows(width, height):
    shown = rules.public_size(width, height)
    assert 1 <= max(shown) <= 1280 and shown[0] <= width and shown[1] <= height
    assert not rules.publishing_reasons(PublicCopy(*shown, False, "x"))


@pytest.mark.parametrize(
    ("media_type", "size", "held", "pixels", "against"),
    [
        pytest.param("image/heic", 15 * 2**20, 9, 50_000_000, [], id="R12-largest-photo"),
        pytest.param("image/jpeg", 15 * 2**20 + 1, 0, 1, ["file_size"], id="R12-heavy"),
        pytest.param("image/jpeg", 100, 0, 50_000_001, ["file_pixels"], id="R12-image-bomb"),
        pytest.param("video/mp4", 100 * 2**20, 0, 0, [], id="R12-video"),
        pytest.param("audio/ogg", 15 * 2**20, 0, 0, [], id="R12-audio"),
        pytest.param("application/pdf", 16 * 2**20, 10, 0, ["file_count", "file_size"], id="R12-pdf"),
        pytest.param("application/x-msdownload", 100, 0, 0, ["file_type"], id="R12-renamed-exe"),
        pytest.param("image/jpeg", 0, 0, 0, ["file_type"], id="R12-zero-bytes"),
    ],
)
def test_r12_files_that_may_come_in(media_type, size, held, pixels, against):
    assert codes(rules.file_reasons(media_type, size, held, pixels)) == against


# --- R13 --------------------------------------------------------------------------------------------------

NAMED, CONFIDENTIAL, ANONYMOUS = ReporterMode


@pytest.mark.parametrize(
    ("place", "cell"),
    [
        pytest.param(FIRST, (0.3925, 101.8425), id="R13-north"),
        pytest.param(Point(-0.00312, 101.84378), (-0.0025, 101.8425), id="R13-south-floored"),
        pytest.param(Point(0.0, 101.8450), (0.0025, 101.8475), id="R13-on-the-line"),
    ],
)
def test_r13_public_cell(place, cell):
    assert rules.public_cell(place, PRECISION) == pytest.approx(cell, abs=1e-9)
    assert rules.public_place("W01", NAMED, place, PRECISION) == rules.PublicPlace(Point(*cell), False)


@pytest.mark.parametrize("mode", [CONFIDENTIAL, ANONYMOUS])
def test_r13_confidential_and_anonymous_are_not_points(mode):
    assert rules.public_place("W01", mode, FIRST, PRECISION) is None
    assert rules.public_place("W01", mode, FIRST, PRECISION, [Placement("officer", SECOND)]) is None


@pytest.mark.parametrize(
    ("mode", "placed_by", "exact"),
    [
        pytest.param(ANONYMOUS, [], None, id="R13-fire-anonymous-pin"),
        pytest.param(ANONYMOUS, ["anonymous"], None, id="R13-fire-anonymous-placement"),
        pytest.param(CONFIDENTIAL, ["confidential", "anonymous"], None, id="R13-fire-hidden-placements"),
        pytest.param(ANONYMOUS, ["anonymous", "hotspot"], True, id="R13-fire-hotspot"),
        pytest.param(CONFIDENTIAL, ["officer"], True, id="R13-fire-officer"),
        pytest.param(NAMED, ["named"], True, id="R13-fire-named"),
        pytest.param(NAMED, [], False, id="R13-fire-not-yet-placed"),
    ],
)
@pytest.mark.parametrize("service", ["F01", "W05"])
def test_r13_fires_and_spills(service, mode, placed_by, exact):
    placements = [Placement(by, SECOND) for by in placed_by]
    place = rules.public_place(service, mode, FIRST, PRECISION, placements)
    assert (place and place.exact) == exact
    if exact:
        assert place.point == SECOND


def test_r13_never_at_the_hidden_reporters_pin():
    placements = [
        Placement("anonymous", FIRST),
        Placement("hotspot", SECOND),
        Placement("officer", Point(1, 2)),
    ]
    assert rules.public_place("F01", ANONYMOUS, FIRST, PRECISION, placements).point == Point(1, 2)


@given(PLACES)
def test_r13_a_cell_tells_no_more_than_its_cell(place):
    cell = rules.public_cell(place, PRECISION)
    assert abs(cell.lat - place.lat) <= 0.0025 + 1e-9 and abs(cell.lon - place.lon) <= 0.0025 + 1e-9
    assert rules.public_cell(cell, PRECISION) == cell


@pytest.mark.parametrize(("count", "printed"), [(0, "0"), (1, "<3"), (2, "<3"), (3, "3"), (120, "120")])
def test_r13_small_numbers_are_covered(count, printed):
    assert rules.printed_count(count, PRECISION) == printed


def test_r13_village_totals_count_everybody():
    villages = ["14.05.01.2001"] * 3 + ["14.05.01.2002", ""]
    assert rules.village_totals(villages, PRECISION) == {"14.05.01.2001": "3", "14.05.01.2002": "<3"}


@pytest.mark.parametrize(
    ("finding", "signed", "named"),
    [
        (Finding.POLLUTION_OR_DAMAGE_PROVEN, True, True),
        (Finding.ADMINISTRATIVE_VIOLATION, True, True),
        (Finding.POLLUTION_OR_DAMAGE_PROVEN, False, False),
        (Finding.NO_VIOLATION, True, False),
        (Finding.SOURCE_UNKNOWN, True, False),
    ],
)
def test_r13_the_accused_is_named_after_a_signed_proven_finding(finding, signed, named):
    assert rules.may_name_accused(finding, NOON if signed else None) == named
