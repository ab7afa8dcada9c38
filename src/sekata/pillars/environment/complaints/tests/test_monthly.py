"""The papers of a month and the workbooks: given out by a button, counted from the records, without a person."""

import io
import re
import subprocess
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as some
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from sekata.kernel.documents import uploads
from sekata.kernel.journal.models import Event
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.codes import ReporterMode
from sekata.pillars.environment.complaints.models import MonthlyPaper
from sekata.pillars.environment.complaints.queries import monthly as read
from sekata.pillars.environment.complaints.standards.spreadsheet import Sheet, workbook
from sekata.pillars.environment.complaints.tests.desk import (
    HOME,
    MESSAGE,
    counted,
    fresh,
    picture,
    sign_in,
    wib,
)

pytestmark = pytest.mark.django_db
APRIL = date(2026, 4, 1)
PAGE = f"{HOME}bulanan/"
LATER = "2026-05-04 09:00"
WHO = {"name": "Nurlela Sari", "phone": "+6281234567890", "email": "nurlela@contoh.id"}
PUBLIC = "Air sungai berubah warna di hilir jembatan; sumbernya ditutup."


@pytest.fixture
def april(filed, regency, clock):
    """Five reports of April: four of water (two of one incident), one of waste."""
    made = [
        filed(f"2026-04-{day:02} 10:00", mode=ReporterMode.CONFIDENTIAL, who=WHO, first_seen_at=wib("2026-04-01 06:00"))
        .complaint for day in (6, 7, 8, 9)
    ]  # fmt: skip
    made.append(
        filed("2026-04-10 10:00", service_code="S01", first_seen_at=wib("2026-04-10 06:00")).complaint
    )
    at = wib("2026-04-10 11:00")
    for one in made[:2]:
        actions.take_up(actor=regency.reviewer, complaint=fresh(one), at=at)
    actions.merge(actor=regency.reviewer, complaint=fresh(made[1]), lead=fresh(made[0]), at=at)
    actions.publish(actor=regency.reviewer, complaint=fresh(made[0]), public_text=PUBLIC, at=at)
    proof = uploads.accept(picture())
    actions.attach(actor=regency.reviewer, complaint=fresh(made[0]), files=(proof,), at=at)
    actions.answer(
        actor=regency.reviewer, complaint=fresh(made[0]), message=MESSAGE, finding="source_unknown",
        at=wib("2026-04-20 10:00"),
    )  # fmt: skip
    with clock(wib(LATER)):
        yield made


def text(content: bytes) -> str:
    shown = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(shown.stdout.decode().split())


def bytes_of(response) -> bytes:
    return b"".join(response.streaming_content)


def test_the_register_of_a_month_is_given_out_by_a_button_and_read_by_a_link(client, april, regency):
    sign_in(client, regency.head)
    told = {"terbitkan": "register 2026-04", "page_id": str(uuid4())}
    for _time in range(2):
        assert client.post(PAGE, told).status_code == 302
    paper = MonthlyPaper.objects.get()
    assert (paper.kind, paper.month, paper.document.public) == ("register", APRIL, False)
    shown = text(bytes_of(client.get(f"{PAGE}{paper.pk}.pdf")))
    for one in april:
        assert one.case.number in shown
    assert "Bulan April 2026" in shown and "Head" in shown
    assert "Pengaduan diterima : 5" in shown
    assert "Kejadian : 4" in shown and "Sumber tidak diketahui" in shown
    assert not re.search("Nurlela|81234567890|contoh.id", shown)
    assert Event.objects.filter(kind="complaints.register.issued").count() == 1
    assert client.get(f"/periksa/{paper.document.check_code}/").status_code == 200


def test_r13_the_bulletin_is_for_everybody_and_covers_small_numbers(client, april, regency):
    sign_in(client, regency.head).post(PAGE, {"terbitkan": "bulletin 2026-04", "page_id": str(uuid4())})
    citizen = type(client)()
    shown = text(bytes_of(citizen.get("/pengaduan/buletin/2026-04.pdf")))
    assert "mengirim 5 pengaduan tentang 4 kejadian" in shown and "tentang air: 4 pengaduan" in shown
    assert re.search(r"Sampah\s*<3", shown) and PUBLIC in shown and "Pangkalan Kerinci" in shown
    assert not re.search(r"Nurlela|81234567890|PLH-1405", shown)
    page = citizen.get("/pengaduan/").content.decode()
    assert 'href="/pengaduan/buletin/2026-04.pdf"' in page and "Buletin April 2026" in page
    for missing in ("2026-03", "2026-13", "x", "2026-4"):
        assert citizen.get(f"/pengaduan/buletin/{missing}.pdf").status_code == 404


def test_a_share_of_one_or_two_is_not_printed(client, april, regency):
    sign_in(client, regency.head).post(PAGE, {"terbitkan": "bulletin 2026-04"})
    shown = text(bytes_of(client.get("/pengaduan/buletin/2026-04.pdf")))
    assert "dari <3 yang berakhir" in shown and "0 %" not in shown


def test_a_later_edition_stands_beside_the_first(client, april, regency):
    sign_in(client, regency.head)
    for _edition in range(2):
        client.post(PAGE, {"terbitkan": "bulletin 2026-04", "page_id": str(uuid4())})
    first, second = MonthlyPaper.objects.order_by("pk")
    assert (
        read.bulletin_of(APRIL) == second == read.latest_bulletin()
        and first.document_id != second.document_id
    )
    assert client.get(f"{PAGE}{first.pk}.pdf").status_code == 200


