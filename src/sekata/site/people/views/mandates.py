"""Kuasa saya: whom one lets act, for whom one acts, and doing so."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sekata.kernel.cases import queries as cases
from sekata.kernel.people import actions
from sekata.kernel.people import queries as people
from sekata.lib import clock
from sekata.lib.manifest import System
from sekata.lib.result import Refused
from sekata.site.people.forms import MandateForm
from sekata.site.people.mandates import scope_words
from sekata.site.people.views.mine import myself
from sekata.site.registry import REGISTRY
from sekata.site.rights import MEMBER
from sekata.web.doors import door, refuse

FILES = 50


def offered() -> list[System]:
    """Systems in which citizens have services: what a mandate may be for."""
    return [system for system in REGISTRY.systems if system.services]


@door(MEMBER)
@never_cache
@require_safe
def mandates(request: HttpRequest) -> HttpResponse:
    """Given, held, and waiting for one's yes."""
    person, today = request.actor.person, clock.today()
    used = people.mandate_used(request.session.get(people.MANDATE), person, today)

    def lines(rows) -> list[dict[str, object]]:
        return [{"row": row, "scope": scope_words(row), "runs": row.in_force(today)} for row in rows]

    context = {
        "given": lines(people.mandates_given(person)),
        "held": lines(people.mandates_held(person)),
        "waiting": lines(people.mandates_offered(request.user, today)),
        "used": used.pk if used else None,
        "today": today,
    }
    return render(request, "people/own/mandates.html", context)


@door(MEMBER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Let another act."""
    form = MandateForm(request.POST if request.method == "POST" else None, systems=offered())
    if form.is_valid():
        try:
            actions.give_mandate(actor=request.actor, person=myself(request), **form.cleaned_data)
            messages.success(
                request, _("Kuasa dicatat. Berlaku sesudah penerimanya menyetujui dari akunnya.")
            )
            return redirect("mine:mandates")
        except Refused as refusal:
            refuse(form, refusal)
    return render(request, "people/own/mandate.html", {"form": form}, status=422 if form.errors else 200)


@door(MEMBER)
@require_POST
def accept(request: HttpRequest, mandate: int) -> HttpResponse:
    """Take a mandate on."""
    found = get_object_or_404(people.mandates_offered(request.user, clock.today()), pk=mandate)
    try:
        actions.accept_mandate(actor=request.actor, mandate=found, account=request.user)
        messages.success(request, _("Kuasa diterima."))
    except Refused as refusal:
        messages.error(request, " ".join(reason.message for reason in refusal.reasons))
    return redirect("mine:mandates")


@door(MEMBER)
@require_POST
def revoke(request: HttpRequest, mandate: int) -> HttpResponse:
    """End a mandate, as giver or receiver."""
    person = request.actor.person
    rows = people.mandates_given(person) | people.mandates_held(person)
    actions.revoke_mandate(actor=request.actor, mandate=get_object_or_404(rows, pk=mandate))
    messages.success(request, _("Kuasa dicabut dan tidak berlaku lagi mulai sekarang."))
    return redirect("mine:mandates")


@door(MEMBER)
@require_POST
def use(request: HttpRequest, mandate: int) -> HttpResponse:
    """Begin to act for the giver."""
    found = get_object_or_404(people.mandates_held(request.actor.person), pk=mandate)
    try:
        actions.use_mandate(actor=request.actor, mandate=found)
    except Refused as refusal:
        messages.error(request, " ".join(reason.message for reason in refusal.reasons))
        return redirect("mine:mandates")
    request.session[people.MANDATE] = found.pk
    return redirect("mine:mandate_files", mandate=found.pk)


@door(MEMBER)
@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Act for oneself again."""
    request.session.pop(people.MANDATE, None)
    messages.success(request, _("Anda kembali bertindak untuk diri sendiri."))
    return redirect("mine:mandates")


def _track(system: str, number: str) -> str:
    """The citizen's page of a case in its room, empty where the room has none."""
    try:
        return reverse(f"{system}:track", args=[number])
    except NoReverseMatch:
        return ""


@door(MEMBER)
@never_cache
@require_safe
def files(request: HttpRequest, mandate: int) -> HttpResponse:
    """The giver's cases within the scope, and the services one may use for them."""
    found = get_object_or_404(people.mandates_held(request.actor.person), pk=mandate)
    if not found.in_force(clock.today()):
        return redirect("mine:mandates")
    systems = [system for system in REGISTRY.systems if system.code in found.scope]
    workflows = {flow.code: system for system in systems for flow in system.workflows}
    rows = cases.of_applicant(found.giver_id).filter(workflow__in=workflows)[:FILES]
    context = {
        "mandate": found,
        "scope": scope_words(found),
        "services": [service for system in systems for service in system.services],
        "lines": [
            {
                "case": case,
                "url": _track(workflows[case.workflow].code, case.number),
                "says": REGISTRY.workflows[case.workflow].state(case.state).says,
            }
            for case in rows
        ],
        "used": request.session.get(people.MANDATE) == found.pk,
    }
    return render(request, "people/own/mandate_files.html", context)
