"""The bank of the rehearsal: proves what it is sent, forgets nothing, fails as ordered, and has a page for people."""

import io
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
import qriskit
import segno
import zxingcpp
from PIL import Image

from sekata.kernel.payments.models import Payment
from sekata.kernel.payments.standards import qris, services, snap
from sekata.kernel.payments.tests import conftest as rooms
from sekata.kernel.payments.tests.conftest import open_bill, quote, room  # noqa: F401
from sekata.kernel.payments.tests.town import ACCOUNTS
from sekata.lib import clock
from sekata.pillars.economy.tax.actions import books
from sekata.site.bank import joining, keys
from sekata.site.bank.book import FILE, HELD, LOST, TOLD, Book, Faults, InUse
from sekata.site.bank.server import Server, open_bank
from sekata.site.bank.tests.conftest import BankProcess
from sekata.site.people.tests.test_axe import wrong
from sekata.site.seeding import rules

NUMBER = "0126000001233"
PARTNER = {"partnerServiceId": "   12345", "customerNo": NUMBER, "virtualAccountNo": f"   12345{NUMBER}"}
UNTIL = datetime(2099, 9, 30, 16, 59, 59, tzinfo=UTC)
ASKED = PARTNER | {
    "virtualAccountName": "N** S******",
    "totalAmount": snap.money(424_875),
    "expiredDate": "2099-09-30T23:59:59+07:00",
    "trxId": "T-1",
    "additionalInfo": {},
}
NO_HOUSE = "http://127.0.0.1:9"


def served(folder, house: str = NO_HOUSE) -> Iterator[Server]:
    made = open_bank(folder, 0, house)
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()
    made.desk.book.close()


@pytest.fixture
def bank(tmp_path) -> Iterator[Server]:
    yield from served(tmp_path)


class House:
    """The house's side of the line, by hand: to say what a good client never says."""

    def __init__(self, bank: Server, folder):
        self.bank, self.count = bank, 0
        self.private, public = keys.make_pair()
        keys.lay_down(folder, public)
        self.secret, self.token, self.client = bank.bank.own.secret, "", keys.HOUSE

    def ask_token(self, stamp: str = "", grant: str = "client_credentials") -> tuple[int, dict]:
        stamp = stamp or clock.now().astimezone(clock.WIB).isoformat(timespec="seconds")
        signature = snap.rsa_sign(self.private, f"{self.client}|{stamp}")
        headers = {"x-client-key": self.client, "x-timestamp": stamp, "x-signature": signature}
        body = json.dumps({"grantType": grant}).encode()
        return self.bank.bank.answer("POST", services.TOKEN.address, headers, body, clock.now())

    def send(self, service, body: dict | bytes, sent: bytes = b"", **headers: str) -> tuple[int, dict]:
        self.token = self.token or self.ask_token()[1]["accessToken"]
        self.count += 1
        text = body if isinstance(body, bytes) else json.dumps(body).encode()
        stamp = clock.now().astimezone(clock.WIB).isoformat(timespec="seconds")
        told = snap.string_to_sign(service.method, service.address, self.token, text, stamp)
        told = {
            "authorization": f"Bearer {self.token}",
            "x-timestamp": stamp,
            "x-signature": snap.sign(self.secret, told),
            "x-partner-id": keys.HOUSE,
            "channel-id": "95221",
            "x-external-id": f"{self.count:09d}",
        }
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self.bank.bank.answer(service.method, service.address, told, sent or text, clock.now())


@pytest.fixture
def house(bank, tmp_path) -> House:
    return House(bank, tmp_path)


@pytest.mark.parametrize("fault", ["key", "client", "time", "grant", "nobody"])
def test_r19_a_token_is_proved_by_the_houses_key(house, tmp_path, fault):
    assert house.ask_token()[1]["responseCode"] == "2007300"
    late = (clock.now() - timedelta(minutes=6)).isoformat() if fault == "time" else ""
    house.client = "other" if fault == "client" else house.client
    house.private = keys.make_pair()[0] if fault == "key" else house.private
    if fault == "nobody":
        (tmp_path / "house.pub").unlink()
    status, body = house.ask_token(late, "password" if fault == "grant" else "client_credentials")
    assert body["responseCode"] == ("4007301" if fault == "grant" else "4017300")
    assert status == int(body["responseCode"][:3])


