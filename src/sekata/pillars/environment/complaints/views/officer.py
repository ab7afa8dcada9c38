"""One complaint as officers see it: the page with its tabs, the pane beside the inbox, its files."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from sekata.kernel.cases import queries as cases
from sekata.kernel.documents import queries as documents
from sekata.lib import clock, geo
from sekata.lib.actor import Actor
from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.queries import officer
from sekata.pillars.environment.complaints.rights import ANSWERS, DESK, INSPECT, REVIEW, SEE
from sekata.pillars.environment.complaints.views import ground
from sekata.pillars.environment.complaints.views.buttons import buttons
from sekata.pillars.environment.complaints.views.files import give
from sekata.web import maps, words
from sekata.web.doors import door

PANE = "complaints/officer/pane.html"
CLOSED = "complaints/officer/parts/not_yours.html"
TABS = MappingProxyType(
    {
        "ringkasan": gettext_lazy("Ringkasan"),
        "lapangan": gettext_lazy("Lapangan"),
        "contoh": gettext_lazy("Contoh"),
        "berkas": gettext_lazy("Berkas"),
        "jejak": gettext_lazy("Jejak"),
    }
)


def complaint_for(actor: Actor, number: str, right=SEE) -> Complaint:
    """The complaint with that number if `actor` may read it, else 404: no hint that it exists."""
    found = officer.with_counts(officer.readable(actor, right)).filter(case__number=number).first()
    if found is None:
        raise Http404
    return found


@door(SEE)
@require_safe
def case(request: HttpRequest, number: str, tab: str = "ringkasan") -> HttpResponse:
    """The page of one complaint, one of its tabs."""
    complaint = complaint_for(request.actor, number)
    context = _context(request.actor, complaint, tab)
    response = render(request, "complaints/officer/case.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def pane(actor: Actor, case: cases.Case) -> tuple[str, dict[str, object]]:
    """The case beside the inbox: the inside of its `<article class="case">`."""
    complaint = officer.with_counts(officer.readable(actor)).filter(case=case.pk).first()
    if complaint is None:
        return CLOSED, {"case": case}
    return PANE, _context(actor, complaint, "ringkasan")


def _context(actor: Actor, complaint: Complaint, tab: str) -> dict[str, object]:
    at = clock.now()
    context = officer.head(complaint, actor, at) | READERS[tab](complaint, actor)
    return context | {
        "tab": tab,
        "tabs": _tabs(complaint, tab),
        "buttons": buttons(actor, complaint),
        "may_merge": complaint.case.state in ("received", "under_review") and DESK.allows(actor, complaint),
        "may_review": REVIEW.allows(actor, complaint),
        "may_inspect": INSPECT.allows(actor, complaint),
        "answers": {level for level, right in ANSWERS.items() if right.allows(actor, complaint)},
    }


def _tabs(complaint: Complaint, current: str) -> list[dict[str, object]]:
    counts = {"contoh": complaint.samples_count, "berkas": complaint.files_count}
    number = complaint.case.number
    home = reverse("complaints:case", args=[number])
    return [
        {
            "label": label,
            "url": home if code == "ringkasan" else reverse("complaints:tab", args=[number, code]),
            "current": code == current,
            "count": counts.get(code),
        }
        for code, label in TABS.items()
    ]


def _summary(complaint: Complaint, actor: Actor) -> dict[str, object]:
    found = officer.summary(complaint, actor, clock.now())
    return found | {"map": _map(complaint, found["siblings"], found["proposals"])}


READERS: Mapping[str, Callable[[Complaint, Actor], dict[str, object]]] = {
    "ringkasan": _summary,
    "lapangan": lambda complaint, actor: officer.field(complaint),
    "contoh": lambda complaint, actor: {"samples": officer.samples(complaint)},
    "berkas": lambda complaint, actor: officer.papers(complaint),
    "jejak": lambda complaint, actor: officer.trail(complaint),
}


def _map(complaint: Complaint, siblings, proposals) -> maps.MapView | None:
    """This report as a pin; its siblings and likely twins as numbered dots."""
    if complaint.lat is None:
        return None
    likely = {one["other"].pk: one["pair"].score for one in proposals}
    others = [one for one in [*siblings, *(p["other"] for p in proposals)] if one.lat is not None]
    marks = [_mark(complaint, other, likely.get(other.pk)) for other in dict.fromkeys(others)]
    said = ngettext(
        "Letak laporan %(number)s dan %(count)d laporan lain di dekatnya, dirinci pada daftar",
        "Letak laporan %(number)s dan %(count)d laporan lain di dekatnya, dirinci pada daftar",
        len(marks),
    )
    label = said % {"number": complaint.case.number[-6:], "count": len(marks)}
    here = maps.Place("", complaint.lon, complaint.lat)
    return maps.point_map(
        label,
        (complaint.lon, complaint.lat),
        ground.around(complaint.lat, complaint.lon),
        others=marks,
        frame=ground.close_up([here, *marks]),
    )


def _mark(complaint: Complaint, other: Complaint, score) -> maps.Place:
    metres = geo.haversine(complaint.lat, complaint.lon, other.lat, other.lon)
    note = _("%(metres)s m dari sini") % {"metres": words.number(round(metres))}
    if score is None:
        note = _("%(note)s, kejadian yang sama") % {"note": note}
    else:
        note = _("%(note)s, kemiripan %(score)s") % {"note": note, "score": words.number(score, 2)}
    url = reverse("complaints:case", args=[other.case.number])
    return maps.Place(f"…{other.case.number[-6:]}", other.lon, other.lat, note, url)


@door(SEE)
@require_safe
def original(request: HttpRequest, number: str, piece: int, small: bool = False) -> HttpResponse:
    """A sealed original, or its small picture without any metadata: for officers of this complaint only."""
    complaint = complaint_for(request.actor, number)
    found = complaint.attachments.select_related("original").filter(pk=piece).first()
    if found is None:
        raise Http404
    return give(found.original, found.name, small=small and found.kind == "photo")


@door(SEE)
@require_safe
def document(request: HttpRequest, number: str, document: int) -> HttpResponse:
    """A document of this complaint."""
    complaint = complaint_for(request.actor, number)
    found = documents.of_case(complaint.case_id).filter(pk=document).first()
    if found is None:
        raise Http404
    return give(found.file, f"{found.number or found.title}.pdf".replace("/", "-"), ours=True)
