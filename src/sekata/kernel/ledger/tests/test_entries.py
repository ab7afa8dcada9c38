"""What can be entered and what the database itself refuses."""

from datetime import date, timedelta

import pytest
from django.db import Error, connection, transaction

from sekata.kernel.ledger import actions, queries
from sekata.kernel.ledger.models import Entry, Fresh, Hold, Posting, Tally
from sekata.kernel.ledger.terms import Draft, credit, debit
from sekata.kernel.ledger.tests.conftest import AT, DAY
from sekata.lib.result import Refused

ANI, BUDI = "00120004510", "00120004528"


def deposit(key: str, amount: int, holder: str = ANI, day: date = DAY) -> Draft:
    return Draft(
        key, day, "Setoran", (debit("1201", amount), credit("2101", amount, holder)), ("deposit", key)
    )


def refused(sql: str, *values: object) -> str:
    with pytest.raises(Error) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql, values)
    return str(error.value)


def test_an_entry_moves_both_sides(book):
    entry = actions.post(book=book, draft=deposit("d1", 23_537), at=AT)
    assert queries.balance(book, "1201") == queries.balance(book, "2101") == 23_537
    assert queries.balance(book, "2101", ANI) == 23_537 and queries.balance(book, "2101", BUDI) == 0
    assert queries.source_entries("deposit", "d1") == [entry]


def test_one_key_is_one_entry(book):
    first = actions.post(book=book, draft=deposit("d1", 5_000), at=AT)
    assert actions.post(book=book, draft=deposit("d1", 5_000), at=AT + timedelta(days=1)) == first
    with pytest.raises(Refused) as refusal:
        actions.post(book=book, draft=deposit("d1", 6_000), at=AT)
    assert refusal.value.status == 409 and queries.balance(book, "2101", ANI) == 5_000


def test_many_at_once_leave_out_what_is_entered(book):
    actions.post(book=book, draft=deposit("d3", 30), at=AT)
    drafts = [deposit(f"d{n}", 10 * n, ANI if n % 2 else BUDI) for n in range(1, 8)]
    assert actions.post_many(book=book, drafts=drafts, at=AT) == 6
    assert actions.post_many(book=book, drafts=drafts, at=AT) == 0
    assert queries.balances(book, "2101") == {ANI: 160, BUDI: 120}


@pytest.mark.parametrize(
    "lines",
    [
        (debit("1101", 5), credit("4101", 4)),
        (debit("1101", 5),),
        (),
        (debit("1101", 0), credit("4101", 0)),
    ],
)
def test_a_draft_must_balance(lines):
    with pytest.raises(ValueError, match="balance"):
        Draft("k", DAY, "", lines)


def test_money_is_whole():
    with pytest.raises(TypeError):
        Draft("k", DAY, "", (debit("1101", 5.5), credit("4101", 5.5)))


@pytest.mark.parametrize("line", [credit("2101", 5), credit("4101", 5, ANI)])
def test_held_accounts_name_a_holder_and_others_do_not(book, line):
    with pytest.raises(ValueError, match="holder"):
        actions.post(book=book, draft=Draft("k", DAY, "", (debit("1101", 5), line)), at=AT)


ENTRY = """
    INSERT INTO ledger_entry (book_id, key, day, memo, source_type, source_id, at)
    VALUES (%s, %s, %s, '', '', '', now())
"""
LINE = """
    INSERT INTO ledger_posting (entry_id, book_id, account_id, holder, day, amount)
    SELECT e.id, e.book_id, a.id, '', e.day, amount FROM ledger_entry e JOIN ledger_account a ON a.code = '1101',
        unnest(%s::bigint[]) AS amount WHERE e.key = %s
"""


def test_the_database_refuses_an_entry_without_postings(book):
    assert "does not balance" in refused(ENTRY, book.pk, "bare", DAY)


def test_the_database_refuses_postings_that_do_not_balance(book):
    with pytest.raises(Error, match="do not balance"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ENTRY, [book.pk, "odd", DAY])
        cursor.execute(LINE, [[5, -4], "odd"])


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_postings_that_come_later(book):
    with transaction.atomic():
        actions.post(book=book, draft=deposit("d1", 10), at=AT)
    assert "come late" in refused(LINE, [5, -5], "d1")


