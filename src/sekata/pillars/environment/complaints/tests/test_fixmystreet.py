"""FixMyStreet's client against us.

The sequence of its calls, its windows, its comments (perllib/Open311*.pm).
"""

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest

from sekata.kernel.notify.models import Message
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.actions import machine as machine_actions
from sekata.pillars.environment.complaints.codes import END_STATES, StateCode, fixmystreet_status
from sekata.pillars.environment.complaints.models import Complaint, ForeignUpdate
from sekata.pillars.environment.complaints.standards import fixmystreet
from sekata.pillars.environment.complaints.tests.conftest import wib
from sekata.pillars.environment.complaints.tests.test_open311 import perl

pytestmark = pytest.mark.django_db

V2 = "/open311/v2"
FILED, VISITED = wib("2026-04-29 10:00"), wib("2026-05-04 09:00")
DESCRIPTION = """title: Parit hitam

detail: Air parit di belakang pasar hitam dan berbau sejak pagi.

url: https://lapor.example.org/report/41

Submitted via FixMyStreet
"""
REPORT = {
    "jurisdiction_id": "pelalawankab.go.id",
    "lat": "0.39421",
    "long": "101.84378",
    "deviceid": "",
    "email": "nurlela@example.org",
    "first_name": "Nurlela",
    "last_name": "Sari",
    "phone": "081234567890",
    "description": DESCRIPTION,
    "service_code": "W01",
    "media_url": ["https://lapor.example.org/photo/41.0.jpeg", "https://lapor.example.org/photo/41.1.jpeg"],
    "attribute[fixmystreet_id]": "41",
    "attribute[FISH_DEAD]": "some",
    "attribute[easting]": "1",
}


class FixMyStreet:
    """The calls of Open311.pm, as its author wrote them.

    Endpoint + path, api_key on POST and updates only.
    """

    def __init__(self, client, key: str, clock):
        self.client, self.key, self.clock = client, key, clock

    def send_service_request(self, at) -> str:
        with self.clock(at):
            response = self.client.post(f"{V2}/requests.xml", REPORT | {"api_key": self.key})
        assert response.status_code in (200, 201), response.content
        return perl(response.content)["request"][0]["service_request_id"]

    def updates(self, start, end, now=None) -> list[dict]:
        query = {"api_key": self.key, "jurisdiction_id": "pelalawankab.go.id"}
        window = {"start_date": f"{start:%Y-%m-%dT%H:%M:%SZ}", "end_date": f"{end:%Y-%m-%dT%H:%M:%SZ}"}
        with self.clock(now or end):
            response = self.client.get(f"{V2}/servicerequestupdates.xml", query | window)
        assert response.status_code == 200, response.content
        return (
            perl(response.content).get("request_update", [])
            if b"<request_update>" in response.content
            else []
        )

    def post_update(self, at, number: str, **fields):
        usual = {
            "api_key": self.key, "jurisdiction_id": "pelalawankab.go.id", "update_id": "7001",
            "service_request_id": number, "service_request_id_ext": "41", "status": "OPEN",
            "updated_datetime": "2026-04-30T09:00:00+07:00", "description": "Masih berbau pagi ini.",
            "email": "nurlela@example.org", "first_name": "Nurlela", "last_name": "Sari", "title": "",
            "media_url": "https://lapor.example.org/photo/c7001.jpeg", "public_anonymity_required": "FALSE",
        }  # fmt: skip
        with self.clock(at):
            return self.client.post(f"{V2}/servicerequestupdates.xml", usual | fields)


@pytest.fixture
def street(client, regency, clock) -> FixMyStreet:
    key = machine_actions.register_client(actor=regency.head, name="FixMyStreet", contact="")[1]
    return FixMyStreet(client, key, clock)


def complaint_of(number: str) -> Complaint:
    return Complaint.objects.select_related("case", "incident").get(case__number=number)


