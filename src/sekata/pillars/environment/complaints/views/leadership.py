"""The leadership's page of the room: each figure says its period, its parts, and leads to its rows."""

from collections.abc import Mapping
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from sekata.kernel.cases import queries as cases
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.pillars.environment.complaints.figures import INDICATORS
from sekata.pillars.environment.complaints.forms.leadership import PeriodForm, Span, months_back
from sekata.pillars.environment.complaints.queries import figures as read
from sekata.pillars.environment.complaints.queries import officer
from sekata.pillars.environment.complaints.rights import ANSWERS, BRIDGE, SEE
from sekata.pillars.environment.complaints.views import ground
from sekata.pillars.environment.complaints.workflow import COMPLAINT
from sekata.web import charts, maps, words
from sekata.web.doors import door

GOAL = 90
MONTHS = 6
HEADINGS = {
    "on_time": gettext_lazy("Laporan yang jatuh tempo"),
    "overdue": gettext_lazy("Laporan yang lewat batas"),
    "first_sample": gettext_lazy("Kasus sungai dan contoh pertamanya"),
    "proven": gettext_lazy("Kejadian yang selesai diverifikasi"),
    "reopened": gettext_lazy("Laporan yang berakhir atau dibuka kembali"),
}
MARKS = {
    "on_time": (gettext_lazy("Tepat waktu"), gettext_lazy("Lewat batas"), gettext_lazy("Batas")),
    "overdue": ("", gettext_lazy("Lewat batas"), gettext_lazy("Batas")),
    "first_sample": (
        gettext_lazy("Dalam 24 jam"),
        gettext_lazy("Lebih dari 24 jam"),
        gettext_lazy("Contoh pertama"),
    ),
    "proven": (gettext_lazy("Terbukti"), gettext_lazy("Tidak terbukti"), gettext_lazy("Disetujui")),
    "reopened": (gettext_lazy("Berakhir"), gettext_lazy("Dibuka kembali"), gettext_lazy("Waktu")),
}


@door(BRIDGE)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """All figures of the room for a period."""
    form = PeriodForm(request.GET or None)
    start, end = form.span
    late = read.rows("overdue", start, end)
    context = {
        "form": form,
        "start": start,
        "end": end,
        "figures": [_figure(one, form) for one in INDICATORS],
        "late": lines(late[:10], request.actor),
        "late_count": read.overdue_count(),
        "late_url": _rows_url("overdue", form),
        "districts": _districts(form),
        "facilities": _facilities((start, end)),
        "escalations": _escalations(request.actor),
        "hotspots_url": reverse("complaints:hotspots"),
        "now": clock.now(),
        "may_see": SEE.opens(request.actor),
    }
    return render(request, "complaints/leadership/home.html", context)


def _rows_url(code: str, form: PeriodForm, district: str = "") -> str:
    place = f"&kecamatan={district}" if district else ""
    return f"{reverse('complaints:figure_rows', args=[code])}?masa={form.chosen}{place}"


def _figure(indicator, form: PeriodForm) -> dict[str, object]:
    """A figure as the page prints it: value, what it is made of, where its rows are."""
    code = indicator.code.partition(".")[2]
    found = indicator.compute(*form.span)
    url = reverse("complaints:hotspots") if code == "ground_checked" else _rows_url(code, form)
    shown = {
        "code": code,
        "label": indicator.label,
        "formula": indicator.formula,
        "unit": indicator.unit,
        "url": url,
    }
    if code == "first_sample":
        count = read.sampled(*form.span)[1]
        said = ngettext("dari %(n)d kejadian", "dari %(n)d kejadian", count) % {"n": count}
        return shown | {"value": found, "parts": said if count else ""}
    part, whole = found
    share = round(100 * part / whole, 1) if whole else None
    return shown | {
        "value": share,
        "parts": _("%(part)d dari %(whole)d") % {"part": part, "whole": whole} if whole else "",
    }


def lines(rows: list[read.Row], actor: Actor) -> list[dict[str, object]]:
    """Rows with the names of their units, and the way to the case for those who may see it."""
    names = units.names(row.unit for row in rows)
    reach = actor.units_with("complaints.see")
    return [
        {
            "row": row,
            "unit": names.get(row.unit, ""),
            "place": officer.place_name(row.area),
            "state": COMPLAINT.state(row.state).label,
            "day": _day(row.at),
            "days": (clock.today() - _day(row.at)).days,
            "url": reverse("complaints:case", args=[row.number]) if row.unit in reach else "",
        }
        for row in rows
    ]


