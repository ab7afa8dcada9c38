"""NIK, the population number of a person for life (UU 23/2006; PP 40/2019 art. 30): 16 digits.

1-6 area of the first registration, 7-12 birth date DDMMYY with 40 added to a woman's day, 13-16 serial.
There is no check digit: a plausible NIK is not yet a real one. (Rules R1, R2 and R12 of identity.)
"""

from dataclasses import dataclass, field
from datetime import date

from sekata.lib.numbers import digits
from sekata.lib.numbers.area import dotted
from sekata.lib.numbers.dates import MAX_AGE, age_on, real_date
from sekata.lib.result import Reason, Refused

LENGTH = 16
WOMAN = 40


@dataclass(frozen=True)
class Nik:
    """A plausible NIK. Neither `str` nor `repr` shows the number, so that no log can.

    area_code: district of first registration, `14.05.02` - it may no longer exist and proves no residence;
    birth_date: as the number tells it, which may differ from the register; sex: L or P; serial from 1.
    """

    value: str = field(repr=False)
    area_code: str
    birth_date: date = field(repr=False)
    sex: str
    serial: int = field(repr=False)

    def __str__(self) -> str:
        return mask(self.value)


def parse(text: str, today: date, declared: date | None = None, field: str = "nik") -> Nik:
    """Read a NIK typed with or without spaces and dots; raises Refused with the reason of `check`.

    declared: the birth date the person states; it decides the century where two fit.
    """
    reasons = check(text, today, field)
    if reasons:
        raise Refused(*reasons)
    value = digits.clean(text)
    days = _possible_births(value, today)
    return Nik(
        value=value,
        area_code=dotted(value[:6]),
        birth_date=declared if declared in days else max(days),
        sex="P" if int(value[6:8]) > WOMAN else "L",
        serial=int(value[12:]),
    )


def check(text: str, today: date, field: str = "nik") -> tuple[Reason, ...]:
    """The first reason against a NIK: nik_length, nik_date or nik_serial."""
    value = digits.clean(text)
    reasons = digits.check_length(value, LENGTH, "NIK", "nik_length", field)
    if reasons:
        return reasons
    if not _possible_births(value, today):
        message = "Angka ke-7 sampai ke-12 NIK harus tanggal lahir yang ada; periksa lagi dengan KTP"
        return (Reason("nik_date", message, field),)
    if value.endswith("0000"):
        message = "Empat angka terakhir NIK tidak mungkin 0000; periksa lagi dengan KTP"
        return (Reason("nik_serial", message, field),)
    return ()


def mismatches(nik: Nik, birth_date: date, sex: str, field: str = "nik") -> tuple[Reason, ...]:
    """Warnings `nik_mismatch` where the number tells another day or sex than the register.

    Never a block when the register confirms the person (R2). The century is not compared: a NIK has none.
    """
    reasons = []
    if f"{nik.birth_date:%d%m%y}" != f"{birth_date:%d%m%y}":
        reasons.append(Reason("nik_mismatch", "Tanggal lahir di NIK berbeda dengan yang tercatat", field))
    if nik.sex != sex:
        reasons.append(Reason("nik_mismatch", "Jenis kelamin di NIK berbeda dengan yang tercatat", field))
    return tuple(reasons)


def mask(value: str) -> str:
    """`140502******0003`, as lists show it (R12)."""
    return digits.mask(value, head=6, tail=4)


def _possible_births(value: str, today: date) -> list[date]:
    """The days that digits 7-12 can mean for somebody alive: not in the future, not over MAX_AGE."""
    day, month, short_year = (int(value[start : start + 2]) for start in (6, 8, 10))
    if day > WOMAN:
        day -= WOMAN
    years = (year for year in range(today.year - MAX_AGE - 1, today.year + 1) if year % 100 == short_year)
    days = (real_date(year, month, day) for year in years)
    return [birth for birth in days if birth and birth <= today and age_on(birth, today) <= MAX_AGE]
