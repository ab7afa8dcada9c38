from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekata.web import words

NOW = datetime(2026, 11, 18, 2, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("amount", "said"),
    [(1284500, "Rp1.284.500"), (0, "Rp0"), (-184000, "−Rp184.000"), (None, "–"), (999, "Rp999")],
)
def test_rupiah(amount, said):
    assert words.rupiah(amount) == said


def test_rupiah_in_english():
    assert words.rupiah(1284500, "en") == "Rp1,284,500"


@given(st.integers(min_value=0, max_value=10**15))
def test_rupiah_keeps_every_digit(amount):
    assert int(words.rupiah(amount).removeprefix("Rp").replace(".", "")) == amount


@pytest.mark.parametrize(
    ("value", "places", "said"),
    [
        (1234, None, "1.234"),
        (91.1, None, "91,1"),
        (Decimal("2.50"), None, "2,5"),
        (3.5, 2, "3,50"),
        (-4, None, "−4"),
    ],
)
def test_number(value, places, said):
    assert words.number(value, places) == said


def test_percent_does_not_break():
    assert words.percent(78.57, 2) == "78,57\N{NO-BREAK SPACE}%"


def test_dates_are_in_the_regencys_zone():
    late = datetime(2026, 11, 17, 17, 5, tzinfo=UTC)
    assert words.long_date(late) == "Rabu, 18 November 2026"
    assert words.clock_time(late) == "00.05"


def test_dates():
    assert words.long_date(date(2027, 1, 4)) == "Senin, 4 Januari 2027"
    assert words.short_date(date(2026, 8, 17)) == "17 Agu 2026"
    assert words.date_time(NOW) == "18 November 2026, pukul 09.42 WIB"
    assert words.date_time(NOW, "en") == "18 November 2026, 09:42 WIB"
    assert words.long_date(date(2027, 1, 4), "en") == "Monday, 4 January 2027"
    assert words.long_date(None) == ""


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(hours=22, minutes=33), "22 jam 33 menit"),
        (38, "38 menit"),
        (0, "kurang dari 1 menit"),
        (timedelta(days=3, hours=2, minutes=9), "3 hari 2 jam"),
        (timedelta(days=1, minutes=5), "1 hari 5 menit"),
    ],
)
def test_duration(span, said):
    assert words.duration(span) == said


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (timedelta(minutes=-38), "lewat 38 menit"),
        (timedelta(days=-3), "lewat 3 hari"),
        (timedelta(hours=2), "2 jam lagi"),
        (timedelta(days=10), "10 hari lagi"),
        (timedelta(hours=26, minutes=18), "besok 12.00"),
    ],
)
def test_due(after, said):
    assert words.due(NOW + after, NOW) == said


def test_due_in_english():
    assert words.due(NOW + timedelta(days=10), NOW, "en") == "10 days left"
    assert words.due(NOW - timedelta(minutes=1), NOW, "en") == "1 minute late"


@pytest.mark.parametrize(
    ("days", "said"), [(0, "hari ini"), (1, "besok"), (10, "10 hari lagi"), (-2, "lewat 2 hari")]
)
def test_day_due(days, said):
    assert words.day_due(date(2026, 11, 18) + timedelta(days), date(2026, 11, 18)) == said


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("11", 11),
        ("Nopember", 11),
        ("nov", 11),
        (" agustus ", 8),
        ("Agu", 8),
        ("May", 5),
        ("13", None),
        ("x", None),
    ],
)
def test_month_number(text, month):
    assert words.month_number(text) == month


def test_small_words():
    assert words.count_word(2) == "dua"
    assert words.count_word(11) == "11"
    assert words.list_words(("JPG", "PNG", "HEIC")) == "JPG, PNG, dan HEIC"
    assert words.list_words(("hari", "bulan")) == "hari dan bulan"
    assert words.inside_sentence("Nama usaha") == "nama usaha"
    assert words.inside_sentence("NIK") == "NIK"
    assert words.file_size(2_400_000) == "2,4 MB"
    assert words.language("en-gb") == "en"
    assert words.language(None) == "id"
