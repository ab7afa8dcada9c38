"""The spans of time that leadership looks at: a month, a quarter, a year. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sekata.lib.clock import WIB
from sekata.web import words

MONTHS_SHOWN = 6
MONTH = re.compile(r"(\d{4})-(\d{2})")
QUARTER = re.compile(r"(\d{4})-T([1-4])")
YEAR = re.compile(r"(\d{4})")
EARLIEST, LATEST = 2000, 2199


@dataclass(frozen=True)
class Period:
    """Whole months from `first` on, `until` not included. code is for addresses: 2026-11, 2026-T4, 2026."""

    code: str
    first: date
    until: date

    @property
    def begins(self) -> datetime:
        return moment(self.first)

    @property
    def ends(self) -> datetime:
        """The first instant after it."""
        return moment(self.until)

    @property
    def length(self) -> int:
        """How many months."""
        return (self.until.year - self.first.year) * 12 + self.until.month - self.first.month

    @property
    def before(self) -> "Period":
        """The span of the same length just before."""
        return Period("", back(self.first, self.length), self.first)

    def has(self, month: date) -> bool:
        return self.first <= month < self.until

    def months(self, today: date) -> list[date]:
        """The months a trend shows: six up to the last one that has begun."""
        last = min(back(self.until, 1), today.replace(day=1))
        return [back(last, gap) for gap in range(MONTHS_SHOWN - 1, -1, -1)]

    def label(self, lang: str = "id") -> str:
        """November 2026; triwulan 4 tahun 2026; tahun 2026."""
        if self.length == 1:
            return f"{words.MONTHS[lang][self.first.month - 1]} {self.first.year}"
        if self.length == 3:
            quarter = (self.first.month + 2) // 3
            return (
                f"quarter {quarter} of {self.first.year}"
                if lang == "en"
                else f"triwulan {quarter} tahun {self.first.year}"
            )
        return f"year {self.first.year}" if lang == "en" else f"tahun {self.first.year}"


def moment(day: date) -> datetime:
    """The first instant of a day in the regency's zone."""
    return datetime.combine(day, datetime.min.time(), WIB)


def back(month: date, months: int) -> date:
    """The first day of the month so many months earlier."""
    count = month.year * 12 + month.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def of_month(day: date) -> Period:
    first = day.replace(day=1)
    return Period(f"{first:%Y-%m}", first, back(first, -1))


def of_quarter(day: date) -> Period:
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return Period(f"{day.year}-T{(day.month + 2) // 3}", first, back(first, -3))


def of_year(year: int) -> Period:
    return Period(str(year), date(year, 1, 1), date(year + 1, 1, 1))


def parse(code: str, today: date) -> Period:
    """The period an address names; this year when it names none."""
    if (found := MONTH.fullmatch(code)) and 1 <= int(found[2]) <= 12 and _in_range(found[1]):
        return of_month(date(int(found[1]), int(found[2]), 1))
    if (found := QUARTER.fullmatch(code)) and _in_range(found[1]):
        return of_quarter(date(int(found[1]), int(found[2]) * 3, 1))
    if (found := YEAR.fullmatch(code)) and _in_range(found[1]):
        return of_year(int(found[1]))
    return of_year(today.year)


def _in_range(year: str) -> bool:
    return EARLIEST <= int(year) <= LATEST


def offered(today: date, chosen: Period) -> list[Period]:
    """What the selector lists; a period reached by its address is among them."""
    last_month = today.replace(day=1) - timedelta(days=1)
    usual = [
        of_year(today.year),
        of_quarter(today),
        of_month(today),
        of_month(last_month),
        of_quarter(of_quarter(today).first - timedelta(days=1)),
        of_year(today.year - 1),
    ]
    return usual if chosen in usual else [chosen, *usual]
