import pytest

from sekata.web import charts, maps, samples
from sekata.web.components import icons
from sekata.web.tests.conftest import well_formed

pytestmark = pytest.mark.usefixtures("indonesian")
CHARTS = samples._charts()


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_well_formed_and_has_no_style(name):
    well_formed(CHARTS[name].svg)


@pytest.mark.parametrize("name", ["bars", "line", "multiples", "levels", "evidence", "boxes"])
def test_every_chart_has_its_table(name):
    chart = CHARTS[name]
    assert chart.rows
    assert all(len(row.cells) == len(chart.heads) - 1 for row in chart.rows)


def test_bars_begin_at_zero_and_say_their_numbers():
    tree = well_formed(CHARTS["bars"].svg)
    picture = tree.find("svg")
    assert "Sep 96" in picture.get("aria-label")
    heights = [float(bar.get("height")) for bar in picture.iter("rect")]
    assert heights[3] / heights[0] == pytest.approx(96 / 31, rel=0.01)


@pytest.mark.parametrize("values", [[], [0, 0], [None, 3], [5] * 12, [1_000_000]])
def test_bars_survive_any_data(values):
    points = [charts.Point(str(index), value) for index, value in enumerate(values)]
    well_formed(charts.bars("Judul", points, head="Nilai").svg)


def test_a_title_cannot_break_out():
    assert "<b>" not in charts.dots('"><b>', 1, 2).svg


@pytest.mark.parametrize(("value", "top"), [(96, 100), (134, 150), (0, 1), (1, 1), (0.4, 0.4), (1001, 1500)])
def test_round_top(value, top):
    assert charts.round_top(value) == pytest.approx(top)


def test_map_marks_stay_in_the_middle_that_a_phone_shows():
    places = [maps.Place("Ukui", 101.9, -0.2), maps.Place("Kuala Kampar", 103.0, 0.5)]
    view = maps.places_map("Dua tempat", places, maps.Base())
    tree = well_formed(view.svg)
    across = [float(dot.get("cx")) for dot in tree.iter("circle")]
    assert all(130 <= x <= 430 for x in across)
    assert [item.number for item in view.items] == [1, 2]


def test_map_shapes():
    square = {"type": "Polygon", "coordinates": [[[101, 0], [102, 0], [102, 1], [101, 0]]]}
    several = {"type": "MultiPolygon", "coordinates": [square["coordinates"]]}
    both = {
        "type": "GeometryCollection",
        "geometries": [several, {"type": "LineString", "coordinates": [[101, 0], [102, 1]]}],
    }
    view = maps.cells_map("Sel", [maps.Cell(square, 9)], maps.Base(land=(both,)))
    tree = well_formed(view.svg)
    assert any(path.get("class") == "cell k5" for path in tree.iter("path"))


def test_projection_keeps_north_up_and_one_scale():
    frame = maps.Frame(101, -0.5, 102, 0.5)
    x0, y0 = frame.project(101.5, 0)
    x1, _ = frame.project(101.6, 0)
    _, y1 = frame.project(101.5, 0.1)
    assert (x0, y0) == (280, 150)
    assert x1 - x0 == pytest.approx(y0 - y1, rel=0.01)


def test_point_map():
    view = maps.point_map("Satu penanda", (101.8, 0.39), samples.base_map(), ring=30)
    assert 'class="pin"' in view.svg
    well_formed(view.svg)


def test_icons():
    assert 'aria-hidden="true"' in icons.icon("map-pin")
    assert 'class="i xl"' in icons.icon("inbox", "xl")
    well_formed(icons.icon("map-pin"))
    with pytest.raises(icons.UnknownIcon):
        icons.icon("tidak-ada")


@pytest.mark.parametrize("pillar", icons.PILLAR_SIGNS)
def test_signs(pillar):
    well_formed(icons.sign(pillar))
