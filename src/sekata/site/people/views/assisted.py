"""Serving a person who is present: one service, at most an hour, both names on what comes of it."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sekata.kernel.catalog import queries as catalog
from sekata.kernel.people import actions
from sekata.kernel.people import queries as people
from sekata.kernel.people.actions import ASSIST, end_assisted
from sekata.kernel.people.models import AssistedSession
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.site.people.forms import AssistForm
from sekata.web.doors import door, refuse

SESSION = "assisted"
EARLIER = timedelta(days=1)


def running(request: HttpRequest) -> AssistedSession | None:
    """The clerk's running session."""
    return people.assisted_session(request.session.get(SESSION), request.actor.person)


@door(ASSIST)
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """Start a session, or see the one that runs."""
    session = running(request)
    if session:
        service = catalog.service(session.service)
        return render(request, "people/assisted_running.html", {"session": session, "service": service})
    reach = request.actor.units(*ASSIST.roles)
    form = AssistForm(
        request.POST if request.method == "POST" else None,
        services=catalog.services(),
        units=units.active(clock.today()).filter(pk__in=reach).order_by("name"),
    )
    if form.is_valid():
        started = _started(request, form)
        if started:
            return started
    return render(
        request,
        "people/assisted.html",
        {"form": form, "earlier": _earlier(request)},
        status=422 if form.errors else 200,
    )


def _started(request: HttpRequest, form: AssistForm) -> HttpResponse | None:
    given = form.cleaned_data
    witness = given.pop("witness")
    try:
        session = actions.start_assisted(
            actor=request.actor, witness=witness.pk if witness else None, **given
        )
    except Refused as refusal:
        refuse(form, refusal)
        return None
    request.session[SESSION] = session.pk
    messages.success(request, _("Sesi untuk %(name)s dimulai.") % {"name": session.citizen.full_name.title()})
    return redirect("people:assisted")


def _earlier(request: HttpRequest) -> list[AssistedSession]:
    """This clerk's sessions of the last day: when and for what, not for whom."""
    rows = AssistedSession.objects.filter(clerk=request.actor.person, starts_at__gt=clock.now() - EARLIER)
    return list(rows.order_by("-starts_at")[:10])


@door(ASSIST)
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End the session before its hour is over."""
    session = running(request)
    request.session.pop(SESSION, None)
    if session:
        end_assisted(actor=request.actor, session=session)
        messages.success(request, _("Sesi pendampingan diakhiri."))
    return redirect("people:assisted")
