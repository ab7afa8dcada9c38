"""Open311 GeoReport v2.

Documents, filters, idempotency, privacy; read by real clients (PyPI georeport, Perl XML::Simple).
"""

import io
import json
import subprocess
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from georeport import GeoReport
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image

from sekata.kernel.notify.models import Message
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.actions import machine as machine_actions
from sekata.pillars.environment.complaints.codes import ReporterMode
from sekata.pillars.environment.complaints.models import Client, Complaint
from sekata.pillars.environment.complaints.standards import open311
from sekata.pillars.environment.complaints.tests.conftest import VILLAGE, wib

pytestmark = pytest.mark.django_db

V2 = "/open311/v2"
NOW = wib("2026-04-29 10:00")
TEXT = "Limbah pabrik meluap ke parit, air hitam berbau sejak pagi."
PUBLIC = "Air parit menghitam di sekitar pabrik; sedang diperiksa."
PERL = """
use strict; use warnings; use XML::Simple; use JSON::PP; binmode STDIN; local $/;
my $found = XML::Simple->new->XMLin(<STDIN>,
    ForceArray => [qw(service attribute value request request_update error)], KeyAttr => {});
print JSON::PP->new->canonical->encode($found);
"""


@pytest.fixture
def key(regency) -> str:
    """The api_key of a registered client."""
    return machine_actions.register_client(actor=regency.head, name="Lapor Warga", contact="app@example.org")[
        1
    ]


@pytest.fixture
def post(client, key, clock):
    """POST a request as the client; returns the response."""

    def send(at=NOW, fmt="xml", headers=None, **fields):
        usual = {
            "api_key": key,
            "service_code": "W02",
            "lat": "0.39421",
            "long": "101.84378",
            "description": TEXT,
        }
        told = {name: value for name, value in (usual | fields).items() if value is not None}
        with clock(at):
            return client.post(f"{V2}/requests.{fmt}", told, headers=headers or {})

    return send


@pytest.fixture
def get(client, clock):
    def read(path, at=NOW + timedelta(hours=1), **query):
        with clock(at):
            return client.get(f"/open311/{path}", query)

    return read


def number(response) -> str:
    assert response.status_code in (200, 201), response.content
    return ET.fromstring(response.content).findtext("request/service_request_id")


def perl(content: bytes) -> dict:
    """What XML::Simple makes of a document, in the way FixMyStreet's client reads it."""
    done = subprocess.run(["perl", "-e", PERL], input=content, capture_output=True, check=False)
    if b"Can't locate XML/Simple.pm" in done.stderr or done.returncode == 127:
        pytest.fail("Perl's XML::Simple is missing. Install it: sudo apt install libxml-simple-perl")
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def photo(size=(40, 30)) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", size, "green").save(out, "JPEG")
    return SimpleUploadedFile("foto.jpg", out.getvalue(), "image/jpeg")


# --- discovery, services, definitions


