"""The leadership's page: what came in against the targets, how the year goes, where, what is owed and by whom."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sekata.kernel.places import queries as places
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.lib.money import shown
from sekata.pillars.economy.tax.queries import compliance, desk, receipts, revenue
from sekata.pillars.economy.tax.rights import LEAD, OFFICER
from sekata.pillars.economy.tax.rules.naming import masked
from sekata.pillars.economy.tax.views import ground
from sekata.web import charts, maps, words
from sekata.web.doors import door

AGES = {
    "not_due": "belum", "1-30": "≤ 30 h", "31-90": "≤ 90 h", "91-365": "≤ 1 th", "1-2y": "≤ 2 th", "2-5y": "≤ 5 th",
    ">5y": "> 5 th",
}  # fmt: skip
MILLION, BILLION = 1_000_000, 1_000_000_000
SHADES = 5


@require_safe
@door(LEAD)
def board(request: HttpRequest) -> HttpResponse:
    """Today, this month, this year against the targets; curve, map, ages, largest arrears, forecast."""
    today = clock.today()
    rows = receipts.realised(today)
    total, target = sum(one.year for one in rows), sum(one.target for one in rows)
    context = {
        "today": today,
        "period": f"{today:%Y-%m}",
        "rows": rows,
        "total": total,
        "month": sum(one.month for one in rows),
        "day": sum(one.today for one in rows),
        "target": target,
        "share": round(100 * total / target) if target else None,
        "forecast": receipts.forecast(today),
        "bullets": _bullets(rows),
        "curve": _curve(today),
        "districts": _districts(today),
        "ages": _ages(today),
        "arrears": _arrears(request),
    }
    return render(request, "tax/officer/board_revenue.html", context)


def _bullets(rows: list[receipts.Realised]) -> charts.Chart | None:
    points = [
        charts.Point(one.tax.label, round(float(one.percent), 1), note=_short(one.target))
        for one in rows
        if one.percent is not None
    ]
    if not points:
        return None
    best = max(points, key=lambda point: point.value)
    title = _("Realisasi terhadap target: paling jauh %(tax)s") % {"tax": best.label}
    if not best.value:
        title = _("Realisasi terhadap target: belum ada penerimaan")
    return charts.levels(title, points, top=100, head="%", first=_("Jenis pajak"), places=1)


def _short(amount: int) -> str:
    """A large amount in a word or two: `6,9 M` for miliar, `420 jt` for juta."""
    if amount >= BILLION:
        return _("%(n)s M") % {"n": words.number(round(amount / BILLION, 1))}
    return _("%(n)s jt") % {"n": words.number(amount // MILLION)}


def _curve(today: date) -> charts.Chart:
    years = (today.year, today.year - 1)
    target = sum(receipts.targets_of(today.year, today).values()) or 1
    series = [
        charts.Series(str(year), tuple(_share(value, target) for value in receipts.curve(year, today)))
        for year in years
    ]
    months = [words.SHORT_MONTHS["id"][month] for month in range(12)]
    title = _("Kurva S: penerimaan kumulatif dalam persen target %(year)s") % {"year": today.year}
    return charts.multiples(title, series, months, low=0, high=110, goal=100, first=_("Tahun"))


def _share(value: int | None, whole: int) -> int | None:
    return None if value is None else round(100 * value / whole)


def _districts(today: date) -> dict[str, object]:
    """Kecamatan shaded by what came in from them; the same as a table."""
    sums = receipts.by_district(today.year)
    top = max(sums.values(), default=0) or 1
    cells = [
        maps.Cell(feature.geometry, 1 + (SHADES - 1) * max(sums.get(feature.code, 0), 0) // top)
        for feature in places.layer("district")
    ]
    rows = sorted(
        ((area.name, sums.get(area.code, 0)) for area in units.districts()), key=lambda row: -row[1]
    )
    label = _("Penerimaan pajak menurut kecamatan, makin gelap makin besar")
    return {"map": maps.cells_map(label, cells, ground.regency()) if cells else None, "rows": rows}


def _ages(today: date) -> dict[str, object]:
    found = revenue.outstanding(today)
    points = [charts.Point(AGES[age], round(amount / MILLION, 1)) for age, amount in found.by_age.items()]
    title = _("Piutang %(sum)s menurut umur, juta rupiah") % {"sum": shown(found.total)}
    return {
        "chart": charts.bars(title, points, head=_("Juta rupiah"), first=_("Umur"), places=1),
        "found": found,
    }


def _arrears(request: HttpRequest) -> list[dict[str, object]]:
    """The largest debts; names only for whoever may see taxpayers (UU 1/2022)."""
    open_names = OFFICER.opens(request.actor)
    return [
        {
            "number": one.number,
            "name": one.taxpayer.name if open_names else masked(one.taxpayer.name),
            "tax": one.get_tax_type_display(),
            "amount": one.left_over,
            "due_on": one.due_on,
            "url": reverse("tax:desk_letter", args=[one.number]) if open_names else "",
        }
        for one in desk.largest_arrears()
    ]


@require_safe
@door(LEAD | OFFICER)
def heat(request: HttpRequest) -> HttpResponse:
    """Who filed which month: objects by month."""
    periods, rows = compliance.heat(clock.today())
    marks = {"filed": _("lapor"), "late": _("terlambat"), "missing": _("belum"), "open": "–"}
    shown_rows = [
        (row.object, [(p, mark, marks[mark]) for p, mark in zip(periods, row.months, strict=True)])
        for row in rows
    ]
    return render(request, "tax/officer/heat.html", {"periods": periods, "rows": shown_rows})
