"""The comparison alone: every line in one group, every payment in one at most, whatever the day looks like."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sekata.kernel.payments.reconciling import Known, Outcome, Told, compare

DAY = date(2026, 9, 29)


def told(id: int, ref: str, amount: int = 100, **more) -> Told:
    usual = {
        "source": 1, "place": id, "channel": "va", "day": DAY, "request_id": "", "customer_no": "0126000001233",
        "settled_on": DAY,
    }  # fmt: skip
    return Told(id=id, bank_ref=ref, amount=amount, **(usual | more))


def known(id: int, ref: str, amount: int = 100, **more) -> Known:
    usual = {
        "channel": "va", "day": DAY, "request_id": "", "customer_no": "0126000001233", "state": "posted",
        "settled": False,
    }  # fmt: skip
    return Known(id=id, bank_ref=ref, amount=amount, **(usual | more))


def ids(outcome: Outcome) -> dict[str, list[int]]:
    found = {
        name: [line.id for line, _ in getattr(outcome, name)] for name in ("matched", "different", "returned")
    }
    rest = ("only_bank", "duplicate", "again", "only_ours")
    return {
        name: what
        for name, what in (found | {n: [one.id for one in getattr(outcome, n)] for n in rest}).items()
        if what
    }


def test_each_group():
    lines = [told(1, "A"), told(2, "B", 90), told(3, "C"), told(4, "A"), told(5, "R")]
    payments = [known(11, "A"), known(12, "B"), known(13, "D"), known(14, "R", state="reversed")]
    assert ids(compare(DAY, lines, payments)) == {
        "matched": [1], "different": [2], "only_bank": [3], "duplicate": [4], "returned": [5], "only_ours": [13],
    }  # fmt: skip


def test_another_customer_is_a_difference_and_a_whole_account_number_is_the_same():
    lines = [told(1, "A", customer_no="123450126000001233"), told(2, "B", customer_no="0226000000076")]
    assert ids(compare(DAY, lines, [known(11, "A"), known(12, "B")])) == {"matched": [1], "different": [2]}


def test_a_later_file_that_repeats_a_line_changes_nothing_and_one_that_says_otherwise_is_marked():
    lines = [told(1, "A"), told(2, "A", source=2, place=1), told(3, "A", 99, source=3, place=1)]
    assert ids(compare(DAY, lines, [known(11, "A")])) == {"matched": [1], "again": [2], "duplicate": [3]}


def test_a_request_named_beside_midnight_matches_and_a_second_line_of_it_is_a_duplicate():
    before = known(11, "X", day=date(2026, 9, 28), request_id="PR-1")
    lines = [told(1, "A", request_id="PR-1"), told(2, "B", request_id="PR-1")]
    assert ids(compare(DAY, lines, [before])) == {"matched": [1], "duplicate": [2]}


def test_a_statement_line_without_channel_or_number_finds_its_payment():
    lines = [told(1, "A", channel=""), told(2, "", channel=""), told(3, "", channel="")]
    payments = [known(11, "A", channel="qris"), known(12, "B")]
    assert ids(compare(DAY, lines, payments)) == {"matched": [1, 2], "only_bank": [3]}


def test_what_was_refunded_after_it_settled_stays_matched():
    lines, payments = [told(1, "A")], [known(11, "A", state="refunded", settled=True)]
    assert ids(compare(DAY, lines, payments)) == {"matched": [1]}


REFS, MONEY = st.sampled_from(["A", "B", "C", "D", ""]), st.integers(1, 3)
LINE = st.tuples(
    st.integers(1, 3), st.sampled_from(["va", "qris", ""]), REFS, st.sampled_from(["", "P1", "P2"]), MONEY
)
OURS = st.tuples(
    st.sampled_from(["va", "qris"]), st.sampled_from("ABCDE"), MONEY,
    st.sampled_from(["posted", "suspense", "reversed", "refunded"]), st.booleans(),
)  # fmt: skip


@given(st.lists(LINE, max_size=25), st.lists(OURS, max_size=10, unique_by=lambda one: one[:2]))
def test_every_line_and_payment_is_once_in_a_group(lines, ours):
    day_lines = [
        told(n, ref, amount, source=source, channel=channel, request_id=request)
        for n, (source, channel, ref, request, amount) in enumerate(lines, start=1)
    ]
    payments = [
        known(
            n, ref, amount, channel=channel, state=state, settled=settled, request_id=f"P{n}" if n < 3 else ""
        )
        for n, (channel, ref, amount, state, settled) in enumerate(ours, start=1)
    ]
    outcome = compare(DAY, day_lines, payments)
    found = ids(outcome)
    grouped = [id for name, group in found.items() if name != "only_ours" for id in group]
    assert sorted(grouped) == [line.id for line in day_lines]
    spoken = [payment.id for _, payment in outcome.settling + outcome.returned]
    assert len(set(spoken)) == len(spoken) and not set(spoken) & set(found.get("only_ours", []))
    assert all(line.amount == payment.amount for line, payment in outcome.matched)
    assert all(
        payment.state not in ("reversed", "refunded") or payment.settled for _, payment in outcome.settling
    )
    counted = sum(number for name, (number, _) in outcome.figures().items() if name != "only_ours")
    assert counted + len(outcome.again) == len(lines)
    assert ids(compare(DAY, reversed(day_lines), payments)) == found
