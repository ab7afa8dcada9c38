"""Sales to collectors, and transfers from a unit to its central."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sekata.kernel.journal.actions import action
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import Refused, insist
from sekata.pillars.environment.wastebank.actions import books, stocks
from sekata.pillars.environment.wastebank.actions.steps import move, take_numbers, tell_suspense
from sekata.pillars.environment.wastebank.codes import BankKind, MoveKind
from sekata.pillars.environment.wastebank.models import (
    Collector,
    Sale,
    SaleLine,
    Transfer,
    TransferLine,
    WasteBank,
)
from sekata.pillars.environment.wastebank.queries.law import Law, law
from sekata.pillars.environment.wastebank.rights import DIRECT, KEEP_CASH, WEIGH
from sekata.pillars.environment.wastebank.rules import bookkeeping, pricing, stock
from sekata.pillars.environment.wastebank.rules.quantities import quantity_reasons
from sekata.pillars.environment.wastebank.workflow import SALE, TRANSFER


@dataclass(frozen=True)
class Goods:
    """A material to be sold or sent: kilograms, and rupiah per kilogram."""

    material: str
    kg: Decimal
    price: int
    grade: str = ""


@dataclass(frozen=True)
class Rejected:
    """Of a sold line: kilograms the buyer refused, and those of them that came back."""

    kg: Decimal
    returned_kg: Decimal = Decimal(0)


def _checked(goods: Sequence[Goods], at: datetime) -> None:
    materials = law(at).materials
    if not goods:
        raise Refused.because("empty", "Isi sedikitnya satu jenis.", "lines")
    if len({(one.material, one.grade) for one in goods}) < len(goods):
        raise Refused.because("twice", "Satu jenis cukup satu baris.", "lines")
    for one in goods:
        if one.material not in materials:
            raise Refused.because("material", f"Jenis {one.material} tidak ada dalam katalog.", "lines")
        insist(quantity_reasons(one.kg, "kg", "kg"))
        if one.price < 0:
            raise Refused.because("price_negative", "Harga tidak boleh kurang dari nol.", "price")


def _number(bank: WasteBank, code: str, letters: str, at: datetime) -> str:
    year = at.astimezone(clock.WIB).year
    (serial,) = take_numbers(bank, code, year, 1)
    return f"{letters}-{bank.bank_no}-{year}-{serial:05d}"


@action(right=DIRECT, event="wastebank.sale.planned", on="bank", keeps=("collector",))
def plan_sale(
    *, actor: Actor, bank: WasteBank, collector: Collector, goods: Sequence[Goods], at: datetime
) -> Sale:
    """Plan a sale; nothing moves yet."""
    _checked(goods, at)
    sale = Sale.objects.create(
        bank=bank,
        number=_number(bank, "sale", "PJ", at),
        collector=collector,
        planned_by=actor.person,
        planned_at=at,
    )
    SaleLine.objects.bulk_create(
        SaleLine(sale=sale, material=one.material, grade=one.grade, kg=one.kg, price=one.price)
        for one in goods
    )
    return sale


@action(right=WEIGH | DIRECT, event="wastebank.sale.weighed_out", on="bank", keeps=("sale", "slip"))
def weigh_out(
    *, actor: Actor, bank: WasteBank, sale: Sale, weights: Mapping[int, Decimal], slip: str, at: datetime
) -> Sale:
    """The goods leave at their average cost (R8). weights: line -> kilograms really weighed."""
    _own(bank, sale)
    move(
        sale, SALE, "weigh_out", actor=actor, bank=bank, changes={"weighed_out_at": at, "slip": slip.strip()}
    )
    for line in sale.lines.order_by("material", "grade"):
        line.kg = weights.get(line.pk, line.kg)
        insist(quantity_reasons(line.kg, "kg", "kg"))
        line.cost = stocks.take(bank, line.material, line.kg, MoveKind.OUT_SALE, at, sale=sale)
        line.save(update_fields=["kg", "cost"])
    cost = sum(line.cost for line in sale.lines.all())
    _enter(sale, "out", "Keluar untuk", bookkeeping.sale_weighed_out(cost), at)
    return sale


def _enter(sale: Sale, step: str, words: str, entry: bookkeeping.Entry, at: datetime) -> None:
    """Enter what has happened to a sale, each step once."""
    cause = books.Cause(f"wastebank.sale:{sale.number}:{step}", f"{words} {sale.number}", sale)
    books.enter(bank=sale.bank, cause=cause, entry=entry, at=at)


@action(right=DIRECT, event="wastebank.sale.accepted", on="bank", keeps=("sale",))
def accept_sale(
    *, actor: Actor, bank: WasteBank, sale: Sale, rejected: Mapping[int, Rejected], at: datetime
) -> Sale:
    """The buyer took the goods, less what was refused; what came back returns at the cost it left with."""
    _own(bank, sale)
    move(sale, SALE, "accept", actor=actor, bank=bank, changes={"accepted_at": at})
    for line in sale.lines.order_by("material", "grade"):
        refused = rejected.get(line.pk, Rejected(Decimal(0)))
        if not 0 <= refused.returned_kg <= refused.kg <= line.kg:
            raise Refused.because("rejected", "Berat yang ditolak tidak mungkin.", "rejected_kg")
        line.rejected_kg, line.returned_kg = refused.kg, refused.returned_kg
        line.revenue = pricing.line_amount(line.kg - refused.kg, line.price)
        if refused.returned_kg:
            line.returned_value = stock.take_out(stock.Stock(line.kg, line.cost), refused.returned_kg).cost
            stocks.put(
                bank, line.material, line.returned_kg, line.returned_value, MoveKind.ADJUST, at,
                sale=sale, note="returned",
            )  # fmt: skip
        line.save(update_fields=["rejected_kg", "returned_kg", "revenue", "returned_value"])
    lines = list(sale.lines.all())
    revenue, returned = (sum(getattr(line, name) for line in lines) for name in ("revenue", "returned_value"))
    entry = bookkeeping.sale_accepted(sale.collector.code, revenue, returned)
    _enter(sale, "accepted", "Penjualan", entry, at)
    return sale


@action(right=KEEP_CASH | DIRECT, event="wastebank.sale.invoiced", on="bank", keeps=("sale",))
def invoice_sale(*, actor: Actor, bank: WasteBank, sale: Sale, at: datetime) -> Sale:
    """The buyer was asked to pay."""
    _own(bank, sale)
    move(sale, SALE, "invoice", actor=actor, bank=bank, changes={"invoiced_at": at})
    return sale


@action(right=KEEP_CASH, event="wastebank.sale.paid", on="bank", keeps=("sale", "into"))
def receive_payment(*, actor: Actor, bank: WasteBank, sale: Sale, into: str, at: datetime) -> Sale:
    """The buyer paid, in cash (1101) or into the bank account (1102)."""
    _own(bank, sale)
    if into not in (bookkeeping.CASH, bookkeeping.BANK_ACCOUNT):
        raise Refused.because("into", "Pilih kas atau rekening bank.", "into")
    move(sale, SALE, "receive_payment", actor=actor, bank=bank, changes={"paid_at": at, "paid_into": into})
    revenue = sum(sale.lines.values_list("revenue", flat=True))
    entry = bookkeeping.sale_paid(sale.collector.code, revenue, into)
    _enter(sale, "paid", "Pembayaran", entry, at)
    return sale


@action(right=DIRECT, event="wastebank.sale.cancelled", on="bank", keeps=("sale",))
def cancel_sale(*, actor: Actor, bank: WasteBank, sale: Sale, at: datetime) -> Sale:
    """Drop a sale that has not left yet."""
    _own(bank, sale)
    move(sale, SALE, "cancel", actor=actor, bank=bank)
    return sale


def _own(bank: WasteBank, sale: Sale) -> None:
    if sale.bank_id != bank.pk:
        raise Refused.because("sale", "Penjualan itu milik bank lain.", status=404)


@action(right=WEIGH | DIRECT, event="wastebank.transfer.sent", on="bank", keeps=("number",))
def send(*, actor: Actor, bank: WasteBank, goods: Sequence[Goods], at: datetime) -> Transfer:
    """Send material to the bank's central; it leaves the stock now, what it earned follows from what arrives."""
    if bank.kind != BankKind.UNIT or bank.parent is None:
        raise Refused.because("parent", "Bank ini tidak berinduk.", "central")
    _checked(goods, at)
    sent = Transfer.objects.create(
        bank=bank,
        central=bank.parent,
        number=_number(bank, "transfer", "KR", at),
        sent_by=actor.person,
        sent_at=at,
    )
    for one in sorted(goods, key=lambda one: one.material):
        cost = stocks.take(bank, one.material, one.kg, MoveKind.OUT_TRANSFER, at, transfer=sent)
        TransferLine.objects.create(
            transfer=sent, material=one.material, sent_kg=one.kg, price=one.price, cost=cost
        )
    return sent


