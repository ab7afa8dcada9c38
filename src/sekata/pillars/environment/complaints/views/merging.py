"""Two reports side by side: one incident or two?"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sekata.lib import geo
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints import actions, rules
from sekata.pillars.environment.complaints.codes import Channel
from sekata.pillars.environment.complaints.forms.officer import MergeForm
from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.queries import officer
from sekata.pillars.environment.complaints.queries.law import law
from sekata.pillars.environment.complaints.rights import DESK
from sekata.pillars.environment.complaints.views import ground
from sekata.pillars.environment.complaints.views.officer import complaint_for
from sekata.web import maps, words
from sekata.web.doors import door

DIFFERENT = "different"


@door(DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, number: str) -> HttpResponse:
    """Choose the other report, compare, decide."""
    complaint = complaint_for(request.actor, number, DESK)
    wanted = request.GET.get("dengan", "").strip()
    if not wanted:
        return render(request, "complaints/officer/merge_choose.html", _choosing(complaint, request.actor))
    other = _other(request.actor, complaint, wanted)
    form = MergeForm(request.POST or None, complaint=complaint, actor=request.actor).offer(complaint, other)
    if request.method == "POST":
        return _decide(request, complaint, other, form)
    return _compared(request, complaint, other, form)


def _choosing(complaint: Complaint, actor: Actor) -> dict[str, object]:
    return {"complaint": complaint, "case": complaint.case, "proposals": officer.proposals(complaint)}


def _other(actor: Actor, complaint: Complaint, wanted: str) -> Complaint:
    """By its whole number or its last six digits."""
    number = wanted if "-" in wanted else f"{complaint.case.number.rsplit('-', 1)[0]}-{wanted.zfill(6)}"
    if number == complaint.case.number:
        raise Http404
    return complaint_for(actor, number, DESK)


def _decide(request: HttpRequest, complaint: Complaint, other: Complaint, form: MergeForm) -> HttpResponse:
    try:
        if request.POST.get("decision") == DIFFERENT:
            actions.decline_merge(actor=request.actor, complaint=complaint, other=other)
            messages.success(request, _("Tercatat: dua kejadian berbeda. Pasangan ini tidak diusulkan lagi."))
            return redirect("complaints:case", complaint.case.number)
        if not form.is_valid():
            return _compared(request, complaint, other, form, 422)
        lead = complaint if form.cleaned_data["lead"] == complaint.case.number else other
        joining = other if lead is complaint else complaint
        actions.merge(actor=request.actor, complaint=joining, lead=lead)
    except Refused as refusal:
        return _compared(request, complaint, other, form.refuse(refusal), refusal.status)
    messages.success(
        request, _("%(number)s digabung. Dapat dibatalkan dalam 30 hari.") % {"number": joining.case.number}
    )
    return redirect("complaints:case", lead.case.number)


def _compared(
    request: HttpRequest, one: Complaint, other: Complaint, form: MergeForm, status: int = 200
) -> HttpResponse:
    pair = next((p for p in officer.proposals(one) if p["other"].pk == other.pk), None)
    context = {
        "complaint": one,
        "case": one.case,
        "form": form,
        "sides": [_side(one), _side(other)],
        "rows": _rows(one, other),
        "pair": pair and pair["pair"],
        "map": _map(one, other),
        "back_url": reverse("complaints:case", args=[one.case.number]),
    }
    return render(request, "complaints/officer/merge.html", context, status=status)


def _side(complaint: Complaint) -> dict[str, object]:
    return {
        "complaint": complaint,
        "photos": list(complaint.attachments.filter(kind="photo").order_by("pk")[:4]),
        "reporter": rules.pseudonym(complaint.case.number),
    }


def _rows(*pair: Complaint) -> list[dict[str, object]]:
    """The same questions about both, in one order."""
    services = law(pair[0].case.received_at).services
    asked = (
        (_("Diterima"), lambda c: words.date_time(c.case.received_at)),
        (_("Pertama terlihat"), lambda c: words.date_time(c.first_seen_at)),
        (_("Jenis"), lambda c: services.get(c.service_code, {}).get("name", c.service_code)),
        (_("Tempat"), lambda c: officer.place_name(c.village_code) or c.address_text),
        (_("Masuk lewat"), lambda c: Channel(c.channel).label),
        (_("Prioritas"), lambda c: c.priority),
        (_("Dugaan sumber"), lambda c: c.suspected_source_text),
        (_("Uraian"), lambda c: c.description),
    )
    found = [{"label": label, "values": [read(one) for one in pair]} for label, read in asked]
    return [row | {"same": row["values"][0] == row["values"][1]} for row in found if any(row["values"])]


def _map(one: Complaint, other: Complaint) -> maps.MapView | None:
    if None in (one.lat, other.lat):
        return None
    metres = words.number(round(geo.haversine(one.lat, one.lon, other.lat, other.lon)))
    spots = [
        maps.Place(f"…{c.case.number[-6:]}", c.lon, c.lat, officer.place_name(c.village_code))
        for c in (one, other)
    ]
    said = _("Kedua laporan berjarak %(metres)s meter") % {"metres": metres}
    return maps.places_map(said, spots, ground.around(one.lat, one.lon), ground.close_up(spots))
