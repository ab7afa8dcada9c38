"""Acceptance 3 and 4 over HTTP: what a bank sends is proved, done once and answered as SNAP BI says."""

import json
import threading
from contextvars import copy_context
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError, connections
from django.test import Client

from sekata.kernel.journal.models import Event
from sekata.kernel.ledger import queries as books
from sekata.kernel.payments import actions
from sekata.kernel.payments.models import Bill, Call, Payment, Token
from sekata.kernel.payments.standards import snap
from sekata.kernel.payments.tests import conftest as house
from sekata.kernel.payments.tests.conftest import AT, DUE, SECRET, open_bill, quote
from sekata.lib import clock
from sekata.lib.clock import frozen

BASE = "/snap/v1.0"
NOTIFY = "transfer-va/notify-payment-intrabank"
STAMP = AT.astimezone(clock.WIB).isoformat(timespec="seconds")


class Bank:
    """The bank's side of the line."""

    def __init__(self, private: str, client: str = "bri-client"):
        self.private, self.client, self.token, self.count = private, client, "", 0

    def ask_token(self, stamp: str = STAMP, private: str = "", body: dict | None = None) -> tuple[int, dict]:
        headers = {
            "X-CLIENT-KEY": self.client,
            "X-TIMESTAMP": stamp,
            "X-SIGNATURE": snap.rsa_sign(private or self.private, f"{self.client}|{stamp}"),
        }
        return self.post("access-token/b2b", json.dumps(body or {"grantType": "client_credentials"}), headers)

    def send(
        self,
        path: str,
        body: dict | str,
        *,
        external: str = "",
        secret: str = SECRET,
        stamp: str = STAMP,
        changed="",
    ) -> tuple[int, dict]:
        if not self.token:
            self.token = self.ask_token()[1]["accessToken"]
        self.count += 1
        text = body if isinstance(body, str) else json.dumps(body)
        told = snap.string_to_sign("POST", f"{BASE}/{path}", self.token, text.encode(), stamp)
        headers = {
            "Authorization": f"Bearer {self.token}",
            "X-TIMESTAMP": stamp,
            "X-SIGNATURE": snap.sign(secret, told),
            "X-PARTNER-ID": self.client,
            "CHANNEL-ID": "95221",
            "X-EXTERNAL-ID": external or f"E{self.count}",
        }
        return self.post(path, changed or text, headers)

    def post(self, path: str, body: str, headers: dict) -> tuple[int, dict]:
        answer = Client().post(f"{BASE}/{path}", body, content_type="application/json", headers=headers)
        return answer.status_code, answer.json()


@pytest.fixture
def bri(bank, keys) -> Bank:
    with frozen(AT):
        yield Bank(keys[0])


def paid(to: str, rupiah: object = "412500.00", request: str = "PR-1", trx_at: datetime = AT, **more) -> dict:
    return {
        "partnerServiceId": "   12345",
        "customerNo": to,
        "virtualAccountNo": f"   12345{to}",
        "paymentRequestId": request,
        "paidAmount": {"value": rupiah, "currency": "IDR"},
        "trxDateTime": trx_at.astimezone(clock.WIB).isoformat(timespec="seconds"),
        **more,
    }


def test_a_token_is_given_for_900_seconds_and_only_its_hash_is_kept(bri):
    status, body = bri.ask_token()
    assert (status, body["responseCode"], body["expiresIn"]) == (200, "2007300", "900")
    assert Token.objects.get().expires == AT + timedelta(seconds=900)
    assert body["accessToken"] not in str(Token.objects.values())


@pytest.mark.parametrize("fault", ["time", "key", "client", "grant"])
def test_a_token_request_must_be_proved(bri, fault, keys):
    other = house.rsa.generate_private_key(public_exponent=65537, key_size=2048)
    text = other.private_bytes(
        house.serialization.Encoding.PEM,
        house.serialization.PrivateFormat.PKCS8,
        house.serialization.NoEncryption(),
    ).decode()
    late = (AT + timedelta(minutes=6)).isoformat()
    bri.client = "nobody" if fault == "client" else bri.client
    status, body = bri.ask_token(
        stamp=late if fault == "time" else STAMP,
        private=text if fault == "key" else "",
        body={"grantType": "password"} if fault == "grant" else None,
    )
    assert (
        body["responseCode"] == ("4007301" if fault == "grant" else "4017300") and not Token.objects.exists()
    )
    assert status == int(body["responseCode"][:3])


