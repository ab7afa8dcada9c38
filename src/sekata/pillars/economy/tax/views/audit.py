"""Officers' pages of letters: the audit worksheet, proposals, one letter, the board of collection, deed reports."""

from collections.abc import Callable
from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.pillars.economy.tax.actions import assessing, auditing, collecting, transfers
from sekata.pillars.economy.tax.codes import AssessmentState, CollectionState, Ground
from sekata.pillars.economy.tax.forms.desk import ACTS, AuditForm, DeedsForm, ReceiverForm, ServeForm
from sekata.pillars.economy.tax.models import Assessment
from sekata.pillars.economy.tax.queries import desk, papers
from sekata.pillars.economy.tax.queries.owing import owed
from sekata.pillars.economy.tax.rights import AUDIT, COLLECT, OFFICER, PPAT, REGENT
from sekata.pillars.economy.tax.workflow import ASSESSMENT
from sekata.web.doors import door, refuse

VERBS: dict[str, tuple[Callable[..., object], dict[str, str]]] = {
    "approve": (assessing.approve, {}),
    "issue": (assessing.issue, {}),
    "deliver": (assessing.deliver, {"receiver": "receiver"}),
    "cancel": (assessing.cancel, {"reason": "reason"}),
    "write_off": (assessing.write_off, {"reason": "reason"}),
}
"""Transition -> the act, and its arguments by field of `ReceiverForm`."""


@require_http_methods(["GET", "HEAD", "POST"])
@door(OFFICER)
def worksheet(request: HttpRequest) -> HttpResponse:
    """What wait for approval or issue; the worksheet that proposes an SKPDKB out of what was found."""
    form = AuditForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _propose(request, form)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Usulan %(number)s dicatat.") % {"number": made.number})
            return redirect("tax:desk_letter", number=made.number)
    context = {"form": form, "proposals": desk.proposals(), "may_audit": AUDIT.opens(request.actor)}
    return render(request, "tax/officer/worksheet.html", context, status=422 if form.errors else 200)


def _propose(request: HttpRequest, form: AuditForm) -> Assessment:
    told = form.cleaned_data
    tax_object = desk.object_of(told["number"].strip())
    if tax_object is None:
        raise Refused.because("number", _("Objek dengan nomor ini tidak ada."), "number")
    return auditing.propose(
        actor=request.actor,
        tax_object=tax_object,
        period=told["period"],
        ground=Ground(told["ground"]),
        found=Decimal(told["found"]),
        reason=told["reason"],
    )


def _shown_letter(number: str) -> Assessment:
    found = desk.letter(number)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@door(OFFICER | REGENT)
def letter(request: HttpRequest, number: str) -> HttpResponse:
    """One letter, and what the officer may do with it now."""
    found = _shown_letter(number)
    edges = [
        e for e in ASSESSMENT.edges_from(found.state) if e.name in VERBS and e.by.allows(request.actor, found)
    ]
    form = ReceiverForm(request.POST or None)
    asked = {field for edge in edges for field in VERBS[edge.name][1].values()}
    for name in set(form.fields) - asked:
        del form.fields[name]
    if request.method == "POST" and form.is_valid():
        try:
            _act(request, found, {edge.name for edge in edges}, form)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            return redirect("tax:desk_letter", number=number)
    context = {
        "letter": found,
        "form": form,
        "edges": edges,
        "owed": owed(found, clock.today()),
        "acts": desk.acts_of(found),
        "may_collect": COLLECT.opens(request.actor) and found.state in desk.OVERDUE,
        "worksheet": found.facts.get("worksheet"),
        "printable": papers.printable(found),
    }
    return render(request, "tax/officer/letter.html", context, status=422 if form.errors else 200)


def _act(request: HttpRequest, found: Assessment, allowed: set[str], form: ReceiverForm) -> None:
    name = request.POST.get("lakukan", "")
    if name not in allowed:
        raise Refused.because("step", _("Pilih tindakan."), status=409)
    act, fields = VERBS[name]
    act(
        actor=request.actor,
        assessment=found,
        **{key: form.cleaned_data[field] for key, field in fields.items()},
    )
    messages.success(request, ASSESSMENT.transition(name).label)


@require_http_methods(["GET", "HEAD"])
@door(OFFICER)
def kanban(request: HttpRequest) -> HttpResponse:
    """Arrears by the step that collection has reached."""
    return render(request, "tax/officer/kanban.html", {"columns": desk.kanban(), "most": desk.COUNTED})


@require_http_methods(["GET", "HEAD", "POST"])
@door(COLLECT)
def serve(request: HttpRequest, number: str) -> HttpResponse:
    """The next act on the debtor of an overdue letter."""
    found = _shown_letter(number)
    known = desk.collection_of(found)
    state = CollectionState(known.state) if known else CollectionState.OPEN
    following = ACTS.get(state)
    if following is None or found.state not in (AssessmentState.DUE, AssessmentState.PARTLY_PAID):
        raise Http404
    form = ServeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            collecting.serve(
                actor=request.actor,
                assessment=found,
                act=following,
                on=form.moment(),
                note=form.cleaned_data["note"],
            )
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("%(act)s dicatat.") % {"act": following.label})
            return redirect("tax:desk_letter", number=number)
    context = {"form": form, "letter": found, "following": following, "acts": desk.acts_of(found)}
    return render(request, "tax/officer/serve.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door(PPAT | OFFICER)
def deeds(request: HttpRequest) -> HttpResponse:
    """A PPAT's monthly report; officers see everybody's."""
    is_ppat = PPAT.opens(request.actor)
    form = DeedsForm(request.POST or None)
    if request.method == "POST" and is_ppat and form.is_valid():
        try:
            made = transfers.report_deeds(actor=request.actor, **form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            late = _("Laporan diterima, terlambat: denda menyusul.")
            messages.success(request, late if made.fine else _("Laporan diterima."))
            return redirect("tax:deeds")
    reports = desk.reports_of(request.actor.person) if is_ppat else desk.deed_reports()
    context = {"form": form, "is_ppat": is_ppat, "reports": reports}
    return render(request, "tax/officer/deeds.html", context, status=422 if form.errors else 200)
