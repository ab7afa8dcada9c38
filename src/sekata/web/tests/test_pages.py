import re

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def _database(request, settings):
    """The whole suite's pages read the database; the face alone has none."""
    if "dummy" not in settings.DATABASES.get("default", {}).get("ENGINE", "dummy"):
        request.getfixturevalue("db")


@pytest.fixture
def client():
    return Client(headers={"accept-language": "id"})


def test_component_page(client):
    answer = client.get("/design/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert not re.search(r"\sstyle=", text)
    identities = re.findall(r'\sid="([^"]+)"', text)
    assert len(identities) == len(set(identities))
    assert text.count("<h1") == 1


def test_first_view_of_a_page_is_small(client):
    assert len(client.get("/luring/").content) < 20 * 1024


def test_manifest(client):
    answer = client.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    assert answer.json()["icons"][0]["src"].endswith(".svg")


def test_service_worker_has_the_whole_site_as_its_scope(client):
    answer = client.get("/sw.js?v=1")
    assert answer["Service-Worker-Allowed"] == "/"
    assert "no-cache" in answer["Cache-Control"]
    assert b"isPublic" in answer.content


def test_offline_pages_hold_nothing_personal(client):
    for address in ("/luring/", "/kotak-keluar/"):
        text = client.get(f"{address}?petugas=1").content.decode()
        assert "Nurhayati" not in text
        assert "csrfmiddlewaretoken" not in text
