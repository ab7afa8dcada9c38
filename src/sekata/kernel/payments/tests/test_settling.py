"""Acceptance 9, 10: a bank's day is kept, read, compared and settled to the rupiah, and again changes nothing."""

from datetime import timedelta

import pytest
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext

from sekata.kernel.journal.models import Event
from sekata.kernel.ledger import actions as ledger
from sekata.kernel.ledger import queries as books
from sekata.kernel.ledger.models import Entry
from sekata.kernel.payments import actions, queries, reading
from sekata.kernel.payments.models import (
    Bill,
    Payment,
    ReconException,
    Settlement,
    SettlementFile,
    SettlementLine,
)
from sekata.kernel.payments.tests import conftest as house
from sekata.kernel.payments.tests.bankfiles import csv_report, mt940_text
from sekata.kernel.payments.tests.conftest import AT, BANK, notice, open_bill, quote
from sekata.kernel.people.models import Person
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import Refused

PAID_AT = AT + timedelta(minutes=1)
DAY = PAID_AT.astimezone(clock.WIB).date()
MORNING = AT + timedelta(days=1)
TRANSIT, SUSPENSE, CASH = "1.1.1.09", "2.1.9.01", "1.1.1.01"
EVIDENCE = "mutasi rekening dan slip teller terlampir"


@pytest.fixture
def treasurer(db) -> Actor:
    """Somebody who stands in the register of people, as files and explanations name who brought them."""
    one = Person.objects.create(full_name="RATNA JUWITA", created_at=AT)
    return house.officer("payments.reconcile", one.pk)


def balance(account: str) -> int:
    return books.balance(books.book("regency"), account)


def bring(bank, treasurer, content: bytes, kind: str = "report", at=MORNING) -> SettlementFile:
    kept = actions.keep_file(
        actor=treasurer, partner=bank, kind=kind, name="hari.csv", content=content, at=at
    )
    actions.read_file(actor=treasurer, source=kept, at=at)
    return kept


def reconcile(bank, treasurer, day=DAY, at=MORNING):
    return actions.reconcile(actor=treasurer, partner=bank, day=day, at=at)


def pay(bank, count: int, since: int = 1, amount: int = 400_000) -> list[tuple[str, int, str]]:
    """Bills opened and paid; their lines as the bank will write them."""
    drafts = [
        house.Draft("test", f"P{n}", "PBB", "x", quote(amount + n)) for n in range(since, since + count)
    ]
    actions.open_bills(book="regency", drafts=drafts, at=AT)
    bills = Bill.objects.filter(ref__in=[draft.ref for draft in drafts]).order_by("pk")
    for n, bill in enumerate(bills, start=since):
        told = notice(bill.customer_no, bill.amount, f"J{n}", trx_at=PAID_AT)
        actions.take(actor=BANK, partner=bank, notice=told, at=AT)
    return [(bill.customer_no, bill.amount, f"J{n}") for n, bill in enumerate(bills, start=since)]


def number(run) -> dict[str, int]:
    return {name: figure[0] for name, figure in run.figures.items() if figure[0]}


