"""What the suite does by itself: escalating, closing what nobody answered, reassessing, forgetting identities."""

from datetime import datetime, timedelta

from sekata.kernel.cases import actions as cases
from sekata.kernel.cases import queries as cases_read
from sekata.kernel.journal.actions import action
from sekata.kernel.people import vault
from sekata.lib import clock
from sekata.lib.actor import Actor, system
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.actions.ending import close_silent
from sekata.pillars.environment.complaints.actions.levels import tell_level
from sekata.pillars.environment.complaints.actions.review import assess
from sekata.pillars.environment.complaints.actions.steps import move
from sekata.pillars.environment.complaints.codes import END_STATES
from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.queries.law import law
from sekata.pillars.environment.complaints.rights import SYSTEM
from sekata.pillars.environment.complaints.workflow import COMPLAINT


def escalate() -> int:
    """Job, every ten minutes: raise the levels that are due (R16); nobody's case changes hands."""
    at, made = clock.now(), 0
    for timer in cases_read.climbing(COMPLAINT.code, at):
        made += len(
            _escalate_one(
                actor=system("complaints.escalate"), complaint=timer.case.complaint, timer=timer, at=at
            )
        )
    return made


@action(right=SYSTEM, event="complaints.escalated", on="complaint")
def _escalate_one(*, actor: Actor, complaint: Complaint, timer, at: datetime) -> list:
    terms = law(complaint.case.received_at).terms(complaint.service_code)
    province_spoke = complaint.case.escalations.filter(level=4, answered_at__isnull=False).exists()
    made = cases.climb_due(
        workflow=COMPLAINT, timer=timer, terms=terms, at=at, skip=(5,) if province_spoke else ()
    )
    for escalation in made:
        tell_level(complaint, escalation.level, escalation.reason, at)
    return made


def chase() -> int:
    """Job, hourly: close reports that were never completed and answers that nobody judged in time."""
    at, done = clock.now(), 0
    for timer in cases_read.overdue(COMPLAINT.code, "completion", at):
        lapse(actor=system("complaints.chase"), complaint=timer.case.complaint, at=at)
        done += 1
    for timer in cases_read.overdue(COMPLAINT.code, "feedback", at):
        close_silent(actor=system("complaints.chase"), complaint=timer.case.complaint, at=at)
        done += 1
    return done


@action(right=SYSTEM, event="complaints.lapsed", on="complaint", watches=("case.state",))
def lapse(*, actor: Actor, complaint: Complaint, at: datetime) -> Complaint:
    """The reporter did not complete the report in ten working days; a late completion is a new, linked report."""
    says = (
        "Laporan ditutup karena keterangan yang diminta belum kami terima. "
        "Kirim laporan baru kapan saja; kami kaitkan."
    )
    move(complaint, "lapse", actor=actor, at=at, says=says)
    return complaint


def reassess(complaint: int) -> None:
    """Job: judge a complaint again (a supporter joined)."""
    row = Complaint.objects.select_related("case", "incident").get(pk=complaint)
    lead = Complaint.objects.select_related("case", "incident").get(pk=row.incident.lead_id)
    if lead.case.state not in END_STATES:
        assess(actor=system("complaints.reassess"), complaint=lead)


def forget_identities(batch: int = 500) -> int:
    """Job, nightly: delete identities two years after closing (R18); number, states, village and dates stay."""
    at = clock.now()
    rows = Complaint.objects.select_related("case", "identity").filter(
        identity__isnull=False, case__closed_at__lt=at - timedelta(days=365)
    )
    done = 0
    for complaint in rows.order_by("case__closed_at")[:batch]:
        held = rules.RetentionFacts(closed_at=complaint.case.closed_at, open_matters=_open_matters(complaint))
        if "identity" in rules.due_deletions(held, law(at).table("retention_rule"), at):
            forget(actor=system("complaints.forget"), complaint=complaint, at=at)
            done += 1
    return done


def _open_matters(complaint: Complaint) -> frozenset[str]:
    """Open cases elsewhere that still need the identity."""
    open_case = complaint.incident.follow_ups.filter(done_at=None).exclude(enforcement_case="").exists()
    return frozenset({"enforcement"}) if open_case else frozenset()


@action(right=SYSTEM, event="complaints.identity.forgotten", on="complaint")
def forget(*, actor: Actor, complaint: Complaint, at: datetime) -> Complaint:
    """Destroy the vault of one closed complaint and unlink its applicant."""
    vault.shred(complaint.identity)
    complaint.identity, complaint.forgotten_at = None, at
    complaint.save(update_fields=["identity", "forgotten_at"])
    cases.let_go(complaint.case)
    return complaint
