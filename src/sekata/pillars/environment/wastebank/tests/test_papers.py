"""Printables: what the books say, PDF/A, a QR that any reader reads, a check that a changed file fails."""

import io
import subprocess
from datetime import date, timedelta
from decimal import Decimal as D

import pytest
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from sekata.kernel.documents import queries as documents
from sekata.kernel.ledger import queries as ledger
from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank.actions import deposits, papers, prices, trade
from sekata.pillars.environment.wastebank.models import Deposit, Paper
from sekata.pillars.environment.wastebank.queries import books
from sekata.pillars.environment.wastebank.queries import papers as reading
from sekata.pillars.environment.wastebank.tests.conftest import NOW, booked, vouched, withdrawn
from sekata.pillars.environment.wastebank.tests.test_books import sold

MARCH = (date(2026, 3, 1), date(2026, 3, 7))


@pytest.fixture(autouse=True)
def now(clock):
    with clock(NOW):
        yield


def content(paper: Paper) -> bytes:
    return documents.content(paper.document)


def text(pdf: bytes) -> str:
    """All text in reading order."""
    shown = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(shown.stdout.decode().split())


def code_in(pdf: bytes) -> str:
    """What a reader of QR codes finds on the first page."""
    command = ["pdftoppm", "-r", "200", "-png", "-singlefile", "-"]
    shown = subprocess.run(command, input=pdf, capture_output=True, check=True)
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(shown.stdout)))
    return found.text


def statement(unit, since=MARCH[0], until=MARCH[1], at=NOW) -> Paper:
    return papers.print_my_statement(
        actor=unit.saver, customer=unit.customer, since=since, until=until, at=at
    )


def test_acceptance_1_receipt_ledger_and_statement_tell_the_same(saver):
    made = Deposit.objects.get()
    shown = text(content(papers.print_receipt(actor=saver.weigher, bank=saver.bank, made=made, at=NOW)))
    for piece in (
        "2,345 kg × Rp1.700 Rp3.987",
        "0,75 kg × Rp9.000 Rp6.750",
        "3,2 kg × Rp4.000 Rp12.800",
        made.number,
    ):
        assert piece in shown
    assert "Masuk tabungan Rp23.537" in shown and "TB-30" in shown
    assert ledger.balance(books.book_of(saver.bank), "2101", saver.customer.number) == 23_537
    shown = text(content(statement(saver)))
    assert f"7 Mar 2026 Setoran {made.number} Rp23.537 Rp23.537" in shown
    assert "Saldo awal : Rp0" in shown and "Saldo akhir : Rp23.537" in shown


def test_acceptance_14_the_statements_qr_verifies_and_a_changed_pdf_does_not(saver):
    withdrawn(saver)
    made = statement(saver)
    pdf = content(made)
    address = code_in(pdf)
    assert address.endswith(f"/periksa/{made.document.check_code}/")
    check = "/" + address.split("/", 3)[3]
    page = Client().get(check).content.decode()
    assert "Ya, dokumen ini kami terbitkan" in page and "Rekening koran" in page
    assert saver.customer.number not in page and saver.customer.name not in page

    def asked(file: bytes) -> str:
        upload = SimpleUploadedFile("koran.pdf", file, "application/pdf")
        return Client().post("/periksa/", {"kode": "", "berkas": upload}).content.decode()

    assert "Ya, dokumen ini kami terbitkan" in asked(pdf)
    changed = pdf.replace(b"%PDF-1.7", b"%PDF-1.6", 1)
    assert changed != pdf and "tidak pernah menerbitkan" in asked(changed)


def test_a_statement_has_opening_lines_holds_and_closing(saver):
    vouched(saver)
    withdrawn(saver, amount=10_000)
    booked(saver, (("KRT-01", "1"),), at=NOW + timedelta(days=1))
    shown = text(content(statement(saver, date(2026, 3, 8), date(2026, 3, 8), NOW + timedelta(days=1))))
    assert "Saldo awal : Rp23.537" in shown and "Saldo akhir : Rp25.237" in shown
    assert "Dana ditahan saat dicetak Tunai : Rp10.000" in shown and "Dapat ditarik : Rp15.237" in shown
    assert "dua puluh lima ribu dua ratus tiga puluh tujuh rupiah" in shown


