"""The words of bookkeeping: lines, and drafts of entries that balance."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Line:
    """A line of an entry: account code, rupiah (a debit above zero, a credit below), and whose it is."""

    account: str
    amount: int
    holder: str = ""


def debit(account: str, amount: int, holder: str = "") -> Line:
    """A line on the left side."""
    return Line(account, amount, holder)


def credit(account: str, amount: int, holder: str = "") -> Line:
    """A line on the right side."""
    return Line(account, -amount, holder)


@dataclass(frozen=True)
class Draft:
    """An entry about to be made. Lines of nothing are left out; the rest must balance.

    key: names the event, once in a book; day: accounting date; source: type and number of the record behind it.
    """

    key: str
    day: date
    memo: str
    lines: tuple[Line, ...]
    source: tuple[str, str] = ("", "")

    def __post_init__(self) -> None:
        kept = tuple(line for line in self.lines if line.amount)
        if any(not isinstance(line.amount, int) for line in kept):
            raise TypeError("money is int")
        if len(kept) < 2 or sum(line.amount for line in kept):
            raise ValueError(f"entry {self.key} does not balance")
        object.__setattr__(self, "lines", kept)
