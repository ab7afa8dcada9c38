"""One page for each act on a complaint: GET asks, POST acts, a refusal says why at the field."""

from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints.forms.base import VerbForm
from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.queries import officer
from sekata.pillars.environment.complaints.rights import SEE
from sekata.pillars.environment.complaints.views.officer import complaint_for
from sekata.pillars.environment.complaints.views.verbs import VERBS, Verb
from sekata.web.doors import door

FORM_PAGE = require_http_methods(["GET", "HEAD", "POST"])


@door(SEE)
@FORM_PAGE
def step(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """Ask for what an act needs, and do it."""
    spec = VERBS.get(verb)
    if spec is None:
        raise Http404
    complaint = complaint_for(request.actor, number)
    if not spec.act.right.allows(request.actor, complaint):
        raise PermissionDenied(_("Yang boleh melakukan ini: %(who)s.") % {"who": spec.act.right.label})
    if request.method != "POST":
        status = 200 if spec.fits(complaint) else 409
        return _page(request, spec, complaint, spec.form(complaint=complaint, actor=request.actor), status)
    form = spec.form(request.POST, request.FILES, complaint=complaint, actor=request.actor)
    return _act(request, spec, complaint, form)


def _act(request: HttpRequest, spec: Verb, complaint: Complaint, form: VerbForm) -> HttpResponse:
    if moved_since(request, complaint, form) or not spec.fits(complaint):
        return _page(request, spec, complaint, form, 409)
    if not form.is_valid():
        return _page(request, spec, complaint, form, 422)
    try:
        result = spec.act(actor=request.actor, complaint=complaint, **form.given())
    except Refused as refusal:
        fresh = complaint_for(request.actor, complaint.case.number)
        return _page(request, spec, fresh, form.refuse(refusal), refusal.status)
    if spec.shows:
        return _shown(request, spec, complaint, result)
    messages.success(request, spec.done)
    return redirect("complaints:case", complaint.case.number)


def moved_since(request: HttpRequest, complaint: Complaint, form: VerbForm) -> bool:
    """Whether somebody changed the case since this page was shown, and by what. The answers stay."""
    seen = request.POST.get("seen", "")
    if not seen or seen == str(complaint.case.version):
        return False
    form.full_clean()
    last = next(iter(officer.recent_steps(complaint)), None)
    what = f"{last['title']} ({last['when']})" if last else ""
    sentence = _(
        "Urusan ini berubah sejak Anda membukanya: %(what)s. Isian Anda masih ada; periksa, lalu kirim lagi."
    )
    form.add_error(None, sentence % {"what": what})
    return True


def _page(
    request: HttpRequest, spec: Verb, complaint: Complaint, form: VerbForm, status: int
) -> HttpResponse:
    context = officer.head(complaint, request.actor, clock.now()) | {
        "form": form,
        "verb": spec,
        "heading": spec.asks,
        "submit_label": spec.submit,
        "back_url": reverse("complaints:case", args=[complaint.case.number]),
        "fits": spec.fits(complaint),
        "aside": _beside(spec, complaint),
    }
    response = render(request, "complaints/officer/step.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _beside(spec: Verb, complaint: Complaint) -> Mapping[str, object]:
    """What one wants to see while deciding: the report to approve, the referral's story."""
    if spec is VERBS["approve_report"]:
        return {"report": officer.field(complaint)["reports"][:1]}
    return {}


def _shown(request: HttpRequest, spec: Verb, complaint: Complaint, result: object) -> HttpResponse:
    """Show once what the act has answered; nothing keeps this page."""
    context = officer.head(complaint, request.actor, clock.now()) | {"result": result, "heading": spec.asks}
    response = render(request, spec.shows, context)
    response.headers["Cache-Control"] = "no-store"
    return response
