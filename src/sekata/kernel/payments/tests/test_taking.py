"""R21, R22: each rupiah that a bank reports is once in a payment or in suspense, and the books balance."""

import threading
from datetime import timedelta

import pytest
from django.db import Error, connection, connections, transaction
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from sekata.kernel.ledger import actions as ledger
from sekata.kernel.ledger import queries as books
from sekata.kernel.payments import actions, payables, queries
from sekata.kernel.payments.models import Bill, Payment
from sekata.kernel.payments.standards import numbers
from sekata.kernel.payments.tests import conftest as house
from sekata.kernel.payments.tests.conftest import AT, BANK, DUE, notice, open_bill, quote
from sekata.lib.manifest import Payable
from sekata.lib.numbers import luhn
from sekata.lib.result import Refused

TRANSIT, SUSPENSE, RECEIVABLE, FINES = "1.1.1.09", "2.1.9.01", "1.1.3.01", "4.1.1.90"
REGENCY = "regency"


def take(bank, told, at=AT):
    return actions.take(actor=BANK, partner=bank, notice=told, at=at)


def balance(account: str) -> int:
    return books.balance(books.book(REGENCY), account)


def test_a_bill_has_a_number_that_closes_and_one_is_open_for_a_thing(bill):
    assert numbers.valid_customer_no(bill.customer_no) and bill.customer_no.startswith("0126")
    assert open_bill("A1").pk == bill.pk
    drafts = [house.Draft("test", f"B{n}", "x", "y", quote(n)) for n in range(1, 30)]
    assert actions.open_bills(book=REGENCY, drafts=drafts, at=AT) == 29
    assert actions.open_bills(book=REGENCY, drafts=drafts, at=AT) == 0
    assert all(numbers.valid_customer_no(no) for no in Bill.objects.values_list("customer_no", flat=True))


def test_r21_a_payment_settles_its_bill(bank, room, bill):
    actions.amend(bill=bill, quote=quote(412_500, 12_375))
    payment = take(bank, notice(bill.customer_no, 424_875))
    bill.refresh_from_db()
    assert (payment.state, bill.state, room.told) == ("posted", "paid", [("paid", "A1")])
    assert len(payment.ntpd) == 20 and luhn.valid(payment.ntpd) and payment.ntpd.startswith("1405260929")
    assert (balance(TRANSIT), balance(RECEIVABLE), balance(FINES)) == (424_875, -412_500, 12_375)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"to": "0126000000017", "ref": "J9"}, "unknown"),
        ({"amount": 412_499}, "amount"),
        ({"amount": 412_501}, "amount"),
        ({"trx_at": DUE + timedelta(seconds=1)}, "expired"),
    ],
)
def test_r21_what_fits_no_bill_waits_in_suspense(bank, room, bill, told, reason):
    payment = take(bank, notice(**({"to": bill.customer_no} | told)))
    bill.refresh_from_db()
    assert (payment.state, payment.reason, payment.bill, bill.state, room.told) == (
        "suspense",
        reason,
        None,
        "open",
        [],
    )
    assert balance(TRANSIT) == balance(SUSPENSE) == payment.amount and list(queries.suspended()) == [payment]


def test_r17_the_banks_time_counts_not_the_arrival(bank, room, bill):
    payment = take(bank, notice(bill.customer_no, trx_at=DUE), at=DUE + timedelta(days=3))
    assert payment.state == "posted"


def test_r21_a_second_payment_of_one_bill_waits_in_suspense(bank, room, bill):
    take(bank, notice(bill.customer_no))
    second = take(bank, notice(bill.customer_no, ref="R77", channel="qris"))
    assert (second.state, second.reason) == ("suspense", "already_paid")


