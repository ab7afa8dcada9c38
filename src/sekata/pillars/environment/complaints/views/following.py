"""What a reporter does on the tracking page: answer, add photos, judge, withdraw; and the receipt."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints import actions, rules
from sekata.pillars.environment.complaints.forms.citizen import AnswerForm, FeedbackForm
from sekata.pillars.environment.complaints.models import Complaint
from sekata.web.doors import refuse


def forms(complaint: Complaint) -> dict[str, object]:
    """Empty forms for what the case allows now."""
    return {"answer_form": AnswerForm(), "feedback_form": FeedbackForm()}


def act(request: HttpRequest, actor: Actor, complaint: Complaint) -> tuple[Mapping[str, object], bool]:
    """Do what the pressed button says; the form with its errors, and whether it is done."""
    verb = VERBS.get(request.POST.get("tindakan", ""))
    return verb(request, actor, complaint) if verb else ({}, False)


def _answer(request: HttpRequest, actor: Actor, complaint: Complaint) -> tuple[Mapping[str, object], bool]:
    form = AnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        return {"answer_form": form}, False
    given = {"answer": form.cleaned_data["answer"], "files": tuple(form.cleaned_data["files"])}
    try:
        if complaint.case.state == "incomplete":
            actions.complete(actor=actor, complaint=complaint, **given)
        else:
            question = complaint.questions.get(pk=request.POST.get("pertanyaan", 0))
            actions.answer_question(actor=actor, complaint=complaint, question=question, **given)
    except Refused as refusal:
        return {"answer_form": refuse(form, refusal)}, False
    messages.success(request, _("Jawaban Anda kami terima."))
    return {}, True


def _judge(request: HttpRequest, actor: Actor, complaint: Complaint) -> tuple[Mapping[str, object], bool]:
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return {"feedback_form": form}, False
    told = form.cleaned_data
    try:
        sequel = actions.feed_back(
            actor=actor,
            complaint=complaint,
            score=int(told["score"]) if told["score"] else None,
            satisfied=told["solved"] == "ya",
            text=told["text"],
        )
    except Refused as refusal:
        return {"feedback_form": refuse(form, refusal)}, False
    messages.success(request, sequel.says)
    return {}, sequel.kind != rules.SequelKind.NEEDS_TEXT


def _withdraw(request: HttpRequest, actor: Actor, complaint: Complaint) -> tuple[Mapping[str, object], bool]:
    try:
        actions.withdraw(actor=actor, complaint=complaint, reason=request.POST.get("alasan", ""))
    except Refused as refusal:
        return {"reasons": refusal.reasons}, False
    messages.success(request, _("Laporan Anda dicabut."))
    return {}, True


VERBS = {"jawab": _answer, "nilai": _judge, "cabut": _withdraw}


def receipt_pdf(complaint: Complaint, code: str, base: str) -> bytes:
    """The receipt with number, dates and - only right after sending - the code."""
    return actions.papers.receipt(complaint, code, base)
