"""Acting in one capacity of several, and acting for another citizen."""

from datetime import date, timedelta

import pytest
from django.test import Client

from sekata.kernel.cases.models import Case
from sekata.kernel.catalog import actions as catalog
from sekata.kernel.journal.models import Event
from sekata.kernel.people.models import Account, Assignment, Delegation, Person, Position, RoleGrant
from sekata.lib import clock
from sekata.site.people.tests.conftest import sign_up
from sekata.site.registry import REGISTRY
from sekata.site.tests.office import NOW, sign_in

pytestmark = pytest.mark.django_db
POSTS, MANDATES = "/akun-saya/jabatan/", "/akun-saya/kuasa/"


@pytest.fixture
def head(house):
    """Who heads one office and stands in at another."""
    who = house.rosmaini
    for unit, name, kind, ends in (
        (house.dlh, "Kepala DLH", "definitive", None),
        (house.other, "Kepala BPBD", "plt", date(2026, 12, 31)),
    ):
        post = Position.objects.create(unit=unit, name=name, roles=["unit_admin"])
        Assignment.objects.create(
            position=post, person=who.person, kind=kind, decree="SK", starts=date(2026, 11, 1), ends=ends,
            approved_at=NOW,
        )  # fmt: skip
    return who


def key_of(name: str) -> str:
    return f"j{Assignment.objects.get(position__name=name).pk}"


def test_the_header_offers_the_switch_to_who_has_several_posts(head, house):
    assert "Sebagai: Semua jabatan dan tugas" in sign_in(head).get("/kerja/").content.decode()
    assert "Sebagai:" not in sign_in(house.hendri).get("/kerja/").content.decode()


def test_roles_follow_the_chosen_post_until_another_is_chosen(head, house):
    client, staff = sign_in(head), "/kerja/orang/"
    assert len(client.get(staff).context["units"]) == 3
    assert client.post(POSTS, {"sebagai": key_of("Kepala BPBD")}).status_code == 302
    assert [unit.name for unit in client.get(staff).context["units"]] == ["BPBD"]
    assert "Sebagai: Plt. Kepala BPBD" in client.get(staff).content.decode()
    client.post(POSTS, {"sebagai": ""})
    assert len(client.get(staff).context["units"]) == 3


def test_the_journal_names_the_capacity(head, house):
    client = sign_in(head)
    given = {
        "person": "198502022010011001", "role": "unit_admin", "unit": house.other.pk, "starts": "2026-11-24",
        "ends": "2027-05-31", "reason": "Surat tugas 12/2026",
    }  # fmt: skip
    client.post(POSTS, {"sebagai": key_of("Kepala DLH")})
    assert client.post("/kerja/orang/beri/", given).status_code == 422
    client.post(POSTS, {"sebagai": key_of("Kepala BPBD")})
    assert client.post("/kerja/orang/beri/", given).status_code == 302
    assert Event.objects.get(kind="people.role.granted").via == f"web/{key_of('Kepala BPBD')}"
    assert RoleGrant.objects.filter(reason="Surat tugas 12/2026").count() == 1


def test_r7_with_the_decree_the_choice_ends(head):
    client = sign_in(head)
    client.post(POSTS, {"sebagai": key_of("Kepala BPBD")})
    with clock.frozen(NOW + timedelta(days=40)):
        client = sign_in(head)
        units = client.get("/kerja/orang/").context["units"]
        assert [unit.name for unit in units] == ["Bidang Penaatan", "Dinas Lingkungan Hidup"]


@pytest.mark.parametrize("wanted", ["j999999", "t'", "x"])
def test_a_post_one_does_not_hold_is_not_chosen(head, wanted):
    client = sign_in(head)
    assert client.post(POSTS, {"sebagai": wanted}).url == POSTS
    assert "Sebagai: Semua" in client.get("/kerja/").content.decode()


def test_the_choice_is_for_officers(house, client, digits):
    sign_up(client, digits)
    assert client.get(POSTS).status_code == 403


@pytest.fixture
def pair(house, digits) -> tuple[Client, Client]:
    """A mother and her daughter, both signed up by phone."""
    catalog.sync(REGISTRY.systems, NOW)
    mother, daughter = Client(), Client()
    sign_up(mother, digits)
    sign_up(daughter, digits, "0813 0000 0001", full_name="Rosmawati", nik="1405025208900004")
    return mother, daughter


def given(**other: object) -> dict[str, object]:
    usual = {
        "number": "0813 0000 0001", "kind": "carer", "scope": ["complaints"], "evidence": "Surat kuasa 12/2026",
        "starts": "2026-11-24", "ends": "2027-03-31",
    }  # fmt: skip
    return usual | other


