"""The checklist of a visit: its items, and what was answered."""

from dataclasses import dataclass

from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.codes import CheckAnswer
from sekata.pillars.environment.complaints.models import Complaint, VerificationTask
from sekata.pillars.environment.complaints.queries.law import law
from sekata.pillars.environment.complaints.rules.terms import Row


def checks_of(complaint: Complaint) -> list[tuple[str, Row]]:
    """The checklist of this kind of complaint, as it stood when the report came in."""
    rows = law(complaint.case.received_at).table("visit_check")
    return rules.visit_checks(rows, complaint.service_code, complaint.group)


@dataclass(frozen=True)
class Looked:
    """An answered item of the checklist; note says more where the inspector said more."""

    text: str
    answer: str
    label: str
    note: str


def looked_at(task: VerificationTask, complaint: Complaint) -> list[Looked]:
    """The answers of a visit in the order of its list."""
    found = ((row["text"], task.checklist.get(key)) for key, row in checks_of(complaint))
    return [
        Looked(text, told["answer"], CheckAnswer(told["answer"]).label, told["note"])
        for text, told in found
        if told
    ]
