"""The room's list: rows, board or map; several complaints at once."""

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.forms.board import QUEUES, FilterForm
from sekata.pillars.environment.complaints.forms.desk import SaveFilterForm
from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.queries import board as read
from sekata.pillars.environment.complaints.queries import talks
from sekata.pillars.environment.complaints.rights import DESK, HEADS, REVIEW, SEE, TAKE_IN
from sekata.pillars.environment.complaints.views import ground
from sekata.web import maps
from sekata.web.doors import door, refuse

LOOKS = {"daftar": gettext_lazy("Daftar"), "papan": gettext_lazy("Papan"), "peta": gettext_lazy("Peta")}
MOST = 100
FILTERS = ("tampil", "keadaan", "jenis", "prioritas", "kecamatan", "antrean", "selesai")


@door(SEE)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The list in one of its three looks."""
    look = request.GET.get("tampil", "daftar")
    form = FilterForm(request.GET)
    wanted = form.wanted(request.GET.get("sesudah", ""))
    context = {
        "form": form,
        "look": look if look in LOOKS else "daftar",
        "looks": LOOKS,
        "queues": QUEUES,
        "queue": wanted.queue,
        "may_file": TAKE_IN.opens(request.actor),
        "may_triage": REVIEW.opens(request.actor) or DESK.opens(request.actor),
        "filtered": any(
            (wanted.state, wanted.kind, wanted.priority, wanted.district, wanted.queue, wanted.closed)
        ),
    }
    context |= _content(request.actor, look, wanted) | _tools(request)
    return render(request, "complaints/officer/board.html", context)


def _tools(request: HttpRequest) -> dict[str, object]:
    """Filters kept under a name, and the ways to the desk's other pages for those who may."""
    takes_in = TAKE_IN.opens(request.actor)
    return {
        "views": read.kept(request.actor.person),
        "kept": _asked(request.GET, FILTERS).urlencode(),
        "waiting": talks.waiting() if takes_in else 0,
        "may_give_keys": HEADS.opens(request.actor),
    }


def _content(actor: Actor, look: str, wanted: read.Wanted) -> dict[str, object]:
    at = clock.now()
    if look == "papan":
        return {"columns": read.columns(actor, wanted, at)}
    lines, after = read.page(actor, wanted, at)
    found = {"lines": lines, "after": after, "first": not wanted.after}
    return found | ({"map": _map(lines), "unplaced": _unplaced(lines)} if look == "peta" else {})


def _map(lines: list[read.Line]) -> maps.MapView:
    spots = [
        maps.Place(
            line.complaint.case.title,
            line.complaint.lon,
            line.complaint.lat,
            f"{line.place} · {line.badge.words if line.badge else line.state}",
            reverse("complaints:case", args=[line.complaint.case.number]),
        )
        for line in lines
        if line.complaint.lat is not None
    ]
    said = ngettext(
        "%(n)d laporan di peta, dirinci pada daftar", "%(n)d laporan di peta, dirinci pada daftar", len(spots)
    )
    return maps.places_map(said % {"n": len(spots)}, spots, ground.regency())


def _unplaced(lines: list[read.Line]) -> int:
    return sum(line.complaint.lat is None for line in lines)


@door(SEE)
@require_POST
def triage(request: HttpRequest) -> HttpResponse:
    """Do one thing to every ticked complaint; what cannot be done is named, the rest is done."""
    act = ACTS.get(request.POST.get("lakukan", ""))
    back = _back(request)
    if act is None:
        raise PermissionDenied
    done, faults = 0, []
    for complaint in read.chosen(request.actor, request.POST.getlist("pilih")[:MOST]):
        try:
            act(request.actor, complaint)
            done += 1
        except Refused as refusal:
            faults.append(f"…{complaint.case.number[-6:]}: {refusal.reasons[0].message}")
    if done:
        messages.success(
            request, ngettext("%(n)d laporan sudah.", "%(n)d laporan sudah.", done) % {"n": done}
        )
    for fault in faults[:5]:
        messages.error(request, fault)
    if not done and not faults:
        messages.error(request, _("Centang dulu laporannya."))
    return HttpResponseRedirect(back)


def _back(request: HttpRequest) -> str:
    """The list as it was: only its own parameters are taken over."""
    kept = _asked(QueryDict(request.POST.get("kembali", "")), (*FILTERS, "sesudah"))
    home = reverse("complaints:board")
    return f"{home}?{kept.urlencode()}" if kept else home


def _asked(query: QueryDict, names: Iterable[str]) -> QueryDict:
    """The parameters of a list that say something, in one order: the same question is the same address."""
    kept = QueryDict(mutable=True)
    for name in names:
        if query.get(name):
            kept[name] = query[name]
    return kept


@door(SEE)
@require_POST
def save_filter(request: HttpRequest) -> HttpResponse:
    """Keep the filters that are set now under a name."""
    form = SaveFilterForm(request.POST)
    if form.is_valid():
        query = _asked(QueryDict(form.cleaned_data["query"]), FILTERS).urlencode()
        try:
            actions.save_filter(actor=request.actor, name=form.cleaned_data["name"], query=query)
            messages.success(request, _("Tampilan “%(name)s” tersimpan.") % form.cleaned_data)
            return HttpResponseRedirect(_back(request))
        except Refused as refusal:
            refuse(form, refusal)
    for errors in form.errors.values():
        messages.error(request, " ".join(errors))
    return HttpResponseRedirect(_back(request))


@door(SEE)
@require_POST
def drop_filter(request: HttpRequest, kept: int) -> HttpResponse:
    """Forget a kept filter."""
    actions.drop_filter(actor=request.actor, kept=kept)
    messages.success(request, _("Tampilan itu dihapus."))
    return HttpResponseRedirect(_back(request))


def _take_up(actor: Actor, complaint: Complaint) -> None:
    actions.take_up(actor=actor, complaint=complaint)


def _mine(actor: Actor, complaint: Complaint) -> None:
    actions.assign(actor=actor, complaint=complaint, holder=actor.person, reason=_("Saya ambil"))


ACTS: dict[str, Callable[[Actor, Complaint], None]] = {"take_up": _take_up, "mine": _mine}
