"""Money that leaves: holds, approval, cash, billers that fail, time out and answer twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections

from sekata.kernel.ledger import queries as ledger
from sekata.kernel.notify.models import Message
from sekata.kernel.people import queries as people
from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank.actions import (
    billing,
    customers,
    deposits,
    notices,
    upkeep,
    withdrawals,
)
from sekata.pillars.environment.wastebank.models import BillerCall, Customer, Deposit, Withdrawal
from sekata.pillars.environment.wastebank.queries import books
from sekata.pillars.environment.wastebank.queries import withdrawals as found
from sekata.pillars.environment.wastebank.rules import bookkeeping
from sekata.pillars.environment.wastebank.standards.biller import Away, HttpBiller, Inquiry, Status
from sekata.pillars.environment.wastebank.tests.conftest import (
    NOW,
    booked,
    opened,
    person,
    ruled,
    vouched,
    withdrawn,
)
from sekata.site.registry import REGISTRY

METER = "12345678901"


@pytest.fixture(autouse=True)
def now(clock):
    with clock(NOW):
        yield


def http(biller, **given) -> HttpBiller:
    return HttpBiller(biller.url, found.biller_key(), **given)


def bought(unit, biller, target=METER, kind="power_token", amount=20_000) -> Withdrawal:
    """A withdrawal through the biller, taken in hand."""
    told = http(biller).inquiry(kind, target, amount)
    return executed(unit, withdrawn(unit, kind=kind, target=target, amount=amount, inquired=told))


def executed(unit, taken) -> Withdrawal:
    return billing.execute(actor=unit.treasurer, taken=fresh(taken), at=NOW)


def fresh(taken) -> Withdrawal:
    return found.by_key(taken.pk)


def state(taken) -> str:
    return fresh(taken).case.state


def code_of(refusal) -> str:
    return refusal.value.reasons[0].code


def standing(unit) -> tuple[int, int]:
    one = books.standing(unit.customer)
    return one.balance, one.available


def deferred() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs ORDER BY id")
        return [name for (name,) in cursor.fetchall()]


def test_r5_a_hold_leaves_3_537_and_the_second_request_is_refused(saver):
    withdrawn(saver)
    assert standing(saver) == (23_537, 3_537)
    with pytest.raises(Refused) as refusal:
        withdrawn(saver, amount=10_000)
    assert code_of(refusal) == "available" and "Rp3.537" in refusal.value.reasons[0].message
    assert Withdrawal.objects.count() == 1


def test_r5_the_fee_is_held_too(saver):
    ruled("limit", "withdrawal_fee", {"value": 500, "unit": "rupiah"})
    withdrawn(saver, amount=20_000)
    assert standing(saver) == (23_537, 3_037)


def test_r5_below_the_minimum_is_refused(saver):
    with pytest.raises(Refused) as refusal:
        withdrawn(saver, amount=5_000)
    assert code_of(refusal) == "minimum" and "Rp10.000" in refusal.value.reasons[0].message


def test_the_same_submission_is_one_withdrawal(saver):
    submission = uuid4()
    first, again = withdrawn(saver, submission=submission), withdrawn(saver, submission=submission)
    assert first.pk == again.pk and standing(saver) == (23_537, 3_537)
    with pytest.raises(Refused) as refusal:
        withdrawn(saver, submission=submission, amount=11_000)
    assert refusal.value.status == 409


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("pbb_tax", "12345678901234567"),
        ("power_token", "1234567890"),
        ("bpjs_premium", "99999123456789012"),
        ("bpjs_premium", "9999912345678901"),
        ("bank_transfer", "123456789"),
        ("transfer_to_customer", "00020000014"),
        ("transfer_to_customer", "00020000015"),
    ],
)
def test_a_target_that_cannot_be_right_is_refused_before_any_hold(saver, kind, target):
    with pytest.raises(Refused) as refusal:
        withdrawn(saver, kind=kind, target=target, inquired=Inquiry("X", 0, 0, "r"))
    assert refusal.value.reasons[0].field == "target"
    assert standing(saver) == (23_537, 23_537) and not Withdrawal.objects.exists()


def test_a_stranger_takes_nothing(saver):
    stranger = people.actor(person("orang lain"), REGISTRY.roles)
    asked = withdrawals.Asked(uuid4(), "cash", 10_000)
    with pytest.raises(Refused) as refusal:
        withdrawals.ask(actor=stranger, customer=saver.customer, asked=asked, at=NOW)
    assert refusal.value.status == 403


def test_cash_is_paid_once_and_only_what_is_there(saver):
    taken = executed(saver, withdrawn(saver))
    with pytest.raises(Refused) as refusal:
        withdrawals.pay(actor=saver.treasurer, taken=fresh(taken), at=NOW)
    assert code_of(refusal) == "no_money" and state(taken) == "executing"
    vouched(saver)
    withdrawals.pay(actor=saver.treasurer, taken=fresh(taken), at=NOW)
    assert state(taken) == "paid" and standing(saver) == (3_537, 3_537)
    assert books.money_in(saver.bank) == 980_000
    with pytest.raises(Refused) as refusal:
        withdrawals.pay(actor=saver.treasurer, taken=fresh(taken), at=NOW)
    assert refusal.value.status == 409 and books.money_in(saver.bank) == 980_000


def test_r11_above_the_limit_two_persons_are_needed(saver):
    booked(saver, (("LOG-02", "30.000"),))
    booked(saver, (("LOG-02", "29.000"),))
    small, large = withdrawn(saver, amount=25_000), withdrawn(saver, amount=500_001)
    assert (state(small), state(large)) == ("approved", "requested")
    Customer.objects.filter(pk=saver.customer.pk).update(person=saver.staff["director"])
    with pytest.raises(Refused) as refusal:
        withdrawals.approve(actor=saver.treasurer, taken=fresh(large), at=NOW)
    assert refusal.value.status == 403
    withdrawals.approve(actor=saver.director, taken=fresh(large), at=NOW)
    assert state(large) == "approved"


def test_r11_nobody_approves_or_pays_the_own_withdrawal(saver):
    booked(saver, (("LOG-02", "30.000"),))
    booked(saver, (("LOG-02", "29.000"),))
    Customer.objects.filter(pk=saver.customer.pk).update(person=saver.staff["director"])
    saver.customer.refresh_from_db()
    saver.saver = saver.director
    large = withdrawn(saver, amount=500_001)
    with pytest.raises(Refused) as refusal:
        withdrawals.approve(actor=saver.director, taken=fresh(large), at=NOW)
    assert code_of(refusal) == "two_persons"
    Customer.objects.filter(pk=saver.customer.pk).update(person=saver.staff["treasurer"])
    saver.customer.refresh_from_db()
    saver.saver = saver.treasurer
    own = withdrawn(saver, amount=10_000)
    with pytest.raises(Refused) as refusal:
        executed(saver, own)
    assert code_of(refusal) == "own_account"


def test_only_what_nobody_approved_can_be_cancelled(saver):
    booked(saver, (("LOG-02", "30.000"),))
    booked(saver, (("LOG-02", "29.000"),))
    large, small = withdrawn(saver, amount=500_001), withdrawn(saver, amount=10_000)
    withdrawals.cancel(actor=saver.saver, taken=fresh(large), at=NOW)
    with pytest.raises(Refused) as refusal:
        withdrawals.cancel(actor=saver.saver, taken=fresh(small), at=NOW)
    assert state(large) == "cancelled" and refusal.value.status == 409
    assert books.standing(saver.customer).holds == 10_000


def test_what_nobody_pays_expires_after_seven_days(saver, clock):
    taken = withdrawn(saver)
    with clock(NOW + timedelta(days=7)):
        assert withdrawals.expire() == 0
    with clock(NOW + timedelta(days=7, minutes=1)):
        assert withdrawals.expire() == 1 and withdrawals.expire() == 0
    assert state(taken) == "expired" and standing(saver) == (23_537, 23_537)


def test_what_is_called_off_goes_back(saver):
    taken = executed(saver, withdrawn(saver))
    withdrawals.call_off(actor=saver.treasurer, taken=fresh(taken), reason="Nasabah tidak datang.", at=NOW)
    assert state(taken) == "failed" and standing(saver) == (23_537, 23_537)


def test_a_transfer_goes_to_another_customer_of_the_bank(saver):
    other = opened(saver, "Siti")
    taken = executed(saver, withdrawn(saver, kind="transfer_to_customer", target=other.number))
    withdrawals.pay(actor=saver.treasurer, taken=fresh(taken), at=NOW)
    assert books.balances(saver.bank) == {saver.customer.number: 3_537, other.number: 20_000}


def test_acceptance_5_failure_time_out_and_one_token(connected, biller):
    taken = bought(connected, biller, target="12345678911", amount=17_500)
    assert standing(connected) == (23_537, 3_537) and deferred() == [billing.PAY]
    with pytest.raises(Refused) as refusal:
        withdrawn(connected, amount=10_000)
    assert code_of(refusal) == "available"
    billing.pay_out(taken.pk)
    assert state(taken) == "failed" and standing(connected) == (23_537, 23_537)

    taken = bought(connected, biller, target="12345678922", amount=17_500)
    billing.pay_out(taken.pk)
    assert state(taken) == "uncertain" and standing(connected) == (23_537, 3_537)
    billing.pay_out(taken.pk)
    billing.inquire()
    billing.inquire()
    taken = fresh(taken)
    assert taken.case.state == "paid" and standing(connected) == (3_537, 3_537)
    assert biller.asked[str(taken.our_id)] == 1
    token = found.token_of(taken).replace(" ", "")
    assert len(token) == 20 and token.isdigit() and token == biller.payments[str(taken.our_id)].token
    debits = [
        line.amount
        for line in ledger.passbook(books.book_of(connected.bank), "2101").lines
        if line.amount < 0
    ]
    assert debits == [-20_000] and books.held_by(connected.bank, "2102") == {"PPOB": 20_000}


@pytest.mark.parametrize(("target", "status"), [("12345678933", "unknown"), ("12345678944", "pending")])
def test_without_an_end_the_money_stays_held_and_after_an_hour_a_person_is_told(
    connected, biller, clock, target, status
):
    taken = bought(connected, biller, target=target, amount=17_500)
    billing.pay_out(taken.pk)
    with clock(NOW + timedelta(minutes=59)):
        billing.inquire()
    assert not Message.objects.filter(template="wastebank.uncertain").exists()
    with clock(NOW + timedelta(minutes=60)):
        billing.inquire()
        billing.inquire()
    assert Message.objects.filter(template="wastebank.uncertain").count() == 2
    assert state(taken) == "uncertain" and standing(connected) == (23_537, 3_537)
    assert biller.asked[str(taken.our_id)] == 1
    assert BillerCall.objects.filter(withdrawal=taken, verb="advice", status=status).count() == 3
    billing.refund(actor=connected.director, taken=fresh(taken), reason="Penyedia memastikan gagal.", at=NOW)
    assert state(taken) == "failed" and standing(connected) == (23_537, 23_537)


def test_a_person_settles_what_the_biller_did_pay(connected, biller):
    taken = bought(connected, biller, target="12345678944", amount=17_500)
    billing.pay_out(taken.pk)
    given = {
        "actor": connected.director,
        "taken": fresh(taken),
        "reference": "REF-1",
        "token": "1234 5678 9012 3456 7890",
    }
    billing.settle(**given, reason="Bukti tertulis penyedia.", at=NOW)
    assert state(taken) == "paid" and found.token_of(fresh(taken)) == "1234 5678 9012 3456 7890"
    assert standing(connected) == (3_537, 3_537)


def test_a_garbled_answer_is_no_answer(connected, biller):
    taken = bought(connected, biller, target="12345678966", amount=17_500)
    billing.pay_out(taken.pk)
    assert state(taken) == "uncertain"
    billing.inquire()
    assert state(taken) == "paid" and biller.asked[str(taken.our_id)] == 1


def test_a_crash_after_sending_is_never_sent_again(connected, biller, clock):
    taken = bought(connected, biller, amount=17_500)
    told = http(biller).inquiry("power_token", METER, 17_500)
    assert billing._send(actor=billing.SUITE, taken=taken, told=told, at=NOW)
    http(biller).pay(told.ref, 17_500, str(taken.our_id))
    billing.pay_out(taken.pk)
    with clock(NOW + timedelta(minutes=6)):
        billing.inquire()
    assert state(taken) == "paid" and biller.asked[str(taken.our_id)] == 1


def test_a_biller_that_is_away_is_asked_again_before_anything_is_sent(connected, biller, clock):
    taken = bought(connected, biller, amount=17_500)
    ruled("biller", "power_token", {"code": "PPOB", "name": "P", "url": "http://127.0.0.1:1"}, NOW.date())
    billing.pay_out(taken.pk)
    assert state(taken) == "executing" and fresh(taken).sent_at is None
    ruled(
        "biller",
        "power_token",
        {"code": "PPOB", "name": "P", "url": biller.url},
        NOW.date() + timedelta(days=1),
    )
    with clock(NOW + timedelta(days=1)):
        billing.inquire()
    assert state(taken) == "paid"


def test_what_has_become_dearer_is_not_bought(connected, biller):
    taken = bought(connected, biller, amount=17_500)
    Withdrawal.objects.filter(pk=taken.pk).update(charge=1_000)
    billing.pay_out(taken.pk)
    assert state(taken) == "failed" and biller.asked[str(taken.our_id)] == 0
    assert standing(connected) == (23_537, 23_537)


def test_a_bill_is_paid_in_full_or_not_at_all(connected, biller):
    told = http(biller).inquiry("pbb_tax", "140502000100100010", 20_000)
    assert told.amount == 42_000
    with pytest.raises(Refused) as refusal:
        withdrawn(connected, kind="pbb_tax", target="140502000100100010", inquired=told)
    assert refusal.value.reasons[0].field == "amount"


def test_an_unknown_target_is_refused_before_any_hold(connected, biller):
    with pytest.raises(Refused) as refusal:
        bought(connected, biller, target="12345678955")
    assert code_of(refusal) == "target" and not Withdrawal.objects.exists()


def test_r13_gold_is_cut_to_four_decimals(connected, biller):
    booked(connected, (("LOG-02", "10.000"),))
    taken = bought(connected, biller, kind="gold", target="", amount=100_000)
    billing.pay_out(taken.pk)
    taken = fresh(taken)
    assert taken.case.state == "paid" and f"{taken.grams}" == "0.0905"
    assert taken.quote == {"per_gram": 1_104_000, "buy_back": 1_042_000}


def test_r13_an_expired_quote_is_never_executed(connected, biller, clock):
    booked(connected, (("LOG-02", "10.000"),))
    taken = bought(connected, biller, kind="gold", target="", amount=100_000)
    stale = Inquiry("P", 0, 0, "gold-", 1_104_000, 1_042_000, NOW + timedelta(seconds=60))
    assert billing._refusal(taken, stale, NOW + timedelta(seconds=59)) == ""
    assert "lewat waktunya" in billing._refusal(taken, stale, NOW + timedelta(seconds=60))


def test_the_biller_answers_a_repeated_payment_with_the_first(biller):
    one, two = (http(biller).pay("power_token-1", 1_000, "same") for _ in range(2))
    assert one == two and one.status is Status.PAID and biller.asked["same"] == 2


def test_the_biller_takes_only_signed_requests_and_a_slow_answer_is_none(biller):
    with pytest.raises(Away):
        HttpBiller(biller.url, b"x" * 32).inquiry("power_token", METER, 1)
    biller.sleep = 0.3
    with pytest.raises(Away):
        http(biller, timeout=0.05).pay("power_token-22", 1_000, "slow")
    assert http(biller).advice("slow").status is Status.PAID


def test_r5_a_reversal_beyond_the_balance_leaves_a_debt_and_limits_the_account(saver):
    made = booked(saver, (("LOG-02", "0.750"),))
    vouched(saver)
    taken = executed(saver, withdrawn(saver, amount=28_000))
    withdrawals.pay(actor=saver.treasurer, taken=fresh(taken), at=NOW)
    deposits.reverse(
        actor=saver.director, bank=saver.bank, made=made, reason="Salah nasabah di loket.", at=NOW
    )
    assert standing(saver) == (0, 0) and books.debt(saver.customer) == 4_463
    booked(saver)
    with pytest.raises(Refused) as refusal:
        withdrawn(saver, amount=10_000)
    assert code_of(refusal) == "customer_debt"
    vouched(saver, 4_463, "debt", account="2101", counterpart=saver.customer.number)
    assert books.debt(saver.customer) == 0 and standing(saver) == (19_074, 19_074)
    assert state(withdrawn(saver, amount=10_000)) == "approved"


def test_an_account_with_money_is_not_closed(saver):
    with pytest.raises(Refused) as refusal:
        customers.close_account(actor=saver.director, bank=saver.bank, customer=saver.customer,
                                reason="Pindah keluar daerah.", at=NOW)  # fmt: skip
    assert code_of(refusal) == "balance"


@pytest.fixture
def renewed(transactional_db) -> None:
    """No connection from before the database was made anew: a browser's loop keeps its own apart."""
    connections.close_all()


