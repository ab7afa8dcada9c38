"""Whole rupiah: examples of budget, villages and the prototype, then properties."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekata.lib import money
from sekata.lib.tests.helpers import refusal


@pytest.mark.parametrize(
    "amount, rounding, whole",
    [
        pytest.param(Decimal("833332.5"), money.HALF_UP, 833_333, id="budget-2.5-m3"),
        pytest.param(Decimal("0.5"), money.HALF_UP, 1, id="half-up"),
        pytest.param(Decimal("2.5"), money.HALF_UP, 3, id="half-up-not-half-even"),
        pytest.param(Decimal("-0.5"), money.HALF_UP, -1, id="half-up-by-size"),
        pytest.param(Decimal("0.49999999999999999999999999999999"), money.HALF_UP, 0, id="below-half"),
        pytest.param(Decimal("1.9"), money.DOWN, 1, id="down"),
        pytest.param(Decimal("1.1"), money.UP, 2, id="up"),
        pytest.param(Decimal("1E+20"), money.HALF_UP, 10**20, id="large"),
        pytest.param(7, money.HALF_UP, 7, id="whole"),
    ],
)
def test_rupiah(amount, rounding, whole):
    assert money.rupiah(amount, rounding) == whole
    assert isinstance(money.rupiah(amount, rounding), int)


@pytest.mark.parametrize("amount", [1.0, True, "1"])
def test_rupiah_is_never_a_float(amount):
    with pytest.raises(TypeError):
        money.rupiah(amount)


@pytest.mark.parametrize("amount", [Decimal("NaN"), Decimal("-Infinity")])
def test_rupiah_is_finite(amount):
    with pytest.raises(ValueError, match="not an amount"):
        money.rupiah(amount)


@pytest.mark.parametrize(
    "total, weights, shares",
    [
        pytest.param(100, [1, 1, 1], [34, 33, 33], id="equal-remainders-favour-the-earlier"),
        pytest.param(1_000, [Decimal("33.3"), Decimal("66.7")], [333, 667], id="decimals"),
        pytest.param(10, [0, 1, 0], [0, 10, 0], id="nothing-for-zero"),
        pytest.param(2, [1, 1, 3], [1, 0, 1], id="largest-remainder"),
        pytest.param(-100, [1, 1, 1], [-34, -33, -33], id="negative"),
        pytest.param(0, [1, 2], [0, 0], id="nothing"),
    ],
)
def test_split(total, weights, shares):
    assert money.split(total, weights) == shares


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]])
def test_split_needs_weights(weights):
    with pytest.raises(ValueError):
        money.split(10, weights)


@pytest.mark.parametrize("total, weights", [(10, [0.5, 0.5]), (10.0, [1]), (Decimal(10), [1])])
def test_split_is_never_by_floats(total, weights):
    with pytest.raises(TypeError):
        money.split(total, weights)


@pytest.mark.parametrize(
    "text, amount",
    [
        ("Rp1.284.500", 1_284_500),
        ("Rp 1.284.500,00", 1_284_500),
        ("Rp. 1.284.500,-", 1_284_500),
        ("rp1284500", 1_284_500),
        (" 1.284.500 ", 1_284_500),
        ("0", 0),
        ("-Rp500", -500),
        ("999.999.999.999.999", 999_999_999_999_999),
    ],
)
def test_parse(text, amount):
    assert money.parse(text) == amount


@pytest.mark.parametrize(
    "text, code",
    [
        ("", "money_format"),
        ("Rp", "money_format"),
        ("1,284,500", "money_format"),
        ("1.28.450", "money_format"),
        ("1.5", "money_format"),
        ("12 juta", "money_format"),
        ("٥٠٠", "money_format"),
        ("1" * 5000, "money_format"),
        ("Rp10,50", "money_whole"),
    ],
)
def test_parse_refuses(text, code):
    assert refusal(money.parse, text) == [code]


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_shown_is_read_back(amount):
    assert money.parse(money.shown(amount)) == amount


@given(st.integers(-(10**13), 10**13), st.lists(st.integers(0, 10**6), min_size=1).filter(any))
def test_split_sums_exactly_and_stays_within_one_rupiah(total, weights):
    shares = money.split(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - Fraction(total * weight, sum(weights))) < 1


@given(st.integers(0, 10**13), st.lists(st.integers(0, 100), min_size=2).filter(any))
def test_split_gives_more_to_the_heavier(total, weights):
    by_weight = sorted(zip(weights, money.split(total, weights), strict=True), key=lambda pair: pair[0])
    for (light, less), (heavy, more) in zip(by_weight, by_weight[1:], strict=False):
        assert light == heavy or less <= more


@given(st.decimals(-(10**12), 10**12, places=6))
def test_rupiah_is_within_half(amount):
    assert abs(money.rupiah(amount) - amount) <= Decimal("0.5")
    assert abs(money.rupiah(amount, money.DOWN)) <= abs(amount)


@given(st.text(max_size=24))
def test_any_text_gets_an_answer(text):
    refusal(money.parse, text)