def test_discovery_in_both_formats(regency, get):
    found = get("discovery.json").json()
    assert found["endpoints"][0]["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert found["endpoints"][0]["url"].endswith("/open311/v2/")
    tree = ET.fromstring(get("discovery.xml").content)
    assert [f.text for f in tree.findall("endpoints/endpoint/formats/format")] == [
        "text/xml",
        "application/json",
    ]
    assert tree.findtext("endpoints/endpoint/type") in ("production", "test")
    assert {"changeset", "contact", "key_service"} <= {child.tag for child in tree}


def test_xml_has_declaration_type_and_no_namespace(regency, get):
    response = get("v2/services.xml")
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    assert response.content.startswith(b"<?xml version=") and b"xmlns" not in response.content


def test_metadata_is_true_exactly_where_there_are_questions(regency, get):
    services = get("v2/services.json").json()
    assert len(services) == 20
    for service in services:
        definition = get(f"v2/services/{service['service_code']}.json").json()
        assert service["metadata"] is bool(definition["attributes"])
        assert service["type"] == "realtime" and isinstance(service["service_code"], str)


def test_a_definition_names_every_field_of_a_question(regency, get):
    attribute = get("v2/services/A01.json").json()["attributes"][0]
    assert attribute["code"] == "WHEN" and attribute["datatype"] == "multivaluelist"
    assert {"variable", "required", "datatype_description", "order", "description", "values"} < set(attribute)
    assert attribute["values"][0] == {"key": "morning", "name": "Pagi"}


# --- filing


def test_a_post_files_an_anonymous_case_with_its_number(post):
    response = post()
    complaint = Complaint.objects.select_related("case").get()
    assert response.status_code == 201 and number(response) == complaint.case.number
    assert (complaint.channel, complaint.reporter_mode, complaint.case.state) == (
        "open311",
        "anonymous",
        "received",
    )
    assert b"<token" not in response.content and complaint.identity is None


@pytest.mark.parametrize(
    ("fields", "mode"),
    [
        ({"first_name": "Nur", "last_name": "Lela", "email": "nur@example.org"}, "named"),
        ({"phone": "0812 3456 7890"}, "confidential"),
        ({"first_name": "Nur"}, "confidential"),
        ({"deviceid": "A1", "device_id": "A1", "account_id": "77"}, "anonymous"),
    ],
)
def test_r2_who_tells_less_is_protected_more(post, fields, mode):
    number(post(**fields))
    assert Complaint.objects.get().reporter_mode == mode


def test_r2_device_and_account_are_kept_nowhere(post):
    number(post(device_id="DEVICE-SERIAL-9", account_id="ACCOUNT-9"))
    rows = str(list(Complaint.objects.values())) + str(list(Message.objects.values()))
    assert "SERIAL-9" not in rows and "ACCOUNT-9" not in rows


def test_json_answers_as_an_array_of_one(post):
    answer = post(fmt="json").json()
    assert [set(one) for one in answer] == [{"service_request_id", "service_notice", "account_id"}]


def test_attributes_lists_and_uploads_arrive(post):
    response = post(
        service_code="A01",
        **{
            "attribute[WHEN][]": ["morning", "night"],
            "attribute[HEALTH_COMPLAINT]": "yes",
            "attribute[unknown]": "x",
        },
        media=[photo(), photo((41, 30))],
        photo1=photo((42, 30)),
        media_url=["https://example.org/1.jpg", "https://example.org/2.jpg"],
    )
    complaint = Complaint.objects.get(case__number=number(response))
    assert complaint.attributes == {"WHEN": ["morning", "night"], "HEALTH_COMPLAINT": "yes"}
    assert complaint.attachments.count() == 3
    assert [ref["id"] for ref in complaint.external_refs] == [
        "https://example.org/1.jpg",
        "https://example.org/2.jpg",
    ]


def test_an_address_alone_finds_its_village(post):
    response = post(lat=None, long=None, address_string="Jalan Lintas, Pangkalan Kerinci Kota, dekat SD 005")
    complaint = Complaint.objects.select_related("case").get(case__number=number(response))
    assert (complaint.village_code, complaint.case.state) == (VILLAGE, "received")


def test_r3_an_address_without_village_is_incomplete_not_refused(post):
    response = post(lat=None, long=None, address_string="di tepi jalan besar")
    assert Complaint.objects.get(case__number=number(response)).case.state == "incomplete"


BAD = [
    ({"api_key": "wrong"}, 403, "api_key"),
    ({"api_key": None}, 403, "api_key"),
    ({"service_code": "X77"}, 404, "service_code"),
    ({"service_code": None}, 400, "service_code"),
    ({"long": None}, 400, "together"),
    ({"lat": "north"}, 400, "decimal degrees"),
    ({"lat": "nan"}, 400, "decimal degrees"),
    ({"lat": "0", "long": "0"}, 400, "not a point"),
    ({"lat": "101.84378", "long": "0.39421"}, 400, "not a point"),
    ({"lat": "-6.2", "long": "106.8"}, 400, "point is outside the regency"),
    ({"lat": None, "long": None}, 400, "address_string"),
    ({"address_id": "14.05.99.2001"}, 400, "address_id"),
    ({"description": "x" * 5000}, 400, "4000"),
    ({"description": "pendek"}, 400, "20"),
    ({"service_code": "W01", "attribute[FISH_DEAD]": "lots"}, 400, "FISH_DEAD"),
    ({"jurisdiction_id": "elsewhere.go.id"}, 404, "jurisdiction_id"),
    ({"email": "nobody"}, 400, "email"),
    ({"phone": "abc"}, 400, "telepon"),
    ({"media_url": "javascript:alert(1)"}, 400, "media_url"),
    ({"media": SimpleUploadedFile("kosong.jpg", b"", "image/jpeg")}, 400, "kosong"),
    ({"media": SimpleUploadedFile("foto.jpg", b"MZ\x90\x00" * 50, "image/jpeg")}, 400, "foto.jpg"),
]


@pytest.mark.parametrize(("fields", "status", "word"), BAD)
def test_bad_input_gets_the_standards_error_and_keeps_nothing(post, fields, status, word):
    response = post(**fields)
    error = ET.fromstring(response.content)
    assert (error.tag, response.status_code) == ("errors", status)
    assert error.findtext("error/code") == str(status) and word in error.findtext("error/description")
    assert Complaint.objects.count() == 0


def test_a_required_question_without_answer_is_named():
    rows = [{"code": "FLAME", "datatype": "string", "required": True, "values": []}]
    with pytest.raises(Refused, match=r"attribute\[FLAME\] is required"):
        open311.answers(rows, {})


def test_control_characters_do_no_harm(post, get):
    found = number(post(description=f"{TEXT} \x00\x0b\ud83d".encode("utf-8", "replace").decode()))
    Complaint.objects.update(published=True, public_text=PUBLIC + "\x0b")
    assert ET.fromstring(get(f"v2/requests/{found}.xml").content).findtext("request/description") == PUBLIC
    assert get("v2/requests.xml", service_request_id="a\x00b", jurisdiction_id="x\x00").status_code == 404


# --- once only


def test_the_same_content_within_24_hours_is_one_case_later_a_new_one(post):
    first = number(post())
    assert number(post(at=NOW + timedelta(hours=23, minutes=59))) == first
    later = number(post(at=NOW + timedelta(hours=24, minutes=1)))
    assert later != first and Complaint.objects.count() == 2


def test_the_day_changes_but_not_the_case(post):
    first = number(post(at=wib("2026-04-29 23:50")))
    assert number(post(at=wib("2026-04-30 00:10"))) == first


def test_another_client_or_place_is_another_case(post, regency):
    other = machine_actions.register_client(actor=regency.head, name="Lain", contact="")[1]
    assert len({number(post()), number(post(api_key=other)), number(post(lat="0.39422"))}) == 3


def test_an_idempotency_key_is_the_same_for_ever_and_guards_its_body(post):
    key = {"Idempotency-Key": "abc-1"}
    first = number(post(headers=key))
    assert number(post(headers=key, at=NOW + timedelta(days=3))) == first
    assert post(headers=key, description=TEXT + " Ada ikan mati.").status_code == 409
    assert post(headers=key, phone="081234567890").status_code == 409
    assert Complaint.objects.count() == 1


def test_a_token_leads_to_the_number_at_once(post, get):
    found = number(post())
    token = Complaint.objects.get().submission
    assert get(f"v2/tokens/{token}.json").json() == [{"service_request_id": found, "token": str(token)}]
    assert get("v2/tokens/123.xml").status_code == 404


# --- reading


@pytest.fixture
def published(filed, regency, clock):
    """A published case of a named reporter."""

    def make(at="2026-04-29 09:00", mode=ReporterMode.NAMED, **given):
        who = {"name": "Nurlela", "phone": "+6281234567890", "email": "nurlela@example.org"}
        with clock(wib(at)):
            complaint = filed(at, mode=mode, who=who, **({"first_seen_at": wib(at)} | given)).complaint
            actions.publish(actor=regency.reviewer, complaint=complaint, public_text=PUBLIC, at=wib(at))
        return complaint

    return make


def test_r13_strangers_see_the_reviewers_words_and_the_cell(published, get):
    complaint = published()
    one = get(f"v2/requests/{complaint.case.number}.json").json()[0]
    assert (one["lat"], one["long"], one["description"]) == (0.3925, 101.8425, PUBLIC)
    assert (
        one["address"] == "Pangkalan Kerinci Kota"
        and one["requested_datetime"] == "2026-04-29T09:00:00+07:00"
    )
    assert one["expected_datetime"] == "2026-06-18T00:00:00+07:00"
    assert not {"email", "phone", "first_name", "last_name", "name"} & set(one)


@pytest.mark.parametrize("mode", [ReporterMode.CONFIDENTIAL, ReporterMode.ANONYMOUS])
def test_r13_a_hidden_reporters_case_has_no_point(published, get, mode):
    one = get(f"v2/requests/{published(mode=mode).case.number}.json").json()[0]
    assert one["lat"] is None and one["long"] is None


def test_r2_what_is_not_published_does_not_exist_for_others(post, get, key):
    found = number(post())
    assert get(f"v2/requests/{found}.xml").status_code == 404
    assert get("v2/requests.json").json() == []
    mine = get(f"v2/requests/{found}.json", api_key=key).json()[0]
    assert (mine["description"], mine["lat"]) == (TEXT, 0.39421)
    assert get(f"v2/requests/{found}.json", api_key="wrong").status_code == 403


def test_another_client_does_not_see_it_either(post, get, regency):
    found = number(post())
    other = machine_actions.register_client(actor=regency.head, name="Lain", contact="")[1]
    assert get(f"v2/requests/{found}.json", api_key=other).status_code == 404


def test_a_closed_client_has_no_access(regency, get, key):
    machine_actions.close_client(actor=regency.head, client=Client.objects.get())
    assert get("v2/requests.json", api_key=key).status_code == 403


def test_filters(published, get):
    early, late = published("2026-04-20 09:00"), published("2026-04-29 09:00", service_code="S01")
    numbers = {early.case.number, late.case.number}

    def asked(**query):
        return {one["service_request_id"] for one in get("v2/requests.json", **query).json()}

    assert asked() == numbers
    assert asked(service_code="S01,W05") == {late.case.number}
    assert asked(status="closed") == set() and asked(status="open,closed") == numbers
    assert asked(service_request_id=f"{early.case.number},PLH-1", status="closed") == {early.case.number}
    window = {"start_date": "2026-04-19T00:00:00Z", "end_date": "2026-04-21T00:00:00Z"}
    assert asked(**window) == {early.case.number}
    assert asked(updated_after="2026-04-25T00:00:00+07:00") == {late.case.number}
    assert len(asked(page="1", page_size="1")) == 1 and asked(page="1", page_size="1") != asked(
        page="2", page_size="1"
    )


def test_a_change_brings_an_old_request_into_the_window(published, regency, get):
    complaint = published("2026-03-02 09:00")
    actions.take_up(actor=regency.reviewer, complaint=complaint, at=wib("2026-04-29 09:30"))
    window = {"start_date": "2026-04-29T02:00:00Z", "end_date": "2026-04-29T03:00:00Z"}
    assert [one["service_request_id"] for one in get("v2/requests.json", **window).json()] == [
        complaint.case.number
    ]


def test_status_follows_the_state_and_a_merged_one_its_incident(published, filed, regency, get):
    lead, other = published(), published("2026-04-29 09:10")
    actions.merge(actor=regency.reviewer, complaint=other, lead=lead, at=wib("2026-04-29 09:30"))
    assert get(f"v2/requests/{other.case.number}.json").json()[0]["status"] == "open"
    lead.refresh_from_db()
    type(lead.case).objects.filter(pk=lead.case_id).update(state="answered")
    assert get(f"v2/requests/{other.case.number}.json").json()[0]["status"] == "closed"
    closed = {one["service_request_id"] for one in get("v2/requests.json", status="closed").json()}
    assert closed == {lead.case.number, other.case.number}
    assert get("v2/requests.json", status="open").json() == []


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ({"start_date": "2026-04-01T00:00:00", "end_date": "2026-04-02T00:00:00Z"}, "zone"),
        ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-04-02T00:00:00Z"}, "90 days"),
        ({"start_date": "2026-04-03T00:00:00Z", "end_date": "2026-04-02T00:00:00Z"}, "before"),
        ({"start_date": "yesterday"}, "W3C"),
        ({"start_date": "0001-01-01T00:00:00+14:00"}, "range"),
        ({"status": "fixed"}, "open or closed"),
        ({"page": "0"}, "page"),
        ({"page_size": "1001"}, "page_size"),
    ],
)
def test_bad_filters_are_refused(regency, get, query, word):
    response = get("v2/requests.xml", **query)
    assert response.status_code == 400
    assert word in ET.fromstring(response.content).findtext("error/description")


