"""R6 and R7: the book entries of every event, as values. Positive is debit, negative credit; each entry sums to 0.

Books are those of one bank, never the regency's. What a customer holds is a debt of the bank.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sekata.pillars.environment.wastebank.rules.balances import reversal_split

CASH, BANK_ACCOUNT, STOCK, RECEIVABLE, CUSTOMER_DEBT = "1101", "1102", "1201", "1301", "1302"
CUSTOMERS, CLEARING, UNITS_PAYABLE, POOLS = "2101", "2102", "2201", "2301"
CAPITAL, SHARED_PROFIT = "3101", "3201"
SALES, FEES, COST, SHRINKAGE, SUSPENSE, RUNNING = "4101", "4102", "5101", "5201", "5209", "5301"
EARNED = (SALES, FEES, COST, SHRINKAGE, SUSPENSE, RUNNING)
MONEY = (CASH, BANK_ACCOUNT)
COVERING = (CASH, BANK_ACCOUNT, STOCK, RECEIVABLE)
OWED = (CUSTOMERS, CLEARING, UNITS_PAYABLE)
UNCLAIMED = "U"


@dataclass(frozen=True)
class Posting:
    """One line of an entry. holder: customer number, bank or collector behind a sub-account."""

    account: str
    amount: int
    holder: str = ""


Entry = tuple[Posting, ...]


def _entry(*lines: Posting) -> Entry:
    """Lines without the empty ones; ValueError unless they sum to zero."""
    if sum(line.amount for line in lines):
        raise ValueError("an entry must balance")
    return tuple(line for line in lines if line.amount)


def deposit(customer: str, credited: int) -> Entry:
    """A deposit: stock comes in at what the customer is credited with."""
    return _entry(Posting(STOCK, credited), Posting(CUSTOMERS, -credited, customer))


def top_up(customer: str, amount: int) -> Entry:
    """R2: the difference to a dearer price in force."""
    return deposit(customer, amount)


def guest_weighed(home: str, credited: int) -> Entry:
    """A guest's deposit in the book of the bank that weighed: the stock is here, the money is owed to the home bank."""
    return _entry(Posting(STOCK, credited), Posting(UNITS_PAYABLE, -credited, home))


def guest_credited(customer: str, weighed_by: str, credited: int) -> Entry:
    """The same deposit in the home bank's book: its customer is credited, the other bank owes it."""
    return _entry(Posting(RECEIVABLE, credited, weighed_by), Posting(CUSTOMERS, -credited, customer))


def reversal(customer: str, credited: int, available: int, stock_value: int) -> Entry:
    """A deposit taken back: what the balance no longer holds becomes the customer's debt (R5).

    stock_value: what leaves the stock; where the average cost has moved the difference is shrinkage.
    """
    return _entry(*_taken_back(customer, credited, available), *_out_of_stock(credited, stock_value))


def guest_reversal_weighed(home: str, credited: int, stock_value: int) -> Entry:
    """A guest's deposit taken back, in the book of the bank that weighed."""
    return _entry(Posting(UNITS_PAYABLE, credited, home), *_out_of_stock(credited, stock_value))


def guest_reversal_credited(customer: str, weighed_by: str, credited: int, available: int) -> Entry:
    """A guest's deposit taken back, in the home bank's book."""
    taken = _taken_back(customer, credited, available)
    return _entry(*taken, Posting(RECEIVABLE, -credited, weighed_by))


def _taken_back(customer: str, credited: int, available: int) -> Entry:
    taken, debt = reversal_split(credited, available)
    return Posting(CUSTOMERS, taken, customer), Posting(CUSTOMER_DEBT, debt, customer)


def _out_of_stock(credited: int, stock_value: int) -> Entry:
    return Posting(STOCK, -stock_value), Posting(SHRINKAGE, stock_value - credited)


def paid_out(customer: str, amount: int, fee: int = 0, source: str = CASH) -> Entry:
    """Money paid over the counter or from the bank account; a fee stays with the bank."""
    if source not in MONEY:
        raise ValueError("money goes out in cash or from the bank account")
    return _entry(Posting(CUSTOMERS, amount + fee, customer), Posting(source, -amount), Posting(FEES, -fee))


def biller_paid(customer: str, amount: int, charge: int, biller: str, fee: int = 0) -> Entry:
    """A token, tax bill or premium was bought: the customer's money waits for the biller's settlement.

    charge: the biller's own; fee: the bank's.
    """
    return _entry(
        Posting(CUSTOMERS, amount + charge + fee, customer),
        Posting(CLEARING, -(amount + charge), biller),
        Posting(FEES, -fee),
    )


def biller_settled(amount: int, biller: str) -> Entry:
    """The biller has been paid from the bank account."""
    return _entry(Posting(CLEARING, amount, biller), Posting(BANK_ACCOUNT, -amount))


def moved(source: str, target: str, amount: int, fee: int = 0) -> Entry:
    """From one customer of the bank to another; a fee stays with the bank."""
    lines = Posting(CUSTOMERS, amount + fee, source), Posting(CUSTOMERS, -amount, target)
    return _entry(*lines, Posting(FEES, -fee))


def debt_paid(customer: str, amount: int, source: str) -> Entry:
    """R5: a customer settles what a reversal left owing, in money or from the balance."""
    taken = Posting(source, amount, customer if source == CUSTOMERS else "")
    return _entry(taken, Posting(CUSTOMER_DEBT, -amount, customer))


