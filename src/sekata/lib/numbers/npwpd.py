"""NPWPD, the regional taxpayer's number in its older local form (from general knowledge, unconfirmed).

`P.2.0000123.02.07`: P tax or R levy, 1 person or 2 body, serial of seven digits, two digits each for kecamatan and
desa of the older list. Since PP 35/2023 the NIK or NIB links a taxpayer; this number is what letters carry.
"""

import re
from dataclasses import dataclass

from sekata.lib.result import Reason, Refused

TAX, LEVY = "P", "R"
PERSON, BODY = "1", "2"
LAST_SERIAL = 9_999_999
_SHAPE = re.compile(r"[PR]\.[12]\.[0-9]{7}\.[0-9]{2}\.[0-9]{2}")
_BARE = re.compile(r"[PR][12][0-9]{11}")


@dataclass(frozen=True, order=True)
class Npwpd:
    """A well-formed number, with its dots."""

    value: str

    def __str__(self) -> str:
        return self.value

    @property
    def is_body(self) -> bool:
        """Whether it belongs to a body (badan), not to a person."""
        return self.value[2] == BODY

    @property
    def serial(self) -> int:
        """Its number in the register."""
        return int(self.value[4:11])


def parse(text: str, field: str = "npwpd") -> Npwpd:
    """Read a number typed with or without its dots; raises Refused with the reason of `check`."""
    reasons = check(text, field)
    if reasons:
        raise Refused(*reasons)
    return Npwpd(_dotted(text))


def check(text: str, field: str = "npwpd") -> tuple[Reason, ...]:
    """The reason against an NPWPD: npwpd_format."""
    if _SHAPE.fullmatch(_dotted(text)):
        return ()
    return (Reason("npwpd_format", "NPWPD ditulis seperti P.2.0000123.02.07", field),)


def make(*, kind: str, serial: int, district: str, village: str, levy: bool = False) -> Npwpd:
    """The number of a new taxpayer; Refused when its parts cannot be one."""
    return parse(f"{LEVY if levy else TAX}.{kind}.{serial:07d}.{district}.{village}")


def _dotted(text: str) -> str:
    value = text.strip().upper()
    bare = re.sub(r"[\s.\-]", "", value)
    if not _BARE.fullmatch(bare):
        return value
    return f"{bare[0]}.{bare[1]}.{bare[2:9]}.{bare[9:11]}.{bare[11:]}"
