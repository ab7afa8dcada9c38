"""R22 What is booked when something becomes payable, changes, or is given back; rupiah, debits above zero."""

from dataclasses import dataclass

from sekata.pillars.economy.tax.rules.books import Accounts

Lines = tuple[tuple[str, int], ...]
"""(account, rupiah) with a debit above zero; they sum to nothing."""


@dataclass(frozen=True)
class Claim:
    """What is asked for. tax: the regency's own; extra: interest, increase and fine; other: what is passed on."""

    tax: int
    extra: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        """The receivable."""
        return self.tax + self.extra + self.other

    def __sub__(self, before: "Claim") -> "Claim":
        return Claim(self.tax - before.tax, self.extra - before.extra, self.other - before.other)


def recognised(claim: Claim, accounts: Accounts, liability: str = "") -> Lines:
    """R22: Dr receivable, Cr revenue and penalties; what belongs to another government is a liability.

    A claim that shrank gives the same lines the other way round. Lines of nothing are left out.
    """
    if claim.other and not liability:
        raise LookupError("no liability account for what is passed on")
    lines = (
        (accounts.receivable, claim.total),
        (accounts.revenue, -claim.tax),
        (accounts.penalty, -claim.extra),
        (liability, -claim.other),
    )
    return tuple(line for line in lines if line[1])


def written_off(amount: int, accounts: Accounts, allowance: str) -> Lines:
    """R22: what the Bupati writes off is taken from the allowance."""
    return ((allowance, amount), (accounts.receivable, -amount)) if amount else ()


def given_back(amount: int, accounts: Accounts, refund: str) -> Lines:
    """R22: a granted refund takes the revenue back; it is owed to the taxpayer."""
    return ((accounts.revenue, amount), (refund, -amount)) if amount else ()


def offset(amount: int, accounts: Accounts, refund: str) -> Lines:
    """R16, R22: arrears settled out of a refund."""
    return ((refund, amount), (accounts.receivable, -amount)) if amount else ()


def paid_out(refund: int, interest: int, accounts: dict[str, str]) -> Lines:
    """R16, R22: a refund leaves the treasury, with interest where it came late."""
    lines = (
        (accounts["refund"], refund),
        (accounts["refund_interest"], interest),
        (accounts["cash"], -refund - interest),
    )
    return tuple(line for line in lines if line[1])
