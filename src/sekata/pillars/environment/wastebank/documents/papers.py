"""Receipt, passbook page, statement, sale slip, month report, route sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from sekata.kernel.documents import pdf
from sekata.kernel.documents.paper import Office, address
from sekata.kernel.documents.pictures import qr
from sekata.lib.words import month_name, terbilang
from sekata.web import words

TEMPLATES = Path(__file__).resolve().parent.parent / "typst"


@dataclass(frozen=True)
class Period:
    """Both days are inside."""

    since: date
    until: date

    def __str__(self) -> str:
        return f"{words.plain_date(self.since)} – {words.plain_date(self.until)}"


@dataclass(frozen=True)
class Line:
    """A movement of an account: rupiah in above zero, out below, and what was there after it."""

    day: date
    memo: str
    amount: int
    balance: int

    def facts(self) -> dict[str, str]:
        return {
            "day": words.short_date(self.day),
            "memo": self.memo,
            "debit": words.rupiah(-self.amount) if self.amount < 0 else "",
            "credit": words.rupiah(self.amount) if self.amount > 0 else "",
            "balance": words.rupiah(self.balance),
        }


@dataclass(frozen=True)
class Weighed:
    """A material as it was weighed or sold. unit: kg, liter, buah."""

    name: str
    quantity: Decimal
    unit: str
    price: int
    amount: int

    def facts(self) -> dict[str, str]:
        return {
            "name": self.name,
            "quantity": f"{words.number(self.quantity.normalize() + 0)} {self.unit}",
            "price": words.rupiah(self.price),
            "amount": words.rupiah(self.amount),
        }


@dataclass(frozen=True)
class Row:
    """A label and what stands beside it, as printed."""

    label: str
    value: str


def receipt(
    *,
    office: Office,
    number: str,
    provisional: str,
    customer: str,
    weighed_at: datetime,
    weigher: str,
    scale: str,
    list_version: int,
    lines: Sequence[Weighed],
    gross: int,
    credited: int,
    warnings: Sequence[str],
    cancelled: str,
    check_url: str,
    issued_at: datetime,
) -> bytes:
    """The receipt of a deposit on a roll of 58 mm. cancelled: why it does not count any more, else empty."""
    facts = _head(office, f"Struk setoran {number}", check_url, issued_at) | {
        "number": number,
        "provisional": provisional,
        "customer": customer,
        "weighed": words.date_time(weighed_at),
        "weigher": weigher,
        "scale": scale or "–",
        "list_version": str(list_version),
        "lines": [line.facts() for line in lines],
        "gross": words.rupiah(gross),
        "share": words.rupiah(gross - credited) if gross != credited else "",
        "credited": words.rupiah(credited),
        "warnings": list(warnings),
        "cancelled": cancelled,
    }
    return pdf.render(TEMPLATES / "receipt.typ", facts)


def statement(
    *,
    office: Office,
    number: str,
    name: str,
    period: Period,
    opening: int,
    lines: Sequence[Line],
    closing: int,
    holds: Sequence[tuple[str, int]],
    unclaimed: int,
    check_url: str,
    issued_at: datetime,
) -> bytes:
    """Rekening koran: opening, lines, holds, closing. holds: money set aside when it was printed."""
    held = sum(amount for _, amount in holds)
    facts = _head(office, f"Rekening koran {number}", check_url, issued_at) | {
        "number": number,
        "name": name,
        "period": str(period),
        "opening": words.rupiah(opening),
        "lines": [line.facts() for line in lines],
        "closing": words.rupiah(closing),
        "closing_words": terbilang(closing) if closing >= 0 else "",
        "incoming": words.rupiah(sum(line.amount for line in lines if line.amount > 0)),
        "outgoing": words.rupiah(-sum(line.amount for line in lines if line.amount < 0)),
        "holds": [{"memo": memo, "amount": words.rupiah(amount)} for memo, amount in holds],
        "available": words.rupiah(closing - held) if holds else "",
        "unclaimed": words.rupiah(unclaimed) if unclaimed else "",
    }
    return pdf.render(TEMPLATES / "statement.typ", facts)


def passbook(
    *,
    office: Office,
    number: str,
    name: str,
    lines: Sequence[Line],
    opening: int,
    check_url: str,
    issued_at: datetime,
) -> bytes:
    """A page of the passbook: the latest lines, oldest first, each with the balance after it."""
    facts = _head(office, f"Buku tabungan {number}", check_url, issued_at) | {
        "number": number,
        "name": name,
        "opening": words.rupiah(opening),
        "lines": [line.facts() for line in lines],
    }
    return pdf.render(TEMPLATES / "passbook.typ", facts)


def sale_slip(
    *,
    office: Office,
    number: str,
    buyer: str,
    state: str,
    slip: str,
    lines: Sequence[Weighed],
    rejected: Sequence[Row],
    total: int,
    check_url: str,
    issued_at: datetime,
) -> bytes:
    """Nota penjualan: what a collector took, at which price, and what was refused."""
    facts = _head(office, f"Nota penjualan {number}", check_url, issued_at) | {
        "number": number,
        "buyer": buyer,
        "state": state,
        "slip": slip or "–",
        "lines": [line.facts() for line in lines],
        "rejected": [[row.label, row.value] for row in rejected],
        "total": words.rupiah(total),
        "words": terbilang(total),
    }
    return pdf.render(TEMPLATES / "sale_slip.typ", facts)


def month_report(
    *,
    office: Office,
    month: date,
    figures: Sequence[Row],
    accounts: Sequence[tuple[str, str, int, int, int, int]],
    materials: Sequence[tuple[str, Decimal, Decimal]],
    pools: Mapping[str, int],
    check_url: str,
    issued_at: datetime,
) -> bytes:
    """Laporan bulanan: the trial balance of a month, tonnes by material, and how the surplus is shared.

    accounts: code, name, opening, debit, credit, closing; debits above zero.
    """
    name = f"{month_name(month.month)} {month.year}"
    facts = _head(office, f"Laporan bulanan {name}", check_url, issued_at) | {
        "month": name,
        "figures": [[row.label, row.value] for row in figures],
        "accounts": [[code, text, *map(words.rupiah, sums)] for code, text, *sums in accounts],
        "materials": [[text, words.number(come, 3), words.number(gone, 3)] for text, come, gone in materials],
        "pools": [[text, words.rupiah(amount)] for text, amount in pools.items()],
    }
    return pdf.render(TEMPLATES / "month_report.typ", facts)


def route(
    *,
    office: Office,
    day: date,
    driver: str,
    stops: Sequence[Mapping[str, str]],
    issued_at: datetime,
) -> bytes:
    """Lembar rute jemput: stops in their order, with room for weight and signature. stops: place, name, address,
    estimate."""
    facts = _head(office, f"Rute jemput {words.plain_date(day)}", "", issued_at) | {
        "day": words.long_date(day),
        "driver": driver,
        "stops": [dict(one) for one in stops],
    }
    return pdf.render(TEMPLATES / "route.typ", facts)


def _head(office: Office, title: str, check_url: str, issued_at: datetime) -> dict[str, object]:
    return {
        "title": title,
        "office": office.facts(),
        "issued_at": issued_at,
        "issued": words.date_time(issued_at),
        "check_address": address(check_url),
        "qr": qr(check_url) if check_url else "",
    }