def test_other_methods_and_formats(regency, client):
    assert client.delete(f"{V2}/requests.xml").status_code == 405
    assert client.get(f"{V2}/requests.csv").status_code == 404
    assert client.get(f"{V2}/requests/PLH-1405-2026-999999.xml").status_code == 404
    assert client.head(f"{V2}/services.xml").status_code == 200


def test_r12_only_checked_bare_photos_are_shown(published, regency, get, client):
    complaint = published()
    actions.attach(
        actor=regency.intake,
        complaint=complaint,
        files=(actions.intake.Accepted("foto.jpg", "photo", "image/jpeg", photo().read()),),
        at=NOW,
    )
    piece = complaint.attachments.get()
    assert get(f"v2/requests/{complaint.case.number}.json").json()[0]["media_url"] is None
    assert client.get(f"/open311/media/{piece.pk}.jpg").status_code == 404
    actions.check_blur(actor=regency.reviewer, complaint=complaint, attachment=piece, at=NOW)
    url = get(f"v2/requests/{complaint.case.number}.json").json()[0]["media_url"]
    picture = Image.open(
        io.BytesIO(b"".join(client.get(url.removeprefix("http://testserver")).streaming_content))
    )
    assert not picture.getexif()
    assert client.get("/open311/media/99999999999999999999.jpg").status_code == 404


