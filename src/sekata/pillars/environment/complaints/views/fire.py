"""Fire and haze: the day as satellites and responders saw it, ground checks, files and readings coming in."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from sekata.kernel.filters import visible
from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.forms.fire import AirForm, DayForm, GroundCheck, HotspotFile
from sekata.pillars.environment.complaints.models import Cluster
from sekata.pillars.environment.complaints.queries import fire as read
from sekata.pillars.environment.complaints.queries.officer import place_name
from sekata.pillars.environment.complaints.rights import BRIDGE, FIRE, SEE, TAKE_IN
from sekata.pillars.environment.complaints.views import ground
from sekata.pillars.environment.complaints.views.once import sent_once
from sekata.web import maps
from sekata.web.doors import door

WATCH = FIRE | SEE | BRIDGE
FORM_PAGE = require_http_methods(["GET", "HEAD", "POST"])
VERSION = "1"


@door(WATCH)
@require_safe
def day(request: HttpRequest) -> HttpResponse:
    """Hotspots of a day beside their ground checks: map, list, sums."""
    form = DayForm(request.GET)
    wanted = (form.is_valid() and form.cleaned_data["hari"]) or clock.today()
    form = DayForm(initial={"hari": wanted})
    found = read.day_view(wanted, clock.now())
    context = found | {
        "form": form,
        "day": wanted,
        "map": _map(found["lines"]),
        "reported": read.reported_fires(request.actor),
        "may_check": FIRE.opens(request.actor),
        "may_take_in": TAKE_IN.opens(request.actor),
        "may_see": SEE.opens(request.actor),
        "air": read.latest_air(),
    }
    return render(request, "complaints/fire/day.html", context)


def _map(lines: list[dict[str, object]]) -> maps.MapView:
    spots = [
        maps.Place(line["place"] or _("Titik panas"), line["cluster"].lon, line["cluster"].lat, _said(line))
        for line in lines
    ]
    said = ngettext("%(n)d kelompok titik panas di peta", "%(n)d kelompok titik panas di peta", len(spots))
    return maps.places_map(said % {"n": len(spots)}, spots, ground.regency())


def _said(line: dict[str, object]) -> str:
    found = line["result"] or _("belum dicek")
    return _("kepercayaan %(level)s · %(found)s") % {
        "level": line["confidence"].label.lower(),
        "found": found.lower(),
    }


@door(TAKE_IN)
@FORM_PAGE
def hotspot_file(request: HttpRequest) -> HttpResponse:
    """Take in a satellite file; the same file again changes nothing."""
    form = HotspotFile(request.POST or None, request.FILES or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        touched = actions.import_hotspots(actor=request.actor, **form.given())
        said = ngettext(
            "%(n)d kelompok titik panas baru atau bertambah.",
            "%(n)d kelompok titik panas baru atau bertambah.",
            len(touched),
        )
        messages.success(
            request, said % {"n": len(touched)} if touched else _("Tidak ada baris baru di dalam kabupaten.")
        )
        return redirect(_day_of(touched))
    return _ask(request, form, _("Impor titik panas satelit"), _("Impor berkas"))


def _day_of(touched: list[Cluster]) -> str:
    home = reverse("complaints:hotspots")
    last = max((one.last_at for one in touched), default=None)
    return f"{home}?hari={last.astimezone(clock.WIB).date().isoformat()}" if last else home


def _ask(request: HttpRequest, form, heading: str, submit: str, **more: object) -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "submit_label": submit,
        "back_url": reverse("complaints:hotspots"),
    } | more
    return render(
        request,
        "complaints/fire/form.html",
        context,
        status=more.get("status") or (422 if form.errors else 200),
    )


@door(TAKE_IN)
@FORM_PAGE
def air(request: HttpRequest) -> HttpResponse:
    """Record a 24-hour mean of PM2.5."""
    form = AirForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            reading = actions.record_air(actor=request.actor, **form.given())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request,
                _("ISPU %(index)d tercatat untuk %(place)s.")
                % {"index": reading.index, "place": reading.station},
            )
            return redirect("complaints:hotspots")
    return _ask(request, form, _("Catat mutu udara"), _("Simpan"), readings=read.recent_air())


@door(FIRE)
@FORM_PAGE
def check(request: HttpRequest, cluster: int) -> HttpResponse:
    """Say what was found at a hotspot; may be written without a signal and sent later."""
    found = get_object_or_404(visible(Cluster.objects.all(), FIRE, request.actor), pk=cluster)
    form = GroundCheck(request.POST or None, actor=request.actor)
    more = {
        "cluster": found,
        "place": place_name(found.village_code),
        "version": VERSION,
        "page_id": uuid4(),
        "map": _here(found),
    }
    heading, submit = _("Cek titik panas di lapangan"), _("Simpan hasil cek")
    if request.method != "POST" or not form.is_valid():
        return _ask(request, form, heading, submit, **more)
    try:
        sent_once(
            request,
            str(form.client_id),
            lambda: actions.check_ground(actor=request.actor, cluster=found, **form.given()),
        )
    except Refused as refusal:
        return _ask(request, form.refuse(refusal), heading, submit, status=refusal.status, **more)
    messages.success(request, _("Hasil cek tersimpan. Terima kasih."))
    return redirect(_day_of([found]))


def _here(cluster: Cluster) -> maps.MapView:
    label = _("Letak titik panas di peta")
    spot = maps.Place(
        place_name(cluster.village_code) or label,
        cluster.lon,
        cluster.lat,
        f"{cluster.lat:.5f}, {cluster.lon:.5f}",
    )
    return maps.places_map(label, [spot], ground.around(cluster.lat, cluster.lon))
