"""Points: worked examples R10 and R13 of complaints, then properties."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekata.lib import geo

PELALAWAN = geo.Box(-0.33, 101.5, 1.0, 103.4)
"""Roughly, for the tests."""


def test_r10_distance_of_the_two_water_points():
    metres = geo.haversine(0.39421, 101.84378, 0.39610, 101.84510)
    assert round(metres) == 256
    assert round(1 - metres / 1000, 3) == 0.744


@pytest.mark.parametrize(
    "lat, lon, centre",
    [
        pytest.param(0.39421, 101.84378, (0.3925, 101.8425), id="R13-north"),
        pytest.param(-0.00312, 101.84378, (-0.0025, 101.8425), id="R13-south-is-floored"),
        pytest.param(0.005, 0.015, (0.0075, 0.0175), id="R13-on-the-edge"),
        pytest.param(-0.005, 0.0, (-0.0025, 0.0025), id="R13-on-the-southern-edge"),
        pytest.param(-0.0050001, 0.29, (-0.0075, 0.2925), id="R13-binary-fractions"),
        pytest.param(1e-7, -1e-7, (0.0025, -0.0025), id="R13-around-zero"),
    ],
)
def test_r13_cell_centre(lat, lon, centre):
    assert geo.cell_centre(lat, lon) == centre


def test_r13_cell_is_about_556_m():
    assert round(geo.haversine(0, 101, geo.CELL, 101)) == 556


@pytest.mark.parametrize(
    "lat, lon, valid",
    [
        (0.39421, 101.84378, True),
        (0, 101.84378, True),
        (0, 0, False),
        (-0.0, 0.0, False),
        (90.1, 0, False),
        (0, 180.1, False),
        (math.nan, 101, False),
        (0.3, math.inf, False),
    ],
)
def test_bad_input_valid_point(lat, lon, valid):
    assert geo.valid_point(lat, lon) is valid


def test_bad_input_swapped():
    assert geo.swapped(101.84378, 0.39421, PELALAWAN)
    assert not geo.swapped(0.39421, 101.84378, PELALAWAN)
    assert not geo.swapped(50, 8, PELALAWAN)


def test_bad_input_outside_the_regency_and_20_km():
    degree = math.degrees(1000 / geo.EARTH)
    north = PELALAWAN.north
    assert not PELALAWAN.has(north + 19 * degree, 102)
    assert PELALAWAN.has(north + 19 * degree, 102, buffer_km=20)
    assert not PELALAWAN.has(north + 21 * degree, 102, buffer_km=20)
    assert PELALAWAN.has(north, 102) and not PELALAWAN.has(0, 0, buffer_km=20)


def test_around_a_pole_takes_all_longitudes():
    assert geo.around(89.999, 10, 1000) == geo.Box(pytest.approx(89.990, abs=1e-3), -180, 90, 180)


LATS = st.floats(-80, 80)
LONS = st.floats(-170, 170)


@given(LATS, LONS, LATS, LONS)
def test_distance_is_a_distance(lat1, lon1, lat2, lon2):
    there, back = geo.haversine(lat1, lon1, lat2, lon2), geo.haversine(lat2, lon2, lat1, lon1)
    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= math.pi * geo.EARTH + 1
    assert geo.haversine(lat1, lon1, lat1, lon1) == 0


@given(LATS, LONS, st.floats(1, 50_000), st.floats(0, 2 * math.pi))
def test_around_holds_the_circle(lat, lon, metres, bearing):
    box = geo.around(lat, lon, metres)
    point = _reached(lat, lon, metres * 0.9999, bearing)
    assert box.has(*point)
    assert geo.Box(lat, lon, lat, lon).has(*point, buffer_km=metres / 1000)


@given(LATS, LONS)
def test_around_touches_the_circle(lat, lon):
    box = geo.around(lat, lon, 1000)
    assert geo.haversine(lat, lon, box.north, lon) == pytest.approx(1000, abs=0.01)
    assert geo.haversine(lat, lon, box.south, lon) == pytest.approx(1000, abs=0.01)


@given(st.integers(-9_000_000, 8_999_999), st.integers(-18_000_000, 17_999_999))
def test_r13_centre_is_of_the_cell_that_holds_the_point(lat, lon):
    centre = geo.cell_centre(lat / 100_000, lon / 100_000)
    for degrees, middle in zip((lat, lon), centre, strict=True):
        assert round(middle * 100_000) == degrees // 500 * 500 + 250
        assert middle == round(middle, 4)
    assert geo.cell_centre(*centre) == centre


def _reached(lat: float, lon: float, metres: float, bearing: float) -> tuple[float, float]:
    """The point at that distance in that direction."""
    phi, angle = math.radians(lat), metres / geo.EARTH
    sine = math.sin(phi) * math.cos(angle) + math.cos(phi) * math.sin(angle) * math.cos(bearing)
    east = math.sin(bearing) * math.sin(angle) * math.cos(phi)
    turn = math.atan2(east, math.cos(angle) - math.sin(phi) * sine)
    return math.degrees(math.asin(sine)), lon + math.degrees(turn)
