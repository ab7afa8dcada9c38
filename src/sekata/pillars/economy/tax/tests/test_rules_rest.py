"""R14 to R16 and R21 to R24: objection, lapse, refund, suspense, accounts, age, villages, collection."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekata.lib.tests.helpers import codes
from sekata.pillars.economy.tax.codes import CollectionState, ObjectionResult, TaxType
from sekata.pillars.economy.tax.rules import collecting, lapse, objection, refund
from sekata.pillars.economy.tax.rules.ageing import (
    BUCKETS,
    Receivable,
    aged,
    allowance,
    bucket,
    realisation,
)
from sekata.pillars.economy.tax.rules.books import accounts_of
from sekata.pillars.economy.tax.rules.settling import Asked, suspense_reason
from sekata.pillars.economy.tax.rules.villageshare import ShareTerms, village_shares
from sekata.pillars.economy.tax.tables import ACCOUNT, COLLECTION_WAIT, QUALITY, REFUND_LIMIT, seed_rows
from sekata.pillars.economy.tax.tests.law import BILLION, MILLION

DUE = date(2026, 9, 30)


def test_r14_a_lost_objection_costs_30_percent_an_appeal_60():
    assert objection.lost_fine(50 * MILLION, 20 * MILLION, Decimal(30)) == 9 * MILLION
    assert objection.lost_fine(50 * MILLION, 20 * MILLION, Decimal(60)) == 18 * MILLION
    assert objection.lost_fine(20 * MILLION, 50 * MILLION, Decimal(30)) == 0


@pytest.mark.parametrize(
    ("sent", "filed", "paid", "found"),
    [
        pytest.param(date(2026, 3, 1), date(2026, 6, 1), 20, [], id="R14-last-day"),
        pytest.param(date(2026, 3, 1), date(2026, 6, 2), 20, ["late"], id="R14-late"),
        pytest.param(date(2026, 3, 1), date(2026, 4, 1), 19, ["undisputed"], id="R14-undisputed-unpaid"),
        pytest.param(None, date(2026, 4, 1), 20, ["not_sent"], id="R14-not-sent"),
    ],
)
def test_r14_admissible(sent, filed, paid, found):
    assert codes(objection.objection_reasons(sent, filed, 3, 20, paid)) == found


def test_r14_twelve_months_of_silence_grant_it():
    received = date(2026, 1, 31)
    assert not objection.is_deemed_granted(received, date(2027, 1, 31), 12)
    assert objection.is_deemed_granted(received, date(2027, 2, 1), 12)


@pytest.mark.parametrize(
    ("result", "decided", "fits"),
    [
        (ObjectionResult.GRANTED, 20, True),
        (ObjectionResult.PARTLY, 50, False),
        (ObjectionResult.REFUSED, 50, True),
        (ObjectionResult.INCREASED, 60, True),
        (ObjectionResult.INCREASED, 50, False),
    ],
)
def test_r14_the_decided_tax_fits_the_result(result, decided, fits):
    assert (not objection.decision_reasons(result, 50, decided)) is fits


def test_r14_the_undisputed_part_is_less_than_the_whole():
    assert not objection.undisputed_reasons(20, 50)
    assert codes(objection.undisputed_reasons(50, 50)) == ["undisputed"]
    assert codes(objection.undisputed_reasons(-1, 50)) == ["undisputed"]


def test_r15_five_years_after_the_tax_fell_due():
    assert lapse.lapses_on(DUE, (), 5) == date(2031, 9, 30)
    assert not lapse.has_lapsed(DUE, (), date(2031, 9, 30), 5)
    assert lapse.has_lapsed(DUE, (), date(2031, 10, 1), 5)
    assert lapse.may_assess(DUE, date(2031, 9, 30), 5) and not lapse.may_assess(DUE, date(2031, 10, 1), 5)


def test_r15_a_warning_restarts_the_clock_a_late_one_does_not():
    assert lapse.lapses_on(DUE, [date(2028, 1, 15)], 5) == date(2033, 1, 15)
    assert lapse.lapses_on(DUE, [date(2032, 1, 15)], 5) == date(2031, 9, 30)
    assert lapse.lapses_on(DUE, [date(2033, 1, 1), date(2030, 1, 1)], 5) == date(2038, 1, 1)


LIMITS = seed_rows(REFUND_LIMIT)["refund"]


def test_r16_twelve_months_to_decide_one_to_issue_two_to_pay():
    made = refund.refund_dates(date(2026, 1, 15), date(2026, 6, 1), None, LIMITS)
    assert (made.decide, made.issue, made.pay) == (date(2027, 1, 15), date(2026, 7, 1), date(2026, 9, 1))


def test_r16_late_payment_earns_the_taxpayer_interest():
    amount = refund.refund_interest(10 * MILLION, date(2026, 9, 1), date(2026, 10, 2), Decimal("0.6"), 24)
    assert amount == 120_000
    assert refund.refund_interest(10 * MILLION, date(2026, 9, 1), date(2026, 9, 1), Decimal("0.6"), 24) == 0


def test_r16_offset_only_with_consent():
    assert refund.offset(100, [30, 90], consents=True) == refund.Offset((30, 70), 0)
    assert refund.offset(100, [30, 90], consents=False) == refund.Offset((0, 0), 100)


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**12), max_size=6), st.booleans())
def test_r16_what_is_offset_and_paid_out_sums_to_the_refund(amount, arrears, consents):
    made = refund.offset(amount, arrears, consents=consents)
    assert sum(made.settled) + made.paid_out == amount and made.paid_out >= 0
    assert all(part <= owed for part, owed in zip(made.settled, arrears, strict=True))


@pytest.mark.parametrize(
    ("asked", "paid", "on", "reason"),
    [
        pytest.param(None, 5, DUE, "unknown", id="R21-unknown-va"),
        pytest.param(Asked(5, DUE, is_open=False), 5, DUE, "already_paid", id="R21-twice"),
        pytest.param(Asked(5, DUE), 5, DUE + timedelta(days=1), "expired", id="R21-late"),
        pytest.param(Asked(5, DUE), 4, DUE, "underpaid", id="R21-under"),
        pytest.param(Asked(5, DUE), 6, DUE, "overpaid", id="R21-over"),
        pytest.param(Asked(5, DUE), 5, DUE, "", id="R21-in-full"),
        pytest.param(Asked(5, None), 5, date(2040, 1, 1), "", id="R21-capped-for-good"),
    ],
)
def test_r21_only_the_whole_amount_in_time_settles(asked, paid, on, reason):
    assert suspense_reason(asked, paid, on) == reason


def test_r22_the_provinces_surcharge_is_a_liability():
    accounts = seed_rows(ACCOUNT)
    assert accounts_of(TaxType.MINERALS_SURCHARGE, accounts).liability
    assert not accounts_of(TaxType.LAND, accounts).liability
    assert {row for row in accounts} == set(TaxType)
    with pytest.raises(LookupError):
        accounts_of("99", accounts)


def test_r22_allowance_by_age():
    owed = [
        Receivable(DUE, 1_000_000),
        Receivable(date(2025, 1, 1), 1_000_000),
        Receivable(date(2022, 1, 1), 7),
    ]
    on = date(2026, 12, 31)
    assert allowance(owed, on, seed_rows(QUALITY)) == 5_000 + 100_000 + 3
    assert allowance([Receivable(date(2020, 1, 1), 7)], on, seed_rows(QUALITY)) == 7


@pytest.mark.parametrize(
    ("due", "on", "name"),
    [
        (DUE, DUE, "not_due"),
        (DUE, DUE + timedelta(1), "1-30"),
        (DUE, DUE + timedelta(30), "1-30"),
        (DUE, DUE + timedelta(31), "31-90"),
        (DUE, DUE + timedelta(90), "31-90"),
        (DUE, DUE + timedelta(91), "91-365"),
        (DUE, date(2027, 9, 30), "91-365"),
        (DUE, date(2027, 10, 1), "1-2y"),
        pytest.param(date(2027, 9, 30), date(2028, 9, 30), "91-365", id="R23-day-366-of-a-leap-span"),
        (DUE, date(2028, 9, 30), "1-2y"),
        (DUE, date(2028, 10, 1), "2-5y"),
        (DUE, date(2031, 9, 30), "2-5y"),
        (DUE, date(2031, 10, 1), ">5y"),
    ],
)
def test_r23_buckets(due, on, name):
    assert bucket(due, on) == name


@given(st.lists(st.tuples(st.dates(date(2010, 1, 1), date(2030, 1, 1)), st.integers(0, 10**12)), max_size=20))
def test_r23_buckets_hold_everything_once(rows):
    totals = aged([Receivable(*row) for row in rows], date(2026, 11, 24))
    assert list(totals) == list(BUCKETS) and sum(totals.values()) == sum(amount for _, amount in rows)


def test_r23_realisation_is_net_of_what_was_given_back():
    assert realisation(90, 10, 100) == 80 and realisation(1, 0, 0) is None


SHARES = ShareTerms(Decimal(10), Decimal(60))


def test_r24_hundred_billion_over_104_villages():
    villages = {f"14.05.{n:03d}": 1 for n in range(104)}
    shares = village_shares(100 * BILLION, villages, SHARES)
    assert sum(shares.values()) == 10 * BILLION
    equal = village_shares(100 * BILLION, villages, ShareTerms(Decimal(10), Decimal(100)))
    assert equal["14.05.000"] == 10 * BILLION // 104
    six = village_shares(60 * BILLION, villages, ShareTerms(Decimal(10), Decimal(100)))
    assert six["14.05.000"] == 57_692_307 and six["14.05.103"] == 57_692_307 + 72


@given(
    st.integers(0, 10**14),
    st.dictionaries(st.text("0123456789", min_size=1, max_size=6), st.integers(0, 10**12), min_size=1),
    st.integers(0, 100),
)
def test_r24_sums_close(realised, brought, equally):
    shares = village_shares(realised, brought, ShareTerms(Decimal(10), Decimal(equally)))
    assert sum(shares.values()) == realised * 10 // 100
    assert set(shares) == set(brought) and min(shares.values()) >= 0


def test_r24_without_villages_there_is_nothing_to_share():
    with pytest.raises(ValueError, match="no villages"):
        village_shares(1, {}, SHARES)


@pytest.mark.parametrize(
    ("act", "days"),
    [
        (CollectionState.WARNED, 7),
        (CollectionState.FORCED, 21),
        (CollectionState.SEIZED, 2),
        (CollectionState.ANNOUNCED, 14),
        (CollectionState.AUCTIONED, 14),
    ],
)
def test_collection_acts_keep_their_distance(act, days):
    waits, since = seed_rows(COLLECTION_WAIT), collecting.midnight(DUE)
    first = since + timedelta(days)
    assert codes(collecting.act_reasons(act, since, first - timedelta(minutes=1), waits)) == ["too_early"]
    assert not collecting.act_reasons(act, since, first, waits)


def test_a_seizure_waits_twice_24_hours_to_the_minute():
    waits, served = seed_rows(COLLECTION_WAIT), datetime(2026, 3, 2, 14, 30, tzinfo=collecting.WIB)
    assert collecting.earliest_act(CollectionState.SEIZED, served, waits) == served + timedelta(hours=48)
    warned = collecting.earliest_act(CollectionState.FORCED, served, waits)
    assert warned == datetime(2026, 3, 23, tzinfo=collecting.WIB)
