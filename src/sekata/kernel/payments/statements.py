"""What banks write about a day, read into lines: their transaction report (JSON of SNAP BI, or CSV) and MT940."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

import mt940

from sekata.kernel.payments.models import Channel
from sekata.kernel.payments.standards import numbers
from sekata.lib import clock

MOST_LINES = 100_000
COLUMNS = ("trx_at", "customer_no", "amount", "bank_ref")
CREDITS = frozenset({"C", "RD"})
NO_REFERENCE = frozenset({"NONREF", ""})
STATEMENT = re.compile(r"^:20:", re.MULTILINE)
DIGITS = re.compile(r"[0-9]{13,18}")


class Unreadable(Exception):
    """A file that is not what it should be; the message is for the treasurer and names the line."""


@dataclass(frozen=True)
class Row:
    """A line as read. day: WIB day of the transaction; settled_on: when the account moved; amount: signed rupiah."""

    place: int
    day: date
    settled_on: date
    customer_no: str
    amount: int
    bank_ref: str
    text: str
    trx_at: datetime | None = None
    channel: str = ""
    request_id: str = ""
    terminal: str = ""


def read(kind: str, content: bytes) -> list[Row]:
    """The lines of a file of that kind (`SettlementFile.Kind`). Raises Unreadable; never a part of a file."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("Berkas ini bukan teks. Unduh lagi dari bank.") from error
    rows = READERS[kind](text)
    if not rows:
        raise Unreadable("Berkas ini tidak memuat satu baris pun.")
    if len(rows) > MOST_LINES:
        raise Unreadable(f"Berkas ini lebih dari {MOST_LINES} baris. Pecah menurut hari.")
    return rows


def report(text: str) -> list[Row]:
    """A transaction report: a JSON list (or SNAP BI answer with `virtualAccountData`), else CSV with a head."""
    if text.lstrip()[:1] in ("[", "{"):
        items = _items(text)
        return [_row(place, _of_snap(item, place), json.dumps(item)) for place, item in _numbered(items)]
    lines = [line for line in text.splitlines() if line.strip()]
    head = lines[0] if lines else ""
    table = csv.DictReader(io.StringIO("\n".join(lines)), delimiter=";" if ";" in head else ",")
    missing = [name for name in COLUMNS if name not in (table.fieldnames or ())]
    if missing:
        raise Unreadable(f"Kolom ini tidak ada: {', '.join(missing)}.")
    return [_row(place, item, lines[place]) for place, item in _numbered(table)]


def _numbered(items: Iterable) -> Iterable[tuple[int, Mapping]]:
    return enumerate(items, start=1)


def _items(text: str) -> list:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise Unreadable("Isi JSON terpotong atau rusak.") from error
    items = found.get("virtualAccountData") if isinstance(found, dict) else found
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise Unreadable("Laporan ini tidak memuat daftar transaksi.")
    return items


def _of_snap(item: Mapping, place: int) -> dict[str, str]:
    """A transaction in the words of SNAP BI as columns of ours."""
    more = item.get("additionalInfo") or {}
    money = item.get("paidAmount") or item.get("totalAmount") or {}
    if not isinstance(more, Mapping) or not isinstance(money, Mapping):
        raise Unreadable(f"Baris {place}: bentuk transaksi tidak dikenal.")
    request = item.get("paymentRequestId") or item.get("inquiryRequestId") or ""
    found = {
        "trx_at": item.get("trxDateTime") or item.get("transactionDate"),
        "customer_no": item.get("customerNo") or item.get("virtualAccountNo"),
        "amount": money.get("value"),
        "bank_ref": more.get("journalSeq") or item.get("originalReferenceNo") or request,
        "request_id": request,
        "terminal": more.get("terminalId"),
        "channel": more.get("channel"),
        "settled_on": more.get("settlementDate"),
    }
    return {name: value if isinstance(value, str) else "" for name, value in found.items()}


