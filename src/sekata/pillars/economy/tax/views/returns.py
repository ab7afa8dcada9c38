"""A taxpayer's returns (SPTPD): one's objects and returns, and the month's lines with the cash register's file."""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sekata.lib.result import Refused
from sekata.pillars.economy.tax.actions import returns
from sekata.pillars.economy.tax.codes import ReturnState
from sekata.pillars.economy.tax.forms.returns import LinesForm, PeriodForm
from sekata.pillars.economy.tax.models import TaxObject, TaxReturn
from sekata.pillars.economy.tax.queries import filing
from sekata.pillars.economy.tax.rights import ASK
from sekata.pillars.economy.tax.standards import cash_register
from sekata.web.doors import door, refuse


@require_http_methods(["GET", "HEAD", "POST"])
@door(ASK)
def home(request: HttpRequest) -> HttpResponse:
    """My returns, and the form that begins a month's."""
    mine = list(filing.objects(request.actor)[:200])
    form = PeriodForm(
        request.POST or None, objects=[(one.number, f"{one.name} ({one.number})") for one in mine]
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        tax_object = next(one for one in mine if one.number == told["object"])
        try:
            begun = _begin(request, tax_object, told["period"])
        except Refused as refusal:
            refuse(form, refusal)
        else:
            return redirect("tax:return", number=tax_object.number, period=begun.period)
    context = {"form": form, "objects": mine, "filings": filing.filings(request.actor)}
    return render(request, "tax/citizen/returns.html", context, status=422 if form.errors else 200)


def _begin(request: HttpRequest, tax_object: TaxObject, period: str) -> TaxReturn:
    return returns.begin(actor=request.actor, tax_object=tax_object, period=period, submission=uuid4())


@require_http_methods(["GET", "HEAD", "POST"])
@door(ASK)
def lines(request: HttpRequest, number: str, period: str) -> HttpResponse:
    """The lines of a month: last month's labels stand there already. Sent once, it is only shown."""
    tax_object = filing.object_of(request.actor, number)
    made = tax_object and tax_object.returns.filter(period=period).order_by("-correction_no").first()
    if not made:
        raise Http404
    form = LinesForm(
        request.POST or None, request.FILES or None, lines=made.lines, tax_type=tax_object.tax_type
    )
    if request.method == "POST" and form.is_valid() and made.state == ReturnState.DRAFT:
        try:
            _file(request, made, form)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            return redirect("tax:return", number=number, period=period)
    context = {"form": form, "filing": made, "object": tax_object, "open": made.state == ReturnState.DRAFT}
    return render(request, "tax/citizen/return.html", context, status=422 if form.errors else 200)


def _file(request: HttpRequest, made: TaxReturn, form: LinesForm) -> None:
    upload = form.cleaned_data["register"]
    told = cash_register.parse(upload.read()) if upload else form.lines()
    returns.file(
        actor=request.actor, filing=made, lines=told, force_majeure=form.cleaned_data["force_majeure"]
    )


@require_POST
@door(ASK)
def correct(request: HttpRequest, number: str, period: str) -> HttpResponse:
    """Begin the correction of a sent return; the month's page then shows its lines."""
    tax_object = filing.object_of(request.actor, number)
    sent = tax_object and tax_object.returns.filter(period=period).order_by("-correction_no").first()
    if not sent:
        raise Http404
    try:
        returns.correct(actor=request.actor, filing=sent, submission=uuid4())
    except Refused as refusal:
        messages.error(request, refusal.reasons[0].message)
    return redirect("tax:return", number=number, period=period)
