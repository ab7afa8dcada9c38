"""Papers as files: letters, cards, duties, acts of collection, lists."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sekata.kernel.documents import queries as documents
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.pillars.economy.tax.actions import printing
from sekata.pillars.economy.tax.models import Transfer
from sekata.pillars.economy.tax.queries import cockpit, mine, owing, papers
from sekata.pillars.economy.tax.queries import requests as reading
from sekata.pillars.economy.tax.rights import ASK, ASSESS, LEAD, OFFICER
from sekata.pillars.economy.tax.rules.dates import month_bounds
from sekata.web.doors import door


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
@door(ASK)
def letter(request: HttpRequest, number: str) -> HttpResponse:
    """The paper of a letter, for its taxpayer and the office."""
    found = (
        owing.assessments(request.actor)
        .select_related("document__file", "version")
        .filter(number=number)
        .first()
    )
    if found is None:
        raise Http404
    try:
        document = printing.letter(found, clock.now())
    except Refused as refusal:
        raise Http404 from refusal
    return _pdf(documents.content(document), found.number)


@require_safe
@door(ASK)
def card(request: HttpRequest, number: str) -> HttpResponse:
    """The card of a taxpayer for whom one may act."""
    payer = next((one for one in mine.taxpayers(request.actor, clock.today()) if one.npwpd == number), None)
    if payer is None:
        raise Http404
    return _pdf(documents.content(printing.card(payer, clock.now())), number)


@require_safe
@door(ASK)
def duty(request: HttpRequest, number: str) -> HttpResponse:
    """The validated SSPD-BPHTB."""
    found = reading.request_of(request.actor, number)
    if found is None or not isinstance(found[1], Transfer):
        raise Http404
    try:
        document = printing.duty(found[1], clock.now())
    except Refused as refusal:
        raise Http404 from refusal
    return _pdf(documents.content(document), number)


@require_safe
@door(OFFICER)
def act(request: HttpRequest, number: str) -> HttpResponse:
    """An act of collection."""
    found = papers.act_of(number)
    if found is None:
        raise Http404
    return _pdf(documents.content(printing.act(found, clock.now())), number)


@require_safe
@door(OFFICER)
def village(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """DHKP of a village."""
    area = units.areas().get(code)
    if area is None:
        raise Http404
    table = papers.village_paper(code, area.name, year)
    return _pdf(printing.listing(table, clock.now()), f"DHKP-{year}-{code}")


@require_safe
@door(OFFICER | LEAD)
def month(request: HttpRequest, period: str) -> HttpResponse:
    """The month's revenue report."""
    try:
        month_bounds(period)
    except ValueError:
        raise Http404 from None
    return _pdf(printing.month_report(period, clock.now()), f"penerimaan-{period}")


@require_POST
@door(ASSESS)
def print_year(request: HttpRequest, year: int) -> HttpResponse:
    """Have a year's SPPT put on paper."""
    batch = cockpit.batch_of(year)
    if batch is None:
        raise Http404
    try:
        printing.print_batch(actor=request.actor, batch=batch)
    except Refused as refusal:
        messages.error(request, refusal.reasons[0].message)
    else:
        messages.success(request, _("SPPT sedang dicetak."))
    return redirect("tax:batch", year=year)
