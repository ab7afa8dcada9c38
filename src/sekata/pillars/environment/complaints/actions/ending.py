"""Answering, resolving, closing, judging the answer, reopening."""

from datetime import datetime

from django.db.models import F

from sekata.kernel.cases import actions as cases
from sekata.kernel.cases import queries as cases_read
from sekata.kernel.journal.actions import action
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.actions.levels import note_reopening
from sekata.pillars.environment.complaints.actions.papers import issue_answer
from sekata.pillars.environment.complaints.actions.steps import move
from sekata.pillars.environment.complaints.codes import StateCode
from sekata.pillars.environment.complaints.models import Complaint, Feedback, Question
from sekata.pillars.environment.complaints.queries.law import law
from sekata.pillars.environment.complaints.rights import DESK, HEAD, REPORTER, REVIEW, SYSTEM

STATE = ("case.state", "finding")


def _answer(complaint: Complaint, message: str, finding: str = "") -> rules.Answer:
    """What stands behind an ending: finding, evidence counted, letter or result of the other authority."""
    referral = complaint.referrals.order_by("-pk").first()
    report = complaint.incident.reports.filter(approved_at__isnull=False).exists()
    return rules.Answer(
        finding=finding or complaint.finding,
        evidence=complaint.attachments.count() + report + complaint.case.documents.count(),
        message=message,
        has_letter=referral is not None
        and referral.letter_id is not None
        and complaint.case.state == "not_environmental",
        has_result=bool(referral and referral.result),
    )


@action(right=REVIEW | HEAD, event="complaints.answered", on="complaint", watches=STATE, keeps=("message",))
def answer(*, actor: Actor, complaint: Complaint, message: str, finding: str = "", at: datetime) -> Complaint:
    """Answer from the desk or after a report: finding, evidence and a message of substance (R17)."""
    given = {"answer": _answer(complaint, message, finding)}
    _end(complaint, "answer", actor, at, message, given, finding)
    return complaint


@action(right=REVIEW | HEAD, event="complaints.resolved", on="complaint", watches=STATE, keeps=("message",))
def resolve(*, actor: Actor, complaint: Complaint, message: str, at: datetime) -> Complaint:
    """All follow-up is done: say what was done."""
    undone = complaint.incident.follow_ups.filter(done_at=None).count()
    _end(complaint, "resolve", actor, at, message, {"answer": _answer(complaint, message), "undone": undone})
    return complaint


def _end(
    complaint: Complaint, name: str, actor: Actor, at: datetime, message: str, given: dict, finding: str = ""
) -> None:
    move(complaint, name, actor=actor, at=at, says=message.strip(), given=given)
    complaint.answer_text, complaint.closed_by = message.strip(), actor.person
    complaint.finding = finding or complaint.finding
    complaint.save(update_fields=["answer_text", "closed_by", "finding"])
    if name in ("answer", "resolve"):
        issue_answer(complaint, message.strip(), complaint.finding, actor, at)


@action(right=REVIEW, event="complaints.closed", on="complaint", watches=STATE, keeps=("message",))
def close_passed_on(*, actor: Actor, complaint: Complaint, message: str, at: datetime) -> Complaint:
    """Close what went to somebody else: with the letter or the authority's result, and a message."""
    given = {"answer": _answer(complaint, message)}
    _end(complaint, "close_passed_on", actor, at, message, given)
    return complaint


@action(right=REPORTER, event="complaints.accepted", on="complaint", watches=STATE)
def accept(*, actor: Actor, complaint: Complaint, at: datetime) -> Complaint:
    """The reporter is content: closed at once."""
    move(complaint, "accept", actor=actor, at=at, says="Pelapor menerima jawaban.")
    return complaint


@action(right=SYSTEM, event="complaints.closed", on="complaint", watches=STATE)
def close_silent(*, actor: Actor, complaint: Complaint, at: datetime) -> Complaint:
    """The feedback window is over."""
    move(complaint, "close_silent", actor=actor, at=at, says="Masa penilaian berakhir; laporan ditutup.")
    return complaint


