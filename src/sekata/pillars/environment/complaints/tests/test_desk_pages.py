"""The list and the telephone form: filters, paging, several at once, what is missing, what is never kept."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.tests.desk import HOME, address, counted, fresh, sign_in, wib

pytestmark = pytest.mark.django_db
NOW = "2026-04-29 16:00"


@pytest.fixture(autouse=True)
def now(clock):
    with clock(wib(NOW)):
        yield


@pytest.mark.parametrize("look", ["daftar", "papan", "peta"])
def test_the_list_costs_at_most_twelve_statements_however_many_rows(client, filed, regency, look):
    filed()
    sign_in(client, regency.reviewer)
    page = f"{HOME}?tampil={look}"
    client.get(page)
    with CaptureQueriesContext(connection) as before:
        client.get(page)
    for _ in range(35):
        filed()
    with counted(12) as after:
        assert client.get(page).status_code == 200
    assert len(after) == len(before)


def test_the_list_is_paged_without_loss_or_repetition(client, filed, regency):
    numbers = {filed().complaint.case.number for _ in range(33)}
    sign_in(client, regency.reviewer)
    first = client.get(HOME)
    second = client.get(HOME, {"sesudah": first.context["after"]})
    seen = [line.complaint.case.number for page in (first, second) for line in page.context["lines"]]
    assert len(seen) == 33 and set(seen) == numbers and not second.context["after"]


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"keadaan": "received"}, 1),
        ({"keadaan": "under_review"}, 1),
        ({"jenis": "W01"}, 2),
        ({"jenis": "F01"}, 0),
        ({"prioritas": "P2"}, 2),
        ({"prioritas": "P1"}, 0),
        ({"antrean": "mine"}, 1),
        ({"antrean": "free"}, 1),
        ({"antrean": "late"}, 0),
        ({"selesai": "on"}, 0),
        ({"keadaan": "nonsense", "sesudah": "x_y"}, 2),
    ],
)
def test_filters_narrow_the_list(client, filed, regency, asked, count):
    filed()
    actions.take_up(actor=regency.reviewer, complaint=filed().complaint, at=wib(NOW))
    page = sign_in(client, regency.reviewer).get(HOME, asked)
    assert len(page.context["lines"]) == count


def test_several_reports_are_taken_up_at_once_and_failures_are_named(client, filed, regency):
    open_one, done = filed().complaint, filed().complaint
    actions.take_up(actor=regency.reviewer2, complaint=done, at=wib(NOW))
    numbers = [open_one.case.number, done.case.number]
    told = sign_in(client, regency.reviewer).post(
        f"{HOME}sekaligus/",
        {"pilih": numbers, "lakukan": "take_up", "kembali": "tampil=daftar&jahat=//x"},
        follow=True,
    )
    assert told.redirect_chain == [(f"{HOME}?tampil=daftar", 302)]
    assert (
        fresh(open_one).case.state == "under_review"
        and fresh(open_one).case.holder_id == regency.reviewer.person
    )
    assert fresh(done).case.holder_id == regency.reviewer2.person
    assert "1 laporan sudah." in told.content.decode() and done.case.number[-6:] in told.content.decode()


def intake_form(**told):
    usual = {
        "submission": uuid4(),
        "channel": "phone",
        "service_code": "W01",
        "mode": "confidential",
        "description": "Air sungai hitam sejak pagi, ikan mengapung.",
        "first_seen_at": "2026-04-29T06:00",
        "media": ["water"],
        "village": "Pangkalan Kerinci Kota",
        "address_text": "Hilir jembatan",
        "name": "Nurlela",
        "phone": "0812 3456 7890",
    }
    return usual | told


def test_a_report_by_telephone_gets_number_and_code_once(client, regency, clock):
    sign_in(client, regency.intake)
    form = intake_form(q_W01_FISH_DEAD="many", q_A01_HEALTH_COMPLAINT="yes")
    first = client.post(f"{HOME}baru/", form)
    complaint = Complaint.objects.get()
    assert complaint.case.number in first.content.decode() and first.context["code"] in first.content.decode()
    assert "no-store" in first.headers["Cache-Control"] and "<svg" in first.content.decode()
    assert complaint.attributes == {"FISH_DEAD": "many"} and complaint.identity_id
    again = client.post(f"{HOME}baru/", form)
    assert again.context["code"] == first.context["code"] and Complaint.objects.count() == 1
    assert first.context["code"] not in client.get(address(complaint)).content.decode()


def test_r2_an_anonymous_caller_leaves_nothing(client, regency):
    sign_in(client, regency.intake).post(f"{HOME}baru/", intake_form(mode="anonymous", phone="bukan nomor"))
    complaint = Complaint.objects.get()
    assert complaint.identity_id is None and complaint.reporter_mode == "anonymous"


def test_r3_what_the_caller_did_not_know_is_asked_later(client, regency):
    told = intake_form(village="", address_text="")
    page = sign_in(client, regency.intake).post(f"{HOME}baru/", told).content.decode()
    assert Complaint.objects.get().case.state == "incomplete" and "Masih perlu ditanyakan" in page


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"village": "Negeri Antah"}, "village"),
        ({"phone": "12"}, "phone"),
        ({"nik": "123"}, "nik"),
        ({"lat": "0,39"}, "lon"),
        ({"description": "pendek"}, "description"),
        ({"service_code": ""}, "service_code"),
        ({"first_seen_at": "2026-05-29T06:00"}, "first_seen_at"),
    ],
)
def test_bad_input_at_the_desk_is_named_at_its_field(client, regency, told, field):
    answer = sign_in(client, regency.intake).post(f"{HOME}baru/", intake_form(**told))
    assert answer.status_code == 422 and field in answer.context["form"].errors
    assert Complaint.objects.count() == 0


def test_only_the_desk_takes_reports(client, regency):
    assert sign_in(client, regency.inspector).get(f"{HOME}baru/").status_code == 403
