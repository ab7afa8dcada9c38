"""The figures of a period and the register as workbooks for a spreadsheet."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.pillars.environment.complaints.figures import INDICATORS
from sekata.pillars.environment.complaints.forms.leadership import PeriodForm
from sekata.pillars.environment.complaints.queries import figures as read
from sekata.pillars.environment.complaints.queries import machine
from sekata.pillars.environment.complaints.rights import BRIDGE, SEE
from sekata.pillars.environment.complaints.standards.spreadsheet import MIME, Sheet, workbook
from sekata.pillars.environment.complaints.views.exports import YEAR, answered, period, private
from sekata.pillars.environment.complaints.views.leadership import HEADINGS, MARKS, lines
from sekata.web.doors import door


@door(BRIDGE)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """All figures of a period with their parts, by district, and the rows behind each."""
    form = PeriodForm(request.GET or None)
    start, end = form.span
    behind = (_rows(code, form, request) for code in HEADINGS)
    sheets = (_numbers(form), _districts(form), *behind, _facilities(form))
    return _file(f"kinerja-pengaduan-{start:%Y%m%d}-{end:%Y%m%d}.xlsx", sheets)


def _file(name: str, sheets: Iterable[Sheet]) -> HttpResponse:
    response = HttpResponse(workbook(sheets, clock.now()), content_type=MIME)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return private(response)


def _numbers(form: PeriodForm) -> Sheet:
    start, end = form.span
    heads = (_("Angka"), _("Nilai"), _("Satuan"), _("Bagian"), _("Keseluruhan"), _("Cara menghitung"), _("Sejak"),
             _("Sampai"))  # fmt: skip
    rows = [[one.label, *_value(one, form), one.formula, start, end] for one in INDICATORS]
    return Sheet(_("Angka"), heads, rows)


def _value(indicator, form: PeriodForm) -> list[object]:
    """Value, unit, and the two numbers that it is made of."""
    found = indicator.compute(*form.span)
    if not isinstance(found, tuple):
        return [found, indicator.unit, None, read.sampled(*form.span)[1]]
    part, whole = found
    return [round(100 * part / whole, 1) if whole else None, indicator.unit, part, whole]


def _districts(form: PeriodForm) -> Sheet:
    names = {area.code: area.name for area in units.districts()}
    rows = [
        [names.get(code, _("belum jelas")), month, kept, due, round(100 * kept / due, 1) if due else None]
        for code, months in sorted(read.by_district(*form.span).items())
        for month, (kept, due) in sorted(months.items())
    ]
    heads = (_("Kecamatan"), _("Bulan jatuh tempo"), _("Tepat waktu"), _("Jatuh tempo"), _("Persen"))
    return Sheet(_("Per kecamatan"), heads, rows)


def _rows(code: str, form: PeriodForm, request: HttpRequest) -> Sheet:
    good, bad, when = (str(words) for words in MARKS[code])
    found = lines(read.rows(code, *form.span), request.actor)
    rows = [
        [one["row"].number, one["row"].title, one["unit"], one["place"], one["state"], one["day"],
         good if one["row"].good else bad]
        for one in found
    ]  # fmt: skip
    heads = (_("Nomor"), _("Perihal"), _("Unit"), _("Tempat"), _("Keadaan"), when, _("Dihitung"))
    return Sheet(str(HEADINGS[code]), heads, rows)


def _facilities(form: PeriodForm) -> Sheet:
    rows = [
        [one["code"], one["feature"].name if one["feature"] else "", one["complaints"], one["incidents"],
         one["proven"]]
        for one in read.repeated_facilities(*form.span)
    ]  # fmt: skip
    heads = (_("Kode"), _("Usaha (dugaan sampai terbukti)"), _("Laporan"), _("Kejadian"), _("Terbukti"))
    return Sheet(_("Usaha berulang"), heads, rows)


@door(SEE)
@require_safe
@answered
def register(request: HttpRequest) -> HttpResponse:
    """The register of complaints as a workbook; it has no column of a person (R2)."""
    columns, rows = machine.register(request.actor, *period(request, YEAR))
    heads = [machine.WORDS[column] for column in columns]
    moments = [place for place, column in enumerate(columns) if column.endswith("_at")]
    sheet = Sheet("Register", heads, _dated(rows, moments))
    return _file("register-pengaduan.xlsx", (sheet,))


def _dated(rows: Iterable[list[object]], moments: list[int]) -> Iterator[list[object]]:
    """Moments as such, so that a spreadsheet can reckon with them."""
    for row in rows:
        for place in moments:
            row[place] = datetime.fromisoformat(str(row[place])) if row[place] else None
        yield row