def test_r19_one_byte_changed_breaks_the_signature(house, bank):
    text = json.dumps(ASKED).encode()
    for sent in (text.replace(b"424875", b"424874"), text.replace(b"   12345", b"12345")):
        assert house.send(services.CREATE_VA, text, sent)[1]["responseCode"] == "4012700"
    assert not bank.desk.book.accounts
    spaced = text.replace(b", ", b" ,\n\t")
    assert house.send(services.CREATE_VA, text, spaced)[1]["responseCode"] == "2002700"


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"authorization": "Bearer other"}, "4012701"),
        ({"authorization": ""}, "4012701"),
        ({"x_partner_id": "other"}, "4012700"),
        ({"x_timestamp": "2020-01-01T00:00:00+07:00"}, "4012700"),
        ({"channel_id": ""}, "4002702"),
        ({"channel_id": "123456"}, "4002701"),
        ({"x_external_id": "abc"}, "4002701"),
        ({"x_external_id": "1" * 37}, "4002701"),
    ],
)
def test_r19_headers_are_asked_for(house, bank, headers, code):
    assert house.send(services.CREATE_VA, ASKED, **headers)[1]["responseCode"] == code
    assert not bank.desk.book.accounts


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"totalAmount": {"value": 424875, "currency": "IDR"}}, "4002701"),
        ({"totalAmount": {"value": "424875", "currency": "IDR"}}, "4002701"),
        ({"totalAmount": snap.money(0)}, "4002701"),
        ({"totalAmount": None}, "4002702"),
        ({"virtualAccountNo": "   1234509"}, "4002701"),
        ({"partnerServiceId": "12345"}, "4002701"),
        ({"customerNo": "01260000012330"}, "4002701"),
        ({"expiredDate": "besok"}, "4002701"),
        ({"trxId": ""}, "4002702"),
    ],
)
def test_a_malformed_account_is_refused(house, bank, change, code):
    assert house.send(services.CREATE_VA, ASKED | change)[1]["responseCode"] == code
    assert house.send(services.CREATE_VA, b"{no")[1]["responseCode"] == "4002701"
    assert not bank.desk.book.accounts


def test_an_external_id_is_answered_the_same_or_refused(house):
    first = house.send(services.CREATE_VA, ASKED, x_external_id="7")
    assert first == house.send(services.CREATE_VA, ASKED, x_external_id="7")
    other = house.send(services.CREATE_VA, ASKED | {"trxId": "T-2"}, x_external_id="7")
    assert other[1]["responseCode"] == "4092700"


def test_r20_the_banks_codes_pass_the_judges(house):
    body = {"partnerReferenceNo": NUMBER, "amount": snap.money(424_875), "merchantId": "x"}
    answer = house.send(services.QR_GENERATE, body)[1]
    content, picture = answer["qrContent"], io.BytesIO()
    assert answer["responseCode"] == "2004700" and answer["partnerReferenceNo"] == NUMBER
    assert qriskit.is_valid(content) and qriskit.validate(content) == []
    assert qris.decode(qris.decode(content)["62"])["01"] == NUMBER
    segno.make(content, error="m").save(picture, kind="png", scale=4)
    assert zxingcpp.read_barcode(Image.open(picture)).text == content


def test_what_is_no_service_or_unknown_is_said(house, bank):
    assert bank.bank.answer("POST", "/snap/v1.0/transfer-va/fly", {}, b"", clock.now()) is None
    assert house.send(services.INQUIRY_VA, PARTNER | {"trxId": "x"})[1]["responseCode"] == "4043012"
    query = {"originalReferenceNo": "QR1", "originalPartnerReferenceNo": NUMBER}
    assert house.send(services.QR_QUERY, query)[1]["responseCode"] == "4045101"


