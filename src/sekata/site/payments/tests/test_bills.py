"""Acceptance 13 and R17, R18, R20 as a payer meets them: a bill by its number, what if, how to pay, the trace."""

import io
from datetime import timedelta

import pytest
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from qriskit import parse

from sekata.kernel.payments import actions
from sekata.kernel.payments.models import Bill, Trace
from sekata.lib import clock
from sekata.site.payments import qris, reading
from sekata.site.payments.tests.conftest import DUE, open_bill, pay, quote
from sekata.site.tests.office import NOW, actor, person, sign_in

pytestmark = pytest.mark.django_db
LATE = DUE + timedelta(days=40)


def png(color: str = "white") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 60), color).save(out, "PNG")
    return SimpleUploadedFile("slip.png", out.getvalue(), "image/png")


def claim(**other: object) -> dict[str, object]:
    return {
        "paid_on": "2026-11-23",
        "amount": "412.500",
        "bank_ref": "R1",
        "contact": "0812",
        "slip": png(),
    } | other


def test_a_stranger_sees_a_masked_name_and_what_is_due(client, bill):
    page = client.get(f"/tagihan/{bill.customer_no}/").content.decode()
    assert "N****** S******" in page and "Nurlela" not in page and "Rp412.500" in page


def test_the_penalty_is_todays_and_asked_of_the_room(client, bill, room):
    room.now = lambda ref, at: quote(412_500, 4_125 * (1 + (at > LATE)), at + timedelta(days=3))
    with clock.frozen(DUE + timedelta(seconds=1)):
        page = client.get(f"/tagihan/{bill.customer_no}/").content.decode()
        assert "Rp416.625" in page and "Rp4.125" in page
        day = (LATE + timedelta(days=2)).date().isoformat()
        then = client.get(f"/tagihan/{bill.customer_no}/?tanggal={day}")
    assert then.context["then"].total == 420_750 and "Rp420.750" in then.content.decode()


def test_a_day_in_the_past_is_explained(client, bill):
    answer = client.get(f"/tagihan/{bill.customer_no}/?tanggal=2026-11-01")
    assert answer.status_code == 422 and "Paling awal" in answer.content.decode()


def test_r17_paying_lets_the_bill_ask_what_is_true(client, bill, room):
    room.now = lambda ref, at: quote(412_500, 4_125, at + timedelta(days=3))
    with clock.frozen(DUE + timedelta(seconds=1)):
        assert client.get(f"/tagihan/{bill.customer_no}/bayar/").url == f"/tagihan/{bill.customer_no}/"
        assert (
            client.post(f"/tagihan/{bill.customer_no}/siapkan/").url == f"/tagihan/{bill.customer_no}/bayar/"
        )
        page = client.get(f"/tagihan/{bill.customer_no}/bayar/").content.decode()
    bill.refresh_from_db()
    assert bill.amount == 416_625 and "Bayar Rp416.625" in page and "3 hari lagi" in page


def test_a_bill_that_is_nothing_any_more_is_not_paid(client, bill):
    with clock.frozen(DUE + timedelta(seconds=1)):
        answer = client.post(f"/tagihan/{bill.customer_no}/siapkan/", follow=True)
    assert "tidak dapat dibayar lagi" in answer.content.decode()


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("atm", "Transaksi Lain"),
        ("mobile", "PIN"),
        ("teller", "petugas"),
        ("other", "002"),
        ("x", "Transaksi Lain"),
    ],
)
def test_r18_each_channel_has_its_steps_and_the_whole_number(client, bill, method, words):
    page = client.get(f"/tagihan/{bill.customer_no}/bayar/?cara={method}").content.decode()
    digits = "12345" + bill.customer_no
    assert words in page and " ".join(digits[n : n + 4] for n in range(0, 18, 4)) in page


def test_r20_the_code_decodes_to_a_payload_that_others_accept(client, bill, monkeypatch):
    monkeypatch.setattr(qris, "source", lambda: qris.demonstration)
    assert "qris.png" in client.get(f"/tagihan/{bill.customer_no}/bayar/").content.decode()
    picture = client.get(f"/tagihan/{bill.customer_no}/qris.png")
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture.content)))
    assert found.text == qris.demonstration(bill) and parse(found.text)
    assert "412500" in found.text and bill.customer_no in found.text


def test_r20_above_the_limit_or_without_a_partners_payload_there_is_no_qris(client, bank, bill, monkeypatch):
    assert client.get(f"/tagihan/{bill.customer_no}/qris.png").status_code == 404
    monkeypatch.setattr(qris, "source", lambda: qris.demonstration)
    large, edge = open_bill("L1", quote(10_000_001)), open_bill("L2", quote(10_000_000))
    assert "di atas batas" in client.get(f"/tagihan/{large.customer_no}/bayar/").content.decode()
    assert client.get(f"/tagihan/{large.customer_no}/qris.png").status_code == 404
    assert client.get(f"/tagihan/{edge.customer_no}/qris.png").status_code == 200


