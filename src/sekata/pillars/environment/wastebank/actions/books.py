"""Entering in a bank's book: every event of R6 once, in the transaction of the act that caused it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Model

from sekata.kernel.ledger import actions as ledger
from sekata.kernel.ledger.queries import Book, Entry
from sekata.kernel.ledger.terms import Draft, Line
from sekata.lib import clock
from sekata.pillars.environment.wastebank.models import Customer, Deposit, WasteBank
from sekata.pillars.environment.wastebank.queries import books
from sekata.pillars.environment.wastebank.queries.law import Law
from sekata.pillars.environment.wastebank.rules import bookkeeping


@dataclass(frozen=True)
class Cause:
    """Why something is entered. key: names the event, once in a book; row: the record behind it."""

    key: str
    memo: str
    row: Model


def open_book(bank: WasteBank, law: Law) -> Book:
    """Open the bank's own book at its decree, under the chart of accounts in force."""
    chart = ledger.keep_chart(
        code=books.CHART,
        name="Bagan akun bank sampah",
        accounts=[
            (code, row["name"], row["kind"], row["holders"])
            for code, row in sorted(law.table("account").items())
        ],
    )
    return ledger.open_book(
        code=books.code_of(bank), name=bank.name, chart=chart, unit=bank.case.unit, opened=bank.decree_on
    )


def enter(*, bank: WasteBank, cause: Cause, entry: bookkeeping.Entry, at: datetime) -> Entry | None:
    """Enter one event today; an entry of nothing is left out. The same key again is the same entry."""
    if not entry:
        return None
    day = open_day(bank, at.astimezone(clock.WIB).date())
    return ledger.post(book=books.book_of(bank), draft=draft(cause, entry, day), at=at)


def draft(cause: Cause, entry: bookkeeping.Entry, day: date) -> Draft:
    """The ledger's form of an entry."""
    lines = tuple(Line(one.account, one.amount, one.holder) for one in entry)
    source = (cause.row._meta.label_lower, str(cause.row.pk))
    return Draft(key=cause.key, day=day, memo=cause.memo, lines=lines, source=source)


def open_day(bank: WasteBank, day: date) -> date:
    """The day, or the first one after it that the bank's book still takes."""
    return max(day, books.first_open_days([bank])[bank.pk])


def enter_deposits(bank: WasteBank, deposits: Sequence[Deposit], at: datetime) -> None:
    """Enter deposits in sets: own customers in this book, guests in both books, with what the banks owe each other."""
    guests = [one for one in deposits if one.customer.bank_id != bank.pk]
    homes = {one.customer.bank_id: one.customer.bank for one in guests}
    first = books.first_open_days([bank, *homes.values()])
    drafts: dict[int, list[Draft]] = defaultdict(list)
    for one in deposits:
        if one.credited:
            _draft_deposit(drafts, bank, one, first)
    for key, listed in drafts.items():
        ledger.post_many(book=books.book_of(homes.get(key, bank)), drafts=listed, at=at)


def _draft_deposit(
    drafts: dict[int, list[Draft]], bank: WasteBank, one: Deposit, first: Mapping[int, date]
) -> None:
    customer, home = one.customer, one.customer.bank
    cause = Cause(books.deposit_key(one), f"Setoran {one.number}", one)
    if customer.bank_id == bank.pk:
        entry = bookkeeping.deposit(customer.number, one.credited)
        drafts[bank.pk].append(draft(cause, entry, max(one.posted_on, first[bank.pk])))
        return
    here = bookkeeping.guest_weighed(home.code, one.credited)
    there = bookkeeping.guest_credited(customer.number, bank.code, one.credited)
    drafts[bank.pk].append(draft(cause, here, max(one.posted_on, first[bank.pk])))
    drafts[home.pk].append(draft(cause, there, max(one.posted_on, first[home.pk])))


def enter_more(bank: WasteBank, made: Deposit, amount: int, at: datetime) -> None:
    """R2: enter the difference to a dearer price, where the deposit was entered."""
    cause = Cause(f"{books.deposit_key(made)}:top_up", f"Selisih harga {made.number}", made)
    customer = made.customer
    if customer.bank_id == bank.pk:
        enter(bank=bank, cause=cause, entry=bookkeeping.top_up(customer.number, amount), at=at)
        return
    enter(bank=bank, cause=cause, entry=bookkeeping.guest_weighed(customer.bank.code, amount), at=at)
    entry = bookkeeping.guest_credited(customer.number, bank.code, amount)
    enter(bank=customer.bank, cause=cause, entry=entry, at=at)


def enter_reversal(bank: WasteBank, made: Deposit, credited: int, stock_value: int, at: datetime) -> None:
    """R5: take a deposit back; beyond what the customer can spend it becomes the customer's debt."""
    customer = made.customer
    lock(customer)
    free = books.standing(customer).available
    cause = Cause(f"{books.deposit_key(made)}:reversed", f"Pembatalan setoran {made.number}", made)
    if customer.bank_id == bank.pk:
        entry = bookkeeping.reversal(customer.number, credited, free, stock_value)
        enter(bank=bank, cause=cause, entry=entry, at=at)
        return
    here = bookkeeping.guest_reversal_weighed(customer.bank.code, credited, stock_value)
    there = bookkeeping.guest_reversal_credited(customer.number, bank.code, credited, free)
    enter(bank=bank, cause=cause, entry=here, at=at)
    enter(bank=customer.bank, cause=cause, entry=there, at=at)


def lock(customer: Customer) -> None:
    """Let nobody else spend this customer's money until the transaction ends."""
    ledger.lock(book=books.book_of(customer.bank), account=bookkeeping.CUSTOMERS, holder=customer.number)


def shut(bank: WasteBank, month: date) -> None:
    """Close the book up to the end of a month."""
    last = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    ledger.shut(book=books.book_of(bank), until=last)
