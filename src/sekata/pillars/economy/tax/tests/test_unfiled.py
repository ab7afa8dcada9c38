"""Months nobody filed: reminder, warning, estimate; the bill for paying late (R9 to R12)."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from sekata.kernel.ledger import queries as ledger
from sekata.kernel.notify.models import Message
from sekata.lib.tests.helpers import refusal
from sekata.pillars.economy.tax.actions import assessing, billing, books, reminding, returns
from sekata.pillars.economy.tax.codes import TaxType
from sekata.pillars.economy.tax.models import Assessment, FilingNotice, TaxObject, TaxReturn
from sekata.pillars.economy.tax.queries.unfiled import missing
from sekata.pillars.economy.tax.tests.letters import tax_object
from sekata.pillars.economy.tax.tests.test_books import SYSTEM


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 3, tzinfo=UTC)


def filed(office, shop, period: str, when: datetime, received: int = 48_500_000) -> TaxReturn:
    begun = returns.begin(actor=office.payer, tax_object=shop, period=period, submission=uuid4(), at=when)
    lines = [{"label": "Makan", "received": received}]
    return returns.file(actor=office.payer, filing=begun, lines=lines, at=when)


@pytest.fixture
def shop(office) -> TaxObject:
    """A restaurant since December that filed December alone."""
    made = tax_object(office, TaxType.FOOD)
    TaxObject.objects.update(starts=date(2025, 12, 1))
    filed(office, made, "2025-12", at(1, 10))
    return made


def test_r9_a_month_is_missing_after_its_last_day_of_filing(shop):
    last = date(2026, 2, 20)
    assert not missing(last) and [(m.period, m.file_by) for m in missing(date(2026, 2, 23))] == [
        ("2026-01", last)
    ]
    assert not missing(date(2026, 2, 23), taxpayer=shop.taxpayer_id + 1)
    TaxObject.objects.update(status="closed")
    assert not missing(date(2026, 2, 23))


def test_r11_reminder_warning_and_estimate_follow_each_other_once(office, shop, clock):
    with clock(at(2, 23)):
        assert (reminding.remind(), reminding.remind(), reminding.warn()) == (1, 0, 0)
    with clock(at(3, 4)):
        assert reminding.warn() == 0
    with clock(at(3, 5)):
        assert (reminding.warn(), reminding.warn(), reminding.estimate()) == (1, 0, 0)
    warning = FilingNotice.objects.get(kind="warning")
    with clock(datetime(warning.due_on.year, warning.due_on.month, warning.due_on.day, 3, tzinfo=UTC)):
        assert reminding.estimate() == 0
    with clock(at(5, 4)):
        reminding.estimate()
        assert reminding.estimate() == 0
    made = Assessment.objects.get(period="2026-01")
    assert (made.ground, made.state, made.principal) == ("ex_officio", "draft", 4_850_000)
    assert made.increase == 2_425_000 and made.facts["warning"] == warning.number
    said = list(Message.objects.filter(template__startswith="tax.").values_list("subject", flat=True))
    assert said == ["SPTPD 2026-01 belum kami terima", "Surat Teguran SPTPD 2026-01"]


def test_r11_what_is_filed_after_all_is_not_estimated(office, shop, clock):
    for day in (at(2, 23), at(3, 5)):
        with clock(day):
            reminding.remind()
            reminding.warn()
    filed(office, shop, "2026-01", at(3, 9))
    for month in ("2026-02", "2026-03"):
        filed(office, shop, month, at(4, 9))
    with clock(at(5, 4)):
        assert reminding.estimate() == 0


def test_r11_an_object_that_never_filed_waits_for_an_auditor(office, shop, clock):
    TaxReturn.objects.all().delete()
    for day in (at(2, 23), at(3, 5), at(5, 4)):
        with clock(day):
            reminding.remind()
            reminding.warn()
            assert reminding.estimate() == 0


def test_r10_a_return_paid_late_gets_an_stpd_for_its_interest_alone(office, shop, clock):
    filing = TaxReturn.objects.get()
    assert filing.pay_by == date(2026, 1, 14)
    billing.settle_return(actor=SYSTEM, filing=filing, on=date(2026, 3, 16), at=at(3, 16))
    with clock(at(3, 17)):
        assert (reminding.bill_late(), reminding.bill_late()) == (1, 0)
    stpd = Assessment.objects.get(kind="stpd")
    assert (stpd.principal, stpd.interest, stpd.total) == (0, 145_500, 145_500)


def test_r10_r22_an_unpaid_return_is_billed_with_its_tax_and_booked_with_its_interest(office, shop, clock):
    with clock(at(2, 10)):
        assert reminding.bill_late() == 0
    with clock(at(2, 17)):
        assert reminding.bill_late() == 1
    stpd = Assessment.objects.get(kind="stpd")
    assert (stpd.principal, stpd.interest) == (4_850_000, 97_000)
    before = ledger.balance(books.book(date(2026, 2, 17)), "1.1.03.19")
    assessing.approve(actor=office.audit_head, assessment=stpd, at=at(2, 18))
    assessing.issue(actor=office.assessor, assessment=stpd, at=at(2, 18))
    assert ledger.balance(books.book(date(2026, 2, 18)), "1.1.03.19") == before + 97_000
    billing.settle_assessment(
        actor=SYSTEM, assessment=stpd, amount=stpd.total, on=date(2026, 2, 20), at=at(2, 20)
    )
    assert TaxReturn.objects.get().state == "paid"


def test_r10_paid_in_time_costs_nothing(office, shop):
    filing = TaxReturn.objects.get()
    billing.settle_return(actor=SYSTEM, filing=filing, on=date(2026, 1, 14), at=at(1, 14))
    assert refusal(reminding.draft_stpd, actor=SYSTEM, filing=filing, at=at(3, 1)) == ["in_time"]