def test_a_notification_pays(bri, room, bill):
    status, body = bri.send(NOTIFY, paid(bill.customer_no))
    assert (status, body["responseCode"]) == (200, "2003400")
    assert body["virtualAccountData"]["virtualAccountNo"] == f"   12345{bill.customer_no}"
    assert Bill.objects.get().state == "paid"
    call = Payment.objects.get().call
    assert json.loads(bytes(call.body)) == paid(bill.customer_no) and "authorization" not in call.headers


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"secret": "wrong"}, "4013400"),
        ({"stamp": (AT - timedelta(minutes=6)).isoformat()}, "4013400"),
        ({"changed": True}, "4013400"),
    ],
)
def test_acceptance_3_what_is_not_proved_changes_nothing(bri, room, bill, how, code):
    body = paid(bill.customer_no)
    if how.get("changed"):
        how = {"changed": json.dumps(body).replace("412500", "412501")}
    status, answer = bri.send(NOTIFY, body, **how)
    assert (status, answer["responseCode"]) == (401, code) and not Payment.objects.exists()
    assert Event.objects.filter(kind="payments.call.refused").count() == 1 and Call.objects.count() == 2


def test_acceptance_3_spaces_inside_strings_are_signed(bri, room, bill):
    body = json.dumps(paid(bill.customer_no))
    eaten = bri.send(NOTIFY, body.replace("   12345", "12345"), changed=body)[1]
    assert eaten["responseCode"] == "4013400" and not Payment.objects.exists()
    spaced = body.replace(", ", " ,\n  ").replace(": ", " : ")
    assert bri.send(NOTIFY, body, changed=spaced)[1]["responseCode"] == "2003400"


def test_tokens_end_and_belong_to_one_bank(bri, room, bill, keys):
    bri.send(NOTIFY, paid(bill.customer_no))
    house.make_bank(keys[1], code="other")
    bri.client = "other-client"
    assert bri.send(NOTIFY, paid(bill.customer_no))[1]["responseCode"] == "4013401"
    bri.client = "bri-client"
    with frozen(AT + timedelta(seconds=901)):
        late = (AT + timedelta(seconds=901)).isoformat()
        assert bri.send(NOTIFY, paid(bill.customer_no), stamp=late)[1]["responseCode"] == "4013401"


def test_a_bank_that_signs_with_rsa_needs_no_token(room, bill, keys):
    house.make_bank(keys[1], mode="rsa", code="qris")
    body = json.dumps(paid(bill.customer_no))
    text = snap.string_to_sign("POST", f"{BASE}/{NOTIFY}", "", body.encode(), STAMP)
    headers = {
        "X-TIMESTAMP": STAMP,
        "X-SIGNATURE": snap.rsa_sign(keys[0], text),
        "X-PARTNER-ID": "qris-client",
        "X-EXTERNAL-ID": "E1",
    }
    line = Bank(keys[0])
    with frozen(AT):
        assert line.post(NOTIFY, body, headers)[1]["responseCode"] == "2003400"
        assert line.post(NOTIFY, body.replace("PR-1", "PR-2"), headers)[1]["responseCode"] == "4013400"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"rupiah": 412500}, "4003401"),
        ({"rupiah": "412500"}, "4003401"),
        ({"rupiah": "412500.50"}, "4003401"),
        ({"rupiah": "0.00"}, "4003401"),
        ({"request": ""}, "4003402"),
        ({"to": ""}, "4003402"),
        ({"trxDateTime": "kemarin"}, "4003401"),
        ({"additionalInfo": {"journalSeq": 7}}, "4003401"),
    ],
)
def test_a_malformed_message_is_told_so(bri, room, bill, change, code):
    body = paid(
        **({"to": bill.customer_no} | {k: v for k, v in change.items() if k in ("rupiah", "request", "to")})
    )
    body |= {k: v for k, v in change.items() if k[0] in "ta" and k != "to"}
    assert bri.send(NOTIFY, body)[1]["responseCode"] == code and not Payment.objects.exists()
    assert bri.send(NOTIFY, "[]")[1]["responseCode"] == "4003401"
    assert bri.send(NOTIFY, "{no")[1]["responseCode"] == "4003401"


def test_an_external_id_is_answered_the_same_or_refused(bri, room, bill):
    first = bri.send(NOTIFY, paid(bill.customer_no), external="X1")
    assert bri.send(NOTIFY, paid(bill.customer_no), external="X1") == first
    status, body = bri.send(NOTIFY, paid(bill.customer_no, request="PR-2"), external="X1")
    assert (status, body["responseCode"]) == (409, "4093400") and Payment.objects.count() == 1


