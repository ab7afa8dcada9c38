"""The population register (R5): yes and no per field, nothing else kept; away means level 1 and another try."""

import json
import threading
from dataclasses import replace
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from sekata.kernel.people import actions, dukcapil, queries, rules
from sekata.kernel.people.models import Identifier, Match, Person, Verification
from sekata.kernel.people.tests.conftest import AT, citizen
from sekata.lib.numbers import nik as niks
from sekata.lib.result import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demonstration(settings):
    settings.SEKATA = replace(settings.SEKATA, demo=True, dukcapil_url="")


def with_serial(serial: str, born: date | None = None):
    nik = niks.parse(f"140502520890{serial}", today=date(2026, 3, 2))
    who = citizen(nik=nik)
    if born:
        who.person.birth_date = born
    return who


def match(who, at=AT):
    return actions.match_person(actor=who.actor, person=who.person, at=at)


def test_r5_all_fields_confirmed_lift_to_level_two(house):
    who = with_serial("0003")
    row = match(who)
    assert row.state == "matched" and row.results == {"nik": True, "full_name": True, "birth_date": True}
    assert Person.objects.get(pk=who.person.pk).level == 2
    assert Identifier.objects.get().verified_at == AT
    assert Verification.objects.get().method == "dukcapil_match"


def test_r5_one_field_that_differs_lifts_nobody(house):
    who = with_serial("0007")
    assert match(who).state == "different" and who.person.level == 1
    assert not Verification.objects.exists()


def test_r5_what_is_kept_is_yes_no_and_a_hash(house):
    row = match(with_serial("0003"))
    assert "140502520890" not in str(vars(row)) and "NURLELA" not in str(vars(row))
    assert len(row.evidence) == 64


def test_r5_away_stays_at_level_one_and_is_asked_again(house, clock, monkeypatch):
    who = with_serial("0009")
    row = match(who)
    assert (row.state, row.results, who.person.level) == ("waiting", {}, 1)
    with clock(AT + timedelta(minutes=5)):
        assert actions.retry_matches() == 0
    monkeypatch.setattr(dukcapil.Simulator, "match", lambda self, asked: dict.fromkeys(asked, True))
    with clock(AT + timedelta(minutes=15)):
        assert actions.retry_matches() == 1
    assert queries.match_of(who.person.pk).tries == 2
    assert Person.objects.get(pk=who.person.pk).level == 2


def test_r5_thirty_tries_are_enough(house, clock):
    row = match(with_serial("0009"))
    Match.objects.update(tries=30)
    with clock(AT + timedelta(days=1)):
        actions.sweep_attempts()
    row.refresh_from_db()
    assert row.tries == 30


def test_acceptance_2_r2_the_register_may_know_another_birth_date_than_the_number(house):
    who = with_serial("0003", born=date(1989, 8, 12))
    who.person.save()
    warned = niks.mismatches(niks.parse("1405025208900003", today=AT.date()), date(1989, 8, 12), "P")
    assert match(who).state == "matched" and [one.code for one in warned] == ["nik_mismatch"]
    assert Person.objects.get(pk=who.person.pk).level == 2


def test_without_an_address_production_asks_nobody(house, settings):
    settings.SEKATA = replace(settings.SEKATA, demo=False)
    assert dukcapil.register() is None
    with pytest.raises(Refused) as refusal:
        match(with_serial("0003"))
    assert refusal.value.status == 409 and actions.retry_matches() == 0


def test_a_record_without_a_number_is_not_asked_about(house):
    with pytest.raises(Refused):
        match(citizen(nik=None))


@pytest.mark.parametrize(
    ("results", "all_of_them"),
    [
        ({"nik": True, "full_name": True, "birth_date": True}, True),
        ({"nik": True, "full_name": True}, False),
        ({"nik": True, "full_name": True, "birth_date": 1}, False),
        ({}, False),
    ],
)
def test_r5_a_field_left_out_is_not_confirmed(results, all_of_them):
    assert rules.all_match(results, dukcapil.FIELDS) is all_of_them


class Answer(BaseHTTPRequestHandler):
    """A gateway that answers what the test put into `told`."""

    told: object = {}
    asked: dict[str, object] = {}

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        type(self).asked = body | {"auth": self.headers["Authorization"]}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(self.told).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def gateway(settings):
    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SEKATA = replace(
        settings.SEKATA, dukcapil_url=f"http://127.0.0.1:{server.server_port}/", dukcapil_token="rahasia"
    )
    yield Answer
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ({"NIK": "Sesuai", "NAMA_LGKP": "Sesuai (100)", "TGL_LHR": "Sesuai"}, "matched"),
        ({"NIK": "Sesuai", "NAMA_LGKP": "Tidak Sesuai", "TGL_LHR": "Sesuai"}, "different"),
        ({"NIK": "Sesuai"}, "different"),
        ([], "waiting"),
    ],
)
def test_r5_a_gateway_over_http(house, gateway, told, state):
    gateway.told = told
    assert match(with_serial("0003")).state == state
    assert gateway.asked == {
        "NIK": "1405025208900003",
        "NAMA_LGKP": "NURLELA",
        "TGL_LHR": "1990-08-12",
        "auth": "Bearer rahasia",
    }


def test_r5_a_gateway_that_is_gone_is_away(house, settings):
    settings.SEKATA = replace(settings.SEKATA, dukcapil_url="http://127.0.0.1:9/")
    assert match(with_serial("0003")).state == "waiting"