@pytest.mark.parametrize("table", ["ledger_entry", "ledger_posting"])
@pytest.mark.parametrize("act", ["UPDATE {} SET day = day + 1", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_what_is_entered_stays(book, table, act):
    actions.post(book=book, draft=deposit("d1", 10), at=AT)
    assert "sekata_immutable" in refused(act.format(table))


def test_an_entry_is_taken_back_by_its_mirror_and_only_once(book):
    entry = actions.post(book=book, draft=deposit("d1", 10), at=AT)
    mirror = actions.reverse(entry=entry, key="r1", day=DAY, memo="Salah timbang", at=AT)
    assert actions.reverse(entry=entry, key="r1", day=DAY, memo="Salah timbang", at=AT) == mirror
    assert queries.balance(book, "1201") == queries.balance(book, "2101", ANI) == 0
    with pytest.raises(Refused) as refusal:
        actions.reverse(entry=entry, key="r2", day=DAY, memo="lagi", at=AT)
    assert refusal.value.status == 409 and Entry.objects.count() == 2


def test_nothing_is_entered_in_a_closed_period(book, clerk):
    actions.post(book=book, draft=deposit("feb", 10, day=date(2026, 2, 27)), at=AT)
    actions.close(actor=clerk, book=book, until=date(2026, 2, 28), at=AT)
    with pytest.raises(Error, match="closed"), transaction.atomic():
        actions.post(book=book, draft=deposit("late", 10, day=date(2026, 2, 28)), at=AT)
    actions.post(book=book, draft=deposit("march", 10, day=date(2026, 3, 1)), at=AT)
    with pytest.raises(Refused):
        actions.close(actor=clerk, book=book, until=date(2026, 2, 28), at=AT)
    assert queries.balance(book, "1201") == 20


def test_a_hold_keeps_money_until_it_is_taken_or_let_go(book):
    actions.post(book=book, draft=deposit("d1", 23_537), at=AT)

    def hold(amount: int, key: str) -> Hold:
        return actions.hold(
            book=book, account="2101", holder=ANI, amount=amount, key=key, memo="Tarik tunai", at=AT
        )

    first = hold(20_000, "w1")
    assert hold(20_000, "w1") == first and queries.available(book, "2101", ANI) == 3_537
    with pytest.raises(Refused, match=r"tersedia Rp3\.537"):
        hold(10_000, "w2")
    actions.release(hold=first, at=AT)
    assert queries.available(book, "2101", ANI) == 23_537
    second = hold(10_000, "w3")
    paid = Draft("w3", DAY, "Tarik tunai", (debit("2101", 10_000, ANI), credit("1101", 10_000)))
    entry = actions.capture(hold=second, draft=paid, at=AT)
    assert actions.capture(hold=second, draft=paid, at=AT) == entry
    assert queries.available(book, "2101", ANI) == queries.balance(book, "2101", ANI) == 13_537
    with pytest.raises(Refused):
        actions.release(hold=second, at=AT)


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE ledger_hold SET amount = 1",
        "UPDATE ledger_hold SET outcome = '', ended_at = NULL",
        "DELETE FROM ledger_hold",
    ],
)
def test_the_database_keeps_holds_as_they_were(book, act):
    actions.post(book=book, draft=deposit("d1", 10), at=AT)
    held = actions.hold(book=book, account="2101", holder=ANI, amount=5, key="w", memo="", at=AT)
    actions.release(hold=held, at=AT)
    assert "hold ends once" in refused(act)


def test_gathering_changes_no_balance(book):
    for n, day in enumerate((date(2026, 1, 5), date(2026, 2, 5), DAY)):
        actions.post(book=book, draft=deposit(f"d{n}", 10 ** (n + 1), day=day), at=AT)
    before = picture(book)
    actions.gather()
    assert not Fresh.objects.exists() and Tally.objects.count() == 9
    assert picture(book) == before
    actions.post(book=book, draft=deposit("d9", 1), at=AT)
    actions.gather()
    assert queries.balance(book, "2101", ANI) == 1_111 and Tally.objects.count() == 9


def picture(book) -> list:
    return [
        queries.balance(book, "2101", ANI),
        queries.balance(book, "2101", ANI, until=date(2026, 2, 5)),
        queries.balance(book, "2101", ANI, until=date(2026, 2, 4)),
        queries.balance(book, "1201", until=date(2026, 1, 31)),
        queries.trial_balance(book, date(2026, 2, 1), date(2026, 3, 1)),
        queries.passbook(book, "2101", ANI, size=2),
    ]


def test_postings_say_what_their_entry_says(book):
    actions.post(book=book, draft=deposit("d1", 10), at=AT)
    assert set(Posting.objects.values_list("book", "day")) == {(book.pk, DAY)}
