"""Reviewing: picking up, asking, judging, assigning, rejecting, opening an identity for a stated purpose."""

from datetime import datetime

from sekata.kernel.cases import actions as cases
from sekata.kernel.journal.actions import action
from sekata.kernel.people import vault
from sekata.lib.actor import Actor, system
from sekata.lib.result import Refused, insist
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.actions.steps import move, tell_reporters, touch
from sekata.pillars.environment.complaints.codes import Priority
from sekata.pillars.environment.complaints.models import Complaint, Question, TeamMember
from sekata.pillars.environment.complaints.queries.facts import place_facts, priority_facts, special_facts
from sekata.pillars.environment.complaints.queries.law import law
from sekata.pillars.environment.complaints.rights import DESK, HEAD, INSPECT, REVIEW, SYSTEM
from sekata.pillars.environment.complaints.workflow import COMPLAINT

STATE = ("case.state",)


@action(right=REVIEW, event="complaints.taken_up", on="complaint", watches=STATE)
def take_up(*, actor: Actor, complaint: Complaint, at: datetime) -> Complaint:
    """Begin the review; whoever takes it up holds it."""
    says = "Laporan Anda mulai ditelaah."
    move(complaint, "take_up", actor=actor, at=at, says=says, changes={"holder_id": actor.person})
    return complaint


@action(right=DESK, event="complaints.details.requested", on="complaint", watches=STATE, keeps=("missing",))
def request_details(*, actor: Actor, complaint: Complaint, missing: str, at: datetime) -> Complaint:
    """List what the reporter must add; working-day clocks stand still until the answer (R7)."""
    says = f"Kami perlu keterangan: {missing.strip()}"
    move(
        complaint,
        "request_details",
        actor=actor,
        at=at,
        reason=missing,
        says=says,
        given={"missing": missing},
    )
    Question.objects.create(complaint=complaint, text=missing.strip(), asked_by=actor.person, asked_at=at)
    return complaint


@action(right=DESK | INSPECT, event="complaints.question.asked", on="complaint", keeps=("text",))
def ask(*, actor: Actor, complaint: Complaint, text: str, at: datetime) -> Question:
    """Ask the reporter something without stopping any clock."""
    if len(text.strip()) < 10:
        raise Refused.because("text", "Tulis pertanyaannya dengan lengkap.", "text")
    question = Question.objects.create(
        complaint=complaint, text=text.strip(), asked_by=actor.person, asked_at=at
    )
    cases.note(
        actor=actor,
        case=complaint.case,
        at=at,
        name="asked",
        words=cases.Words(says=f"Pertanyaan petugas: {text.strip()}"),
    )
    touch(complaint, at)
    tell_reporters(complaint, f"Ada pertanyaan dari petugas: {text.strip()}", at)
    return question


@action(right=REVIEW, event="complaints.facts.set", on="complaint", keeps=("changes",))
def set_facts(*, actor: Actor, complaint: Complaint, changes: dict[str, object], at: datetime) -> Complaint:
    """Correct category, suspected facility or reach of the effect; priority and competence are judged anew."""
    for name, value in changes.items():
        setattr(complaint, name, value)
    complaint.save(update_fields=list(changes))
    assess(actor=system("complaints.assess"), complaint=complaint, at=at)
    return complaint


@action(
    right=SYSTEM,
    event="complaints.assessed",
    on="complaint",
    watches=("case.priority", "competent_authority"),
)
def assess(*, actor: Actor, complaint: Complaint, floor: Priority | None = None, at: datetime) -> Complaint:
    """Judge priority (R9) and competence (R8) again, by the law of the day of receipt.

    What a person decided about competence stands; the clocks take the new limits from their old start.
    floor: at least this urgent (a hotspot or the haze says so).
    """
    rulebook = law(complaint.case.received_at)
    assessment = rules.assess_priority(
        priority_facts(complaint, rulebook), rulebook.table("priority_rule"), at
    )
    priority = rules.more_urgent(assessment.priority, floor) if floor else assessment.priority
    _route(complaint, priority)
    complaint.priority_why = list(assessment.why)
    complaint.save(update_fields=["competent_authority", "authority_why", "first_response", "priority_why"])
    if priority.rank != complaint.case.priority:
        cases.reprioritise(
            actor=actor,
            workflow=COMPLAINT,
            case=complaint.case,
            priority=priority.rank,
            subject=complaint,
            terms=rulebook.terms(complaint.service_code),
            at=at,
            words=cases.Words(reason=" ".join(assessment.why), says=f"Prioritas menjadi {priority}."),
        )
        touch(complaint, at)
    return complaint


