"""Passing on: what belongs to another authority goes there with letter and packet, and is followed to its result."""

import hashlib
import json
from datetime import datetime

from sekata.kernel.cases import actions as cases
from sekata.kernel.cases import queries as cases_read
from sekata.kernel.journal.actions import action
from sekata.kernel.units import queries as units
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.actions.papers import issue_letter
from sekata.pillars.environment.complaints.actions.steps import move
from sekata.pillars.environment.complaints.models import Complaint, Referral
from sekata.pillars.environment.complaints.queries.law import law
from sekata.pillars.environment.complaints.queries.packet import packet
from sekata.pillars.environment.complaints.rights import HEAD, REVIEW

STATE = ("case.state", "competent_authority")


@action(right=HEAD, event="complaints.referred", on="complaint", watches=STATE, keeps=("late_reason",))
def refer(*, actor: Actor, complaint: Complaint, text: str, late_reason: str = "", at: datetime) -> Referral:
    """Refer to the competent authority: letter signed by the head, packet without any identity (R6, R8)."""
    return _pass_on(complaint, "refer", complaint.competent_authority, actor, text, late_reason, at)


@action(
    right=REVIEW, event="complaints.forwarded", on="complaint", watches=STATE, keeps=("unit", "late_reason")
)
def forward(
    *, actor: Actor, complaint: Complaint, unit: str, text: str, late_reason: str = "", at: datetime
) -> Referral:
    """Not an environmental matter: forward to the office it belongs to, with a copy to the reporter (R6)."""
    return _pass_on(complaint, "forward", unit, actor, text, late_reason, at)


def _pass_on(
    complaint: Complaint, name: str, to: str, actor: Actor, text: str, late_reason: str, at: datetime
) -> Referral:
    passing = _passing(complaint, at)
    office = authority_name(complaint, to) if to else ""
    move(
        complaint,
        name,
        actor=actor,
        at=at,
        reason=late_reason,
        says=f"Laporan diteruskan kepada {office}. Kami tetap mengikuti hasilnya." if office else "",
        given={"authority": to, "passing": passing, "late_reason": late_reason},
    )
    content = packet(complaint)
    letter = issue_letter(complaint, "referral" if name == "refer" else "forwarding", office, text, actor, at)
    return Referral.objects.create(
        complaint=complaint,
        authority=to,
        letter=letter,
        packet_hash=hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest(),
        sent_at=at,
        late_reason=late_reason,
    )


def _passing(complaint: Complaint, at: datetime) -> rules.PassingOn:
    """Whether the five working days have been kept, pauses counted."""
    rulebook = law(complaint.case.received_at)
    paused = sum(timer.paused for timer in cases_read.timers(complaint.case) if timer.code == "review")
    return rules.passing_on(complaint.case.received_at, at, rulebook.limits, rulebook.calendar, paused)


def authority_name(complaint: Complaint, code: str) -> str:
    """Official name of an authority of the table, or of an office of the regency."""
    known = law(complaint.case.received_at).authorities.get(code)
    return known["name"] if known else units.by_code(code).name


@action(right=REVIEW, event="complaints.referral.answered", on="complaint", keeps=("result",))
def record_referral_result(
    *,
    actor: Actor,
    complaint: Complaint,
    referral: Referral,
    result: str,
    acknowledged_only: bool = False,
    at: datetime,
) -> Referral:
    """Write down that the authority acknowledged, or what it found: the reporter sees it in the same timeline."""
    if not acknowledged_only and len(result.strip()) < 20:
        raise Refused.because(
            "result", "Tulis hasil dari instansi tujuan, paling sedikit 20 huruf.", "result"
        )
    referral.acknowledged_at = referral.acknowledged_at or at
    if not acknowledged_only:
        referral.result, referral.result_at = result.strip(), at
    referral.save(update_fields=["acknowledged_at", "result", "result_at"])
    says = (
        "Instansi tujuan menerima laporan ini."
        if acknowledged_only
        else f"Hasil dari instansi tujuan: {result.strip()}"
    )
    cases.note(actor=actor, case=complaint.case, at=at, name="referral_result", words=cases.Words(says=says))
    return referral
