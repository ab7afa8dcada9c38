"""Money of the bank that moves without a withdrawal or a sale: costs, capital, settlements, shares handed over."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from sekata.kernel.journal.actions import action
from sekata.lib import clock, money
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank.actions import books
from sekata.pillars.environment.wastebank.actions.steps import take_numbers
from sekata.pillars.environment.wastebank.codes import VoucherKind as V
from sekata.pillars.environment.wastebank.models import Customer, Voucher, WasteBank
from sekata.pillars.environment.wastebank.queries import banks
from sekata.pillars.environment.wastebank.queries import books as reading
from sekata.pillars.environment.wastebank.rights import KEEP_CASH
from sekata.pillars.environment.wastebank.rules import bookkeeping as b

INTO = frozenset({V.CAPITAL, V.DEBT, V.FROM_BANK})
"""Kinds by which money comes in."""
OWED = MappingProxyType({V.BILLER: b.CLEARING, V.BANK: b.UNITS_PAYABLE, V.POOL: b.POOLS, V.DEBT: b.CUSTOMER_DEBT,
                         V.FROM_BANK: b.RECEIVABLE})  # fmt: skip
"""Kinds that end what somebody owes: the account on which it stands."""
OWN = MappingProxyType({V.TO_ACCOUNT: b.CASH, V.TO_CASH: b.BANK_ACCOUNT, V.BILLER: b.BANK_ACCOUNT,
                        V.BANK: b.BANK_ACCOUNT})  # fmt: skip
"""Kinds whose money comes from an account that is not chosen."""
ENTRIES: Mapping[str, Callable[[Voucher], b.Entry]] = MappingProxyType(
    {
        V.COST: lambda v: b.cost_paid(v.amount, v.account),
        V.CAPITAL: lambda v: b.capital_paid_in(v.amount, v.account),
        V.TO_ACCOUNT: lambda v: b.between_own(b.CASH, b.BANK_ACCOUNT, v.amount),
        V.TO_CASH: lambda v: b.between_own(b.BANK_ACCOUNT, b.CASH, v.amount),
        V.BILLER: lambda v: b.biller_settled(v.amount, v.counterpart),
        V.BANK: lambda v: b.settled_to(v.counterpart, v.amount),
        V.FROM_BANK: lambda v: b.settled_by(v.counterpart, v.amount),
        V.DEBT: lambda v: b.debt_paid(v.counterpart, v.amount, v.account),
        V.POOL: lambda v: b.pool_paid(v.counterpart, v.amount, v.account),
    }
)


@dataclass(frozen=True)
class NewVoucher:
    """What the treasurer writes. account: where money comes from or goes to; counterpart: who is settled with."""

    submission: UUID
    kind: str
    amount: int
    note: str
    account: str = b.CASH
    counterpart: str = ""


@action(right=KEEP_CASH, event="wastebank.voucher.made", on="bank", keeps=("new",))
def enter(*, actor: Actor, bank: WasteBank, new: NewVoucher, at: datetime) -> Voucher:
    """Enter a voucher; the same submission again is the same voucher. What is not there or not owed is refused."""
    known = Voucher.objects.filter(submission=new.submission).first()
    if known:
        return known
    if new.kind == V.FROM_BANK:
        raise Refused.because("kind", "Uang dari bank lain dicatat bank yang membayar.", "kind")
    _check(bank, new)
    made = _write(bank, new, actor, at)
    if new.kind == V.BANK:
        _other_side(bank, new, made, actor, at)
    return made


def _check(bank: WasteBank, new: NewVoucher) -> None:
    if new.amount <= 0:
        raise Refused.because("amount", "Jumlah harus lebih dari nol.", "amount")
    if len(new.note.strip()) < 3:
        raise Refused.because("note", "Tulis untuk apa uangnya.", "note")
    if new.kind not in ENTRIES:
        raise Refused.because("kind", "Jenis bukti kas tidak dikenal.", "kind")
    allowed = (*b.MONEY, b.CUSTOMERS) if new.kind == V.DEBT else b.MONEY
    if new.account not in allowed:
        raise Refused.because("account", "Pilih kas atau rekening bank.", "account")
    if new.kind in OWED:
        _check_owed(bank, new)
    if new.kind not in INTO:
        _check_there(bank, OWN.get(new.kind, new.account), new.amount)
    if new.kind == V.DEBT and new.account == b.CUSTOMERS:
        _check_balance(bank, new)


def _check_owed(bank: WasteBank, new: NewVoucher) -> None:
    owed = reading.held_by(bank, OWED[new.kind]).get(new.counterpart, 0)
    if new.amount > owed:
        message = f"Yang masih harus diselesaikan dengan {new.counterpart or '–'} hanya {money.shown(owed)}."
        raise Refused.because("owed", message, "amount")


def _check_there(bank: WasteBank, account: str, amount: int) -> None:
    there = reading.money_in(bank, account)
    if amount > there:
        raise Refused.because("no_money", f"Uang tercatat hanya {money.shown(there)}.", "amount", status=409)


def _check_balance(bank: WasteBank, new: NewVoucher) -> None:
    customer = Customer.objects.select_related("bank").get(bank=bank, number=new.counterpart)
    books.lock(customer)
    free = reading.standing(customer).available
    if new.amount > free:
        raise Refused.because("available", f"Saldo yang tersedia hanya {money.shown(free)}.", "amount")


def _write(bank: WasteBank, new: NewVoucher, actor: Actor, at: datetime, **own: object) -> Voucher:
    year = at.astimezone(clock.WIB).year
    (serial,) = take_numbers(bank, "voucher", year, 1)
    columns = vars(new) | {"account": OWN.get(new.kind, new.account), "note": new.note.strip()[:160]} | own
    made = Voucher.objects.create(
        bank=bank,
        number=f"BK-{bank.bank_no}-{year}-{serial:05d}",
        made_by=actor.person,
        made_at=at,
        **columns,
    )
    cause = books.Cause(f"wastebank.voucher:{made.number}", f"{made.number} {made.note}", made)
    books.enter(bank=bank, cause=cause, entry=ENTRIES[made.kind](made), at=at)
    return made


def _other_side(bank: WasteBank, new: NewVoucher, made: Voucher, actor: Actor, at: datetime) -> None:
    """What one bank pays another, the other has received."""
    other = banks.by_code(new.counterpart)
    received = NewVoucher(made.submission, V.FROM_BANK, new.amount, f"Dari {bank.name} {made.number}",
                          b.BANK_ACCOUNT, bank.code)  # fmt: skip
    _write(other, received, actor, at, submission=_mirror(made.submission))


def _mirror(submission: UUID) -> UUID:
    """The other side's own number, the same for the same payment."""
    return UUID(int=submission.int ^ 1)
