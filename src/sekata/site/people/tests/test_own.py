"""Data saya: consents, requests, devices, the copy, the register, closing; and the desk that answers."""

import json
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from sekata.kernel.journal.models import Event
from sekata.kernel.notify.models import Message
from sekata.kernel.people import queries as people
from sekata.kernel.people import vault
from sekata.kernel.people.models import Account, Consent, RightsRequest
from sekata.lib import clock
from sekata.site.people.queries import own
from sekata.site.people.tests.conftest import sign_up
from sekata.site.tests.office import NIK, NOW, actor, person, sign_in

pytestmark = pytest.mark.django_db
MINE = "/akun-saya/"


@pytest.fixture
def nurlela(house, client, digits) -> Client:
    sign_up(client, digits)
    return client


@pytest.fixture
def account(nurlela) -> Account:
    return Account.objects.select_related("person__vault").get(username="+6281234567890")


def test_facts_say_where_they_come_from_and_numbers_are_masked(nurlela):
    page = nurlela.get(MINE).content.decode()
    assert "140502******0003" in page and NIK not in page and "81234567890" not in page
    assert "Anda isi sendiri" in page and "terbukti dengan kode, 24-11-2026" in page


def test_r11_switches_are_off_until_turned_and_law_has_none(nurlela):
    page = nurlela.get(MINE).content.decode()
    assert page.count('role="switch"') == 3 and page.count('aria-checked="false"') == 3
    assert "Kewajiban hukum" in page and "persetujuan/identity" not in page


def test_r11_consent_is_turned_on_and_off_by_the_same_button(nurlela, account):
    nurlela.post(f"{MINE}persetujuan/news/", {"given": "1"})
    assert people.consented(account.person_id, "news")
    assert 'aria-checked="true"' in nurlela.get(MINE).content.decode()
    page = nurlela.post(f"{MINE}persetujuan/news/", {"given": "0"}, follow=True).content.decode()
    assert "paling lambat 27-11-2026 10.00 WIB" in page
    assert not people.consented(account.person_id, "news") and Consent.objects.count() == 2


def test_r11_a_purpose_of_law_cannot_be_withdrawn(nurlela):
    page = nurlela.post(f"{MINE}persetujuan/identity/", {"given": "0"}, follow=True).content.decode()
    assert "kewajiban hukum" in page and not Consent.objects.exists()


def test_r9_a_request_shows_its_clock_and_reaches_who_answers(nurlela, house):
    admin = person("Ratna Identitas", ("administrator", house.home))
    answer = nurlela.post(
        f"{MINE}permintaan/", {"kind": "correct", "details": "Nama saya NURLAILA"}, follow=True
    )
    page = answer.content.decode()
    assert "27-11-2026 10.00" in page and "Pasal 30" in page
    assert Message.objects.get(template="people.rights").person == admin.person.pk
    desk = sign_in(admin)
    row = RightsRequest.objects.get()
    assert "Perbaikan data" in desk.get("/kerja/permintaan-data/").content.decode()
    assert "NURLAILA" in desk.get(f"/kerja/permintaan-data/{row.pk}/").content.decode()
    assert Event.objects.filter(kind="people.identity.read", actor=admin.person.pk).exists()
    desk.post(f"/kerja/permintaan-data/{row.pk}/ambil/")
    given = {"state": "fulfilled", "answer": "Sudah diperbaiki menurut KTP-el"}
    assert desk.post(f"/kerja/permintaan-data/{row.pk}/", given).url == "/kerja/permintaan-data/"
    page = nurlela.get(MINE).content.decode()
    assert "Sudah diperbaiki menurut KTP-el" in page and "Ratna Identitas" in page
    assert Message.objects.get(template="people.rights.answered").person == row.person_id


def test_the_same_request_twice_is_explained(nurlela):
    nurlela.post(f"{MINE}permintaan/", {"kind": "access"})
    answer = nurlela.post(f"{MINE}permintaan/", {"kind": "access"})
    assert answer.status_code == 422 and "masih dikerjakan" in answer.content.decode()


def test_the_desk_is_for_who_answers(nurlela, house):
    assert nurlela.get("/kerja/permintaan-data/").status_code == 403
    assert sign_in(house.rosmaini).get("/kerja/permintaan-data/").status_code == 403


def test_who_looked_is_told_with_the_post(nurlela, account, house):
    vault.reveal(
        vault=account.person.vault, names=["nik"], actor=replace(actor(house.rosmaini), via="web/t"),
        subject=account.person, purpose="mencocokkan data pelapor", at=NOW,
    )  # fmt: skip
    page = nurlela.get(MINE).content.decode()
    assert "Rosmaini (Penugasan lain)" in page and "mencocokkan data pelapor" in page


