"""Numbers and dates in Indonesian words, as official letters, receipts and minutes write them."""

from datetime import date

UNITS = (
    *("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"),
    *("sepuluh", "sebelas"),
)
SCALES = ("", "ribu", "juta", "miliar", "triliun", "kuadriliun")
LIMIT = 1000 ** len(SCALES)
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def terbilang(number: int) -> str:
    """A whole number in words: `seribu dua ratus`; `minus` before a negative one.

    Raises ValueError from 10^18 on, where Indonesian has no settled names, TypeError for what is not whole.
    """
    if not isinstance(number, int) or isinstance(number, bool):
        raise TypeError("only whole numbers have words here")
    if abs(number) >= LIMIT:
        raise ValueError("too large for words")
    if number < 0:
        return f"minus {terbilang(-number)}"
    groups = _groups(number)
    spoken = [_scaled(group, scale) for scale, group in reversed(list(enumerate(groups))) if group]
    return " ".join(spoken) or UNITS[0]


def rupiah(amount: int) -> str:
    """An amount of whole rupiah in words: `satu juta rupiah`."""
    return f"{terbilang(amount)} rupiah"


def ordinal(number: int, first: str = "pertama") -> str:
    """The rank of a number from 1: `pertama`, `kedua`. Decrees say `kesatu` for the first."""
    if number < 1:
        raise ValueError("ranks begin with 1")
    return first if number == 1 else f"ke{terbilang(number)}"


def roman(number: int) -> str:
    """Roman numeral of 1 to 3999, as months stand in letter numbers: `XI`."""
    if not 1 <= number <= 3999:
        raise ValueError("Roman numerals go from 1 to 3999")
    written = ""
    for value, sign in ROMAN:
        count, number = divmod(number, value)
        written += sign * count
    return written


def day_name(day: date) -> str:
    """`Rabu`."""
    return DAYS[day.weekday()]


def month_name(month: int) -> str:
    """`November`, from 1 to 12."""
    if not 1 <= month <= 12:
        raise ValueError("months go from 1 to 12")
    return MONTHS[month - 1]


def short_date(day: date) -> str:
    """`18 November 2026`."""
    return f"{day.day} {month_name(day.month)} {day.year}"


def long_date(day: date) -> str:
    """`Rabu, 18 November 2026`."""
    return f"{day_name(day)}, {short_date(day)}"


def spoken_date(day: date) -> str:
    """As minutes (berita acara) open: `Rabu tanggal delapan belas bulan November tahun dua ribu ...`."""
    number, month, year = terbilang(day.day), month_name(day.month), terbilang(day.year)
    return f"{day_name(day)} tanggal {number} bulan {month} tahun {year}"


def _groups(number: int) -> list[int]:
    """Groups of three digits, the lowest first."""
    groups = []
    while number:
        number, group = divmod(number, 1000)
        groups.append(group)
    return groups


def _scaled(group: int, scale: int) -> str:
    if (group, scale) == (1, 1):
        return "seribu"
    return f"{_below_thousand(group)} {SCALES[scale]}".strip()


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    spoken = [] if hundreds == 0 else ["seratus"] if hundreds == 1 else [f"{UNITS[hundreds]} ratus"]
    if rest:
        spoken.append(_below_hundred(rest))
    return " ".join(spoken)


def _below_hundred(number: int) -> str:
    if number < 12:
        return UNITS[number]
    if number < 20:
        return f"{UNITS[number - 10]} belas"
    tens, rest = divmod(number, 10)
    return f"{UNITS[tens]} puluh" + (f" {UNITS[rest]}" if rest else "")
