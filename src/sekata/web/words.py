"""Numbers, money, dates and durations as people read them. Pure functions; `lang` is "id" or "en"."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from sekata.lib.clock import WIB

DAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {
    "id": (
        *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
        *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
SHORT_MONTHS = {
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
COUNTS = {
    "id": ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
}
UNITS = {
    "id": {"day": ("hari", "hari"), "hour": ("jam", "jam"), "minute": ("menit", "menit")},
    "en": {"day": ("day", "days"), "hour": ("hour", "hours"), "minute": ("minute", "minutes")},
}
MONTH_SPELLINGS = {
    "january": 1, "pebruari": 2, "february": 2, "peb": 2, "march": 3, "mac": 3, "may": 5, "june": 6,
    "july": 7, "august": 8, "agt": 8, "ags": 8, "aug": 8, "agust": 8, "sept": 9, "october": 10, "oct": 10,
    "nopember": 11, "nop": 11, "december": 12, "dec": 12,
}  # fmt: skip


def language(code: str | None) -> str:
    """Either "id" or "en" for any language code ("en-gb" -> "en"); Indonesian when in doubt."""
    return "en" if (code or "").lower().startswith("en") else "id"


def number(value: int | float | Decimal | None, places: int | None = None, lang: str = "id") -> str:
    """1234.5 -> "1.234,5" ("1,234.5" in English); `places` fixes the decimals."""
    if value is None:
        return "–"
    text = f"{value:,.{places}f}" if places is not None else f"{value:,}"
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    text = text.replace("-", "−")
    return text if lang == "en" else text.translate(str.maketrans(",.", ".,"))


def rupiah(amount: int | None, lang: str = "id") -> str:
    """1284500 -> "Rp1.284.500"; a negative amount has its sign in front."""
    if amount is None:
        return "–"
    return f"{'−' if amount < 0 else ''}Rp{number(abs(int(amount)), lang=lang)}"


def percent(value: float | Decimal | None, places: int | None = None, lang: str = "id") -> str:
    """91.1 -> "91,1 %" with a space that never breaks."""
    return "–" if value is None else f"{number(value, places, lang)}\N{NO-BREAK SPACE}%"


def count_word(count: int, lang: str = "id") -> str:
    """2 -> "dua"; above ten in digits."""
    return COUNTS[lang][count] if 0 <= count <= 10 else number(count, lang=lang)


def local(moment: date | datetime) -> date | datetime:
    """An aware moment in the regency's zone; plain dates and naive moments stay as they are."""
    if isinstance(moment, datetime) and moment.tzinfo:
        return moment.astimezone(WIB)
    return moment


def long_date(moment: date | datetime | None, lang: str = "id") -> str:
    """Rabu, 18 November 2026."""
    if moment is None:
        return ""
    day = local(moment)
    return f"{DAYS[lang][day.weekday()]}, {plain_date(day, lang)}"


def plain_date(moment: date | datetime | None, lang: str = "id") -> str:
    """18 November 2026."""
    if moment is None:
        return ""
    day = local(moment)
    return f"{day.day} {MONTHS[lang][day.month - 1]} {day.year}"


def short_date(moment: date | datetime | None, lang: str = "id") -> str:
    """18 Nov 2026."""
    if moment is None:
        return ""
    day = local(moment)
    return f"{day.day} {SHORT_MONTHS[lang][day.month - 1]} {day.year}"


def clock_time(moment: datetime | None, lang: str = "id") -> str:
    """09.42 (09:42 in English)."""
    if moment is None:
        return ""
    return f"{local(moment):{'%H:%M' if lang == 'en' else '%H.%M'}}"


def date_time(moment: datetime | None, lang: str = "id") -> str:
    """18 November 2026, pukul 09.42 WIB."""
    if moment is None:
        return ""
    at = "" if lang == "en" else "pukul "
    return f"{plain_date(moment, lang)}, {at}{clock_time(moment, lang)} WIB"


def _amount(count: int, unit: str, lang: str) -> str:
    return f"{number(count, lang=lang)} {UNITS[lang][unit][count != 1]}"