@action(right=WEIGH | DIRECT, event="wastebank.transfer.received", on="bank", keeps=("transfer",))
def receive(
    *, actor: Actor, bank: WasteBank, transfer: Transfer, weights: Mapping[str, Decimal], at: datetime
) -> Transfer:
    """The central weighs what arrives: within the tolerance it is received, more than was sent waits (R9).

    weights: material -> kilograms, zero where nothing arrived.
    """
    _mine(bank, transfer)
    lines, rulebook = _weighed(transfer, weights), law(at)
    disputed = any(
        stock.received_reasons(line.sent_kg, line.received_kg, rulebook.tolerance(line.material))
        for line in lines
    )
    changes = {"received_by": actor.person, "received_at": at}
    move(transfer, TRANSFER, "dispute" if disputed else "receive", actor=actor, bank=bank, changes=changes)
    for line in lines:
        line.save(update_fields=["received_kg"])
    if not disputed:
        _take_in(bank, transfer, lines, rulebook, at)
    return transfer


@action(right=DIRECT, event="wastebank.transfer.agreed", on="bank", keeps=("transfer", "reason"))
def agree(
    *,
    actor: Actor,
    bank: WasteBank,
    transfer: Transfer,
    weights: Mapping[str, Decimal],
    reason: str,
    at: datetime,
) -> Transfer:
    """Settle a disputed transfer on weights that the director stands for."""
    _mine(bank, transfer)
    lines = _weighed(transfer, weights)
    move(transfer, TRANSFER, "agree", actor=actor, bank=bank, given={"reason": reason})
    for line in lines:
        line.save(update_fields=["received_kg"])
    _take_in(bank, transfer, lines, law(at), at)
    return transfer


