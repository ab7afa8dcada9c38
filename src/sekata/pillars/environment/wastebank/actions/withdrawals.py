"""Withdrawals: asking, approving, handing over, calling off. What a biller does is in `billing.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sekata.kernel.cases import actions as cases
from sekata.kernel.journal.actions import Repeated, action
from sekata.kernel.ledger import actions as ledger
from sekata.kernel.ledger.queries import Hold
from sekata.kernel.people import vault
from sekata.kernel.reference.queries import Value
from sekata.lib import clock, money
from sekata.lib.actor import Actor, system
from sekata.lib.numbers import digits
from sekata.lib.result import Refused, insist
from sekata.pillars.environment.wastebank.actions import books
from sekata.pillars.environment.wastebank.actions.steps import advance, take_numbers
from sekata.pillars.environment.wastebank.codes import CustomerStatus, WithdrawalKind
from sekata.pillars.environment.wastebank.models import Customer, WasteBank, Withdrawal
from sekata.pillars.environment.wastebank.queries import books as reading
from sekata.pillars.environment.wastebank.queries import withdrawals as found
from sekata.pillars.environment.wastebank.queries.law import Law, law
from sekata.pillars.environment.wastebank.rights import CUSTOMER, DIRECT, KEEP_CASH, OWN
from sekata.pillars.environment.wastebank.rules import balances, bookkeeping, numbers
from sekata.pillars.environment.wastebank.standards.biller import Inquiry
from sekata.pillars.environment.wastebank.workflow import WITHDRAWAL

SUITE = system("wastebank.withdrawals")


@dataclass(frozen=True)
class Asked:
    """What a customer wants to take out. target: meter, tax object, card, account or customer number."""

    submission: UUID
    kind: str
    amount: int
    target: str = ""

    def content(self) -> dict[str, object]:
        """What makes two submissions the same."""
        return vars(self) | {"submission": None}


def check_target(kind: str, target: str, at: datetime) -> str:
    """The target as the biller wants it; refused where its form cannot be right, before anything is asked or held."""
    rows = law(at).table("withdrawal_kind")
    if kind not in rows:
        raise Refused.because("kind", "Jenis penarikan ini tidak dilayani.", "kind")
    row = rows[kind]
    if not row["lengths"]:
        return ""
    insist(numbers.target_reasons(_target(row), target))
    return digits.clean(target).replace("-", "")


def _target(row: Value) -> numbers.Target:
    return numbers.Target(row["name"], tuple(row["lengths"]), row["pattern"])


def ask(
    *,
    actor: Actor,
    customer: Customer,
    asked: Asked,
    inquired: Inquiry | None = None,
    at: datetime | None = None,
) -> Withdrawal:
    """Ask for a withdrawal from the own account; the same submission again is the same withdrawal.

    inquired: what the biller said about the target, for kinds that a biller serves.
    """
    return _once(_ask, actor=actor, customer=customer, asked=asked, inquired=inquired, at=at or clock.now())


def ask_at_desk(
    *,
    actor: Actor,
    bank: WasteBank,
    customer: Customer,
    asked: Asked,
    inquired: Inquiry | None = None,
    at: datetime | None = None,
) -> Withdrawal:
    """The same for somebody who stands at the counter, with card or passbook."""
    given = {"bank": bank, "customer": customer, "asked": asked, "inquired": inquired}
    return _once(_ask_at_desk, actor=actor, at=at or clock.now(), **given)


def _once(act: Callable[..., Withdrawal], **given: object) -> Withdrawal:
    try:
        return act(**given)
    except Repeated as repeated:
        return found.by_key(repeated.answer["case"])


@action(right=CUSTOMER, event="wastebank.withdrawal.asked", keeps=("customer",))
def _ask(
    *, actor: Actor, customer: Customer, asked: Asked, inquired: Inquiry | None, at: datetime
) -> Withdrawal:
    if customer.person_id is None or customer.person_id != (actor.acting_for or actor.person):
        raise Refused.because("not_yours", "Rekening ini bukan milik Anda.", status=403)
    return _begin(actor, customer, asked, inquired, at)


@action(right=KEEP_CASH | DIRECT, event="wastebank.withdrawal.asked", on="bank", keeps=("customer",))
def _ask_at_desk(
    *,
    actor: Actor,
    bank: WasteBank,
    customer: Customer,
    asked: Asked,
    inquired: Inquiry | None,
    at: datetime,
) -> Withdrawal:
    if customer.bank_id != bank.pk:
        raise Refused.because("bank", f"Nasabah {customer.bank.code}; tarik di bank itu.", "customer")
    return _begin(actor, customer, asked, inquired, at)


def _begin(
    actor: Actor, customer: Customer, asked: Asked, inquired: Inquiry | None, at: datetime
) -> Withdrawal:
    rulebook = law(at)
    target = check_target(asked.kind, asked.target, at)
    row = _row(actor, customer, asked, inquired, rulebook, at)
    if row.kind == WithdrawalKind.TRANSFER_TO_CUSTOMER:
        row.receiver = _receiver(customer, target)
        row.payee = row.receiver.name
    label = WithdrawalKind(row.kind).label
    row.case = cases.begin_case(
        actor=actor,
        workflow=WITHDRAWAL,
        opening=cases.Opening(
            title=f"{label} {money.shown(row.amount)}",
            unit=customer.bank.case.unit_id,
            applicant=customer.person_id,
        ),
        subject=row,
        terms=rulebook.terms,
        at=at,
        words=cases.Words(says=WITHDRAWAL.state(WITHDRAWAL.initial).says),
        claim=cases.Claim(f"wastebank.withdrawal:{asked.submission}", asked.content()),
    )
    if target:
        row.secret = vault.put({"target": target}, at)
        row.mark = f"…{target[-4:]}"
    row.hold = _hold(row, customer, rulebook, at)
    _number(row, at)
    if not balances.needs_second_person(row.amount, rulebook.limit("approval_limit")):
        advance(row, WITHDRAWAL, "approve_small", actor=SUITE, at=at)
    return row


def _row(
    actor: Actor, customer: Customer, asked: Asked, inquired: Inquiry | None, rulebook: Law, at: datetime
) -> Withdrawal:
    _check_customer(customer)
    by_biller = found.by_biller(asked.kind, rulebook)
    if by_biller and inquired is None:
        raise Refused.because("inquiry", "Penyedia belum ditanyai; coba lagi.", "target", status=409)
    if inquired and inquired.refusal:
        raise Refused.because("target", inquired.refusal, "target")
    if inquired and inquired.amount and inquired.amount != asked.amount:
        message = f"Tagihannya {money.shown(inquired.amount)}; bayar sebesar itu."
        raise Refused.because("amount", message, "amount")
    return Withdrawal(
        submission=asked.submission,
        bank=customer.bank,
        customer=customer,
        kind=asked.kind,
        payee=inquired.name[:120] if inquired else "",
        amount=asked.amount,
        fee=rulebook.limit("withdrawal_fee"),
        charge=inquired.fee if inquired else 0,
        quote=_quote(inquired),
        requested_by=actor.person,
    )


def _quote(inquired: Inquiry | None) -> dict[str, object] | None:
    """R13: both prices, as they were shown."""
    if inquired is None or not inquired.per_gram:
        return None
    return {"per_gram": inquired.per_gram, "buy_back": inquired.buy_back}


def _check_customer(customer: Customer) -> None:
    if customer.status == CustomerStatus.PENDING:
        raise Refused.because("customer_pending", "Rekening ini belum diaktifkan.", status=409)
    if customer.status == CustomerStatus.CLOSED:
        raise Refused.because("customer_closed", "Rekening ini sudah ditutup.", status=409)
    owing = reading.debt(customer)
    if owing:
        message = f"Rekening dibatasi: masih ada piutang {money.shown(owing)} dari setoran yang dibatalkan."
        raise Refused.because("customer_debt", message, status=409)


def _receiver(customer: Customer, number: str) -> Customer:
    insist(numbers.customer_reasons(number, "target"))
    receiver = Customer.objects.filter(
        bank=customer.bank, number=number, status=CustomerStatus.ACTIVE
    ).first()
    if receiver is None or receiver.pk == customer.pk:
        message = "Nomor itu bukan nasabah lain yang aktif di bank ini."
        raise Refused.because("receiver", message, "target")
    return receiver


def _hold(row: Withdrawal, customer: Customer, rulebook: Law, at: datetime) -> Hold:
    """R5: set amount, fee and charge aside under a lock of the account."""
    books.lock(customer)
    free = reading.standing(customer)
    charges = row.fee + row.charge
    insist(balances.withdrawal_reasons(free, row.amount, charges, rulebook.limit("withdrawal_minimum")))
    Customer.objects.filter(pk=customer.pk).update(
        moved_on=at.astimezone(clock.WIB).date(), status=CustomerStatus.ACTIVE
    )
    return ledger.hold(
        book=reading.book_of(customer.bank),
        account=bookkeeping.CUSTOMERS,
        holder=customer.number,
        amount=row.total,
        key=f"wastebank.withdrawal:{row.submission}",
        memo=WithdrawalKind(row.kind).label,
        at=at,
    )


def _number(row: Withdrawal, at: datetime) -> None:
    year = at.astimezone(clock.WIB).year
    (serial,) = take_numbers(row.bank, "withdrawal", year, 1)
    row.save(force_insert=True)
    cases.enter(row.case, f"PT-{row.bank.bank_no}-{year}-{serial:06d}")


@action(right=DIRECT, event="wastebank.withdrawal.approved", on="taken", watches=("case.state",))
def approve(*, actor: Actor, taken: Withdrawal, at: datetime) -> Withdrawal:
    """R11: above the limit a second person lets it pass."""
    given = {"first": taken.requested_by, "second": actor.person}
    advance(taken, WITHDRAWAL, "approve", actor=actor, at=at, given=given)
    return _write(taken, approved_by=actor.person)


@action(
    right=KEEP_CASH,
    event="wastebank.withdrawal.paid",
    on="taken",
    watches=("case.state",),
    keeps=("reference",),
)
def pay(*, actor: Actor, taken: Withdrawal, reference: str = "", at: datetime) -> Withdrawal:
    """Cash, goods or a bank transfer was handed over: the hold becomes a debit."""
    if taken.kind == WithdrawalKind.BANK_TRANSFER and not reference.strip():
        raise Refused.because("reference", "Tulis nomor bukti transfer.", "reference")
    advance(taken, WITHDRAWAL, "pay", actor=actor, at=at, given=_who(taken, actor))
    _check_money(taken)
    entry = _entry(taken)
    cause = books.Cause(f"wastebank.withdrawal:{taken.case.number}", _memo(taken), taken)
    draft = books.draft(cause, entry, books.open_day(taken.bank, at.astimezone(clock.WIB).date()))
    ledger.capture(hold=taken.hold, draft=draft, at=at)
    return _write(taken, paid_at=at, reference=reference.strip())


def _entry(taken: Withdrawal) -> bookkeeping.Entry:
    number = taken.customer.number
    if taken.kind == WithdrawalKind.TRANSFER_TO_CUSTOMER:
        return bookkeeping.moved(number, taken.receiver.number, taken.amount, taken.fee)
    return bookkeeping.paid_out(number, taken.amount, taken.fee, _source(taken))


def _source(taken: Withdrawal) -> str:
    return bookkeeping.BANK_ACCOUNT if taken.kind == WithdrawalKind.BANK_TRANSFER else bookkeeping.CASH


def _check_money(taken: Withdrawal) -> None:
    """Nobody hands over what the book says is not there."""
    if taken.kind == WithdrawalKind.TRANSFER_TO_CUSTOMER:
        return
    there = reading.money_in(taken.bank, _source(taken))
    if there < taken.amount:
        message = f"Uang tercatat {money.shown(there)}, kurang dari {money.shown(taken.amount)}. Catat uang masuk dulu."
        raise Refused.because("no_money", message, status=409)


def _memo(taken: Withdrawal) -> str:
    mark = f" {taken.mark}" if taken.mark else ""
    return f"{WithdrawalKind(taken.kind).label}{mark} {taken.case.number}"


def _who(taken: Withdrawal, actor: Actor) -> dict[str, object]:
    by_biller = found.by_biller(taken.kind, law(taken.case.received_at))
    return {"owner": taken.customer.person_id, "who": actor.person, "biller": by_biller}


@action(
    right=KEEP_CASH | DIRECT,
    event="wastebank.withdrawal.called_off",
    on="taken",
    watches=("case.state",),
    keeps=("reason",),
)
def call_off(*, actor: Actor, taken: Withdrawal, reason: str, at: datetime) -> Withdrawal:
    """It was not handed over after all: the hold goes, the balance is whole again."""
    given = {"biller": taken.sent_at is not None, "reason": reason}
    advance(taken, WITHDRAWAL, "call_off", actor=actor, at=at, reason=reason, given=given)
    ledger.release(hold=taken.hold, at=at)
    return taken


@action(right=OWN | DIRECT, event="wastebank.withdrawal.cancelled", on="taken", watches=("case.state",))
def cancel(*, actor: Actor, taken: Withdrawal, at: datetime) -> Withdrawal:
    """The customer thinks better of it, before anybody has approved."""
    advance(taken, WITHDRAWAL, "cancel", actor=actor, at=at)
    ledger.release(hold=taken.hold, at=at)
    return taken


def expire(**_: object) -> int:
    """Nightly job: what nobody has paid out within the limit goes back to its account; how many."""
    at = clock.now()
    gone = found.stale(at)
    for taken in gone:
        _expire(actor=SUITE, taken=taken, at=at)
    return len(gone)


@action(right=WITHDRAWAL.transition("expire").by, event="wastebank.withdrawal.expired", on="taken")
def _expire(*, actor: Actor, taken: Withdrawal, at: datetime) -> Withdrawal:
    advance(taken, WITHDRAWAL, "expire", actor=actor, at=at)
    ledger.release(hold=taken.hold, at=at)
    return taken


def _write(taken: Withdrawal, **changes: object) -> Withdrawal:
    for name, value in changes.items():
        setattr(taken, name, value)
    taken.save(update_fields=list(changes))
    return taken