@pytest.fixture
def visit(regency):
    """Take a complaint up to the officers' arrival."""

    def go(number: str, at=VISITED) -> Complaint:
        complaint = complaint_of(number)
        actions.take_up(actor=regency.reviewer, complaint=complaint, at=wib("2026-04-30 08:00"))
        task = actions.plan_verification(
            actor=regency.head, complaint=complaint, lead=regency.inspector.person, 
            members=[regency.inspector2.person], planned_at=at, at=wib("2026-04-30 09:00"),
        )  # fmt: skip
        actions.arrive(actor=regency.inspector, complaint=complaint, task=task, at=at)
        return complaint

    return go


def test_acceptance_4_its_report_returns_one_id_and_the_same_again_within_24_hours(street):
    first = street.send_service_request(FILED)
    assert street.send_service_request(FILED + timedelta(hours=23)) == first
    complaint = complaint_of(first)
    assert complaint.case.state == "received" and complaint.reporter_mode == "named"
    assert complaint.attributes == {"FISH_DEAD": "some"}
    systems = [ref["system"] for ref in complaint.external_refs]
    assert systems == ["media_url", "media_url", "fixmystreet"]


def test_acceptance_5_after_the_arrival_the_last_two_hours_have_one_investigating(street, visit):
    number = street.send_service_request(FILED)
    visit(number)
    now = VISITED + timedelta(minutes=30)
    found = street.updates(now - timedelta(hours=2), now)
    assert [(one["service_request_id"], one["status"]) for one in found] == [(number, "INVESTIGATING")]
    assert (
        found[0]["external_status_code"] == "verifying"
        and found[0]["description"] == "Petugas tiba di lokasi."
    )


def test_updates_come_once_in_order_inside_their_window_with_stable_ids(street, visit):
    number = street.send_service_request(FILED)
    visit(number)
    end = VISITED + timedelta(hours=1)
    whole = street.updates(FILED, end)
    assert [one["status"] for one in whole] == ["FOR_TRIAGE", "ACTION_SCHEDULED", "INVESTIGATING"]
    assert len({one["update_id"] for one in whole}) == 3
    assert street.updates(FILED, end) == whole
    for one in whole:
        at = fixmystreet.parse_moment(one["updated_datetime"], "t")
        assert FILED <= at <= end
        again = street.updates(at, at + timedelta(seconds=1))
        assert [other["update_id"] for other in again] == [one["update_id"]]
    assert street.updates(end, end + timedelta(hours=1)) == []


def test_only_the_clients_own_requests_have_updates(street, visit, client, regency, clock):
    visit(street.send_service_request(FILED))
    other = FixMyStreet(
        client, machine_actions.register_client(actor=regency.head, name="Lain", contact="")[1], clock
    )
    assert other.updates(FILED, VISITED) == []
    assert client.get(f"{V2}/servicerequestupdates.xml").status_code == 403


def test_a_merged_request_says_duplicate_and_then_what_becomes_of_its_incident(street, visit, filed, regency):
    number = street.send_service_request(FILED)
    lead = filed("2026-04-29 10:30").complaint
    joined = complaint_of(number)
    actions.merge(actor=regency.reviewer, complaint=joined, lead=lead, at=wib("2026-04-29 11:00"))
    visit(lead.case.number)
    found = street.updates(FILED, VISITED)
    assert [one["status"] for one in found] == [
        "DUPLICATE",
        "FOR_TRIAGE",
        "ACTION_SCHEDULED",
        "INVESTIGATING",
    ]
    assert {one["service_request_id"] for one in found} == {number}
    assert len({one["update_id"] for one in found}) == 4


def test_notes_and_questions_are_no_updates(street, regency):
    number = street.send_service_request(FILED)
    actions.ask(
        actor=regency.intake,
        complaint=complaint_of(number),
        text="Di anak sungai mana?",
        at=wib("2026-04-29 12:00"),
    )
    assert street.updates(FILED, wib("2026-04-29 13:00")) == []