def opening_balance(customer: str, amount: int) -> Entry:
    """A balance that a customer brings along from the books before these: owed at the expense of the capital."""
    return _entry(Posting(CAPITAL, amount), Posting(CUSTOMERS, -amount, customer))


def capital_paid_in(amount: int, into: str) -> Entry:
    """Money that the bank's founders or a grant put in."""
    return _entry(Posting(into, amount), Posting(CAPITAL, -amount))


def cost_paid(amount: int, source: str) -> Entry:
    """What running the bank costs: sacks, transport, wages."""
    return _entry(Posting(RUNNING, amount), Posting(source, -amount))


def between_own(source: str, target: str, amount: int) -> Entry:
    """Cash brought to the bank account, or fetched from it."""
    return _entry(Posting(target, amount), Posting(source, -amount))


def settled_to(creditor: str, amount: int) -> Entry:
    """A bank pays what it owes another, from its bank account."""
    return _entry(Posting(UNITS_PAYABLE, amount, creditor), Posting(BANK_ACCOUNT, -amount))


def settled_by(debtor: str, amount: int) -> Entry:
    """The other bank's side of it."""
    return _entry(Posting(BANK_ACCOUNT, amount), Posting(RECEIVABLE, -amount, debtor))


def pool_paid(pool: str, amount: int, source: str) -> Entry:
    """Operators' or social share of the surplus is handed over."""
    return _entry(Posting(POOLS, amount, pool), Posting(source, -amount))


def sale_weighed_out(cost: int) -> Entry:
    """Material leaves at its average cost."""
    return _entry(Posting(COST, cost), Posting(STOCK, -cost))


def sale_accepted(collector: str, revenue: int, returned: int = 0) -> Entry:
    """The collector accepts: revenue, and the cost of rejected kilograms that come back."""
    return _entry(
        Posting(RECEIVABLE, revenue, collector),
        Posting(SALES, -revenue),
        Posting(STOCK, returned),
        Posting(COST, -returned),
    )


def sale_paid(collector: str, amount: int, into: str = BANK_ACCOUNT) -> Entry:
    """The collector pays in cash or into the bank account."""
    if into not in (CASH, BANK_ACCOUNT):
        raise ValueError("money comes in cash or into the bank account")
    return _entry(Posting(into, amount), Posting(RECEIVABLE, -amount, collector))


def shrinkage(value: int, beyond_tolerance: bool) -> Entry:
    """R9: a count found less (value above 0) or more (below 0) than the book."""
    return _entry(Posting(SUSPENSE if beyond_tolerance else SHRINKAGE, value), Posting(STOCK, -value))


def suspense_closed(value: int) -> Entry:
    """R9: the cause of a large difference was found; it becomes shrinkage."""
    return _entry(Posting(SHRINKAGE, value), Posting(SUSPENSE, -value))


def transfer_out(central: str, revenue: int, cost: int, loss: int = 0, suspense: int = 0) -> Entry:
    """The unit's side of a transfer: a sale on the received kilograms.

    cost: of all that was sent, of which loss (within the tolerance) and suspense (beyond it) never arrived (R9).
    """
    return _entry(
        Posting(RECEIVABLE, revenue, central),
        Posting(SALES, -revenue),
        Posting(COST, cost - loss - suspense),
        Posting(SHRINKAGE, loss),
        Posting(SUSPENSE, suspense),
        Posting(STOCK, -cost),
    )


def transfer_in(unit: str, amount: int) -> Entry:
    """The central's side: stock against what it owes the unit."""
    return _entry(Posting(STOCK, amount), Posting(UNITS_PAYABLE, -amount, unit))


def distribution(shares: Mapping[str, int], pools: Mapping[str, int] | None = None) -> Entry:
    """R10: customers' share of the surplus, credited to each; pools: what is owed to operators and social purposes."""
    credits = [Posting(CUSTOMERS, -share, customer) for customer, share in sorted(shares.items())]
    owed = [Posting(POOLS, -share, pool) for pool, share in sorted((pools or {}).items())]
    total = sum(shares.values()) + sum((pools or {}).values())
    return _entry(Posting(SHARED_PROFIT, total), *credits, *owed)


def unclaimed(customer: str, amount: int) -> Entry:
    """R19: the money stays owed, listed apart."""
    return moved(customer, UNCLAIMED + customer, amount)


def coverage(balances: Mapping[str, int]) -> Fraction | None:
    """R6: assets that cover what is owed, as a fraction; None when nothing is owed. Debits are positive."""
    owed = -sum(balances.get(account, 0) for account in OWED)
    if owed <= 0:
        return None
    return Fraction(sum(balances.get(account, 0) for account in COVERING), owed)


def is_covered(balances: Mapping[str, int]) -> bool:
    """R6: whether customers' money is covered in full; otherwise the desk shows a red banner."""
    share = coverage(balances)
    return share is None or share >= 1


@dataclass(frozen=True)
class Shares:
    """R7: what of a gross amount is the customer's and what the bank's."""

    customer: int
    bank: int


def split_gross(gross: int, percent: int) -> Shares:
    """R7: the customer's percentage, cut to whole rupiah; the remainder is always the bank's."""
    if not 0 <= percent <= 100:
        raise ValueError("a percentage lies between 0 and 100")
    customer = gross * percent // 100
    return Shares(customer, gross - customer)


def balances_of(entries: Sequence[Entry]) -> dict[str, int]:
    """account -> sum over entries."""
    found: dict[str, int] = {}
    for entry in entries:
        for line in entry:
            found[line.account] = found.get(line.account, 0) + line.amount
    return found
