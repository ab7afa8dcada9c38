"""R18: a receipt by its number, on paper, and checkable by anyone."""

import pytest

from sekata.kernel.documents.models import Document
from sekata.kernel.payments import actions
from sekata.kernel.payments.tests.conftest import BANK
from sekata.site.payments.tests.conftest import pay
from sekata.site.tests.office import NOW

pytestmark = pytest.mark.django_db


def test_a_receipt_says_what_was_paid_in_figures_and_words(client, bank, bill):
    payment = pay(bank, bill.customer_no)
    page = client.get(f"/bukti-bayar/{payment.ntpd}/").content.decode()
    for said in (
        payment.ntpd,
        "Rp412.500",
        "empat ratus dua belas ribu lima ratus rupiah",
        "BRIVA",
        "N****** S******",
    ):
        assert said in page
    assert "Nurlela" not in page


def test_a_printed_receipt_is_the_same_each_time_and_the_check_page_knows_it(client, bank, bill):
    payment = pay(bank, bill.customer_no)
    first, second = (client.post(f"/bukti-bayar/{payment.ntpd}/cetak/") for _ in range(2))
    assert first.content == second.content and first.content.startswith(b"%PDF-1.7")
    document = Document.objects.get()
    assert (document.number, document.unit.kind) == (payment.ntpd, "regency")
    page = client.get(f"/periksa/{document.check_code}/").content.decode()
    assert "Ya, dokumen ini kami terbitkan" in page and payment.ntpd in page and "Nurlela" not in page
    again = client.get(f"/bukti-bayar/{payment.ntpd}/").content.decode()
    assert document.check_code in again and "<svg" in again


@pytest.mark.parametrize("number", ["14052611240000000017", "x", "0" * 20])
def test_an_unknown_number_has_no_receipt(client, bank, number):
    assert client.get(f"/bukti-bayar/{number}/").status_code == 404


def test_money_given_back_or_unclear_has_no_valid_receipt(client, bank, bill):
    payment = pay(bank, bill.customer_no, terminal="T1")
    lost = pay(bank, "0126000009999", ref="J2")
    actions.reverse(actor=BANK, payment=payment, terminal="T1", at=NOW)
    assert "tidak berlaku" in client.get(f"/bukti-bayar/{payment.ntpd}/").content.decode()
    assert "belum cocok" in client.get(f"/bukti-bayar/{lost.ntpd}/").content.decode()
    for one in (payment, lost):
        assert client.post(f"/bukti-bayar/{one.ntpd}/cetak/").status_code == 409
    assert not Document.objects.exists()
