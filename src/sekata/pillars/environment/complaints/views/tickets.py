"""SP4N-LAPOR! by file: choose a file, see line by line what will happen, confirm; fetch the answers."""

from collections import Counter
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sekata.kernel.cases import drafts
from sekata.lib import clock
from sekata.pillars.environment.complaints.actions import tickets as actions
from sekata.pillars.environment.complaints.forms.desk import TicketFile
from sekata.pillars.environment.complaints.rights import TAKE_IN
from sekata.pillars.environment.complaints.standards import sp4n
from sekata.web.doors import door

SERVICE = "complaints.sp4n"
SHOWN = 300
FORM_PAGE = require_http_methods(["GET", "HEAD", "POST"])
PLANNED = {
    "fault": (gettext_lazy("Tidak ikut"), "bad"),
    "new": (gettext_lazy("Laporan baru"), "ok"),
    "link": (gettext_lazy("Dikaitkan"), "ok"),
    "known": (gettext_lazy("Sudah ada"), "none"),
}
DONE = {
    "refused": (gettext_lazy("Ditolak"), "bad"),
    "filed": (gettext_lazy("Laporan baru"), "ok"),
    "linked": (gettext_lazy("Dikaitkan"), "ok"),
    "known": (gettext_lazy("Sudah ada"), "none"),
}


@door(TAKE_IN)
@FORM_PAGE
def start(request: HttpRequest) -> HttpResponse:
    """Choose a file; or a span of days for the file that goes back."""
    form = TicketFile(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return redirect("complaints:ticket_check", _kept(request, form))
    today = clock.today()
    context = {"form": form, "columns": sp4n.IN, "since": today - timedelta(days=30), "today": today}
    return render(request, "complaints/officer/tickets.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, form: TicketFile) -> str:
    """The file waits on the server under a code of its own; one at a time for each officer."""
    earlier = drafts.latest(SERVICE, request.actor.person)
    if earlier:
        drafts.drop(earlier)
    at = clock.now()
    draft, code = drafts.begin(service=SERVICE, owner=request.actor.person, at=at)
    name = form.files["file"].name
    drafts.put_file(draft=draft, name=name, content=form.cleaned_data["file"], facts={}, at=at)
    return code


@never_cache
@door(TAKE_IN)
@FORM_PAGE
def check(request: HttpRequest, code: str) -> HttpResponse:
    """What will happen to each line; nothing is written before it is confirmed."""
    draft = drafts.find(SERVICE, code)
    if draft is None or draft.owner != request.actor.person:
        messages.error(
            request, _("Berkas ini sudah diimpor, atau terlalu lama menunggu. Pilih lagi berkasnya.")
        )
        return redirect("complaints:tickets_page")
    entry = drafts.files(draft)[0]
    lines = sp4n.read(drafts.read_file(draft, entry["id"]).decode("utf-8-sig"))
    if request.method == "POST":
        return _import(request, draft, lines)
    planned = actions.plan_sp4n(lines)
    rows = [{"row": one, "what": PLANNED[one.what]} for one in planned]
    rows.sort(key=lambda one: one["row"].what != "fault")
    taken = sum(one.what in ("new", "link") for one in planned)
    context = {
        "name": entry["name"],
        "rows": rows[:SHOWN],
        "more": max(len(rows) - SHOWN, 0),
        "sums": _sums([one.what for one in planned], PLANNED),
        "taken": taken,
    }
    return render(request, "complaints/officer/ticket_check.html", context)


def _import(request: HttpRequest, draft: drafts.Draft, lines: list[sp4n.Line]) -> HttpResponse:
    done = actions.import_sp4n(actor=request.actor, reports=[line.report for line in lines if line.report])
    drafts.drop(draft)
    rows = [{"row": one, "what": DONE[one.result]} for one in done]
    context = {
        "rows": rows[:SHOWN],
        "more": max(len(rows) - SHOWN, 0),
        "sums": _sums([one.result for one in done], DONE),
        "left": sum(line.report is None for line in lines),
    }
    return render(request, "complaints/officer/ticket_done.html", context)


def _sums(found: list[str], labels: dict[str, tuple[object, str]]) -> list[tuple[object, str, int]]:
    counted = Counter(found)
    return [(label, tone, counted[code]) for code, (label, tone) in labels.items() if counted[code]]
