"""Places: containment, distance along the earth, cells that miss no neighbour."""

import h3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekata.kernel.places import queries
from sekata.kernel.places.models import Feature
from sekata.lib import geo

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[101.8, 0.3], [101.9, 0.3], [101.9, 0.4], [101.8, 0.4], [101.8, 0.3]]],
}


@pytest.fixture
def atlas(db):
    Feature.objects.create(kind="village", code="14.05.02.1008", name="Kota", geometry=SQUARE, source="test")
    point = {"type": "Point", "coordinates": [101.84747, 0.39421]}
    Feature.objects.create(kind="school", name="SDN 001", geometry=point, source="test")
    line = {"type": "LineString", "coordinates": [[101.8, 0.35], [101.9, 0.35]]}
    Feature.objects.create(kind="river", name="Kampar", geometry=line, source="test")


def test_a_point_lies_in_its_village_or_in_none(atlas):
    assert queries.village_at(0.39421, 101.84378) == "14.05.02.1008"
    assert queries.village_at(0.5, 101.84378) == ""


def test_r9_a_school_at_410_metres_is_found_within_500_only(atlas):
    ((school, metres),) = queries.within("school", 0.39421, 101.84378, 500)
    assert school.name == "SDN 001" and metres == pytest.approx(410, abs=2)
    assert queries.within("school", 0.39421, 101.84378, 400) == []


def test_distances_to_lines_and_areas(atlas):
    ((_, river),) = queries.within("river", 0.36, 101.85, 2000)
    assert river == pytest.approx(1112, abs=3)
    assert queries.within("village", 0.35, 101.85, 10)[0][1] == 0


@given(
    st.floats(-0.5, 0.9),
    st.floats(101.2, 103.2),
    st.floats(0, 359),
    st.floats(0, 1),
    st.sampled_from([50, 500, 1000, 2000]),
)
def test_cells_around_a_point_hold_every_point_within_reach(lat, lon, bearing, share, metres):
    box = geo.around(lat, lon, metres * share)
    other = (box.north, lon) if bearing < 180 else (lat, box.east)
    assert geo.haversine(lat, lon, *other) <= metres * 1.001
    assert queries.cell(*other) in queries.cells_around(lat, lon, metres)


def test_a_cell_fits_a_bigint():
    assert h3.int_to_str(queries.cell(0.39421, 101.84378)).startswith("87")
    assert queries.cell(0.39421, 101.84378) < 2**63
