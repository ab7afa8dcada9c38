"""Data saya: what the house knows of a person, what they decide about it, who looked, where they are signed in."""

import json

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sekata.kernel.people import actions, dukcapil
from sekata.kernel.people import queries as people
from sekata.kernel.people.models import Person
from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.site.people import documents, requests
from sekata.site.people.forms import CloseForm, RequestForm
from sekata.site.people.queries import own
from sekata.site.rights import MEMBER
from sekata.web.doors import door, refuse


def myself(request: HttpRequest) -> Person:
    """The signed-in person with their vault."""
    return Person.objects.select_related("vault").get(pk=request.actor.person)


@door(MEMBER)
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My facts, my consents and requests, who looked, my devices, my roles."""
    person = myself(request)
    context = {
        "facts": own.facts(person, request.user),
        "person": person,
        "purposes": people.purposes(person.pk, clock.today(), get_language() or "id"),
        "requests": people.rights_requests(person.pk)[:10],
        "looks": own.looks(person),
        "devices": own.devices(request.user, request.session.session_key),
        "match": people.match_of(person.pk),
        "may_match": person.level == 1 and dukcapil.register() is not None,
        "may_prove": request.user.username.startswith("+") and request.user.contact_proved_at is None,
        "holdings": own.holdings(request.actor),
        "posts": people.posts_of(person.pk, clock.today()),
        "grants": own.grants(person),
    }
    return render(request, "people/mine.html", context)


@door(MEMBER)
@require_POST
def consent(request: HttpRequest, purpose: str) -> HttpResponse:
    """Turn one purpose on or off; giving and withdrawing are the same button."""
    given = request.POST.get("given") == "1"
    at = clock.now()
    try:
        actions.answer_consent(
            actor=request.actor, person=myself(request), purpose=purpose, given=given, at=at
        )
        due = f"{people.stops_by(at).astimezone(clock.WIB):%d-%m-%Y %H.%M}"
        stopped = _("Persetujuan ditarik. Pemakaian berhenti paling lambat %(due)s WIB.") % {"due": due}
        messages.success(request, _("Persetujuan dicatat.") if given else stopped)
    except Refused as refusal:
        messages.error(request, " ".join(reason.message for reason in refusal.reasons))
    return redirect("/akun-saya/#persetujuan")


@door(MEMBER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask an officer to correct, show, restrict or erase."""
    form = RequestForm(
        request.POST if request.method == "POST" else None, initial={"kind": request.GET.get("apa")}
    )
    if form.is_valid():
        try:
            made = requests.ask(
                actor=request.actor, person=myself(request), at=clock.now(), **form.cleaned_data
            )
            due = made.due_at.astimezone(clock.WIB)
            messages.success(
                request,
                _("Permintaan diterima. Dijawab paling lambat %(due)s WIB.")
                % {"due": f"{due:%d-%m-%Y %H.%M}"},
            )
            return redirect("/akun-saya/#permintaan")
        except Refused as refusal:
            refuse(form, refusal)
    return render(request, "people/own/request.html", {"form": form}, status=422 if form.errors else 200)


@door(MEMBER)
@require_POST
def sign_out_device(request: HttpRequest, device: int) -> HttpResponse:
    """Sign one device out at once."""
    session = get_object_or_404(UserSession, pk=device, user=request.user)
    session.end()
    messages.success(request, _("Perangkat itu sudah dikeluarkan."))
    return redirect("/akun-saya/#perangkat")


@door(MEMBER)
@require_POST
def sign_out_others(request: HttpRequest) -> HttpResponse:
    """Sign every other device out."""
    for session in UserSession.objects.filter(user=request.user).exclude(
        session_key=request.session.session_key
    ):
        session.end()
    messages.success(request, _("Semua perangkat lain sudah dikeluarkan."))
    return redirect("/akun-saya/#perangkat")


@door(MEMBER)
@never_cache
@require_safe
def download(request: HttpRequest, form: str) -> HttpResponse:
    """A copy of everything kept of oneself: JSON for machines, PDF for people."""
    person, at = myself(request), clock.now()
    kept = own.copy_of(person, request.user, at)
    actions.note_export(actor=request.actor, person=person, form=form, at=at)
    if form == "pdf":
        content, mime = documents.my_data(kept, at), "application/pdf"
    else:
        content, mime = json.dumps(kept, ensure_ascii=False, indent=2), "application/json"
    name = f"data-saya-{at.astimezone(clock.WIB):%Y-%m-%d}.{form}"
    return HttpResponse(
        content, content_type=mime, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@door(MEMBER)
@require_POST
def match(request: HttpRequest) -> HttpResponse:
    """Ask the population register about oneself."""
    try:
        row = actions.match_person(actor=request.actor, person=myself(request))
        said = {
            "matched": (messages.SUCCESS, _("Cocok. Tingkat verifikasi Anda kini 2.")),
            "different": (
                messages.WARNING,
                _("Ada yang tidak cocok. Periksa data Anda, atau datang ke loket."),
            ),
            "waiting": (messages.INFO, _("Disdukcapil sedang tidak menjawab. Kami coba lagi nanti.")),
        }
        messages.add_message(request, *said[row.state])
    except Refused as refusal:
        messages.error(request, " ".join(reason.message for reason in refusal.reasons))
    return redirect("mine:home")


@door(MEMBER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """Close the account; every device is signed out."""
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            requests.close(
                actor=request.actor, person=myself(request), erase=form.cleaned_data["erase"], at=clock.now()
            )
        except Refused as refusal:
            refuse(form, refusal)
        else:
            for session in UserSession.objects.filter(user=request.user):
                session.end()
            logout(request)
            messages.success(request, _("Akun Anda sudah ditutup."))
            return redirect("portal:start")
    return render(request, "people/own/close.html", {"form": form}, status=422 if form.errors else 200)
