"""Dates inside official numbers, and the age that the rules of persons speak of."""

from datetime import date

from sekata.lib.result import Reason

MAX_AGE = 120
"""Years; nobody older is taken for living (identity, bad input)."""


def real_date(year: int, month: int, day: int) -> date | None:
    """That day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def age_on(birth: date, day: date) -> int:
    """Completed years on `day`; negative before birth. Born on 29 February: a year is complete on 1 March."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def check_birth(birth: date, today: date, field: str = "birth_date") -> tuple[Reason, ...]:
    """Reasons against a declared date of birth: it lies ahead, or makes the person older than MAX_AGE."""
    if birth > today:
        return (Reason("birth_future", "Tanggal lahir tidak boleh sesudah hari ini", field),)
    if age_on(birth, today) > MAX_AGE:
        return (Reason("birth_age", f"Umur paling tua {MAX_AGE} tahun; periksa lagi tahun lahirnya", field),)
    return ()
