"""The visit: its checklist by kind, its outcome and its end, from the field page to the signed report."""

import subprocess
from uuid import uuid4

import pytest

from sekata.kernel.documents import queries as documents
from sekata.kernel.journal.models import Event
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints import actions, rules, tables
from sekata.pillars.environment.complaints.models import CustodyEntry, Sample
from sekata.pillars.environment.complaints.queries.checks import checks_of
from sekata.pillars.environment.complaints.tests.desk import (
    HOME,
    address,
    counted,
    fresh,
    sampled,
    sign_in,
    visited,
    wib,
)
from sekata.pillars.environment.complaints.tests.material import SERVICES, codes

pytestmark = pytest.mark.django_db
NOW = "2026-04-29 16:00"
CHECKS = tables.seed_rows(tables.VISIT_CHECK)
OUTCOME = "Air hitam di titik keluar; pengelola diminta menutup saluran."
MINUTES = {
    "kind": "verification", "place": "Tepi sungai", "text": "Air diambil pada tiga titik, saksi melihat.",
    "name_1": "Hendri", "role_1": "inspector", "signing_1": "refused",
}  # fmt: skip


@pytest.mark.parametrize("service", SERVICES)
def test_every_kind_has_its_list_in_order(service):
    found = rules.visit_checks(CHECKS, service, SERVICES[service]["group"])
    keys = [key for key, _row in found]
    assert keys[:3] == ["shown", "witness", "as_reported"]
    assert [row["order"] for _key, row in found] == sorted(row["order"] for _key, row in found)
    assert any(row["required"] for _key, row in found)


@pytest.mark.parametrize(
    ("service", "inside", "outside"),
    [
        ("W02", {"outfall", "bypass", "approval"}, {"stack", "peat", "labels"}),
        ("W01", {"outfall", "drawn_water"}, {"bypass", "approval"}),
        ("A01", {"stack", "wind", "approval"}, {"outfall"}),
        ("F01", {"out", "peat"}, {"canal", "heap"}),
        ("B01", {"fenced", "labels"}, {"heap"}),
        ("O99", set(), {"outfall", "out", "heap"}),
    ],
)
def test_items_follow_the_kind(service, inside, outside):
    keys = {key for key, _row in rules.visit_checks(CHECKS, service, SERVICES[service]["group"])}
    assert inside <= keys and not outside & keys


def test_all_kinds_named_exist():
    groups = {row["group"] for row in SERVICES.values()}
    assert {kind for row in CHECKS.values() for kind in row["kinds"]} <= groups | SERVICES.keys()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"shown": {"answer": "yes"}}, []),
        ({"shown": {"answer": "na", "note": "tidak ada orang"}}, []),
        ({"shown": {"answer": "na", "note": "  "}}, ["check_note"]),
        ({"shown": {"answer": "mungkin"}}, ["check_answer"]),
        ({"stack": {"answer": "yes"}}, ["check_unknown"]),
    ],
)
def test_an_answer_belongs_to_its_item(told, said):
    found = rules.visit_checks(CHECKS, "W01", "water")
    assert codes(rules.check_reasons(found, told)) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, []),
        ({"arrived_at": None}, ["not_arrived"]),
        ({"finished_at": wib("2026-04-29 14:59")}, ["finished_early"]),
        ({"outcome": "selesai"}, ["outcome"]),
        ({"minutes": ["photo_video"]}, ["minutes_missing"]),
        ({"left": ["Sumber dipotret"]}, ["checks_left"]),
        ({"left": ["Sumber dipotret"], "minutes": ["refusal_of_entry"]}, []),
    ],
)
def test_a_visit_ends_when_its_work_is_done(given, said):
    usual = {
        "arrived_at": wib("2026-04-29 15:00"), "finished_at": wib(NOW), "outcome": OUTCOME,
        "minutes": ["verification"], "left": [],
    }  # fmt: skip
    assert codes(rules.finish_reasons(**usual | given)) == said


# --- in the room


@pytest.fixture
def task(filed, regency, clock):
    with clock(wib(NOW)):
        yield visited(filed().complaint, regency)


def answers_of(task, **changed) -> dict[str, str]:
    needed = [key for key, row in checks_of(fresh(task.incident.lead)) if row["required"]]
    return dict.fromkeys(needed, "yes") | changed


def page_of(task, code: str = "") -> str:
    return f"{HOME}lapangan/{task.pk}/{code}/" if code else f"{HOME}lapangan/{task.pk}/"


