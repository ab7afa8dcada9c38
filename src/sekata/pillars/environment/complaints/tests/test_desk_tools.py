"""The desk's own pages: keys for programs, conversations, tickets of SP4N-LAPOR!, lists kept under a name."""

import csv
import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sekata.kernel.cases.models import Draft
from sekata.kernel.journal.models import Event
from sekata.kernel.notify.models import Conversation, Message
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.actions import whatsapp
from sekata.pillars.environment.complaints.models import Client, Complaint, SavedFilter
from sekata.pillars.environment.complaints.queries import talks
from sekata.pillars.environment.complaints.standards.whatsapp import Message as Posted
from sekata.pillars.environment.complaints.standards.whatsapp_talk import Incoming
from sekata.pillars.environment.complaints.tests.desk import HOME, address, counted, sign_in, wib

pytestmark = pytest.mark.django_db
NOW = wib("2026-04-29 10:00")
CLIENTS, TALKS, TICKETS = f"{HOME}aplikasi/", f"{HOME}percakapan/", f"{HOME}sp4n/"


@pytest.fixture(autouse=True)
def now(clock):
    with clock(NOW):
        yield


# --- keys for programs

NEW_CLIENT = {"name": "FixMyStreet Riau", "contact": "Yayasan Peta Warga, peta@contoh.id"}


def test_a_key_is_shown_once_and_opens_until_it_is_taken_back(client, regency):
    sign_in(client, regency.head)
    told = NEW_CLIENT | {"page_id": str(uuid4())}
    page = client.post(CLIENTS, told)
    key = re.search(r'id="kunci">([\w-]{30,})<', page.content.decode()).group(1)
    assert page["Cache-Control"] == "no-store" and Client.objects.get().name == "FixMyStreet Riau"
    asked = {"api_key": key, "start_date": "2026-04-29T00:00:00Z", "end_date": "2026-04-29T04:00:00Z"}
    assert client.get("/open311/v2/servicerequestupdates.xml", asked).status_code == 200
    again = client.post(CLIENTS, told, follow=True).content.decode()
    assert key not in again and "sudah ditampilkan" in again and Client.objects.count() == 1
    listed = client.get(CLIENTS).content.decode()
    assert "Yayasan Peta Warga" in listed and key not in listed
    assert (
        "Cabut kunci FixMyStreet Riau?"
        in client.get(f"{CLIENTS}{Client.objects.get().pk}/cabut/").content.decode()
    )
    client.post(f"{CLIENTS}{Client.objects.get().pk}/cabut/")
    assert client.get("/open311/v2/servicerequestupdates.xml", asked).status_code == 403
    assert client.get(f"{CLIENTS}{Client.objects.get().pk}/cabut/").status_code == 404
    kinds = {"complaints.client.registered", "complaints.client.closed"}
    assert set(Event.objects.filter(kind__in=kinds).values_list("kind", flat=True)) == kinds


def test_only_heads_give_out_keys(client, regency):
    for officer in (regency.intake, regency.reviewer, regency.inspector):
        sign_in(client, officer)
        assert client.get(CLIENTS).status_code == 403
        assert client.post(CLIENTS, NEW_CLIENT).status_code == 403
        assert "Aplikasi lain" not in client.get(HOME).content.decode()
    assert not Client.objects.exists()


def test_a_client_without_a_name_is_refused_at_the_field(client, regency):
    answer = sign_in(client, regency.head).post(CLIENTS, {"name": "", "contact": "x"})
    assert answer.status_code == 422 and list(answer.context["form"].errors) == ["name"]


def test_the_list_of_clients_costs_the_same_however_many(client, regency):
    sign_in(client, regency.head)
    for n in range(8):
        Client.objects.create(name=f"Aplikasi {n}", key_hash=f"{n}", made_at=NOW)
    client.get(CLIENTS)
    with counted(10):
        assert client.get(CLIENTS).content.decode().count("cabut/") == 8


# --- conversations


def hear(*words, peer: str = "+6281234567890", at=NOW) -> Conversation:
    for text in words:
        incoming = text if isinstance(text, Incoming) else Incoming(text=text)
        whatsapp.receive(message=Posted(str(uuid4()), peer, incoming), at=at)
    return Conversation.objects.order_by("-pk").first()


def test_a_waiting_talk_is_seen_taken_over_answered_and_handed_back(client, regency):
    talk = hear("halo", "1", "1", Incoming(image="m-1"), "petugas")
    sign_in(client, regency.intake)
    assert "1 percakapan WhatsApp menunggu petugas" in client.get(HOME).content.decode()
    listed = client.get(TALKS).content.decode()
    assert "Menunggu petugas" in listed and "Sungai atau danau" in listed
    page, url = client.get(f"{TALKS}{talk.pk}/").content.decode(), f"{TALKS}{talk.pk}/"
    assert "81234567890" not in page + listed and "[foto]" in page and "Di mana kejadiannya" in page
    client.post(url, {"tindakan": "ambil"})
    assert "Dijawab petugas" in client.get(url).content.decode()
    client.post(url, {"tindakan": "jawab", "text": "Selamat pagi. Sejak kapan $1 airnya hitam?"})
    hear("sejak subuh", at=NOW + timedelta(minutes=2))
    shown = client.get(url).content.decode()
    assert shown.index("Sejak kapan $1 airnya hitam?") < shown.index("sejak subuh")
    assert "Sejak kapan $$1 airnya hitam?" in Message.objects.get(body__contains="Sejak kapan").body
    client.post(url, {"tindakan": "kembalikan"})
    talk.refresh_from_db()
    assert "officer" not in talk.state and talks.waiting() == 0
    assert Event.objects.filter(kind__startswith="complaints.talk.").count() == 3