def test_ten_misses_end_the_answers_for_an_address(client, bill):
    for serial in range(10):
        assert client.get(f"/tagihan/01260000000{serial:02}/").status_code == 404
    assert client.get(f"/tagihan/{bill.customer_no}/").status_code == 429
    assert client.get("/bukti-bayar/14052609300000001234/").status_code == 429
    other = Client(REMOTE_ADDR="10.0.0.9")
    assert other.get(f"/tagihan/{bill.customer_no}/").status_code == 200
    with clock.later(timedelta(hours=1, seconds=1)):
        assert client.get(f"/tagihan/{bill.customer_no}/").status_code == 200


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("0126 0000 0123 3", "/tagihan/0126000001233/"),
        ("12345 0126000001233", "/tagihan/0126000001233/"),
        ("14052609300000001234", "/bukti-bayar/14052609300000001234/"),
        ("123", ""),
        ("abc", ""),
    ],
)
def test_numbers_are_found_however_they_are_copied(client, office, text, leads):
    answer = client.get("/tagihan/", {"nomor": text})
    assert answer.status_code == (302 if leads else 422) and (not leads or answer.url == leads)


def test_a_paid_bill_leads_to_its_receipt_and_a_withdrawn_one_warns(client, bank, bill):
    payment = pay(bank, bill.customer_no)
    assert f"/bukti-bayar/{payment.ntpd}/" in client.get(f"/tagihan/{bill.customer_no}/").content.decode()
    other = open_bill("W1")
    actions.withdraw(kind="test", ref="W1", at=NOW)
    assert "jangan dibayar" in client.get(f"/tagihan/{other.customer_no}/").content.decode()


def test_a_person_sees_own_bills_and_payments_alone(bank, office):
    mine, other = person("Nurlela"), person("Rosmawati")
    first, second = (open_bill(ref, payer=mine.person) for ref in ("M1", "M2"))
    open_bill("O1", payer=other.person)
    pay(bank, second.customer_no)
    page = sign_in(mine).get("/tagihan/saya/").content.decode()
    assert first.title in page and second.title in page and "O1" not in page
    assert Client().get("/tagihan/saya/").status_code == 302


def test_a_trace_is_opened_once_a_slip_and_due_in_a_working_day(client, bill):
    for _ in range(2):
        assert (
            client.post(f"/tagihan/{bill.customer_no}/sudah-bayar/", claim()).url
            == f"/tagihan/{bill.customer_no}/"
        )
    made = Trace.objects.get()
    assert (made.number, made.amount, made.state) == ("TLS-2026-000001", 412_500, "open")
    assert made.due_at.astimezone(clock.WIB).date().isoformat() == "2026-11-26" and made.due_at > NOW
    page = client.get(f"/tagihan/{bill.customer_no}/").content.decode()
    assert "TLS-2026-000001" in page and "Rabu, 25 November 2026" in page


@pytest.mark.parametrize(
    "other",
    [
        {"slip": SimpleUploadedFile("slip.png", b"<script>", "image/png")},
        {"slip": SimpleUploadedFile("slip.exe", b"MZ", "image/png")},
        {"slip": ""},
        {"paid_on": "2026-11-25"},
        {"amount": "0"},
        {"amount": "satu"},
    ],
)
def test_a_bad_claim_is_explained_and_kept_nowhere(client, bill, other):
    answer = client.post(f"/tagihan/{bill.customer_no}/sudah-bayar/", claim(**other))
    assert answer.status_code == 422 and not Trace.objects.exists()


def test_no_more_than_three_traces_are_open_and_none_of_a_paid_bill(client, bank, bill):
    for color in ("red", "green", "blue", "black"):
        answer = client.post(f"/tagihan/{bill.customer_no}/sudah-bayar/", claim(slip=png(color)))
    assert answer.status_code == 422 and Trace.objects.count() == 3
    other = open_bill("P1")
    pay(bank, other.customer_no)
    assert client.post(f"/tagihan/{other.customer_no}/sudah-bayar/", claim()).status_code == 422


def test_pages_cost_the_same_and_little(client, bank, bill):
    for n in range(20):
        open_bill(f"Q{n}")
    for path in (f"/tagihan/{bill.customer_no}/", f"/tagihan/{bill.customer_no}/bayar/"):
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        assert len(captured) <= 12
    assert Bill.objects.count() == 21 and reading.masked("N** S**") == "N** S**" and actor(person("Ani"))
