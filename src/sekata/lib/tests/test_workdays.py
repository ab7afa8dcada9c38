"""Working days: worked examples R4, R5, R7, R16 of complaints and R5 of licensing, then properties."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekata.lib.workdays import Calendar, real_time, share

WIB = ZoneInfo("Asia/Jakarta")
R4 = Calendar(frozenset(date(2026, month, day) for month, day in [(5, 1), (5, 14), (5, 27), (6, 1), (6, 16)]))


def at(month: int, day: int, hour: int = 10, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=WIB)


def on(month: int, day: int) -> date:
    return date(2026, month, day)


@pytest.mark.parametrize(
    "received, n, last",
    [
        pytest.param(at(4, 29), 3, on(5, 5), id="R4-3-wd"),
        pytest.param(at(4, 29), 5, on(5, 7), id="R4-R6-5-wd"),
        pytest.param(at(4, 29), 30, on(6, 17), id="R4-R7-30-wd"),
        pytest.param(at(5, 1), 5, on(5, 11), id="R4-received-on-a-holiday"),
        pytest.param(at(4, 29, 16, 1), 5, on(5, 8), id="R4-after-the-cutoff"),
        pytest.param(at(4, 29, 16), 5, on(5, 7), id="R4-16:00:00-is-still-today"),
        pytest.param(at(4, 29, 16, 0, 1), 5, on(5, 8), id="R4-16:00:01"),
        pytest.param(at(4, 29), 24, on(6, 8), id="R16-L1-at-24-of-30"),
        pytest.param(at(4, 29), 0, on(4, 29), id="R4-no-days"),
        pytest.param(at(5, 1), 0, on(5, 4), id="R4-no-days-on-a-holiday"),
    ],
)
def test_last_day(received, n, last):
    assert R4.last_day(received, n) == last


@pytest.mark.parametrize(
    "received, counted",
    [
        pytest.param(at(5, 1), on(5, 4), id="R4-friday-holiday-as-monday"),
        pytest.param(at(4, 29, 16, 1), on(4, 30), id="R4-late-as-the-next-day"),
        pytest.param(at(4, 30, 17), on(5, 4), id="R4-late-before-a-long-weekend"),
        pytest.param(at(5, 2, 9), on(5, 4), id="R4-saturday"),
        pytest.param(at(4, 29, 0), on(4, 29), id="R4-midnight"),
        pytest.param(datetime(2026, 4, 28, 17, 30, tzinfo=UTC), on(4, 29), id="R4-zone-of-the-office"),
    ],
)
def test_r4_counted_start(received, counted):
    assert R4.counted_start(received) == counted


def test_r4_a_limit_ends_at_24_00_of_its_last_day():
    deadline = R4.deadline(at(4, 29), 3)
    assert deadline == datetime(2026, 5, 5, 17, tzinfo=UTC) and deadline.tzinfo is UTC
    assert deadline - timedelta(microseconds=1) < deadline


def test_r5_minutes_and_hours_run_day_and_night():
    filed = datetime(2026, 5, 2, 22, 10, tzinfo=WIB)
    assert f"{filed:%a}" == "Sat"
    assert real_time(filed, timedelta(minutes=30)) == datetime(2026, 5, 2, 22, 40, tzinfo=WIB)
    assert real_time(filed, timedelta(hours=24)) == datetime(2026, 5, 3, 22, 10, tzinfo=WIB)


def test_r5_hours_are_real_where_clocks_are_moved():
    berlin = datetime(2026, 3, 28, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    assert real_time(berlin, timedelta(hours=24)) - berlin.astimezone(UTC) == timedelta(hours=24)


def test_r7_a_pause_moves_the_limit():
    paused = R4.between(at(5, 6), at(5, 12))
    assert paused == 4
    assert R4.last_day(at(4, 29), 30 + paused) == R4.add(on(6, 17), paused) == on(6, 23)


@pytest.mark.parametrize(
    "asked, answered, days",
    [
        pytest.param(at(5, 6, 9), at(5, 6, 15), 0, id="R7-same-day"),
        pytest.param(at(5, 6, 17), at(5, 7, 9), 0, id="R7-asked-late"),
        pytest.param(at(5, 6, 9), at(5, 6, 17), 1, id="R7-answered-late"),
        pytest.param(at(5, 6), at(5, 9), 3, id="R7-answered-on-saturday-as-monday"),
        pytest.param(at(5, 9), at(5, 10), 0, id="R7-within-a-weekend"),
        pytest.param(at(5, 12), at(5, 6), -4, id="R7-reversed"),
    ],
)
def test_r7_between(asked, answered, days):
    assert R4.between(asked, answered) == days


@pytest.mark.parametrize(
    "level, n, day",
    [
        pytest.param("L2", 1, on(6, 18), id="R16-L2-the-next-day"),
        pytest.param("L3", 5, on(6, 24), id="R16-L3-breach+5"),
        pytest.param("L4", 20, on(7, 15), id="R16-L4-breach+20"),
    ],
)
def test_r16_escalates_from_the_limit(level, n, day):
    assert R4.add(on(6, 17), n) == day


@pytest.mark.parametrize(
    "limit, percent, days", [(30, 80, 24), (5, 80, 4), (3, 80, 2), (1, 80, 0), (7, 100, 7)]
)
def test_r16_share_is_rounded_down(limit, percent, days):
    assert share(limit, percent) == days


def test_licensing_r5_with_its_pause():
    calendar = Calendar(frozenset({on(8, 17), on(8, 25)}))
    complete = at(8, 12)
    assert calendar.last_day(complete, 5) == on(8, 20)
    paused = calendar.between(at(8, 14, 10), at(8, 19, 9))
    assert calendar.last_day(complete, 5 + paused) == on(8, 24)
    assert calendar.last_day(at(8, 19), 5) == on(8, 27)


def test_enforcement_r6_moves_to_the_next_working_day():
    calendar = Calendar(frozenset({on(8, 17)}))
    assert calendar.on_or_after(on(8, 15)) == on(8, 18)
    assert calendar.on_or_after(on(8, 18)) == on(8, 18)
    assert calendar.on_or_after(date(2027, 1, 31)) == date(2027, 2, 1)


def test_six_day_office_and_other_cutoff():
    calendar = Calendar(weekend=(6,), cutoff=time(12))
    assert calendar.counted_start(at(5, 2, 12)) == on(5, 2)
    assert calendar.counted_start(at(5, 2, 13)) == on(5, 4)


def test_needs_a_zone_and_a_working_day():
    with pytest.raises(ValueError, match="zone"):
        R4.counted_start(datetime(2026, 4, 29, 10))  # noqa: DTZ001
    with pytest.raises(ValueError, match="working day"):
        Calendar(weekend=tuple(range(7)))


DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
CALENDARS = st.builds(
    Calendar,
    st.frozensets(st.dates(date(2025, 6, 1), date(2027, 6, 30)), max_size=60),
    st.sampled_from([(5, 6), (6,), (), (4, 5)]),
)
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.sampled_from([UTC, WIB]))  # noqa: DTZ001


@given(CALENDARS, DAYS, st.integers(-60, 60))
def test_add_equals_walking(calendar, day, n):
    found = day
    for _ in range(abs(n)):
        found += timedelta(days=1 if n > 0 else -1)
        while not calendar.is_workday(found):
            found += timedelta(days=1 if n > 0 else -1)
    assert calendar.add(day, n) == found


@given(CALENDARS, MOMENTS, st.integers(0, 400), st.integers(0, 60))
def test_r7_a_pause_of_k_days_adds_k_days(calendar, moment, n, k):
    last = calendar.last_day(moment, n)
    assert calendar.is_workday(last)
    assert calendar.last_day(moment, n + k) == calendar.add(last, k)


@given(CALENDARS, MOMENTS, MOMENTS, MOMENTS)
def test_r7_pauses_join(calendar, a, b, c):
    assert calendar.between(a, b) + calendar.between(b, c) == calendar.between(a, c)
    assert a > b or calendar.between(a, b) >= 0


@given(CALENDARS, MOMENTS, st.integers(0, 400))
def test_r4_later_receipts_end_later(calendar, moment, n):
    deadline = calendar.deadline(moment, n)
    assert deadline > moment
    assert deadline.astimezone(calendar.zone).time() == time(0)
    assert calendar.deadline(moment + timedelta(hours=7), n) >= deadline
