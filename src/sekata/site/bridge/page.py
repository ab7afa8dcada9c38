"""The first page of leadership, put together from the figures: cards, charts, flags, maps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from shapely.geometry import shape

from sekata.kernel.places import queries as places
from sekata.kernel.units import queries as units
from sekata.lib.deadlines import UNITS
from sekata.lib.manifest import PILLARS
from sekata.site.bridge import queries, rows
from sekata.site.bridge.periods import Period, back
from sekata.site.bridge.queries import Cell, Flow, Share
from sekata.site.desk import clocks
from sekata.site.desk.ground import base, frame_around
from sekata.site.desk.rows import place, system_of
from sekata.site.registry import REGISTRY
from sekata.web import charts, maps, words

PER_ROW = 5
SHADES = ((90, 1), (85, 2), (70, 4), (0, 5))
WORST = 70


@dataclass(frozen=True)
class Figures:
    """Everything that was counted for the page."""

    period: Period
    months: list[date]
    cells: list[Cell]
    flows: Mapping[str, Flow]
    at: datetime

    def within(self, period: Period, **same: object) -> Share:
        """The share of a period, of one system or district if asked."""
        return queries.share(
            cell
            for cell in self.cells
            if period.has(cell.month) and all(getattr(cell, name) == value for name, value in same.items())
        )

    def in_month(self, month: date, **same: object) -> Share:
        return self.within(Period("", month, back(month, -1)), **same)


def count(period: Period, today: date, at: datetime) -> Figures:
    """Two statements: decisions from the earliest month that anything on the page shows, and the flow."""
    months = period.months(today)
    cells = queries.decided(min(period.before.first, months[0]), max(period.until, back(months[-1], -1)))
    return Figures(period, months, cells, queries.flows(REGISTRY.workflows, period, at), at)


def context(figures: Figures) -> dict[str, object]:
    """All that the template reads."""
    now, before = figures.within(figures.period), figures.within(figures.period.before)
    flags, levels = queries.flags(), queries.flag_counts()
    return {
        "share": now,
        "share_url": rows.link(rows.DECIDED, figures.period),
        "in_time_url": rows.link(rows.DECIDED, figures.period, hasil=rows.IN_TIME),
        "change": round(now.percent - before.percent, 1) if now.decided and before.decided else None,
        "before": before,
        "trend": trend(figures),
        "totals": totals(figures),
        "pillars": [pillar(figures, code, label) for code, label in PILLARS.items()],
        "flags": [(flag, rows.answer_link(flag)) for flag in flags],
        "levels": [(level, size, rows.link(rows.FLAGS, tingkat=level)) for level, size in levels.items()],
        "flag_total": sum(levels.values()),
        "flags_url": rows.link(rows.FLAGS),
        "districts": districts(figures),
        "boxes": boxes(figures),
        "late": late(figures),
        "map": open_map(figures.at),
    }


def _lang() -> str:
    return words.language(get_language())


def month_name(month: date) -> str:
    return words.SHORT_MONTHS[_lang()][month.month - 1]


def rounded(share: Share) -> float | None:
    return None if share.percent is None else round(share.percent, 1)


def trend(figures: Figures) -> charts.Chart | None:
    """On time by month, with a title that states what happened."""
    shares = [(month, rounded(figures.in_month(month))) for month in figures.months]
    known = [(month, value) for month, value in shares if value is not None]
    if not known:
        return None
    points = [
        charts.Point(
            month_name(month), value, rows.link(rows.DECIDED, Period(f"{month:%Y-%m}", month, month))
        )
        for month, value in shares
    ]
    return charts.bars(_finding(known), points, head=_("Tepat waktu"), first=_("Bulan"), unit="%")


def _finding(known: list[tuple[date, float]]) -> str:
    """What the months say, in one sentence."""
    (start, first), (end, last) = known[0], known[-1]
    facts = {
        "first": words.number(first, lang=_lang()),
        "last": words.number(last, lang=_lang()),
        "from": month_name(start),
        "to": month_name(end),
    }
    if start == end:
        return _("Tepat waktu %(last)s %% pada %(to)s") % facts
    if first == last:
        return _("Tepat waktu %(last)s %% pada %(from)s dan %(to)s") % facts
    if last > first:
        return _("Tepat waktu naik dari %(first)s %% pada %(from)s ke %(last)s %% pada %(to)s") % facts
    return _("Tepat waktu turun dari %(first)s %% pada %(from)s ke %(last)s %% pada %(to)s") % facts


def totals(figures: Figures) -> list[tuple[str, int, str]]:
    """Received, open, late - over all systems."""
    flow = figures.flows.values()
    return [
        (_("diterima"), sum(one.received for one in flow), rows.link(rows.RECEIVED, figures.period)),
        (_("terbuka sekarang"), sum(one.open for one in flow), rows.link(rows.OPEN)),
        (_("lewat batas sekarang"), sum(one.late for one in flow), rows.link(rows.LATE)),
    ]


def pillar(figures: Figures, code: str, label: str) -> dict[str, object]:
    """A pillar's card; without a running system it says so and shows no figure."""
    systems = REGISTRY.in_pillar(code)
    flows = [flow.code for system in systems for flow in system.workflows]
    cells = [cell for cell in figures.cells if cell.workflow in flows]
    mine = Figures(figures.period, figures.months, cells, figures.flows, figures.at)
    values = [rounded(mine.in_month(month)) for month in figures.months]
    line = charts.sparkline(
        label,
        [charts.Point(month_name(month), value) for month, value in zip(figures.months, values, strict=True)],
        head=_("Tepat waktu"),
        low=0,
        high=100,
        worse=_falls(values),
    )
    size = {
        name: sum(getattr(figures.flows[flow], name) for flow in flows)
        for name in ("received", "open", "late")
    }
    return {
        "code": code,
        "label": label,
        "systems": systems,
        "share": mine.within(figures.period),
        "line": line if any(value is not None for value in values) else None,
        "first": month_name(figures.months[0]),
        "last": month_name(figures.months[-1]),
        **size,
    }


