"""Passbooks, statements and sums against a plain recount; the export before an outside judge."""

import subprocess
import sys
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from sekata.kernel.ledger import actions, beancount, queries
from sekata.kernel.ledger.models import Kind
from sekata.kernel.ledger.terms import Draft, credit, debit
from sekata.kernel.ledger.tests.conftest import AT, CHART, DAY

HOLDERS = ("00120004510", "00120004528")
moves = st.lists(
    st.tuples(
        st.integers(0, 80), st.sampled_from(HOLDERS), st.integers(1, 10**9), st.booleans(), st.booleans()
    ),
    max_size=12,
)


def enter(book, plan) -> list[tuple[date, str, int]]:
    """Deposits and payments as planned, some gathered in between: (day, holder, rupiah on the customer's side)."""
    told = []
    for n, (days, holder, amount, incoming, gather) in enumerate(plan):
        day = date(2026, 1, 1) + timedelta(days=days)
        sign = 1 if incoming else -1
        lines = (debit("1101", sign * amount), credit("2101", sign * amount, holder))
        actions.post(book=book, draft=Draft(f"k{n}", day, f"Gerak {n}", lines), at=AT)
        told.append((day, holder, sign * amount))
        if gather:
            actions.gather()
    return told


def new_book():
    chart = actions.keep_chart(code="bank", name="Bagan akun bank", accounts=CHART)
    return actions.open_book(code="b1", name='Bank "Sungai"', chart=chart, unit=None, opened=date(2026, 1, 1))


class Recount(TestCase):
    @settings(max_examples=25)
    @given(moves, st.integers(0, 90), st.integers(1, 5))
    def test_balances_and_passbooks_agree_with_a_plain_recount(self, plan, days, size):
        book = new_book()
        told = enter(book, plan)
        until = date(2026, 1, 1) + timedelta(days=days)
        assert queries.balance(book, "1101") == sum(amount for _, _, amount in told)
        assert queries.balance(book, "2101", until=until) == sum(a for day, _, a in told if day <= until)
        for holder in HOLDERS:
            own = sorted((day, n, a) for n, (day, who, a) in enumerate(told) if who == holder)
            assert queries.balance(book, "2101", holder) == sum(a for *_, a in own)
            running, expected = 0, []
            for day, _, amount in own:
                running += amount
                expected.append((day, amount, running))
            assert self.pages(book, holder, size) == expected[::-1]
            found = queries.statement(book, "2101", holder, date(2026, 1, 15), until)
            kept = [line for line in expected if date(2026, 1, 15) <= line[0] <= until]
            assert [(line.day, line.amount, line.balance) for line in found.lines] == kept
            assert found.closing - found.opening == sum(amount for _, amount, _ in kept)

    def pages(self, book, holder: str, size: int) -> list[tuple[date, int, int]]:
        found, mark = [], None
        while True:
            page = queries.passbook(book, "2101", holder, before=mark, size=size)
            found += [(line.day, line.amount, line.balance) for line in page.lines]
            if page.next is None:
                return found
            mark = page.next


def test_a_trial_balance_closes(book):
    enter(
        book,
        [
            (3, HOLDERS[0], 100, True, True),
            (40, HOLDERS[1], 30, True, False),
            (41, HOLDERS[0], 60, False, False),
        ],
    )
    rows = {row.code: row for row in queries.trial_balance(book, date(2026, 2, 1), date(2026, 3, 1))}
    assert (rows["1101"].opening, rows["1101"].debit, rows["1101"].credit, rows["1101"].closing) == (
        100,
        30,
        60,
        70,
    )
    assert rows["2101"].closing == -70 and sum(row.closing for row in rows.values()) == 0


def test_bean_check_accepts_the_export_and_refuses_a_changed_one(book, tmp_path):
    plan = [(n % 70, HOLDERS[n % 2], 1_000 + n, n % 3 != 0, False) for n in range(40)]
    enter(book, plan)
    actions.post(
        book=book,
        draft=Draft("q", DAY, 'Beli "terpal"\nbaru\\', (debit("5101", 7), credit("1101", 7))),
        at=AT,
    )
    text = "\n".join(beancount.export(book, date(2026, 12, 31)))
    assert check(tmp_path, text) == ""
    assert "2101:00120004510" in text
    assert "failed" in check(tmp_path, text.replace("7 IDR", "8 IDR", 1))


def check(folder, text: str) -> str:
    """What `bean-check` finds wrong."""
    path = folder / "book.beancount"
    path.write_text(text)
    done = subprocess.run(
        [sys.executable, "-c", "from beancount.scripts.check import main; main()", str(path)],
        capture_output=True,
        text=True,
    )
    return "" if done.returncode == 0 else (done.stderr + done.stdout + " failed")


def test_kinds_have_their_roots():
    assert set(beancount.ROOTS) == set(Kind)