def test_acceptance_9_a_day_of_a_hundred_lines(bank, room, treasurer):
    lines = pay(bank, 99)
    unknown, ours, changed, doubled = open_bill("U1"), lines[98], lines[97], lines[0]
    told = [
        *lines[:97],
        (changed[0], changed[1] - 5_000, changed[2]),
        (unknown.customer_no, unknown.amount, "J900"),
    ]
    report = csv_report([*told, doubled], PAID_AT)
    bring(bank, treasurer, report)
    bring(bank, treasurer, mt940_text(DAY, told), "statement")
    run = reconcile(bank, treasurer)
    assert report.count(b"\n") == 100
    assert number(run) == {"matched": 97, "only_bank": 1, "different": 1, "duplicate": 1, "only_ours": 1}
    assert reading.movement(bank, DAY) - reading.settled(bank, DAY).rupiah == unknown.amount

    duplicate = run.exceptions.get(kind="duplicate")
    with pytest.raises(Refused) as refusal:
        actions.post_line(actor=treasurer, exception=duplicate, evidence=EVIDENCE, at=MORNING)
    assert refusal.value.status == 409
    stray = run.exceptions.get(kind="only_bank")
    with pytest.raises(Refused):
        actions.post_line(actor=treasurer, exception=stray, evidence="slip", at=MORNING)
    payment = actions.post_line(actor=treasurer, exception=stray, evidence=EVIDENCE, at=MORNING)
    unknown.refresh_from_db()
    assert (payment.state, unknown.state) == ("posted", "paid")

    run.refresh_from_db()
    assert number(run) == {"matched": 98, "different": 1, "duplicate": 1, "only_ours": 1}
    settled = reading.settled(bank, DAY)
    assert (settled.number, settled.rupiah) == (99, sum(amount for _, amount, _ in told))
    assert settled.rupiah == reading.movement(bank, DAY) == balance(CASH)
    assert balance(TRANSIT) == ours[1] + 5_000
    lost = Payment.objects.get(bank_ref=ours[2])
    assert lost.settled_on is None and Payment.objects.get(bank_ref=changed[2]).settled_on == DAY
    board = reading.board(bank, DAY)
    assert board.unexplained == board.transit_books.difference == board.suspense_books.difference == 0
    assert board.transit == reading.Total(1, ours[1])


def test_again_changes_nothing(bank, room, treasurer):
    lines = pay(bank, 4)
    report = csv_report([*lines[:3], lines[0], ("0126000001233", 7, "J80")], PAID_AT)
    first = bring(bank, treasurer, report)
    run = reconcile(bank, treasurer)
    before = [list(model.objects.order_by("pk").values()) for model in (Settlement, ReconException, Entry)]
    assert bring(bank, treasurer, report, at=MORNING + timedelta(hours=1)).pk == first.pk
    again = reconcile(bank, treasurer, at=MORNING + timedelta(hours=1))
    assert before == [
        list(model.objects.order_by("pk").values()) for model in (Settlement, ReconException, Entry)
    ]
    run.refresh_from_db()
    assert {name: list(figure) for name, figure in again.figures.items()} == run.figures
    assert SettlementLine.objects.count() == 5 and SettlementFile.objects.count() == 1


def test_what_comes_late_settles_and_its_exception_ends(bank, room, treasurer):
    lines = pay(bank, 2)
    bring(bank, treasurer, csv_report(lines[:1], PAID_AT))
    run = reconcile(bank, treasurer)
    missing = run.exceptions.get()
    assert (missing.kind, missing.state, missing.payment.bank_ref) == ("only_ours", "open", "J2")
    actions.explain(actor=treasurer, exception=missing, note="ditanyakan ke bank 30-09", at=MORNING)
    missing.refresh_from_db()
    assert (missing.state, missing.note) == ("open", "ditanyakan ke bank 30-09")
    bring(bank, treasurer, csv_report(lines, PAID_AT))
    assert number(reconcile(bank, treasurer)) == {"matched": 2}
    missing.refresh_from_db()
    assert missing.state == "resolved" and balance(TRANSIT) == 0


def test_a_difference_ends_when_the_bank_makes_up_for_it(bank, room, treasurer):
    ((customer, amount, ref),) = pay(bank, 1)
    bring(bank, treasurer, csv_report([(customer, amount - 100, ref)], PAID_AT))
    gap = reconcile(bank, treasurer).exceptions.get()
    assert (gap.kind, balance(CASH), balance(TRANSIT)) == ("different", amount - 100, 100)
    actions.explain(actor=treasurer, exception=gap, note="bank mengakui salah potong", at=MORNING)
    gap.refresh_from_db()
    assert gap.state == "open"
    for day in (DAY - timedelta(days=1), DAY + timedelta(days=9)):
        with pytest.raises(Refused):
            actions.correct(actor=treasurer, exception=gap, day=day, note=EVIDENCE, at=MORNING)
    made = actions.correct(
        actor=treasurer, exception=gap, day=DAY + timedelta(days=1), note=EVIDENCE, at=MORNING
    )
    assert (made.amount, balance(CASH), balance(TRANSIT)) == (100, amount, 0)
    gap.refresh_from_db()
    assert gap.state == "resolved" and number(reconcile(bank, treasurer)) == {"different": 1}
    with pytest.raises(Refused):
        actions.correct(actor=treasurer, exception=gap, day=DAY, note=EVIDENCE, at=MORNING)
    assert reading.settled(bank, DAY + timedelta(days=1)).rupiah == 100


