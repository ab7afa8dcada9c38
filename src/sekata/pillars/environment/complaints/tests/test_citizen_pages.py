"""A citizen's way: report step by step, check, send, follow, answer, judge - all without JavaScript."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from sekata.kernel.cases.models import Draft
from sekata.kernel.journal.models import Event
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.models import Attachment, Complaint, Supporter
from sekata.pillars.environment.complaints.tests.conftest import WHERE, wib

pytestmark = pytest.mark.django_db
PLACE = {"lat": WHERE.lat, "lon": WHERE.lon, "landmark": "hilir jembatan kayu"}
EVENT = {
    "description": "Air sungai hitam dan berbau sejak subuh, ikan baung mengapung.",
    "seen_on": "2026-04-29",
    "seen_at": "06.00",
    "media": ["water"],
    "q_FISH_DEAD": "many",
}


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
    assert "bukan foto" in answer.content.decode()


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