def test_a_page_of_requests_takes_a_constant_number_of_statements(
    published, get, django_assert_max_num_queries
):
    published("2026-04-28 09:00")
    get("v2/requests.json")
    with django_assert_max_num_queries(5):
        get("v2/requests.json")
    for minute in range(10, 20):
        published(f"2026-04-28 09:{minute}")
    with django_assert_max_num_queries(5):
        assert len(get("v2/requests.json").json()) == 11


def test_perl_xml_simple_reads_every_document(post, published, get, key):
    found = number(post())
    published()
    assert len(perl(get("v2/services.xml").content)["service"]) == 20
    attributes = perl(get("v2/services/W01.xml").content)["attributes"]["attribute"]
    assert attributes[0]["code"] == "FISH_DEAD"
    assert [value["key"] for value in attributes[0]["values"]["value"]] == ["none", "some", "many"]
    made = perl(post(at=NOW + timedelta(minutes=5)).content)
    assert made["request"][0]["service_request_id"] == found
    assert len(perl(get("v2/requests.xml", api_key=key).content)["request"]) == 2
    assert perl(get(f"v2/requests/{found}.xml").content)["error"][0]["code"] == "404"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fmt", ["json", "xml"])
def test_acceptance_3_georeport_reads_services_a_definition_and_a_request(live_server, published, clock, fmt):
    complaint = published()
    reader = GeoReport(f"{live_server.url}/open311/v2/", jurisdiction="pelalawankab.go.id", output_format=fmt)
    assert {one["service_code"] for one in reader.get_service_list()} >= {"W01", "F01", "O99"}
    assert reader.get_service_definition("W01")["service_code"] == "W01"
    assert reader.get_service_request(complaint.case.number)["service_request_id"] == complaint.case.number
    found = reader.get_service_requests(start_date="2026-04-28T00:00:00Z", end_date="2026-04-30T00:00:00Z")
    one = found[0] if isinstance(found, list) else found
    assert one["service_request_id"] == complaint.case.number


@given(some.dictionaries(some.text(max_size=12), some.lists(some.text(max_size=30), max_size=3), max_size=8))
def test_any_form_is_read_or_refused(fields):
    try:
        open311.parse_post({"service_code": ["W01"], **fields})
    except Refused as refusal:
        assert refusal.status == 400


@given(
    some.dictionaries(
        some.sampled_from(["start_date", "end_date", "page", "status", "updated_after"]),
        some.text(max_size=30),
    )
)
def test_any_query_is_read_or_refused(query):
    try:
        open311.parse_query(query, NOW)
    except Refused as refusal:
        assert refusal.status == 400


@given(
    some.recursive(
        some.none() | some.booleans() | some.text(), lambda inner: some.dictionaries(some.just("code"), inner)
    )
)
def test_any_text_becomes_xml_that_can_be_read(value):
    ET.fromstring(open311.render("xml", "errors", [{"description": value}]))
