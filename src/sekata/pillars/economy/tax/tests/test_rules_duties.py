"""R5 to R8: acquisition duty, goods and services, advertising, water, minerals, swallow nests."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekata.lib.tests.helpers import codes
from sekata.pillars.economy.tax.codes import Acquisition as A
from sekata.pillars.economy.tax.codes import Kinship, TransferExemption
from sekata.pillars.economy.tax.rules import advertising, bphtb, groundwater, minerals, pbjt
from sekata.pillars.economy.tax.tests.law import MILLION

TERMS = bphtb.TransferTerms(Decimal(5), 80 * MILLION, 300 * MILLION)
amounts = st.integers(0, 10**12)


@pytest.mark.parametrize(
    ("code", "value", "land_value", "first", "kinship", "duty"),
    [
        pytest.param(A.SALE, 350, 400, True, Kinship.NONE, 16_000_000, id="R5-sale-first"),
        pytest.param(A.SALE, 350, 400, False, Kinship.NONE, 20_000_000, id="R5-same-buyer-again"),
        pytest.param(A.INHERITANCE, 500, 400, True, Kinship.DIRECT, 10_000_000, id="R5-inheritance-500"),
        pytest.param(A.INHERITANCE, 250, 200, True, Kinship.DIRECT, 0, id="R5-inheritance-nihil"),
        pytest.param(A.INHERITANCE, 500, 400, False, Kinship.SPOUSE, 10_000_000, id="R5-first-or-not"),
        pytest.param(A.INHERITANCE, 500, 400, False, Kinship.NONE, 25_000_000, id="R5-distant-heir"),
        pytest.param(A.AUCTION, 350, 400, False, Kinship.NONE, 17_500_000, id="R5-auction-at-its-price"),
        pytest.param(A.GIFT, None, 400, False, Kinship.NONE, 20_000_000, id="R5-unknown-value"),
        pytest.param(A.SALE, 70, 60, True, Kinship.NONE, 0, id="R5-below-the-deduction"),
    ],
)
def test_r5_worked_examples(code, value, land_value, first, kinship, duty):
    given_value = value * MILLION if value is not None else None
    made = bphtb.transfer_duty(bphtb.Transfer(code, given_value, land_value * MILLION, first, kinship), TERMS)
    assert made.duty == duty and made.is_nil is (duty == 0)


def test_r5_the_steps_of_the_sale():
    made = bphtb.transfer_duty(bphtb.Transfer(A.SALE, 350 * MILLION, 400 * MILLION, True), TERMS)
    assert (made.base, made.deduction, made.taxable) == (400 * MILLION, 80 * MILLION, 320 * MILLION)
    assert made.uses_land_value


@pytest.mark.parametrize("exemption", [e for e in TransferExemption if e])
def test_r5_some_acquisitions_owe_nothing(exemption):
    transfer = bphtb.Transfer(A.SALE, 350 * MILLION, 0, False, exemption=exemption)
    assert bphtb.transfer_duty(transfer, TERMS).is_nil


@given(st.sampled_from(list(A)), amounts, amounts, amounts, st.booleans())
def test_r5_more_value_never_means_less_duty(code, one, other, land_value, first):
    duties = [
        bphtb.transfer_duty(bphtb.Transfer(code, value, land_value, first), TERMS).duty
        for value in sorted((one, other))
    ]
    assert 0 <= duties[0] <= duties[1]


DAYS = {
    "binding": date(2026, 1, 10),
    "deed": date(2026, 3, 1),
    "registered": date(2026, 5, 5),
    "appointed": date(2026, 2, 2),
    "ruling": date(2026, 4, 4),
    "decision": date(2026, 6, 6),
}


@pytest.mark.parametrize(
    ("code", "event"),
    [
        (A.SALE, "binding"),
        (A.EXCHANGE, "deed"),
        (A.GIFT, "deed"),
        (A.MERGER, "deed"),
        (A.INHERITANCE, "registered"),
        (A.COURT, "ruling"),
        (A.GRANT_NEW, "decision"),
        (A.GRANT_CONTINUED, "decision"),
        (A.AUCTION, "appointed"),
    ],
)
def test_r6_each_acquisition_falls_due_with_its_event(code, event):
    assert bphtb.falls_due(code, DAYS) == DAYS[event]


def test_r6_a_sale_without_binding_agreement_falls_due_with_the_deed():
    assert bphtb.falls_due(A.SALE, {"deed": DAYS["deed"]}) == DAYS["deed"]
    assert bphtb.falls_due(A.SALE, {}) is None and set(bphtb.MOMENTS) == set(A)


def test_r6_deed_only_with_a_validated_duty():
    allowed = frozenset({"validated"})
    reasons = bphtb.deed_reasons("paid", allowed, 10 * MILLION)
    assert codes(reasons) == ["not_validated"] and "Rp10.000.000" in reasons[0].message
    assert not bphtb.deed_reasons("validated", allowed, 10 * MILLION)


@pytest.mark.parametrize(
    ("year", "month", "due"), [(2026, 9, date(2026, 10, 10)), (2026, 12, date(2027, 1, 10))]
)
def test_r6_deeds_are_reported_by_the_tenth_of_the_next_month(year, month, due):
    assert bphtb.report_due(year, month, 10) == due
    assert bphtb.report_fine(due, due, MILLION) == 0
    assert bphtb.report_fine(due, date(2027, 2, 1), MILLION) == MILLION


def test_r7_restaurant():
    assert pbjt.service_tax(48_500_000, Decimal(10)).tax == 4_850_000


def test_r7_service_charge_and_vouchers_count():
    lines = [pbjt.Receipt("meja", 1_000_000, service=100_000, vouchers=50_000), pbjt.Receipt("antar", 1)]
    assert pbjt.receipts_base(lines) == 1_150_001


def test_r7_small_turnover_is_exempt_by_configuration():
    assert pbjt.service_tax(2_999_999, Decimal(10), threshold=3_000_000).exempt
    assert pbjt.service_tax(3_000_000, Decimal(10), threshold=3_000_000).tax == 300_000
    assert pbjt.service_tax(2_999_999, Decimal(10)).tax == 299_999


def test_r7_free_parking_and_own_power():
    assert pbjt.free_parking_base(1_200, 2_000) == 2_400_000
    assert pbjt.own_power_base(Decimal(250), Decimal("120.5"), Decimal("1444.70")) == Decimal("43521587.500")


def test_r7_a_levied_site_owes_no_tax_too():
    assert codes(pbjt.levy_reasons(True)) == ["levy"] and not pbjt.levy_reasons(False)


def test_r7_negative_receipts_are_refused_at_their_line():
    reasons = pbjt.receipt_reasons([pbjt.Receipt("a", 1), pbjt.Receipt("b", -1)])
    assert [(r.code, r.field) for r in reasons] == [("negative", "line_1")]


@given(amounts, amounts, st.integers(1, 100_000).map(lambda n: Decimal(n) / 10_000))
def test_r7_tax_grows_with_the_base(one, other, rate):
    low, high = (pbjt.service_tax(base, rate).tax for base in sorted((one, other)))
    assert 0 <= low <= high


def test_r8_billboard():
    display = advertising.Display(Decimal(4), Decimal(6), 2, 30, 5_000)
    assert display.rental_value == 7_200_000
    assert advertising.advertising_tax(display.rental_value, Decimal(25)) == 1_800_000


def test_r8_an_expired_display_goes_onto_the_street_check_list():
    start = date(2026, 9, 1)
    assert advertising.last_day(start, 30) == date(2026, 9, 30)
    assert not advertising.needs_street_check(start, 30, date(2026, 9, 30))
    assert advertising.needs_street_check(start, 30, date(2026, 10, 1))


def test_r8_groundwater():
    value = groundwater.water_value(500, 2_500)
    assert value == 1_250_000 and groundwater.groundwater_tax(value, Decimal(20)) == 250_000


def test_r8_a_meter_does_not_run_backwards():
    assert groundwater.metered(Decimal(900), Decimal(1400)) == 500
    assert codes(groundwater.reading_reasons(Decimal(900), Decimal(100))) == ["meter"]
    assert groundwater.metered(Decimal(9_900), Decimal(100), Decimal(10_000)) == 200


def test_r8_swallow_nests():
    assert minerals.swallow_nest_tax(12, 9_000_000, Decimal(10)) == 10_800_000


def test_r8_minerals_with_the_provinces_surcharge():
    made = minerals.minerals_duty(250_000_000, Decimal(20), Decimal(25))
    assert (made.tax, made.surcharge, made.total) == (50_000_000, 12_500_000, 62_500_000)


def test_r8_vehicle_surcharge_arrives_as_a_split():
    assert minerals.vehicle_surcharge(3_000_000, Decimal(66)) == 1_980_000


@given(amounts, st.integers(0, 200_000), st.integers(0, 660_000))
def test_r8_a_quarrys_parts_sum_to_its_bill(value, rate, surcharge):
    made = minerals.minerals_duty(value, Decimal(rate) / 10_000, Decimal(surcharge) / 10_000)
    assert made.total == made.tax + made.surcharge and min(made.tax, made.surcharge) >= 0
