"""Papers: PDF/A, amounts in words, a QR that a reader reads, kept once, a year's letters by many processes."""

import io
import subprocess
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
import zxingcpp
from PIL import Image

from sekata.kernel.documents import queries as registry
from sekata.kernel.documents.models import Document
from sekata.kernel.documents.paper import Office, Signer
from sekata.lib.tests.helpers import refusal
from sekata.pillars.economy.tax import documents
from sekata.pillars.economy.tax.actions import collecting, printing, transfers
from sekata.pillars.economy.tax.codes import Acquisition, CollectionState, Kinship
from sekata.pillars.economy.tax.documents import mass
from sekata.pillars.economy.tax.documents.values import Debt, LandLetter, LandPart, Letter, Listing, Sheet
from sekata.pillars.economy.tax.models import Assessment, MassBatch
from sekata.pillars.economy.tax.queries import papers
from sekata.pillars.economy.tax.rules.collecting import midnight
from sekata.pillars.economy.tax.tests.conftest import NOW
from sekata.pillars.economy.tax.tests.ground import HOUSE, land, zone
from sekata.pillars.economy.tax.tests.letters import open_letter
from sekata.pillars.economy.tax.tests.test_mass import issued
from sekata.pillars.economy.tax.tests.test_pages import enter
from sekata.pillars.economy.tax.tests.test_transfers import deal

OFFICE = Office(
    "Pemerintah Kabupaten Pelalawan", "Badan Pendapatan Daerah", "Jalan Pamong Praja", "Pangkalan Kerinci"
)
CHECK = "https://sekata.example/periksa/ABCDEFGHJKLM/"
SHEET = Sheet(OFFICE, NOW, CHECK, Signer("Novrizal", "Kepala Badan Pendapatan Daerah", "197411252000121001"))
LAND = LandLetter(
    number="140501000100100010202600", nop="14.05.010.001.001-0001.0", year=2026, book="I", name="RINA MARLINA",
    npwpd="P.1.9000001.02.07", address="Jalan Maharaja 5", place="Jalan Lintas Timur", village="Kerinci Kota",
    district="Pangkalan Kerinci", value=93_000_000, deduction=10_000_000, share=Decimal("100.0000"),
    rate=Decimal("0.1000"), tax=83_000, due_on=date(2026, 9, 30), late="1 %", pay_address="sekata.example/pajak/",
    parts=(LandPart("Bumi", 600, "083", 36_000, 21_600_000), LandPart("Bangunan", 120, "025", 595_000, 71_400_000)),
)  # fmt: skip
LETTER = Letter(
    "Surat Ketetapan Pajak Daerah", "SKPD-2026-000001", (("Wajib pajak", "RINA MARLINA"), ("NTPD", "1405")),
    (("Pokok pajak", "Rp1.800.000"),), 1_800_000, notes=("Bayar paling lambat 2 Maret 2026.",),
)  # fmt: skip
LIST = Listing(
    "Daftar Himpunan Ketetapan dan Pembayaran", "PBB-P2 2026, Kerinci Kota", ("NOP", "Wajib pajak", "Ketetapan"),
    (50, 0, 30), (2,), [("14.05.010.001.001-0001.0", "RINA MARLINA", "83.000")] * 70, (("Ketetapan", "Rp5.810.000"),),
)  # fmt: skip
PAPERS = {
    "sppt": lambda: documents.sppt(SHEET, LAND),
    "assessment": lambda: documents.assessment(SHEET, LETTER),
    "receipt": lambda: documents.receipt(SHEET, LETTER),
    "transfer": lambda: documents.transfer(SHEET, LETTER, "Tervalidasi 2 Februari 2026."),
    "collection": lambda: documents.collection(
        SHEET, "Surat Paksa", "FORCED-2026-000001", (("Penanggung pajak", "RINA MARLINA"),),
        (Debt("SKPD 1", date(2026, 1, 1), 1_800_000, 1_818_000),), ("Bayar.",), oath=True,
    ),
    "listing": lambda: documents.listing(SHEET, LIST),
    "card": lambda: documents.card(SHEET, "P.1.9000001.02.07", "RINA MARLINA", "Jalan Maharaja 5", date(2026, 1, 2)),
}  # fmt: skip


