"""When people say something happened: `tadi pagi`, `kemarin`, `2 hari lalu`, `29 April 2026`, `29/4`."""

import re
from datetime import datetime, timedelta

from sekata.lib import clock

MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni",
    "juli", "agustus", "september", "oktober", "november", "desember",
)  # fmt: skip
PHRASES = (
    (("kemarin dulu", "kemarin lusa"), 2),
    (("kemarin", "semalam", "tadi malam"), 1),
    (("sekarang", "barusan", "baru saja", "tadi", "hari ini", "saat ini"), 0),
    (("pagi ini", "siang ini", "sore ini", "malam ini"), 0),
)  # fmt: skip
SPANS = {"menit": 1 / 1440, "jam": 1 / 24, "hari": 1, "minggu": 7, "bulan": 30}
WORDS = {"satu": 1, "se": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "seminggu": 7}

_AGO = re.compile(rf"(\d{{1,3}}|{'|'.join(WORDS)})\s?({'|'.join(SPANS)})\s(yang )?(lalu|kemarin)")
_NUMBERS = re.compile(r"(\d{1,2})[/. -](\d{1,2})(?:[/. -](\d{4}))?")
_NAMED = re.compile(r"(\d{1,2}) ([a-z]{3,9})(?: (\d{4}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def parse_when(text: str, at: datetime) -> datetime | None:
    """The moment that is meant, seen from `at`.

    None when it cannot be understood. A day alone is its noon, or earlier.
    """
    said = " ".join(text.casefold().strip(" .!").split())
    for words, days in PHRASES:
        if said.startswith(words):
            return at - timedelta(days=days)
    ago = _AGO.match(said)
    if ago:
        count = int(ago[1]) if ago[1].isdigit() else WORDS[ago[1]]
        return at - timedelta(days=count * SPANS[ago[2]])
    return _date(said, at)


def _date(said: str, at: datetime) -> datetime | None:
    here = at.astimezone(clock.WIB)
    iso, numbers, named = (form.match(said) for form in (_ISO, _NUMBERS, _NAMED))
    if iso:
        return _noon(int(iso[1]), int(iso[2]), int(iso[3]), at)
    if numbers:
        return _noon(int(numbers[3] or here.year), int(numbers[2]), int(numbers[1]), at)
    if named:
        month = next((n for n, name in enumerate(MONTHS, start=1) if name.startswith(named[2])), 0)
        return _noon(int(named[3] or here.year), month, int(named[1]), at)
    return None


def _noon(year: int, month: int, day: int, at: datetime) -> datetime | None:
    """Noon of a day; today's is never later than `at`."""
    if not 2000 <= year <= 2100:
        return None
    try:
        noon = datetime(year, month, day, 12, tzinfo=clock.WIB)
    except ValueError:
        return None
    return min(noon, at) if noon.date() == at.astimezone(clock.WIB).date() else noon


def spoken(at: datetime) -> str:
    """`29 April 2026`."""
    return f"{at.day} {MONTHS[at.month - 1].capitalize()} {at.year}"