def duration(span: timedelta | int | None, lang: str = "id") -> str:
    """A timedelta or a count of minutes: "22 jam 33 menit", "3 hari 2 jam", "kurang dari 1 menit"."""
    if span is None:
        return ""
    minutes = abs(span if isinstance(span, int) else round(span.total_seconds() / 60))
    parts = (("day", minutes // 1440), ("hour", minutes % 1440 // 60), ("minute", minutes % 60))
    said = [_amount(count, unit, lang) for unit, count in parts if count][:2]
    if not said:
        return "less than 1 minute" if lang == "en" else "kurang dari 1 menit"
    return " ".join(said)


def roughly(span: timedelta, lang: str = "id") -> str:
    """The largest unit alone, rounded down: "10 hari", "5 jam", "38 menit"."""
    minutes = max(1, int(abs(span).total_seconds() // 60))
    if minutes >= 2 * 1440:
        return _amount(minutes // 1440, "day", lang)
    if minutes >= 60:
        return _amount(minutes // 60, "hour", lang)
    return _amount(minutes, "minute", lang)


def due(limit: datetime, now: datetime, lang: str = "id") -> str:
    """How near a limit is: "lewat 38 menit", "2 jam lagi", "besok 12.00", "10 hari lagi"."""
    span, english = limit - now, lang == "en"
    if span < timedelta():
        return f"{roughly(span, lang)} late" if english else f"lewat {roughly(span, lang)}"
    days = (local(limit).date() - local(now).date()).days
    if days == 1:
        return f"{'tomorrow' if english else 'besok'} {clock_time(limit, lang)}"
    if days > 1:
        return f"{_amount(days, 'day', lang)} left" if english else f"{_amount(days, 'day', lang)} lagi"
    return f"{roughly(span, lang)} left" if english else f"{roughly(span, lang)} lagi"


def day_due(limit: date, today: date, lang: str = "id") -> str:
    """The same for a limit that is a whole day: "hari ini", "besok", "10 hari lagi", "lewat 2 hari"."""
    days, english = (limit - today).days, lang == "en"
    if days == 0:
        return "today" if english else "hari ini"
    if days == 1:
        return "tomorrow" if english else "besok"
    said = _amount(abs(days), "day", lang)
    if days < 0:
        return f"{said} late" if english else f"lewat {said}"
    return f"{said} left" if english else f"{said} lagi"


def last_day(limit: datetime | None, lang: str = "id") -> str:
    """The last moment a limit can still be kept: its day when it ends at midnight, else day and time."""
    if limit is None:
        return ""
    end = local(limit)
    if end.time() == time(0):
        return long_date(end - timedelta(days=1), lang)
    return f"{long_date(end, lang)}, {clock_time(limit, lang)}"


def month_number(text: str) -> int | None:
    """Read "11", "November", "nov", "Nopember" -> 11; None when it is no month."""
    word = text.strip().strip(".").lower()
    if word.isdigit():
        return int(word) if 1 <= int(word) <= 12 else None
    for names in (*MONTHS.values(), *SHORT_MONTHS.values()):
        lowered = [name.lower() for name in names]
        if word in lowered:
            return lowered.index(word) + 1
    return MONTH_SPELLINGS.get(word)


def file_size(size: int, lang: str = "id") -> str:
    """2400000 -> "2,4 MB"."""
    if size < 1000:
        return f"{size} B"
    if size < 1_000_000:
        return f"{number(round(size / 1000), lang=lang)} KB"
    return f"{number(round(size / 1_000_000, 1), lang=lang)} MB"


def list_words(items: list[str] | tuple[str, ...], lang: str = "id", last: str = "") -> str:
    """("JPG", "PNG", "HEIC") -> "JPG, PNG, dan HEIC"; `last` replaces the joining word."""
    word = last or ("and" if lang == "en" else "dan")
    if len(items) < 3:
        return f" {word} ".join(items)
    return f"{', '.join(items[:-1])}, {word} {items[-1]}"


def inside_sentence(label: str) -> str:
    """A label with a small first letter, acronyms untouched: "Nama usaha" -> "nama usaha", "NIK" -> "NIK"."""
    return label if len(label) > 1 and label[1].isupper() else label[:1].lower() + label[1:]
