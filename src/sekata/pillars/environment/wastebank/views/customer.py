"""The customer's phone: what was brought, the yearly card, pickups, the leaderboard's name; applying for a bank."""

import re
from datetime import date
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank.actions import customers as acts
from sekata.pillars.environment.wastebank.actions import pickups, registration
from sekata.pillars.environment.wastebank.codes import FLAGS
from sekata.pillars.environment.wastebank.forms.banks import ApplicationForm
from sekata.pillars.environment.wastebank.forms.desk import NicknameForm, PickupForm
from sekata.pillars.environment.wastebank.models import Customer
from sekata.pillars.environment.wastebank.queries import books, customers, desk, papers, withdrawals
from sekata.pillars.environment.wastebank.rights import CUSTOMER, OWN
from sekata.pillars.environment.wastebank.workflow import PICKUP, WITHDRAWAL
from sekata.web.doors import door, refuse

FORM = "wastebank/citizen/form.html"
MARK = re.compile(r"(\d{8})-(\d{1,18})")


@require_safe
@door(CUSTOMER)
def accounts(request: HttpRequest) -> HttpResponse:
    """My accounts; with one there is nothing to choose."""
    mine = customers.mine(request.actor)
    if len(mine) == 1:
        return redirect("wastebank:account", mine[0].number)
    return _private(render(request, "wastebank/citizen/accounts.html", {"accounts": mine}))


def _account(request: HttpRequest, number: str) -> Customer:
    found = customers.my_account(request.actor, number)
    if found is None:
        raise Http404
    return found


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
@door(CUSTOMER)
def account(request: HttpRequest, number: str) -> HttpResponse:
    """One account: the year so far, deposits, pickups."""
    found, today = _account(request, number), clock.today()
    page = customers.lines(found, _mark(request.GET.get("sebelum", "")))
    rows, _more = customers.history(found)
    asked = [
        {
            "pickup": one,
            "state": PICKUP.state(one.case.state),
            "open": one.case.state in ("requested", "scheduled"),
        }
        for one in customers.pickups(found)
    ]
    context = {
        "customer": found,
        "deposits": rows,
        "page": page,
        "next": f"{page.next[0]:%Y%m%d}-{page.next[1]}" if page.next else "",
        "standing": books.standing(found),
        "holds": books.holds(found),
        "debt": books.debt(found),
        "withdrawals": [(one, WITHDRAWAL.state(one.case.state)) for one in withdrawals.of(found)],
        "papers": papers.of(found),
        "pickups": asked,
        "year": customers.footprint(found, date(today.year, 1, 1), date(today.year + 1, 1, 1)),
        "flags": FLAGS,
        "form": NicknameForm(initial={"nickname": found.nickname}),
    }
    return _private(render(request, "wastebank/citizen/account.html", context))


def _mark(text: str) -> tuple[date, int] | None:
    """Where a page of the passbook goes on, as its address says."""
    found = MARK.fullmatch(text)
    if not found:
        return None
    try:
        return date.fromisoformat(found[1]), int(found[2])
    except ValueError:
        return None


@require_POST
@door(CUSTOMER)
def nickname(request: HttpRequest, number: str) -> HttpResponse:
    """Join the leaderboard, or leave it with an empty name."""
    found, form = _account(request, number), NicknameForm(request.POST)
    if form.is_valid():
        try:
            acts.join_leaderboard(actor=request.actor, customer=found, nickname=form.cleaned_data["nickname"])
            messages.success(request, _("Pilihan Anda tersimpan."))
        except Refused as refusal:
            messages.error(request, refusal.reasons[0].message)
    return redirect("wastebank:account", number)


@require_http_methods(["GET", "HEAD", "POST"])
@door(CUSTOMER)
def pickup(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for a pickup."""
    found = _account(request, number)
    form = PickupForm(request.POST or None, initial={"submission": uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            made = pickups.ask(
                actor=request.actor, customer=found, asked=pickups.PickupRequest(**form.cleaned_data)
            )
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(
                request, _("Permintaan jemput %(number)s kami terima.") % {"number": made.case.number}
            )
            return redirect("wastebank:account", number)
    context = {"form": form, "heading": _("Minta dijemput"), "submit_label": _("Kirim permintaan")}
    return render(request, FORM, context, status=422 if form.errors else 200)


@require_POST
@door(OWN)
def cancel_pickup(request: HttpRequest, number: str) -> HttpResponse:
    """Call off a pickup."""
    found = desk.pickup_for(request.actor, number)
    if found is None:
        raise Http404
    try:
        pickups.cancel(actor=request.actor, pickup=found)
        messages.success(request, _("Penjemputan dibatalkan."))
    except Refused as refusal:
        messages.error(request, refusal.reasons[0].message)
    return redirect("wastebank:account", found.customer.number)


@require_http_methods(["GET", "HEAD", "POST"])
@door(CUSTOMER)
def apply(request: HttpRequest) -> HttpResponse:
    """Apply for the registration of a bank."""
    form = ApplicationForm(request.POST or None, initial={"submission": uuid4(), "kind": "unit"})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"villages": tuple(form.cleaned_data["villages"])}
        try:
            made = registration.apply(actor=request.actor, application=registration.Application(**given))
        except Refused as refusal:
            refuse(form, refusal)
        else:
            return render(request, "wastebank/citizen/applied.html", {"case": made.case})
    context = {"form": form, "heading": _("Daftarkan bank sampah"), "submit_label": _("Kirim permohonan")}
    return render(request, FORM, context, status=422 if form.errors else 200)
