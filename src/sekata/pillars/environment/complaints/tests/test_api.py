"""The JSON API.

Filing and following as a program does it, its limits, its contract (schemathesis, committed document).
"""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis import checks

from sekata.kernel.journal.models import Event
from sekata.kernel.people.models import Attempt
from sekata.lib import codes
from sekata.pillars.environment.complaints import actions, api
from sekata.pillars.environment.complaints.codes import ReporterMode
from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.tests.conftest import VILLAGE, wib
from sekata.site import openapi
from sekata.site.wsgi import application

pytestmark = pytest.mark.django_db

URL = "/api/v1/complaints/"
NOW = wib("2026-04-29 10:00")
DOCUMENT = Path(__file__).parents[6] / "docs" / "openapi.json"
BODY = {
    "service_code": "W01",
    "description": "Air sungai hitam dan berbau sejak subuh, ikan mengapung.",
    "point": {"lat": 0.39421, "lon": 101.84378, "accuracy_m": 12, "source": "gps"},
    "media_affected": ["water"],
    "first_seen_at": "2026-04-29T06:00:00+07:00",
    "attributes": {"FISH_DEAD": ["many"]},
}
NAMED = {"mode": "named", "name": "Nurlela Sari", "phone": "0812-3456-7890", "email": "nurlela@example.org"}


@pytest.fixture
def post(client, regency, clock):
    def send(key=None, at=NOW, **changes):
        body = {name: value for name, value in (BODY | changes).items() if value is not None}
        headers = {"Idempotency-Key": str(key or uuid4())}
        with clock(at):
            return client.post(URL, body, "application/json", headers=headers)

    return send


@pytest.fixture
def track(client, clock):
    def look(number, code, at=NOW + timedelta(minutes=5), sender="10.0.0.1"):
        with clock(at):
            return client.get(f"{URL}{number}", headers={"Tracking-Code": code}, REMOTE_ADDR=sender)

    return look


def reasons(response) -> dict[str, str]:
    return {reason["field"]: reason["code"] for reason in response.json()["reasons"]}


def test_acceptance_1_review_and_total_are_due_by_the_r4_calendar(post, track):
    answer = post()
    assert answer.status_code == 201
    told = answer.json()
    assert told["due"] == {"review": "2026-05-07", "total": "2026-06-17"}
    assert track(told["number"], told["code"]).json()["due"] == told["due"]


def test_acceptance_2_r1_the_code_has_ten_characters_and_a_right_check(post):
    told = post().json()
    assert codes.is_valid(told["code"]) and len(codes.normalise(told["code"])) == 10
    assert told["number"] == "PLH-1405-2026-000001" and told["state"] == "received"


def test_r2_of_an_anonymous_reporter_nothing_is_kept(post):
    post(reporter=NAMED | {"mode": "anonymous"})
    complaint = Complaint.objects.get()
    assert complaint.identity is None and Event.objects.get(kind="complaints.filed").actor_kind == "anonymous"


def test_a_named_reporters_number_is_stored_in_e164(post):
    assert post(reporter=NAMED).status_code == 201
    identity = actions.intake.vault.use(Complaint.objects.select_related("identity").get().identity)
    assert identity["phone"] == "+6281234567890" and identity["name"] == "Nurlela Sari"