def _falls(values: list[float | None]) -> bool:
    known = [value for value in values if value is not None]
    return len(known) > 1 and known[-1] < known[0]


def districts(figures: Figures) -> charts.Chart | None:
    """On time by district as small multiples on one scale."""
    series = []
    for district in units.districts():
        values = tuple(rounded(figures.in_month(month, district=district.code)) for month in figures.months)
        url = rows.link(rows.DECIDED, figures.period, wilayah=district.code)
        known = [value for value in values if value is not None]
        series.append(charts.Series(district.name, values, url, worse=bool(known) and known[-1] < WORST))
    given = [value for one in series for value in one.values if value is not None]
    if not given:
        return None
    low = int(min(given) // 10 * 10) if min(given) < 100 else 90
    title = _("Tepat waktu menurut kecamatan, skala %(low)d–100 %%") % {"low": low}
    periods = [month_name(month) for month in figures.months]
    return charts.multiples(
        title, series, periods, low=low, high=100, note=_("tepat waktu"), first=_("Kecamatan")
    )


def boxes(figures: Figures) -> charts.Chart | None:
    """One square per district, roughly where it lies, for the period."""
    if not figures.within(figures.period).decided:
        return None
    drawn = []
    for district in _laid_out():
        share = rounded(figures.within(figures.period, district=district.code))
        shade = next((shade for least, shade in SHADES if share is not None and share >= least), 1)
        url = rows.link(rows.DECIDED, figures.period, wilayah=district.code)
        drawn.append(
            charts.Box(
                district.name, "–" if share is None else words.number(round(share), lang=_lang()), shade, url
            )
        )
    return charts.box_map(_("Peta kotak tepat waktu"), drawn, head=_("Tepat waktu"))


def _laid_out() -> list:
    """Districts in rows from north to south, each row from west to east."""
    known = {
        feature.code: shape(feature.geometry).representative_point() for feature in places.layer("district")
    }
    found = units.districts()
    if not all(district.code in known for district in found):
        return found
    north_first = sorted(found, key=lambda district: -known[district.code].y)
    lines = [north_first[start : start + PER_ROW] for start in range(0, len(north_first), PER_ROW)]
    return [district for line in lines for district in sorted(line, key=lambda one: known[one.code].x)]


def late(figures: Figures) -> list[dict[str, object]]:
    """Units with late cases, by name."""
    medians = queries.medians(figures.period)
    found = []
    for one in queries.late(figures.at):
        system, median = system_of(one.workflow), medians.get((one.unit, one.workflow))
        found.append(
            {
                "name": one.name,
                "service": system.label if system else one.workflow,
                "size": one.size,
                "url": rows.link(rows.LATE, unit=one.unit, sistem=one.workflow),
                "oldest": clocks.said(one.oldest, figures.at, _lang()),
                "holders": [(name.title() or _("belum ada pemegang"), size) for name, size in one.holders],
                "median": round(median.days, 1) if median else None,
                "promise": f"{median.amount} {UNITS.get(median.unit, median.unit)}" if median else "",
            }
        )
    return found


def open_map(at: datetime) -> maps.MapView | None:
    """Where open cases lie: one numbered dot for each village that has some."""
    found = [
        maps.Place(
            label=place(spot.area) or _("di luar batas desa"),
            lon=spot.lon,
            lat=spot.lat,
            note=_("%(open)d terbuka, %(late)d lewat batas") % {"open": spot.open, "late": spot.late},
            url=rows.link(rows.OPEN, wilayah=spot.area),
        )
        for spot in queries.spots(at)
    ]
    label = _("%(count)d tempat dengan urusan terbuka") % {"count": len(found)}
    return maps.places_map(label, found, base(), frame_around(found)) if found else None
