"""Pages for everybody: what a land object owes, on any day, and the calculator of acquisition duty."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from sekata.lib import clock
from sekata.pillars.economy.tax.actions import looking
from sekata.pillars.economy.tax.codes import Acquisition, Kinship
from sekata.pillars.economy.tax.forms.citizen import DutyForm, SearchForm
from sekata.pillars.economy.tax.queries import owing
from sekata.pillars.economy.tax.queries.law import law
from sekata.pillars.economy.tax.rights import LOOK
from sekata.pillars.economy.tax.rules import bphtb
from sekata.web.doors import door

FARTHEST = 800
"""Days from today up to which the slider looks ahead: past the last month that adds interest."""


@require_safe
@door(LOOK)
def search(request: HttpRequest) -> HttpResponse:
    """One box: a parcel shows village, masked name and what is due; a bill its amount; a taxpayer that it exists.

    Ten misses an hour are enough.
    """
    form = SearchForm(request.GET if "nop" in request.GET else None)
    context: dict[str, object] = {"form": form}
    status = 200
    if form.is_bound and form.is_valid():
        context |= _look(request, form)
        status = 200 if context.get("found") else 429 if context.get("blocked") else 404
    elif form.is_bound:
        status = 422
    return render(request, "tax/citizen/search.html", context, status=status)


def _look(request: HttpRequest, form: SearchForm) -> dict[str, object]:
    at, source = clock.now(), request.META.get("REMOTE_ADDR", "")
    if not owing.may_look(source, at):
        return {"blocked": True}
    number = form.cleaned_data["nop"]
    found = LOOKS[form.kind](number, request.GET.get("hari", ""))
    if not found:
        looking.note_miss(source, at)
        form.add_error("nop", MISSED[form.kind])
    return found


def _parcel(number: str, typed: str) -> dict[str, object]:
    ahead = _days(typed)
    day = clock.today() + timedelta(days=ahead)
    found = owing.found(number, day)
    if found is None:
        return {}
    total = sum(card.owed.total for card in found.cards)
    return {"found": found, "day": day, "ahead": ahead, "farthest": FARTHEST, "total": total}


def _bill(number: str, typed: str) -> dict[str, object]:
    ahead = _days(typed)
    day = clock.today() + timedelta(days=ahead)
    found = owing.bill(number, day)
    return {"found": found, "bill": found, "day": day, "ahead": ahead, "farthest": FARTHEST} if found else {}


def _taxpayer(number: str, typed: str) -> dict[str, object]:
    found = owing.taxpayer(number)
    return {"found": found, "taxpayer": found} if found else {}


LOOKS = {"nop": _parcel, "letter": _bill, "npwpd": _taxpayer}
MISSED = {
    "nop": gettext_lazy("NOP tidak ditemukan"),
    "letter": gettext_lazy("Nomor tagihan tidak ditemukan"),
    "npwpd": gettext_lazy("NPWPD tidak ditemukan"),
}


def _days(text: str) -> int:
    return min(int(text), FARTHEST) if text.isascii() and text.isdigit() else 0


@require_safe
@door(LOOK)
def duty(request: HttpRequest) -> HttpResponse:
    """What acquiring land would cost, by the law of today; nothing is kept."""
    form = DutyForm(request.GET if "code" in request.GET else None)
    made = None
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        transfer = bphtb.Transfer(
            Acquisition(told["code"]),
            told["value"],
            told["land_value"],
            told["first"],
            Kinship(told["kinship"]),
        )
        made = bphtb.transfer_duty(transfer, law(clock.now()).transfer)
    status = 422 if form.errors else 200
    today: date = clock.today()
    return render(
        request, "tax/citizen/duty.html", {"form": form, "made": made, "today": today}, status=status
    )
