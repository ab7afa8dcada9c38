"""The verbs: assessments, returns."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from sekata.lib.actor import system
from sekata.lib.tests.helpers import refusal
from sekata.pillars.economy.tax.actions import (
    assessing,
    billing,
    returns,
)
from sekata.pillars.economy.tax.codes import (
    AssessmentState,
    Ground,
    TaxType,
)
from sekata.pillars.economy.tax.models import (
    Assessment,
    TaxReturn,
)
from sekata.pillars.economy.tax.rules.advertising import Display
from sekata.pillars.economy.tax.tests.conftest import NOW
from sekata.pillars.economy.tax.tests.ground import HOUSE, zone
from sekata.pillars.economy.tax.tests.ground import land as ground
from sekata.pillars.economy.tax.tests.letters import open_letter, shortage, tax_object
from sekata.pillars.economy.tax.tests.test_mass import issued

NIK = "1405025208900003"
SYSTEM = system("test")
GROUNDS = "Nilai tanah tidak sesuai keadaan di lapangan."


def test_r8_a_billboard_is_drafted_approved_by_another_and_issued(office):
    board = tax_object(office, TaxType.ADVERTISING)
    display = Display(Decimal(4), Decimal(6), 2, 30, 5_000)
    letter = assessing.draft_advertising(
        actor=office.assessor, tax_object=board, display=display, starts=date(2026, 3, 1), at=NOW
    )
    assert (letter.base, letter.principal) == (7_200_000, 1_800_000)
    Assessment.objects.filter(pk=letter.pk).update(drafted_by=office.head.person)
    letter.refresh_from_db()
    assert refusal(assessing.approve, actor=office.head, assessment=letter, at=NOW) == ["two_persons"]
    assessing.approve(actor=office.audit_head, assessment=letter, at=NOW)
    assessing.issue(actor=office.assessor, assessment=letter, at=NOW)
    assert (letter.state, letter.due_on) == (AssessmentState.ISSUED, date(2026, 3, 2))


def test_r8_groundwater_by_two_readings_once_a_month(office):
    well = tax_object(office, TaxType.GROUNDWATER, attributes={"group": "trade"})
    given = {"actor": office.assessor, "tax_object": well, "period": "2026-01", "at": NOW}
    letter = assessing.draft_groundwater(before=Decimal(900), now=Decimal(1400), **given)
    assert (letter.base, letter.principal) == (1_250_000, 250_000)
    assert refusal(assessing.draft_groundwater, before=Decimal(1), now=Decimal(2), **given) == ["period"]
    assert refusal(assessing.draft_groundwater, before=Decimal(2), now=Decimal(1), **given) == ["meter"]


def test_r11_an_audit_of_14_months_becomes_an_skpdkb(office):
    letter = shortage(office)
    assert (letter.kind, letter.interest, letter.increase) == ("skpdkb", 3_024_000, 0)
    assert shortage(office, Ground.NEW_DATA).increase == 12_000_000
    assert refusal(assessing.approve, actor=office.auditor, assessment=letter, at=NOW) == ["no_right"]


def test_a_corrected_sppt_supersedes_the_first_and_both_stay(office):
    zone()
    ground(office.taxpayer, buildings=HOUSE)
    issued(office)
    letter = Assessment.objects.get()
    right = ground(office.taxpayer, number=2, area=500, buildings=HOUSE)
    made = assessing.correct_sppt(
        actor=office.assessor, letter=letter, version=right, reason="Luas tanah salah rekam.", at=NOW
    )
    assert (made.number, made.supersedes, made.principal) == (f"{letter.land.nop}202601", letter, 79_400)
    assert letter.state == AssessmentState.CANCELLED and Assessment.objects.count() == 2


def test_delivery_falling_due_and_lapse(office, clock):
    letter = open_letter(office)
    assessing.deliver(actor=office.collector, assessment=letter, receiver="Istri wajib pajak", at=NOW)
    with clock(NOW + timedelta(days=60)):
        assert assessing.fall_due() == 1
    letter.refresh_from_db()
    assert letter.state == AssessmentState.DUE
    with clock(NOW.replace(year=2031, month=3)):
        assert assessing.expire_lapsed() == 0
    with clock(NOW.replace(year=2031, month=3, day=10)):
        assert assessing.expire_lapsed() == 1
    letter.refresh_from_db()
    assessing.write_off(actor=office.regent, assessment=letter, reason="Keputusan Bupati 9/2031", at=NOW)
    assert letter.state == AssessmentState.WRITTEN_OFF


def receipts(amount: int, label: str = "Makan di tempat") -> list[dict]:
    return [{"label": label, "received": amount}]


def begun(office, item, period: str = "2026-01", at: datetime = NOW) -> TaxReturn:
    return returns.begin(actor=office.payer, tax_object=item, period=period, submission=uuid4(), at=at)


def test_r7_a_return_is_filed_and_the_next_begins_with_its_lines(office):
    item = tax_object(office, TaxType.FOOD)
    filing = returns.file(actor=office.payer, filing=begun(office, item), lines=receipts(48_500_000), at=NOW)
    assert (filing.tax, filing.fine, filing.state) == (4_850_000, 0, "filed")
    assert (filing.pay_by, filing.file_by) == (date(2026, 2, 13), date(2026, 2, 20))
    assert begun(office, item, "2026-02", NOW.replace(month=3)).lines == [{"label": "Makan di tempat"}]
    billing.bill_return(actor=SYSTEM, filing=filing, at=NOW)
    billing.settle_return(actor=SYSTEM, filing=filing, on=date(2026, 2, 3), at=NOW)
    assert filing.state == "paid"


def test_acceptance_8_a_quarrys_return_with_the_provinces_part(office):
    lines = [{"label": "Pasir", "quantity": "2500", "price": 100_000}]
    filing = begun(office, tax_object(office, TaxType.MINERALS))
    returns.file(actor=office.payer, filing=filing, lines=lines, at=NOW)
    assert (filing.base, filing.tax, filing.surcharge) == (250_000_000, 50_000_000, 12_500_000)


def test_r8_swallow_nests_by_weight_and_price(office):
    filing = begun(office, tax_object(office, TaxType.SWALLOW_NESTS))
    lines = [{"label": "Sarang", "quantity": "12", "price": 9_000_000}]
    assert returns.file(actor=office.payer, filing=filing, lines=lines, at=NOW).tax == 10_800_000


def test_r11_r12_late_returns_and_corrections(office):
    item, late = tax_object(office, TaxType.FOOD), NOW.replace(day=25)
    filing = returns.file(
        actor=office.payer, filing=begun(office, item, at=late), lines=receipts(100), at=late
    )
    assert filing.fine == 100_000
    refused = refusal(begun, office, item, at=late)
    assert refused == ["original"]
    fixed = returns.correct(actor=office.payer, filing=filing, submission=uuid4(), at=late)
    at = NOW.replace(month=4)
    returns.file(actor=office.payer, filing=fixed, lines=receipts(10_000_100), at=at)
    assert (fixed.correction_no, fixed.shortage, fixed.interest, fixed.fine) == (1, 1_000_000, 20_000, 0)
    assert filing.state == "corrected"


def test_bad_returns_speak_at_their_field(office):
    item = tax_object(office, TaxType.FOOD)
    assert refusal(begun, office, item, "2026-02") == ["future"]
    assert refusal(begun, office, item, "2026-13") == ["period"]
    assert refusal(begun, office, item, "2024-12") == ["outside"]
    filing = begun(office, item)
    assert refusal(returns.file, actor=office.payer, filing=filing, lines=receipts(-1), at=NOW) == [
        "negative"
    ]
    assert refusal(returns.file, actor=office.payer, filing=filing, lines=[], at=NOW) == ["lines"]
    assert refusal(returns.file, actor=office.stranger, filing=filing, lines=receipts(1), at=NOW) == [
        "no_right"
    ]
    levied = tax_object(office, TaxType.ENTERTAINMENT, attributes={"levied": True})
    assert refusal(begun, office, levied) == ["levy"]
    Assessment.objects.create(
        number="X", kind="skpdkb", tax_type="03", taxpayer=office.taxpayer, object=item, tax_year=2026,
        period="2026-01", base=0, rate=10, principal=1,
    )  # fmt: skip
    assert refusal(returns.file, actor=office.payer, filing=filing, lines=receipts(1), at=NOW) == ["audited"]