def _route(complaint: Complaint, priority: Priority) -> None:
    rulebook = law(complaint.case.received_at)
    facts = rules.CaseFacts(
        service_code=complaint.service_code,
        priority=priority,
        place=place_facts(complaint),
        **special_facts(complaint),
    )
    computed = rules.route(facts, rulebook.table("routing_rule"), rulebook.services, rulebook.authorities)
    found = rules.reroute(
        complaint.competent_authority, complaint.authority_manual, computed, rulebook.authorities
    )
    complaint.competent_authority = found.authority
    complaint.first_response = computed.first_response or ""
    complaint.authority_why = found.why if complaint.authority_manual else " ".join(computed.why)


@action(
    right=REVIEW,
    event="complaints.authority.overridden",
    on="complaint",
    watches=("competent_authority",),
    keeps=("reason",),
)
def override_authority(
    *, actor: Actor, complaint: Complaint, authority: str, reason: str, at: datetime
) -> Complaint:
    """Decide that another authority is competent than the table says; never overwritten silently (R8)."""
    insist(rules.override_reasons(reason))
    name = law(complaint.case.received_at).authorities[authority]["name"]
    complaint.competent_authority, complaint.authority_manual = authority, True
    complaint.authority_why = f"Ditetapkan petugas: {name}. {reason.strip()}"
    complaint.save(update_fields=["competent_authority", "authority_manual", "authority_why"])
    cases.note(
        actor=actor,
        case=complaint.case,
        at=at,
        name="authority",
        words=cases.Words(reason=complaint.authority_why),
    )
    return complaint


@action(
    right=DESK | HEAD,
    event="complaints.assigned",
    on="complaint",
    watches=("case.holder_id",),
    keeps=("reason",),
)
def assign(*, actor: Actor, complaint: Complaint, holder: int, reason: str = "", at: datetime) -> Complaint:
    """Hand the case to a colleague; no clock starts anew."""
    cases.assign(actor=actor, case=complaint.case, holder=holder, at=at, reason=reason)
    return complaint


@action(
    right=DESK, event="complaints.rejection.proposed", on="complaint", watches=("rejection",), keeps=("code",)
)
def reject(*, actor: Actor, complaint: Complaint, code: str, at: datetime) -> Complaint:
    """Propose to reject for one of the three reasons; a second officer must agree."""
    complaint.rejection, complaint.rejection_by = code, actor.person
    insist(rules.rejection_reasons(code, actor.person, object()))
    complaint.save(update_fields=["rejection", "rejection_by"])
    cases.note(
        actor=actor, case=complaint.case, at=at, name="rejection_proposed", words=cases.Words(reason=code)
    )
    return complaint


@action(right=DESK, event="complaints.rejected", on="complaint", watches=STATE)
def second_rejection(*, actor: Actor, complaint: Complaint, at: datetime) -> Complaint:
    """Agree to a proposed rejection."""
    move(
        complaint,
        "reject",
        actor=actor,
        at=at,
        reason=complaint.rejection,
        says=f"Laporan tidak dapat diproses: {complaint.get_rejection_display().lower()}.",
        given={"code": complaint.rejection, "first": complaint.rejection_by, "second": actor.person},
    )
    return complaint


@action(right=REVIEW, event="complaints.sent_back", on="complaint", watches=STATE, keeps=("reason",))
def send_back(*, actor: Actor, complaint: Complaint, reason: str, at: datetime) -> Complaint:
    """The authority gave the complaint back: review begins again with new clocks, the first result stands."""
    if not reason.strip():
        raise Refused.because("reason", "Tulis alasan instansi mengembalikan.", "reason")
    says = "Instansi tujuan mengembalikan laporan ini; kami telaah lagi."
    move(complaint, "send_back", actor=actor, at=at, reason=reason, says=says)
    return complaint


@action(right=DESK | INSPECT, event="complaints.identity.opened", on="complaint", keeps=("purpose",))
def open_identity(*, actor: Actor, complaint: Complaint, purpose: str, at: datetime) -> dict[str, str]:
    """Read who reported: the team's lead, with a reason; each reading is an event (R2)."""
    role = "lead_inspector" if _leads(complaint, actor) else "intake"
    insist(rules.identity_reasons(complaint.reporter_mode, role, True, purpose))
    if complaint.identity is None:
        raise Refused.because(
            "identity_none", "Identitas pelapor sudah dihapus menurut masa simpan.", status=404
        )
    return vault.reveal(
        vault=complaint.identity,
        names=("name", "phone", "email", "address"),
        actor=actor,
        subject=complaint,
        purpose=purpose,
        at=at,
    )


def _leads(complaint: Complaint, actor: Actor) -> bool:
    return TeamMember.objects.filter(
        task__incident=complaint.incident_id, person=actor.person, lead=True
    ).exists()
