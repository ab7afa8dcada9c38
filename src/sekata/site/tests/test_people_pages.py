"""Staff and roles, posts and decrees, assisted service, one's own data, the second factor."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from sekata.kernel.catalog import actions as catalog
from sekata.kernel.journal.models import Event
from sekata.kernel.people import queries as people
from sekata.kernel.people import vault
from sekata.kernel.people.models import Assignment, AssistedSession, Position, RoleGrant
from sekata.lib import clock
from sekata.site.people import queries
from sekata.site.people.second_factor import SecondFactor
from sekata.site.registry import REGISTRY
from sekata.site.tests.office import NIK, NOW, actor, citizen, person, sign_in

STAFF = "/kerja/orang/"
POSTS = "/kerja/orang/pejabat/"
ASSIST = "/kerja/pendampingan/"
pytestmark = pytest.mark.django_db


def grant_of(office, **other: object) -> dict[str, object]:
    usual = {
        "person": "198502022010011001",
        "role": "complaints_reviewer",
        "unit": office.desk.pk,
        "starts": "2026-11-24",
        "ends": "2027-05-31",
        "reason": "Surat tugas 12/2026",
    }
    return usual | other


def test_the_matrix_shows_who_holds_what_until_when(office):
    context = sign_in(office.admin).get(f"{STAFF}?unit={office.desk.pk}").context
    rows = {row.person.full_name: row for row in context["rows"]}
    assert "ROSMAINI" in rows and "RAJA INDRA" not in rows
    held = {cell.role.code: cell.held for cell in rows["ROSMAINI"].cells if cell.held}
    assert held["complaints_reviewer"][0].ends == date(2027, 6, 30)


def test_roles_that_may_not_meet_stand_out(office):
    both = person("Rangkap", ("personnel_officer", office.dlh), ("personnel_head", office.dlh))
    context = sign_in(office.admin).get(f"{STAFF}?unit={office.dlh.pk}").context
    assert context["conflicts"] == 1 and context["rows"][0].person == both.person
    assert (
        "tidak boleh dirangkap" in sign_in(office.admin).get(f"{STAFF}?unit={office.dlh.pk}").content.decode()
    )


def test_a_role_is_given_with_days_and_a_reason(office):
    assert sign_in(office.admin).post(f"{STAFF}beri/", grant_of(office)).status_code == 302
    made = RoleGrant.objects.get(reason="Surat tugas 12/2026")
    assert made.person == office.hendri.person and made.granted_by == office.admin.person.pk


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"person": "123"}, "Tidak ada pegawai dengan nomor itu"),
        ({"ends": "2028-01-01"}, "paling lama 365 hari"),
        ({"ends": "2026-11-01", "starts": "2026-11-25"}, "lebih dulu daripada"),
        ({"reason": ""}, "Isi alasan"),
        ({"unit": 0}, "Pilih salah satu"),
        ({"starts": "2026-11-23"}, "Paling awal"),
    ],
)
def test_a_bad_grant_is_explained_at_its_field(office, other, message):
    answer = sign_in(office.admin).post(f"{STAFF}beri/", grant_of(office, **other))
    assert answer.status_code == 422 and message in answer.content.decode()


def test_nobody_gives_roles_outside_the_own_tree(office):
    answer = sign_in(office.admin).post(f"{STAFF}beri/", grant_of(office, unit=office.other.pk))
    assert answer.status_code == 422
    assert sign_in(office.rosmaini).get(STAFF).status_code == 403


def test_a_decree_counts_once_another_has_approved_it(office):
    post = Position.objects.create(unit=office.dlh, name="Kepala Dinas", roles=["complaints_office_head"])
    given = {
        "position": post.pk,
        "person": "198502022010011001",
        "kind": "plt",
        "decree": "SP 824/2026",
        "starts": "2026-11-24",
        "ends": "2027-02-23",
    }
    clerk = sign_in(office.clerk)
    assert clerk.post(f"{POSTS}catat/", given).status_code == 302
    decree = Assignment.objects.get()
    assert queries.posts(clock.today())[0].stand_in is None
    assert clerk.post(f"{POSTS}{decree.pk}/setujui/").status_code == 403
    sign_in(office.chief).post(f"{POSTS}{decree.pk}/setujui/")
    post = queries.posts(clock.today())[0]
    assert post.vacant and post.stand_in == decree
    page = sign_in(office.regent).get(f"{POSTS}?hanya=pengganti").content.decode()
    assert "Plt. Hendri Saputra" in page and "sampai 23 Feb 2027" in page


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"ends": "2027-02-24"}, "Plt paling lama 3 bulan"),
        ({"ends": ""}, "harus punya tanggal akhir"),
        ({"person": "000"}, "Tidak ada pegawai"),
    ],
)
def test_a_bad_decree_is_explained(office, other, message):
    post = Position.objects.create(unit=office.dlh, name="Kepala Dinas")
    given = {
        "position": post.pk,
        "person": "198502022010011001",
        "kind": "plt",
        "decree": "SP 1",
        "starts": "2026-11-24",
        "ends": "2027-02-23",
    }
    answer = sign_in(office.clerk).post(f"{POSTS}catat/", given | other)
    assert answer.status_code == 422 and message in answer.content.decode()


def test_the_tree_shows_vacant_posts(office, django_assert_max_num_queries):
    Position.objects.create(unit=office.dlh, name="Kepala Dinas")
    client = sign_in(office.regent)
    client.get(f"{STAFF}bagan/")
    with django_assert_max_num_queries(12):
        page = client.get(f"{STAFF}bagan/").content.decode()
    assert "Kepala Dinas" in page and "1 kosong" in page


@pytest.fixture
def assist(office):
    catalog.sync(REGISTRY.systems, NOW)
    given = {
        "nik": "1405 0252 0890 0003",
        "full_name": "Nurlela",
        "card_shown": "on",
        "service": "pengaduan-lingkungan",
        "unit": office.desk.pk,
        "proof": "thumb",
    }
    client = sign_in(office.helper)
    return lambda **other: (client, client.post(ASSIST, given | other))


def test_an_assisted_session_names_both_and_ends(office, assist):
    client, answer = assist()
    session = AssistedSession.objects.get()
    assert answer.status_code == 302 and session.level == 2
    page = client.get(ASSIST).content.decode()
    assert "Anda mengisi untuk Nurlela" in page and 'href="/lapor/"' in page
    client.post(f"{ASSIST}akhiri/")
    session.refresh_from_db()
    assert session.ends_at == NOW and "Dampingi warga" in client.get(ASSIST).content.decode()
    assert Event.objects.filter(kind="people.assisted.ended").exists()


def test_an_assisted_session_ends_by_itself_after_an_hour(office, assist):
    client, _answer = assist()
    with clock.frozen(NOW + timedelta(minutes=61)):
        assert "Dampingi warga" in client.get(ASSIST).content.decode()


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"nik": "140502520890000"}, "16 angka"),
        ({"nik": "1405023102900001"}, "tanggal lahir yang ada"),
        ({"proof": "witness"}, "Saksi harus petugas lain"),
        ({"service": ""}, "Pilih layanan"),
    ],
)
def test_a_bad_start_is_explained(assist, other, message):
    _client, answer = assist(**other)
    assert answer.status_code == 422 and message in answer.content.decode()
    assert not AssistedSession.objects.exists()


def test_a_witness_is_a_second_officer(office, assist):
    _client, answer = assist(proof="witness", witness="199008122015032001")
    assert answer.status_code == 302
    assert AssistedSession.objects.get().witness == office.rosmaini.person.pk


def test_no_nik_in_clear_stands_in_the_assisted_pages(office, assist):
    client, _answer = assist()
    assert NIK not in client.get(ASSIST).content.decode()


def test_my_data_says_what_is_kept_and_who_looked(office):
    who = citizen()
    vault.reveal(
        vault=who.person.vault,
        names=["nik"],
        actor=actor(office.rosmaini),
        subject=who.person,
        purpose="mencocokkan data pelapor",
        at=NOW,
    )
    page = sign_in(who).get("/akun-saya/").content.decode()
    assert "140502******0003" in page and NIK not in page
    assert "Rosmaini" in page and "mencocokkan data pelapor" in page
    assert "/akun/" in page


def test_my_data_shows_my_roles_until_when(office):
    page = sign_in(office.rosmaini).get("/akun-saya/").content.decode()
    assert "Penelaah pengaduan" in page and "sampai 30 Juni 2027" in page


def test_my_data_is_for_who_has_signed_in(client):
    assert client.get("/akun-saya/").url.startswith("/akun/")


def test_officers_without_a_second_factor_are_led_to_it(office, settings, rf):
    settings.SEKATA = replace(settings.SEKATA, demo=False, second_factor=True)

    def knock(path: str, who=office.rosmaini) -> object:
        request = rf.get(path)
        client = sign_in(who)
        request.session, request.user = client.session, who.account
        request.actor = people.actor(who.person, REGISTRY.roles)
        request._messages = type("Box", (), {"add": lambda *_: None})()
        return SecondFactor(lambda _request: "in")(request)

    assert knock("/kerja/").url == "/akun/2fa/"
    assert knock("/anjungan/").url == "/akun/2fa/"
    assert knock("/akun/2fa/") == "in" and knock("/") == "in"
    assert knock("/kerja/", citizen()) == "in"
    Authenticator.objects.create(user=office.rosmaini.account, type="totp", data={})
    assert knock("/kerja/") == "in"
    settings.SEKATA = replace(settings.SEKATA, demo=True)
    assert knock("/kerja/", office.hendri) == "in"


def test_a_device_is_noted_once_in_five_minutes(office):
    client = sign_in(office.rosmaini)
    client.get("/akun-saya/")
    assert UserSession.objects.filter(user=office.rosmaini.account).count() == 1
    seen = UserSession.objects.get().last_seen_at
    client.get("/akun-saya/")
    assert UserSession.objects.get().last_seen_at == seen
