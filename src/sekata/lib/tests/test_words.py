"""Words: numbers and dates as official letters write them, then properties."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekata.lib import words

VALUES = {word: value for value, word in enumerate(words.UNITS)}


@pytest.mark.parametrize(
    "number, spoken",
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (200, "dua ratus"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1_000, "seribu"),
        (1_001, "seribu satu"),
        (1_100, "seribu seratus"),
        (2_026, "dua ribu dua puluh enam"),
        (11_000, "sebelas ribu"),
        (21_000, "dua puluh satu ribu"),
        (100_000, "seratus ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (1_284_500, "satu juta dua ratus delapan puluh empat ribu lima ratus"),
        (10**9, "satu miliar"),
        (10**12, "satu triliun"),
        (10**12 + 10**3, "satu triliun seribu"),
        (10**15, "satu kuadriliun"),
        (-5, "minus lima"),
        (-1_000, "minus seribu"),
    ],
)
def test_terbilang(number, spoken):
    assert words.terbilang(number) == spoken


@pytest.mark.parametrize("number", [10**18, -(10**18)])
def test_terbilang_ends_somewhere(number):
    with pytest.raises(ValueError, match="too large"):
        words.terbilang(number)


@pytest.mark.parametrize("number", [1.5, True, "7"])
def test_terbilang_takes_whole_numbers_only(number):
    with pytest.raises(TypeError):
        words.terbilang(number)


def test_rupiah_and_ordinals():
    assert words.rupiah(150_000) == "seratus lima puluh ribu rupiah"
    assert [words.ordinal(n) for n in (1, 2, 11, 21)] == ["pertama", "kedua", "kesebelas", "kedua puluh satu"]
    assert words.ordinal(1, first="kesatu") == "kesatu"
    with pytest.raises(ValueError, match="ranks"):
        words.ordinal(0)


def test_dates():
    day = date(2026, 11, 18)
    assert (words.day_name(day), words.month_name(5)) == ("Rabu", "Mei")
    assert words.short_date(day) == "18 November 2026"
    assert words.long_date(day) == "Rabu, 18 November 2026"
    assert words.long_date(date(2027, 1, 4)) == "Senin, 4 Januari 2027"
    assert words.spoken_date(day) == (
        "Rabu tanggal delapan belas bulan November tahun dua ribu dua puluh enam"
    )
    for month in (0, 13):
        with pytest.raises(ValueError, match="months"):
            words.month_name(month)


@pytest.mark.parametrize(
    "number, sign", [(1, "I"), (4, "IV"), (9, "IX"), (11, "XI"), (12, "XII"), (1999, "MCMXCIX")]
)
def test_roman(number, sign):
    assert words.roman(number) == sign


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_roman_has_bounds(number):
    with pytest.raises(ValueError, match="Roman"):
        words.roman(number)


def test_roman_is_one_to_one():
    assert len({words.roman(number) for number in range(1, 4000)}) == 3999


def _heard(spoken: str) -> int:
    """The number somebody understands who adds up what is said, word for word."""
    total = group = last = 0
    for word in spoken.split():
        if word == "belas":
            group += 10
        elif word == "puluh":
            group += last * 9
        elif word == "ratus":
            group += last * 99
        elif word in words.SCALES:
            total, group = total + group * 1000 ** words.SCALES.index(word), 0
        elif word == "seribu":
            total += 1000
        else:
            last = 100 if word == "seratus" else VALUES[word]
            group += last
    return total + group


@given(st.integers(0, 10**15) | st.integers(0, 10**6))
def test_terbilang_is_heard_as_the_number(number):
    assert _heard(words.terbilang(number)) == number


@given(st.integers(1, 10**15))
def test_minus(number):
    assert words.terbilang(-number) == f"minus {words.terbilang(number)}"