def test_the_same_submission_gives_the_same_answer_and_another_body_a_conflict(post):
    key = uuid4()
    first, again = post(key), post(key, at=NOW + timedelta(minutes=1))
    assert (first.status_code, again.status_code) == (201, 200) and first.json() == again.json()
    assert post(key, description="Sesuatu yang lain sama sekali dari laporan pertama.").status_code == 409
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "status", "field", "code"),
    [
        ({"service_code": "X77"}, 404, "service_code", "unknown_service"),
        ({"description": "pendek"}, 422, "description", "description_short"),
        ({"incident_at": "2026-05-29T06:00:00+07:00"}, 422, "incident_at", "incident_future"),
        ({"point": {"lat": -6.2, "lon": 106.8}}, 422, "lat", "outside"),
        ({"village_code": "14.05.99.2001"}, 422, "village_code", "unknown_village"),
        ({"attributes": {"FISH_DEAD": ["lots"]}}, 422, "attribute[FISH_DEAD]", "attribute"),
        ({"reporter": NAMED | {"phone": "12"}}, 422, "phone", "phone_invalid"),
        ({"reporter": NAMED | {"email": "nurlela"}}, 422, "email", "email_invalid"),
        ({"reporter": NAMED | {"nik": "123"}}, 422, "nik", "nik_length"),
    ],
)
def test_bad_content_is_refused_at_its_field_and_keeps_nothing(post, changes, status, field, code):
    response = post(**changes)
    assert response.status_code == status and reasons(response) == {field: code}
    assert Complaint.objects.count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"description": "x" * 4001},
        {"first_seen_at": "2026-04-29T06:00:00"},
        {"first_seen_at": "0001-01-01T00:00:00+14:00"},
        {"media_affected": ["fire"]},
        {"surprise": 1},
        {"service_code": None},
    ],
)
def test_a_malformed_request_is_told_where(post, changes):
    response = post(**changes)
    assert response.status_code == 422 and response.json()["reasons"][0]["field"].startswith("body.body")


def test_a_submission_must_have_its_key(client, regency):
    assert client.post(URL, BODY, "application/json").status_code == 422


def test_control_characters_and_lone_surrogates_do_no_harm(client, regency):
    body = b'{"service_code": "W01", "description": "Air sungai hitam \\u0000 \\ud800 berbau sejak subuh"}'
    response = client.post(URL, body, "application/json", headers={"Idempotency-Key": str(uuid4())})
    assert response.status_code in (201, 422)


def test_r3_a_short_report_is_taken_and_asked_about(post, track):
    told = post(point=None, media_affected=[], first_seen_at=None).json()
    assert told["state"] == "incomplete"
    seen = track(told["number"], told["code"]).json()
    assert "peta" in seen["questions"][0]["text"] and seen["questions"][0]["answered"] is False


def test_the_timeline_has_public_sentences_and_no_officers_name(post, track, regency):
    told = post().json()
    complaint = Complaint.objects.select_related("case").get()
    actions.take_up(actor=regency.reviewer, complaint=complaint, at=NOW + timedelta(minutes=2))
    seen = track(told["number"], told["code"].lower().replace("-", " "))
    body = seen.json()
    assert [entry["state"] for entry in body["timeline"]] == ["received", "under_review"]
    assert body["unit"] == "Bidang Penaatan" and "REVIEWER" not in seen.content.decode()


def test_a_supporters_code_opens_the_case_too(post, track):
    told = post().json()
    _, code = actions.support(
        actor=actions.intake.NOBODY, complaint=Complaint.objects.get(), submission=uuid4(), at=NOW
    )
    assert track(told["number"], code).status_code == 200


def test_r1_a_mistyped_code_is_told_before_any_lookup_and_all_others_alike(post, track):
    told = post().json()
    assert reasons(track(told["number"], "K7Q29F3XMB")) == {"code": "code_mistyped"}
    wrong = codes.generate()
    unknown, missing = track(told["number"], wrong), track("PLH-1405-2026-999999", wrong)
    assert (unknown.status_code, missing.status_code) == (404, 404) and unknown.content == missing.content
    assert track("PLH-1405-2026-999999", told["code"]).content == unknown.content


def test_r1_ten_wrong_codes_of_one_sender_close_the_door_for_an_hour(post, track):
    told = post().json()
    for _ in range(10):
        assert track(told["number"], codes.generate()).status_code == 404
    shut = track(told["number"], told["code"])
    assert shut.status_code == 429 and shut["Retry-After"] == "3600"
    assert track(told["number"], told["code"], sender="10.0.0.2").status_code == 200
    assert track(told["number"], told["code"], at=NOW + timedelta(hours=1, minutes=6)).status_code == 200
    assert "10.0.0.1" not in str(list(Attempt.objects.values()))