# -- the book --


def test_a_killed_bank_forgets_nothing(tmp_path):
    process = BankProcess(tmp_path, NO_HOUSE).start()
    try:
        process.order("/faults", delay=1)
        process.order("/pay", to=f"12345{NUMBER}", amount=424_875)
        before = process.state()
        process.kill()
        process.start()
        assert process.state() == before and before["deliveries"][0]["state"] == HELD
        process.order("/faults", die="before")
        assert process.order("/pay", to=NUMBER, amount=7) == {}
        process.revive()
        assert [paid["amount"] for paid in process.state()["transactions"]] == [424_875, 7]
        assert process.state()["faults"]["die"] == ""
    finally:
        process.stop()
    assert process.process.returncode == 0


def test_a_line_cut_off_was_never_said(tmp_path):
    book = Book(tmp_path)
    book.keep(("faults", {"lose": 3}))
    with pytest.raises(InUse):
        Book(tmp_path)
    book.close()
    whole = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(whole + b'[["faults", {"lo')
    book = Book(tmp_path)
    assert book.faults == Faults(lose=3)
    book.keep(("faults", {"lose": 4}))
    book.close()
    book = Book(tmp_path)
    assert book.faults.lose == 4
    book.close()


@pytest.mark.parametrize(
    "order", [{"lose": -1}, {"lose": 61}, {"die": "soon"}, {"fly": 1}, {"slow": 1.5}, {"lose": True}]
)
def test_what_is_no_fault_is_refused(bank, order):
    with pytest.raises(ValueError):
        bank.desk.set_faults(**order)
    assert bank.desk.book.faults == Faults()


# -- the page --


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *told):
        return None


def asked(bank: Server, path: str, given: dict | None = None, **headers: str) -> tuple[int, str, str]:
    """Status, text, and where to go, of a browser's request."""
    address = f"http://127.0.0.1:{bank.server_address[1]}{path}"
    sent = None if given is None else urlencode(given).encode()
    try:
        answer = build_opener(_Stay).open(Request(address, sent, headers))
    except HTTPError as other:
        answer = other
    with answer:
        return answer.status, answer.read().decode(), answer.headers.get("Location", "")


@pytest.fixture
def town(live_server, room, tmp_path) -> Iterator[Server]:  # noqa: F811
    """The bank beside a house that runs."""
    for bank in served(tmp_path, live_server.url):
        rooms.make_book()
        address = f"http://127.0.0.1:{bank.server_address[1]}"
        joining.join(folder=tmp_path, address=address, at=clock.now(), accounts=ACCOUNTS)
        yield bank


def test_a_person_looks_a_number_up_and_pays(town):
    bill = open_bill("A1", quote(until=UNTIL))
    status, text, _ = asked(town, f"/?to=12345{bill.customer_no}")
    assert status == 200 and "N** S******" in text and "Rp412.500" in text
    status, _, where = asked(town, "/pay", {"to": f"12345{bill.customer_no}", "amount": "412.500"})
    assert (status, where) == (303, "/?said=paid")
    assert Payment.objects.get().bill == bill
    text = asked(town, where)[1]
    assert "Pembayaran diterima bank" in text and "diterima 2003400" in text
    assert "sudah dibayar" in asked(town, f"/?to={bill.customer_no}")[1]
    assert "tidak dikenal" in asked(town, f"/?to={NUMBER}")[1]


def test_a_person_orders_faults(town):
    bill = open_bill("A1", quote(until=UNTIL))
    for name in ("lose", "delay"):
        assert asked(town, "/faults", {name: "1"})[0] == 303
    for _ in range(2):
        asked(town, "/pay", {"to": bill.customer_no, "amount": "412500"})
    assert [one.state for one in town.desk.book.deliveries.values()] == [LOST, HELD]
    assert not Payment.objects.exists()
    assert "Lepaskan yang tertahan (1)" in asked(town, "/")[1]
    asked(town, "/release", {})
    first = next(iter(town.desk.book.transactions))
    asked(town, "/repeat", {"number": first})
    assert {one.state for one in town.desk.book.deliveries.values()} == {LOST, TOLD}
    assert sorted(Payment.objects.values_list("state", flat=True)) == ["posted", "suspense"]


