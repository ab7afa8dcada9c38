"""The visit itself: what was looked at, and that the field work is over."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sekata.kernel.cases import actions as cases
from sekata.kernel.journal.actions import action
from sekata.lib.actor import Actor
from sekata.lib.result import Refused, insist
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.actions.steps import COMPLAINT, touch
from sekata.pillars.environment.complaints.codes import StateCode
from sekata.pillars.environment.complaints.models import Complaint, VerificationTask
from sekata.pillars.environment.complaints.queries.checks import checks_of
from sekata.pillars.environment.complaints.queries.law import law
from sekata.pillars.environment.complaints.rights import INSPECT


@action(right=INSPECT, event="complaints.checklist.recorded", on="complaint", keeps=("answers",))
def record_checklist(
    *,
    actor: Actor,
    complaint: Complaint,
    task: VerificationTask,
    answers: Mapping[str, Mapping[str, str]],
    checked_at: datetime,
    at: datetime,
) -> VerificationTask:
    """Answer items of the checklist of this kind of complaint; of two answers the later one stands.

    checked_at: when it was written, by the device. Forms that waited may arrive in any order.
    """
    held = _own_visit(actor, task)
    if held.finished_at:
        raise Refused.because("finished", "Kunjungan ini sudah selesai.", status=409)
    insist(rules.check_reasons(checks_of(complaint), answers))
    moment = checked_at.astimezone(UTC).isoformat()
    for key, told in answers.items():
        if key not in held.checklist or held.checklist[key]["at"] <= moment:
            held.checklist[key] = {
                "answer": told["answer"],
                "note": told.get("note", "").strip(),
                "at": moment,
                "by": actor.person,
            }
    held.save(update_fields=["checklist"])
    return held


@action(
    right=INSPECT, event="complaints.visit.finished", on="complaint", keeps=("task", "outcome", "finished_at")
)
def finish_visit(
    *,
    actor: Actor,
    complaint: Complaint,
    task: VerificationTask,
    outcome: str,
    finished_at: datetime,
    at: datetime,
) -> VerificationTask:
    """The field work is over: its outcome in words; the report's limit counts from here (P.22/2017)."""
    held = _own_visit(actor, task)
    if held.finished_at:
        raise Refused.because("finished", "Kunjungan ini sudah selesai.", status=409)
    left = rules.unanswered(checks_of(complaint), held.checklist)
    kinds = list(held.minutes.values_list("kind", flat=True))
    insist(rules.finish_reasons(held.arrived_at, finished_at, outcome, kinds, left))
    held.outcome, held.finished_at = outcome.strip(), finished_at
    held.save(update_fields=["outcome", "finished_at"])
    if complaint.case.state == StateCode.VERIFYING:
        terms = law(complaint.case.received_at).terms(complaint.service_code)
        cases.start_clock(workflow=COMPLAINT, case=complaint.case, code="report", terms=terms, at=finished_at)
    said = cases.Words(reason=held.outcome, says="Pemeriksaan di lapangan selesai.")
    cases.note(actor=actor, case=complaint.case, at=at, name="visit_finished", words=said)
    touch(complaint, at)
    return held


def _own_visit(actor: Actor, task: VerificationTask) -> VerificationTask:
    """The visit, held until the commit; only its team writes about it."""
    held = VerificationTask.objects.select_for_update().get(pk=task.pk)
    if not held.team.filter(person=actor.person).exists():
        raise Refused.because("not_on_team", "Hanya anggota tim yang mencatat kunjungan ini.", status=403)
    return held
