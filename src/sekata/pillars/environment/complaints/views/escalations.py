"""Answering an escalation: the level above writes what it decides; neither hands nor clocks change."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sekata.kernel.cases import actions as cases
from sekata.kernel.cases import queries as found_cases
from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints.forms.officer import EscalationAnswer
from sekata.pillars.environment.complaints.queries import officer
from sekata.pillars.environment.complaints.rights import ANSWERS, BRIDGE, SEE, TOP
from sekata.web.doors import door


@door(BRIDGE)
@require_http_methods(["GET", "HEAD", "POST"])
def escalation(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The page of one escalation, for the level it was raised to; it shows no reporter."""
    found = found_cases.escalation(pk, number)
    if found is None:
        raise Http404
    complaint = get_object_or_404(officer.readable(request.actor, SEE | TOP), case=found.case_id)
    right = ANSWERS.get(found.level)
    if right is None or not right.allows(request.actor, complaint):
        raise PermissionDenied(_("Eskalasi ini dijawab %(who)s.") % {"who": right.label if right else ""})
    form = EscalationAnswer(request.POST or None, complaint=complaint, actor=request.actor)
    if request.method == "POST" and form.is_valid() and _answer(request, found, form):
        messages.success(request, _("Jawaban Anda tercatat."))
        return redirect(_next(request, complaint))
    context = officer.head(complaint, request.actor, clock.now()) | {
        "form": form,
        "escalation": found,
        "steps": officer.recent_steps(complaint),
        "back_url": _next(request, complaint),
    }
    return render(request, "complaints/officer/escalation.html", context, status=422 if form.errors else 200)


def _answer(request: HttpRequest, found: cases.Escalation, form: EscalationAnswer) -> bool:
    try:
        cases.answer_escalation(actor=request.actor, escalation=found, text=form.cleaned_data["answer"])
    except Refused as refusal:
        form.refuse(refusal)
    return not form.errors


def _next(request: HttpRequest, complaint) -> str:
    if SEE.allows(request.actor, complaint):
        return reverse("complaints:case", args=[complaint.case.number])
    return reverse("complaints:figures")
