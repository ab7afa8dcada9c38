"""The officer's own message box."""

from django.contrib import messages as said
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sekata.kernel.notify import actions as notify
from sekata.kernel.notify import queries as notify_read
from sekata.lib import clock
from sekata.site.rights import OFFICER
from sekata.web.doors import door

PAGE = 25


@door(OFFICER)
@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """Messages, newest first."""
    rows, before = notify_read.box(request.actor.person), request.GET.get("sebelum", "")
    if before.isdigit() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    if request.GET.get("baru"):
        rows = rows.filter(read_at=None)
    found = list(rows[: PAGE + 1])
    more = len(found) > PAGE
    context = {
        "letters": found[:PAGE],
        "only_new": bool(request.GET.get("baru")),
        "before": before,
        "next": found[PAGE - 1].pk if more else "",
        "unread": notify_read.unread(request.actor.person),
    }
    return render(request, "desk/messages.html", context)


@door(OFFICER)
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark one message, or all that the page showed, as read."""
    at = clock.now()
    for pk in request.POST.getlist("pesan")[:PAGE]:
        if pk.isdigit() and len(pk) < 19:
            notify.mark_read(person=request.actor.person, message=int(pk), at=at)
    said.success(request, _("Ditandai sudah dibaca."))
    return redirect(reverse("desk:messages"))
