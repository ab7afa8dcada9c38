"""The officers' calendar: a list of days, by week or by month."""

from datetime import date
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sekata.lib import clock
from sekata.site.desk import calendar as days
from sekata.site.rights import OFFICER
from sekata.web.doors import door


def asked(request: HttpRequest) -> tuple[str, days.Span]:
    """Whose limits and which days the address asks for; today's month when it says nothing useful."""
    try:
        day = date.fromisoformat(request.GET.get("hari", ""))
    except ValueError:
        day = clock.today()
    kind = days.WEEK if request.GET.get("lihat") == days.WEEK else days.MONTH
    queue = "bidang" if request.GET.get("antrean") == "bidang" else "saya"
    return queue, days.span(kind, min(max(day, date(2000, 1, 31)), date(2200, 1, 1)))


def address(queue: str, kind: str, day: date, name: str = "desk:calendar") -> str:
    return f"{reverse(name)}?antrean={queue}&lihat={kind}&hari={day.isoformat()}"


@door(OFFICER)
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Limits and visits, day by day."""
    queue, shown = asked(request)
    found = days.entries(request.actor, queue, shown)
    middle = clock.today() if shown.first <= clock.today() <= shown.last else shown.first
    queues = (("saya", _("Untuk saya")), ("bidang", _("Bidang saya")))
    kinds = ((days.WEEK, _("Minggu")), (days.MONTH, _("Bulan")))
    context = {
        "span": shown,
        "days": [(day, list(group)) for day, group in groupby(found, key=lambda entry: entry.day)],
        "today": clock.today(),
        "before_url": address(queue, shown.kind, shown.before),
        "after_url": address(queue, shown.kind, shown.after),
        "today_url": address(queue, shown.kind, clock.today()),
        "ics_url": address(queue, shown.kind, shown.first, "desk:calendar_file"),
        "queues": [(label, address(code, shown.kind, middle), code == queue) for code, label in queues],
        "kinds": [(label, address(queue, code, middle), code == shown.kind) for code, label in kinds],
    }
    return render(request, "desk/calendar.html", context)


@door(OFFICER)
@require_safe
def calendar_file(request: HttpRequest) -> HttpResponse:
    """The same days as a file for the calendar on a phone."""
    queue, shown = asked(request)
    text = days.ics(days.entries(request.actor, queue, shown), request.get_host())
    name = f"sekata-{shown.first.isoformat()}.ics"
    return HttpResponse(
        text,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