def test_a_colleague_may_take_over_and_only_who_leads_answers(client, regency):
    talk = hear("halo", "petugas")
    url = f"{TALKS}{talk.pk}/"
    whatsapp.take_over(actor=regency.intake, talk=talk, at=NOW)
    sign_in(client, regency.reviewer)
    assert client.get(url).status_code == 403
    whatsapp.take_over(actor=regency.intake, talk=talk, at=NOW)
    Conversation.objects.update(state=talk.state | {"officer": regency.reviewer.person})
    sign_in(client, regency.intake)
    assert "Ambil alih dari rekan" in client.get(url).content.decode()
    answer = client.post(url, {"tindakan": "jawab", "text": "Halo"})
    assert answer.status_code == 422 and "Ambil alih percakapan ini dulu" in answer.content.decode()
    assert "Ambil alih" in client.post(url, {"tindakan": "kembalikan"}, follow=True).content.decode()


def test_an_empty_answer_is_refused_and_an_ended_talk_is_gone(client, regency):
    talk = hear("halo", "petugas")
    url = f"{TALKS}{talk.pk}/"
    sign_in(client, regency.intake)
    client.post(url, {"tindakan": "ambil"})
    assert client.post(url, {"tindakan": "jawab", "text": "  "}).status_code == 422
    hear("STOP")
    assert client.get(url).status_code == 404
    assert "Tidak ada percakapan terbuka" in client.get(TALKS).content.decode()


def test_r2_a_name_told_to_the_bot_is_not_in_the_thread(client, regency):
    talk = hear(
        "halo", "1", "1", Incoming(point=(0.39421, 101.84378)),
        "Air sungai hitam dan berbau, ikan mengapung di tepi.", "kemarin", "1", "Nurlela Sari", "petugas",
    )  # fmt: skip
    page = sign_in(client, regency.intake).get(f"{TALKS}{talk.pk}/").content.decode()
    assert "Nurlela" not in page and "[nama, tersimpan terkunci]" in page and "0,39421" in page


# --- tickets of SP4N-LAPOR!

HEAD = "tiket,nomor_sekata,jenis,judul,isi,lokasi,kode_desa,lintang,bujur,tanggal,media\n"
GOOD = "Air sungai hitam dan berbau sejak subuh."


