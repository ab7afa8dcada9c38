"""R5 what a customer can withdraw, R13 gold by weight. A balance is counted, never a number that somebody edits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_DOWN, Decimal

from sekata.lib import money
from sekata.lib.result import Reason

GRAM_PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Account:
    """Whole rupiah: all credits, all debits, active holds."""

    credits: int
    debits: int = 0
    holds: int = 0

    @property
    def balance(self) -> int:
        """What the bank owes."""
        return self.credits - self.debits

    @property
    def available(self) -> int:
        """What can be asked for now."""
        return self.balance - self.holds


def withdrawal_reasons(account: Account, amount: int, fee: int, minimum: int) -> Iterable[Reason]:
    """R5: below the minimum, or more than is available with the fee. The hold taken is amount + fee."""
    if amount < minimum:
        yield Reason("minimum", f"minimum {money.shown(minimum)}", "amount")
    elif amount + fee > account.available:
        yield Reason("available", f"dapat ditarik {money.shown(max(0, account.available))}", "amount")


def needs_second_person(amount: int, limit: int) -> bool:
    """R11: above the limit in force a withdrawal needs the director's approval."""
    return amount > limit


def reversal_split(amount: int, available: int) -> tuple[int, int]:
    """R5: (taken from the balance, left as the customer's debt) when a deposit of `amount` is reversed."""
    taken = min(amount, max(0, available))
    return taken, amount - taken


@dataclass(frozen=True)
class Quote:
    """Rupiah per gram to buy and to sell back; both are shown."""

    per_gram: int
    buy_back: int
    expires_at: datetime


def grams(amount: int, per_gram: int) -> Decimal:
    """R13: cut to four decimals, never rounded up."""
    return (Decimal(amount) / per_gram).quantize(GRAM_PLACES, ROUND_DOWN)


def quote_reasons(quote: Quote, at: datetime) -> Iterable[Reason]:
    """R13: an expired quote is not executed."""
    if at >= quote.expires_at:
        yield Reason("quote_expired", "Harga emas sudah lewat waktunya; minta harga baru", "quote")