def post(client, task, code: str, told: dict, **more) -> object:
    return client.post(page_of(task, code), {"client_id": str(uuid4())} | told | more)


def test_a_visit_from_list_to_end_and_into_the_report(client, task, regency):
    sign_in(client, regency.inspector)
    told = answers_of(task, dead_fish="yes", dead_fish_note="sekitar 40 ekor baung")
    assert post(client, task, "record_checklist", told).status_code == 302
    assert post(client, task, "record_minutes", MINUTES).status_code == 302
    answer = post(client, task, "finish_visit", {"outcome": OUTCOME})
    assert answer.status_code == 302, answer.context["form"].errors
    task.refresh_from_db()
    assert (task.outcome, task.finished_at) == (OUTCOME, wib(NOW))
    assert task.checklist["dead_fish"] == {
        "answer": "yes", "note": "sekitar 40 ekor baung", "at": "2026-04-29T09:00:00+00:00",
        "by": regency.inspector.person,
    }  # fmt: skip
    page = client.get(address(fresh(task.incident.lead), "lapangan")).content.decode()
    assert OUTCOME in page and "sekitar 40 ekor baung" in page and "Ikan atau biota lain mati" in page
    assert "Belum ada kunjungan untuk Anda" in client.get(f"{HOME}lapangan/").content.decode()
    assert OUTCOME in printed_report(task, regency)


def printed_report(task, regency) -> str:
    case = fresh(task.incident.lead)
    actions.sign_report(
        actor=regency.inspector, complaint=case, finding="no_violation",
        facts="Tim menemukan air hitam di titik keluar.", legal_reading="UU 32/2009 pasal 53",
        recommendation="Tutup saluran dan pantau.", public_summary="Pemeriksaan selesai, saluran ditutup.",
    )  # fmt: skip
    actions.approve_report(actor=regency.head, complaint=case)
    paper = documents.of_case(case.pk).get(kind="complaints.report")
    shown = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=documents.content(paper), capture_output=True, check=True
    )
    text = " ".join(shown.stdout.decode().split())
    assert "sekitar 40 ekor baung" in text and "Pekerjaan lapangan selesai pada" in text
    return text


def test_r7_the_limit_of_the_report_counts_from_the_end_of_the_field_work(client, filed, regency, clock):
    with clock(wib("2026-05-04 09:00")):
        task = visited(filed().complaint, regency)
        case = fresh(task.incident.lead).case
        before = case.timers.get(code="report", stopped_at=None).due_at
        sign_in(client, regency.inspector)
        post(client, task, "record_checklist", answers_of(task))
        post(client, task, "record_minutes", MINUTES)
        post(client, task, "finish_visit", {"outcome": OUTCOME})
    after = case.timers.get(code="report", stopped_at=None).due_at
    assert before == wib("2026-05-08 00:00") and after == wib("2026-05-12 00:00")


def test_what_is_left_open_is_named_and_nothing_is_finished(client, task, regency):
    sign_in(client, regency.inspector)
    post(client, task, "record_checklist", {"shown": "yes"})
    answer = post(client, task, "finish_visit", {"outcome": OUTCOME})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Daftar periksa belum lengkap" in page and "berita acara" in page
    task.refresh_from_db()
    assert task.finished_at is None and task.outcome == ""


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({}, "__all__"),
        ({"shown_note": "ditunjukkan"}, "shown"),
        ({"shown": "na"}, "shown_note"),
        ({"shown": "barangkali"}, "shown"),
    ],
)
def test_an_answer_that_cannot_stand_is_refused_at_its_field(client, task, regency, told, field):
    answer = post(sign_in(client, regency.inspector), task, "record_checklist", told)
    assert answer.status_code == 422 and field in answer.context["form"].errors
    task.refresh_from_db()
    assert task.checklist == {}


def test_of_two_answers_the_later_written_one_stands_however_they_arrive(client, task, regency):
    late = {"as_reported": "no", "device_time": "2026-04-29T08:40:00Z"}
    early = {"as_reported": "yes", "shown": "yes", "device_time": "2026-04-29T08:10:00Z"}
    sign_in(client, regency.inspector)
    post(client, task, "record_checklist", late)
    sign_in(client, regency.inspector2)
    post(client, task, "record_checklist", early)
    task.refresh_from_db()
    assert {key: told["answer"] for key, told in task.checklist.items()} == {
        "as_reported": "no",
        "shown": "yes",
    }


