"""NIK: worked examples of identity R1, R2, R12 and health R1, then properties."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekata.lib.numbers import nik
from sekata.lib.tests.helpers import codes, refusal

TODAY = date(2026, 11, 18)
CONTRACT = re.compile(
    r"\d{6}(0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])(0[1-9]|1[0-2])\d{2}(?!0000)\d{4}", re.ASCII
)


@pytest.mark.parametrize(
    "value, area, birth, sex, serial",
    [
        pytest.param("1405025208900003", "14.05.02", date(1990, 8, 12), "P", 3, id="R1-woman"),
        pytest.param("1405022902000001", "14.05.02", date(2000, 2, 29), "L", 1, id="R1-leap-day"),
        pytest.param("1405024703950003", "14.05.02", date(1995, 3, 7), "P", 3, id="health-R1"),
        pytest.param("1405021811260001", "14.05.02", date(2026, 11, 18), "L", 1, id="R1-born-today"),
        pytest.param("1405021911260001", "14.05.02", date(1926, 11, 19), "L", 1, id="R1-not-in-the-future"),
        pytest.param("1405021811060001", "14.05.02", date(2006, 11, 18), "L", 1, id="R1-both-fit-the-later"),
        pytest.param("1405021811050001", "14.05.02", date(2005, 11, 18), "L", 1, id="R1-121-years-never"),
    ],
)
def test_r1_reads(value, area, birth, sex, serial):
    read = nik.parse(value, TODAY)
    assert (read.value, read.area_code, read.birth_date) == (value, area, birth)
    assert (read.sex, read.serial) == (sex, serial)


@pytest.mark.parametrize(
    "value, code",
    [
        pytest.param("1405022902010001", "nik_date", id="R1-29-february-in-neither-century"),
        pytest.param("1405023102900001", "nik_date", id="R1-31-february"),
        pytest.param("1405021208900000", "nik_serial", id="R1-serial-0000"),
        pytest.param("1405027208900001", "nik_date", id="R1-day-72"),
        pytest.param("1405024008900001", "nik_date", id="R1-day-40"),
        pytest.param("1405020008900001", "nik_date", id="R1-day-00"),
        pytest.param("1405021213900001", "nik_date", id="R1-month-13"),
        pytest.param("140502520890003", "nik_length", id="bad-15-digits"),
        pytest.param("14050252089000034", "nik_length", id="bad-17-digits"),
        pytest.param("140502520890000A", "nik_length", id="bad-letter"),
        pytest.param("١٤٠٥٠٢٥٢٠٨٩٠٠٠٠٣", "nik_length", id="bad-arabic-indic-digits"),
        pytest.param("140502520890000³", "nik_length", id="bad-superscript"),
        pytest.param("", "nik_length", id="bad-empty"),
    ],
)
def test_r1_refuses(value, code):
    assert codes(nik.check(value, TODAY)) == [code]
    assert refusal(nik.parse, value, TODAY) == [code]


@pytest.mark.parametrize(
    "value, message",
    [
        ("140502520890003", "NIK harus 16 angka; yang Anda tulis 15"),
        ("", "NIK belum diisi; tulis 16 angka"),
        ("140502520890000A", "NIK harus 16 angka; hapus huruf dan tanda lain"),
        ("1,40502E+15", "NIK berubah di lembar kerja; jadikan kolomnya teks, lalu tulis lagi 16 angka"),
    ],
)
def test_r1_says_why(value, message):
    (reason,) = nik.check(value, TODAY, field="person_nik")
    assert (reason.message, reason.field) == (message, "person_nik")


@pytest.mark.parametrize("text", ["14 05 02 520890 0003", "14.05.02.520890.0003", " 1405025208900003\n"])
def test_bad_input_spaces_and_dots_are_removed_first(text):
    assert nik.parse(text, TODAY).value == "1405025208900003"


@pytest.mark.parametrize(
    "declared, birth",
    [
        pytest.param(date(1910, 8, 12), date(1910, 8, 12), id="R1-declared-decides-the-century"),
        pytest.param(date(2010, 8, 12), date(2010, 8, 12), id="R1-declared-later"),
        pytest.param(date(1910, 8, 13), date(2010, 8, 12), id="R1-declared-does-not-fit"),
        pytest.param(None, date(2010, 8, 12), id="R1-undeclared-later"),
    ],
)
def test_r1_prefers_the_declared_century(declared, birth):
    assert nik.parse("1405021208100001", TODAY, declared).birth_date == birth


@pytest.mark.parametrize(
    "birth, sex, warnings",
    [
        pytest.param(date(1990, 8, 12), "P", 0, id="R2-agrees"),
        pytest.param(date(1989, 8, 12), "P", 1, id="R2-another-year"),
        pytest.param(date(1990, 8, 12), "L", 1, id="health-R1-another-sex"),
        pytest.param(date(1890, 8, 12), "P", 0, id="R2-century-not-compared"),
        pytest.param(date(1989, 8, 12), "L", 2, id="R2-both"),
    ],
)
def test_r2_warns_of_a_mismatch(birth, sex, warnings):
    read = nik.parse("1405025208900003", TODAY)
    assert codes(nik.mismatches(read, birth, sex)) == ["nik_mismatch"] * warnings


def test_r12_masks():
    assert nik.mask("1405025208900003") == "140502******0003"
    assert nik.mask("1405") == "****"


def test_r12_no_clear_number_in_text_forms():
    read = nik.parse("1405025208900003", TODAY)
    assert f"{read}" == "140502******0003"
    assert "520890" not in repr(read) and "1990" not in repr(read)


BIRTHS = st.dates(TODAY - timedelta(days=120 * 365), TODAY)


@given(birth=BIRTHS, sex=st.sampled_from("LP"), serial=st.integers(1, 9999))
def test_r1_round_trip(birth, sex, serial):
    day = birth.day + (nik.WOMAN if sex == "P" else 0)
    value = f"140502{day:02}{birth:%m%y}{serial:04}"
    read = nik.parse(value, TODAY, declared=birth)
    assert (read.birth_date, read.sex, read.serial) == (birth, sex, serial)
    assert nik.parse(value, TODAY).birth_date >= birth
    assert CONTRACT.fullmatch(value)


@given(st.from_regex(r"[0-9]{16}", fullmatch=True) | st.from_regex(CONTRACT, fullmatch=True))
def test_r1_accepts_only_what_the_contract_matches(value):
    if nik.check(value, TODAY) == ():
        assert CONTRACT.fullmatch(value)
        assert nik.parse(value, TODAY).birth_date <= TODAY


@given(st.text(max_size=24))
def test_any_text_gets_an_answer(text):
    assert refusal(nik.parse, text, TODAY) == codes(nik.check(text, TODAY))
