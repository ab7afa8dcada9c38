"""Printables: each is PDF/A-3b, names no reporter, holds long and hostile text, and prints alike twice."""

import inspect
import io
import re
import subprocess
import threading
import unicodedata

import pytest
from PIL import Image

from sekata.kernel.documents import glyphs, pdf, pictures
from sekata.pillars.environment.complaints import documents
from sekata.pillars.environment.complaints.codes import MinutesKind
from sekata.pillars.environment.complaints.rules.identity import IDENTITY_FIELDS
from sekata.pillars.environment.complaints.tests import papers

PRINTABLES = pytest.mark.parametrize("name", papers.ALL)
TYPST = (
    '#panic("x") #read("/web/static/sekata/mark.svg") #import "frame.typ": * #{let x = 1} #sys.version',
    "$x^2$ @acuan <label> *tebal* _miring_ `kode` ~ -- --- ... // komentar /* lain */",
    r'\ \u{41} \# "kutip" ' + "'tunggal' [isi] {isi} ]#x[ }; = judul",
    "= Judul\n- butir\n+ butir\n/ istilah: arti\n<svg onload=alert(1)>",
    '"} , "office": {"name": "PALSU"}, "x": "',
)
LONG = " ".join(["Air sungai berwarna hitam, berbau, dan banyak ikan mati di tepi kampung kami."] * 52)[:4000]


def pages(content: bytes) -> list[str]:
    """The text of each page, white space made single."""
    shown = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return [" ".join(page.split()) for page in shown.stdout.decode().split("\f")[:-1]]


def text(content: bytes) -> str:
    """All text in reading order, as a person would copy it."""
    shown = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(shown.stdout.decode().split())


def bare(words: str) -> str:
    return re.sub(r"[\s\u200b\f]", "", words)


@PRINTABLES
def test_every_printable_is_pdf_a_3b_and_accessible(name):
    content = papers.ALL[name]()
    assert content.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>3</pdfaid:part>" in content
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in content
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content


@PRINTABLES
def test_same_facts_give_the_same_bytes_in_any_thread(name):
    found = []
    thread = threading.Thread(target=lambda: found.append(papers.ALL[name]()))
    thread.start()
    thread.join()
    assert papers.ALL[name]() == papers.ALL[name]() == found[0]


@PRINTABLES
def test_r2_no_printable_names_the_reporter(name):
    shown = text(papers.ALL[name]())
    assert papers.SECRET not in shown
    if name != "bulletin":
        assert "Pengadu 04" in shown


def test_r2_no_printable_could_be_given_an_identity():
    makers = [
        getattr(documents, name) for name in documents.__all__ if name not in {"REFUSED", "Office", "Signer"}
    ]
    for maker in makers:
        taken = set(inspect.signature(maker).parameters) & (IDENTITY_FIELDS | {"reporter_name"})
        assert taken <= {"name"}, maker
    assert "name" not in inspect.signature(documents.Matter).parameters


def test_receipt_says_when_what_where_and_what_happens_next():
    shown = text(papers.receipt())
    assert "Nomor PLH-1405-2026-000412" in shown
    assert "Rabu, 18 November 2026, pukul 09.42 WIB, lewat situs" in shown
    assert "Pengadu 0412 (nama dirahasiakan)" in shown
    assert "2 (dua) foto" in shown
    assert "K7Q29-F3MXB" in shown
    assert "sekata.pelalawankab.go.id/lacak. Tanpa" in shown
    assert "Jawaban akhir kami kirim paling lambat Senin, 4 Januari 2027" in shown


def test_receipt_lists_many_attachments_by_kind():
    shown = text(papers.receipt(attachments=["photo"] * 7 + ["audio", "video", "document"]))
    assert "7 (tujuh) foto, 1 (satu) video, 1 (satu) rekaman suara, dan 1 (satu) dokumen" in shown
    assert "Lampiran : Tidak ada" in text(papers.receipt(attachments=()))


def test_task_letter_has_ground_team_and_duty():
    shown = text(papers.task_letter())
    assert "SURAT TUGAS Nomor 600.4.16/ST/DLH/2026/0871" in shown
    assert "Undang-Undang Nomor 32 Tahun 2009" in shown
    assert "MENUGASKAN" in shown
    assert "Fajar Hidayatullah, S.Si. (ketua tim)" in shown
    assert "19860722 201001 1 008" in shown
    assert "berlaku mulai 19 November 2026 sampai dengan 20 November 2026" in shown
    assert "Plt. Kepala Bidang Penaatan dan Penegakan Hukum Lingkungan," in shown


