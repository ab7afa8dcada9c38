"""A book like a waste bank's: money, stock, customers, sales, costs."""

from datetime import UTC, date, datetime

import pytest

from sekata.kernel.ledger import actions
from sekata.kernel.ledger.models import Book
from sekata.lib.actor import PERSON, Actor, Holding

AT = datetime(2026, 3, 7, 9, 20, tzinfo=UTC)
DAY = date(2026, 3, 7)
CHART = (
    ("1101", "Kas", "asset", False),
    ("1201", "Persediaan", "asset", False),
    ("2101", "Simpanan nasabah", "liability", True),
    ("4101", "Penjualan", "revenue", False),
    ("5101", "Beban pokok", "expense", False),
)


@pytest.fixture
def book(db) -> Book:
    chart = actions.keep_chart(code="bank", name="Bagan akun bank", accounts=CHART)
    return actions.open_book(code="b1", name='Bank "Sungai"', chart=chart, unit=None, opened=date(2026, 1, 1))


@pytest.fixture
def clerk() -> Actor:
    held = Holding("treasurer", 0, frozenset({None}), permissions=frozenset({"ledger.close"}))
    return Actor(kind=PERSON, person=1, holdings=(held,))