@pytest.fixture
def published(filed, regency):
    def make(at="2026-04-29 09:00", mode=ReporterMode.NAMED, **given):
        who = {} if mode == ReporterMode.ANONYMOUS else {"name": "Nurlela", "phone": "+6281234567890"}
        complaint = filed(at, mode=mode, who=who, **given).complaint
        text = "Air sungai menghitam; sedang kami periksa."
        actions.publish(actor=regency.reviewer, complaint=complaint, public_text=text, at=wib(at))
        return complaint

    return make


def test_the_public_list_is_paged_by_key_and_shows_public_places(published, filed, client):
    filed()
    made = [published(f"2026-04-29 09:{minute:02}").case.number for minute in range(5)]
    seen, query = [], {"limit": 2}
    while True:
        page = client.get(URL, query).json()
        seen += [one["number"] for one in page["results"]]
        if page["next"] is None:
            break
        query["before"] = page["next"]
    assert seen == made[::-1]
    one = page["results"][0]
    assert one["point"] == {"lat": 0.3925, "lon": 101.8425, "exact": False} and one["month"] == "2026-04"


def test_r13_the_public_list_gives_no_point_of_a_hidden_reporter(published, client):
    published(mode=ReporterMode.CONFIDENTIAL)
    (one,) = client.get(URL, {"group": "water", "service_code": "W01"}).json()["results"]
    assert one["point"] is None and one["village"] == "Pangkalan Kerinci Kota" and VILLAGE
    assert client.get(URL, {"group": "waste"}).json()["results"] == []


def test_the_public_list_takes_a_constant_number_of_statements(
    published, client, django_assert_max_num_queries
):
    for minute in range(10, 20):
        published(f"2026-04-29 09:{minute}")
    client.get(URL)
    with django_assert_max_num_queries(3):
        assert len(client.get(URL).json()["results"]) == 10


def test_service_types_have_their_questions(regency, client):
    found = {one["code"]: one for one in client.get(f"{URL}service-types").json()}
    assert len(found) == 20 and found["W01"]["group"] == "water"
    assert [question["code"] for question in found["A01"]["questions"]] == ["WHEN", "HEALTH_COMPLAINT"]


# --- the contract


def test_the_committed_openapi_document_is_the_one_we_serve():
    renew = "the API has changed: .venv/bin/python -m sekata.site.openapi > docs/openapi.json"
    assert DOCUMENT.exists() and DOCUMENT.read_text() == openapi.text(), renew


def test_every_field_and_parameter_of_the_room_says_what_it_means(client):
    document = client.get("/api/openapi.json").json()
    ours = [
        name for name, kept in vars(api).items() if isinstance(kept, type) and issubclass(kept, api.Schema)
    ]
    for name in set(ours) & set(document["components"]["schemas"]):
        for field, told in document["components"]["schemas"][name].get("properties", {}).items():
            assert told.get("description"), f"{name}.{field}"
    for path in (path for path in document["paths"] if path.startswith("/api/v1/complaints")):
        for verb in document["paths"][path].values():
            assert verb.get("summary") and all(
                one.get("description") for one in verb.get("parameters", [])
            ), path


@pytest.fixture
def house(published):
    """A house with a published case.

    Requests share the test's transaction, as those of Django's test client do.
    """
    published()
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


SCHEMA = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.missing_required_header,
]


@SCHEMA.parametrize()
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_request_breaks_the_house_and_every_answer_conforms(case, house):
    """The whole API, called as a WSGI application in this process.

    Half of the filings name a type that exists.
    """
    if isinstance(case.body, dict) and len(str(case.body.get("service_code", ""))) % 2:
        case.body = case.body | {"service_code": "W01"}
    case.call_and_validate(checks=CHECKS)
