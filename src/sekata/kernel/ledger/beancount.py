"""A book as Beancount text (version 3), so that an outsider's `bean-check` judges whether it balances.

Accounts stand under Beancount's five roots by their code, holders below their account; amounts are whole rupiah (IDR).
Each account that is open gets an assertion of its balance on the day after the last.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from sekata.kernel.ledger import queries
from sekata.kernel.ledger.models import Account, Book, Kind

ROOTS = {
    Kind.ASSET: "Assets",
    Kind.LIABILITY: "Liabilities",
    Kind.EQUITY: "Equity",
    Kind.REVENUE: "Income",
    Kind.EXPENSE: "Expenses",
}


def export(book: Book, until: date) -> Iterator[str]:
    """Lines of the whole book up to the end of a day."""
    kinds = dict(Account.objects.filter(chart=book.chart_id).values_list("code", "kind"))
    yield f'option "title" {_quoted(book.name)}'
    yield 'option "operating_currency" "IDR"'
    opened: set[str] = set()
    balances: dict[str, int] = {}
    for entry, lines in queries.entries(book, book.opened, until):
        yield from _opening(book, [_name(kinds, *line[:2]) for line in lines], opened)
        yield f"{entry.day.isoformat()} * {_quoted(entry.memo)}"
        yield f"  key: {_quoted(entry.key)}"
        for account, holder, amount in lines:
            name = _name(kinds, account, holder)
            balances[name] = balances.get(name, 0) + amount
            yield f"  {name}  {amount} IDR"
    after = until + timedelta(days=1)
    for name in sorted(balances):
        yield f"{after.isoformat()} balance {name}  {balances[name]} IDR"


def _opening(book: Book, names: list[str], opened: set[str]) -> Iterator[str]:
    for name in names:
        if name not in opened:
            opened.add(name)
            yield f"{book.opened.isoformat()} open {name} IDR"


def _name(kinds: dict[str, str], account: str, holder: str) -> str:
    """`Liabilities:2101:00120004510`: each part begins with a capital or a digit and has letters, digits, hyphens."""
    parts = [ROOTS[Kind(kinds[account])], *filter(None, (account, holder))]
    return ":".join(part if index == 0 else _part(part) for index, part in enumerate(parts))


def _part(text: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9-]", "-", text)
    return plain if re.match(r"[A-Z0-9]", plain) else f"X{plain}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
