"""The inspector's pages, phone first: my visits, one visit with all its forms, each form by itself."""

from types import MappingProxyType
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints.forms.field import FieldForm
from sekata.pillars.environment.complaints.models import Complaint, VerificationTask
from sekata.pillars.environment.complaints.queries import officer, visit
from sekata.pillars.environment.complaints.rights import INSPECT
from sekata.pillars.environment.complaints.views import ground
from sekata.pillars.environment.complaints.views.officer import complaint_for
from sekata.pillars.environment.complaints.views.once import sent_once
from sekata.pillars.environment.complaints.views.verbs import VERBS, Verb
from sekata.web import maps
from sekata.web.doors import door

ORDER = (
    "arrive",
    "record_checklist",
    "take_sample",
    "hand_over",
    "record_minutes",
    "attach",
    "finish_visit",
)
FORMS = MappingProxyType({code: VERBS[code] for code in ORDER})
VERSION = "2"


@door(INSPECT)
@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """My visits, the nearest first."""
    return render(request, "complaints/field/agenda.html", {"visits": visit.agenda(request.actor)})


@door(INSPECT)
@require_safe
def one(request: HttpRequest, task: int) -> HttpResponse:
    """A visit: where, what is missing, and every form: this one page is enough without a signal."""
    found, complaint = _visit(request, task)
    context = officer.head(complaint, request.actor, clock.now()) | {
        "task": found,
        "checks": visit.checklist(found, complaint),
        "samples": officer.samples(complaint),
        "forms": [
            _offered(code, spec, request, found, complaint)
            for code, spec in FORMS.items()
            if _fits(code, spec, complaint)
        ],
        "map": _map(complaint),
        "version": VERSION,
        "page_id": uuid4(),
        "back_url": reverse("complaints:agenda"),
    }
    return render(request, "complaints/field/visit.html", context)


def _visit(request: HttpRequest, task: int) -> tuple[VerificationTask, Complaint]:
    found = get_object_or_404(visit.tasks(request.actor), pk=task)
    return found, complaint_for(request.actor, found.incident.lead.case.number, INSPECT)


def _fits(code: str, spec: Verb, complaint: Complaint) -> bool:
    """Minutes may be written before the arrival has reached us, and a sample handed over that has not yet:
    the phone was without a signal."""
    return complaint.case.state in spec.states if code == "hand_over" else spec.fits(complaint)


def _offered(
    code: str, spec: Verb, request: HttpRequest, task: VerificationTask, complaint: Complaint
) -> dict[str, object]:
    form = _form(code, spec, request, task, complaint, bound=False)
    address = reverse("complaints:field_form", args=[task.pk, code])
    return {"code": code, "verb": spec, "form": form, "address": address}


def _form(
    code: str, spec: Verb, request: HttpRequest, task: VerificationTask, complaint: Complaint, bound: bool
):
    sent = (request.POST, request.FILES) if bound else ()
    mine = {"task": task} if issubclass(spec.form, FieldForm) else {}
    return spec.form(*sent, complaint=complaint, actor=request.actor, auto_id=f"{code}_%s", **mine)


def _map(complaint: Complaint) -> maps.MapView | None:
    if complaint.lat is None:
        return None
    spot = maps.Place(
        _("Titik laporan"), complaint.lon, complaint.lat, f"{complaint.lat:.5f}, {complaint.lon:.5f}"
    )
    return maps.places_map(_("Titik laporan di peta"), [spot], ground.around(complaint.lat, complaint.lon))


@door(INSPECT)
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, task: int, code: str) -> HttpResponse:
    """One form of a visit; it takes each submission once, however often it is sent."""
    spec = FORMS.get(code)
    if spec is None:
        raise Http404
    found, complaint = _visit(request, task)
    if request.method != "POST":
        return _page(
            request, code, found, complaint, _form(code, spec, request, found, complaint, bound=False)
        )
    answers = _form(code, spec, request, found, complaint, bound=True)
    if not answers.is_valid():
        return _page(request, code, found, complaint, answers, 422)
    return _take(request, code, found, complaint, answers)


def _take(
    request: HttpRequest, code: str, task: VerificationTask, complaint: Complaint, answers
) -> HttpResponse:
    spec = FORMS[code]
    key = (
        getattr(answers, "client_id", None)
        or request.POST.get("client_id")
        or request.POST.get("page_id")
        or uuid4()
    )
    try:
        again = sent_once(
            request, str(key), lambda: spec.act(actor=request.actor, complaint=complaint, **answers.given())
        )
    except Refused as refusal:
        fresh = complaint_for(request.actor, complaint.case.number, INSPECT)
        return _page(request, code, task, fresh, answers.refuse(refusal), refusal.status)
    messages.success(
        request, _("Sudah kami terima sebelumnya; tidak dicatat dua kali.") if again else spec.done
    )
    return redirect("complaints:visit", task.pk)


def _page(
    request: HttpRequest, code: str, task, complaint: Complaint, answers, status: int = 200
) -> HttpResponse:
    spec = FORMS[code]
    context = officer.head(complaint, request.actor, clock.now()) | {
        "form": answers,
        "verb": spec,
        "heading": spec.asks,
        "submit_label": spec.submit,
        "version": VERSION,
        "page_id": uuid4(),
        "back_url": reverse("complaints:visit", args=[task.pk]),
    }
    return render(request, "complaints/field/form.html", context, status=status)
