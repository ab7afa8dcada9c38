"""R22: what the regency's book says, against what the letters say."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db.models import F, Sum

from sekata.kernel.ledger import queries as ledger
from sekata.lib.actor import system
from sekata.pillars.economy.tax.actions import (
    assessing,
    billing,
    books,
    mass_run,
    refunds,
    relief,
    returns,
    transfers,
)
from sekata.pillars.economy.tax.actions import (
    land as declaring,
)
from sekata.pillars.economy.tax.codes import PAYABLE, ObjectionResult, SpopKind, TaxType
from sekata.pillars.economy.tax.models import Assessment, MassBatch
from sekata.pillars.economy.tax.queries import accounts
from sekata.pillars.economy.tax.rules.books import Accounts
from sekata.pillars.economy.tax.rules.recognition import Claim, paid_out, recognised
from sekata.pillars.economy.tax.tests.conftest import NOW
from sekata.pillars.economy.tax.tests.ground import HOUSE, land, zone
from sekata.pillars.economy.tax.tests.letters import open_letter, shortage, tax_object
from sekata.pillars.economy.tax.tests.test_mass import issued
from sekata.pillars.economy.tax.tests.test_transfers import deal

TODAY = date(2026, 2, 2)
SYSTEM = system("test")
CODES = Accounts("R", "P", "D")


def balance(code: str) -> int:
    return ledger.balance(books.book(TODAY), code)


def owed(tax: TaxType) -> int:
    rows = Assessment.objects.filter(tax_type=tax, state__in=PAYABLE)
    total = F("principal") + F("surcharge") + F("increase") + F("interest") + F("fine") - F("credit")
    return rows.aggregate(all=Sum(total))["all"] or 0


@pytest.mark.parametrize(
    ("claim", "lines"),
    [
        (Claim(83_000), (("P", 83_000), ("R", -83_000))),
        (Claim(100, 40, 25), (("P", 165), ("R", -100), ("D", -40), ("L", -25))),
        (Claim(-30), (("P", -30), ("R", 30))),
        (Claim(0), ()),
    ],
)
def test_r22_what_is_booked_when_something_is_owed(claim, lines):
    assert recognised(claim, CODES, "L") == lines and sum(amount for _, amount in lines) == 0


def test_r22_money_for_others_needs_its_account_and_refunds_leave_the_treasury():
    with pytest.raises(LookupError):
        recognised(Claim(100, 0, 25), CODES)
    shared = {"refund": "U", "refund_interest": "B", "cash": "K"}
    assert paid_out(100, 6, shared) == (("U", 100), ("B", 6), ("K", -106))


def test_r22_the_letters_of_a_year_are_booked_once_however_often_the_step_runs(office):
    zone()
    for serial in range(1, 8):
        land(office.taxpayer, serial, buildings=HOUSE)
    issued(office)
    tax = accounts.accounts(TaxType.LAND, TODAY)
    assert balance(tax.receivable) == balance(tax.revenue) == owed(TaxType.LAND) > 0
    batch = MassBatch.objects.get()
    MassBatch.objects.update(step=mass_run.ISSUE, cursor=0, done=0)
    mass_run.run(batch.pk, chunk=2)
    assert balance(tax.receivable) == owed(TaxType.LAND)
    letter = Assessment.objects.first()
    assert ledger.by_key(books.book(TODAY), f"tax.sppt:{letter.number}").source_id == letter.number


def test_r22_a_corrected_letter_is_reversed_and_the_next_one_booked(office):
    zone()
    land(office.taxpayer, buildings=HOUSE)
    issued(office)
    letter = Assessment.objects.select_related("land").get()
    (version,) = declaring.approve_spop(actor=office.registrar, spop=_spop(office, letter), at=NOW)
    made = assessing.correct_sppt(
        actor=office.assessor, letter=letter, version=version, reason="Luas tanah salah catat.", at=NOW
    )
    assert (made.land_value, made.building_value) == (18_000_000, 0) and made.base == 18_000_000
    assert balance(accounts.accounts(TaxType.LAND, TODAY).receivable) == made.total == owed(TaxType.LAND)
    assert len(ledger.source_entries("tax.assessment", letter.number)) == 2


def _spop(office, letter):
    declaration = declaring.Declaration(
        submission=uuid4(), kind=SpopKind.UPDATE, taxpayer=office.taxpayer,
        valid_from=date(2026, 1, 1), land=letter.land, states=(declaring.Declared(land_area=500, zone="AA"),),
    )  # fmt: skip
    return declaring.declare(actor=office.payer, declaration=declaration, at=NOW)


def test_r22_interest_and_increase_are_penalties_and_a_cancelled_letter_leaves_nothing(office):
    letter = shortage(office)
    assessing.approve(actor=office.audit_head, assessment=letter, at=NOW)
    assessing.issue(actor=office.assessor, assessment=letter, at=NOW)
    tax = accounts.accounts(TaxType.FOOD, TODAY)
    assert balance(tax.penalty) == letter.interest > 0 and balance(tax.receivable) == letter.total
    assessing.cancel(actor=office.assessor, assessment=letter, reason="Salah wajib pajak.", at=NOW)
    assert balance(tax.penalty) == balance(tax.receivable) == balance(tax.revenue) == 0


def test_r14_r22_decisions_change_the_receivable_by_what_they_change(office):
    letter = open_letter(office)
    start = balance(accounts.accounts(TaxType.FOOD, TODAY).receivable)
    objection = relief.object_to(
        actor=office.payer, assessment=letter, submission=uuid4(), grounds="Omzet tidak sebesar itu.",
        undisputed=0, at=NOW,
    )  # fmt: skip
    relief.complete(actor=office.registrar, objection=objection, at=NOW)
    relief.decide(
        actor=office.head, objection=objection, result=ObjectionResult.PARTLY, decided=20_000_000, at=NOW
    )
    letter.refresh_from_db()
    assert letter.total == 26_000_000
    assert balance(accounts.accounts(TaxType.FOOD, TODAY).receivable) == start + 2_000_000
    relief.appeal(actor=office.payer, objection=objection, on=TODAY, at=NOW)
    relief.conclude(actor=office.registrar, objection=objection, verdict=15_000_000, at=NOW)
    letter.refresh_from_db()
    assert (letter.total, objection.fine) == (15_000_000, 0)
    assert balance(accounts.accounts(TaxType.FOOD, TODAY).receivable) == start - 9_000_000


def test_r8_r22_a_quarry_owes_the_province_its_surcharge(office):
    quarry = tax_object(office, TaxType.MINERALS)
    filing = returns.begin(
        actor=office.payer, tax_object=quarry, period="2026-01", submission=uuid4(), at=NOW
    )
    lines = [{"label": "Pasir", "quantity": "1000", "price": 250_000}]
    returns.file(actor=office.payer, filing=filing, lines=lines, at=NOW)
    assert balance("2.1.01.22") == 12_500_000
    assert balance(accounts.accounts(TaxType.MINERALS, TODAY).revenue) == 50_000_000


def test_r5_r22_a_duty_is_booked_when_it_is_asked_for_and_taken_back_when_given_up(office):
    zone(value=200_000)
    made = transfers.draft(actor=office.ppat, deal=deal(land(office.taxpayer, area=2_000)), at=NOW)
    transfers.check(actor=office.ppat, transfer=made, at=NOW)
    transfers.bill(actor=office.ppat, transfer=made, at=NOW)
    code = accounts.accounts(TaxType.TRANSFER, TODAY).receivable
    assert balance(code) == made.duty > 0
    transfers.withdraw(actor=office.ppat, transfer=made, at=NOW)
    assert balance(code) == 0


def test_r16_r22_a_refund_settles_arrears_before_it_is_paid_out(office):
    paid, arrears = open_letter(office), open_letter(office, 1_000_000)
    billing.settle_assessment(actor=SYSTEM, assessment=paid, amount=paid.total, on=TODAY, at=NOW)
    Assessment.objects.filter(pk=arrears.pk).update(state="due")
    refund = refunds.apply_for_refund(
        actor=office.payer, assessment=paid, submission=uuid4(), grounds="Dibayar dua kali.", asked=5_000_000,
        at=NOW,
    )  # fmt: skip
    refunds.decide_refund(actor=office.head, refund=refund, decided=5_000_000, consents=True, at=NOW)
    refunds.issue_refund(actor=office.head, refund=refund, at=NOW)
    arrears.refresh_from_db()
    assert (refund.offset, arrears.state) == (1_000_000, "paid")
    assert balance("2.1.06.02") == 4_000_000
    refunds.pay_refund(actor=office.treasurer, refund=refund, on=TODAY, at=NOW)
    assert balance("2.1.06.02") == 0 and balance("1.1.01.01") == -4_000_000


def test_r15_r22_what_is_written_off_leaves_the_receivables(office):
    letter = open_letter(office)
    Assessment.objects.filter(pk=letter.pk).update(state="expired")
    before = balance("1.1.03.19")
    letter.refresh_from_db()
    assessing.write_off(actor=office.regent, assessment=letter, reason="Kedaluwarsa penagihan.", at=NOW)
    assert balance("1.1.03.19") == before - letter.total and balance("1.1.10.01") == letter.total


def test_r21_a_payment_taken_back_is_owed_again(office):
    letter = open_letter(office)
    billing.settle_assessment(actor=SYSTEM, assessment=letter, amount=letter.total, on=TODAY, at=NOW)
    assert letter.state == "paid"
    billing.unsettle_assessment(actor=SYSTEM, assessment=letter, amount=letter.total, on=TODAY, at=NOW)
    assert (letter.state, letter.paid) == ("due", 0)


def test_r14_objections_nobody_appealed_are_closed_after_the_months_of_the_law(office, clock):
    letter = open_letter(office)
    objection = relief.object_to(
        actor=office.payer, assessment=letter, submission=uuid4(), grounds="Omzet tidak sebesar itu.",
        undisputed=0, at=NOW,
    )  # fmt: skip
    relief.complete(actor=office.registrar, objection=objection, at=NOW)
    relief.decide(
        actor=office.head, objection=objection, result=ObjectionResult.REFUSED, decided=letter.total, at=NOW
    )
    with clock(datetime(2026, 5, 2, 5, tzinfo=UTC)):
        assert relief.close_unappealed() == 0
    with clock(datetime(2026, 5, 3, 5, tzinfo=UTC)):
        assert relief.close_unappealed() == 1 and relief.close_unappealed() == 0
