"""Money, prices, clocks, replays: every worked example of R1 to R7 by its number."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekata.lib import clock, codes
from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank.rules import (
    balances,
    bookkeeping,
    moments,
    numbers,
    pricing,
    replays,
)
from sekata.pillars.environment.wastebank.rules.quantities import (
    parse_price,
    parse_quantity,
    quantity_reasons,
    spoken_quantity,
)

HOUR = 3600
CARDBOARD = pricing.Key("KRT-01")


def wib(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00").astimezone(UTC)


V12 = pricing.Price(CARDBOARD, 1700, wib("2026-01-01 00:00"), 12)
V13 = pricing.Price(CARDBOARD, 1500, wib("2026-03-08 00:00"), 13)


def code_of(refusal) -> str:
    return refusal.value.reasons[0].code


@pytest.mark.parametrize(
    ("quantity", "price", "amount"),
    [
        ("2.345", 1700, 3987),
        ("0.750", 9000, 6750),
        ("3.200", 4000, 12800),
        ("12", 150, 1800),
        ("3.5", 4000, 14000),
    ],
)
def test_r1_a_line_is_rounded_half_up_once(quantity, price, amount):
    assert pricing.line_amount(D(quantity), price) == amount


def test_r1_the_total_is_the_sum_of_rounded_lines():
    lines = [("2.345", 1700), ("0.750", 9000), ("3.200", 4000)]
    assert pricing.total(pricing.line_amount(D(q), p) for q, p in lines) == 23_537


@pytest.mark.parametrize(
    ("text", "unit", "code"),
    [
        ("2,3456", "kg", "quantity_decimals"),
        ("0", "kg", "quantity_size"),
        ("-3", "kg", "quantity_format"),
        ("", "kg", "quantity_format"),
        ("1e3", "kg", "quantity_format"),
        ("1000000", "kg", "quantity_size"),
        ("2,5", "piece", "quantity_whole"),
        ("1,700,5", "kg", "quantity_format"),
    ],
)
def test_r1_a_quantity_that_cannot_be_is_refused(text, unit, code):
    with pytest.raises(Refused) as refusal:
        parse_quantity(text, unit)
    assert code_of(refusal) == code


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-1", "0", "2.3456"])
def test_r1_a_quantity_from_a_machine_is_judged_alike(value):
    assert quantity_reasons(D(value))


@pytest.mark.parametrize(
    ("text", "kg"),
    [("2,345", "2.345"), ("1.700", "1.700"), ("3 000", "3000"), ("1.234,5", "1234.5"), ("12", "12")],
)
def test_r1_the_fields_type_decides_what_a_dot_means(text, kg):
    assert parse_quantity(text) == D(kg)


@pytest.mark.parametrize(
    ("text", "price"), [("1.700", 1700), ("1700", 1700), ("Rp 50.000", 50_000), ("0", 0), ("", None)]
)
def test_r2_a_price_is_whole_rupiah(text, price):
    assert parse_price(text) == price


@pytest.mark.parametrize(
    ("text", "code"), [("1.700,50", "money_whole"), ("1.70", "money_format"), ("-5", "price_negative")]
)
def test_r2_a_price_with_a_fraction_is_refused(text, code):
    with pytest.raises(Refused) as refusal:
        parse_price(text)
    assert code_of(refusal) == code


@pytest.mark.parametrize(
    ("kg", "unit", "said"),
    [
        ("2.345", "kg", "dua koma tiga empat lima kilogram"),
        ("1.700", "kg", "satu koma tujuh kilogram"),
        ("12", "piece", "dua belas buah"),
        ("0.05", "liter", "nol koma nol lima liter"),
    ],
)
def test_r1_what_was_understood_is_shown_in_words(kg, unit, said):
    assert spoken_quantity(D(kg), unit) == said


@pytest.mark.parametrize(
    ("at", "price"),
    [
        ("2026-03-07 16:20", 1700),
        ("2026-03-07 23:59", 1700),
        ("2026-03-08 00:00", 1500),
        ("2025-12-31 23:59", None),
    ],
)
def test_r2_the_price_in_force_begins_at_its_instant(at, price):
    found = pricing.price_at([V13, V12], wib(at))
    assert (found and found.price) == price


def test_r2_the_price_shown_stays_and_is_flagged():
    settled = pricing.settle_price(V12, pricing.price_at([V12, V13], wib("2026-03-08 09:00")))
    assert settled == pricing.Settled(1700, ("stale_price",), 0)
    fresh = pricing.settle_price(V12, pricing.price_at([V12, V13], wib("2026-03-07 16:20")))
    assert fresh == pricing.Settled(1700)


def test_r2_a_dearer_price_in_force_is_offered_as_a_top_up():
    dearer = pricing.Price(CARDBOARD, 1900, wib("2026-03-08 00:00"), 13)
    settled = pricing.settle_price(V12, dearer)
    assert settled == pricing.Settled(1700, ("stale_price",), 200)
    assert pricing.top_up([(D("2.345"), 1700, 1900)]) == 4456 - 3987
    assert pricing.settle_price(V12, None).unit_price == 1700


def test_r2_two_prices_from_one_instant_are_refused_naming_both():
    twice = [V13, pricing.Price(CARDBOARD, 1600, V13.valid_from, 13)]
    (reason,) = pricing.clash_reasons(twice)
    assert "Rp1.500 dan Rp1.600" in reason.message and "08-03-2026" in reason.message
    assert pricing.clash_reasons([V12, V13]) == ()


def test_r2_a_sheet_is_that_of_its_moment_or_version():
    assert pricing.sheet_at([V12, V13], wib("2026-03-07 12:00"))[CARDBOARD] is V12
    assert pricing.sheet_of([V12, V13], 13)[CARDBOARD] is V13
    assert pricing.sheet_of([V12, V13], 12)[CARDBOARD] is V12


@pytest.mark.parametrize(
    ("device", "offset", "synced", "received", "at", "flags", "doubts"),
    [
        ("2026-03-08 18:20", 26 * HOUR, "2026-03-07 08:00", "2026-03-09 08:00", "2026-03-07 16:20", 1, []),
        ("2026-03-07 16:20", 0, "2026-03-07 08:00", "2026-03-09 08:00", "2026-03-07 16:20", 0, []),
        ("2026-03-07 16:20", 600, "2026-03-07 08:00", "2026-03-09 08:00", "2026-03-07 16:10", 0, []),
        ("2026-03-07 16:20", 601, "2026-03-07 08:00", "2026-03-09 08:00", None, 1, []),
        ("2026-03-07 16:20", None, "2026-03-07 08:00", "2026-03-09 08:00", "2026-03-07 16:20", 1, []),
        ("2026-03-07 16:20", 0, "2026-02-28 16:00", "2026-03-09 08:00", None, 0, ["sync_old"]),
        ("2026-03-07 16:20", 0, "2026-02-28 16:20", "2026-03-09 08:00", None, 0, []),
        ("2026-03-07 16:20", 0, None, "2026-03-09 08:00", None, 0, ["never_synced"]),
        ("1970-01-01 08:00", 0, "2026-03-07 08:00", "2026-03-09 08:00", None, 1, ["before_sync"]),
        ("2026-03-10 08:00", 0, "2026-03-07 08:00", "2026-03-09 08:00", None, 1, ["future"]),
    ],
)
def test_r3_the_clock_of_a_device_is_corrected_or_doubted(
    device, offset, synced, received, at, flags, doubts
):
    reading = moments.ClockReading(wib(device), offset, synced and wib(synced))
    found = moments.corrected(reading, wib(received))
    assert at is None or found.at == wib(at)
    assert len(found.flags) == flags and [doubt.code for doubt in found.doubts] == doubts


def test_r3_a_clock_at_the_edge_of_the_calendar_is_only_doubted():
    reading = moments.ClockReading(datetime.min.replace(tzinfo=UTC), 3600, wib("2026-03-07 08:00"))
    assert moments.corrected(reading, wib("2026-03-09 08:00")).doubts


def test_r3_a_restart_keeps_the_offset_and_raises_the_flag():
    reading = moments.ClockReading(
        wib("2026-03-08 18:20"), 26 * HOUR, wib("2026-03-07 08:00"), restarted=True
    )
    found = moments.corrected(reading, wib("2026-03-09 08:00"))
    assert found.at == wib("2026-03-07 16:20") and found.flags == ("clock_suspect",)


def test_r3_a_clock_26_hours_fast_still_finds_list_12():
    reading = moments.ClockReading(wib("2026-03-08 18:20"), 26 * HOUR, wib("2026-03-07 08:00"))
    at = moments.corrected(reading, wib("2026-03-09 08:00")).at
    assert pricing.price_at([V12, V13], at) is V12


@given(offset=st.integers(-(10**6), 10**6), seconds=st.integers(0, 10**9))
def test_r3_the_correction_undoes_the_offset(offset, seconds):
    true = V12.valid_from + timedelta(seconds=seconds)
    reading = moments.ClockReading(true + timedelta(seconds=offset), offset, true)
    assert moments.corrected(reading, true).at == true


def test_r4_the_same_item_is_a_replay_whatever_the_order_of_its_fields():
    one = replays.fingerprint({"uid": "a", "lines": [{"kg": "2.345", "material": "KRT-01"}]})
    same = replays.fingerprint({"lines": [{"material": "KRT-01", "kg": "2.345"}], "uid": "a"})
    other = replays.fingerprint({"lines": [{"material": "KRT-01", "kg": "2.346"}], "uid": "a"})
    assert replays.verdict(None, one) == "new"
    assert replays.verdict(one, same) == "replay"
    assert replays.verdict(one, other) == "conflict"


@pytest.mark.parametrize(
    ("change", "double"),
    [
        ({}, True),
        ({"kg": D("10.100")}, True),
        ({"kg": D("10.102")}, False),
        ({"at": wib("2026-03-07 10:05")}, True),
        ({"at": wib("2026-03-07 10:06")}, False),
        ({"device": 1}, False),
        ({"material": "KRT-02"}, False),
        ({"customer": 2}, False),
    ],
)
def test_r4_a_sack_weighed_twice_is_noticed(change, double):
    first = {"device": 1, "customer": 1, "material": "KRT-01", "kg": D(10), "at": wib("2026-03-07 10:00")}
    second = first | {"device": 2} | change
    assert replays.is_double(replays.Weighed(**first), replays.Weighed(**second)) == double


def test_r5_a_hold_lowers_what_can_be_withdrawn():
    account = balances.Account(credits=23_537, holds=20_000)
    assert (account.balance, account.available) == (23_537, 3_537)
    (reason,) = balances.withdrawal_reasons(account, 10_000, 0, 10_000)
    assert reason.message == "dapat ditarik Rp3.537"
    (reason,) = balances.withdrawal_reasons(account, 5_000, 0, 10_000)
    assert reason.message == "minimum Rp10.000"
    assert not [*balances.withdrawal_reasons(balances.Account(23_537), 20_000, 2_500, 10_000)]
    assert [*balances.withdrawal_reasons(balances.Account(23_537), 21_500, 2_500, 10_000)]


@pytest.mark.parametrize(
    ("available", "split"), [(23_537, (23_537, 0)), (3_537, (3_537, 20_000)), (-5, (0, 23_537))]
)
def test_r5_a_reversal_beyond_the_balance_becomes_a_debt(available, split):
    assert balances.reversal_split(23_537, available) == split


AMOUNT = st.integers(0, 10**9)


@given(a=AMOUNT, b=AMOUNT, c=AMOUNT)
def test_r6_every_entry_balances(a, b, c):
    entries = [
        bookkeeping.deposit("1", a),
        bookkeeping.top_up("1", a),
        bookkeeping.reversal("1", a, b - c, c),
        bookkeeping.paid_out("1", a, b),
        bookkeeping.biller_paid("1", a, b, "PLN"),
        bookkeeping.biller_settled(a, "PLN"),
        bookkeeping.moved("1", "2", a),
        bookkeeping.sale_weighed_out(a),
        bookkeeping.sale_accepted("X", a, b),
        bookkeeping.sale_paid("X", a, bookkeeping.CASH),
        bookkeeping.shrinkage(a - b, beyond_tolerance=True),
        bookkeeping.suspense_closed(a),
        bookkeeping.transfer_out("BSI", a, b),
        bookkeeping.transfer_in("BSU", a),
        bookkeeping.distribution({"1": a, "2": b}),
        bookkeeping.unclaimed("1", a),
    ]
    assert all(sum(line.amount for line in entry) == 0 for entry in entries)
    assert sum(bookkeeping.balances_of(entries).values()) == 0
    assert all(line.amount for entry in entries for line in entry)


def test_r6_the_accounts_of_a_deposit_and_of_what_follows():
    in_ = bookkeeping.deposit("00120004510", 23_537)
    assert [(p.account, p.amount, p.holder) for p in in_] == [
        ("1201", 23_537, ""),
        ("2101", -23_537, "00120004510"),
    ]
    out = bookkeeping.reversal("00120004510", 23_537, 3_537, 23_537)
    assert [(p.account, p.amount) for p in out] == [("2101", 3_537), ("1302", 20_000), ("1201", -23_537)]
    with pytest.raises(ValueError, match="cash or into the bank"):
        bookkeeping.sale_paid("X", 1, "1201")


def test_r6_customers_money_must_be_covered():
    assert bookkeeping.is_covered({})
    whole = {"1101": 10_000, "1201": 13_537, "2101": -23_537}
    assert bookkeeping.coverage(whole) == 1 and bookkeeping.is_covered(whole)
    assert not bookkeeping.is_covered(whole | {"1101": 9_999})


def test_r7_the_remainder_is_always_the_banks():
    assert bookkeeping.split_gross(23_537, 85) == bookkeeping.Shares(20_006, 3_531)


@given(gross=st.integers(0, 10**12), percent=st.integers(0, 100))
def test_r7_shares_sum_to_the_gross(gross, percent):
    shares = bookkeeping.split_gross(gross, percent)
    assert shares.customer + shares.bank == gross and shares.customer * 100 <= gross * percent


def test_r7_no_other_percentage():
    with pytest.raises(ValueError, match="percentage"):
        bookkeeping.split_gross(1, 101)


def test_customer_numbers_carry_a_check_digit():
    assert numbers.customer_number("0012", 451) == "00120004510"
    assert numbers.customer_reasons("0012 0004 510") == ()
    assert numbers.customer_reasons("00120004511")[0].code == "customer_check"
    assert numbers.customer_reasons("0012000451")[0].code == "customer_length"
    with pytest.raises(ValueError, match="4 digits"):
        numbers.customer_number("12", 1)


@given(
    bank=st.integers(0, 9999),
    serial=st.integers(1, 999_999),
    place=st.integers(0, 10),
    slip=st.integers(1, 9),
)
def test_a_slip_in_a_customer_number_is_caught(bank, serial, place, slip):
    number = numbers.customer_number(f"{bank:04d}", serial)
    wrong = number[:place] + str((int(number[place]) + slip) % 10) + number[place + 1 :]
    assert codes.has_check(number, codes.DIGITS) and numbers.customer_reasons(wrong)


def test_codes_of_banks_deposits_and_devices():
    assert numbers.bank_code("unit", "14.05", 7) == "BSU-1405-007"
    assert numbers.bank_code("central", "14.05", 1) == "BSI-1405-001"
    assert numbers.deposit_number("0012", 2026, 123) == "BS-0012-2026-000123"
    assert numbers.provisional_number(numbers.device_prefix(7), 123) == "D07-000123"
    assert [numbers.device_prefix(n) for n in (1, 99, 100)] == ["D01", "D99", "E01"]
    assert numbers.provisional_reasons("D07-000123", "D07") == ()
    assert numbers.provisional_reasons("D08-000123", "D07") and numbers.provisional_reasons("x", "D07")
    for impossible in (0, 99 * 24 + 1):
        with pytest.raises(ValueError, match="prefix"):
            numbers.device_prefix(impossible)


TARGETS = numbers.targets(
    [
        ("power_token", "Nomor meter atau IDPEL", (11, 12), ""),
        ("pbb_tax", "NOP", (18,), ""),
        ("bpjs_family", "Nomor akun virtual keluarga", (16,), r"88888\d{11}"),
        ("bank_transfer", "Nomor rekening", range(10, 17), ""),
    ]
)


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("power_token", "12345678901", None),
        ("power_token", "123456789012", None),
        ("power_token", "1234567890", "target_length"),
        ("pbb_tax", "14.05.020.001.004-0123.0", None),
        ("pbb_tax", "12345678901234567", "target_length"),
        ("bpjs_family", "8888812345678901", None),
        ("bpjs_family", "1888812345678901", "target_form"),
        ("bank_transfer", "123456789", "target_length"),
        ("bank_transfer", "1234567890123456", None),
    ],
)
def test_r5_a_target_is_checked_before_any_hold(kind, text, code):
    found = numbers.target_reasons(TARGETS[kind], text)
    assert (found[0].code if found else None) == code


def test_the_zone_of_prices_is_the_regencys():
    assert V13.valid_from.astimezone(clock.WIB).hour == 0
