"""Programs that may file by Open311: giving out a key, taking it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sekata.pillars.environment.complaints.actions import machine as actions
from sekata.pillars.environment.complaints.forms.desk import ClientForm
from sekata.pillars.environment.complaints.models import Client
from sekata.pillars.environment.complaints.queries import machine as read
from sekata.pillars.environment.complaints.rights import HEADS
from sekata.pillars.environment.complaints.views.once import page_key, sent_once
from sekata.web.doors import door

FORM_PAGE = require_http_methods(["GET", "HEAD", "POST"])


@door(HEADS)
@FORM_PAGE
def clients(request: HttpRequest) -> HttpResponse:
    """All clients, and the form for a new one, whose key is shown in the answer to its sending and never again."""
    form = ClientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _register(request, form)
    context = {"form": form, "clients": read.clients(), "page_id": page_key(request)}
    return render(request, "complaints/officer/clients.html", context, status=422 if form.errors else 200)


def _register(request: HttpRequest, form: ClientForm) -> HttpResponse:
    made: list[tuple[Client, str]] = []
    again = sent_once(
        request,
        page_key(request),
        lambda: made.append(actions.register_client(actor=request.actor, **form.cleaned_data)),
    )
    if again:
        messages.error(
            request,
            _("Kuncinya sudah ditampilkan. Kalau belum dicatat, cabut aplikasi ini dan daftarkan lagi."),
        )
        return redirect("complaints:clients")
    client, key = made[0]
    endpoint = request.build_absolute_uri(reverse("complaints:open311_discovery", args=["xml"]))
    response = render(
        request, "complaints/officer/client_key.html", {"client": client, "key": key, "discovery": endpoint}
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@door(HEADS)
@FORM_PAGE
def close(request: HttpRequest, client: int) -> HttpResponse:
    """Ask, and take the key back: it opens nothing from then on."""
    found = get_object_or_404(Client, pk=client, active=True)
    if request.method == "POST":
        actions.close_client(actor=request.actor, client=found)
        messages.success(request, _("Kunci %(name)s dicabut.") % {"name": found.name})
        return redirect("complaints:clients")
    return render(request, "complaints/officer/client_close.html", {"client": found})