def test_suspended_money_settles_and_its_refund_leaves_the_account(bank, room, treasurer):
    lost = actions.take(actor=BANK, partner=bank, notice=notice("0126000001233", 9, trx_at=PAID_AT), at=AT)
    bring(bank, treasurer, csv_report([("0126000001233", 9, "J1")], PAID_AT))
    assert number(reconcile(bank, treasurer)) == {"matched": 1} and balance(CASH) == balance(SUSPENSE) == 9
    assert [(line.account, line.rupiah) for line in reading.slip(bank, DAY)] == [(SUSPENSE, 9)]
    actions.refund(actor=treasurer, payment=lost, evidence=EVIDENCE, at=MORNING)
    assert balance(CASH) == balance(SUSPENSE) == balance(TRANSIT) == 0
    assert number(reconcile(bank, treasurer)) == {"matched": 1}


def test_an_unknown_number_of_the_bank_is_posted_to_the_bill_that_is_named(bank, room, treasurer, bill):
    bring(bank, treasurer, csv_report([("0126000001233", bill.amount, "J1")], PAID_AT))
    stray = reconcile(bank, treasurer).exceptions.get()
    payment = actions.post_line(actor=treasurer, exception=stray, evidence=EVIDENCE, bill=bill, at=MORNING)
    bill.refresh_from_db()
    assert (payment.state, bill.state, payment.reason, balance(SUSPENSE)) == ("posted", "paid", "unknown", 0)
    assert balance(CASH) == bill.amount and balance(TRANSIT) == 0


def test_acceptance_10_a_reversal_of_the_day_and_none_the_day_after(bank, room, treasurer):
    (first, second) = pay(bank, 2)
    payments = list(Payment.objects.order_by("pk"))
    actions.reverse(actor=BANK, payment=payments[0], terminal="", at=AT + timedelta(hours=1))
    bill = queries.by_customer_no(first[0])
    assert bill.state == "open" and queries.collected(DAY, DAY)["rupiah"] == second[1]
    bring(bank, treasurer, csv_report([first, second], PAID_AT))
    run = reconcile(bank, treasurer)
    assert number(run) == {"matched": 1, "returned": 1} and balance(CASH) == second[1]
    with pytest.raises(Refused) as refusal:
        actions.reverse(actor=BANK, payment=payments[1], terminal="", at=AT + timedelta(hours=2))
    assert refusal.value.status == 409
    returned = run.exceptions.get(kind="returned")
    actions.explain(actor=treasurer, exception=returned, note="bank menarik kembali hari itu", at=MORNING)
    returned.refresh_from_db()
    assert returned.state == "resolved"


def test_a_file_that_cannot_be_read_is_kept_with_its_problem(bank, treasurer):
    kept = bring(bank, treasurer, b"a,b\n1,2")
    kept.refresh_from_db()
    assert kept.read_at is None and "trx_at" in kept.problem and not SettlementLine.objects.exists()
    assert Event.objects.filter(kind="payments.file.kept").count() == 1
    with pytest.raises(Refused):
        bring(bank, treasurer, b"")


def test_without_a_report_the_statement_itself_is_compared(bank, room, treasurer):
    lines = pay(bank, 2)
    bring(bank, treasurer, mt940_text(DAY, [*lines, ("", -500, "NONREF")]), "statement")
    assert number(reconcile(bank, treasurer)) == {"matched": 2}


