"""Reading a bank's book: what customers have, what lies in the cash box, whether customers' money is covered."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Max

from sekata.kernel.ledger import queries as ledger
from sekata.kernel.ledger.queries import Book
from sekata.pillars.environment.wastebank.codes import PeriodState
from sekata.pillars.environment.wastebank.models import Customer, Deposit, Period, WasteBank
from sekata.pillars.environment.wastebank.rules import bookkeeping
from sekata.pillars.environment.wastebank.rules.balances import Account

CHART = "wastebank"
END = date(9999, 12, 1)


def code_of(bank: WasteBank) -> str:
    """The code of the bank's book."""
    return f"wastebank.{bank.code}"


def book_of(bank: WasteBank) -> Book:
    """The bank's own book, opened at its decree."""
    return ledger.book(code_of(bank))


def deposit_key(made: Deposit) -> str:
    """What names a deposit in the books: one deposit, one entry."""
    return f"wastebank.deposit:{made.number}"


def first_open_days(banks: Sequence[WasteBank]) -> dict[int, date]:
    """bank -> the first day on which its book still takes entries."""
    closed = dict(
        Period.objects.filter(bank__in=banks, state=PeriodState.CLOSED)
        .values("bank")
        .annotate(last=Max("month"))
        .values_list("bank", "last")
    )
    return {bank.pk: _after(closed.get(bank.pk), bank) for bank in banks}


def _after(closed: date | None, bank: WasteBank) -> date:
    opened = bank.decree_on
    return max(opened, (closed + timedelta(days=32)).replace(day=1)) if closed else opened


def standing(customer: Customer) -> Account:
    """R5: what the customer has, and what of it is set aside."""
    book = book_of(customer.bank)
    held = ledger.active_holds(book, bookkeeping.CUSTOMERS, customer.number)
    balance = ledger.balance(book, bookkeeping.CUSTOMERS, customer.number)
    return Account(balance, holds=sum(one.amount for one in held))


def holds(customer: Customer) -> list:
    """Money set aside, the oldest first."""
    return ledger.active_holds(book_of(customer.bank), bookkeeping.CUSTOMERS, customer.number)


def debt(customer: Customer) -> int:
    """R5: what a reversal has left the customer owing."""
    return ledger.balance(book_of(customer.bank), bookkeeping.CUSTOMER_DEBT, customer.number)


def balances(bank: WasteBank) -> dict[str, int]:
    """customer number -> rupiah, of everybody with a balance."""
    return ledger.balances(book_of(bank), bookkeeping.CUSTOMERS)


def held_by(bank: WasteBank, account: str) -> dict[str, int]:
    """holder -> balance of a held account: collectors, billers, banks, pools."""
    return ledger.balances(book_of(bank), account)


def money_in(bank: WasteBank, account: str = bookkeeping.CASH, until: date | None = None) -> int:
    """Rupiah that should lie in the cash box or on the bank account, at the end of `until` or now."""
    return ledger.balance(book_of(bank), account, until=until)


def sheet(bank: WasteBank) -> dict[str, int]:
    """account -> balance, debits above zero."""
    rows = ledger.trial_balance(book_of(bank), date(1, 1, 1), END)
    return {row.code: row.closing for row in rows}


def coverage(bank: WasteBank) -> Fraction | None:
    """R6: what covers customers' money, as a fraction of it; None when nothing is owed."""
    return bookkeeping.coverage(sheet(bank))


def turnovers(bank: WasteBank, months: tuple[date, date]) -> list[ledger.Turnover]:
    """Accounts over whole months, from the first up to but without the second."""
    return ledger.trial_balance(book_of(bank), *months)


def surplus(rows: Iterable[ledger.Turnover]) -> int:
    """R10: what was earned: revenue less cost, shrinkage and running costs."""
    return sum(row.credit - row.debit for row in rows if row.code in bookkeeping.EARNED)