@pytest.mark.parametrize("kind", MinutesKind)
def test_minutes_of_each_kind_open_with_the_spoken_date(kind):
    shown = text(papers.minutes(kind))
    assert f"{kind.label.upper()} Nomor BA-0193/DLH/2026" in shown
    assert (
        "Kamis tanggal sembilan belas bulan November tahun dua ribu dua puluh enam, pukul 11.35 WIB" in shown
    )
    assert "Surat Tugas Nomor 600.4.16/ST/DLH/2026/0871 tanggal 19 November 2026" in shown
    assert "menolak menandatangani" in shown
    assert "menunggu izin kantor pusat" in shown


def test_minutes_of_refused_entry_name_the_law():
    assert "Pasal 74 ayat (3)" in text(papers.minutes("refusal_of_entry"))


def test_minutes_list_samples_and_exhibits():
    assert "PLW-20261119-02" in text(papers.minutes("sample_handover"))
    assert "9f86d081 884c7d65" in text(papers.minutes("photo_video"))


def test_report_marks_what_exceeds_the_limit():
    shown = text(papers.report())
    assert "Pencemaran atau kerusakan terbukti" in shown
    assert "1.180 mg/L 350 SNI 6989.2:2019 melebihi baku mutu" in shown
    assert "Menyetujui" in shown
    assert "Ketua tim verifikasi" in shown


def test_answer_letter_tells_how_to_object():
    shown = text(papers.answer_letter())
    assert "Yth. Pengadu 0412" in shown
    assert "paling lambat Selasa, 15 Desember 2026" in shown
    assert "sampai Sabtu, 30 Januari 2027" in shown
    assert "Tembusan: 1. Bupati Pelalawan" in shown


def test_passing_letters_say_whose_matter_it_is():
    shown = text(papers.referral_letter())
    assert "menjadi kewenangan Dinas Lingkungan Hidup dan Kehutanan Provinsi Riau." in shown
    assert "0,39421° LU, 101,84378° BT" in shown
    shown = text(papers.forwarding_letter())
    assert "bukan masalah lingkungan hidup, melainkan tugas Dinas Pekerjaan Umum" in shown
    assert "Plh. Kepala Dinas Lingkungan Hidup," in shown


def test_a_signer_for_somebody_else_says_so_and_leaves_room_without_a_seal():
    signer = documents.Signer("Drs. Contoh", "Sekretaris Daerah", behalf="Bupati Pelalawan")
    shown = text(papers.answer_letter(signer=signer))
    assert "a.n. Bupati Pelalawan Sekretaris Daerah, Drs. Contoh" in shown
    assert "Ditandatangani secara elektronik" not in shown


def test_register_repeats_its_head_on_every_page():
    sheets = pages(papers.register(rows=papers.rows(40)))
    assert len(sheets) >= 3
    assert all("Jenis dan perihal" in sheet for sheet in sheets if "PLH-1405" in sheet)
    assert sum(sheet.count("PLH-1405-2026-") for sheet in sheets) == 40
    assert f"Halaman 1 dari {len(sheets)}" in sheets[0]
    assert "1.214" in sheets[-1]


def test_an_empty_register_says_so():
    assert "Tidak ada pengaduan yang diterima pada bulan ini." in text(papers.register(rows=()))


def test_bulletin_prints_every_number_and_hides_small_ones():
    shown = text(papers.bulletin())
    assert "91,1 %" in shown
    assert "Langgam 11 8 0" in shown
    assert "<3" in shown
    assert documents.Bar("Limbah B3", 2, "<3").facts() == {"label": "Limbah B3", "size": 1, "shown": "<3"}


LONG_ONES = {
    "receipt": lambda: papers.receipt(subject=LONG[:120], place=LONG[:300], attachments=["photo"] * 10),
    "minutes": lambda: papers.minutes(text=LONG, parties=papers.PARTIES * 3),
    "report": lambda: papers.report(
        facts=LONG, legal_reading=LONG, recommendation=LONG, annexes=[LONG[:200]] * 10
    ),
    "answer": lambda: papers.answer_letter(message=LONG),
    "referral": lambda: papers.referral_letter(
        passing=papers.passing(text=LONG, evidence=papers.EXHIBITS * 4)
    ),
    "task": lambda: papers.task_letter(team=papers.TEAM * 5),
}


@pytest.mark.parametrize("name", LONG_ONES)
def test_long_texts_flow_over_pages_without_loss(name):
    content = LONG_ONES[name]()
    sheets = pages(content)
    assert all("Periksa keaslian: sekata.pelalawankab.go.id/c/" in sheet for sheet in sheets)
    if name in {"minutes", "report", "answer", "referral"}:
        assert len(sheets) >= 2
        assert text(content).count("ikan mati di tepi kampung") >= 50


