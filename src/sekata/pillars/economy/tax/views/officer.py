"""Officers' pages: the mass assessment's cockpit, an object in full, a village's list (DHKP)."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.lib.numbers import nop
from sekata.lib.result import Refused
from sekata.pillars.economy.tax.actions import looking, mass
from sekata.pillars.economy.tax.codes import BatchState
from sekata.pillars.economy.tax.forms.officer import BeginForm, ReasonForm
from sekata.pillars.economy.tax.models import MassBatch
from sekata.pillars.economy.tax.queries import cockpit, desk, papers, revenue
from sekata.pillars.economy.tax.rights import ASSESS, HEAD, OFFICER
from sekata.pillars.economy.tax.views import ground
from sekata.pillars.economy.tax.workflow import BATCH
from sekata.web.doors import door, refuse

VERBS: dict[str, Callable] = {
    "recompute": mass.recompute,
    "approve": mass.approve_batch,
    "issue": mass.issue_batch,
    "reissue": mass.issue_missing,
    "abandon": mass.abandon,
}
WITH_REASON = ("approve", "abandon")
PAGE = 200


@require_http_methods(["GET", "HEAD", "POST"])
@door(ASSESS | HEAD)
def years(request: HttpRequest) -> HttpResponse:
    """All years, and the form that begins one."""
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            batch = mass.begin_year(actor=request.actor, **form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            return redirect("tax:batch", year=batch.tax_year)
    context = {"form": form, "batches": cockpit.batches(), "states": BatchState}
    return render(request, "tax/officer/years.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door(ASSESS | HEAD)
def batch(request: HttpRequest, year: int) -> HttpResponse:
    """A year's batch: progress, books, villages, risers and fallers, nil and problems, and what may be done."""
    found = cockpit.batch_of(year)
    if found is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _act(request, found, form.cleaned_data["reason"])
        except Refused as refusal:
            refuse(form, refusal)
        else:
            return redirect("tax:batch", year=year)
    edges = [e for e in BATCH.edges_from(found.state) if not e.automatic and e.by.opens(request.actor)]
    context = {
        "batch": found,
        "form": form,
        "edges": edges,
        "asks_reason": any(edge.name in WITH_REASON for edge in edges),
        "books": cockpit.by_book(found),
        "villages": cockpit.by_village(found),
        "risers": cockpit.risers(found),
        "fallers": cockpit.risers(found, falling=True),
        "nil": cockpit.nil_lines(found),
        "problems": cockpit.problems(found),
        "outliers": desk.outliers(found),
        "may_print": found.state == BatchState.ISSUED and ASSESS.opens(request.actor),
        "unprinted": papers.unprinted_count(found.pk) if found.state == BatchState.ISSUED else 0,
    }
    return render(request, "tax/officer/batch.html", context, status=422 if form.errors else 200)


def _act(request: HttpRequest, found: MassBatch, reason: str) -> None:
    name = request.POST.get("lakukan", "")
    if name not in VERBS:
        raise Refused.because("verb", "Pilih tindakan.")
    given = {"reason": reason} if name in WITH_REASON else {}
    VERBS[name](actor=request.actor, batch=found, **given)
    messages.success(request, BATCH.transition(name).label)


@require_safe
@door(OFFICER)
def land(request: HttpRequest, number: str) -> HttpResponse:
    """One land object in full; that an officer looked is journalled."""
    view = cockpit.object_view(nop.clean(number))
    if view is None:
        raise Http404
    looking.note_look(request.actor, view.land, clock.now())
    shown = str(nop.Nop(view.land.nop))
    context = {"view": view, "shown": shown, "map": ground.object_map(view.versions[0], shown)}
    return render(request, "tax/officer/land.html", context)


@require_safe
@door(OFFICER)
def village(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """DHKP: the letters of a village and year, printable, page by page."""
    area = units.areas().get(code)
    if area is None:
        raise Http404
    rows = cockpit.village_list(code, year, request.GET.get("sesudah", ""), PAGE + 1)
    total, paid = cockpit.village_sum(code, year)
    context = {
        "area": area,
        "year": year,
        "rows": rows[:PAGE],
        "after": rows[PAGE - 1].land.nop if len(rows) > PAGE else "",
        "total": total,
        "paid": paid,
    }
    return render(request, "tax/officer/village.html", context)


@require_safe
@door(OFFICER)
def receivables(request: HttpRequest) -> HttpResponse:
    """What is outstanding today, by age, and what of it is doubtful."""
    context = {"outstanding": revenue.outstanding(clock.today()), "today": clock.today()}
    return render(request, "tax/officer/receivables.html", context)