def test_only_the_owner_and_the_bank_get_a_statement(saver, central):
    made = statement(saver)
    assert reading.by_code(saver.saver, made.document.check_code) == made
    assert reading.by_code(saver.treasurer, made.document.check_code) == made
    assert reading.by_code(central.director, made.document.check_code) is None
    with pytest.raises(Refused) as refusal:
        papers.print_my_statement(
            actor=central.director, customer=saver.customer, since=MARCH[0], until=MARCH[1]
        )
    assert refusal.value.status == 403


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (date(2026, 3, 7), date(2026, 3, 6)),
        (date(2026, 3, 1), date(2026, 3, 8)),
        (date(2025, 1, 1), date(2026, 3, 1)),
    ],
)
def test_a_period_that_cannot_be_is_refused(saver, since, until):
    with pytest.raises(Refused) as refusal:
        statement(saver, since, until)
    assert refusal.value.reasons[0].code == "period" and not Paper.objects.exists()


def test_a_receipt_is_one_paper_and_a_reversed_one_says_so(saver):
    made = booked(saver, (("KRT-01", "1"),))
    first, again = (
        papers.print_receipt(actor=saver.weigher, bank=saver.bank, made=made, at=NOW) for _ in "ab"
    )
    assert first == again and "DIBATALKAN" not in text(content(first))
    deposits.reverse(
        actor=saver.director, bank=saver.bank, made=made, reason="Salah nasabah di loket.", at=NOW
    )
    made.refresh_from_db()
    last = papers.print_receipt(actor=saver.weigher, bank=saver.bank, made=made, at=NOW)
    assert last != first and "DIBATALKAN: Salah nasabah di loket." in text(content(last))


def test_every_paper_is_pdf_a_accessible_and_has_a_code(saver, office):
    booked(saver, (("KRT-01", "20"),))
    sale = sold(saver, office)
    given = {"actor": saver.director, "bank": saver.bank, "at": NOW}
    made = [
        papers.print_passbook(customer=saver.customer, **given),
        papers.print_sale_slip(sale=sale, **given),
        papers.print_month_report(month=date(2026, 3, 1), **given),
        papers.print_statement(customer=saver.customer, since=MARCH[0], until=MARCH[1], **given),
    ]
    for one in made:
        pdf = content(one)
        assert b"<pdfaid:part>3</pdfaid:part>" in pdf and b"<pdfuaid:part>1</pdfuaid:part>" in pdf
        assert one.document.check_code in code_in(pdf)
    slip, report = text(content(made[1])), text(content(made[2]))
    assert "Rp25.000" in slip and "dua puluh lima ribu rupiah" in slip and "Lunas" in slip
    assert "4101 Penjualan Rp0 Rp0 Rp25.000 −Rp25.000" in report and "Kardus 22,345 10,000" in report


def test_a_slip_tells_what_was_refused(saver, office):
    booked(saver, (("KRT-01", "20"),))
    buyer = prices.register_collector(actor=office.registrar, code="P1", name="Jaya", at=NOW)
    given = {"bank": saver.bank, "at": NOW}
    sale = trade.plan_sale(
        actor=saver.director, collector=buyer, goods=[trade.Goods("KRT-01", D(10), 2_000)], **given
    )
    trade.weigh_out(actor=saver.weigher, sale=sale, weights={}, slip="T-7", **given)
    trade.accept_sale(
        actor=saver.director, sale=sale, rejected={sale.lines.get().pk: trade.Rejected(D(1))}, **given
    )
    shown = text(content(papers.print_sale_slip(actor=saver.director, sale=sale, **given)))
    assert (
        "9 kg Rp2.000 Rp18.000" in shown
        and "Ditolak pembeli" in shown
        and "1,000 kg" in shown
        and "T-7" in shown
    )
