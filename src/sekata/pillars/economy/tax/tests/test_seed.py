"""The demonstration in small: sown once, every request in its state, books that agree with the letters."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db.models import F, Sum

from sekata.kernel.ledger import queries as ledger
from sekata.pillars.economy.tax.actions import books
from sekata.pillars.economy.tax.codes import PAYABLE, TaxType
from sekata.pillars.economy.tax.models import (
    Assessment,
    LandObject,
    MassBatch,
    Registration,
    TaxReturn,
    Transfer,
)
from sekata.pillars.economy.tax.queries import accounts
from sekata.pillars.economy.tax.seed import businesses, payments, register, seed

AT = datetime(2026, 11, 24, 3, tzinfo=UTC)


@pytest.fixture
def sown(office, clock, monkeypatch) -> int:
    """One village of 150 objects, a business of each kind."""
    monkeypatch.setattr(register, "OBJECTS", 150)
    monkeypatch.setattr(register, "NEW", 40)
    monkeypatch.setattr(businesses, "COUNTS", dict.fromkeys(businesses.COUNTS, 2))
    with clock(AT):
        return seed(at=AT)


def test_the_demonstration_is_sown_once_and_whole(office, sown, clock):
    assert sown == LandObject.objects.count() == 150
    with clock(AT):
        assert seed(at=AT) == 0
    assert list(MassBatch.objects.order_by("tax_year").values_list("tax_year", "state")) == [
        (2024, "issued"), (2025, "issued"), (2026, "issued"),
    ]  # fmt: skip
    assert TaxReturn.objects.count() > 40 and Registration.objects.count() == 20
    assert set(Counter(Transfer.objects.values_list("case__state", flat=True))) >= {
        "draft",
        "billed",
        "withdrawn",
    }


def test_r22_the_books_agree_with_the_letters(office, sown):
    code = accounts.accounts(TaxType.LAND, AT.date()).receivable
    total = F("principal") + F("increase") + F("interest") + F("fine") - F("credit")
    open_letters = Assessment.objects.filter(tax_type=TaxType.LAND, state__in=PAYABLE)
    assert ledger.balance(books.book(AT.date()), code) == open_letters.aggregate(all=Sum(total))["all"]


def test_planned_payments_are_plausible_and_the_same_every_time(office, sown, clock):
    with clock(AT):
        first, again = list(payments.planned(AT)), list(payments.planned(AT))
    assert first == again and 0.5 < len(first) / Assessment.objects.filter(kind="sppt").count() < 0.9
    assert all(one.on <= AT.date() and one.amount == one.letter.total + one.penalty for one in first)
    assert any(one.penalty for one in first)