def test_only_the_team_writes_about_its_visit_and_an_ended_one_stands(client, task, regency):
    case = fresh(task.incident.lead)
    told = {"answers": {"shown": {"answer": "yes"}}, "checked_at": wib(NOW)}
    with pytest.raises(Refused) as stranger:
        actions.record_checklist(actor=regency.inspector3, complaint=case, task=task, **told)
    assert stranger.value.status == 403
    sign_in(client, regency.inspector)
    post(client, task, "record_checklist", answers_of(task))
    post(client, task, "record_minutes", MINUTES)
    post(client, task, "finish_visit", {"outcome": OUTCOME})
    with pytest.raises(Refused) as ended:
        actions.record_checklist(actor=regency.inspector, complaint=case, task=task, **told)
    assert ended.value.status == 409
    assert "record_checklist" not in client.get(address(case)).content.decode()
    assert Event.objects.filter(kind="complaints.visit.finished").count() == 1


def test_the_list_of_the_day_of_receipt_is_asked(client, task, regency):
    page = sign_in(client, regency.inspector).get(page_of(task)).content.decode()
    assert "Titik keluar air limbah ditemukan" in page and "Api sudah padam" not in page


def test_the_field_page_costs_the_same_for_every_list(client, task, regency):
    sign_in(client, regency.inspector)
    client.get(page_of(task))
    with counted(34):
        client.get(page_of(task))


# --- one stretch without a signal: a sample and its handing over


def handing(sample_id, **told) -> dict[str, str]:
    return {
        "sample": str(sample_id), "giver": "Inspector", "taker": "Kurir", "seal_no": "S-1", "condition": "Utuh",
    } | told  # fmt: skip


def test_r12_a_sample_and_its_handover_of_one_stretch_are_each_taken_once(client, task, regency):
    sign_in(client, regency.inspector)
    key = str(uuid4())
    sample = {"client_id": key, "label": "SGT-20260429-01", "matrix": "surface_water", "position": "outfall",
              "device_time": "2026-04-29T08:10:00Z"}  # fmt: skip
    first = handing(key, client_id=str(uuid4()), device_time="2026-04-29T08:20:00Z")
    second = handing(
        key, client_id=str(uuid4()), giver="Kurir", taker="Laboratorium", laboratory="UPT Lab",
        accreditation="LP-812-IDN", seal_no="S-2", device_time="2026-04-29T08:50:00Z",
    )  # fmt: skip
    for _time in range(2):
        for code, told in (("take_sample", sample), ("hand_over", first), ("hand_over", second)):
            answer = client.post(page_of(task, code), told)
            assert answer.status_code == 302, answer.context["form"].errors
    held = Sample.objects.get()
    assert list(held.custody.order_by("place").values_list("giver", "taker", "at")) == [
        ("Inspector", "Kurir", wib("2026-04-29 15:20")),
        ("Kurir", "Laboratorium", wib("2026-04-29 15:50")),
    ]
    assert held.laboratory == "UPT Lab"


def test_a_handover_that_comes_before_its_sample_waits_with_words(client, task, regency):
    sign_in(client, regency.inspector)
    key, told = str(uuid4()), handing(uuid4())
    answer = client.post(page_of(task, "hand_over"), told | {"client_id": key})
    assert answer.status_code == 422 and "belum kami terima" in answer.content.decode()
    assert not CustodyEntry.objects.exists()
    sample = {"client_id": told["sample"], "label": "SGT-20260429-01", "matrix": "surface_water",
              "position": "outfall"}  # fmt: skip
    client.post(page_of(task, "take_sample"), sample)
    assert client.post(page_of(task, "hand_over"), told | {"client_id": key}).status_code == 302
    assert CustodyEntry.objects.count() == 1


def test_a_sample_of_another_incident_is_not_handed_over_here(client, task, filed, regency):
    other = visited(filed("2026-04-29 10:05").complaint, regency)
    foreign = sampled(other.incident.lead, regency, other, label="XYZ-20260429-07")
    answer = post(sign_in(client, regency.inspector), task, "hand_over", handing(foreign.client_id))
    assert answer.status_code == 422 and not CustodyEntry.objects.exists()


def test_the_field_page_offers_handing_over_before_any_sample_has_arrived(client, task, regency):
    page = sign_in(client, regency.inspector).get(page_of(task)).content.decode()
    assert f'data-samples="{page_of(task, "take_sample")}"' in page
