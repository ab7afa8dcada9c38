"""One incident, several reports: candidates proposed by the suite, joined by an officer, undone within 30 days."""

from datetime import datetime
from decimal import Decimal

from sekata.kernel.cases import actions as cases
from sekata.kernel.journal.actions import action
from sekata.lib import clock
from sekata.lib.actor import Actor, system
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.actions.review import assess
from sekata.pillars.environment.complaints.actions.steps import move
from sekata.pillars.environment.complaints.codes import Channel, Priority
from sekata.pillars.environment.complaints.models import Complaint, Incident, MergeProposal
from sekata.pillars.environment.complaints.queries import likeness
from sekata.pillars.environment.complaints.queries.law import law
from sekata.pillars.environment.complaints.rights import DESK
from sekata.pillars.environment.complaints.workflow import COMPLAINT

STATE = ("case.state", "incident_id")


def compare(complaint: int) -> int:
    """Job: look for open reports nearby that may speak of the same incident (R10); how many are proposed."""
    report = Complaint.objects.select_related("case").get(pk=complaint)
    if report.lat is None:
        return 0
    rows = law(report.case.received_at).table("duplicate_rule")
    others = {one.case.number: one for one in likeness.near(report, rows)}
    proposals = rules.propose_duplicates(
        likeness.sighting(report), map(likeness.sighting, others.values()), rows
    )
    MergeProposal.objects.bulk_create(
        [
            MergeProposal(
                complaint=report,
                other=others[found.number],
                score=Decimal(str(found.score)).quantize(Decimal("0.001")),
                metres=round(found.distance_m),
                why=found.why,
                made_at=clock.now(),
            )
            for found in proposals
        ],
        ignore_conflicts=True,
    )
    _inherit(report, [others[found.number] for found in proposals])
    return len(proposals)


def _inherit(report: Complaint, others: list[Complaint]) -> None:
    """A fire report that may be a known hotspot's fire is as urgent as that one, at once (R14)."""
    hotspots = [one for one in others if one.channel == Channel.HOTSPOT]
    if hotspots and report.group == "fire":
        floor = rules.more_urgent(*(Priority.of(one.case.priority) for one in hotspots))
        assess(actor=system("complaints.compare"), complaint=report, floor=floor)


@action(right=DESK, event="complaints.merged", on="complaint", watches=STATE, keeps=("lead",))
def merge(*, actor: Actor, complaint: Complaint, lead: Complaint, at: datetime) -> Complaint:
    """Join a complaint to the incident of `lead`. Number, code and feedback stay its own; the earliest start counts."""
    move(
        complaint,
        "merge",
        actor=actor,
        at=at,
        says=f"Laporan Anda digabung dengan {lead.case.number}: kejadiannya sama. Nomor dan kode Anda tetap berlaku.",
        given={"lead": lead},
        changes={"merged_into_id": lead.case_id},
    )
    complaint.incident = lead.incident
    complaint.save(update_fields=["incident"])
    _decide(complaint, lead, True, at)
    cases.backdate(
        workflow=COMPLAINT,
        case=lead.case,
        since=complaint.case.received_at,
        terms=law(lead.case.received_at).terms(lead.service_code),
    )
    assess(
        actor=system("complaints.merge"), complaint=lead, floor=Priority.of(complaint.case.priority), at=at
    )
    return complaint


@action(right=DESK, event="complaints.unmerged", on="complaint", watches=STATE)
def unmerge(*, actor: Actor, complaint: Complaint, at: datetime) -> Complaint:
    """Take a complaint out again, into the state it had, with its clocks as if nothing had been."""
    lead = complaint.incident.lead
    joined = complaint.case.steps.filter(transition="merge").order_by("-pk").first()
    move(
        complaint,
        "unmerge",
        actor=actor,
        at=at,
        says="Penggabungan dibatalkan; laporan Anda ditangani tersendiri lagi.",
        given={"merged_at": joined.at if joined else at, "at": at, "law": law(complaint.case.received_at)},
        changes={"merged_into_id": None},
    )
    own = Incident.objects.filter(lead=complaint).first()
    complaint.incident = own
    complaint.save(update_fields=["incident"])
    _decide(complaint, lead, False, at)
    assess(actor=system("complaints.unmerge"), complaint=lead, at=at)
    return complaint


@action(right=DESK, event="complaints.merge.declined", on="complaint", keeps=("other",))
def decline_merge(*, actor: Actor, complaint: Complaint, other: Complaint, at: datetime) -> Complaint:
    """These two are not the same; the pair is not proposed again."""
    _decide(complaint, other, False, at)
    return complaint


def _decide(complaint: Complaint, other: Complaint, accepted: bool, at: datetime) -> None:
    pair = MergeProposal.objects.filter(complaint__in=(complaint, other), other__in=(complaint, other))
    pair.update(decided_at=at, accepted=accepted)