@action(
    right=REPORTER, event="complaints.judged", on="complaint", watches=STATE, keeps=("score", "satisfied")
)
def feed_back(
    *,
    actor: Actor,
    complaint: Complaint,
    score: int | None = None,
    satisfied: bool | None = None,
    text: str = "",
    at: datetime,
) -> rules.Sequel:
    """The reporter judges the answer: reopened, called back, or thanked (R17)."""
    rulebook = law(complaint.case.received_at)
    said = rules.Feedback(at=at, text=text, satisfied=satisfied, score=score)
    sequel = rules.feedback_sequel(
        complaint.case.state,
        ended_at(complaint),
        complaint.reporter_mode,
        said,
        rulebook.limits,
        rulebook.calendar,
    )
    Feedback.objects.create(
        complaint=complaint,
        score=score,
        satisfied=satisfied,
        text=text.strip()[:1000],
        at=at,
        sequel=sequel.kind,
    )
    if sequel.kind == "reopen":
        reopen(actor=actor, complaint=complaint, text=text, at=at)
    elif sequel.kind == "tracking_question":
        Question.objects.create(complaint=complaint, text="Apa yang belum selesai menurut Anda?", asked_at=at)
    elif satisfied and complaint.case.state in (StateCode.ANSWERED, StateCode.RESOLVED):
        accept(actor=actor, complaint=complaint, at=at)
    return sequel


@action(right=DESK, event="complaints.called_back", on="complaint", keeps=("note",))
def finish_call_back(*, actor: Actor, complaint: Complaint, note: str, at: datetime) -> Complaint:
    """Somebody has asked the reporter who gave a low score without a word (R17); the reporter may still reopen."""
    if len(note.strip()) < 10:
        raise Refused.because("note", "Tulis apa kata pelapor.", "note")
    complaint.feedback.filter(sequel="call_back", call_back_done_at=None).update(call_back_done_at=at)
    cases.note(
        actor=actor, case=complaint.case, at=at, name="called_back", words=cases.Words(reason=note.strip())
    )
    return complaint


def ended_at(complaint: Complaint) -> datetime:
    """When the case came into its present state."""
    last = (
        cases_read.history(complaint.case)
        .filter(target=complaint.case.state)
        .exclude(source=complaint.case.state)
    )
    return last.last().at


@action(
    right=REPORTER | DESK,
    event="complaints.reopened",
    on="complaint",
    watches=(*STATE, "reopened"),
    keeps=("text",),
)
def reopen(*, actor: Actor, complaint: Complaint, text: str, at: datetime) -> Complaint:
    """Open an answered or closed case again inside the window; a visible entry and new clocks."""
    rulebook = law(complaint.case.received_at)
    window = rules.may_reopen(
        complaint.case.state, ended_at(complaint), at, rulebook.limits, rulebook.calendar
    )
    given = {"open_window": window, "text": text}
    says = "Laporan dibuka kembali karena belum selesai menurut pelapor."
    move(complaint, "reopen", actor=actor, at=at, reason=text, says=says, given=given)
    complaint.reopened += 1
    Complaint.objects.filter(pk=complaint.pk).update(reopened=F("reopened") + 1)
    note_reopening(complaint, at)
    return complaint


@action(right=REVIEW, event="complaints.reclosed", on="complaint", watches=STATE, keeps=("message",))
def close_reopened(*, actor: Actor, complaint: Complaint, message: str, at: datetime) -> Complaint:
    """Close a reopened case again: somebody else than the one who closed it, with reasons."""
    if complaint.closed_by == actor.person:
        raise Refused.because(
            "same_decider", "Kasus yang dibuka kembali harus diputus petugas lain.", status=409
        )
    given = {"decider": actor.person, "message": message}
    _end(complaint, "close_reopened", actor, at, message, given)
    return complaint