def _mine(bank: WasteBank, transfer: Transfer) -> None:
    if transfer.central_id != bank.pk:
        raise Refused.because("transfer", "Kiriman itu untuk bank lain.", status=404)


def _weighed(transfer: Transfer, weights: Mapping[str, Decimal]) -> list[TransferLine]:
    lines = list(transfer.lines.order_by("material"))
    for line in lines:
        weighed = weights.get(line.material)
        if weighed is None or weighed < 0:
            raise Refused.because("weight", f"Berat {line.material} belum diisi.", "kg")
        line.received_kg = weighed
    return lines


def _take_in(
    bank: WasteBank, transfer: Transfer, lines: Sequence[TransferLine], rulebook: Law, at: datetime
) -> None:
    """The central's stock comes in at the price of what arrived; the rest is the leg's shrinkage (R9)."""
    for line in lines:
        line.amount = pricing.line_amount(line.received_kg, line.price)
        found = stock.variance(
            stock.Stock(line.sent_kg, line.cost), line.received_kg, rulebook.tolerance(line.material)
        )
        line.loss, line.beyond = max(0, found.value), found.beyond
        line.save(update_fields=["amount", "loss", "beyond"])
        if line.received_kg:
            given = line.received_kg, line.amount, MoveKind.IN_TRANSFER, at
            stocks.put(bank, line.material, *given, transfer=transfer)
    _enter_transfer(transfer, lines, at)
    beyond = [line.material for line in lines if line.beyond]
    if beyond:
        tell_suspense(transfer.bank, beyond, at)


def _enter_transfer(transfer: Transfer, lines: Sequence[TransferLine], at: datetime) -> None:
    """A sale of the unit, a debt of the central (R6)."""
    amount, cost = sum(line.amount for line in lines), sum(line.cost for line in lines)
    loss = sum(line.loss for line in lines if not line.beyond)
    suspense = sum(line.loss for line in lines if line.beyond)
    cause = books.Cause(f"wastebank.transfer:{transfer.number}", f"Kiriman {transfer.number}", transfer)
    unit, central = transfer.bank, transfer.central
    sold = bookkeeping.transfer_out(central.code, amount, cost, loss, suspense)
    books.enter(bank=unit, cause=cause, entry=sold, at=at)
    books.enter(bank=central, cause=cause, entry=bookkeeping.transfer_in(unit.code, amount), at=at)
