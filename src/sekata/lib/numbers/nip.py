"""NIP, the number of a civil servant, and NI PPPK, that of contract staff: 18 digits.

1-8 birth date YYYYMMDD, 9-12 year of appointment, 13-14 its month (PNS, 01-12) or the contract marker
(PPPK, 21-29), 15 sex (1 man, 2 woman), 16-18 serial from 001. No check digit.
Perka BKN 22/2007 and 43/2007; the PPPK marker from general knowledge. (Identity R3, personnel records.)
"""

from dataclasses import dataclass, field
from datetime import date

from sekata.lib.numbers import digits
from sekata.lib.numbers.dates import age_on, real_date
from sekata.lib.result import Reason, Refused

LENGTH = 18
MIN_AGE = 18
PNS, PPPK = "pns", "pppk"
SEXES = {"1": "L", "2": "P"}
MARKERS = {PNS: range(1, 13), PPPK: range(21, 30)}
YEARS = range(1900, 2100)


@dataclass(frozen=True)
class Nip:
    """A plausible NIP or NI PPPK; `str` and `repr` hide it, for it holds the birth date.

    appointed_month is None and contract (1 = first) is set for PPPK, the other way round for PNS.
    """

    value: str = field(repr=False)
    kind: str
    birth_date: date = field(repr=False)
    appointed_year: int
    appointed_month: int | None
    contract: int | None
    sex: str
    serial: int = field(repr=False)

    def __str__(self) -> str:
        return mask(self.value)

    @property
    def shown(self) -> str:
        """Grouped as on decrees: `19690407 200901 1 009`."""
        return f"{self.value[:8]} {self.value[8:14]} {self.value[14]} {self.value[15:]}"


def parse(text: str, kind: str = "", field: str = "nip") -> Nip:
    """Read a number; raises Refused with the reason of `check`.

    kind: `pns`, `cpns`, `pppk` or `pppk_part_time` of the record; empty lets digits 13-14 tell.
    """
    reasons = check(text, kind, field)
    if reasons:
        raise Refused(*reasons)
    value = digits.clean(text)
    kind = _kind(value, kind)
    marker = int(value[12:14])
    return Nip(
        value=value,
        kind=kind,
        birth_date=_birth(value),
        appointed_year=int(value[8:12]),
        appointed_month=marker if kind == PNS else None,
        contract=marker - 20 if kind == PPPK else None,
        sex=SEXES[value[14]],
        serial=int(value[15:]),
    )


def check(text: str, kind: str = "", field: str = "nip") -> tuple[Reason, ...]:
    """The first reason against the number itself: nip_length, nip_invalid (names the digits) or nip_age."""
    value = digits.clean(text)
    name = "NI PPPK" if kind.startswith(PPPK) else "NIP"
    reasons = digits.check_length(value, LENGTH, name, "nip_length", field)
    if reasons:
        return reasons
    fault = _fault(value, _kind(value, kind))
    if fault:
        return (Reason("nip_invalid", f"{fault}; periksa lagi {name} dengan SK pengangkatan", field),)
    if _age_at_appointment(value) < MIN_AGE:
        message = f"{name} menyebut pengangkatan sebelum umur {MIN_AGE} tahun; periksa lagi dengan SK"
        return (Reason("nip_age", message, field),)
    return ()


def check_person(nip: Nip, birth_date: date, sex: str, field: str = "nip") -> tuple[Reason, ...]:
    """Reasons why the number is not this person's: nip_birthdate, nip_sex (sex is L or P)."""
    reasons = []
    if nip.birth_date != birth_date:
        reasons.append(Reason("nip_birthdate", "Tanggal lahir di NIP berbeda dengan data orang ini", field))
    if nip.sex != sex:
        reasons.append(Reason("nip_sex", "Jenis kelamin di NIP berbeda dengan data orang ini", field))
    return tuple(reasons)


def mask(value: str) -> str:
    """Birth date and appointment hidden: only the last three digits, of the serial, stay."""
    return digits.mask(value, head=0, tail=3)


def _kind(value: str, kind: str) -> str:
    if kind:
        return PPPK if kind.startswith(PPPK) else PNS
    return PPPK if int(value[12:14]) in MARKERS[PPPK] else PNS


def _birth(value: str) -> date | None:
    year = int(value[:4])
    return real_date(year, int(value[4:6]), int(value[6:8])) if year in YEARS else None


def _fault(value: str, kind: str) -> str:
    """Which digits cannot be, as the beginning of a sentence; empty if all can."""
    if _birth(value) is None:
        return "Angka ke-1 sampai ke-8 harus tanggal lahir yang ada"
    if int(value[8:12]) not in YEARS:
        return "Angka ke-9 sampai ke-12 harus tahun pengangkatan"
    if int(value[12:14]) not in MARKERS[kind]:
        what = "bulan pengangkatan, 01 sampai 12" if kind == PNS else "tanda kontrak, 21 sampai 29"
        return f"Angka ke-13 dan ke-14 harus {what}"
    if value[14] not in SEXES:
        return "Angka ke-15 harus 1 (laki-laki) atau 2 (perempuan)"
    if value.endswith("000"):
        return "Tiga angka terakhir tidak mungkin 000"
    return ""


def _age_at_appointment(value: str) -> int:
    """Completed years on the first day of the month (PNS); on the year's last day where no month is known."""
    year, month = int(value[8:12]), int(value[12:14])
    day = date(year, month, 1) if month in MARKERS[PNS] else date(year, 12, 31)
    return age_on(_birth(value), day)
