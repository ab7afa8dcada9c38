"""The inspector's and the fire responder's pages: forms that may wait for a signal, each taken once."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sekata.kernel.journal.models import Event
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.codes import ReporterMode
from sekata.pillars.environment.complaints.models import (
    AirReading,
    Cluster,
    Complaint,
    CustodyEntry,
    Minutes,
    Sample,
)
from sekata.pillars.environment.complaints.queries.figures import latest_air
from sekata.pillars.environment.complaints.tests.desk import (
    HOME,
    address,
    fresh,
    picture,
    planned,
    sampled,
    sign_in,
    visited,
    wib,
)
from sekata.pillars.environment.complaints.views.field import FORMS

pytestmark = pytest.mark.django_db
NOW = "2026-04-29 16:00"
HEADER = (
    "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,instrument,"
    "confidence,version,bright_ti5,frp,daynight"
)
SIPONGI = "lat,long,date_hotspot,time_hotspot,sat,conf\n0.394,101.843,2026-04-29,06:12,TERRA,85\n"


@pytest.fixture(autouse=True)
def now(clock):
    with clock(wib(NOW)):
        yield


@pytest.fixture
def task(filed, regency):
    return planned(filed().complaint, regency)


def page_of(task, *parts):
    return f"{HOME}lapangan/" + "/".join([str(task.pk), *parts]) + "/"


def complaint_of(task) -> Complaint:
    return fresh(task.incident.lead)


def sample_form(**told):
    return {
        "client_id": str(uuid4()),
        "label": "SGT-20260429-01",
        "matrix": "surface_water",
        "position": "outfall",
    } | told


def minutes_form(**told):
    return {
        "client_id": str(uuid4()),
        "kind": "verification",
        "place": "Tepi sungai",
        "text": "Air diambil pada tiga titik, saksi melihat.",
        "name_1": "Hendri",
        "role_1": "inspector",
        "signing_1": "refused",
    } | told


def test_my_visits_are_mine(client, task, regency):
    assert str(task.pk) in sign_in(client, regency.inspector).get(f"{HOME}lapangan/").content.decode()
    assert (
        "Belum ada kunjungan" in sign_in(client, regency.inspector3).get(f"{HOME}lapangan/").content.decode()
    )
    assert client.get(page_of(task)).status_code == 404
    assert client.post(page_of(task, "arrive"), {}).status_code == 404
    assert sign_in(client, regency.reviewer).get(f"{HOME}lapangan/").status_code == 403


def test_one_page_holds_every_form_for_the_time_without_signal(client, task, regency):
    page = sign_in(client, regency.inspector).get(page_of(task)).content.decode()
    for code in FORMS:
        assert f'action="{page_of(task, code)}"' in page
    assert page.count("data-form-version=") == len(FORMS) == 7
    assert "Yang harus ada" in page and "hulu" in page


def test_the_checklist_follows_what_is_recorded(client, filed, regency):
    task = visited(filed().complaint, regency)
    complaint = complaint_of(task)
    sign_in(client, regency.inspector)
    done = {check.code: check.done for check in client.get(page_of(task)).context["checks"]}
    recorded = {"arrive", "sample", "photo", "minutes"}
    rest = dict.fromkeys(("looked", "finished", "report"), False)
    assert done == rest | dict.fromkeys(recorded, False) | {"arrive": True}
    for n, position in enumerate(("outfall", "upstream", "downstream"), 1):
        client.post(page_of(task, "take_sample"), sample_form(label=f"SGT-20260429-0{n}", position=position))
    client.post(page_of(task, "record_minutes"), minutes_form())
    client.post(page_of(task, "attach"), {"files": picture(), "client_id": str(uuid4())})
    done = {check.code: check.done for check in client.get(page_of(task)).context["checks"]}
    assert done == rest | dict.fromkeys(recorded, True)
    assert complaint.incident.samples.count() == 3


def test_a_form_sent_twice_is_one_row(client, task, regency):
    sign_in(client, regency.inspector)
    forms = {
        "arrive": {"client_id": str(uuid4()), "device_time": "2026-04-29T08:00:00.000Z"},
        "take_sample": sample_form(),
        "record_minutes": minutes_form(),
        "attach": {"client_id": str(uuid4())},
    }
    for code, told in forms.items():
        for _time in range(2):
            files = {"files": picture()} if code == "attach" else {}
            answer = client.post(
                page_of(task, code), told | files, headers={"Idempotency-Key": told["client_id"]}
            )
            assert answer.status_code == 302, (code, answer.context["form"].errors)
    complaint = complaint_of(task)
    assert (Sample.objects.count(), Minutes.objects.count(), complaint.attachments.count()) == (1, 1, 1)
    assert complaint.case.steps.filter(transition="arrive").count() == 1
    task.refresh_from_db()
    assert task.device_arrived_at == wib("2026-04-29 15:00") and task.arrived_at == wib(NOW)


def test_the_same_key_with_other_content_is_a_conflict(client, task, regency):
    sign_in(client, regency.inspector)
    told = sample_form()
    client.post(page_of(task, "take_sample"), told)
    answer = client.post(page_of(task, "take_sample"), told | {"label": "SGT-20260429-09"})
    assert answer.status_code == 409 and "isi yang berbeda" in answer.content.decode()
    assert Sample.objects.count() == 1


def test_a_refused_form_may_be_put_right_under_its_key(client, task, regency):
    sign_in(client, regency.inspector)
    told = sample_form(label="salah")
    refused = client.post(page_of(task, "take_sample"), told)
    assert refused.status_code == 422 and "data-errors" in refused.content.decode()
    assert client.post(page_of(task, "take_sample"), told | {"label": "SGT-20260429-01"}).status_code == 302


def test_a_case_that_moved_meanwhile_answers_with_words(client, task, regency):
    actions.arrive(actor=regency.inspector2, complaint=complaint_of(task), task=task, at=wib(NOW))
    answer = sign_in(client, regency.inspector).post(page_of(task, "arrive"), {"client_id": str(uuid4())})
    page = answer.content.decode()
    assert answer.status_code == 409 and "data-errors" in page and "Verifikasi lapangan" in page


def test_a_time_written_without_signal_is_the_devices(client, task, regency):
    sign_in(client, regency.inspector)
    client.post(page_of(task, "take_sample"), sample_form(device_time="2026-04-29T06:30:00.000Z"))
    assert Sample.objects.get().taken_at == wib("2026-04-29 13:30")
    client.post(
        page_of(task, "take_sample"), sample_form(label="SGT-20260429-02", device_time="2027-01-01T00:00:00Z")
    )
    assert Sample.objects.get(label="SGT-20260429-02").taken_at == wib(NOW)


def test_a_signature_on_the_glass_is_kept_by_its_hash(client, task, regency):
    told = minutes_form(signing_1="glass", signature_1=picture("signature_1.png", "PNG"))
    assert sign_in(client, regency.inspector).post(page_of(task, "record_minutes"), told).status_code == 302
    party = Minutes.objects.get().parties[0]
    assert len(party["signature"]) == 64 and (party["name"], party["signed"]) == ("Hendri", "glass")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"signing_1": "glass"}, "signature_1"),
        ({"signing_1": "paper"}, "signature_1"),
        ({"signing_1": ""}, "signing_1"),
        ({"name_2": "Darwis"}, "role_2"),
        ({"text": "pendek"}, "text"),
    ],
)
def test_minutes_say_how_each_party_signed(client, task, regency, told, field):
    answer = sign_in(client, regency.inspector).post(page_of(task, "record_minutes"), minutes_form(**told))
    assert answer.status_code == 422 and field in answer.context["form"].errors
    assert Minutes.objects.count() == 0


def test_a_disguised_signature_is_refused_at_its_field(client, task, regency):
    told = minutes_form(signing_1="paper", signature_1=SimpleUploadedFile("x.png", b"MZ not a picture"))
    answer = sign_in(client, regency.inspector).post(page_of(task, "record_minutes"), told)
    assert answer.status_code == 400 and list(answer.context["form"].errors) == ["signature_1"]


def test_acceptance_10_custody_without_a_gap(client, filed, regency):
    task = visited(filed().complaint, regency)
    sample = sampled(complaint_of(task), regency, task)
    sign_in(client, regency.inspector)
    form = {
        "sample": sample.client_id,
        "giver": "Hendri",
        "taker": "Kurir",
        "seal_no": "S-1",
        "condition": "Utuh",
    }
    assert client.post(page_of(task, "hand_over"), form | {"client_id": str(uuid4())}).status_code == 302
    gap = form | {"client_id": str(uuid4()), "giver": "Orang lain", "taker": "Laboratorium"}
    answer = client.post(page_of(task, "hand_over"), gap)
    assert answer.status_code == 422 and list(answer.context["form"].errors) == ["giver"]
    assert CustodyEntry.objects.count() == 1
    assert client.get(page_of(task, "hand_over")).context["form"].initial["giver"] == "Kurir"


def test_acceptance_11_an_inspector_with_an_interest_is_named_and_kept_off(client, filed, regency):
    complaint = filed().complaint
    actions.take_up(actor=regency.reviewer, complaint=complaint, at=wib(NOW))
    Complaint.objects.filter(pk=complaint.pk).update(facility="F-1")
    actions.declare_conflict(
        actor=regency.inspector3,
        complaint=fresh(complaint),
        person=regency.inspector3.person,
        facility="F-1",
        reason="Saudara kandung pemilik",
        at=wib(NOW),
    )
    sign_in(client, regency.head)
    assert "benturan kepentingan" in client.get(address(complaint, "plan_verification")).content.decode()
    team = [regency.inspector.person, regency.inspector3.person]
    told = {"members": team, "lead": team[0], "planned_at": "2026-04-30T08:00"}
    answer = client.post(address(complaint, "plan_verification"), told)
    assert answer.status_code == 422 and list(answer.context["form"].errors) == ["members"]
    assert fresh(complaint).case.state == "under_review"


def firms(*rows):
    lines = [
        f"{lat},{lon},330,0.4,0.4,2026-04-29,0612,N20,VIIRS,{mark},2.0,290,8.1,D" for lat, lon, mark in rows
    ]
    return SimpleUploadedFile("firms.csv", "\n".join([HEADER, *lines]).encode(), content_type="text/csv")


THREE = ((0.3940, 101.8430, "h"), (0.3951, 101.8430, "h"), (0.3962, 101.8430, "h"))


def test_acceptance_9_a_file_twice_imported_is_one_cluster_and_one_case(client, regency):
    sign_in(client, regency.intake)
    for _time in range(2):
        answer = client.post(
            f"{HOME}titik-panas/impor/", {"source": "firms", "file": firms(*THREE)}, follow=True
        )
        assert answer.status_code == 200
    assert (Cluster.objects.count(), Complaint.objects.count()) == (1, 1)
    assert "Tidak ada baris baru" in answer.content.decode()


def test_a_sipongi_file_is_read_too(client, regency):
    file = SimpleUploadedFile("sipongi.csv", SIPONGI.encode(), content_type="text/csv")
    sign_in(client, regency.intake).post(f"{HOME}titik-panas/impor/", {"source": "sipongi", "file": file})
    assert Cluster.objects.get().confidence == "high"


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a,b\n1,2\n", f"{HEADER}\nx,y\n".encode()])
def test_an_unreadable_file_is_refused_whole(client, regency, content):
    told = {"source": "firms", "file": SimpleUploadedFile("x.csv", content)}
    answer = sign_in(client, regency.intake).post(f"{HOME}titik-panas/impor/", told)
    assert (
        answer.status_code == 422 and "file" in answer.context["form"].errors and not Cluster.objects.exists()
    )


def test_a_responder_checks_the_ground_once(client, regency):
    sign_in(client, regency.intake).post(
        f"{HOME}titik-panas/impor/", {"source": "firms", "file": firms(*THREE)}
    )
    cluster = Cluster.objects.get()
    sign_in(client, regency.responder)
    page = f"{HOME}titik-panas/{cluster.pk}/cek/"
    assert "data-offline=" in client.get(page).content.decode()
    missing = client.post(page, {"result": "fire", "client_id": str(uuid4())})
    assert missing.status_code == 422 and list(missing.context["form"].errors) == ["area_ha"]
    told = {
        "result": "fire",
        "area_ha": "1,5",
        "client_id": str(uuid4()),
        "device_time": "2026-04-29T08:00:00Z",
    }
    for _time in range(2):
        assert client.post(page, told).status_code == 302
    cluster.refresh_from_db()
    assert (cluster.ground_result, str(cluster.area_ha)) == ("fire", "1.50")
    assert cluster.checked_at == wib("2026-04-29 15:00")
    assert Event.objects.filter(kind="complaints.ground.checked").count() == 1
    day = client.get(f"{HOME}titik-panas/", {"hari": "2026-04-29"})
    assert day.context["prompt"] == 1 and "1,5 ha" in day.content.decode()


def test_r2_a_responder_sees_where_it_burns_and_not_who_said_so(client, filed, regency):
    who = {"name": "Nurlela", "phone": "+6281234567890"}
    words = "Saya Nurlela melihat api di kebun sebelah rumah saya sejak siang."
    complaint = filed(
        service_code="F01",
        title="Api dekat rumah Nurlela",
        description=words,
        mode=ReporterMode.CONFIDENTIAL,
        who=who,
    ).complaint
    page = sign_in(client, regency.responder).get(f"{HOME}titik-panas/").content.decode()
    assert "api" in page.lower() and "Pangkalan Kerinci Kota" in page
    assert "Nurlela" not in page and complaint.case.number not in page
    assert client.get(address(complaint)).status_code == 403


def test_acceptance_14_a_reading_of_the_air_raises_haze_and_shows_on_the_start_page(client, filed, regency):
    haze = filed(service_code="F02").complaint
    told = {"station": "Pangkalan Kerinci", "measured_at": "2026-04-29T15:00", "pm25": "80"}
    sign_in(client, regency.intake).post(f"{HOME}titik-panas/udara/", told)
    assert AirReading.objects.get().index == 126 and fresh(haze).case.priority == 1
    air = latest_air()
    assert (air["index"], air["label"], air["step"]) == (126, "Tidak sehat", 3)


def test_an_old_reading_is_no_news(clock):
    AirReading.objects.create(station="A", at=wib("2026-04-20 08:00"), pm25=10, index=32, category="good")
    assert latest_air() is None
