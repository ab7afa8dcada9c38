"""Area codes of the Ministry of Home Affairs (kode wilayah Kemendagri), with dots: `14.05.02.1007`.

Never turn one into a statistics (BPS) code by removing the dots: BPS 1405 is another regency. Such codes are
translated through the table of areas only. Whether a code exists, or did, is for that table too.
"""

import re
from dataclasses import dataclass

from sekata.lib.result import Reason, Refused

PROVINCE, REGENCY, DISTRICT, VILLAGE = "province", "regency", "district", "village"
LEVELS = (PROVINCE, REGENCY, DISTRICT, VILLAGE)
FIRST_CITY = 71
"""Second parts from 71 on are cities (kota), below regencies (kabupaten)."""

_NAMES = dict(zip(LEVELS, ("provinsi", "kabupaten/kota", "kecamatan", "kelurahan/desa"), strict=True))
_SHAPE = re.compile(r"[0-9]{2}(\.[0-9]{2}){0,2}|[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}")


@dataclass(frozen=True, order=True)
class Area:
    """A well-formed code. Ordered as in the official list."""

    value: str

    def __str__(self) -> str:
        return self.value

    @property
    def level(self) -> str:
        """One of LEVELS."""
        return LEVELS[self.value.count(".")]

    @property
    def parent(self) -> "Area | None":
        """The area around this one; None for a province."""
        head, dot, _ = self.value.rpartition(".")
        return Area(head) if dot else None

    @property
    def kind(self) -> str:
        """The Indonesian name of its type: provinsi, kabupaten, kota, kecamatan, kelurahan or desa."""
        last = self.value.rpartition(".")[2]
        if self.level == REGENCY:
            return "kota" if int(last) >= FIRST_CITY else "kabupaten"
        if self.level == VILLAGE:
            return "kelurahan" if last.startswith("1") else "desa"
        return {PROVINCE: "provinsi", DISTRICT: "kecamatan"}[self.level]

    @property
    def plain(self) -> str:
        """Without dots, for case numbers (`PLH-1405-...`). Not a BPS code."""
        return self.value.replace(".", "")

    def within(self, other: "Area") -> bool:
        """Whether this is `other` or lies in it, by the code."""
        return self == other or self.value.startswith(f"{other.value}.")


def parse(text: str, level: str = "", field: str = "area_code") -> Area:
    """Read a code; raises Refused with the reason of `check`. level: the only level accepted, if given."""
    reasons = check(text, level, field)
    if reasons:
        raise Refused(*reasons)
    return Area(text.strip())


def check(text: str, level: str = "", field: str = "area_code") -> tuple[Reason, ...]:
    """The first reason against a code: area_format (shape, level), area_type (not kelurahan, not desa)."""
    value = text.strip()
    if not _SHAPE.fullmatch(value):
        message = "Kode wilayah ditulis dengan titik, misalnya 14.05.02 atau 14.05.02.1007"
        return (Reason("area_format", message, field),)
    area = Area(value)
    if level and area.level != level:
        message = f"Ini kode {_NAMES[area.level]}; yang diperlukan kode {_NAMES[level]}"
        return (Reason("area_format", message, field),)
    if area.level == VILLAGE and value[9] not in "12":
        message = "Bagian keempat kode harus mulai dengan 1 (kelurahan) atau 2 (desa)"
        return (Reason("area_type", message, field),)
    return ()


def dotted(plain: str) -> str:
    """The district code in six plain digits (`140502`, as a NIK begins) with dots: `14.05.02`."""
    return f"{plain[:2]}.{plain[2:4]}.{plain[4:6]}"
