"""The five indicators by worked examples, their rows, the open dataset, the leadership's page."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sekata.kernel.cases.models import Case, Timer
from sekata.kernel.places import queries as places
from sekata.kernel.places.models import Feature
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.figures import DATASETS, INDICATORS
from sekata.pillars.environment.complaints.models import Cluster, Complaint, Incident, Report
from sekata.pillars.environment.complaints.queries import figures
from sekata.pillars.environment.complaints.tests.desk import HOME, MESSAGE, fresh, sign_in, wib

pytestmark = pytest.mark.django_db
JUNE = (date(2026, 6, 1), date(2026, 6, 30))
APRIL = (date(2026, 4, 1), date(2026, 4, 30))
NOW = "2026-07-15 09:00"


@pytest.fixture(autouse=True)
def now(clock):
    with clock(wib(NOW)):
        yield


def stopped(complaint: Complaint, at: str) -> None:
    """End the first total limit of a report at a moment."""
    Timer.objects.filter(case=complaint.case, code="total").update(stopped_at=wib(at))


def test_on_time_counts_the_reports_whose_limit_ended_in_the_period(filed):
    """Received 29 April 10:00, 30 working days end on 17 June (R4): kept until 24:00 of that day."""
    kept, last_minute, late, running, lapsed = (filed().complaint for _ in range(5))
    stopped(kept, "2026-05-20 10:00")
    stopped(last_minute, "2026-06-17 23:59")
    stopped(late, "2026-06-18 00:00")
    stopped(lapsed, "2026-05-05 10:00")
    Case.objects.filter(pk=lapsed.pk).update(state="withdrawn")
    assert figures.on_time(*JUNE) == (2, 4)
    assert figures.on_time(date(2026, 5, 1), date(2026, 5, 31)) == (0, 0)
    assert running.pk


def test_a_limit_that_still_runs_is_not_yet_judged(filed, clock):
    filed()
    with clock(wib("2026-06-10 09:00")):
        assert figures.on_time(*JUNE) == (0, 0)
    with clock(wib("2026-06-18 09:00")):
        assert figures.on_time(*JUNE) == (0, 1)


def test_a_reopened_report_keeps_its_first_result(filed, regency):
    complaint = filed(service_code="O99", files=(accepted(),)).complaint
    actions.take_up(actor=regency.reviewer, complaint=complaint, at=wib("2026-04-29 11:00"))
    actions.answer(
        actor=regency.reviewer,
        complaint=fresh(complaint),
        message=MESSAGE,
        finding="no_violation",
        at=wib("2026-05-05 10:00"),
    )
    actions.reopen(
        actor=regency.intake, complaint=fresh(complaint), text="Belum selesai", at=wib("2026-05-06 10:00")
    )
    assert Timer.objects.filter(case=complaint.case, code="total").count() == 2
    assert figures.on_time(*JUNE) == (1, 1)
    assert figures.reopened(date(2026, 5, 1), date(2026, 5, 31)) == (1, 1)
    assert figures.reopened(*JUNE) == (0, 0)


def accepted():
    return actions.evidence.Accepted("catatan.pdf", "document", "application/pdf", b"%PDF-1.4 catatan")


def test_the_median_of_hours_to_the_first_sample_of_river_cases(filed):
    for hours, service in ((4, "W01"), (10, "W02"), (30, "W05"), (1, "A01")):
        incident = filed(service_code=service).complaint.incident
        Incident.objects.filter(pk=incident.pk).update(
            first_sample_at=wib("2026-04-29 10:00") + timedelta(hours=hours)
        )
    assert figures.sampled(*APRIL) == (10.0, 3)
    assert figures.median_hours(*JUNE) is None


def test_hours_count_from_the_first_receipt_of_a_merged_incident(filed):
    first, lead = filed("2026-04-29 08:00").complaint, filed("2026-04-29 10:00").complaint
    Complaint.objects.filter(pk=first.pk).update(incident=lead.incident)
    Incident.objects.filter(pk=lead.incident_id).update(first_sample_at=wib("2026-04-29 12:00"))
    assert figures.median_hours(*APRIL) == 4.0


def report(complaint, regency, finding: str, approved: str | None) -> None:
    Report.objects.create(
        incident=complaint.incident,
        finding=finding,
        facts="x",
        legal_reading="x",
        recommendation="x",
        public_summary="x",
        signed_by_id=regency.inspector.person,
        signed_at=wib("2026-06-01 08:00"),
        approved_at=approved and wib(approved),
    )


def test_the_proven_share_counts_incidents_not_reports(filed, regency):
    proven, clean, open_one = (filed().complaint for _ in range(3))
    report(proven, regency, "administrative_violation", "2026-06-02 08:00")
    report(proven, regency, "pollution_or_damage_proven", "2026-06-09 08:00")
    report(clean, regency, "no_violation", "2026-06-30 23:59")
    report(open_one, regency, "pollution_or_damage_proven", None)
    assert figures.proven(*JUNE) == (1, 2)


def test_hotspots_of_low_confidence_do_not_count(db):
    seen = wib("2026-06-10 13:00")
    for confidence, hours in (("high", 2), ("medium", 24), ("medium", 25), ("high", None), ("low", 1)):
        checked = seen + timedelta(hours=hours) if hours else None
        Cluster.objects.create(
            satellite="N20",
            instrument="VIIRS",
            confidence=confidence,
            lat=0.4,
            lon=101.8,
            first_at=seen,
            last_at=seen,
            checked_at=checked,
        )
    assert figures.ground_checked(*JUNE) == (2, 4)
    assert figures.ground_checked(*APRIL) == (0, 0)


def test_a_period_includes_its_last_day_in_the_regencys_zone():
    start, end = figures.moments(*JUNE)
    assert (start, end) == (wib("2026-06-01 00:00"), wib("2026-07-01 00:00"))
    assert figures.moments(start, end) == (start, end)


def test_each_indicator_states_its_formula_and_computes(filed):
    filed()
    assert [one.code for one in INDICATORS] == [
        f"complaints.{name}" for name in ("on_time", "first_sample", "proven", "reopened", "ground_checked")
    ]
    for one in INDICATORS:
        found = one.compute(*JUNE)
        assert one.formula and (found is None or len(found) == 2)


@pytest.mark.parametrize(
    ("code", "count"), [("on_time", 2), ("overdue", 1), ("first_sample", 0), ("proven", 0), ("reopened", 0)]
)
def test_the_rows_behind_a_figure_are_as_many_as_it_says(filed, code, count):
    done = filed().complaint
    stopped(done, "2026-05-20 10:00")
    late = filed().complaint
    rows = figures.rows(code, *JUNE)
    assert len(rows) == count
    if code == "on_time":
        assert [(row.number, row.good) for row in rows] == [
            (late.case.number, False),
            (done.case.number, True),
        ]


def test_districts_are_compared_month_by_month(filed, regency):
    stopped(filed().complaint, "2026-05-20 10:00")
    filed()
    assert figures.by_district(*JUNE) == {"14.05.02": {date(2026, 6, 1): (1, 2)}}
    assert len(figures.rows("on_time", *JUNE, area="14.05.02")) == 2
    assert figures.rows("on_time", *JUNE, area="14.05.99") == []


def test_facilities_suspected_twice_are_named_with_their_place(filed):
    point = {"type": "Point", "coordinates": [101.84, 0.39]}
    Feature.objects.create(kind="facility", code="F-1", name="Pabrik Contoh", geometry=point, source="test")
    places.forget()
    for finding in ("", "pollution_or_damage_proven"):
        Complaint.objects.filter(pk=filed().complaint.pk).update(facility="F-1", finding=finding)
    Complaint.objects.filter(pk=filed().complaint.pk).update(facility="F-2")
    (found,) = figures.repeated_facilities(*APRIL)
    assert (found["code"], found["complaints"], found["incidents"], found["proven"]) == ("F-1", 2, 2, 1)
    assert found["feature"].name == "Pabrik Contoh"


def test_r13_the_open_dataset_covers_small_numbers_and_counts_both(filed, regency):
    reports = [filed().complaint for _ in range(4)]
    Complaint.objects.filter(pk=reports[1].pk).update(incident=reports[0].incident)
    filed(service_code="F01")
    (dataset,) = DATASETS
    rows = list(dataset.rows())
    assert all(set(row) == set(dataset.columns) for row in rows)
    told = {
        row["group"]: (row["month"], row["district"], row["complaints"], row["incidents"]) for row in rows
    }
    assert told["Air"] == ("2026-04", "Pangkalan Kerinci", "4", "3")
    assert told["Kebakaran dan gambut"] == ("2026-04", "Pangkalan Kerinci", "<3", "<3")


def test_the_leadership_sees_every_figure_and_the_names_of_late_units(client, filed, regency):
    filed()
    page = sign_in(client, regency.regent).get(f"{HOME}kinerja/", {"masa": "6-bulan"})
    said = page.content.decode()
    for one in INDICATORS:
        assert one.label in said and one.formula in said
    assert "1 laporan lewat batas jawaban" in said and "Bidang Penaatan" in said and "28 hari" in said
    assert "0 dari 1" in said and "Pangkalan Kerinci" in said
    assert f"{HOME}kinerja/on_time/?masa=6-bulan" in said
    assert f"{HOME}PLH" not in said


def test_a_figure_leads_to_its_rows_and_a_head_on_to_the_case(client, filed, regency):
    number = filed().complaint.case.number
    for who, linked in ((regency.regent, False), (regency.head, True)):
        page = sign_in(client, who).get(f"{HOME}kinerja/overdue/").content.decode()
        assert number in page and (f'href="{HOME}{number}/"' in page) is linked
    assert client.get(f"{HOME}kinerja/nonsense/").status_code == 404


@pytest.mark.parametrize("span", ["bulan-ini", "3-bulan", "6-bulan", "tahun-ini", "tahun-lalu", "nonsense"])
def test_every_period_answers(client, regency, span):
    assert sign_in(client, regency.secretary).get(f"{HOME}kinerja/", {"masa": span}).status_code == 200


@pytest.mark.parametrize("role", ["reviewer", "intake", "inspector", "responder"])
def test_the_figures_are_for_the_leadership(client, regency, role):
    assert sign_in(client, getattr(regency, role)).get(f"{HOME}kinerja/").status_code == 403


def test_the_page_costs_the_same_over_many_cases(client, filed, regency):
    filed()
    sign_in(client, regency.regent)
    page = f"{HOME}kinerja/"
    client.get(page)
    with CaptureQueriesContext(connection) as before:
        client.get(page)
    for _ in range(20):
        filed()
    with CaptureQueriesContext(connection) as after:
        client.get(page)
    assert len(after) == len(before) <= 26, len(before)