def pages(content: bytes) -> list[str]:
    """The text of each page, as an outside reader finds it."""
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return read.stdout.decode().split("\f")[:-1]


def scanned(content: bytes) -> set[str]:
    """What a scanner reads on the first page."""
    drawn = subprocess.run(
        ["pdftoppm", "-r", "150", "-png", "-f", "1", "-l", "1", "-"],
        input=content, capture_output=True, check=True,
    )  # fmt: skip
    return {code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(drawn.stdout)))}


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_is_pdf_a_and_the_same_twice(name):
    content = PAPERS[name]()
    assert b"<pdfaid:part>3</pdfaid:part>" in content and content == PAPERS[name]()


@pytest.mark.parametrize("name", sorted(set(PAPERS) - {"listing"}))
def test_a_scanner_reads_where_a_paper_is_checked(name):
    assert scanned(PAPERS[name]()) == {CHECK}


def test_r2_an_sppt_shows_its_steps_its_words_and_its_stub():
    (page,) = pages(PAPERS["sppt"]())
    for said in ("Rp93.000.000", "Rp10.000.000", "tarif 0,1 %", "100 %", "Delapan puluh tiga ribu rupiah", "083",
                 "30 September 2026", "Tanda terima penyampaian"):  # fmt: skip
        assert said in page
    assert page.count("14.05.010.001.001-0001.0") == 2


def test_an_sspd_bphtb_has_six_sheets_and_a_list_repeats_its_head():
    sheets = pages(PAPERS["transfer"]())
    assert len(sheets) == 6 and "Lembar 3: Kantor Pertanahan" in sheets[2]
    assert "Satu juta delapan ratus ribu rupiah" in sheets[5]
    listed = pages(PAPERS["listing"]())
    assert len(listed) > 2 and all("Wajib pajak" in page for page in listed[:-1])


def test_many_processes_print_the_same_bytes_in_order():
    jobs = [(SHEET, LAND), (Sheet(OFFICE, NOW, f"{CHECK}x", SHEET.signer), LAND)] * 3
    assert list(mass.rendered(jobs, 2)) == list(mass.rendered(jobs, 1))


@pytest.fixture
def batch(office) -> MassBatch:
    """Eleven letters, one of them of nil."""
    zone()
    for serial in range(1, 11):
        land(office.taxpayer, serial, buildings=HOUSE)
    land(office.taxpayer, 11, land_kind="4")
    issued(office)
    return MassBatch.objects.get()


def test_a_years_letters_are_printed_once_and_a_run_that_died_goes_on(office, batch, monkeypatch):
    monkeypatch.setattr(printing, "KEPT_TOGETHER", 4)
    seen = []
    assert printing.print_letters(batch.pk, processes=1, most=6, progress=lambda *at: seen.append(at)) == 6
    assert seen == [(4, 6), (6, 6)] and papers.unprinted_count(batch.pk) == 4
    assert printing.print_letters(batch.pk, processes=1) == 4 and printing.print_letters(batch.pk) == 0
    assert Document.objects.filter(kind="tax.sppt").count() == 10
    letter = Assessment.objects.select_related("document__file").filter(document__isnull=False).first()
    (page,) = pages(registry.content(letter.document))
    assert letter.number in page and "RINA MARLINA" in page
    assert registry.by_code(letter.document.check_code) == letter.document


def test_only_an_issued_year_is_printed(client, office, batch):
    enter(client, office.assessor)
    assert "10 SPPT belum dicetak" in client.get("/kerja/pajak/penetapan/2026/").content.decode()
    assert client.post("/kerja/pajak/penetapan/2026/cetak/").status_code == 302
    MassBatch.objects.update(state="approved")
    batch.refresh_from_db()
    assert refusal(printing.print_batch, actor=office.assessor, batch=batch, at=NOW) == ["state"]


