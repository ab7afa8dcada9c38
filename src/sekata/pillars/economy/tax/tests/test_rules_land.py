"""R1 to R4: ceilings, land and building tax, minimum and books, the rise of a year."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekata.lib.tests.helpers import codes
from sekata.pillars.economy.tax.codes import LandUse, TaxType
from sekata.pillars.economy.tax.rules.amounts import Rounding, percent
from sekata.pillars.economy.tax.rules.books import book
from sekata.pillars.economy.tax.rules.ceilings import (
    Bracket,
    bracket_reasons,
    ceiling_of,
    ceiling_reasons,
    food_reasons,
    rate_for,
)
from sekata.pillars.economy.tax.rules.landtax import (
    Candidate,
    Part,
    cap_reasons,
    class_value,
    exceeds_cap,
    land_tax,
    object_value,
    pick_deduction,
    revaluation_reasons,
    rise,
    year_of_state,
)
from sekata.pillars.economy.tax.tables import BOOK, CEILING, seed_rows
from sekata.pillars.economy.tax.tests.law import BILLION, CLASSES, MILLION, SAMPLE, terms

CEILINGS = seed_rows(CEILING)
BOOKS = seed_rows(BOOK)
values = st.integers(0, 10**13)


@pytest.mark.parametrize(
    ("tax", "sub_class", "rate", "article"),
    [
        pytest.param(TaxType.LAND, "general", "0.6", "Pasal 41", id="R1-pbb-0.6"),
        pytest.param(TaxType.LAND, "food", "0.5001", "Pasal 41", id="R1-food-above"),
        pytest.param(TaxType.TRANSFER, "general", "5.01", "Pasal 47", id="R1-bphtb"),
        pytest.param(TaxType.FOOD, "general", "10.1", "Pasal 58", id="R1-pbjt"),
        pytest.param(TaxType.ENTERTAINMENT, "karaoke", "35", "Pasal 58", id="R1-karaoke-35"),
        pytest.param(TaxType.ENTERTAINMENT, "spa", "76", "Pasal 58", id="R1-spa-76"),
        pytest.param(TaxType.POWER, "industry", "3.1", "Pasal 58", id="R1-industry"),
        pytest.param(TaxType.POWER, "own", "1.6", "Pasal 58", id="R1-own-power"),
        pytest.param(TaxType.ADVERTISING, "general", "26", "Pasal 63", id="R1-reklame"),
        pytest.param(TaxType.GROUNDWATER, "general", "21", "Pasal 68", id="R1-groundwater"),
        pytest.param(TaxType.MINERALS, "general", "20.5", "Pasal 74", id="R1-mblb"),
        pytest.param(TaxType.SWALLOW_NESTS, "general", "11", "Pasal 79", id="R1-walet"),
        pytest.param(TaxType.VEHICLE_SURCHARGE, "general", "65", "Pasal 83", id="R1-opsen-pkb"),
        pytest.param(TaxType.MINERALS_SURCHARGE, "general", "20", "Pasal 83", id="R1-opsen-mblb"),
    ],
)
def test_r1_a_rate_outside_the_law_is_refused_with_its_article(tax, sub_class, rate, article):
    reasons = ceiling_reasons(Decimal(rate), ceiling_of(tax, sub_class, CEILINGS))
    assert codes(reasons) == ["ceiling"] and article in reasons[0].message


@pytest.mark.parametrize(
    ("tax", "sub_class", "rate"),
    [
        (TaxType.LAND, "general", "0.5"),
        (TaxType.LAND, "food", "0.2"),
        (TaxType.ENTERTAINMENT, "karaoke", "45"),
        (TaxType.ENTERTAINMENT, "general", "10"),
        (TaxType.MINERALS_SURCHARGE, "general", "25"),
    ],
)
def test_r1_the_neighbours_rates_are_lawful(tax, sub_class, rate):
    assert not ceiling_reasons(Decimal(rate), ceiling_of(tax, sub_class, CEILINGS))


LAND = ceiling_of(TaxType.LAND, "general", CEILINGS)


def test_r1_the_sample_brackets_close():
    assert not bracket_reasons(SAMPLE, LAND)


@pytest.mark.parametrize(
    ("brackets", "code"),
    [
        pytest.param((), "brackets", id="none"),
        pytest.param((Bracket(1, None, Decimal("0.1")),), "bracket_gap", id="begins-late"),
        pytest.param((Bracket(0, 5, Decimal("0.1")),), "bracket_gap", id="ends-early"),
        pytest.param(
            (Bracket(0, 5, Decimal("0.1")), Bracket(5, None, Decimal("0.2"))), "bracket_overlap", id="overlap"
        ),
        pytest.param(
            (Bracket(0, 5, Decimal("0.1")), Bracket(7, None, Decimal("0.2"))), "bracket_gap", id="gap"
        ),
    ],
)
def test_r1_brackets_that_overlap_or_leave_gaps_are_refused(brackets, code):
    assert codes(bracket_reasons(brackets, LAND)) == [code]


def test_r1_food_land_pays_less_than_other_land_at_every_value():
    food = (Bracket(0, None, Decimal("0.1")),)
    assert codes(food_reasons(food, SAMPLE, "Pasal 41")) == ["food_rate"]
    assert not food_reasons((Bracket(0, None, Decimal("0.09")),), SAMPLE, "Pasal 41")


LAND_PART, HOUSE = Part(600, 36_000), Part(120, 595_000)


def test_r2_value_of_the_two_part_object():
    assert object_value([LAND_PART]) == 21_600_000 and object_value([], [HOUSE]) == 71_400_000
    assert object_value([LAND_PART], [HOUSE]) == 93_000_000


@pytest.mark.parametrize(
    ("rate", "share", "deducts", "tax"),
    [
        pytest.param("0.1", "100", True, 83_000, id="R2-share-100"),
        pytest.param("0.2", "40", True, 66_400, id="R2-share-40"),
        pytest.param("0.1", "100", False, 93_000, id="R2-second-house"),
    ],
)
def test_r2_worked_examples(rate, share, deducts, tax):
    made = land_tax(93_000_000, terms(rate, share), deducts=deducts)
    assert made.tax == tax and made.value == 93_000_000
    assert made.deduction == (10_000_000 if deducts else 0)


@pytest.mark.parametrize(
    ("market", "value"),
    [
        (31_001, 36_000),
        (41_000, 36_000),
        (17_001, 20_000),
        (23_000, 20_000),
        (12_000, 10_000),
        (41_001, 41_001),
    ],
)
def test_r2_class_bounds_exclude_the_lower_and_include_the_upper(market, value):
    assert class_value(market, CLASSES) == value


@pytest.mark.parametrize(
    ("value", "rate"),
    [
        (500_000_000, "0.1"),
        (500_000_001, "0.125"),
        (BILLION, "0.125"),
        (BILLION + 1, "0.2"),
        (2 * BILLION, "0.2"),
        (2 * BILLION + 1, "0.3"),
    ],
)
def test_r2_the_bracket_of_the_whole_value_holds_for_all_of_it(value, rate):
    made = land_tax(value, terms(), deducts=False)
    assert made.rate == Decimal(rate) and made.tax == int(value * Decimal(rate) / 100)


def test_r2_food_land_takes_its_own_rate_and_share_where_there_is_one():
    food = Bracket(0, None, Decimal("0.05"), LandUse.FOOD)
    law = replace(terms("0.1"), tariffs=(Bracket(0, None, Decimal("0.1")), food))
    assert land_tax(100 * MILLION, law, deducts=False, use=LandUse.FOOD).tax == 50_000
    assert land_tax(100 * MILLION, law, deducts=False).tax == 100_000


def test_r2_the_deduction_goes_to_the_highest_value_of_equals_to_the_lower_number():
    assert pick_deduction([Candidate("2", 5), Candidate("1", 5), Candidate("0", 4)]) == "1"
    assert pick_deduction([]) is None


def test_r2_public_facilities_owe_nil():
    assert land_tax(93_000_000, terms(), deducts=False, untaxed=True).tax == 0


@given(values, values, st.booleans(), st.sampled_from(["20", "40", "100"]))
def test_r2_more_value_never_means_less_tax_and_never_below_nil(one, other, deducts, share):
    low, high = sorted((one, other))
    law = terms("", share)
    least, most = (land_tax(value, law, deducts=deducts) for value in (low, high))
    assert 0 <= least.tax <= most.tax


@given(values, st.sampled_from(["0.1", "0.1250", "0.3333"]), st.sampled_from(["20", "37.5", "100"]))
def test_r2_r3_rounding_happens_once_at_the_end(value, rate, share):
    made = land_tax(value, terms(rate, share), deducts=False)
    exact = percent(value, Decimal(share), Decimal(rate))
    assert made.tax <= exact < made.tax + 1


@pytest.mark.parametrize(
    ("value", "tax"),
    [
        pytest.param(10_000_000, 0, id="R3-nil-stays-nil"),
        pytest.param(10_000_001, 10_000, id="R3-less-than-a-rupiah-becomes-the-minimum"),
        pytest.param(15_000_000, 10_000, id="R3-below-the-minimum"),
        pytest.param(93_000_000, 83_000, id="R3-above"),
    ],
)
def test_r3_minimum(value, tax):
    assert land_tax(value, terms("0.1", minimum=10_000), deducts=True).tax == tax


@pytest.mark.parametrize(
    ("mode", "unit", "settled"),
    [("down", 1, 1234), ("half_up", 1, 1235), ("up", 1, 1235), ("down", 100, 1200), ("up", 100, 1300)],
)
def test_r3_rounding_is_configured(mode, unit, settled):
    assert Rounding(mode, unit).settle(Decimal("1234.5")) == settled


@pytest.mark.parametrize(
    ("tax", "name"),
    [
        (0, "I"),
        (83_000, "I"),
        (100_000, "I"),
        (100_001, "II"),
        (500_000, "II"),
        (500_001, "III"),
        (2_000_000, "III"),
        (5_000_000, "IV"),
        (5_000_001, "V"),
    ],
)
def test_r3_books(tax, name):
    assert book(tax, BOOKS) == name


def test_r3_floats_are_no_money():
    with pytest.raises(TypeError):
        percent(0.5, Decimal(1))
    with pytest.raises(TypeError):
        percent(100, 0.1)


def test_r4_the_state_of_1_january_counts():
    assert year_of_state(2026) == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("before", "now", "over"), [(50_000, 100_000, False), (50_000, 100_001, True), (0, 10**9, False)]
)
def test_r4_a_rise_over_the_cap_is_seen(before, now, over):
    assert exceeds_cap(before, now, 100) is over


def test_r4_the_rise_in_percent():
    assert rise(50_000, 75_000) == 50 and rise(100, 50) == -50 and rise(0, 5) is None


def test_r4_a_batch_over_the_cap_needs_a_reason_in_words():
    assert codes(cap_reasons(3, "sudah", 100)) == ["rise_cap"]
    assert not cap_reasons(3, "Penyesuaian NJOP kawasan industri Pangkalan Kerinci", 100)
    assert not cap_reasons(0, "", 100)


def test_r4_values_are_set_every_three_years_in_fast_growing_areas_each_year():
    assert codes(revaluation_reasons(2026, 2024, 3, fast_growing=False)) == ["revaluation"]
    assert not revaluation_reasons(2027, 2024, 3, fast_growing=False)
    assert not revaluation_reasons(2025, 2024, 3, fast_growing=True)
    assert not revaluation_reasons(2025, None, 3, fast_growing=False)


def test_r2_a_value_that_no_bracket_holds_is_an_error_not_nil():
    with pytest.raises(LookupError):
        rate_for(5, [Bracket(6, None, Decimal(1))])
