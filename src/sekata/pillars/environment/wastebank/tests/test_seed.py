"""The demonstration's banks: whole, the same every time, and their books balance."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum

from sekata.pillars.environment.wastebank.models import (
    Customer,
    Deposit,
    Distribution,
    Stock,
    StockMove,
    Transfer,
    WasteBank,
    Withdrawal,
)
from sekata.pillars.environment.wastebank.queries import banks, books, exports, impact
from sekata.pillars.environment.wastebank.rules import bookkeeping
from sekata.pillars.environment.wastebank.seed import seed
from sekata.pillars.environment.wastebank.tests.conftest import wib
from sekata.pillars.environment.wastebank.tests.test_books import checked, whole

PRESENT = wib("2026-11-18 10:00")


@pytest.fixture
def sown(office):
    return seed(at=PRESENT)


def test_twelve_banks_have_two_years_and_balanced_books(sown, tmp_path):
    assert sown > 10_000 and seed(at=PRESENT) == 0
    found = list(banks.banks().order_by("code"))
    assert len(found) == 12 and {bank.case.state for bank in found} == {"active"}
    for bank in found:
        sheet = whole(bank)
        assert sheet["1101"] >= 0 and sheet.get("1102", 0) >= 0 and bookkeeping.is_covered(sheet)
        assert min(books.balances(bank).values(), default=0) >= 0
        assert bank.periods.order_by("month").last().month == date(2026, 9, 1)
    checked(found[0], tmp_path, PRESENT.date() + timedelta(days=1))
    moved = {(row["bank"], row["material"]): row for row in StockMove.objects.values("bank", "material").annotate(
        kg=Sum("kg"), value=Sum("value"))}  # fmt: skip
    for row in Stock.objects.all():
        one = moved[row.bank_id, row.material]
        assert (one["kg"], one["value"]) == (row.kg, row.value)
    assert Deposit.objects.filter(corrected_at__gte=PRESENT).count() == 0
    assert Withdrawal.objects.count() > 1_000 and Distribution.objects.count() > 5
    assert Transfer.objects.filter(state="conflict").count() == 1
    year = impact.reduction(date(2026, 1, 1), date(2026, 11, 1))
    assert Decimal(10) < year["reduction_t"] < year["intake_t"] * 2
    assert len(exports.sipsn(2026, 1)) == 12


def test_the_same_banks_are_sown_every_time(office):
    seed(at=PRESENT)
    first = [*Deposit.objects.order_by("number").values_list("number", "gross", "corrected_at")[:500]]
    people = [*Customer.objects.order_by("number").values_list("number", "name", "kind")[:200]]
    assert len(first) == 500 and WasteBank.objects.get(code="BSU-1405-001").name == "Bank Sampah Melati"
    assert first[0][0] == "BS-0003-2024-000001" and len({name for _, name, _ in people}) > 100
