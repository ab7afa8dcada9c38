"""KK, the number of a family card (UU 23/2006): 16 digits.

1-6 area, 7-12 date of entry DDMMYY (nothing added to the day), 13-16 serial. A family gets another number
when it splits or moves: never the key of a person. A man's NIK has the same shape.
"""

from dataclasses import dataclass, field
from datetime import date

from sekata.lib.numbers import digits
from sekata.lib.numbers.area import dotted
from sekata.lib.numbers.dates import real_date
from sekata.lib.result import Reason, Refused

LENGTH = 16


@dataclass(frozen=True)
class Kk:
    """A plausible family-card number; `str` and `repr` hide it. entered_on: the latest day that fits."""

    value: str = field(repr=False)
    area_code: str
    entered_on: date
    serial: int = field(repr=False)

    def __str__(self) -> str:
        return mask(self.value)


def parse(text: str, today: date, field: str = "kk") -> Kk:
    """Read a KK typed with or without spaces and dots; raises Refused with the reason of `check`."""
    reasons = check(text, today, field)
    if reasons:
        raise Refused(*reasons)
    value = digits.clean(text)
    return Kk(value, dotted(value[:6]), _entry(value, today), int(value[12:]))


def check(text: str, today: date, field: str = "kk") -> tuple[Reason, ...]:
    """The first reason against a KK: kk_length, kk_date or kk_serial."""
    value = digits.clean(text)
    reasons = digits.check_length(value, LENGTH, "Nomor KK", "kk_length", field)
    if reasons:
        return reasons
    if _entry(value, today) is None:
        message = "Angka ke-7 sampai ke-12 nomor KK harus tanggal yang ada; periksa lagi dengan kartunya"
        return (Reason("kk_date", message, field),)
    if value.endswith("0000"):
        message = "Empat angka terakhir nomor KK tidak mungkin 0000; periksa lagi dengan kartunya"
        return (Reason("kk_serial", message, field),)
    return ()


def mask(value: str) -> str:
    """`140502******0003`, like a NIK."""
    return digits.mask(value, head=6, tail=4)


def _entry(value: str, today: date) -> date | None:
    """The latest day, not after `today`, that digits 7-12 can mean within a hundred years."""
    day, month, short_year = (int(value[start : start + 2]) for start in (6, 8, 10))
    years = (year for year in range(today.year - 100, today.year + 1) if year % 100 == short_year)
    days = [entry for year in years if (entry := real_date(year, month, day)) and entry <= today]
    return max(days, default=None)
