"""Area codes and telephone numbers of identity."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekata.lib.numbers import area, phone
from sekata.lib.numbers.area import Area
from sekata.lib.tests.helpers import codes, refusal


@pytest.mark.parametrize(
    "value, level, kind, parent",
    [
        pytest.param("14", "province", "provinsi", None, id="Riau"),
        pytest.param("14.05", "regency", "kabupaten", "14", id="Pelalawan"),
        pytest.param("14.71", "regency", "kota", "14", id="city-from-71"),
        pytest.param("14.70", "regency", "kabupaten", "14", id="regency-to-70"),
        pytest.param("14.05.02", "district", "kecamatan", "14.05", id="Pangkalan-Kerinci"),
        pytest.param("14.05.02.1007", "village", "kelurahan", "14.05.02", id="kelurahan"),
        pytest.param("14.05.09.2003", "village", "desa", "14.05.09", id="desa"),
    ],
)
def test_reads(value, level, kind, parent):
    read = area.parse(f" {value} ")
    assert (read.value, read.level, read.kind) == (value, level, kind)
    assert read.parent == (Area(parent) if parent else None)


@pytest.mark.parametrize(
    "value, level, code",
    [
        pytest.param("14.05.02.3001", "", "area_type", id="bad-third-kind-of-village"),
        pytest.param("14.05.02.3001", "village", "area_type", id="bad-third-kind-wanted-village"),
        pytest.param("1405", "", "area_format", id="bad-without-dots"),
        pytest.param("14.05.02.007", "", "area_format", id="bad-short-village"),
        pytest.param("14.05.1007", "", "area_format", id="bad-without-district"),
        pytest.param("١٤.٠٥", "", "area_format", id="bad-arabic-indic-digits"),
        pytest.param("", "", "area_format", id="bad-empty"),
        pytest.param("14.05.02", "village", "area_format", id="bad-level"),
    ],
)
def test_refuses(value, level, code):
    assert codes(area.check(value, level)) == refusal(area.parse, value, level) == [code]


def test_wrong_level_is_named():
    (reason,) = area.check("14.05.02", "village")
    assert reason.message == "Ini kode kecamatan; yang diperlukan kode kelurahan/desa"


def test_within_goes_by_parts():
    regency = Area("14.05")
    assert Area("14.05.02.1007").within(regency) and regency.within(regency)
    assert not Area("14.0").within(Area("14.05")) and not Area("14.06.01").within(regency)
    assert regency.plain == "1405"
    assert area.dotted("140502") == "14.05.02"


@given(st.from_regex(r"[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[12][0-9]{3})?)?)?", fullmatch=True))
def test_climbs_to_the_province(value):
    read, seen = area.parse(value), []
    while read:
        seen.append(read.level)
        read = read.parent
    assert tuple(reversed(seen)) == area.LEVELS[: len(seen)]


@pytest.mark.parametrize(
    "text, stored",
    [
        pytest.param("081234567890", "+6281234567890", id="home-0"),
        pytest.param("0812 3456-7890", "+6281234567890", id="home-spaced"),
        pytest.param("81234567890", "+6281234567890", id="home-without-0"),
        pytest.param("6281234567890", "+6281234567890", id="home-62"),
        pytest.param("+62 (0) 812 3456 7890", "+6281234567890", id="home-62-and-0"),
        pytest.param("0062 812 3456 7890", "+6281234567890", id="home-0062"),
        pytest.param("(0761) 21234", "+6276121234", id="home-fixed-line"),
        pytest.param("+60 12-345 6789", "+60123456789", id="abroad"),
        pytest.param("0060 12-345 6789", "+60123456789", id="abroad-00"),
        pytest.param("+39 06 698 12345", "+390669812345", id="abroad-keeps-its-0"),
    ],
)
def test_phone_reads(text, stored):
    assert phone.parse(text) == stored
    assert phone.is_home(stored) == stored.startswith("+62")


@pytest.mark.parametrize(
    "text",
    ["", "+", "+62", "08123", "110", "0812345678901234", "08x2 3456 7890", "٠٨١٢٣٤٥٦٧٨٩٠", "0812;ext=1"],
)
def test_phone_refuses(text):
    assert codes(phone.check(text)) == refusal(phone.parse, text) == ["phone_invalid"]


def test_phone_shown_and_masked_r12():
    assert phone.mask("+6281234567890") == "***********890"
    assert phone.shown("+6281234567890") == "0812-3456-7890"
    assert phone.shown("+60123456789") == "+60 12-345 6789"
    assert phone.is_mobile("+6281234567890") and not phone.is_mobile("+6276121234")


@given(st.text(max_size=24) | st.from_regex(r"(\+|0|62)?[0-9 ()-]{4,18}", fullmatch=True))
def test_phone_is_stable_and_in_the_contract(text):
    if phone.check(text) == ():
        stored = phone.parse(text)
        assert phone.parse(stored) == stored
        assert re.fullmatch(r"\+62[0-9]{8,13}|\+[1-9][0-9]{7,14}", stored)
        assert set(phone.mask(stored)[:-3]) == {"*"}
