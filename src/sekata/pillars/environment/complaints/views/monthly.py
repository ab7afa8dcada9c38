"""The papers of a month: the register book and the bulletin, given out by a button, read by a link."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sekata.lib.result import Refused
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.codes import MonthlyKind
from sekata.pillars.environment.complaints.models import MonthlyPaper
from sekata.pillars.environment.complaints.queries import monthly as read
from sekata.pillars.environment.complaints.rights import FILE, HEADS, SEE
from sekata.pillars.environment.complaints.views.files import give
from sekata.pillars.environment.complaints.views.once import page_key, sent_once
from sekata.web.doors import door

ISSUE: Mapping[str, Callable[..., MonthlyPaper]] = {
    MonthlyKind.REGISTER: actions.issue_register,
    MonthlyKind.BULLETIN: actions.issue_bulletin,
}


@door(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def months(request: HttpRequest) -> HttpResponse:
    """The last twelve months: what has been given out, and the buttons for what has not."""
    if request.method == "POST":
        return _issue(request)
    shown = read.months()
    found = read.papers(since=shown[-1])
    rows = [
        {
            "month": month,
            "last": (month + timedelta(days=32)).replace(day=1) - timedelta(days=1),
            "register": found.get((MonthlyKind.REGISTER, month)),
            "bulletin": found.get((MonthlyKind.BULLETIN, month)),
        }
        for month in shown
    ]
    context = {"rows": rows, "may_issue": HEADS.opens(request.actor), "page_id": page_key(request)}
    return render(request, "complaints/officer/monthly.html", context)


def _issue(request: HttpRequest) -> HttpResponse:
    if not HEADS.opens(request.actor):
        raise PermissionDenied(_("Yang boleh melakukan ini: %(who)s.") % {"who": HEADS.label})
    kind, _sep, text = request.POST.get("terbitkan", "").partition(" ")
    month = _month(text)
    if kind not in ISSUE or month is None:
        raise Http404
    key = f"{page_key(request)}:{kind}:{text}"
    try:
        sent_once(request, key, lambda: ISSUE[kind](actor=request.actor, month=month))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(what)s terbit.") % {"what": _(MonthlyKind(kind).label)})
    return redirect("complaints:monthly")


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01") if len(text) == len("2026-11") else None
    except ValueError:
        return None


@door(SEE)
@require_safe
def paper(request: HttpRequest, paper: int) -> HttpResponse:
    """A paper of a month as it was given out."""
    found = get_object_or_404(MonthlyPaper.objects.select_related("document__file"), pk=paper)
    return give(found.document.file, f"{found.document.title}.pdf", ours=True)


@door(FILE)
@require_safe
def bulletin(request: HttpRequest, month: str) -> HttpResponse:
    """The bulletin of a month, for everybody."""
    day = _month(month)
    found = read.bulletin_of(day) if day else None
    if found is None:
        raise Http404
    response = give(found.document.file, f"{found.document.title}.pdf", ours=True)
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