def accepted(pair) -> Delegation:
    mother, daughter = pair
    assert mother.post(f"{MANDATES}beri/", given()).url == MANDATES
    made = Delegation.objects.get()
    daughter.post(f"{MANDATES}{made.pk}/terima/")
    return made


def person(name: str) -> Person:
    return Person.objects.get(full_name=name)


def file_of(who: Person, unit, workflow: str = "complaints", number: int = 1) -> Case:
    return Case.objects.create(
        workflow=workflow, number=f"PLH-1405-2026-{number:06}", title="Air hitam", state="under_review", unit=unit,
        applicant=who, received_at=NOW, due_at=NOW, due_clock="total",
    )  # fmt: skip


def test_a_mandate_is_given_accepted_and_shown_to_both(pair):
    mother, daughter = pair
    assert mother.post(f"{MANDATES}beri/", given()).url == MANDATES
    page = mother.get(MANDATES).content.decode()
    assert "menunggu diterima" in page and "Pemilik nomor" in page and "Rosmawati" not in page
    assert "Nurlela" in daughter.get(MANDATES).content.decode()
    daughter.post(f"{MANDATES}{Delegation.objects.get().pk}/terima/")
    assert "Rosmawati" in mother.get(MANDATES).content.decode()


def test_a_number_without_an_account_is_not_told_from_one_with(pair):
    mother = pair[0]
    for number in ("0813 0000 0001", "0813 9999 9999"):
        page = mother.post(f"{MANDATES}beri/", given(number=number), follow=True).content.decode()
        assert "Kuasa dicatat" in page


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"ends": "2027-11-24"}, "paling lama 12 bulan"),
        ({"starts": "2026-11-23"}, "paling awal hari ini"),
        ({"scope": []}, "Untuk layanan apa"),
        ({"scope": ["desk"]}, "Untuk layanan apa"),
        ({"number": "0812 3456 7890"}, "diri sendiri"),
        ({"evidence": ""}, "Isi"),
    ],
)
def test_a_bad_mandate_is_explained(pair, other, words):
    answer = pair[0].post(f"{MANDATES}beri/", given(**other))
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not Delegation.objects.exists()


def test_files_within_the_scope_are_seen_and_others_are_not(pair, house):
    made, mother = accepted(pair), person("NURLELA")
    file_of(mother, house.desk)
    file_of(mother, house.desk, workflow="elsewhere", number=2)
    daughter = pair[1]
    page = daughter.get(f"{MANDATES}{made.pk}/").content.decode()
    assert "PLH-1405-2026-000001" in page and "PLH-1405-2026-000002" not in page
    assert daughter.get("/urusan/").context["lines"] == []


def test_an_act_for_another_names_both_and_only_in_the_named_rooms(pair, house):
    made, daughter = accepted(pair), pair[1]
    assert daughter.post(f"{MANDATES}{made.pk}/pakai/").url == f"{MANDATES}{made.pk}/"
    room = daughter.get("/lapor/").wsgi_request.actor
    assert (room.person, room.acting_for, room.holdings) == (person("ROSMAWATI").pk, person("NURLELA").pk, ())
    assert room.via == f"kuasa/{made.pk}"
    assert daughter.get("/akun-saya/").wsgi_request.actor.acting_for is None
    assert (
        "Anda bertindak untuk <b>Nurlela</b>"
        in daughter.get("/lapor/perlakuan/", follow=True).content.decode()
    )


def test_revoking_ends_it_with_the_next_page(pair):
    made, (mother, daughter) = accepted(pair), pair
    daughter.post(f"{MANDATES}{made.pk}/pakai/")
    mother.post(f"{MANDATES}{made.pk}/cabut/")
    assert daughter.get("/lapor/").wsgi_request.actor.acting_for is None
    assert daughter.get(f"{MANDATES}{made.pk}/").url == MANDATES
    assert "dicabut" in mother.get(MANDATES).content.decode()


def test_one_stops_acting_for_another(pair):
    made, daughter = accepted(pair), pair[1]
    daughter.post(f"{MANDATES}{made.pk}/pakai/")
    daughter.post(f"{MANDATES}selesai/")
    assert daughter.get("/lapor/").wsgi_request.actor.acting_for is None


def test_strangers_reach_no_mandate(pair, house):
    made = accepted(pair)
    stranger = sign_in(house.rosmaini)
    for path in ("terima", "cabut", "pakai"):
        assert stranger.post(f"{MANDATES}{made.pk}/{path}/").status_code == 404
    assert stranger.get(f"{MANDATES}{made.pk}/").status_code == 404
    assert Account.objects.count() > 2
