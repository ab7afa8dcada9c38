"""Import of customers and opening balances from a workbook: rehearsed first, then taken whole or not at all."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db.models import Max

from sekata.kernel.journal.actions import Repeated, action, once
from sekata.kernel.ledger import actions as ledger
from sekata.lib import clock, money
from sekata.lib.actor import Actor
from sekata.lib.result import Reason, Refused
from sekata.pillars.environment.wastebank.actions import books, customers
from sekata.pillars.environment.wastebank.codes import CustomerKind, CustomerStatus
from sekata.pillars.environment.wastebank.models import Customer, WasteBank
from sekata.pillars.environment.wastebank.queries import books as reading
from sekata.pillars.environment.wastebank.rights import DIRECT
from sekata.pillars.environment.wastebank.rules import bookkeeping
from sekata.pillars.environment.wastebank.standards import workbook

COLUMNS = ("nama", "jenis", "nik", "telepon", "no_kk", "rumah_tangga", "desa", "anggota", "saldo")
MOST_REASONS = 50
KINDS = {kind.label.lower(): kind.value for kind in CustomerKind} | {
    kind.value: kind.value for kind in CustomerKind
}


@dataclass(frozen=True)
class Summary:
    """What an import brings: customers, and rupiah that they are owed."""

    customers: int
    total: int


class _Rehearsed(Exception):
    """Everything was written, and is taken back now."""

    def __init__(self, summary: Summary):
        super().__init__("rehearsed")
        self.summary = summary


@dataclass(frozen=True)
class _Row:
    place: int
    new: customers.NewCustomer
    balance: int


def rehearse(
    *, actor: Actor, bank: WasteBank, content: bytes, total: int, at: datetime | None = None
) -> Summary:
    """Do the whole import and take it back: what would come, or every reason against it with its row."""
    try:
        _take(actor=actor, bank=bank, content=content, total=total, keep=False, at=at or clock.now())
    except _Rehearsed as done:
        return done.summary
    raise AssertionError("a rehearsal never ends well")


def take(*, actor: Actor, bank: WasteBank, content: bytes, total: int, at: datetime | None = None) -> Summary:
    """Import customers and balances; the same file again is the same import. total: the control total, rupiah."""
    try:
        return _take(actor=actor, bank=bank, content=content, total=total, keep=True, at=at or clock.now())
    except Repeated as repeated:
        return Summary(**repeated.answer)


@action(right=DIRECT, event="wastebank.customers.imported", on="bank", keeps=("total",))
def _take(*, actor: Actor, bank: WasteBank, content: bytes, total: int, keep: bool, at: datetime) -> Summary:
    rows = _rows(bank, workbook.read(content, COLUMNS))
    found = sum(row.balance for row in rows)
    if found != total:
        message = f"Jumlah saldo {money.shown(found)}, angka kontrol {money.shown(total)}."
        raise Refused.because("control_total", message, "total")
    summary = Summary(len(rows), found)
    if keep:
        _claim(bank, content, summary, at)
    made = _open_all(bank, rows, at)
    if not keep:
        raise _Rehearsed(summary)
    _enter(bank, zip(made, (row.balance for row in rows), strict=True), at)
    return summary


def _claim(bank: WasteBank, content: bytes, summary: Summary, at: datetime) -> None:
    digest = hashlib.sha256(content).hexdigest()
    once(key=f"wastebank.import:{bank.pk}:{digest}", content=digest, answer=vars(summary), at=at)


def _rows(bank: WasteBank, told: Sequence[Mapping[str, str]]) -> list[_Row]:
    reasons, rows = [], []
    for place, row in enumerate(told, 2):
        try:
            rows.append(_row(bank, place, row))
        except Refused as refusal:
            reasons += _at_row(place, refusal)
    if reasons:
        raise Refused(*reasons[:MOST_REASONS])
    if not rows:
        raise Refused.because("empty", "Lembar kerja tidak berisi nasabah.", "file")
    return rows


def _row(bank: WasteBank, place: int, row: Mapping[str, str]) -> _Row:
    kind = KINDS.get((row["jenis"] or "rumah tangga").lower())
    if kind is None:
        raise Refused.because("kind", f"jenis “{row['jenis']}” tidak dikenal", "file")
    members = row["anggota"] or "1"
    if not members.isdigit() or not 1 <= int(members) <= 99:
        raise Refused.because("members", "anggota harus angka 1 sampai 99", "file")
    balance = money.parse(row["saldo"], "file") if row["saldo"] else 0
    if balance < 0:
        raise Refused.because("balance", "saldo tidak boleh kurang dari nol", "file")
    new = customers.NewCustomer(
        request=_request(bank, row),
        name=row["nama"],
        kind=kind,
        nik=row["nik"],
        phone=row["telepon"],
        family_card=row["no_kk"],
        household=row["rumah_tangga"],
        village_code=row["desa"],
        household_size=int(members),
        consent=True,
    )
    return _Row(place, new, balance)


def _request(bank: WasteBank, row: Mapping[str, str]) -> UUID:
    """The same row of the same bank is the same customer."""
    return uuid5(NAMESPACE_OID, f"{bank.pk}|" + "|".join(row[name] for name in COLUMNS))


def _open_all(bank: WasteBank, rows: Sequence[_Row], at: datetime) -> list[Customer]:
    before = Customer.objects.filter(bank=bank).aggregate(last=Max("pk"))["last"] or 0
    reasons, made = [], []
    for row in rows:
        try:
            customer = customers.open_in(bank, row.new, CustomerStatus.ACTIVE, at)
        except Refused as refusal:
            reasons += _at_row(row.place, refusal)
            continue
        if customer.pk <= before or customer in made:
            reasons.append(Reason("twice", f"Baris {row.place}: nasabah ini sudah ada", "file"))
        made.append(customer)
    if reasons:
        raise Refused(*reasons[:MOST_REASONS])
    return made


def _at_row(place: int, refusal: Refused) -> list[Reason]:
    return [Reason(one.code, f"Baris {place}: {one.message}", "file") for one in refusal.reasons]


def _enter(bank: WasteBank, balances, at: datetime) -> None:
    day = books.open_day(bank, at.astimezone(clock.WIB).date())
    drafts = [
        books.draft(
            books.Cause(f"wastebank.opening:{customer.number}", "Saldo pindahan", customer),
            bookkeeping.opening_balance(customer.number, balance),
            day,
        )
        for customer, balance in balances
        if balance
    ]
    ledger.post_many(book=reading.book_of(bank), drafts=drafts, at=at)
