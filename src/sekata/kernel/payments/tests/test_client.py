"""Our calls to a bank, against the bank simulator over HTTP: signed, repeated harmlessly, answered typed."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from sekata.kernel.payments import polling
from sekata.kernel.payments.client import (
    Account,
    Client,
    Declined,
    Report,
    Unanswered,
    _external,
    forget_tokens,
)
from sekata.kernel.payments.models import Call, Payment, SettlementLine
from sekata.kernel.payments.standards import services, snap
from sekata.kernel.payments.tests import conftest as rooms
from sekata.kernel.payments.tests.conftest import open_bill, quote
from sekata.kernel.payments.tests.town import ACCOUNTS
from sekata.lib import clock
from sekata.site.bank import joining, keys
from sekata.site.bank.server import Server, open_bank

UNTIL = datetime(2099, 9, 30, 16, 59, 59, tzinfo=UTC)
NUMBER = "0126000001233"
ASKED = Account(NUMBER, "N** S******", 424_875, UNTIL, "T-1")


@pytest.fixture
def bank(tmp_path) -> Iterator[Server]:
    """The bank, serving in this process; nobody answers where its house should be."""
    forget_tokens()
    made = open_bank(tmp_path / "bank", 0, "http://127.0.0.1:9")
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()
    made.desk.book.close()


@pytest.fixture
def partner(db, bank, tmp_path):
    rooms.make_book()
    address = f"http://127.0.0.1:{bank.server_address[1]}"
    return joining.join(folder=tmp_path / "bank", address=address, at=clock.now(), accounts=ACCOUNTS)


@pytest.fixture
def line(partner) -> Client:
    return Client(partner)


def test_acceptance_6_a_wrong_customer_number_is_refused_before_any_call(line, bank):
    wrong = Account("0126000001234", "X", 1, UNTIL, "T")
    calls = (
        lambda: line.create(wrong),
        lambda: line.update(wrong),
        lambda: line.inquire(wrong.customer_no, "T"),
        lambda: line.delete(wrong.customer_no, "T"),
        lambda: line.mark(wrong.customer_no, "T", paid=True),
        lambda: line.status(wrong.customer_no),
        lambda: line.qr_generate(wrong.customer_no, 1, UNTIL),
    )
    for call in calls:
        with pytest.raises(ValueError, match="valid customer number"):
            call()
    assert not bank.bank._tokens and not bank.desk.book.accounts


def test_a_virtual_account_is_made_changed_marked_and_taken_away(line):
    assert line.create(ASKED) == ASKED == line.inquire(NUMBER, "T-1")
    later = Account(NUMBER, "N** S******", 429_000, UNTIL + timedelta(days=30), "T-2")
    assert line.update(later) == later
    line.mark(NUMBER, "T-2", paid=True)
    assert line.inquire(NUMBER, "T-2").paid
    with pytest.raises(Declined) as refusal:
        line.update(Account(NUMBER, "X", 1, UNTIL, "T-3"))
    assert (refusal.value.status, refusal.value.case) == (404, "14")
    line.delete(NUMBER, "T-2")
    with pytest.raises(Declined) as gone:
        line.inquire(NUMBER, "T-2")
    assert gone.value.code == "4043012"


def test_a_call_repeated_after_a_lost_answer_is_done_once(line, bank):
    for _ in range(3):
        assert line.create(ASKED) == ASKED
    assert len(bank.desk.book.answers) == 1
    with pytest.raises(Declined) as refusal:
        line.create(Account(NUMBER, "N** S******", 1, UNTIL, "T-9"))
    assert refusal.value.code == "4092701"
    assert line.inquire(NUMBER, "T-1") == ASKED


def test_two_calls_that_meet_in_one_external_id_are_both_done(line, bank):
    body = json.dumps(line._asked(ASKED), ensure_ascii=False).encode()
    first = _external(services.CREATE_VA, body, 0)
    taken = {"key": f"{clock.today()} {first}", "sha256": "x", "answer": {}}
    bank.desk.book.keep(("answered", taken))
    assert first == _external(services.CREATE_VA, body, 0) != _external(services.CREATE_VA, body, 1)
    assert line.create(ASKED) == ASKED == line.create(ASKED)
    assert len(bank.desk.book.answers) == 2


def test_a_token_serves_until_it_ends(line, bank, monkeypatch):
    monkeypatch.setattr(snap, "TOKEN_SECONDS", 120)
    line.create(ASKED)
    line.inquire(NUMBER, "T-1")
    assert len(bank.bank._tokens) == 1
    with clock.later(timedelta(seconds=121)):
        line.inquire(NUMBER, "T-1")
    assert len(bank.bank._tokens) == 2


def test_a_token_that_the_bank_forgot_is_asked_for_anew_once(line, bank, partner):
    line.create(ASKED)
    bank.bank._tokens.clear()
    assert line.inquire(NUMBER, "T-1") == ASKED
    bank.bank.own = keys.Keys(bank.bank.own.private, bank.bank.own.public, "another secret")
    with pytest.raises(Declined) as refusal:
        line.inquire(NUMBER, "T-1")
    assert refusal.value.code == "4013000" and len(bank.bank._tokens) == 2


def test_a_slow_or_absent_bank_gives_no_answer(line, bank, partner):
    line.create(ASKED)
    bank.desk.set_faults(slow=1)
    with pytest.raises(Unanswered):
        Client(partner, timeout=0.1).inquire(NUMBER, "T-1")
    partner.address = "http://127.0.0.1:9"
    with pytest.raises(Unanswered):
        Client(partner).inquire(NUMBER, "T-1")
    for address in ("", "file:///etc/passwd", "ftp://bank"):
        partner.address = address
        with pytest.raises(ValueError, match="no address"):
            Client(partner)


@contextmanager
def strange(status: int, body: bytes, **headers: str) -> Iterator[tuple[str, list[str]]]:
    """Something else at the bank's address; its address and what it was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append(self.path)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *told):
            pass

        do_GET = do_POST

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("status", "body"),
    [(502, b"<h1>Bad gateway</h1>"), (200, b"<h1>Welcome</h1>"), (200, b"[]"), (200, b'{"responseCode": "20073"}'),
     (500, b'{"responseCode": "5007300"}')],
)  # fmt: skip
def test_what_is_no_answer_of_a_bank_is_none(partner, status, body):
    with strange(status, body) as (address, asked):
        partner.address = address
        with pytest.raises(Unanswered):
            Client(partner).report(clock.today())
    assert asked == ["/snap/v1.0/access-token/b2b"]