def test_told_again_it_is_the_same_payment(bank, room, bill):
    first = take(bank, notice(bill.customer_no))
    assert take(bank, notice(bill.customer_no)) == first
    assert take(bank, notice(bill.customer_no, request_id="PR-other")) == first
    assert take(bank, notice(bill.customer_no, ref="J2", request_id="PR-J1")) == first
    for other in ({"amount": 5}, {"to": "0126000000017"}):
        with pytest.raises(Refused) as refusal:
            take(bank, notice(**({"to": bill.customer_no} | other)))
        assert refusal.value.status == 409
    assert Payment.objects.count() == 1 and balance(TRANSIT) == 412_500


def test_banks_restart_their_numbers_each_day(bank, room, bill):
    take(bank, notice(bill.customer_no))
    again = notice(open_bill("A2").customer_no, trx_at=AT + timedelta(days=1), request_id="")
    assert take(bank, again).state == "posted"


def test_r22_a_reversal_mirrors_and_opens_the_bill_again(bank, room, bill):
    payment = take(bank, notice(bill.customer_no, terminal="T1"))
    for _ in range(2):
        actions.reverse(actor=BANK, payment=payment, terminal="T1", at=AT + timedelta(hours=1))
    bill.refresh_from_db()
    assert bill.state == "open" and room.told == [("paid", "A1"), ("unpaid", "A1")]
    assert balance(TRANSIT) == balance(RECEIVABLE) == 0
    assert take(bank, notice(bill.customer_no, ref="J2")).state == "posted"


@pytest.mark.parametrize(("terminal", "later"), [("T2", 0), ("T1", 15)])
def test_a_late_or_foreign_reversal_is_refused(bank, room, bill, terminal, later):
    payment = take(bank, notice(bill.customer_no, terminal="T1"))
    with pytest.raises(Refused) as refusal:
        actions.reverse(actor=BANK, payment=payment, terminal=terminal, at=AT + timedelta(hours=later))
    assert refusal.value.status == 409 and balance(TRANSIT) == 412_500


def test_the_treasurer_matches_or_refunds_what_is_unclear(bank, room, bill, treasurer):
    wrong, lost = take(bank, notice("0126000000017")), take(bank, notice(bill.customer_no, 7, ref="J2"))
    with pytest.raises(Refused):
        actions.match(actor=treasurer, payment=wrong, bill=bill, evidence="slip", at=AT)
    with pytest.raises(Refused):
        actions.match(actor=treasurer, payment=lost, bill=bill, evidence="slip bank terlampir", at=AT)
    actions.match(actor=treasurer, payment=wrong, bill=bill, evidence="slip bank terlampir", at=AT)
    actions.refund(actor=treasurer, payment=lost, evidence="permintaan tertulis pembayar", at=AT)
    wrong.refresh_from_db()
    assert (wrong.state, wrong.bill, room.told) == ("posted", bill, [("paid", "A1")])
    assert balance(SUSPENSE) == 0 and balance(TRANSIT) == 412_500 and not queries.suspended().exists()
    with pytest.raises(Refused):
        actions.refund(actor=treasurer, payment=lost, evidence="permintaan tertulis pembayar", at=AT)