def test_a_report_after_the_statement_was_compared_takes_its_place(bank, room, treasurer):
    (first, second) = pay(bank, 2)
    told = [first, (second[0], second[1] - 10, second[2])]
    bring(bank, treasurer, mt940_text(DAY, told), "statement")
    assert number(reconcile(bank, treasurer)) == {"matched": 1, "different": 1}
    bring(bank, treasurer, csv_report(told, PAID_AT))
    run = reconcile(bank, treasurer)
    assert number(run) == {"matched": 1, "different": 1} and Settlement.objects.count() == 2
    assert sorted(run.exceptions.values_list("kind", "state")) == [
        ("different", "open"),
        ("different", "resolved"),
    ]
    board = reading.board(bank, DAY)
    assert board.unexplained == board.transit_books.difference == 0 and balance(TRANSIT) == 10


def test_the_slip_names_accounts_and_sums_up_to_what_settled(bank, room, treasurer):
    fined = open_bill("F1", quote(1_000, 50))
    actions.take(actor=BANK, partner=bank, notice=notice(fined.customer_no, 1_050, trx_at=PAID_AT), at=AT)
    bring(bank, treasurer, csv_report([(fined.customer_no, 1_000, "J1")], PAID_AT))
    reconcile(bank, treasurer)
    lines = reading.slip(bank, DAY)
    assert [(line.account, line.rupiah) for line in lines] == [
        ("1.1.1.09", -50),
        ("1.1.3.01", 1_000),
        ("4.1.1.90", 50),
    ]
    assert lines[1].name == "Piutang pajak" and sum(line.rupiah for line in lines) == 1_000


def test_a_closed_book_takes_late_arrivals_on_the_day_they_are_known(bank, room, treasurer):
    lines = pay(bank, 1)
    ledger.shut(book=bank.book, until=DAY)
    bring(bank, treasurer, csv_report(lines, PAID_AT))
    reconcile(bank, treasurer)
    assert Entry.objects.get(key__startswith="payments.settled:").day == MORNING.astimezone(clock.WIB).date()


def test_the_lag_is_the_median_of_hours(bank, room, treasurer):
    assert reading.lag_hours(AT, MORNING) is None
    bring(bank, treasurer, csv_report(pay(bank, 3), PAID_AT))
    reconcile(bank, treasurer, at=PAID_AT + timedelta(hours=8))
    assert reading.lag_hours(AT, MORNING) == 8.0


def test_the_night_compares_the_day_before(bank, room, treasurer):
    bring(bank, treasurer, csv_report(pay(bank, 2), PAID_AT), at=AT + timedelta(hours=2))
    with clock.frozen(MORNING):
        actions.reconcile_yesterday()
    assert number(reading.run_of(bank, DAY)) == {"matched": 2}


def test_a_day_of_which_the_bank_told_nothing_is_not_compared(bank, room, treasurer):
    pay(bank, 1)
    with pytest.raises(Refused):
        reconcile(bank, treasurer)
    assert not ReconException.objects.exists()


def test_others_reconcile_nothing(bank):
    with pytest.raises(Refused) as refusal:
        reconcile(bank, house.officer("ledger.close"))
    assert refusal.value.status == 403


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE payments_settlementline SET amount = 1",
        "DELETE FROM payments_settlementline",
        "TRUNCATE payments_settlement",
        "UPDATE payments_settlement SET amount = 1",
    ],
)
def test_the_database_keeps_what_the_bank_wrote(bank, room, treasurer, act):
    bring(bank, treasurer, csv_report(pay(bank, 1), PAID_AT))
    reconcile(bank, treasurer)
    with pytest.raises(Error, match="sekata_immutable"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(act)


def test_a_day_of_any_size_costs_the_same_statements(bank, room, treasurer):
    counts = []
    for since, size in ((1, 1), (101, 3), (201, 60)):
        bring(bank, treasurer, csv_report(pay(bank, size, since), PAID_AT))
        with CaptureQueriesContext(connection) as captured:
            reconcile(bank, treasurer)
        counts.append(len(captured))
    assert counts[1] == counts[2]
