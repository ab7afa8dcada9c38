"""What banks write, read whole or not at all; MT940 through the library `mt-940`."""

import json
from contextlib import suppress
from datetime import date, datetime, timedelta

import mt940
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekata.kernel.payments import statements
from sekata.kernel.payments.statements import Unreadable, read
from sekata.kernel.payments.tests.bankfiles import csv_report, mt940_text, snap_report
from sekata.lib import clock

DAY = date(2026, 9, 29)
AT = datetime(2026, 9, 29, 10, 1, tzinfo=clock.WIB)
LINES = [("0126000001233", 424_875, "J1"), ("0226000000076", 16_000_000, "J2")]


@pytest.mark.parametrize("write", [csv_report, snap_report])
def test_a_report_is_read_whichever_way_it_is_written(write):
    rows = read("report", write(LINES, AT))
    assert [(row.customer_no, row.amount, row.bank_ref) for row in rows] == LINES
    assert {(row.day, row.settled_on, row.channel) for row in rows} == {(DAY, DAY, "va")}
    assert [row.place for row in rows] == [1, 2] and "0126000001233" in rows[0].text


def test_a_time_without_zone_is_the_regencys_and_the_day_is_wibs():
    head = "trx_at;customer_no;amount;bank_ref;channel;settled_on"
    text = f"{head}\n2026-09-29T23:30:00;0126000001233;5;J1;qris;2026-09-30"
    (row,) = read("report", text.encode())
    assert (row.day, row.settled_on, row.channel) == (DAY, DAY + timedelta(days=1), "qris")
    utc = text.replace("23:30:00", "17:30:00+00:00").encode()
    assert read("report", utc)[0].day == DAY + timedelta(days=1)


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00",
        b"",
        b"[",
        b"[]",
        b"[1]",
        b"a,b\n1,2",
        b"trx_at,customer_no,amount,bank_ref\n2026-09-29,1,0.5,J1",
        b"trx_at,customer_no,amount,bank_ref\n2026-09-29,1,-5,J1",
        b"trx_at,customer_no,amount,bank_ref\n2026-09-29,1,1e999,J1",
        b"trx_at,customer_no,amount,bank_ref\n2026-09-29,1,NaN,J1",
        b"trx_at,customer_no,amount,bank_ref\nyesterday,1,5,J1",
        b"trx_at,customer_no,amount,bank_ref\n2026-09-29,1,5,",
        b"trx_at,customer_no,amount,bank_ref,channel\n2026-09-29,1,5,J1,dove",
        b"trx_at,customer_no,amount,bank_ref\n2026-09-29,1,5," + b"J" * 65,
        json.dumps([{"paidAmount": 5}]).encode(),
    ],
)
def test_a_bad_report_is_refused_whole(content):
    with pytest.raises(Unreadable):
        read("report", content)


def test_mt940_movements_have_sign_day_and_customer():
    text = mt940_text(DAY, [(c, a, r) for c, a, r in LINES] + [("", -1_000, "NONREF")])
    rows = read("statement", text)
    assert [row.amount for row in rows] == [424_875, 16_000_000, -1_000]
    assert [row.customer_no for row in rows] == ["0126000001233", "0226000000076", ""]
    assert [row.bank_ref for row in rows] == ["J1", "J2", ""] and {row.settled_on for row in rows} == {DAY}


def test_the_library_agrees_with_what_is_read():
    text = mt940_text(DAY, LINES).decode()
    assert [one.data["amount"].amount for one in mt940.parse(text)] == [amount for _, amount, _ in LINES]


def test_several_statements_in_a_file_are_read_each_with_its_balances():
    one, two = mt940_text(DAY, LINES), mt940_text(DAY + timedelta(days=1), LINES[:1], opening=5)
    rows = read("statement", one + two)
    assert [row.place for row in rows] == [1, 2, 3] and rows[2].day == DAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b":62F:", b":99X:"),
        (b"IDR", b"USD"),
        (b"424875,00", b"424875,50"),
        (b"424875,00N", b"424876,00N"),
        (b":20:", b":21:"),
        (b":61:", b":61:x"),
    ],
)
def test_an_mt940_that_does_not_add_up_is_refused(old, new):
    with pytest.raises(Unreadable):
        read("statement", mt940_text(DAY, LINES).replace(old, new, 1))


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f":20:A\n{text}".encode()))
def test_whatever_comes_is_read_or_refused(content):
    for kind in ("report", "statement"):
        with suppress(Unreadable):
            assert read(kind, content)


NUMBERS = st.from_regex(r"[A-Z0-9]{1,16}", fullmatch=True)


@given(
    st.lists(st.tuples(st.just("0126000001233"), st.integers(1, 10**11), NUMBERS), min_size=1, max_size=20)
)
def test_any_day_comes_back_as_it_was_written(lines):
    for kind, content in (("report", csv_report(lines, AT)), ("statement", mt940_text(DAY, lines))):
        rows = read(kind, content)
        wanted = [
            (c, a, "" if r in statements.NO_REFERENCE and kind == "statement" else r) for c, a, r in lines
        ]
        assert [(row.customer_no, row.amount, row.bank_ref) for row in rows] == wanted