def _day(at: datetime) -> date:
    """The day to which a moment belongs; a limit that ends at 24:00 belongs to the day it closes."""
    return (at - datetime.resolution).astimezone(clock.WIB).date()


def _districts(form: PeriodForm) -> charts.Chart | None:
    """On-time share by district over the last months, on one scale."""
    today = clock.today()
    months = [months_back(today, back) for back in reversed(range(MONTHS))]
    found = read.by_district(months[0], today)
    series = [_series(area, found.get(area.code, {}), months, form) for area in units.districts()]
    series = [one for one in series if any(value is not None for value in one.values)]
    if not series:
        return None
    lang = words.language("id")
    heads = [f"{words.SHORT_MONTHS[lang][month.month - 1]} {month.year}" for month in months]
    worst = min(series, key=lambda one: next(v for v in reversed(one.values) if v is not None))
    title = _("Tepat waktu menurut kecamatan: paling rendah %(name)s") % {"name": worst.label}
    return charts.multiples(title, series, heads, low=0, high=100, goal=GOAL, note=_("tepat waktu"))


def _series(
    area, months: Mapping[date, tuple[int, int]], order: list[date], form: PeriodForm
) -> charts.Series:
    values = tuple(_share(months.get(month)) for month in order)
    last = next((value for value in reversed(values) if value is not None), None)
    return charts.Series(
        area.name, values, _rows_url("on_time", form, area.code), worse=last is not None and last < GOAL - 20
    )


def _share(pair: tuple[int, int] | None) -> int | None:
    return round(100 * pair[0] / pair[1]) if pair and pair[1] else None


def _facilities(span: Span) -> dict[str, object]:
    """Facilities that come back, as a table, and as a map where their place is known."""
    found = read.repeated_facilities(*span)
    placed = [one for one in found if one["feature"] is not None]
    spots = [_spot(one) for one in placed]
    said = ngettext(
        "%(n)d usaha yang berulang dilaporkan, dirinci pada daftar",
        "%(n)d usaha yang berulang dilaporkan, dirinci pada daftar",
        len(spots),
    ) % {"n": len(spots)}
    return {"rows": found, "map": maps.places_map(said, spots, ground.regency()) if spots else None}


def _spot(one: Mapping[str, object]) -> maps.Place:
    spots = list(maps.positions_in(one["feature"].geometry))
    lon, lat = sum(s[0] for s in spots) / len(spots), sum(s[1] for s in spots) / len(spots)
    note = ngettext(
        "%(incidents)d kejadian, %(proven)d terbukti",
        "%(incidents)d kejadian, %(proven)d terbukti",
        one["incidents"],
    )
    return maps.Place(one["feature"].name, lon, lat, note % one)


def _escalations(actor: Actor) -> list[dict[str, object]]:
    """Escalations that wait for this person's answer."""
    levels = [level for level, right in ANSWERS.items() if right.opens(actor)]
    found = cases.open_escalations(levels, None if 3 in levels else actor.units_with("complaints.see"))
    rows = found.filter(case__workflow=COMPLAINT.code)[:20]
    return [
        {"row": one, "url": reverse("complaints:escalation", args=[one.case.number, one.pk])} for one in rows
    ]


@door(BRIDGE)
@require_safe
def rows(request: HttpRequest, code: str) -> HttpResponse:
    """The cases behind a figure."""
    if code not in read.ROWS:
        raise Http404
    form = PeriodForm(request.GET or None)
    district = next((area for area in units.districts() if area.code == request.GET.get("kecamatan")), None)
    found = read.rows(code, *form.span, area=district.code if district else "")
    good, bad, when = MARKS[code]
    context = {
        "heading": HEADINGS[code],
        "form": form,
        "start": form.span[0],
        "end": form.span[1],
        "district": district,
        "lines": lines(found, request.actor),
        "good": good,
        "bad": bad,
        "when": when,
        "bad_tone": "none" if code == "proven" else "bad",
        "capped": len(found) >= read.MOST,
        "back_url": f"{reverse('complaints:figures')}?masa={form.chosen}",
        "may_see": SEE.opens(request.actor),
    }
    return render(request, "complaints/leadership/rows.html", context)
