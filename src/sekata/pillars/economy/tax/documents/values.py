"""The plain values that the printables are made from, and how figures are written on paper."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from sekata.kernel.documents import pdf
from sekata.kernel.documents.paper import Office, Signer, address
from sekata.kernel.documents.pictures import qr
from sekata.lib import words as spoken
from sekata.lib.money import shown
from sekata.web import words

TEMPLATES = Path(__file__).resolve().parent.parent / "typst"

Pairs = Sequence[tuple[str, str]]


def spell(amount: int) -> str:
    """An amount in words (terbilang), as letters carry it: `Delapan puluh tiga ribu rupiah`."""
    return spoken.rupiah(amount).capitalize()


def percent(rate: Decimal) -> str:
    """A rate as people write it: `0,125 %`."""
    return words.percent(Decimal(f"{rate.normalize():f}"))


@dataclass(frozen=True)
class Sheet:
    """What every paper has: the office, when it was issued, who signs, where it can be checked."""

    office: Office
    issued_at: datetime
    check_url: str
    signer: Signer | None = None

    def facts(self, title: str) -> dict[str, object]:
        return {
            "title": title,
            "office": self.office.facts(),
            "issued_at": self.issued_at,
            "issued": words.plain_date(self.issued_at),
            "signer": self.signer.facts() if self.signer else None,
            "check_address": address(self.check_url),
            "qr": qr(self.check_url),
            "copies": [],
        }


@dataclass(frozen=True)
class LandPart:
    """Land or buildings of an object: area in m², class, rupiah per m², value."""

    label: str
    area: int
    class_code: str
    per_metre: int
    value: int

    def facts(self) -> list[str]:
        return [
            self.label,
            words.number(self.area),
            self.class_code,
            words.number(self.per_metre),
            words.number(self.value),
        ]


@dataclass(frozen=True)
class LandLetter:
    """An SPPT as printed. late: interest a month, already written."""

    number: str
    nop: str
    year: int
    book: str
    name: str
    npwpd: str
    address: str
    place: str
    village: str
    district: str
    parts: tuple[LandPart, ...]
    value: int
    deduction: int
    share: Decimal
    rate: Decimal
    tax: int
    due_on: date
    late: str
    pay_address: str

    def facts(self) -> dict[str, object]:
        taxable = int((self.value - self.deduction) * self.share / 100)
        told = {
            name: getattr(self, name)
            for name in (
                "number",
                "nop",
                "book",
                "name",
                "npwpd",
                "address",
                "place",
                "village",
                "district",
                "late",
            )
        }
        return told | {
            "year": str(self.year),
            "parts": [part.facts() for part in self.parts],
            "steps": [
                ["NJOP sebagai dasar pengenaan", shown(self.value)],
                ["NJOP tidak kena pajak (NJOPTKP)", shown(self.deduction)],
                [f"NJOP kena pajak, {percent(self.share)} dari selisihnya", shown(taxable)],
                [f"PBB-P2 terutang, tarif {percent(self.rate)}", shown(self.tax)],
            ],
            "amount": shown(self.tax),
            "words": spell(self.tax),
            "due": words.plain_date(self.due_on),
            "pay_address": self.pay_address,
        }


@dataclass(frozen=True)
class Letter:
    """An assessment other than an SPPT, a receipt, a duty: what it is about and how it was computed."""

    name: str
    number: str
    about: Pairs
    steps: Pairs
    amount: int
    sum_label: str = "Jumlah yang harus dibayar"
    notes: tuple[str, ...] = ()

    def facts(self) -> dict[str, object]:
        return {
            "name": self.name,
            "number": self.number,
            "about": [list(pair) for pair in self.about],
            "steps": [list(pair) for pair in self.steps],
            "amount": shown(self.amount),
            "words": spell(self.amount),
            "sum_label": self.sum_label,
            "notes": list(self.notes),
        }


@dataclass(frozen=True)
class Debt:
    """One letter that is collected: number, day due, principal, what it costs today."""

    number: str
    due_on: date
    principal: int
    total: int

    def facts(self) -> list[str]:
        return [self.number, words.short_date(self.due_on), shown(self.principal), shown(self.total)]


@dataclass(frozen=True)
class Listing:
    """A table over pages (DHKP, monthly report). widths in mm, 0 for what is left; right: columns of figures."""

    name: str
    subject: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    right: tuple[int, ...]
    rows: Sequence[Sequence[str]]
    sums: Pairs = field(default_factory=tuple)

    def facts(self) -> dict[str, object]:
        return {
            "name": self.name,
            "subject": self.subject,
            "heads": list(self.heads),
            "widths": list(self.widths),
            "right": list(self.right),
            "rows": [list(row) for row in self.rows],
            "sums": [list(pair) for pair in self.sums],
        }


def printed(template: str, facts: dict[str, object]) -> bytes:
    """The PDF/A of one of the room's templates."""
    return pdf.render(TEMPLATES / f"{template}.typ", facts)
