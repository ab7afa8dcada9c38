"""What each process remembers of charts and books: their keys, which never change."""

from dataclasses import dataclass, field

from sekata.kernel.ledger.models import Account, Book


@dataclass
class _Memory:
    books: dict[str, Book] = field(default_factory=dict)
    accounts: dict[int, dict[str, Account]] = field(default_factory=dict)


_memory = _Memory()


def forget() -> None:
    """Read charts and books anew."""
    _memory.books.clear()
    _memory.accounts.clear()


def book(code: str) -> Book:
    """The book of that code. Raises Book.DoesNotExist."""
    if code not in _memory.books:
        _memory.books[code] = Book.objects.get(code=code)
    return _memory.books[code]


def account(of: Book, code: str) -> Account:
    """The account of a book's chart. Raises KeyError for one that the chart lacks."""
    known = _memory.accounts.get(of.chart_id, {})
    if code not in known:
        known = _memory.accounts[of.chart_id] = {
            one.code: one for one in Account.objects.filter(chart=of.chart_id)
        }
    return known[code]
