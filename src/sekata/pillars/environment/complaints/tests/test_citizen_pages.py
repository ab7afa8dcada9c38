"""A citizen's way: report step by step, check, send, follow, answer, judge - all without JavaScript."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from sekata.kernel.cases.models import Draft
from sekata.kernel.documents import store
from sekata.kernel.journal.models import Event
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.models import Attachment, Complaint, Supporter
from sekata.pillars.environment.complaints.tests.conftest import WHERE, wib
from sekata.pillars.environment.complaints.tests.desk import counted

pytestmark = pytest.mark.django_db
PLACE = {"lat": WHERE.lat, "lon": WHERE.lon, "landmark": "hilir jembatan kayu"}
EVENT = {
    "description": "Air sungai hitam dan berbau sejak subuh, ikan baung mengapung.",
    "seen_on": "2026-04-29",
    "seen_at": "06.00",
    "media": ["water"],
    "q_FISH_DEAD": "many",
}


OGG = b"OggS\x00\x02" + bytes(22) + b"\x01\x13OpusHead" + bytes(64)


def box(kind: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return (len(body) + 8).to_bytes(4) + kind + body


def clip(brand: bytes = b"isom") -> bytes:
    """A recording as a phone writes it: owner and maker in the track's and the film's user data."""
    owner = box(b"udta", box(b"\xa9mak", b"SAMSUNG"), box(b"auth", b"Nurlela Sari"))
    film = box(b"moov", box(b"mvhd", bytes(100)), box(b"trak", box(b"tkhd", bytes(84)), owner), owner)
    return box(b"ftyp", brand, bytes(4), brand, b"mp42") + film + box(b"mdat", b"gambar bergerak" * 40)


def photo(name: str = "sungai.jpg") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "#234").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue())


@pytest.fixture
def noon(clock):
    with clock(wib("2026-04-29 10:00")):
        yield


def fill(client, mode: str = "anonymous", **who: str) -> None:
    client.get("/lapor/?jenis=W01")
    client.post("/lapor/foto/", {"files": [photo()]})
    client.post("/lapor/tempat/", PLACE)
    client.post("/lapor/jenis/", {"kind": "W01"})
    client.post("/lapor/kejadian/", EVENT)
    client.post("/lapor/perlakuan/", {"mode": mode, **who})


def send(client) -> str:
    return client.post("/lapor/periksa/")["Location"]


def test_a_report_goes_from_photo_to_code(client, regency, noon):
    fill(client)
    assert "ikan baung" in client.get("/lapor/periksa/").content.decode()
    page = client.get(send(client)).content.decode()
    complaint = Complaint.objects.select_related("case").get()
    assert complaint.case.number in page
    code = re.search(r'id="kode">([0-9A-Z]{5}-[0-9A-Z]{5})<', page).group(1)
    assert code.replace("-", "") == actions.tracking_code(complaint.submission)
    assert (complaint.attributes, Attachment.objects.count()) == ({"FISH_DEAD": "many"}, 1)
    assert Draft.objects.count() == 0


def test_the_way_leads_on_to_the_tracking_page(client, regency, noon):
    fill(client)
    send(client)
    url = f"/lacak/{Complaint.objects.get().case.number}/"
    page = client.get(url).content.decode()
    assert "Perjalanan laporan" in page and "Rabu, 17 Juni 2026" in page
    assert client.get(f"{url}tanda-terima.pdf").content.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("step", "given", "words"),
    [
        ("tempat", {"lat": 101.84378, "lon": 0.39421}, "tertukar"),
        ("tempat", {"lat": 0, "lon": 0}, "di luar Kabupaten"),
        ("tempat", {"lat": 5.0, "lon": 95.0}, "di luar Kabupaten"),
        ("tempat", {}, "Pilih desa"),
        ("tempat", {"village": "Segatti"}, "belum kami kenal"),
        ("kejadian", {**EVENT, "description": "bau"}, "paling sedikit 20"),
        ("kejadian", {**EVENT, "seen_on": "2026-05-29"}, "2026"),
        ("kejadian", {**EVENT, "media": []}, "Pilih apa yang terkena"),
        ("perlakuan", {"mode": "named", "phone": "12"}, "Nomor"),
    ],
)
def test_bad_input_speaks_at_its_field_and_keeps_the_page(client, regency, noon, step, given, words):
    client.get("/lapor/?jenis=W01")
    answer = client.post(f"/lapor/{step}/", given)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_renamed_program_is_no_photo(client, regency, noon):
    client.get("/lapor/")
    answer = client.post("/lapor/foto/", {"files": [SimpleUploadedFile("catatan.jpg", b"MZ\x90\x00" * 40)]})
    assert "tidak dapat kami terima. Pilih foto, video MP4" in answer.content.decode()


def test_r2_video_and_sound_go_the_same_way_and_lose_their_owner(client, regency, noon):
    client.get("/lapor/?jenis=W01")
    sent = [photo(), SimpleUploadedFile("klip.mp4", clip()), SimpleUploadedFile("suara.ogg", OGG)]
    assert client.post("/lapor/foto/", {"files": sent}).status_code == 302
    page = client.get("/lapor/foto/")
    kept = {entry["kind"]: entry["id"] for entry in page.context["files"]}
    assert list(kept) == ["photo", "video", "audio"] and page.content.decode().count("/hapus/") == 3
    assert client.get(f"/lapor/foto/{kept['photo']}.jpg").status_code == 200
    assert client.get(f"/lapor/foto/{kept['video']}.jpg").status_code == 404
    client.post("/lapor/tempat/", PLACE)
    client.post("/lapor/jenis/", {"kind": "W01"})
    client.post("/lapor/kejadian/", EVENT)
    client.post("/lapor/perlakuan/", {"mode": "anonymous"})
    assert "1 foto, 1 video, 1 rekaman suara" in client.get("/lapor/periksa/").content.decode()
    send(client)
    pieces = {one.kind: store.read(one.original_id) for one in Attachment.objects.all()}
    assert pieces["audio"] == OGG and len(pieces["video"]) == len(clip())
    assert (
        b"Nurlela" not in pieces["video"] and b"SAMSUNG" not in pieces["video"] and b"mdat" in pieces["video"]
    )


def test_the_page_of_files_stays_within_its_budget(client, regency, noon):
    client.get("/lapor/?jenis=W01")
    client.post("/lapor/foto/", {"files": [photo(), SimpleUploadedFile("klip.mp4", clip())]})
    with counted(12):
        page = client.get("/lapor/foto/").content
    assert len(page) < 100_000
    client.get("/pengaduan/")
    with counted(12):
        client.get("/pengaduan/")


def test_a_named_persons_video_is_sealed_as_it_came(client, regency, noon):
    fill(client, "named", name="Nurlela", phone="081234567890")
    client.post("/lapor/foto/", {"files": [SimpleUploadedFile("klip.mp4", clip())]})
    send(client)
    assert store.read(Attachment.objects.get(kind="video").original_id) == clip()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("klip.mp4", b"MZ\x90\x00" * 40, "tidak dapat kami terima"),
        ("kosong.ogg", b"", "kosong"),
        ("surat.pdf", b"%PDF-1.4\n%%EOF", "tidak dapat kami terima"),
        ("suara.ogg", OGG + bytes(16 * 1024 * 1024), "lebih dari 15 MB"),
    ],
)
def test_what_is_no_recording_is_refused_at_its_field(client, regency, noon, name, content, words):
    client.get("/lapor/")
    answer = client.post("/lapor/foto/", {"files": [photo(), SimpleUploadedFile(name, content)]})
    assert answer.status_code == 422 and words in answer.content.decode()
    assert client.get("/lapor/foto/").context["files"] == []


def test_ten_files_in_all_however_many_times_they_are_chosen(client, regency, noon):
    client.get("/lapor/")
    client.post("/lapor/foto/", {"files": [photo(f"{n}.jpg") for n in range(7)]})
    answer = client.post("/lapor/foto/", {"files": [photo(f"b{n}.jpg") for n in range(4)]})
    assert answer.status_code == 422 and "sudah ada 7" in answer.content.decode()
    assert client.post("/lapor/foto/", {"files": [photo(f"c{n}.jpg") for n in range(3)]}).status_code == 302


def test_an_answer_may_bring_a_recording(client, regency, noon, filed):
    result = filed()
    question = actions.ask(
        actor=regency.reviewer, complaint=result.complaint, text="Apakah ada rekaman suaranya?"
    )
    client.post("/lacak/", {"kode": result.code})
    url = f"/lacak/{result.complaint.case.number}/"
    told = {"tindakan": "jawab", "pertanyaan": question.pk, "answer": "Ya, terlampir.",
            "files": [SimpleUploadedFile("suara.m4a", clip(brand=b"M4A "))]}  # fmt: skip
    client.post(url, told)
    piece = Attachment.objects.get()
    assert piece.kind == "audio" and b"SAMSUNG" not in store.read(piece.original_id)


def test_a_draft_goes_on_from_another_device(client, regency, noon, django_user_model):
    client.get("/lapor/?jenis=W01")
    client.post("/lapor/tempat/", PLACE | {"simpan": "1"})
    code = re.search(r'class="code">([0-9A-Z-]+)<', client.get("/lapor/tersimpan/").content.decode()).group(1)
    other = type(client)()
    answer = other.post("/lapor/lanjutkan/", {"kode": code})
    assert answer["Location"] == "/lapor/kejadian/"
    assert other.post("/lapor/lanjutkan/", {"kode": "AAAA-AAA"}).status_code == 404


def test_a_neighbours_report_can_be_supported_instead(client, regency, noon, filed):
    known = filed("2026-04-29 08:00").complaint
    actions.take_up(actor=regency.reviewer, complaint=known, at=wib("2026-04-29 08:30"))
    actions.publish(
        actor=regency.reviewer, complaint=known, public_text="Air sungai berubah warna di Pangkalan Kerinci."
    )
    fill(client)
    assert known.case.number in client.get("/lapor/serupa/").content.decode()
    page = client.post("/lapor/serupa/", {"sama": known.case.number}).content.decode()
    assert "Dukungan Anda tercatat" in page
    assert (Supporter.objects.count(), Complaint.objects.count()) == (1, 1)


def test_a_question_is_answered_on_the_tracking_page(client, regency, noon, filed):
    result = filed()
    question = actions.ask(
        actor=regency.reviewer, complaint=result.complaint, text="Apakah bau tercium malam hari?"
    )
    client.post("/lacak/", {"kode": result.code})
    url = f"/lacak/{result.complaint.case.number}/"
    client.post(url, {"tindakan": "jawab", "pertanyaan": question.pk, "answer": "Ya, sejak magrib."})
    question.refresh_from_db()
    assert question.answer == "Ya, sejak magrib."
    assert Event.objects.get(kind="complaints.question.answered").actor is None


def test_the_second_post_of_a_sent_draft_is_no_second_report(client, regency, noon):
    fill(client)
    send(client)
    assert client.post("/lapor/periksa/").status_code == 302
    assert Complaint.objects.count() == 1
