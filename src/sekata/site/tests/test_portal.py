"""The portal's pages: they open, they speak Indonesian and English, they ask little of the database."""

import pytest

from sekata.kernel.catalog import actions as catalog
from sekata.lib import clock
from sekata.pillars.environment.complaints.tests.conftest import filed, filing, regency  # noqa: F401
from sekata.site.caching import KEPT
from sekata.site.registry import REGISTRY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue(regency):  # noqa: F811
    KEPT.forget()
    catalog.sync(REGISTRY.systems, clock.now())


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "Mau urus apa hari"),
        ("/layanan/", "Semua layanan"),
        ("/layanan/pengaduan-lingkungan/", "Yang perlu disiapkan"),
        ("/pilar/environment/", "Lingkungan"),
        ("/pilar/living/", "Belum ada sistem"),
        ("/cari/?q=pencemaran", "Laporkan pencemaran"),
        ("/lacak/", "Kode lacak"),
        ("/periksa/", "dokumen ini dari kami"),
        ("/pengaduan/", "Pengaduan lingkungan"),
    ],
)
def test_a_page_opens_with_few_statements(client, django_assert_max_num_queries, path, words):
    with django_assert_max_num_queries(12):
        answer = client.get(path)
    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_a_misspelt_search_still_finds(client):
    assert "Laporkan pencemaran" in client.get("/cari/?q=pencemran").content.decode()


def test_pages_need_no_session_and_may_be_kept(client):
    answer = client.get("/")
    assert not answer.cookies and "public" in answer["Cache-Control"] and answer["ETag"]
    assert client.get("/", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_my_cases_ask_strangers_to_sign_in(client):
    assert client.get("/urusan/").status_code == 302


def test_a_mistyped_code_is_named_before_any_look(client):
    page = client.post("/lacak/", {"kode": "K7Q29F3XMB"}).content.decode()
    assert "salah ketik" in page


def test_ten_wrong_codes_slow_down(client):
    valid = "K7Q29-F3MXB"
    for _ in range(10):
        assert "tidak menemukan" in client.post("/lacak/", {"kode": valid}).content.decode()
    assert client.post("/lacak/", {"kode": valid}).status_code == 429


def test_a_code_opens_its_case_and_nothing_of_it_lies_in_a_session(client, filed):  # noqa: F811
    result = filed()
    answer = client.post("/lacak/", {"kode": result.code.lower()})
    page = client.get(answer["Location"]).content.decode()
    assert result.complaint.case.number in page
    assert "sessionid" not in client.cookies


def test_strangers_do_not_see_a_case_by_its_number(client, filed):  # noqa: F811
    number = filed().complaint.case.number
    assert client.get(f"/lacak/{number}/")["Location"] == "/lacak/"