def test_nobody_is_led_to_another_address(partner):
    with (
        strange(200, b"{}") as (elsewhere, reached),
        strange(302, b"", Location=f"{elsewhere}/") as (
            address,
            asked,
        ),
    ):
        partner.address = address
        with pytest.raises(Unanswered):
            Client(partner).report(clock.today())
    assert len(asked) == 1 and reached == []


def test_a_report_is_read_into_notices(line, bank):
    line.create(ASKED)
    code = line.qr_generate("0226000000076", 50_000, UNTIL)
    bank.desk.pay(f"12345{NUMBER}", 424_875)
    bank.desk.pay(code.content, 50_000)
    gone = bank.desk.pay(NUMBER, 7)
    bank.desk.reverse(gone.number)
    va, qr = line.report(clock.today()).lines()
    assert (va.channel, va.customer_no, va.amount, va.request_id) == (
        "va",
        NUMBER,
        424_875,
        f"PR-{va.bank_ref}",
    )
    assert (qr.channel, qr.customer_no, qr.amount, qr.request_id) == (
        "qris",
        "0226000000076",
        50_000,
        qr.bank_ref,
    )
    assert line.report(clock.today() - timedelta(days=1)).lines() == []
    standing = line.status(NUMBER)
    assert (standing.paid, standing.amount, standing.at) == (True, 424_875, va.trx_at)
    assert line.qr_query(code).paid


def test_what_was_not_paid_is_told_so(line):
    line.create(ASKED)
    code = line.qr_generate(NUMBER, 424_875, UNTIL)
    assert not line.status(NUMBER).paid
    assert (line.qr_query(code).status, line.qr_query(code).paid) == ("03", False)
    with pytest.raises(Declined):
        line.status("0226000000076")


def told(**changes: object) -> dict:
    good = {
        "customerNo": NUMBER,
        "paymentRequestId": "PR-1",
        "paidAmount": snap.money(424_875),
        "trxDateTime": "2026-12-15T10:15:00+07:00",
        "additionalInfo": {"journalSeq": "1"},
    }
    return good | changes


@pytest.mark.parametrize(
    "change",
    [{"paidAmount": {"value": 1, "currency": "IDR"}}, {"paidAmount": {"value": "1", "currency": "IDR"}},
     {"customerNo": ""}, {"paymentRequestId": None}, {"trxDateTime": "15-12-2026"},
     {"trxDateTime": "2026-12-15T10:15:00"}, {"additionalInfo": {"channel": "cheque"}},
     {"additionalInfo": {"journalSeq": 7}}, {"additionalInfo": ["x"]}],
)  # fmt: skip
def test_a_report_is_read_whole_or_not_at_all(change):
    raw = json.dumps({"virtualAccountData": [told(), told(**change)]}).encode()
    with pytest.raises(snap.Malformed):
        Report(raw).lines()
    assert Report(b'{"virtualAccountData": null}').lines() == []


