"""Areas for machines, and codes of other systems that are only ever looked up."""

import pytest

from sekata.kernel.units import queries
from sekata.site.seeding import areas

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sown():
    areas.seed()


def ask(client, query: str):
    return client.get(f"/api/v1/areas?{query}")


def test_acceptance_5_twelve_districts_and_118_villages(client):
    districts = ask(client, "parent=14.05").json()
    villages = [v for d in districts for v in ask(client, f"parent={d['code']}").json()]
    assert (len(districts), len(villages), sum(v["urban"] for v in villages)) == (12, 118, 14)


def test_acceptance_6_the_statistics_code_1405_is_siak():
    assert "SIAK" in queries.foreign("bps", "1405").name.upper()
    assert "PELALAWAN" in queries.foreign("bps", "1404").name.upper()
    assert queries.foreign("bps", "9999") is None


def test_other_forms_and_bad_codes(client):
    assert (
        ask(client, "parent=14.05&format=csv").content.decode().splitlines()[0]
        == "code,level,name,parent,urban"
    )
    assert len(ask(client, "parent=14.05&format=geojson").json()["features"]) == 12
    assert ask(client, "parent=14.05.02.3001").status_code == 422