def ticket_file(*rows: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("tiket.csv", (HEAD + "\n".join(rows)).encode(), content_type="text/csv")


def row(ticket: str, text: str = GOOD, **told) -> str:
    usual = {"nomor_sekata": "", "jenis": "W01", "judul": "", "lokasi": "Sungai Segati", "kode_desa": "",
             "lintang": "0.39421", "bujur": "101.84378", "tanggal": "2026-04-28", "media": ""} | told  # fmt: skip
    names = ("nomor_sekata", "jenis", "judul")
    rest = ("lokasi", "kode_desa", "lintang", "bujur", "tanggal", "media")
    return ",".join([ticket, *(usual[n] for n in names), text, *(usual[n] for n in rest)])


def upload(client, *rows: str):
    return client.post(TICKETS, {"file": ticket_file(*rows)})


def test_a_file_is_looked_at_confirmed_and_its_answers_are_fetched(client, filed, regency):
    ours = filed().complaint.case.number
    sign_in(client, regency.intake)
    answer = upload(
        client, row("L-1"), row("L-2", nomor_sekata=ours), row("L-1"), row("L-3", text="pendek"),
        row("L-4", nomor_sekata="PLH-1405-2026-999999"), row("L-5", lintang="5", bujur="95"),
        row("L-6", tanggal="kemarin"), row("L-7", kode_desa="99.99.99.9999"), row("L-8", jenis="X99"),
    )  # fmt: skip
    assert answer.status_code == 302
    checked = client.get(answer["Location"])
    plan = {one["row"].line: (one["row"].what, one["row"].reason) for one in checked.context["rows"]}
    assert [plan[line][0] for line in range(2, 11)] == ["new", "link", "known", *["fault"] * 6]
    for line, words in ((5, "20"), (6, "tidak ada"), (7, "di luar kabupaten"), (8, "YYYY-MM-DD"),
                        (9, "99.99.99.9999"), (10, "X99")):  # fmt: skip
        assert words in plan[line][1], plan[line]
    assert Complaint.objects.count() == 1 and "Masukkan 2 tiket" in checked.content.decode()
    done = client.post(answer["Location"]).content.decode()
    assert Complaint.objects.count() == 2 and ours in done and "1 baris tidak terbaca" in done
    made = Complaint.objects.get(channel="sp4n_lapor")
    assert made.case.number in done and not Draft.objects.exists()
    late = client.post(answer["Location"], follow=True).content.decode()
    assert "sudah diimpor" in late and Complaint.objects.count() == 2
    back = client.get(f"{HOME}sp4n.csv", {"dari": "2026-04-01", "sampai": "2026-04-29"})
    found = list(csv.DictReader(io.StringIO(b"".join(back.streaming_content).decode())))
    assert {one["tiket"]: one["nomor_sekata"] for one in found} == {"L-1": made.case.number, "L-2": ours}


def test_the_plan_says_what_the_import_does(client, filed, regency):
    sign_in(client, regency.intake)
    upload_rows = [row(f"L-{n}", text=GOOD if n % 3 else "pendek") for n in range(1, 10)]
    where = upload(client, *upload_rows)["Location"]
    planned = {one["row"].ticket: one["row"].what for one in client.get(where).context["rows"]}
    done = {one["row"].ticket: one["row"].result for one in client.post(where).context["rows"]}
    assert {"new": "filed", "fault": "refused"}.items() >= {(planned[t], done[t]) for t in planned}
    where = upload(client, *upload_rows[:2])["Location"]
    assert {one["row"].what for one in client.get(where).context["rows"]} == {"known"}


def test_a_plan_of_many_lines_costs_few_statements(client, regency):
    sign_in(client, regency.intake)
    where = upload(client, *(row(f"L-{n}") for n in range(150)))["Location"]
    client.get(where)
    with counted(20):
        assert len(client.get(where).context["rows"]) == 150


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00", "UTF-8"),
        (b"a,b\n1,2\n", "Kolom tidak ada"),
        (HEAD.encode() + b"\n".join([b"L-1,,,,x"] * 2001), "2000"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(client, regency, content, words):
    answer = sign_in(client, regency.intake).post(TICKETS, {"file": SimpleUploadedFile("x.csv", content)})
    assert answer.status_code == 422 and words in answer.content.decode() and not Draft.objects.exists()


def test_a_waiting_file_is_its_officers_own(client, regency):
    where = upload(sign_in(client, regency.intake), row("L-1"))["Location"]
    other = sign_in(type(client)(), regency.head)
    assert other.get(where).status_code == 403
    assert sign_in(client, regency.reviewer).get(TICKETS).status_code == 403
    assert not Complaint.objects.exists()


# --- lists kept under a name


def save(client, name: str, query: str):
    return client.post(f"{HOME}saringan/", {"name": name, "query": query, "kembali": query}, follow=True)


def test_a_filter_is_kept_under_a_name_offered_and_forgotten(client, filed, regency):
    filed()
    sign_in(client, regency.reviewer)
    query = "tampil=daftar&jenis=W01&antrean=free"
    page = save(client, "Sungai, belum dipegang", f"{query}&sesudah=5&jahat=1")
    kept = SavedFilter.objects.get()
    assert kept.query == query and "tersimpan" in page.content.decode()
    shown = client.get(f"{HOME}?antrean=free&tampil=daftar&jenis=W01").content.decode()
    assert f'<a href="?{query.replace("&", "&amp;")}" aria-current="true">Sungai, belum dipegang</a>' in shown
    assert "Sungai, belum" not in sign_in(client, regency.intake).get(HOME).content.decode()
    client.post(f"{HOME}saringan/{kept.pk}/hapus/")
    assert SavedFilter.objects.exists()
    sign_in(client, regency.reviewer).post(f"{HOME}saringan/{kept.pk}/hapus/", {"kembali": query})
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    ("name", "words"), [("", "nama tampilan"), ("Sama", "sudah dipakai"), ("x" * 61, "60")]
)
def test_a_name_that_cannot_be_kept_says_why(client, regency, name, words):
    sign_in(client, regency.reviewer)
    save(client, "Sama", "jenis=W01")
    assert words in save(client, name, "jenis=W02").content.decode()
    assert SavedFilter.objects.count() == 1


def test_twenty_filters_are_enough(client, regency):
    sign_in(client, regency.reviewer)
    for n in range(20):
        actions.save_filter(actor=regency.reviewer, name=f"Tampilan {n}", query="jenis=W01")
    assert "Paling banyak 20" in save(client, "Satu lagi", "jenis=W02").content.decode()


def test_the_board_stays_cheap_with_filters_and_talks(client, filed, regency):
    for n in range(3):
        filed(f"2026-04-29 0{n + 7}:00")
        hear("halo", "petugas", peer=f"+62812345678{n}0")
    for n in range(5):
        actions.save_filter(actor=regency.intake, name=f"Tampilan {n}", query="jenis=W01")
    sign_in(client, regency.intake)
    client.get(HOME)
    with counted(13):
        page = client.get(HOME).content.decode()
    assert "3 percakapan WhatsApp menunggu petugas" in page


def test_the_holder_and_the_unit_are_told_apart(client, filed, regency):
    page = sign_in(client, regency.reviewer).get(address(filed().complaint)).content.decode()
    assert re.search(r"belum ada</span> <span class=\"soft\">· Bidang Penaatan", page)
