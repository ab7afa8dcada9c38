"""The acts of a case in the order its state calls for: up to three in sight, the others behind one word."""

from dataclasses import dataclass

from sekata.lib.actor import Actor
from sekata.pillars.environment.complaints.codes import StateCode as S
from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.views.verbs import VERBS

FIRST: dict[str, tuple[str, ...]] = {
    S.RECEIVED: ("second_rejection", "take_up", "request_details", "ask"),
    S.INCOMPLETE: ("complete", "ask", "assign"),
    S.UNDER_REVIEW: (
        "second_rejection",
        "plan_verification",
        "answer",
        "refer",
        "forward",
        "ask",
        "take_sample",
    ),
    S.VERIFICATION_PLANNED: ("arrive", "ask", "assign"),
    S.VERIFYING: ("record_minutes", "take_sample", "send_samples", "approve_report", "ask"),
    S.LAB_PENDING: ("record_results", "approve_report", "sign_report", "ask"),
    S.VERIFIED: ("follow_up", "answer", "refer"),
    S.FOLLOW_UP: ("finish_follow_up", "resolve", "follow_up"),
    S.REOPENED: ("plan_verification", "follow_up", "close_reopened", "ask"),
    S.REFERRED: ("record_referral_result", "close_passed_on", "send_back"),
    S.NOT_ENVIRONMENTAL: ("close_passed_on", "record_referral_result"),
    S.ANSWERED: ("reopen",),
    S.RESOLVED: ("reopen",),
    S.CLOSED: ("reopen",),
    S.MERGED: ("unmerge",),
}
"""The acts that a state calls for, the first one being the button in colour."""
SHOWN = 3
UNLISTED = frozenset({"open_identity", "check_blur"})


@dataclass(frozen=True)
class Buttons:
    """Pairs of verb code and label."""

    main: tuple[tuple[str, object], ...]
    more: tuple[tuple[str, object], ...]


def buttons(actor: Actor, complaint: Complaint) -> Buttons:
    """What `actor` may do now, in the order that the state calls for."""
    open_now = [
        code for code, verb in VERBS.items() if code not in UNLISTED and verb.open_to(actor, complaint)
    ]
    wanted = [code for code in FIRST.get(complaint.case.state, ()) if code in open_now][:SHOWN]
    rest = [code for code in open_now if code not in wanted]
    return Buttons(
        tuple((code, VERBS[code].button) for code in wanted),
        tuple((code, VERBS[code].button) for code in rest),
    )
