"""Who fills a post: decrees entered by one officer and approved by another."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from sekata.kernel.journal.acts import action
from sekata.kernel.people import rules
from sekata.kernel.people.models import Assignment, Person, Position
from sekata.kernel.reference import queries as reference
from sekata.lib.actor import Actor
from sekata.lib.result import Refused, insist
from sekata.lib.rights import permission

ENTER_DECREE = permission("people.decree", "petugas kepegawaian")
APPROVE_DECREE = permission("people.decree.approve", "pejabat kepegawaian")


@action(
    right=ENTER_DECREE,
    event="people.decree.entered",
    keeps=("person", "position", "kind", "starts", "ends", "decree"),
)
def enter_decree(
    *,
    actor: Actor,
    person: Person,
    position: Position,
    kind: str,
    decree: str,
    starts: date,
    ends: date | None,
    extends: Assignment | None = None,
    at: datetime,
) -> Assignment:
    """Enter who fills a post, definitively or as Plt/Plh. It counts once somebody else has approved it."""
    if kind != "definitive":
        months = int(reference.at("people.acting", starts)["plt"]["months"])
        earlier = (extends.kind, extends.ends, extends.extends_id is not None) if extends else None
        insist(rules.stand_in_reasons(kind, starts, ends, months, earlier))
    return Assignment.objects.create(
        person=person,
        position=position,
        kind=kind,
        decree=decree,
        starts=starts,
        ends=ends,
        extends=extends,
        entered_by=actor.person,
    )


@action(right=APPROVE_DECREE, event="people.decree.approved", on="assignment", watches=("approved_by",))
def approve_decree(*, actor: Actor, assignment: Assignment, at: datetime) -> Assignment:
    """Let a decree take effect. Two persons; two stand-ins for one post at a time are refused by the database."""
    if assignment.entered_by == actor.person:
        raise Refused.because("two_persons", "Yang mencatat tidak boleh sekaligus menyetujui.", status=409)
    assignment.approved_by, assignment.approved_at = actor.person, at
    try:
        with transaction.atomic():
            assignment.save(update_fields=["approved_by", "approved_at"])
    except IntegrityError as clash:
        raise Refused.because(
            "occupied", "Jabatan itu sudah terisi pada masa yang sama.", status=409
        ) from clash
    return assignment
