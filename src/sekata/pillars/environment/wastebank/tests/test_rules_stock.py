"""Stock, sharing, duties, scales, gold, impact, community: the worked examples of R8 to R20."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekata.pillars.environment.wastebank.rules import (
    anomalies,
    balances,
    community,
    duties,
    impact,
    registration,
    sharing,
    stock,
)
from sekata.pillars.environment.wastebank.tables import (
    BANK_REQUIREMENT,
    EMISSION_FACTOR,
    MATERIAL,
    SHRINK_TOLERANCE,
    seed_rows,
)

NOW = datetime(2026, 4, 29, 3, 0, tzinfo=UTC)


def test_r8_cost_follows_the_moving_average():
    filled = stock.put_in(stock.Stock(D(100), 160_000), D(40), 68_000)
    assert filled == stock.Stock(D(140), 228_000)
    taken = stock.take_out(filled, D(90))
    assert taken.cost == 146_571
    assert 90 * 2300 - taken.cost == 60_429
    assert taken.left == stock.Stock(D(50), 81_429)


def test_r8_nothing_more_is_sold_than_lies_there():
    (reason,) = stock.stock_reasons(stock.Stock(D("2.5"), 100), D("2.501"))
    assert "2,500 kg" in reason.message and stock.stock_reasons(stock.Stock(D("2.5"), 100), D("2.5")) == ()
    with pytest.raises(ValueError, match="more than"):
        stock.take_out(stock.Stock(D(1), 1), D(2))
    with pytest.raises(ValueError, match="more than"):
        stock.take_back(stock.Stock(D(1), 1), D(2), 5)


GRAMS = st.integers(1, 10**6).map(lambda grams: D(grams) / 1000)
MOVES = st.lists(st.tuples(st.booleans(), GRAMS, st.integers(0, 10**6)), max_size=30)


@given(moves=MOVES)
def test_r8_value_never_turns_negative_and_the_last_kilogram_takes_all(moves):
    held, put, cost = stock.Stock(), 0, 0
    for comes_in, kg, value in moves:
        if comes_in:
            held, put = stock.put_in(held, kg, value), put + value
        else:
            taken = stock.take_out(held, min(kg, held.kg))
            held, cost = taken.left, cost + taken.cost
        assert held.kg >= 0 and held.value >= 0
    assert stock.take_out(held, held.kg).cost + cost == put


@given(kg=GRAMS, value=st.integers(0, 10**6), amount=st.integers(0, 10**7), part=st.integers(1, 100))
def test_r8_a_reversal_leaves_no_negative_value(kg, value, amount, part):
    taken = stock.take_back(stock.Stock(kg, value), kg * part / 100, amount)
    assert taken.left.value >= 0 and taken.cost + taken.left.value == value
    assert part < 100 or taken.left.value == 0


def test_r9_a_loss_beyond_the_tolerance_is_suspense():
    found = stock.variance(stock.Stock(D("50.000"), 81_429), D("47.800"), D(3))
    assert (found.kg, found.percent, found.value, found.beyond) == (D("-2.200"), D("-4.4"), 3_583, True)
    assert found.account == "5209"
    assert stock.after_count(stock.Stock(D(50), 81_429), found) == stock.Stock(D("47.800"), 77_846)


@pytest.mark.parametrize(
    ("group", "counted", "beyond"),
    [
        ("paper", "97", False),
        ("paper", "96.999", True),
        ("plastic", "99", False),
        ("metal", "99.5", False),
        ("metal", "99.499", True),
        ("textile", "99", False),
        ("textile", "98.9", True),
        ("paper", "103.001", True),
    ],
)
def test_r9_up_to_and_at_the_tolerance_it_is_shrinkage(group, counted, beyond):
    allowed = stock.tolerance(seed_rows(SHRINK_TOLERANCE), group)
    found = stock.variance(stock.Stock(D(100), 1000), D(counted), allowed)
    assert found.beyond == beyond and found.account == ("5209" if beyond else "5201")


def test_r9_what_was_never_booked_is_a_find_to_explain():
    found = stock.variance(stock.Stock(), D(3), D(1))
    assert found.beyond and found.percent is None and found.value == 0


def test_r9_a_case_is_closed_with_one_of_its_causes_only():
    assert stock.closing_reasons("moisture") == () and stock.closing_reasons("")[0].code == "cause"


def test_r9_a_central_cannot_receive_more_than_was_sent_and_the_tolerance():
    assert stock.received_reasons(D(100), D(103), D(3)) == ()
    assert stock.received_reasons(D(100), D("103.001"), D(3))[0].code == "received_more"


@given(kg=GRAMS, value=st.integers(0, 10**9), counted=st.integers(0, 2 * 10**6))
def test_r9_a_count_never_leaves_a_negative_value(kg, value, counted):
    book = stock.Stock(kg, value)
    after = stock.after_count(book, stock.variance(book, D(counted) / 1000, D(1)))
    assert after.kg == D(counted) / 1000 and after.value >= 0
    assert counted or after.value == 0


def test_r10_customers_share_by_largest_remainder_and_lower_number():
    percentages = {"operators": 50, "capital": 25, "customers": 15, "social": 10}
    assert sharing.pools(800_000, percentages)["customers"] == 120_000
    values = {"00120000011": 23_537, "00120000029": 41_000, "00120000037": 15_463}
    shares = sharing.customers_shares(120_000, values)
    assert [*shares.values()] == [35_306, 61_500, 23_194]
    swapped = {"00120000037": 23_537, "00120000029": 41_000, "00120000011": 15_463}
    assert sharing.customers_shares(120_000, swapped)["00120000011"] == 23_195


def test_r10_a_loss_is_not_shared_and_parts_sum_to_a_hundred():
    with pytest.raises(ValueError, match="loss"):
        sharing.pools(-1, {"customers": 100})
    assert sharing.charter_reasons({"customers": 99}) and not sharing.charter_reasons({"customers": 100})
    assert sharing.customers_shares(100, {}) == {}


@given(pool=st.integers(0, 10**9), values=st.dictionaries(st.text("0123456789", min_size=11, max_size=11),
       st.integers(1, 10**8), min_size=1, max_size=20))  # fmt: skip
def test_r10_shares_sum_to_the_pool(pool, values):
    shares = sharing.customers_shares(pool, values)
    assert sum(shares.values()) == pool
    assert all(
        abs(shares[n] * sum(values.values()) - pool * v) < sum(values.values()) for n, v in values.items()
    )


@pytest.mark.parametrize(
    ("weigher", "customer", "code"),
    [("a" * 64, "b" * 64, None), ("a" * 64, "a" * 64, "own_household"), ("", "a" * 64, "household_unknown")],
)
def test_r11_nobody_weighs_for_the_own_household(weigher, customer, code):
    found = duties.weigher_reasons(weigher, customer)
    assert (found[0].code if found else None) == code


def test_r11_large_sums_and_cash_need_two():
    assert not balances.needs_second_person(500_000, 500_000) and balances.needs_second_person(
        500_001, 500_000
    )
    assert duties.second_person_reasons(1, 1, "Disetujui") and not duties.second_person_reasons(
        1, 2, "Disetujui"
    )
    assert duties.second_person_reasons(None, 2, "Disetujui")
    assert duties.cash_count_reasons(["treasurer"]) and not duties.cash_count_reasons(
        ["treasurer", "director"]
    )


@pytest.mark.parametrize(
    ("capacity", "division", "kg", "code"),
    [
        (150, 50, "12.345", "scale_division"),
        (150, 50, "12.350", None),
        (150, 50, "150", None),
        (150, 50, "150.050", "scale_capacity"),
        (30, 5, "2.345", None),
        (30, 5, "0.750", None),
        (30, 5, "3.200", None),
        (30, 5, "2.344", "scale_division"),
    ],
)
def test_r12_a_weight_must_be_one_the_scale_can_show(capacity, division, kg, code):
    found = anomalies.scale_reasons(anomalies.Scale(D(capacity), D(division)), D(kg))
    assert (found[0].code if found else None) == code


@pytest.mark.parametrize(
    ("until", "flags"),
    [(date(2026, 4, 29), ()), (date(2026, 4, 28), ("scale_expired",)), (None, ("scale_expired",))],
)
def test_r12_an_expired_scale_is_flagged(until, flags):
    assert anomalies.scale_flags(anomalies.Scale(D(30), D(5), until), date(2026, 4, 29)) == flags


@pytest.mark.parametrize(
    ("kg", "p99", "outlier"),
    [("3000", 18, True), ("20", 18, False), ("20.001", 18, True), ("25", 30, False), ("25", None, True)],
)
def test_r12_three_typed_as_three_thousand_asks_again(kg, p99, outlier):
    assert anomalies.is_outlier(D(kg), None if p99 is None else D(p99), D(20)) == outlier
    assert anomalies.threshold({"household": D(18)}, "household") == 18


def test_r13_gold_is_cut_to_four_decimals_and_quotes_expire():
    assert balances.grams(100_000, 1_104_000) == D("0.0905")
    quote = balances.Quote(1_104_000, 980_000, NOW + timedelta(seconds=60))
    assert not [*balances.quote_reasons(quote, NOW + timedelta(seconds=59))]
    assert [*balances.quote_reasons(quote, NOW + timedelta(seconds=60))]


def test_r14_pieces_and_litres_convert_for_statistics():
    assert impact.kilograms(D(12), D("0.07")) == D("0.840")
    assert impact.kilograms(D("3.5"), D("0.92")) == D("3.220")
    assert impact.kilograms(D("2.345"), None) == D("2.345")


def test_r15_transfers_between_banks_are_never_new():
    moves = [impact.Leaving(D(300), outside=False), impact.Leaving(D(800), D(40))]
    assert impact.reduction_kg(moves) == 760


def test_acceptance_10_r16_population_gives_tonnes_and_a_share():
    generation = impact.generation_t(420_000, D("0.40"))
    assert generation == 61_320
    assert impact.reduction_percent(D("96.4"), generation) == D("0.157")
    assert impact.reduction_percent(D(1), D(0)) is None


def test_r17_emissions_avoided_by_what_was_sold():
    known = seed_rows(EMISSION_FACTOR)
    materials = {row.key: row.value["emission"] for row in MATERIAL.seeds}
    factors = {code: D(known[ref]["factor"]) for code, ref in materials.items() if ref}
    found = impact.avoided(
        {"KRT-01": D(500), "PLS-01": D(120), "LOG-02": D(20), "TLR-01": D(1)}, factors, ["KRT-01"]
    )
    assert found.by_material == {"KRT-01": D("1.731"), "PLS-01": D("0.138"), "LOG-02": D("0.201")}
    assert found.total == D("2.07") and found.without_factor == ("TLR-01",)
    assert found.paper == D("1.731")


def test_r18_a_small_family_with_more_each_ranks_higher():
    entrants = [
        community.Entrant("Lima", "household", 5, D(10)),
        community.Entrant("Dua", "household", 2, D(6)),
        community.Entrant("", "household", 1, D(99)),
        community.Entrant("Toko", "business", 1, D(99)),
        community.Entrant("Sama", "household", 1, D(3)),
    ]
    ranks = community.leaderboard(entrants, ("household",))
    assert [(r.place, r.nickname, r.kg_per_member) for r in ranks] == [
        (1, "Dua", D("3.0")),
        (1, "Sama", D("3.0")),
        (3, "Lima", D("2.0")),
    ]


@pytest.mark.parametrize(
    ("on", "sleep"),
    [
        ("2026-02-27", "awake"),
        ("2026-02-28", "notice"),
        ("2030-02-27", "notice"),
        ("2030-02-28", "unclaimed"),
    ],
)
def test_r19_an_account_sleeps_but_is_never_forfeited(on, sleep):
    assert community.sleep_of(date(2025, 2, 28), date.fromisoformat(on), 12, 5) == sleep


def test_r19_months_end_where_they_end():
    assert community.sleep_of(date(2024, 2, 29), date(2025, 2, 28), 12, 5) == "notice"


@pytest.mark.parametrize(
    ("status", "consent", "code"),
    [
        ("active", False, None),
        ("dormant", True, None),
        ("dormant", False, "customer_dormant"),
        ("closed", True, "customer_closed"),
        ("pending", True, "customer_pending"),
    ],
)
def test_r19_sleepers_wake_with_consent(status, consent, code):
    found = community.status_reasons(status, consent)
    assert (found[0].code if found else None) == code


@pytest.mark.parametrize(
    ("home", "consent", "code"),
    [
        ((1, 9), False, None),
        ((2, 9), True, None),
        ((2, 9), False, "guest_consent"),
        ((2, 8), True, "other_bank"),
        ((2, None), True, "other_bank"),
    ],
)
def test_a_card_of_another_bank_counts_under_the_same_central_only(home, consent, code):
    other = community.Bank(home[0], "BSU-1405-002", home[1])
    found = community.guest_reasons(other, community.Bank(1, "BSU-1405-001", 9), consent)
    assert (found[0].code if found else None) == code
    assert not found or "BSU-1405-002" in found[0].message


def test_r20_a_household_counts_once_and_for_ninety_days():
    deposits = {"a": NOW - timedelta(days=90), "b": NOW - timedelta(days=91), "c": NOW}
    assert community.participation(deposits, 8, NOW) == D("25.0")
    assert community.participation({}, 0, NOW) is None


def test_a_bank_is_registered_when_its_checklist_is_met():
    rows = seed_rows(BANK_REQUIREMENT)
    wanted = registration.requirements(rows, "unit")
    assert wanted and not [*registration.checklist_reasons(rows, "unit", wanted)]
    (reason,) = registration.checklist_reasons(rows, "unit", wanted[1:])
    assert rows[wanted[0]]["name"] in reason.message
    assert set(registration.requirements(rows, "central")) != set(wanted)


@pytest.mark.parametrize(
    ("kind", "parent", "posts", "codes"),
    [
        ("unit", "central", ("director", "treasurer", "weigher"), []),
        ("unit", None, ("director", "treasurer", "weigher"), []),
        ("unit", "unit", ("director", "treasurer", "weigher"), ["parent"]),
        ("central", "central", ("director",), ["parent", "officer", "officer"]),
    ],
)
def test_a_bank_has_its_parent_and_its_officers(kind, parent, posts, codes):
    assert [r.code for r in registration.bank_reasons(kind, parent, posts)] == codes


@pytest.mark.parametrize(
    ("conflicts", "days", "cash", "explained", "codes"),
    [
        ((), 31, (100, 100), False, []),
        ((), 31, (90, 100), True, []),
        (("D07-000123",), 32, (90, 100), False, ["conflicts", "stock_count", "cash_differs"]),
        ((), None, None, False, ["stock_count", "cash_count"]),
    ],
)
def test_a_month_closes_when_nothing_is_open(conflicts, days, cash, explained, codes):
    assert [r.code for r in registration.month_reasons(conflicts, days, 31, cash, explained)] == codes
