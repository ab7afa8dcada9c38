"""A bill as anybody with its number sees it: what is due, what if, how to pay, and “paid but shown unpaid”."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sekata.kernel.payments import actions, queries
from sekata.kernel.payments.actions import tracing
from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.lib.rights import everyone, signed_in
from sekata.site.payments import qris, reading
from sekata.site.payments.forms import NumberForm, TraceForm, WhatIfForm
from sekata.site.payments.guarding import guarded, insist
from sekata.web.doors import door, refuse

SEE = everyone("payments.bill", "siapa pun yang memegang nomor tagihan")
OWN = signed_in("payments.mine")
RECEIPT_DIGITS = 20
METHODS = ("atm", "mobile", "teller", "other")


@door(SEE)
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Open a bill or a receipt by its number."""
    form = NumberForm(request.GET if "nomor" in request.GET else None)
    if form.is_bound and form.is_valid():
        number = form.cleaned_data["nomor"]
        if len(number) == RECEIPT_DIGITS:
            return redirect("bills:receipt", ntpd=number)
        return redirect("bills:bill", customer_no=number[-13:])
    return render(request, "payments/find.html", {"form": form}, status=422 if form.errors else 200)


@door(OWN)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My open bills and what I have paid."""
    person = request.actor.acting_for or request.actor.person
    context = {"bills": queries.bills_of(person)[:50], "paid": reading.paid_by(person)[:50]}
    return render(request, "payments/mine.html", context)


@door(SEE)
@never_cache
@require_safe
@guarded
def bill(request: HttpRequest, customer_no: str) -> HttpResponse:
    """What a bill asks today, what it would ask on another day, and the way to pay."""
    found, at = insist(queries.by_customer_no(customer_no)), clock.now()
    form = WhatIfForm(request.GET if "tanggal" in request.GET or "tanggal_hari" in request.GET else None)
    day = form.cleaned_data["tanggal"] if form.is_bound and form.is_valid() else None
    context = {
        "bill": found,
        "payer": reading.masked(found.payer_name),
        "due": reading.due(found, at),
        "form": form,
        "day": day,
        "then": reading.what_if(found, day) if day else None,
        "chances": reading.chances(clock.today()),
        "receipt": reading.receipt_of(found),
        "traces": reading.tracing(found)[:3],
    }
    return render(request, "payments/bill.html", context, status=422 if form.errors else 200)


@door(SEE)
@require_POST
@guarded
def prepare(request: HttpRequest, customer_no: str) -> HttpResponse:
    """Let the bill ask what is true now, then show how to pay it."""
    found, at = insist(queries.by_customer_no(customer_no)), clock.now()
    if found.state == found.State.OPEN and found.valid_until < at:
        quote = queries.quoted(found, at)
        if quote is None:
            messages.warning(request, _("Tagihan ini tidak dapat dibayar lagi. Hubungi loket."))
            return redirect("bills:bill", customer_no=found.customer_no)
        actions.amend(bill=found, quote=quote)
    return redirect("bills:pay", customer_no=found.customer_no)


@door(SEE)
@never_cache
@require_safe
@guarded
def pay(request: HttpRequest, customer_no: str) -> HttpResponse:
    """The steps per channel, how long the amount holds, and the QRIS code where the amount is within its limit."""
    found, at = insist(queries.by_customer_no(customer_no)), clock.now()
    if found.state != found.State.OPEN or found.valid_until < at:
        return redirect("bills:bill", customer_no=found.customer_no)
    partner = reading.partner_of(found)
    method = request.GET.get("cara", METHODS[0])
    context = {
        "bill": found,
        "partner": partner,
        "account": reading.account_of(found, partner),
        "methods": METHODS,
        "method": method if method in METHODS else METHODS[0],
        "qris": bool(qris.payload(found, at, qris.source())),
        "qris_within": qris.within(found.amount, at),
    }
    return render(request, "payments/pay.html", context)


@door(SEE)
@never_cache
@require_safe
@guarded
def code(request: HttpRequest, customer_no: str) -> HttpResponse:
    """The QRIS code of a bill as a picture."""
    found = insist(queries.by_customer_no(customer_no))
    payload = qris.payload(found, clock.now(), qris.source())
    if not payload:
        raise Http404
    return HttpResponse(qris.png(payload), content_type="image/png")


@door(tracing.OPEN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def trace(request: HttpRequest, customer_no: str) -> HttpResponse:
    """“Paid but shown unpaid”: take the bank's slip and open a trace."""
    found = insist(queries.by_customer_no(customer_no))
    posted = request.method == "POST"
    form = TraceForm(
        request.POST if posted else None, request.FILES if posted else None, initial={"amount": found.amount}
    )
    if form.is_valid():
        given = dict(form.cleaned_data)
        slip = given.pop("slip")
        try:
            made = actions.open_trace(
                actor=request.actor, bill=found, claim=actions.Claim(**given), slip=slip, at=clock.now()
            )
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Penelusuran %(number)s dibuka.") % {"number": made.number})
            return redirect("bills:bill", customer_no=found.customer_no)
    context = {"form": form, "bill": found}
    return render(request, "payments/trace.html", context, status=422 if form.errors else 200)
