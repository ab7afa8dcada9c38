"""NOP and NPWPD: the forms of the tax contract, bad input, properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekata.lib.numbers import nop, npwpd
from sekata.lib.tests.helpers import codes, refusal

PLAIN = "140501000100301230"


@pytest.mark.parametrize(
    "typed",
    [PLAIN, "14.05.010.001.003-0123.0", "14 05 010 001 003 0123 0", "14-05-010-001-003-0123-0", f" {PLAIN} "],
)
def test_a_nop_is_read_with_any_separators(typed):
    read = nop.parse(typed)
    assert read.value == PLAIN and str(read) == "14.05.010.001.003-0123.0"
    assert (read.regency, read.village, read.block) == ("1405", "1405010001", "1405010001003")
    assert (read.serial, read.mark) == (123, nop.ONE_OWNER)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        pytest.param(PLAIN[:17], "nop_length", id="17-digits"),
        pytest.param(PLAIN + "0", "nop_length", id="19-digits"),
        pytest.param("14050100010030123A", "nop_length", id="letter"),
        pytest.param("1,40501E+17", "nop_length", id="spreadsheet"),
        pytest.param("", "nop_length", id="empty"),
        pytest.param("١٤٠٥٠١٠٠٠١٠٠٣٠١٢٣٠", "nop_length", id="arabic-indic-digits"),
        pytest.param("140501000100300000", "nop_serial", id="serial-0000"),
        pytest.param("140501000100301235", "nop_mark", id="mark-5"),
    ],
)
def test_a_bad_nop_is_refused(typed, code):
    assert codes(nop.check(typed)) == [code] == refusal(nop.parse, typed)


def test_the_sentence_of_a_short_nop_says_how_many_digits():
    assert nop.check(PLAIN[:17])[0].message == "NOP harus 18 angka; yang Anda tulis 17"


@given(st.integers(0, 10**13 - 1), st.integers(1, nop.LAST_SERIAL), st.sampled_from(sorted(nop.MARKS)))
def test_every_made_nop_is_read_back_from_its_shown_form(block, serial, mark):
    made = nop.make(f"{block:013d}", serial, mark)
    assert nop.parse(str(made)) == made and (made.serial, made.mark) == (serial, mark)


def test_a_full_block_gives_no_number():
    assert refusal(nop.make, "1405010001003", 10_000) == ["nop_serial"]


@pytest.mark.parametrize(
    "typed", ["P.2.0000123.02.07", "p.2.0000123.02.07", "P200001230207", "P 2 0000123 02 07"]
)
def test_an_npwpd_is_read_with_or_without_dots(typed):
    read = npwpd.parse(typed)
    assert str(read) == "P.2.0000123.02.07" and read.is_body and read.serial == 123


@pytest.mark.parametrize(
    "typed", ["", "Q.2.0000123.02.07", "P.3.0000123.02.07", "P.2.000123.02.07", "P.2.0000123.02.7"]
)
def test_a_bad_npwpd_is_refused(typed):
    assert codes(npwpd.check(typed)) == ["npwpd_format"] == refusal(npwpd.parse, typed)


@given(st.sampled_from("12"), st.integers(0, npwpd.LAST_SERIAL), st.integers(0, 99), st.integers(0, 99))
def test_every_made_npwpd_is_read_back(kind, serial, district, village):
    made = npwpd.make(kind=kind, serial=serial, district=f"{district:02d}", village=f"{village:02d}")
    assert npwpd.parse(made.value.replace(".", "")) == made
