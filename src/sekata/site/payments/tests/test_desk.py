"""The treasurer's day: files, columns, evidence, suspense, traces, the deposit slip."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sekata.kernel.payments.models import Payment, ReconException, Trace
from sekata.kernel.payments.tests.bankfiles import csv_report, mt940_text
from sekata.site.payments.tests.conftest import DAY, open_bill, pay
from sekata.site.payments.tests.test_bills import claim
from sekata.site.tests.office import NOW, sign_in

pytestmark = pytest.mark.django_db
DESK = "/kerja/bendahara/"
EVIDENCE = "slip teller dan rekening koran terlampir"


@pytest.fixture
def desk(treasurer) -> Client:
    return sign_in(treasurer)


def bring(desk: Client, content: bytes, kind: str = "report"):
    upload = SimpleUploadedFile("hari.csv", content)
    return desk.post(f"{DESK}berkas/", {"bank": "bri", "kind": kind, "berkas": upload}, follow=True)


@pytest.fixture
def day(bank, desk):
    """Three paid bills; the bank tells two of them, one at another amount, one twice, and one that we do not know."""
    bills = [open_bill(f"D{n}") for n in range(3)]
    for n, bill in enumerate(bills):
        pay(bank, bill.customer_no, ref=f"J{n}")
    stray = open_bill("S1")
    lines = [
        (bills[0].customer_no, 412_500, "J0"),
        (bills[1].customer_no, 412_400, "J1"),
        (stray.customer_no, 412_500, "J9"),
    ]
    bring(desk, mt940_text(DAY, lines), "statement")
    bring(desk, csv_report([*lines, lines[0]], NOW))
    return stray


def test_the_desk_is_the_treasurers(office, bank):
    assert sign_in(office.rosmaini).get(DESK).status_code == 403 and Client().get(DESK).status_code == 302


def test_without_a_bank_the_desk_says_what_comes_first(desk):
    assert "Belum ada bank" in desk.get(DESK).content.decode()


def test_four_columns_with_counts_and_sums(day, desk):
    answer = desk.get(DESK)
    assert [(name, number) for name, number, _ in answer.context["columns"]] == [
        ("matched", 1), ("only_bank", 1), ("only_ours", 1), ("different", 1),
    ]  # fmt: skip
    board = answer.context["board"]
    assert (board.settled.rupiah, board.movement, board.unexplained) == (824_900, 1_237_400, 412_500)
    page = answer.content.decode()
    assert (
        "Baris ganda yang ditandai: 1" in page and "Rp412.500" in page and board.transit_books.difference == 0
    )


def test_the_stray_line_is_posted_with_evidence_and_the_day_closes(day, desk):
    one = ReconException.objects.get(kind="only_bank")
    page = f"{DESK}perbedaan/{one.pk}/"
    assert desk.post(page, {"verb": "post", "post-evidence": "x"}).status_code == 422
    assert desk.post(page, {"verb": "post", "post-evidence": EVIDENCE}).status_code == 302
    day.refresh_from_db()
    assert day.state == "paid" and desk.get(DESK).context["board"].unexplained == 0
    assert desk.post(page, {"verb": "post", "post-evidence": EVIDENCE}).status_code == 404


def test_a_duplicate_offers_no_posting(day, desk):
    one = ReconException.objects.get(kind="duplicate")
    page = f"{DESK}perbedaan/{one.pk}/"
    assert "tidak dapat dibukukan" in desk.get(page).content.decode()
    assert desk.post(page, {"verb": "post", "post-evidence": EVIDENCE}).status_code == 404
    assert desk.post(page, {"verb": "explain", "explain-note": "bank mengirim dua kali"}).status_code == 302


def test_a_difference_is_corrected_on_the_day_the_bank_made_up(day, desk):
    one = ReconException.objects.get(kind="different")
    given = {"verb": "correct", "correct-note": EVIDENCE, "correct-day": "2026-11-24"}
    assert desk.post(f"{DESK}perbedaan/{one.pk}/", given).status_code == 302
    one.refresh_from_db()
    assert one.state == "resolved" and "Selesai" in desk.get(f"{DESK}perbedaan/{one.pk}/").content.decode()


def test_one_click_shows_the_raw_message_the_line_and_the_book(day, desk):
    payment = Payment.objects.get(bank_ref="J0")
    page = desk.get(f"{DESK}bukti/{payment.ntpd}/").content.decode()
    for said in (
        "&quot;customerNo&quot;",
        "utuh",
        f"va,{payment.customer_no}",
        f"payments.settled:{payment.ntpd}",
    ):
        assert said in page


def test_the_same_file_again_changes_nothing(day, desk):
    content = csv_report([("0126000001233", 5, "J77")], NOW)
    bring(desk, content)
    before = list(ReconException.objects.order_by("pk").values_list("pk", "state"))
    assert "sudah pernah dibawa" in bring(desk, content).content.decode()
    assert list(ReconException.objects.order_by("pk").values_list("pk", "state")) == before


def test_a_broken_file_is_explained(bank, desk):
    answer = bring(desk, b"a,b\n1,2")
    assert answer.status_code == 422 and "trx_at" in answer.content.decode()
    assert "trx_at" in desk.get(DESK).content.decode()


def test_comparing_before_the_bank_has_told_is_refused(bank, desk):
    answer = desk.post(f"{DESK}jalankan/", {"bank": "bri", "hari": "2026-11-20"}, follow=True)
    assert "Belum ada laporan bank" in answer.content.decode()


def test_suspense_oldest_first_matched_by_number_or_refunded(bank, desk, bill):
    wrong = pay(bank, bill.customer_no[:12] + "9", ref="J1")
    lost = pay(bank, "0126000000017", 7, ref="J2")
    page = desk.get(f"{DESK}belum-jelas/")
    assert [one for one, _ in page.context["lines"]] == [
        wrong,
        lost,
    ] and "nomor tidak dikenal" in page.content.decode()
    decide = f"{DESK}belum-jelas/{wrong.ntpd}/"
    assert bill.customer_no in desk.get(decide).content.decode()
    for number in ("123", "0126000001233"):
        bad = {"verb": "match", "match-bill": number, "match-evidence": EVIDENCE}
        assert desk.post(decide, bad).status_code == 422
    given = {"verb": "match", "match-bill": bill.customer_no, "match-evidence": EVIDENCE}
    assert desk.post(decide, given).status_code == 302
    back = {"verb": "refund", "refund-evidence": EVIDENCE}
    assert desk.post(f"{DESK}belum-jelas/{lost.ntpd}/", back).status_code == 302
    bill.refresh_from_db()
    assert bill.state == "paid" and "Tidak ada penerimaan" in desk.get(f"{DESK}belum-jelas/").content.decode()
    assert desk.post(decide, given).status_code == 200


def test_a_trace_is_seen_answered_and_told_on_the_bills_page(bank, desk, client, bill):
    client.post(f"/tagihan/{bill.customer_no}/sudah-bayar/", claim())
    made, lost = Trace.objects.get(), pay(bank, "0126000000017", ref="J2")
    assert made.number in desk.get(f"{DESK}penelusuran/").content.decode()
    page = f"{DESK}penelusuran/{made.number}/"
    assert desk.get(page).status_code == 200
    slip = desk.get(f"{page}bukti/")
    assert slip["Content-Type"] == "image/png" and slip["Content-Disposition"].startswith("attachment")
    assert client.get(f"{page}bukti/").status_code == 302
    assert desk.post(page, {"ntpd": "1", "answer": EVIDENCE}).status_code == 422
    given = {"ntpd": lost.ntpd, "answer": "Ditemukan, salah ketik nomor."}
    assert desk.post(page, given).status_code == 302
    assert "salah ketik nomor" in client.get(f"/tagihan/{bill.customer_no}/").content.decode()


def test_the_deposit_slip_prints(day, desk):
    answer = desk.get(f"{DESK}sts/bri/{DAY.isoformat()}.pdf")
    assert answer["Content-Type"] == "application/pdf" and io.BytesIO(answer.content).read(8) == b"%PDF-1.7"
    for path in ("sts/bri/2026-11-20.pdf", "sts/bri/kemarin.pdf", "sts/bni/2026-11-24.pdf"):
        assert desk.get(f"{DESK}{path}").status_code == 404


def test_pages_cost_the_same_however_much_there_is(bank, desk):
    costs = []
    for since, size in ((0, 2), (10, 30)):
        bills = [open_bill(f"E{since + n}") for n in range(size)]
        lines = [(bill.customer_no, 412_500, f"J{since + n}") for n, bill in enumerate(bills)]
        for customer, amount, ref in lines[1:]:
            pay(bank, customer, amount, ref)
            pay(bank, "0126000000017", amount, f"X{ref}")
        bring(desk, csv_report(lines, NOW))
        found = []
        for path in ("", "cocok/", "belum-jelas/", "penelusuran/"):
            desk.get(f"{DESK}{path}")
            with CaptureQueriesContext(connection) as captured:
                assert desk.get(f"{DESK}{path}").status_code == 200
            found.append(len(captured))
        costs.append(found)
    assert costs[0] == costs[1]
