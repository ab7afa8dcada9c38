"""The machines' door: what a number owes, the land office, parcels; no request breaks it (schemathesis)."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from geojson_validator import validate_structure
from hypothesis import HealthCheck, settings
from schemathesis import checks

from sekata.kernel.journal.models import Event
from sekata.kernel.people import vault
from sekata.lib.tests.helpers import refusal
from sekata.pillars.economy.tax.actions import billing, looking, partners, transfers
from sekata.pillars.economy.tax.codes import Acquisition, Kinship
from sekata.pillars.economy.tax.figures import DATASETS, INDICATORS
from sekata.pillars.economy.tax.models import Assessment, Taxpayer
from sekata.pillars.economy.tax.tests.conftest import NOW, VILLAGE, taxpayer
from sekata.pillars.economy.tax.tests.ground import HOUSE, land, zone
from sekata.pillars.economy.tax.tests.letters import open_letter
from sekata.pillars.economy.tax.tests.test_books import SYSTEM
from sekata.pillars.economy.tax.tests.test_mass import issued
from sekata.pillars.economy.tax.tests.test_pages import enter
from sekata.pillars.economy.tax.tests.test_transfers import deal
from sekata.site.registry import REGISTRY
from sekata.site.wsgi import application

API = "/api/v1/tax/"
SCHEMA = schemathesis.openapi.from_wsgi("/api/openapi.json", application).include(path_regex="/v1/tax/")
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
RING = [[101.9, 0.4], [101.9, 0.401], [101.901, 0.401], [101.901, 0.4], [101.9, 0.4]]
NIB = "9120001234567"


@pytest.fixture
def letter(office) -> Assessment:
    zone()
    land(office.taxpayer, buildings=HOUSE, polygon={"type": "Polygon", "coordinates": [RING]})
    issued(office)
    return Assessment.objects.select_related("land").get()


def validated(office, serial: int = 1):
    """A duty of nil, validated."""
    zone(code="NN", value=100_000)
    given = vars(deal(land(office.taxpayer, serial, area=2_000, zone="NN"))) | {
        "code": Acquisition.INHERITANCE, "value": 250_000_000, "kinship": Kinship.DIRECT, "submission": uuid4(),
    }  # fmt: skip
    made = transfers.draft(actor=office.ppat, deal=transfers.Deal(**given), at=NOW)
    transfers.check(actor=office.ppat, transfer=made, at=NOW)
    transfers.submit_nil(actor=office.ppat, transfer=made, at=NOW)
    transfers.validate(actor=office.validator, transfer=made, at=NOW)
    return made


def test_r10_anybody_asks_what_a_number_owes_and_sees_nobody(client, office, letter, clock):
    with clock(datetime(2026, 10, 31, 3, tzinfo=UTC)):
        found = client.get(f"{API}bills/14.05.010.001.001-0001.0").json()
        same = client.get(f"{API}bills/{letter.number}?days=400").json()
    assert (found["payer"], found["place"]) == ("R*** M******", "Kerinci Kota")
    assert (
        found["letters"][0]["principal"] == 83_000
        and found["total"] == 83_000 + found["letters"][0]["penalty"]
    )
    assert same["total"] > found["total"] and same["letters"][0]["true_until"] > "2027-11-01"


def test_ten_misses_an_hour_are_enough(client, office, letter):
    for n in range(10):
        assert client.get(f"{API}bills/140501000100999{n:02d}0").status_code == 404
    assert client.get(f"{API}bills/{letter.land.nop}").status_code == 429


def test_r6_the_land_office_spends_a_validation_once(client, office, clock):
    made = validated(office)
    _partner, key = partners.let_in(actor=office.head, name="Kantor Pertanahan", at=NOW)
    address, head = f"{API}bphtb/{made.number}", {"X-Partner-Key": key}
    with clock(NOW):
        assert client.get(address).status_code == 422
        assert client.get(address, headers={"X-Partner-Key": "x"}).status_code == 401
        assert client.get(f"{API}bphtb/SSPD-1", headers=head).status_code == 404
        assert client.get(address, headers=head).json() | {"validated_at": ""} == {
            "number": made.number, "nop": "14.05.010.001.001-0001.0", "state": "validated", "validated": True,
            "used": False, "validated_at": "", "deed_number": "",
        }  # fmt: skip
        assert client.post(f"{address}/registration", headers=head).status_code == 409
        transfers.use(
            actor=office.ppat, transfer=made, deed_number="12/2026", deed_date=date(2026, 2, 2), at=NOW
        )
        first = client.post(f"{address}/registration", headers=head)
        again = client.post(f"{address}/registration", headers=head)
    assert first.json()["used"] and first.json()["state"] == "registered"
    assert again.status_code == 409 and "sudah dipakai" in again.json()["reasons"][0]["message"]
    assert Event.objects.filter(kind="tax.transfer.asked").count() >= 4


def test_a_partner_is_let_in_by_the_head_and_kept_out_at_once(client, office):
    assert refusal(partners.let_in, actor=office.assessor, name="BPN") == ["no_right"]
    partner, key = partners.let_in(actor=office.head, name="Kantor Pertanahan", at=NOW)
    partners.keep_out(actor=office.head, partner=partner, at=NOW)
    assert client.get(f"{API}bphtb/SSPD-1", headers={"X-Partner-Key": key}).status_code == 401


def test_parcels_are_geojson_that_names_no_owner(client, office, letter):
    address = f"{API}parcels?village={VILLAGE}"
    assert client.get(address).status_code == 403
    enter(client, office.assessor)
    found = client.get(address).json()
    assert found["features"][0]["properties"]["nop"] == "14.05.010.001.001-0001.0" and "RINA" not in str(
        found
    )
    geojson = {"type": found["type"], "features": found["features"]}
    assert not validate_structure(geojson)
    ring = found["features"][0]["geometry"]["coordinates"][0]
    turned = sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in zip(ring, ring[1:], strict=False))
    assert turned < 0
    assert client.get(f"{API}parcels?village=99").status_code == 404


def known(lookup: str) -> None:
    Taxpayer.objects.filter(npwpd="P.1.9000001.02.07").update(lookup=vault.lookup("nib", lookup))


def asked(office, at=NOW) -> str:
    given = {"actor": office.registrar, "purpose": "Perizinan restoran", "at": at}
    return looking.clearance(number=NIB, **given)[0]


def test_tax_clearance_is_offered_and_each_question_kept(office):
    assert REGISTRY.provided()["tax.clearance"] is looking.clearance
    assert asked(office) == "unknown"
    known(NIB)
    assert asked(office) == "clear"
    assert Event.objects.filter(kind="tax.clearance.asked", purpose="Perizinan restoran").count() == 2
    given = {"actor": office.registrar, "at": NOW}
    assert refusal(looking.clearance, number=NIB, purpose="x", **given) == ["purpose"]


def test_what_is_past_its_day_is_not_clear_until_it_is_paid(office):
    known(NIB)
    letter = open_letter(office)
    late = datetime(2026, 4, 1, 3, tzinfo=UTC)
    assert asked(office) == "clear" and asked(office, late) == "not_clear"
    Assessment.objects.update(state="objected", undisputed=0)
    assert asked(office, late) == "clear"
    Assessment.objects.update(state="due", undisputed=None)
    letter.refresh_from_db()
    billing.settle_assessment(
        actor=SYSTEM, assessment=letter, amount=letter.total, on=date(2026, 4, 1), at=late
    )
    assert asked(office, late) == "clear"


def test_open_data_hides_small_cells_and_indicators_count(office, letter, clock):
    billing.settle_assessment(
        actor=SYSTEM, assessment=letter, amount=83_000, on=date(2026, 3, 2), channel="qris", at=NOW
    )
    with clock(datetime(2026, 12, 1, 3, tzinfo=UTC)):
        for dataset in DATASETS:
            (row,) = dataset.rows()
            assert set(row) == set(dataset.columns) and "<5" in row.values()
        found = {one.code: one.compute(date(2026, 1, 1), date(2026, 12, 31)) for one in INDICATORS}
    assert found["tax.digital_share"] == (83_000, 83_000) and found["tax.land_compliance"] == (1, 1)
    assert found["tax.realisation"] == (83_000, 0) and found["tax.arrears_recovered"] == (0, 0)


def test_five_taxpayers_make_a_village_public(office, clock):
    zone()
    for serial in range(1, 6):
        land(taxpayer(serial, name=f"WP {serial}"), serial, buildings=HOUSE)
    issued(office)
    with clock(NOW):
        (row,) = DATASETS[1].rows()
    assert (row["letters"], row["assessed"], row["village"]) == (5, 415_000, "Kerinci Kota")


@pytest.fixture
def house(office, letter, clock):
    """Requests share the test's transaction, as those of Django's test client do."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    office.key = partners.let_in(actor=office.head, name="Kantor Pertanahan", at=NOW)[1]
    office.duty = validated(office, 2).number
    with clock(NOW):
        yield office
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@SCHEMA.parametrize()
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_request_breaks_the_machines_door(case, house):
    """Every second call presents a key that is known, every third asks about a duty that exists."""
    size = len(str(case.path_parameters) + str(case.query))
    if size % 2:
        case.headers = {**(case.headers or {}), "X-Partner-Key": house.key}
    if size % 3 and case.path_parameters and "bphtb" in case.path:
        case.path_parameters["number"] = house.duty
    case.call_and_validate(checks=CHECKS)
