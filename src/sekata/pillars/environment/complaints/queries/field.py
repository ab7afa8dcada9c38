"""Reading field work."""

from collections.abc import Iterable
from datetime import date

from sekata.kernel.people import queries as people
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.models import Complaint, ConflictOfInterest, VerificationTask


def team_facts(complaint: Complaint, lead: int, members: Iterable[int]) -> list[rules.TeamMember]:
    """The proposed team as the rules see it, conflicts about the suspected facility marked."""
    ids = dict.fromkeys([lead, *members])
    conflicted = set()
    if complaint.facility:
        declared = ConflictOfInterest.objects.filter(
            facility=complaint.facility, person__in=ids, ended_at=None
        )
        conflicted = set(declared.values_list("person_id", flat=True))
    names = people.names(ids)
    return [
        rules.TeamMember(person=one, name=names.get(one, ""), is_lead=one == lead, conflict=one in conflicted)
        for one in ids
    ]


def inspectors(unit: int, on: date) -> dict[int, str]:
    """Inspectors who may be put on a team: id -> name."""
    return people.names(people.holders("complaints_inspector", unit, on))


def current_task(complaint: Complaint) -> VerificationTask | None:
    """The latest visit of the incident."""
    return VerificationTask.objects.filter(incident=complaint.incident_id).order_by("-pk").first()


def tasks_of(person: int) -> list[VerificationTask]:
    """Unfinished visits of an inspector, the nearest first, for the field page."""
    rows = VerificationTask.objects.select_related("incident__lead__case", "letter").filter(
        team__person=person, finished_at=None
    )
    return list(rows.order_by("planned_at")[:50])