@pytest.mark.parametrize(
    "act",
    [
        "DELETE FROM payments_payment",
        "UPDATE payments_payment SET amount = 1",
        "UPDATE payments_payment SET state = 'suspense', reason = 'x'",
        "UPDATE payments_payment SET bill_id = NULL, state = 'reversed'",
        "TRUNCATE payments_call CASCADE",
    ],
)
def test_the_database_keeps_what_was_reported(bank, room, bill, act):
    take(bank, notice(bill.customer_no))
    with pytest.raises(Error, match="sekata_immutable"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(act)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same", [True, False])
def test_acceptance_4_five_at_the_same_moment_are_one(room, keys, same):
    bank = house.make_bank(keys[1])
    bill, found = open_bill("A1"), []

    def tell(number: int) -> None:
        told = notice(bill.customer_no, ref="J1" if same else f"J{number}")
        found.append(take(bank, told))
        connections.close_all()

    threads = [threading.Thread(target=tell, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    states = sorted(payment.state for payment in found)
    assert states == (["posted"] * 5 if same else ["posted", *["suspense"] * 4])
    assert len({payment.pk for payment in found}) == Payment.objects.count() == (1 if same else 5)
    assert room.told == [("paid", "A1")] and balance(TRANSIT) == 412_500 * Payment.objects.count()


class Bank(RuleBasedStateMachine):
    """A day at the bank in any order: bills, payments right and wrong, told again and again, taken back, decided."""

    bills, told = Bundle("bills"), Bundle("told")

    def __init__(self, bank, treasurer):
        super().__init__()
        self.bank, self.treasurer, self.count, self.money = bank, treasurer, 0, {}

    @rule(target=bills, amount=st.integers(1, 10**9), fine=st.integers(0, 10**6))
    def open(self, amount, fine):
        self.count += 1
        return open_bill(f"S{self.count}", quote(amount, fine))

    @rule(
        target=told,
        bill=bills,
        off=st.sampled_from([0, 0, 0, 1]),
        late=st.booleans(),
        channel=st.sampled_from(["va", "qris"]),
    )
    def pay(self, bill, off, late, channel):
        self.count += 1
        trx_at = DUE + timedelta(days=1) if late else AT
        sent = notice(
            bill.customer_no,
            bill.amount + off,
            f"J{self.count}",
            channel=channel,
            terminal="T",
            trx_at=trx_at,
        )
        self.tell(sent)
        return sent

    @rule(sent=told)
    def tell(self, sent):
        take(self.bank, sent)
        self.money.setdefault((sent.channel, sent.bank_ref), sent.amount)

    @rule(sent=told)
    def take_back(self, sent):
        payment = Payment.objects.get(bank_ref=sent.bank_ref)
        try:
            actions.reverse(actor=BANK, payment=payment, terminal="T", at=sent.trx_at)
        except Refused:
            return
        self.money[(sent.channel, sent.bank_ref)] = 0

    @rule(sent=told, bill=bills, refund=st.booleans())
    def decide(self, sent, bill, refund):
        payment = Payment.objects.get(bank_ref=sent.bank_ref)
        given = {"actor": self.treasurer, "payment": payment, "evidence": "bukti bank terlampir", "at": AT}
        try:
            actions.refund(**given) if refund else actions.match(**given, bill=bill)
        except Refused:
            return
        if refund:
            self.money[(sent.channel, sent.bank_ref)] = 0

    @rule()
    def gather(self):
        ledger.gather()

    @invariant()
    def every_rupiah_once(self):
        kept = Payment.objects.filter(state__in=["posted", "suspense"])
        suspended = sum(p.amount for p in kept if p.state == "suspense")
        assert sum(payment.amount for payment in kept) == sum(self.money.values()) == balance(TRANSIT)
        assert balance(SUSPENSE) == suspended
        assert balance(TRANSIT) - balance(SUSPENSE) + balance(RECEIVABLE) - balance(FINES) == 0
        paid = set(Bill.objects.filter(state="paid").values_list("pk", flat=True))
        assert paid == {payment.bill_id for payment in kept if payment.state == "posted"}


class AnyDay(TestCase):
    def test_any_schedule_keeps_every_rupiah_once(self):
        before, room = dict(payables._known), house.Room()
        payables.know([Payable("test", "01", "Uji", lambda ref, at: None, room.paid, room.unpaid)])
        bank = house.make_bank("")

        class Fresh(Bank):
            def __init__(self):
                self.point = transaction.atomic()
                self.point.__enter__()
                super().__init__(bank, house.officer("payments.reconcile", 7))

            def teardown(self):
                transaction.set_rollback(True)
                self.point.__exit__(None, None, None)

        run_state_machine_as_test(
            Fresh, settings=hypothesis(max_examples=25, stateful_step_count=18, deadline=None)
        )
        payables._known.clear()
        payables._known.update(before)