def _row(place: int, item: Mapping[str, str | None], text: str) -> Row:
    given = {name: (value or "").strip() for name, value in item.items() if isinstance(value, str)}
    at = _part(place, "trx_at", given, _moment)
    day = at.astimezone(clock.WIB).date()
    channel = given.get("channel", "").lower() or Channel.VA.value
    if channel not in Channel.values:
        raise Unreadable(f"Baris {place}: kanal “{channel[:20]}” tidak dikenal.")
    row = Row(
        place=place,
        day=day,
        settled_on=_part(place, "settled_on", given, date.fromisoformat) if given.get("settled_on") else day,
        customer_no="".join(given.get("customer_no", "").split()),
        amount=_part(place, "amount", given, _amount),
        bank_ref=given.get("bank_ref", ""),
        text=text,
        trx_at=at,
        channel=channel,
        request_id=given.get("request_id", ""),
        terminal=given.get("terminal", ""),
    )
    if not row.bank_ref or not row.customer_no:
        raise Unreadable(f"Baris {place}: nomor bank atau nomor pelanggan kosong.")
    if (
        len(row.bank_ref) > 64
        or len(row.request_id) > 64
        or len(row.terminal) > 32
        or len(row.customer_no) > 28
    ):
        raise Unreadable(f"Baris {place}: ada nomor yang terlalu panjang.")
    return row


def _part(place: int, name: str, given: Mapping[str, str], parse: Callable[[str], object]):
    text = given.get(name, "")
    try:
        return parse(text)
    except ValueError as error:
        raise Unreadable(f"Baris {place}: {name} “{text[:40]}” tidak terbaca.") from error


def _moment(text: str) -> datetime:
    """ISO 8601; a time without a zone is the regency's."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=clock.WIB)


def _amount(text: str) -> int:
    try:
        exact = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not exact.is_finite() or exact != exact.to_integral_value() or not 0 < exact < 10**16:
        raise ValueError(text)
    return int(exact)


def statement(text: str) -> list[Row]:
    """The movements of MT940 statements (:61: with :86:); each must add up from its opening to its closing balance."""
    starts = [found.start() for found in STATEMENT.finditer(text)]
    if not starts:
        raise Unreadable("Berkas ini bukan MT940: tidak ada :20:.")
    rows: list[Row] = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        rows += _statement(text[start:end], len(rows))
    return rows


def _statement(text: str, before: int) -> list[Row]:
    try:
        parsed = mt940.parse(text)
    except (RuntimeError, ValueError, TypeError, ArithmeticError, LookupError) as error:
        raise Unreadable("MT940 ini tidak terbaca; unduh lagi dari bank.") from error
    rows = [_movement(before + place, one.data) for place, one in enumerate(parsed, start=1)]
    opening, closing = (_balance(parsed.data, side) for side in ("opening", "closing"))
    if opening is None or closing is None or opening + sum(row.amount for row in rows) != closing:
        raise Unreadable("Saldo awal dan mutasi di MT940 ini tidak sampai ke saldo akhirnya.")
    return rows


def _balance(data: Mapping, side: str) -> int | None:
    found = data.get(f"final_{side}_balance") or data.get(f"intermediate_{side}_balance")
    return None if found is None else _rupiah(found.amount)


def _rupiah(amount) -> int:
    exact = amount.amount
    if amount.currency != "IDR" or exact != exact.to_integral_value():
        raise Unreadable("MT940 ini tidak dalam rupiah penuh.")
    return int(exact)


def _movement(place: int, data: Mapping) -> Row:
    size = abs(_rupiah(data["amount"]))
    if not size:
        raise Unreadable(f"Mutasi {place} tanpa jumlah.")
    reference = (data.get("customer_reference") or "").strip()
    details = data.get("transaction_details") or ""
    entered = data.get("entry_date") or data["date"]
    return Row(
        place=place,
        day=date(data["date"].year, data["date"].month, data["date"].day),
        settled_on=date(entered.year, entered.month, entered.day),
        customer_no=_customer(f"{data.get('bank_reference') or ''} {details}"),
        amount=size if data["status"].upper() in CREDITS else -size,
        bank_ref="" if reference in NO_REFERENCE else reference,
        text=f"{data['date']} {data['status']} {size} {reference} {details}".strip(),
    )


def _customer(text: str) -> str:
    """The customer number in what a bank says of a movement: the last 13 of 13 to 18 digits that close by Luhn."""
    found = (digits[-numbers.CUSTOMER_DIGITS :] for digits in DIGITS.findall(text))
    return next((digits for digits in found if numbers.valid_customer_no(digits)), "")


READERS: dict[str, Callable[[str], list[Row]]] = {"report": report, "statement": statement}
