"""Acceptance 4 and the stateful schedules: whatever is lost, doubled, late, in another order or killed, every rupiah at
the bank is exactly once in a payment or in suspense, and the books balance."""

import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from sekata.kernel.payments import payables, polling
from sekata.kernel.payments.models import Call, Payment
from sekata.kernel.payments.tests.town import POLL, Town
from sekata.site.bank.tests.conftest import until
from sekata.site.runtime import testbed

TABLES = ["payments_call", "payments_payment", "ledger_posting", "payments_bill", "journal_once"]
"""Where a notification writes, in this order: each is a place to die at."""
FATES = [{}, {"lose": 1}, {"double": 1}, {"delay": 1}, {"reorder": 1}, {"die": "before"}, {"die": "after"}]


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker) -> Iterator[Town]:
    before = dict(payables._known)
    with (
        django_db_blocker.unblock(),
        TemporaryDirectory(dir=testbed.BED, ignore_cleanup_errors=True) as room,
    ):
        Path(room).chmod(0o711)
        try:
            with Town(Path(room)) as made:
                yield made
        finally:
            payables._known.clear()
            payables._known.update(before)


def state_of(paid: dict) -> tuple[str, str] | None:
    """State and reason of what the house made of a transaction."""
    return Payment.objects.filter(bank_ref=paid["number"]).values_list("state", "reason").first()


def test_a_notification_pays_at_once(town):
    paid = town.pay(town.bill())
    assert state_of(paid) == ("posted", ""), town.told()
    assert state_of(town.pay(town.bill(), by="qris")) == ("posted", "")
    town.insist()


@pytest.mark.parametrize("by", ["va", "qris"])
def test_a_lost_notification_arrives_late_but_once(town, by):
    paid = town.pay(town.bill(), by=by, lose=1)
    assert state_of(paid) is None
    for _ in range(2):
        polling.poll()
    assert state_of(paid) == ("posted", "")
    town.insist()


def test_a_poll_that_finds_nothing_new_keeps_nothing(town):
    town.pay(town.bill())
    before = Call.objects.count()
    polling.poll()
    assert Call.objects.count() == before


@pytest.mark.parametrize("fate", FATES[2:], ids=str)
def test_doubled_held_swapped_or_dying_it_is_one_payment(town, fate):
    bills = [town.bill(), town.bill()]
    for bill, faults in zip(bills, (fate, {}), strict=True):
        town.pay(bill, **faults)
    town.settle_down()
    for bill in bills:
        bill.refresh_from_db()
        assert (bill.state, bill.payments.count()) == ("paid", 1)
    town.insist()


def test_what_is_wrong_or_late_or_twice_is_in_suspense(town):
    bill = town.bill()
    assert state_of(town.pay(bill, off=1)) == ("suspense", "amount")
    assert state_of(town.pay(bill)) == ("posted", "")
    assert state_of(town.pay(bill, by="qris")) == ("suspense", "already_paid")
    assert state_of(town.pay(town.bill(late=True))) == ("suspense", "expired")
    town.insist()


def test_a_payment_taken_back_stays_away(town):
    bill = town.bill()
    paid = town.pay(bill, double=1)
    assert town.taken_back(paid["number"])
    held = town.pay(bill, delay=1)
    assert town.taken_back(held["number"])
    town.settle_down()
    assert [state_of(paid), state_of(held)] == [("reversed", ""), None]
    assert state_of(town.pay(bill)) == ("posted", "")
    town.insist()


@pytest.mark.parametrize("table", TABLES)
def test_killed_amid_any_step_nothing_is_lost_or_twice(town, table):
    bill = town.bill()
    crash(town, bill, table)
    assert not bill.payments.exists()
    assert town.bank.state()["deliveries"][-1]["state"] == "failed"
    town.settle_down()
    bill.refresh_from_db()
    assert (bill.state, bill.payments.count()) == ("paid", 1)
    town.insist()


def crash(town: Town, bill, table: str) -> None:
    """kill -9 of the web process while it is about to write to a table."""
    town.bank.revive()
    teller = threading.Thread(target=town.pay, args=(bill,))
    with town.shut(table):
        teller.start()
        until(town.somebody_waits)
        town.kill_web()
    teller.join()


@pytest.mark.parametrize("table", ["payments_payment", "journal_event"])
def test_a_poll_killed_halfway_is_finished_by_the_next(town, table):
    bills = [town.bill() for _ in range(3)]
    for bill in bills:
        town.pay(bill, lose=1)
    with town.shut(table):
        worker = town.suite(POLL, "worker")
        until(lambda: town.somebody_waits() or worker.poll() is not None)
        worker.kill()
        assert worker.wait() == -signal.SIGKILL
    assert not Payment.objects.filter(bill__in=bills).exists()
    town.settle_down()
    assert Payment.objects.filter(bill__in=bills, state="posted").count() == 3
    town.insist()


def test_the_database_restarts_while_the_bank_goes_on(town):
    town.restart_database()
    paid = town.pay(town.bill())
    town.settle_down()
    assert state_of(paid) == ("posted", "")
    town.insist()


class Schedule(RuleBasedStateMachine):
    """Days at the bank in any order."""

    town: Town

    def __init__(self):
        super().__init__()
        self.bills = [self.town.bill(), self.town.bill(30_000), self.town.bill(late=True)]

    @rule(amount=st.integers(1, 10**9))
    def open(self, amount):
        self.bills.append(self.town.bill(amount))

    @rule(
        which=st.integers(0, 9),
        fate=st.sampled_from(FATES),
        off=st.sampled_from([0, 0, 0, -1, 1]),
        by=st.sampled_from(["va", "va", "qris"]),
    )
    def pay(self, which, fate, off, by):
        bill = self.bills[which % len(self.bills)]
        if bill.amount + off > 0:
            self.town.pay(bill, off, by, **fate)

    @rule(which=st.integers(0, 50))
    def tell_again(self, which):
        self.town.bank.revive()
        if numbers := self.town.numbers():
            self.town.bank.order("/repeat", number=numbers[which % len(numbers)])

    @rule(which=st.integers(0, 50))
    def take_back(self, which):
        self.town.bank.revive()
        if numbers := self.town.numbers():
            self.town.taken_back(numbers[-1 - which % len(numbers)])

    @rule()
    def release(self):
        self.town.bank.revive()
        self.town.bank.order("/release")

    @rule()
    def poll(self):
        self.town.bank.revive()
        polling.poll()

    @rule(which=st.integers(0, 9))
    def poll_while_it_is_told(self, which):
        bill = self.bills[which % len(self.bills)]
        teller = threading.Thread(target=self.town.pay, args=(bill,), kwargs={"double": 1})
        self.town.bank.revive()
        teller.start()
        polling.poll()
        teller.join()

    @rule(which=st.integers(0, 9), table=st.sampled_from(TABLES))
    def die_amid(self, which, table):
        crash(self.town, self.bills[which % len(self.bills)], table)

    @rule(whole=st.booleans())
    def kill_the_web(self, whole):
        self.town.kill_web(whole)

    @rule()
    def kill_the_bank(self):
        self.town.bank.revive()
        self.town.bank.kill()

    @rule()
    def restart_the_database(self):
        self.town.restart_database()

    def teardown(self):
        self.town.settle_down()
        self.town.insist()


def test_any_schedule_keeps_every_rupiah_once(town):
    Schedule.town = town
    bounds = hypothesis(
        max_examples=5, stateful_step_count=14, deadline=None, database=None, phases=(Phase.generate,)
    )
    run_state_machine_as_test(Schedule, settings=bounds)