def test_joining_again_changes_nothing_and_a_new_bank_is_joined_anew(partner, bank, tmp_path):
    again = {"address": partner.address, "accounts": ACCOUNTS, "at": clock.now()}
    assert joining.join(folder=tmp_path / "bank", **again).vault_id == partner.vault_id
    assert (tmp_path / "bank" / "bank.key").stat().st_mode & 0o077 == 0
    other = joining.join(folder=tmp_path / "other", **again)
    assert other.pk == partner.pk and other.public_key != partner.public_key
    assert keys.of_house(tmp_path / "other") == keys.of_house(tmp_path / "bank")
    assert joining.join(folder=tmp_path / "bank", book="nowhere", **again) is None
    with pytest.raises(KeyError):
        joining.join(folder=tmp_path / "bank", **again | {"accounts": {"bank": "9.9"}})


# -- polling --


def test_a_poll_takes_what_is_unknown_and_keeps_the_report(partner, room, bank):
    bill, day = open_bill("A1", quote(until=UNTIL)), clock.today()
    bank.desk.pay(bill.customer_no, 412_500)
    bank.desk.pay("0126000001233", 9)
    outcome = polling.poll_day(partner, day, clock.now())
    assert (outcome.known, outcome.taken, outcome.refused) == (0, 2, 0)
    assert sorted(Payment.objects.values_list("state", "reason")) == [("posted", ""), ("suspense", "unknown")]
    kept = Payment.objects.first().call
    assert kept.path == services.REPORT.address and b"virtualAccountData" in bytes(kept.body)
    again = polling.poll_day(partner, day, clock.now())
    assert (again.known, again.taken) == (2, 0) and Call.objects.count() == 1


def test_a_line_told_otherwise_holds_nobody_back(partner, room, bank):
    first = bank.desk.pay(open_bill("A1", quote(until=UNTIL)).customer_no, 412_500)
    polling.poll_day(partner, clock.today(), clock.now())
    bank.desk.book.keep(("paid", {**first.__dict__, "amount": 5}))
    bank.desk.pay(open_bill("A2", quote(until=UNTIL)).customer_no, 412_500)
    outcome = polling.poll_day(partner, clock.today(), clock.now())
    assert (outcome.known, outcome.taken, outcome.refused) == (0, 1, 1)
    assert sum(Payment.objects.values_list("amount", flat=True)) == 825_000


def test_the_morning_asks_for_a_week_and_gives_yesterday_to_the_desk(partner, room, bank):
    at = clock.now()
    for back in (0, 1, 6, 8):
        bank.desk.pay(
            open_bill(f"A{back}", quote(until=UNTIL)).customer_no, 412_500, at - timedelta(days=back)
        )
    for _ in range(2):
        polling.poll_past()
    days = sorted((clock.today() - day).days for day in Payment.objects.values_list("day", flat=True))
    assert days == [1, 6]
    assert SettlementLine.objects.count() == 1
    polling.poll()
    assert Payment.objects.filter(day=clock.today()).count() == 1


@pytest.mark.parametrize("with_key", [True, False])
def test_a_bank_that_cannot_be_asked_keeps_no_other_from_it(partner, room, bank, keys, with_key):
    absent = rooms.make_bank(keys[1], code="absent")
    absent.address = "http://127.0.0.1:9"
    absent.vault = partner.vault if with_key else absent.vault
    absent.save()
    bank.desk.pay(open_bill("A1", quote(until=UNTIL)).customer_no, 412_500)
    with pytest.raises(polling.NotPolled, match="absent"):
        polling.poll()
    assert Payment.objects.get().state == "posted"
    assert [one.code for one in polling.partners()] == ["absent", "bri"]


def test_an_unreadable_report_is_kept_and_said(partner, room, bank, monkeypatch):
    bank.desk.pay("0126000001233", 9)
    monkeypatch.setattr(snap, "money", lambda rupiah: rupiah)
    with pytest.raises(polling.NotPolled, match="paidAmount"):
        polling.poll()
    assert Call.objects.count() == 1 and not Payment.objects.exists()


def test_a_kind_that_nobody_wants_any_more_holds_nobody_back(partner, room, bank):
    bill = open_bill("A1", quote(until=UNTIL))
    type(bill).objects.filter(pk=bill.pk).update(kind="gone")
    bank.desk.pay(bill.customer_no, 412_500)
    bank.desk.pay(open_bill("A2", quote(until=UNTIL)).customer_no, 412_500)
    outcome = polling.poll_day(partner, clock.today(), clock.now())
    assert (outcome.taken, outcome.refused) == (1, 1)
    assert Payment.objects.get().bill.ref == "A2"