def test_a_month_that_runs_is_not_given_out(client, april, regency):
    with pytest.raises(Refused):
        actions.issue_register(actor=regency.head, month=date(2026, 5, 1))
    page = sign_in(client, regency.head).post(PAGE, {"terbitkan": "register 2026-05"}, follow=True)
    assert "belum berakhir" in page.content.decode() and not MonthlyPaper.objects.exists()
    for nonsense in ("register", "buku 2026-04", "register 2026-99", ""):
        assert client.post(PAGE, {"terbitkan": nonsense}).status_code == 404


def test_an_empty_month_is_a_paper_too(client, april, regency):
    march = date(2026, 3, 1)
    actions.issue_register(actor=regency.head, month=march)
    paper = actions.issue_bulletin(actor=regency.head, month=march)
    sign_in(client, regency.reviewer)
    assert "tidak ada pengaduan" in text(bytes_of(client.get(f"{PAGE}{paper.pk}.pdf")))


def test_officers_see_the_months_and_heads_the_buttons(client, april, regency):
    page = sign_in(client, regency.reviewer).get(PAGE).content.decode()
    assert "April 2026" in page and "Terbitkan" not in page.split("<form", 1)[1]
    assert client.post(PAGE, {"terbitkan": "register 2026-04"}).status_code == 403
    assert sign_in(client, regency.responder).get(PAGE).status_code == 403
    sign_in(client, regency.head)
    client.get(PAGE)
    with counted(9):
        assert client.get(PAGE).content.decode().count('name="terbitkan"') == 24


def test_the_month_is_counted_by_three_statements(april, regency):
    read.lines(APRIL, wib(LATER))
    with counted(3):
        assert len(read.lines(APRIL, wib(LATER))) == 5


# --- workbooks


def sheets_of(response) -> dict[str, list[list[object]]]:
    """The same file as two foreign readers see it."""
    content = response.content
    assert (
        response["Content-Type"].endswith("spreadsheetml.sheet")
        and zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    )
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert load_workbook(io.BytesIO(content)).sheetnames == book.sheet_names
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_figures_of_a_period_are_a_workbook_with_their_rows(client, april, regency):
    sign_in(client, regency.head)
    found = sheets_of(client.get(f"{HOME}kinerja/angka.xlsx", {"masa": "6-bulan"}))
    assert list(found)[:2] == ["Angka", "Per kecamatan"] and len(found) == 8
    numbers = {line[0]: line[1:5] for line in found["Angka"][1:]}
    assert numbers["Dibuka kembali"] == [0, "%", 0, 1]
    assert numbers["Contoh air pertama"][1] == "jam"
    ended = found["Laporan yang berakhir atau dibu"]
    assert ended[0][0] == "Nomor" and ended[1][0] == april[0].case.number and ended[1][5] == date(2026, 4, 20)
    assert sign_in(client, regency.intake).get(f"{HOME}kinerja/angka.xlsx").status_code == 403


def test_acceptance_13_the_register_as_a_workbook_names_nobody(client, april, regency):
    sign_in(client, regency.head)
    answer = client.get(f"{HOME}register.xlsx", {"dari": "2026-04-01", "sampai": "2026-04-30"})
    [(name, lines)] = sheets_of(answer).items()
    assert name == "Register" and len(lines) == 6 and lines[0][:3] == ["Nomor", "Diterima (WIB)", "Saluran"]
    assert lines[1][1] == datetime(2026, 4, 6, 10, 0) and lines[1][-1] == "Nama dirahasiakan"  # noqa: DTZ001
    raw = b"".join(zipfile.ZipFile(io.BytesIO(answer.content)).read(one) for one in
                   zipfile.ZipFile(io.BytesIO(answer.content)).namelist())  # fmt: skip
    assert not re.search(rb"Nurlela|81234567890|contoh\.id", raw)
    assert client.get(f"{HOME}register.xlsx", {"dari": "kemarin"}).status_code == 400


MADE = datetime(2026, 5, 4, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["=1+1", "+62812", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "\tx", "'=x"])
def test_a_text_never_becomes_a_formula(text):
    content = workbook([Sheet("A", ["Kolom"], [[text]])], MADE)
    cell = load_workbook(io.BytesIO(content)).active["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


@given(
    some.lists(
        some.tuples(
            some.text(max_size=30), some.integers(-(10**12), 10**12), some.none() | some.booleans(),
            some.dates(date(1950, 1, 1), date(2200, 1, 1)), some.decimals(0, 10**6, places=2),
        ), max_size=4,
    ),
    some.text(min_size=1, max_size=60),
)  # fmt: skip
def test_any_rows_make_a_workbook_that_a_foreign_reader_opens(rows, title):
    content = workbook([Sheet(f"S{title}", ["a", "b", "c", "d", "e"], rows)], MADE)
    [name] = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    read_back = list(load_workbook(io.BytesIO(content))[name].iter_rows(min_row=2, values_only=True))
    assert [(one[1], one[2], one[3].date()) for one in read_back] == [
        (one[1], one[2], one[3]) for one in rows
    ]
    assert [Decimal(str(one[4])) for one in read_back] == [one[4] for one in rows]
