"""NOP, the number of a land-tax object (PER-12/PJ/2010): 18 digits.

1-2 province, 3-4 regency, 5-7 kecamatan, 8-10 desa or kelurahan, 11-13 block, 14-17 serial, 18 special mark.
The area parts are the tax office's own list: neither Home Affairs' nor the statistics office's codes follow from
them. There is no check digit, so a number is looked up exactly and its village is shown back.
"""

from dataclasses import dataclass

from sekata.lib.numbers import digits
from sekata.lib.result import Reason, Refused

LENGTH = 18
ONE_OWNER, SHARED, STRUCTURED = "0", "9", "7"
MARKS = {ONE_OWNER: "satu pemilik", SHARED: "objek bersama", STRUCTURED: "data SISTEP"}
LAST_SERIAL = 9999


@dataclass(frozen=True, order=True)
class Nop:
    """A well-formed number; digits only, ordered as tax books are."""

    value: str

    def __str__(self) -> str:
        """`14.05.010.001.003-0123.0`, as letters show it."""
        v = self.value
        return f"{v[:2]}.{v[2:4]}.{v[4:7]}.{v[7:10]}.{v[10:13]}-{v[13:17]}.{v[17]}"

    @property
    def regency(self) -> str:
        """The tax office's province and regency, four digits."""
        return self.value[:4]

    @property
    def village(self) -> str:
        """The tax office's code of the village with all that is above it, ten digits."""
        return self.value[:10]

    @property
    def block(self) -> str:
        """Village and block, thirteen digits: one block map."""
        return self.value[:13]

    @property
    def serial(self) -> int:
        """Number inside the block, from 1."""
        return int(self.value[13:17])

    @property
    def mark(self) -> str:
        """One of MARKS."""
        return self.value[17]


def parse(text: str, field: str = "nop") -> Nop:
    """Read a NOP typed with dots, hyphens or spaces; raises Refused with the reason of `check`."""
    reasons = check(text, field)
    if reasons:
        raise Refused(*reasons)
    return Nop(clean(text))


def check(text: str, field: str = "nop") -> tuple[Reason, ...]:
    """The first reason against a NOP: nop_length, nop_serial or nop_mark."""
    value = clean(text)
    reasons = digits.check_length(value, LENGTH, "NOP", "nop_length", field)
    if reasons:
        return reasons
    if value[13:17] == "0000":
        return (Reason("nop_serial", "Nomor urut NOP (angka ke-14 sampai ke-17) mulai dari 0001", field),)
    if value[17] not in MARKS:
        return (Reason("nop_mark", "Angka terakhir NOP harus 0, 7, atau 9", field),)
    return ()


def clean(text: str) -> str:
    """Without the separators that people write: dots, hyphens, spaces."""
    return digits.clean(text).replace("-", "")


def make(block: str, serial: int, mark: str = ONE_OWNER) -> Nop:
    """The number of an object of `block` (thirteen digits); Refused when its parts cannot be one."""
    if serial > LAST_SERIAL:
        raise Refused.because("nop_serial", "Blok ini sudah penuh: nomor urut NOP paling banyak 9999", "nop")
    return parse(f"{block}{serial:04d}{mark}")
