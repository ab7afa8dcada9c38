"""R14 hotspots and R15 haze."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.codes import Confidence, HazeClass, Priority
from sekata.pillars.environment.complaints.rules import Detection, Point
from sekata.pillars.environment.complaints.tests.material import BREAKPOINTS, CLASSES, HAZE, PASSES, wib

PASS = wib("2026-08-01 13:30")
DEGREE = 111195.08  # metres in one degree of latitude on the contract's sphere

# --- R14 --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (0, "low"), (29, "low"), ("29", "low"), (30, "medium"), (79, "medium"), (80, "high"), (100, "high"),
        ("l", "low"), ("n", "medium"), ("h", "high"), ("H", "high"), ("nominal", "medium"), ("high", "high"),
        (101, None), ("", None), ("x", None), ("-5", None), ("nan", None),
    ],
)  # fmt: skip
def test_r14_confidence_classes(raw, expected):
    assert rules.confidence_class(raw, CLASSES) == (expected and Confidence(expected))


def seen(metres: float = 0, minutes: float = 0, level: str = "high", **more) -> Detection:
    point = Point(0.2 + metres / DEGREE, 102.1)
    satellite, instrument = more.pop("by", ("N", "VIIRS"))
    return Detection(
        satellite, instrument, PASS + timedelta(minutes=minutes), point, Confidence(level), **more
    )


def clusters(*detections: Detection) -> tuple[rules.Cluster, ...]:
    return rules.cluster_detections(detections, PASSES)


def test_r14_three_rows_120_m_apart_are_one_p1_cluster():
    rows = [seen(0), seen(120), seen(240)]
    (found,) = clusters(*rows)
    assert len(found.members) == 3
    assert rules.hotspot_response(found, (), CLASSES).priority == Priority.P1


def test_r14_importing_twice_changes_nothing():
    rows = [seen(0), seen(120), seen(240)]
    assert clusters(*rows, *rows) == clusters(*rows)


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        pytest.param([seen(0), seen(374)], 1, id="R14-VIIRS-within-375-m"),
        pytest.param([seen(0), seen(376)], 2, id="R14-VIIRS-beyond"),
        pytest.param(
            [seen(0, by=("T", "MODIS")), seen(999, by=("T", "MODIS"))], 1, id="R14-MODIS-within-1000-m"
        ),
        pytest.param([seen(0, by=("T", "MODIS")), seen(1001, by=("T", "MODIS"))], 2, id="R14-MODIS-beyond"),
        pytest.param([seen(0), seen(0, 30)], 1, id="R14-30-minutes"),
        pytest.param([seen(0), seen(0, 30.1)], 2, id="R14-later"),
        pytest.param([seen(0), seen(300), seen(600), seen(900)], 1, id="R14-chain-of-members"),
        pytest.param([seen(0), seen(0, 25), seen(0, 50)], 1, id="R14-chain-in-time"),
        pytest.param([seen(0), seen(0, by=("1", "VIIRS"))], 2, id="R14-other-satellite"),
        pytest.param([seen(0), seen(0, by=("N", "MODIS"))], 2, id="R14-other-instrument"),
    ],
)
def test_r14_one_pass_one_fire(rows, count):
    assert len(clusters(*rows)) == count


def test_r14_a_cluster_is_as_confident_as_its_best_member():
    (found,) = clusters(
        seen(0, level="low"), seen(100, level="medium", on_peat=True), seen(200, 5, level="high")
    )
    assert (found.confidence, found.point, found.on_peat) == (Confidence.HIGH, seen(200).point, True)
    assert found.acquired_at == PASS


@pytest.mark.parametrize(
    ("level", "peat", "others", "priority"),
    [
        pytest.param("high", False, [], "P1", id="R14-high"),
        pytest.param("medium", False, [], "P2", id="R14-medium"),
        pytest.param("medium", True, [], "P1", id="R14-medium-on-peat"),
        pytest.param("medium", False, [seen(999, by=("1", "VIIRS"))], "P1", id="R14-medium-two-within-1-km"),
        pytest.param("medium", False, [seen(1001, by=("1", "VIIRS"))], "P2", id="R14-medium-too-far"),
        pytest.param("medium", False, [seen(500, -24 * 60, by=("1", "VIIRS"))], "P1", id="R14-medium-24-h"),
        pytest.param("medium", False, [seen(500, -24 * 60 - 1)], "P2", id="R14-medium-too-long-ago"),
        pytest.param("low", True, [seen(500)], None, id="R14-low-is-watched"),
    ],
)
def test_r14_what_a_cluster_calls_for(level, peat, others, priority):
    (found,) = clusters(seen(0, level=level, on_peat=peat))
    response = rules.hotspot_response(found, (found, *clusters(*others)), CLASSES)
    assert response.priority == priority
    assert response.why.endswith(".")


def test_r14_two_rows_of_one_cluster_are_not_two():
    (found,) = clusters(seen(0, level="medium"), seen(120, level="medium"))
    assert rules.hotspot_response(found, [found], CLASSES).priority == Priority.P2


def test_r14_a_report_inherits_the_priority_at_once():
    assert rules.more_urgent(Priority.P2, Priority.P1) == Priority.P1
    assert rules.more_urgent(Priority.P1, Priority.P2) == Priority.P1


DETECTIONS = st.builds(
    lambda metres, minutes, level, by: seen(metres, minutes, level, by=by),
    st.integers(0, 5000),
    st.integers(0, 120),
    st.sampled_from(["low", "medium", "high"]),
    st.sampled_from([("T", "MODIS"), ("N", "VIIRS")]),
)
ROWS = st.lists(DETECTIONS, max_size=25, unique_by=lambda row: row.key)


@given(ROWS, st.randoms())
def test_r14_clustering_does_not_depend_on_the_order(rows, random):
    shuffled = random.sample(rows, len(rows))
    assert set(clusters(*rows)) == set(clusters(*shuffled))


@given(ROWS)
def test_r14_every_row_lies_in_exactly_one_cluster_near_its_fellows(rows):
    found = clusters(*rows)
    assert sorted(row.key for one in found for row in one.members) == sorted(row.key for row in rows)
    for one in found:
        assert one.confidence.rank == max(row.confidence.rank for row in one.members)
        for row in one.members[1:]:
            assert any(_linked(row, fellow) for fellow in one.members if fellow != row)


@given(ROWS)
def test_r14_rows_of_different_clusters_are_out_of_reach(rows):
    found = clusters(*rows)
    pairs = ((a, b) for one in found for two in found if one != two for a in one.members for b in two.members)
    assert not any(_linked(a, b) for a, b in pairs)


def _linked(a: Detection, b: Detection) -> bool:
    reach = PASSES[a.instrument]
    same = (a.satellite, a.instrument) == (b.satellite, b.instrument)
    close = a.point.metres_to(b.point) <= reach["radius_m"]
    return same and close and abs(a.acquired_at - b.acquired_at) <= timedelta(minutes=reach["minutes"])


# --- R15 --------------------------------------------------------------------------------------------------


def test_r15_pm25_of_80_is_126_unhealthy_and_raises_haze_reports():
    index = rules.ispu(Decimal(80), BREAKPOINTS)
    assert index == 126
    assert rules.haze_sentence(index, HAZE) == "ISPU 126, tidak sehat"
    assert rules.haze_priority("F02", Priority.P2, index, HAZE) == Priority.P1


@pytest.mark.parametrize(
    ("concentration", "index"),
    [
        ("0", 0),
        ("15.5", 50),
        ("55.4", 100),
        ("150.4", 200),
        ("250.4", 300),
        ("500", 500),
        ("900", 500),
        ("7.75", 25),
    ],
)
def test_r15_breakpoints(concentration, index):
    assert rules.ispu(Decimal(concentration), BREAKPOINTS) == index


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        (0, "good"), (50, "good"), (51, "moderate"), (100, "moderate"), (101, "unhealthy"),
        (200, "unhealthy"), (201, "very_unhealthy"), (300, "very_unhealthy"),
        (301, "hazardous"), (500, "hazardous"),
    ],
)  # fmt: skip
def test_r15_classes(index, expected):
    assert rules.haze_class(index, HAZE) == HazeClass(expected)


@pytest.mark.parametrize(
    ("service", "index", "priority"),
    [("F02", 100, "P2"), ("F02", 101, "P1"), ("F02", 400, "P1"), ("F01", 400, "P2"), ("A01", 400, "P2")],
)
def test_r15_only_haze_reports_are_raised(service, index, priority):
    assert rules.haze_priority(service, Priority.P2, index, HAZE) == priority


def test_r15_a_negative_concentration_is_an_error():
    with pytest.raises(ValueError, match="negative"):
        rules.ispu(Decimal(-1), BREAKPOINTS)


CONCENTRATIONS = st.decimals(0, 1000, places=2)


@given(CONCENTRATIONS, CONCENTRATIONS)
def test_r15_the_index_rises_with_the_concentration(one, two):
    low, high = sorted((one, two))
    assert 0 <= rules.ispu(low, BREAKPOINTS) <= rules.ispu(high, BREAKPOINTS) <= 500


@given(st.sampled_from(["15.5", "55.4", "150.4", "250.4", "500"]), st.decimals("0.0001", "0.01"))
def test_r15_the_index_does_not_jump_at_a_breakpoint(breakpoint_, step):
    at = Decimal(breakpoint_)
    around = [rules.ispu_exact(at + sign * step, BREAKPOINTS) for sign in (-1, 1)]
    assert around[1] - around[0] <= 8 * step