def test_r5_two_requests_at_once_never_take_more_than_there_is(renewed, saver):
    def request(_: int) -> str:
        try:
            withdrawn(saver, amount=20_000)
        except Refused as refusal:
            return refusal.reasons[0].code
        finally:
            connection.close()
        return "held"

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(request, range(4)))
    assert sorted(told) == ["available"] * 3 + ["held"]
    assert standing(saver) == (23_537, 3_537)


def test_r6_customers_money_is_covered_and_costs_uncover_it(saver):
    assert books.coverage(saver.bank) == 1
    vouched(saver, 1_000)
    assert books.coverage(saver.bank) > 1
    vouched(saver, 1_000, "cost")
    taken = withdrawn(saver)
    assert books.coverage(saver.bank) == 1 and taken.hold.outcome == ""
    sheet = books.sheet(saver.bank)
    assert sum(sheet.values()) == 0 and bookkeeping.is_covered(sheet)


def test_r19_money_of_sleepers_is_listed_apart_and_never_lost(saver, clock):
    years = NOW + timedelta(days=5 * 365 + 3)
    with clock(years):
        assert upkeep.put_to_sleep() >= 1 and upkeep.list_unclaimed() == 1 and upkeep.list_unclaimed() == 0
        assert books.balances(saver.bank) == {f"U{saver.customer.number}": 23_537} and standing(saver) == (
            0,
            0,
        )
        assert (
            upkeep.reclaim(actor=saver.treasurer, bank=saver.bank, customer=saver.customer, at=years)
            == 23_537
        )
    assert standing(saver) == (23_537, 23_537)


def test_a_deposit_is_told_to_the_customers_phone(saver):
    siti = opened(saver, "Siti", phone="081234567890")
    made = booked(saver, customer=siti)
    assert deferred() == [notices.TELL]
    assert notices.tell_deposits([made.pk, Deposit.objects.get(customer=saver.customer).pk]) == 1
    told = Message.objects.get(template="wastebank.deposited")
    assert "Saldo Rp23.537" in told.body and told.secret_id == siti.identity_id
