"""R9 to R13 and R17: due days, interest, increases, fines, instalments, how long an amount stays true."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekata.lib.tests.helpers import codes
from sekata.lib.workdays import Calendar
from sekata.pillars.economy.tax.codes import Ground
from sekata.pillars.economy.tax.rules import due, instalment, penalty
from sekata.pillars.economy.tax.rules.amounts import percent
from sekata.pillars.economy.tax.rules.dates import add_months, month_bounds, months_late, previous_period
from sekata.pillars.economy.tax.rules.penalty import MonthlyRate
from sekata.pillars.economy.tax.tables import AUDIT_RATE, seed_rows

NOW, OLD = MonthlyRate(Decimal(1), 24), MonthlyRate(Decimal(2), 24)
CALENDAR = Calendar(holidays=frozenset({date(2026, 5, 1), date(2026, 5, 14)}))
SEPTEMBER = date(2026, 9, 30)
days = st.dates(date(2000, 1, 1), date(2060, 12, 31))
principals = st.integers(0, 10**12)


@pytest.mark.parametrize(
    ("rule", "start", "day"),
    [
        pytest.param(("workdays", 10), date(2026, 4, 30), date(2026, 5, 18), id="R9-ten-working-days"),
        pytest.param(("workdays", 15), date(2026, 4, 30), date(2026, 5, 25), id="R9-fifteen-working-days"),
        pytest.param(
            ("day_of_next_month", 10), date(2026, 4, 30), date(2026, 5, 11), id="R9-sunday-the-10th"
        ),
        pytest.param(("day_of_next_month", 10), date(2026, 12, 31), date(2027, 1, 11), id="R9-over-new-year"),
        pytest.param(("months", 1), date(2026, 4, 1), date(2026, 5, 4), id="R9-holiday-then-weekend"),
        pytest.param(("months", 6), date(2026, 3, 30), date(2026, 9, 30), id="R9-sppt"),
        pytest.param(("months", 1), date(2026, 1, 31), date(2026, 3, 2), id="R9-clipped-and-shifted"),
    ],
)
def test_r9_due_days_fall_on_working_days(rule, start, day):
    assert due.due_day(due.DueRule(*rule), start, CALENDAR) == day


@given(days, st.sampled_from([("workdays", 10), ("months", 1), ("day_of_next_month", 10)]))
def test_r9_no_due_day_is_a_day_off(start, rule):
    day = due.due_day(due.DueRule(*rule), start, CALENDAR)
    assert CALENDAR.is_workday(day) and day > start


def test_r9_an_unknown_way_is_an_error():
    with pytest.raises(ValueError, match="no such way"):
        due.due_day(due.DueRule("never", 1), SEPTEMBER, CALENDAR)


def test_r9_30_september_needs_sending_from_30_march_on():
    assert due.earliest_sending(SEPTEMBER, 6) == date(2026, 3, 30)
    assert not due.batch_due_reasons(SEPTEMBER, date(2026, 3, 30), 6)
    assert codes(due.batch_due_reasons(SEPTEMBER, date(2026, 3, 29), 6)) == ["due_range"]
    assert codes(due.batch_due_reasons(SEPTEMBER, SEPTEMBER, 6)) == ["due_range"]


@pytest.mark.parametrize(
    ("fell_due", "paid", "months"),
    [
        pytest.param(SEPTEMBER, date(2026, 9, 30), 0, id="R10-on-the-day"),
        pytest.param(SEPTEMBER, date(2026, 10, 1), 1, id="R10-a-day-late"),
        pytest.param(SEPTEMBER, date(2026, 10, 30), 1, id="R10-30-10"),
        pytest.param(SEPTEMBER, date(2026, 10, 31), 2, id="R10-31-10"),
        pytest.param(SEPTEMBER, date(2026, 12, 15), 3, id="R10-15-12"),
        pytest.param(date(2024, 9, 30), date(2027, 9, 30), 36, id="R10-36"),
        pytest.param(date(2026, 1, 31), date(2026, 2, 28), 1, id="R10-clipped"),
        pytest.param(date(2026, 1, 31), date(2026, 3, 1), 2, id="R10-clipped-next-day"),
        pytest.param(date(2026, 2, 28), date(2026, 3, 28), 1, id="R10-28-03"),
        pytest.param(date(2026, 2, 28), date(2026, 3, 31), 2, id="R10-31-03"),
    ],
)
def test_r10_months(fell_due, paid, months):
    assert months_late(fell_due, paid) == months


@pytest.mark.parametrize(
    ("paid", "total"),
    [
        (date(2026, 9, 30), 412_500),
        (date(2026, 10, 30), 416_625),
        (date(2026, 10, 31), 420_750),
        (date(2026, 12, 15), 424_875),
        (date(2028, 9, 30), 511_500),
        (date(2036, 1, 1), 511_500),
    ],
)
def test_r10_the_bill_of_412_500(paid, total):
    assert penalty.owed(412_500, SEPTEMBER, paid, NOW).total == total


def test_r10_rounded_down_once():
    assert penalty.interest(412_550, 3, NOW) == 12_376


@pytest.mark.parametrize(
    ("rate", "fell_due", "paid", "percentage"),
    [
        (NOW, date(2024, 9, 30), date(2027, 9, 30), 24),
        (OLD, date(2023, 10, 2), date(2026, 10, 2), 48),
    ],
)
def test_r10_at_most_24_months(rate, fell_due, paid, percentage):
    assert penalty.owed(1_000_000, fell_due, paid, rate).penalty == 10_000 * percentage


@given(days, st.integers(1, 2000))
def test_r10_months_are_the_least_that_reach_the_payment(fell_due, late):
    paid = fell_due + timedelta(days=late)
    months = months_late(fell_due, paid)
    assert add_months(fell_due, months) >= paid > add_months(fell_due, months - 1)


@given(principals, principals, days, st.integers(0, 3000), st.integers(0, 3000))
def test_r10_later_or_more_never_costs_less(one, other, fell_due, early, late):
    small, large = sorted((one, other))
    first, last = (fell_due + timedelta(days=n) for n in sorted((early, late)))
    before, after = penalty.owed(small, fell_due, first, NOW), penalty.owed(large, fell_due, last, NOW)
    assert 0 <= before.penalty <= after.penalty <= percent(large, Decimal(24))


@given(principals, days, st.integers(-30, 1000))
def test_r17_an_amount_stays_true_exactly_until_its_last_day(principal, fell_due, late):
    on = fell_due + timedelta(days=late)
    asked = penalty.owed(principal, fell_due, on, NOW)
    if asked.true_until is None:
        assert penalty.owed(principal, fell_due, on + timedelta(days=900), NOW).total == asked.total
    else:
        assert penalty.owed(principal, fell_due, asked.true_until, NOW).total == asked.total
        assert months_late(fell_due, asked.true_until + timedelta(days=1)) > asked.months


def test_r17_before_and_after_the_due_day():
    assert penalty.true_until(SEPTEMBER, date(2026, 9, 1), NOW) == SEPTEMBER
    assert penalty.true_until(SEPTEMBER, date(2026, 10, 5), NOW) == date(2026, 10, 30)
    assert penalty.true_until(SEPTEMBER, date(2029, 1, 1), NOW) is None


@pytest.mark.parametrize(
    ("ground", "months", "interest", "increase"),
    [
        pytest.param(Ground.AUDIT, 14, 3_024_000, 0, id="R11-audit-14"),
        pytest.param(Ground.EX_OFFICIO, 30, 6_336_000, 6_000_000, id="R11-ex-officio-30"),
        pytest.param(Ground.DESK, 2, 240_000, 0, id="R11-desk"),
        pytest.param(Ground.NEW_DATA, 5, 0, 12_000_000, id="R11-new-data"),
    ],
)
def test_r11_shortages(ground, months, interest, increase):
    added = penalty.shortage(12_000_000, months, ground, seed_rows(AUDIT_RATE))
    assert (added.interest, added.increase, added.total) == (interest, increase, interest + increase)


def test_r12_late_return():
    assert penalty.late_filing_fine(SEPTEMBER, SEPTEMBER, 100_000) == 0
    assert penalty.late_filing_fine(SEPTEMBER, date(2026, 10, 1), 100_000) == 100_000
    assert penalty.late_filing_fine(SEPTEMBER, date(2026, 10, 1), 100_000, force_majeure=True) == 0


PLAN = instalment.schedule(24_000_000, 6, date(2027, 1, 15), Decimal("0.6"))


def test_r13_six_parts_of_24_million():
    assert [part.total for part in PLAN] == [4_144_000, 4_120_000, 4_096_000, 4_072_000, 4_048_000, 4_024_000]
    assert sum(part.interest for part in PLAN) == 504_000
    assert [part.due for part in PLAN[:3]] == [date(2027, 1, 15), date(2027, 2, 15), date(2027, 3, 15)]


def test_r13_the_third_part_31_days_late_makes_all_due():
    on = date(2027, 4, 15)
    assert instalment.is_broken(PLAN[2].due, on, 30)
    assert not instalment.is_broken(PLAN[2].due, on - timedelta(days=1), 30)
    assert instalment.broken_balance(PLAN, 2, date(2026, 12, 15), on, Decimal("0.6")).total == 16_192_000


def test_r13_nothing_paid_counts_from_the_beginning():
    balance = instalment.broken_balance(PLAN, 0, date(2026, 12, 15), date(2027, 2, 15), Decimal("0.6"))
    assert balance.total == 24_000_000 + 2 * 144_000


@given(st.integers(24, 10**12), st.integers(2, 24), days)
def test_r13_parts_sum_to_the_principal_and_interest_falls(principal, parts, first):
    plan = instalment.schedule(principal, parts, first, Decimal("0.6"))
    assert sum(part.principal for part in plan) == principal and len(plan) == parts
    interests = [part.interest for part in plan]
    assert interests == sorted(interests, reverse=True) and min(interests) >= 0


def test_r13_two_to_24_parts_of_something():
    assert codes(instalment.schedule_reasons(24_000_000, 1, 24)) == ["parts"]
    assert codes(instalment.schedule_reasons(24_000_000, 25, 24)) == ["parts"]
    assert codes(instalment.schedule_reasons(0, 6, 24)) == ["principal"]
    assert not instalment.schedule_reasons(24_000_000, 6, 24)


def test_periods():
    assert month_bounds("2028-02") == (date(2028, 2, 1), date(2028, 2, 29))
    assert previous_period("2026-01") == "2025-12"
    with pytest.raises(ValueError):
        month_bounds("2026-13")
