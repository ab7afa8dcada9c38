"""Filing: the law's dates, the code, anonymity, repetition, what is missing."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sekata.kernel.cases import queries as cases
from sekata.kernel.journal.models import Event
from sekata.kernel.notify.models import Message
from sekata.lib import clock as clocks
from sekata.lib import codes
from sekata.lib.actor import NOBODY
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.actions import Reporter
from sekata.pillars.environment.complaints.codes import ReporterMode
from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.tests.conftest import wib

pytestmark = pytest.mark.django_db
NAMED = {"name": "Nurlela", "phone": "+6281234567890", "email": "nurlela@example.org"}


def last_days(complaint: Complaint) -> dict[str, str]:
    return {
        timer.code: timer.due_at.astimezone(clocks.WIB).isoformat(" ", "minutes")[:16]
        for timer in cases.timers(complaint.case)
    }


def test_acceptance_1_review_and_total_end_by_the_r4_calendar(filed):
    due = last_days(filed("2026-04-29 10:00").complaint)
    assert due["review"] == "2026-05-08 00:00"
    assert due["total"] == "2026-06-18 00:00"


def test_r5_a_fire_is_picked_up_in_thirty_minutes_on_a_saturday_night(filed):
    complaint = filed("2026-05-09 22:10", service_code="F01").complaint
    due = last_days(complaint)
    assert (due["pickup"], due["arrival"]) == ("2026-05-09 22:40", "2026-05-10 22:10")
    assert complaint.case.priority == 1


def test_acceptance_2_r1_the_code_is_valid_and_only_its_keyed_hash_is_kept(filed):
    result = filed()
    assert len(result.code) == 10 and codes.is_valid(result.code)
    assert result.complaint.case.tracking == actions.intake.tracking_hash(result.code)
    assert result.code not in str(Complaint.objects.values().get()) + str(Message.objects.values())


def test_acceptance_2_r2_no_row_joins_an_anonymous_case_to_a_person(filed):
    complaint = filed(who=NAMED).complaint
    assert complaint.identity is None and complaint.case.applicant_id is None
    assert Message.objects.count() == 0
    event = Event.objects.get(kind="complaints.filed")
    assert (event.actor, event.actor_kind, event.acting_for) == (None, "anonymous", None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS t WHERE t::text ~ %s', ["Nurlela|81234567890|nurlela@"]
            )
            assert cursor.fetchone()[0] == 0, table


def test_r2_a_confidential_reporter_lies_only_in_the_vault(filed):
    complaint = filed(mode=ReporterMode.CONFIDENTIAL, who=NAMED).complaint
    assert complaint.identity is not None and complaint.case.applicant_id is None
    message = Message.objects.get()
    assert message.case == complaint.case_id and "${code}" in message.body
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS t WHERE t::text ~ %s', ["Nurlela|81234567890|nurlela@"]
            )
            assert cursor.fetchone()[0] == 0, table


def test_the_same_submission_is_one_case_with_the_same_code(filed):
    submission = uuid4()
    first, second = filed(submission=submission), filed("2026-04-29 10:05", submission=submission)
    assert second.again and (first.complaint.pk, first.code) == (second.complaint.pk, second.code)
    assert Complaint.objects.count() == 1


def test_the_same_submission_with_other_content_is_a_conflict(filed):
    submission = uuid4()
    filed(submission=submission)
    with pytest.raises(Refused) as refusal:
        filed(submission=submission, description="Sesuatu yang lain sama sekali dari laporan pertama.")
    assert refusal.value.status == 409


def test_numbers_have_no_gap_after_a_refusal(filed):
    first = filed().complaint.case.number
    with pytest.raises(Refused):
        filed(description="x" * 5000)
    assert (first, filed().complaint.case.number) == ("PLH-1405-2026-000001", "PLH-1405-2026-000002")


def test_r3_a_report_without_place_is_incomplete_not_rejected(filed):
    complaint = filed(point=None).complaint
    assert complaint.case.state == "incomplete"
    assert "peta" in complaint.questions.get().text


def test_r7_the_clocks_stand_still_while_the_reporter_completes(filed, regency):
    complaint = filed().complaint
    actions.request_details(
        actor=regency.intake,
        complaint=complaint,
        missing="Sebutkan anak sungainya.",
        at=wib("2026-05-06 09:00"),
    )
    complaint.refresh_from_db()
    actions.complete(
        actor=regency.intake, complaint=complaint, answer="Sungai Segati", at=wib("2026-05-12 10:00")
    )
    assert last_days(complaint)["total"] == "2026-06-24 00:00"


@pytest.mark.parametrize(
    ("given", "code", "status"),
    [
        ({"service_code": "X77"}, "unknown_service", 404),
        ({"description": "x" * 5000}, "description_long", 422),
        ({"first_seen_at": wib("2026-05-29 06:00")}, "incident_future", 422),
    ],
)
def test_bad_input_is_refused_at_its_field_and_keeps_nothing(filed, given, code, status):
    with pytest.raises(Refused) as refusal:
        filed(**given)
    assert (refusal.value.reasons[0].code, refusal.value.status) == (code, status)
    assert Complaint.objects.count() == Event.objects.count() == 0


def test_html_is_stored_as_text(filed):
    text = "<script>alert(1)</script> asap tebal dari pabrik di seberang"
    assert filed(description=text).complaint.description == text


def test_an_intake_takes_at_most_fourteen_statements(regency, filing):
    given, reporter = filing(), Reporter(ReporterMode.CONFIDENTIAL, **NAMED)
    actions.file(actor=NOBODY, filing=filing(), reporter=reporter, at=wib("2026-04-29 09:00"))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        actions.file(actor=NOBODY, filing=replace(given), reporter=reporter, at=wib("2026-04-29 10:00"))
    statements = [q["sql"] for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(statements) <= 14, "\n".join(sql[:90] for sql in statements)