def test_a_qris_payload_is_paid_from_the_page(town, tmp_path):
    bill = open_bill("A1", quote(until=UNTIL))
    house = House(town, tmp_path)
    asked_for = {"partnerReferenceNo": bill.customer_no, "amount": snap.money(412_500)}
    content = house.send(services.QR_GENERATE, asked_for)[1]["qrContent"]
    text = asked(town, "/?" + urlencode({"to": content}))[1]
    assert "BAPENDA PELALAWAN" in text and "QRIS" in text
    asked(town, "/pay", {"to": content, "amount": "412500"})
    assert (Payment.objects.get().channel, Payment.objects.get().state) == ("qris", "posted")
    assert "tidak dikenal" in asked(town, "/?" + urlencode({"to": qris.encode(*STRANGE)}))[1]


STRANGE = (qris.Merchant("ID.CO.X.WWW", "936000020123456785", "1", "ID1", "X", "Y", "1"), 5, NUMBER, "T")


@pytest.mark.parametrize(
    ("to", "amount"),
    [("x", "1"), ("1" * 19, "1"), (NUMBER, "0"), (NUMBER, "-5"), (NUMBER, "1,5"), (NUMBER, "1" * 13), ("", "1"),
     ("000201", "1"), (NUMBER, "²")],
)  # fmt: skip
def test_what_cannot_be_paid_is_said(bank, to, amount):
    status, text, _ = asked(bank, "/pay", {"to": to, "amount": amount})
    assert status == 422 and "bad-n" in text and not bank.desk.book.transactions


def test_nothing_typed_becomes_markup(bank):
    for typed in ('"><script>x</script>', "<em>x"):
        text = asked(bank, "/?" + urlencode({"to": typed}))[1]
        assert "<script" not in text and "<em>" not in text


def test_a_foreign_site_or_name_orders_nothing(bank):
    assert asked(bank, "/faults", {"lose": "1"}, Origin="https://evil.example")[0] == 403
    assert asked(bank, "/state", Host="bank.evil.example")[0] == 403
    own = f"http://127.0.0.1:{bank.server_address[1]}"
    assert asked(bank, "/faults", {"lose": "1"}, Origin=own)[0] == 303
    assert asked(bank, "/fly")[0] == asked(bank, "/fly", {})[0] == 404
    assert asked(bank, "/pay", {"to": "1" * 70_000})[0] == 413
    assert bank.desk.book.faults.lose == 1


def test_an_absent_house_is_said_and_a_known_account_can_be_paid(bank, house):
    assert "tidak menjawab" in asked(bank, f"/?to={NUMBER}")[1]
    house.send(services.CREATE_VA, ASKED)
    text = asked(bank, f"/?to={NUMBER}")[1]
    assert "tidak menjawab" in text and "Rp424.875" in text


def test_axe_finds_nothing_wrong(town, page):
    bill = open_bill("A1", quote(until=UNTIL))
    town.desk.pay(bill.customer_no, 7)
    address = f"http://127.0.0.1:{town.server_address[1]}"
    assert wrong(page, f"{address}/?to={bill.customer_no}") == []


def test_the_house_joins_with_the_accounts_of_the_regencys_book(db, tmp_path, monkeypatch):
    assert joining.join(folder=tmp_path, address=NO_HOUSE, at=clock.now()) is None
    monkeypatch.setattr(books.units, "by_code", lambda code: None)
    rules.seed(clock.now())
    book = books.prepare(clock.today())
    joined = joining.join(folder=tmp_path, address=NO_HOUSE, at=clock.now())
    assert joined.book == book and joined.corporate == keys.CORPORATE