def test_a_letter_is_printed_when_first_asked_for_and_stays_the_same(client, office, clock):
    letter = open_letter(office)
    address = f"/pajak/ketetapan/{letter.number}/surat.pdf"
    enter(client, office.payer)
    with clock(NOW):
        first = client.get(address)
    assert (
        first["Content-Type"] == "application/pdf"
        and "Dua puluh empat juta rupiah" in pages(first.content)[0]
    )
    with clock(NOW + timedelta(days=9)):
        assert client.get(address).content == first.content
    client.logout()
    enter(client, office.stranger)
    assert client.get(address).status_code == 404


def test_a_draft_has_no_paper(client, office):
    letter = open_letter(office)
    Assessment.objects.update(state="draft")
    enter(client, office.head)
    assert client.get(f"/pajak/ketetapan/{letter.number}/surat.pdf").status_code == 404


def test_the_card_is_for_its_holder(client, office, clock):
    enter(client, office.payer)
    with clock(NOW):
        assert b"%PDF" in client.get("/pajak/kartu/P.1.9000001.02.07.pdf").content[:8]
        client.logout()
        enter(client, office.stranger)
        assert client.get("/pajak/kartu/P.1.9000001.02.07.pdf").status_code == 404


def test_r5_a_duty_has_its_paper_once_it_is_validated(client, office, clock):
    zone(value=100_000)
    given = deal(land(office.taxpayer, area=2_000))
    nil = type(given)(**(vars(given) | {"code": Acquisition.INHERITANCE, "value": 250_000_000,
                                       "kinship": Kinship.DIRECT, "submission": uuid4()}))  # fmt: skip
    made = transfers.draft(actor=office.ppat, deal=nil, at=NOW)
    transfers.check(actor=office.ppat, transfer=made, at=NOW)
    transfers.submit_nil(actor=office.ppat, transfer=made, at=NOW)
    enter(client, office.ppat)
    address = f"/pajak/urusan/{made.case.number}/sspd.pdf"
    assert client.get(address).status_code == 404
    transfers.validate(actor=office.validator, transfer=made, at=NOW)
    with clock(NOW):
        found = client.get(address)
    assert len(pages(found.content)) == 6 and "Tervalidasi" in pages(found.content)[0]
    assert (
        made.buyer_lookup not in pages(found.content)[0] and "1405025208900003" not in pages(found.content)[0]
    )


def test_a_surat_paksa_carries_its_title_and_what_the_debt_cost_that_day(client, office, clock):
    letter = open_letter(office)
    Assessment.objects.update(state="due")
    letter.refresh_from_db()
    on = midnight(letter.due_on) + timedelta(days=7)
    for act in (CollectionState.WARNED, CollectionState.FORCED):
        served = collecting.serve(actor=office.bailiff, assessment=letter, act=act, on=on, at=NOW)
        on += timedelta(days=21)
    enter(client, office.bailiff)
    with clock(datetime(2026, 4, 1, 3, tzinfo=NOW.tzinfo)):
        (page,) = pages(client.get(f"/kerja/pajak/tindakan/{served.number}.pdf").content)
    assert (
        documents.OATH in page and "Rp24.240.000" in page and "dua kali dua puluh" in " ".join(page.split())
    )
    assert client.get("/kerja/pajak/tindakan/FORCED-1999-1.pdf").status_code == 404


def test_lists_are_printed_for_the_office(client, office, batch, clock):
    enter(client, office.treasurer)
    with clock(NOW):
        listed = pages(client.get(f"/kerja/pajak/dhkp/2026/{office.area.code}/dhkp.pdf").content)
        month = pages(client.get("/kerja/pajak/penerimaan/2026-01.pdf").content)
    assert "Kerinci Kota" in listed[0] and "Laporan Penerimaan" in month[0].title()
    assert client.get("/kerja/pajak/penerimaan/2026-13.pdf").status_code == 404