def test_a_device_is_signed_out_at_once(nurlela, account):
    other = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/120"})
    other.force_login(account, backend="sekata.kernel.people.signin.Backend")
    other.get(MINE)
    page = nurlela.get(MINE).content.decode()
    assert "Chrome, Android" in page and "perangkat ini" in page
    key = UserSession.objects.get(session_key=other.session.session_key).pk
    nurlela.post(f"{MINE}perangkat/{key}/keluar/")
    assert other.get(MINE).status_code == 302 and nurlela.get(MINE).status_code == 200


def test_all_other_devices_are_signed_out(nurlela, account):
    others = [Client() for _ in range(2)]
    for one in others:
        one.force_login(account, backend="sekata.kernel.people.signin.Backend")
        one.get(MINE)
    nurlela.post(f"{MINE}perangkat/keluar/")
    assert [one.get(MINE).status_code for one in (*others, nurlela)] == [302, 302, 200]


def test_nobody_signs_out_anothers_device(nurlela, house):
    stranger = sign_in(house.rosmaini)
    stranger.get(MINE)
    key = UserSession.objects.get(session_key=stranger.session.session_key).pk
    assert nurlela.post(f"{MINE}perangkat/{key}/keluar/").status_code == 404
    assert stranger.get(MINE).status_code == 200


def test_the_copy_is_whole_and_is_an_event(nurlela, account):
    nurlela.post(f"{MINE}persetujuan/news/", {"given": "1"})
    nurlela.post(f"{MINE}permintaan/", {"kind": "correct", "details": "Nama saya NURLAILA"})
    answer = nurlela.get(f"{MINE}unduh/data.json")
    kept = json.loads(answer.content)
    assert {one["code"]: one["value"] for one in kept["facts"]}["nik"] == NIK
    assert kept["consents"][0]["given"] is True and kept["requests"][0]["details"] == "Nama saya NURLAILA"
    assert set(kept) >= {"facts", "purposes", "consents", "requests", "mandates", "looks", "cases"}
    assert answer["Content-Disposition"] == 'attachment; filename="data-saya-2026-11-24.json"'
    assert Event.objects.get(kind="people.data.exported").after == {"form": "json"}


def test_the_copy_on_paper_can_be_read(nurlela):
    answer = nurlela.get(f"{MINE}unduh/data.pdf")
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF-1.7")
    assert len(BytesIO(answer.content).getvalue()) > 10_000 and b"pdfaid" in answer.content


def test_a_copy_is_ones_own(house):
    assert Client().get(f"{MINE}unduh/data.json").status_code == 302


def test_r5_the_register_is_asked_at_sign_up_and_lifts(house, client, digits, settings):
    settings.SEKATA = replace(settings.SEKATA, demo=True)
    sign_up(client, digits)
    assert Account.objects.get(username="+6281234567890").person.level == 2
    assert "dicocokkan Disdukcapil" in client.get(MINE).content.decode()


def test_r5_a_register_that_is_away_is_asked_again_by_the_person(house, client, digits, settings):
    settings.SEKATA = replace(settings.SEKATA, demo=True)
    sign_up(client, digits, nik="1405025208900009")
    assert "Disdukcapil belum menjawab" in client.get(MINE).content.decode()
    page = client.post(f"{MINE}cocokkan/", follow=True).content.decode()
    assert "tidak menjawab" in page


def test_the_demonstration_shows_the_code_that_nobody_sends(house, client, digits, settings):
    settings.SEKATA = replace(settings.SEKATA, demo=True)
    client.post(f"{MINE}masuk/", {"phone": "0812 3456 7890", "channel": "sms"})
    assert digits() in client.get(f"{MINE}kode/").content.decode()


def test_closing_the_account_signs_out_everywhere_and_may_ask_for_erasure(nurlela, account, digits):
    assert nurlela.post(f"{MINE}tutup/", {}).status_code == 422
    assert nurlela.post(f"{MINE}tutup/", {"sure": "on", "erase": "on"}).url == "/"
    account.refresh_from_db()
    assert not account.is_active and RightsRequest.objects.get().kind == "erase"
    assert nurlela.get(MINE).status_code == 302
    with clock.later(timedelta(minutes=2)):
        assert Client().post("/akun/login/", {"login": "+6281234567890", "password": "x"}).status_code == 200


def test_an_officer_cannot_close_the_account_in_office(house):
    answer = sign_in(house.rosmaini).post(f"{MINE}tutup/", {"sure": "on"})
    assert answer.status_code == 422 and "Akun petugas" in answer.content.decode()


def test_my_data_costs_the_same_whatever_there_is(nurlela, account, django_assert_max_num_queries):
    for kind in ("correct", "access"):
        nurlela.post(f"{MINE}permintaan/", {"kind": kind})
    nurlela.post(f"{MINE}persetujuan/news/", {"given": "1"})
    nurlela.get(MINE)
    with django_assert_max_num_queries(18):
        nurlela.get(MINE)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit Chrome/120 Mobile Safari/537", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Version/17 Safari/604", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Gecko Firefox/120", "Firefox, Windows"),
        ("", "Peramban"),
    ],
)
def test_devices_have_names_people_know(agent, name):
    assert own.device_name(agent) == name