@pytest.mark.parametrize("hostile", TYPST)
def test_text_that_looks_like_typst_is_printed_as_text(hostile):
    for content in (
        papers.receipt(subject=hostile, place=hostile, promises=[hostile]),
        papers.minutes(text=hostile, place=hostile),
        papers.answer_letter(message=hostile, actions=[hostile]),
        papers.report(facts=hostile, recommendation=hostile, annexes=[hostile]),
    ):
        assert bare(hostile) in bare(text(content))


def test_emoji_arabic_controls_and_endless_words_never_stop_a_receipt():
    shown = text(papers.receipt(subject="Air hitam 😡🧑🏽‍🚒 dan bau ☠️", place="قرية سيغاتي"))
    assert "Air hitam [emoji] dan bau [emoji]" in shown
    assert "قرية" in unicodedata.normalize("NFKC", shown) or "ةيرق" in unicodedata.normalize("NFKC", shown)
    shown = text(papers.receipt(subject="a\x00b\u202ec\u0301 村 𝐃𝐞𝐬𝐚 \ud800", place="x" * 300))
    assert "abć □ Desa" in shown
    assert bare(shown).count("x" * 300) == 1


def test_an_endless_word_stays_on_the_sheet():
    content = papers.answer_letter(message="w" * 4000)
    boxes = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True)
    assert max(float(x) for x in re.findall(rb'xMax="([\d.]+)"', boxes.stdout)) <= 595.3 - 60


def test_every_glyph_that_we_promise_is_drawn():
    signs = [chr(code) for first, last in glyphs._DRAWN for code in range(first, last + 1)]
    signs = [sign for sign in signs if glyphs.text(sign) == sign]
    facts = papers.OFFICE.facts() | {"text": ""}
    assert len(signs) > 2500
    content = pdf._compile(
        documents.phrases.TEMPLATES / "receipt.typ",
        _receipt_facts(facts, [" ".join(signs[start : start + 100]) for start in range(0, len(signs), 100)]),
    )
    assert content.startswith(b"%PDF")


def _receipt_facts(office: dict, promises: list[str]) -> dict[str, object]:
    names = (
        "title",
        "number",
        "code",
        "received",
        "subject",
        "place",
        "reporter",
        "attachments",
        "escalation",
    )
    facts = dict.fromkeys((*names, "issued", "track_address", "check_address"), "x")
    at = papers.MATTER.received_at
    return facts | {"office": office, "promises": promises, "qr": pictures.qr("x"), "issued_at": at}


def test_what_no_font_draws_falls_back_to_plain_letters(monkeypatch):
    monkeypatch.setattr(glyphs, "printable", lambda value: value)
    assert "Air hitam ?" in text(papers.receipt(subject="Air hitam 😡"))


def test_signatures_come_as_png_or_as_a_drawn_path():
    png = io.BytesIO()
    Image.new("RGBA", (300, 100), (0, 0, 0, 120)).save(png, "PNG")
    signed = documents.Party("Darmawi", "Saksi", signature=png.getvalue())
    unsigned = documents.Party("Darmawi", "Saksi")
    assert len(papers.minutes(parties=[signed])) > len(papers.minutes(parties=[unsigned]))
    assert "menolak" not in text(papers.minutes(parties=[unsigned], text="Semua pihak hadir di lokasi."))


@pytest.mark.parametrize("path", ['M0 0"/><script>', "bukan gambar", "M", "refused "])
def test_a_signature_that_is_no_drawing_is_refused(path):
    with pytest.raises(ValueError, match="not the path"):
        pictures.drawing(path)


def test_a_picture_that_is_none_is_refused():
    with pytest.raises(ValueError, match="not a PNG"):
        pictures.picture(b"MZ\x90\x00")


def test_the_regency_brings_its_own_coat_of_arms():
    png = io.BytesIO()
    Image.new("RGB", (80, 96), "#a8201a").save(png, "PNG")
    shape = b'<path fill="#a8201a" d="M0 0h4v5H0z"/>'
    vector = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 5">' + shape + b"</svg>"
    plain = papers.receipt()
    for arms in (png.getvalue(), vector):
        office = documents.Office("Pemerintah Kabupaten Siak", "Dinas", "Jalan", "Siak", arms=arms)
        content = papers.receipt(office=office)
        assert content != plain
        assert "PEMERINTAH KABUPATEN SIAK" in text(content)


def test_an_office_without_a_contact_leaves_no_gap():
    office = documents.Office("Pemerintah Kabupaten Siak", "Dinas", "Jalan", "Siak")
    assert "melalui Sekata, untuk kami teruskan" in text(papers.referral_letter(office=office))
