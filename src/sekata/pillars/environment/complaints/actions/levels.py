"""Levels of escalation: who is told, and causes that no clock knows (R16)."""

from datetime import datetime

from sekata.kernel.cases import actions as cases
from sekata.kernel.journal.actions import action
from sekata.kernel.notify import actions as notify
from sekata.kernel.people import queries as people
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.rights import HEAD

WHO = {
    1: (("complaints_head", "dlh.penaatan"),),
    2: (("complaints_office_head", "dlh"),),
    3: (("secretary", "setda"), ("regent", "kab")),
    4: (("complaints_office_head", "dlh"),),
    5: (("complaints_office_head", "dlh"),),
}
"""Whose message box each level reaches; levels 4 and 5 leave the house by letter of the head of office."""

REOPENINGS, REOPENED_LEVEL, MINISTRY = 2, 3, 5


def tell_level(complaint: Complaint, level: int, reason: str, at: datetime) -> None:
    """Put the escalation into the boxes of those it concerns; nobody's case changes hands."""
    day = at.astimezone(clock.WIB).date()
    told = {p for role, unit in WHO[level] for p in people.holders(role, units.by_code(unit).pk, day)}
    facts = {"number": complaint.case.number, "level": level, "reason": reason}
    notify.tell_many(template="complaints.escalated", facts=facts, people=told, case=complaint.case_id, at=at)


def note_reopening(complaint: Complaint, at: datetime) -> None:
    """The second reopening goes to the regent's table at once."""
    if complaint.reopened == REOPENINGS:
        reason = "Dibuka kembali untuk ke-2 kalinya"
        cases.raise_level(case=complaint.case, level=REOPENED_LEVEL, reason=reason, at=at)
        tell_level(complaint, REOPENED_LEVEL, reason, at)


@action(right=HEAD, event="complaints.second_line", on="complaint", keeps=("reason",))
def second_line(*, actor: Actor, complaint: Complaint, reason: str, at: datetime) -> Complaint:
    """Second-line enforcement applies: the region deliberately does not sanction (PP 22/2021)."""
    if len(reason.strip()) < 20:
        raise Refused.because("reason", "Tulis alasannya, paling sedikit 20 huruf.", "reason")
    cases.raise_level(case=complaint.case, level=MINISTRY, reason="Penegakan hukum lini kedua", at=at)
    tell_level(complaint, MINISTRY, "Penegakan hukum lini kedua", at)
    return complaint