def test_the_same_payment_under_other_ids_is_one(bri, room, bill):
    for more in ({}, {"additionalInfo": {"journalSeq": "S1"}}):
        assert bri.send(NOTIFY, paid(bill.customer_no, **more))[1]["responseCode"] == "2003400"
    assert Payment.objects.count() == 1
    assert bri.send(NOTIFY, paid(bill.customer_no, "9.00"))[1]["responseCode"] == "4093400"


def test_unknown_numbers_are_taken_into_suspense(bri, room, bill):
    assert bri.send(NOTIFY, paid("0126000001233"))[1]["responseCode"] == "2003400"
    assert Payment.objects.get().reason == "unknown"


def inquiry(to: str) -> dict:
    return {
        "partnerServiceId": "   12345",
        "customerNo": to,
        "virtualAccountNo": f"   12345{to}",
        "inquiryRequestId": "I1",
    }


def test_an_inquiry_tells_what_is_true_now(bri, room, bill):
    code = lambda to: bri.send("transfer-va/inquiry", inquiry(to))[1]  # noqa: E731
    assert code(bill.customer_no)["virtualAccountData"]["totalAmount"] == snap.money(412_500)
    assert code("0126000001233")["responseCode"] == code("0126000001234")["responseCode"] == "4042412"
    later = DUE + timedelta(days=76)
    with frozen(later):
        bri.token, stamp = "", later.isoformat()
        bri.token = bri.ask_token(stamp=stamp)[1]["accessToken"]
        ask = lambda: bri.send("transfer-va/inquiry", inquiry(bill.customer_no), stamp=stamp)[1]  # noqa: E731
        assert ask()["responseCode"] == "4042419"
        room.now = lambda ref, at: quote(412_500, 12_375, at + timedelta(days=15))
        assert ask()["virtualAccountData"]["totalAmount"] == snap.money(424_875)
        bill.refresh_from_db()
        assert (bill.revision, bill.penalty, bill.valid_until) == (2, 12_375, later + timedelta(days=15))


def test_a_payment_at_the_banks_counter_must_be_exact(bri, room, bill):
    pay = lambda rupiah, request: bri.send("transfer-va/payment", paid(bill.customer_no, rupiah, request))[1]  # noqa: E731
    assert pay("412499.00", "PR-1")["responseCode"] == "4042513" and not Payment.objects.exists()
    done = pay("412500.00", "PR-2")
    assert done["responseCode"] == "2002500"
    assert done["virtualAccountData"]["referenceNo"] == Payment.objects.get().ntpd
    assert pay("412500.00", "PR-2")["responseCode"] == "2002500"
    assert pay("412500.00", "PR-3")["responseCode"] == "4042514" and Payment.objects.count() == 1


def test_a_qris_payment(bri, room, bill):
    body = {
        "originalReferenceNo": "RRN1",
        "originalPartnerReferenceNo": bill.customer_no,
        "latestTransactionStatus": "00",
        "amount": snap.money(412_500),
        "transactionDate": STAMP,
    }
    assert bri.send("qr/qr-mpm-notify", body)[1]["responseCode"] == "2005200"
    assert (Payment.objects.get().channel, Bill.objects.get().state) == ("qris", "paid")
    assert (
        bri.send("qr/qr-mpm-notify", body | {"latestTransactionStatus": "06"})[1]["responseCode"] == "4005201"
    )


@pytest.mark.django_db(transaction=True)
def test_acceptance_4_one_notification_five_times_at_once(room, keys):
    house.make_bank(keys[1])
    bill, answers = open_bill("A1"), []
    with frozen(AT):
        line = Bank(keys[0])
        line.token = line.ask_token()[1]["accessToken"]

        def tell(number: int) -> None:
            answers.append(line.send(NOTIFY, paid(bill.customer_no), external=f"X{number % 2}"))
            connections.close_all()

        threads = [threading.Thread(target=copy_context().run, args=(tell, number)) for number in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(answers) == 5 and all(answer == answers[0] for answer in answers)
    assert answers[0][1]["responseCode"] == "2003400" and Payment.objects.count() == 1
    payment = Payment.objects.get()
    assert len(books.source_entries("payments.payment", payment.ntpd)) == 1


def test_a_message_is_kept_although_it_cannot_be_done(bri, room, bill, monkeypatch):
    def broken(**_: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(actions, "take", broken)
    status, body = bri.send(NOTIFY, paid(bill.customer_no))
    assert (status, body["responseCode"]) == (500, "5003400") and Call.objects.count() == 2