def test_its_import_of_the_last_hour_finds_only_what_changed_in_it(street, regency, client, clock):
    """GetServiceRequests asks for an hour without api_key and drops rows whose updated_datetime lies outside
    it.
    """
    complaint = complaint_of(street.send_service_request(FILED))
    now = wib("2026-04-29 14:00")
    text = "Air parit menghitam; sedang kami periksa."
    actions.publish(
        actor=regency.reviewer, complaint=complaint, public_text=text, at=now - timedelta(minutes=10)
    )
    window = {
        "start_date": f"{now - timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}",
        "end_date": f"{now:%Y-%m-%dT%H:%M:%SZ}",
    }
    with clock(now):
        found = perl(
            client.get(f"{V2}/requests.xml", {"jurisdiction_id": "pelalawankab.go.id", **window}).content
        )
    (one,) = found["request"]
    updated = fixmystreet.parse_moment(one["updated_datetime"], "t")
    assert window["start_date"] <= f"{updated:%Y-%m-%dT%H:%M:%SZ}" <= window["end_date"]
    assert (one["lat"], one["long"], one["description"]) == ("0.3925", "101.8425", text)


def test_its_comment_enters_the_history_once_and_reaches_the_office(street, regency):
    number = street.send_service_request(FILED)
    first = street.post_update(wib("2026-04-30 09:05"), number)
    again = street.post_update(wib("2026-04-30 09:06"), number)
    ids = [perl(response.content)["request_update"][0]["update_id"] for response in (first, again)]
    assert ids[0] == ids[1] and ForeignUpdate.objects.count() == 1
    note = complaint_of(number).case.steps.get(transition="foreign_update")
    assert "Masih berbau pagi ini." in note.reason and "c7001.jpeg" in note.reason and note.says == ""
    assert (
        Message.objects.filter(person=regency.intake.person, template="complaints.foreign_update").count()
        == 1
    )
    told = str(list(ForeignUpdate.objects.values())) + note.reason
    assert "Nurlela" not in told and "nurlela@" not in told


def test_its_comment_on_a_closed_case_reaches_whoever_holds_it(street, visit, regency):
    number = street.send_service_request(FILED)
    complaint = visit(number)
    type(complaint.case).objects.filter(pk=complaint.case_id).update(state="closed", closed_at=VISITED)
    response = street.post_update(VISITED + timedelta(days=1), number)
    assert response.status_code == 200
    assert Message.objects.filter(
        person=complaint.case.holder_id, template="complaints.foreign_update"
    ).exists()


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"update_id": ""}, 400),
        ({"description": "", "media_url": ""}, 400),
        ({"status": "SOLVED"}, 400),
        ({"updated_datetime": "2026-04-30 09:00"}, 400),
        ({"service_request_id": "PLH-1405-2026-999999"}, 404),
        ({"api_key": "wrong"}, 403),
        ({"jurisdiction_id": "other"}, 404),
    ],
)
def test_bad_comments_are_refused(street, fields, status):
    number = street.send_service_request(FILED)
    assert street.post_update(wib("2026-04-30 09:05"), number, **fields).status_code == status
    assert ForeignUpdate.objects.count() == 0


def test_no_comment_on_anothers_request(street, filed):
    other = filed().complaint
    assert street.post_update(wib("2026-04-30 09:05"), other.case.number).status_code == 404


def test_every_state_has_a_word_that_the_client_knows_and_closed_sends_nothing():
    for state in StateCode:
        word = fixmystreet_status(state)
        assert (
            word is None if state == StateCode.CLOSED else word in fixmystreet.STATUSES - {"CLOSED", "REOPEN"}
        )
    assert fixmystreet_status("resolved", "source_unknown") == "NO_FURTHER_ACTION"
    assert fixmystreet_status("resolved") == "FIXED" and END_STATES


def test_updates_take_a_constant_number_of_statements(street, visit, client, django_assert_max_num_queries):
    visit(street.send_service_request(FILED))
    street.updates(FILED, VISITED)
    with django_assert_max_num_queries(4):
        street.updates(FILED, VISITED)


def test_updates_are_json_too(street, visit, client, clock):
    visit(street.send_service_request(FILED))
    with clock(VISITED + timedelta(hours=1)):
        found = client.get(f"{V2}/servicerequestupdates.json", {"api_key": street.key}).json()
    assert [one["status"] for one in found] == ["FOR_TRIAGE", "ACTION_SCHEDULED", "INVESTIGATING"]


def test_xml_of_no_updates_can_be_read(street):
    assert ET.fromstring(b"<?xml version='1.0'?><a/>").tag == "a" and street.updates(FILED, VISITED) == []
