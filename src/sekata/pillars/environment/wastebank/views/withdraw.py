"""The customer takes money out: choose, fill in, look again, send; follow it; statement, passbook, card."""

from dataclasses import replace
from types import MappingProxyType
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sekata.kernel.documents.pictures import qr
from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank.actions import papers, withdrawals
from sekata.pillars.environment.wastebank.codes import WithdrawalKind
from sekata.pillars.environment.wastebank.forms.money import PeriodForm, TakeForm
from sekata.pillars.environment.wastebank.queries import books
from sekata.pillars.environment.wastebank.queries import withdrawals as read
from sekata.pillars.environment.wastebank.queries.law import law
from sekata.pillars.environment.wastebank.rights import CUSTOMER, OWN
from sekata.pillars.environment.wastebank.rules.balances import grams
from sekata.pillars.environment.wastebank.standards.biller import Away, Inquiry
from sekata.pillars.environment.wastebank.views.customer import FORM, _account, _private
from sekata.pillars.environment.wastebank.workflow import WITHDRAWAL
from sekata.web.doors import door, refuse

POSTING = ("GET", "HEAD", "POST")
HINTS = MappingProxyType(
    {
        WithdrawalKind.CASH: "Diambil di bank sampah",
        WithdrawalKind.BANK_TRANSFER: "Ke rekening bank Anda",
        WithdrawalKind.GOLD: "Harga beli dan jual ditunjukkan lebih dulu",
        WithdrawalKind.POWER_TOKEN: "Token 20 angka tampil di sini",
        WithdrawalKind.PBB_TAX: "Sebesar tagihannya",
        WithdrawalKind.BPJS_PREMIUM: "Sebesar tagihannya",
        WithdrawalKind.GROCERIES: "Diambil di bank sampah",
        WithdrawalKind.TRANSFER_TO_CUSTOMER: "Nasabah bank sampah yang sama",
    }
)


@require_safe
@door(CUSTOMER)
def kinds(request: HttpRequest, number: str) -> HttpResponse:
    """What the money can become, and how much there is."""
    found = _account(request, number)
    rows = [(kind, HINTS[kind]) for kind in WithdrawalKind]
    context = {"customer": found, "standing": books.standing(found), "debt": books.debt(found), "kinds": rows}
    return _private(render(request, "wastebank/citizen/take.html", context))


@require_http_methods(POSTING)
@door(CUSTOMER)
def take(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Fill in, look again, send."""
    found, row = _account(request, number), law(clock.now()).table("withdrawal_kind").get(kind)
    if row is None:
        raise Http404
    form = TakeForm(request.POST or None, kind=kind, target_name=row["name"], initial={"submission": uuid4()})
    inquired: Inquiry | None = None
    if request.method == "POST" and form.is_valid():
        try:
            asked, inquired = inquiry(form.asked())
            if "sure" in request.POST:
                made = withdrawals.ask(actor=request.actor, customer=found, asked=asked, inquired=inquired)
                messages.success(request, _("Penarikan %(no)s kami terima.") % {"no": made.case.number})
                return redirect("wastebank:withdrawal", made.case.number)
            return _private(_look_again(request, found, form, asked, inquired))
        except Refused as refusal:
            refuse(form, refusal)
    context = {
        "form": form, "heading": WithdrawalKind(kind).label, "submit_label": _("Periksa dulu"),
        "back_url": reverse("wastebank:take_kinds", args=[number]),
        "lede": _("Dapat ditarik %(free)s.") % {"free": _rupiah(books.standing(found).available)},
    }  # fmt: skip
    return _private(render(request, FORM, context, status=422 if form.errors else 200))


def inquiry(asked: withdrawals.Asked) -> tuple[withdrawals.Asked, Inquiry | None]:
    """Check the target and ask the biller about it; a bill without an amount takes the biller's."""
    at = clock.now()
    target = withdrawals.check_target(asked.kind, asked.target, at)
    if not read.by_biller(asked.kind, law(at)):
        return asked, None
    try:
        told = read.biller(asked.kind, at).inquiry(asked.kind, target, asked.amount)
    except Away as error:
        message = _("Penyedia sedang tidak menjawab. Tidak ada uang yang ditahan; coba lagi nanti.")
        raise Refused.because("biller", message, status=503) from error
    if told.refusal:
        raise Refused.because("target", told.refusal, "target")
    return (replace(asked, amount=told.amount) if told.amount else asked), told


def _look_again(request: HttpRequest, found, form: TakeForm, asked, inquired: Inquiry | None) -> HttpResponse:
    """Everything once more before it is sent: name, amount, fees, both prices of gold."""
    fee = law(clock.now()).limit("withdrawal_fee") + (inquired.fee if inquired else 0)
    weight = grams(asked.amount, inquired.per_gram) if inquired and inquired.per_gram else None
    context = {
        "customer": found,
        "asked": asked,
        "label": WithdrawalKind(asked.kind).label,
        "target_name": form.fields["target"].label if "target" in form.fields else "",
        "inquired": inquired,
        "fee": fee,
        "total": asked.amount + fee,
        "grams": weight,
    }
    return render(request, "wastebank/citizen/take_sure.html", context)


def _rupiah(amount: int) -> str:
    return f"Rp{amount:,}".replace(",", ".")


@require_safe
@door(CUSTOMER)
def withdrawal(request: HttpRequest, number: str) -> HttpResponse:
    """One withdrawal: where it stands, its token."""
    found = read.for_actor(request.actor, number)
    if found is None or found.customer.person_id != (request.actor.acting_for or request.actor.person):
        raise Http404
    context = {
        "taken": found,
        "state": WITHDRAWAL.state(found.case.state),
        "token": read.token_of(found),
        "steps": found.case.steps.exclude(says="").order_by("pk"),
        "cancels": found.case.state == "requested",
    }
    return _private(render(request, "wastebank/citizen/withdrawal.html", context))


@require_POST
@door(OWN)
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Think better of it."""
    found = read.for_actor(request.actor, number)
    if found is None:
        raise Http404
    try:
        withdrawals.cancel(actor=request.actor, taken=found)
        messages.success(request, _("Penarikan dibatalkan; uang kembali ke tabungan."))
    except Refused as refusal:
        messages.error(request, refusal.reasons[0].message)
    return redirect("wastebank:withdrawal", number)


@require_http_methods(POSTING)
@door(CUSTOMER)
def statement(request: HttpRequest, number: str) -> HttpResponse:
    """The statement of a period, as a PDF that anybody can check."""
    found, form = _account(request, number), PeriodForm(request.POST or None, initial=PeriodForm.usual())
    if request.method == "POST" and form.is_valid():
        try:
            made = papers.print_my_statement(actor=request.actor, customer=found, **form.cleaned_data)
            return redirect("wastebank:paper", made.document.check_code)
        except Refused as refusal:
            refuse(form, refusal)
    context = {
        "form": form, "heading": _("Rekening koran"), "submit_label": _("Buat PDF"),
        "back_url": reverse("wastebank:account", args=[number]),
    }  # fmt: skip
    return _private(render(request, FORM, context, status=422 if form.errors else 200))


@require_POST
@door(CUSTOMER)
def passbook(request: HttpRequest, number: str) -> HttpResponse:
    """The latest page of the passbook, as a PDF."""
    found = _account(request, number)
    made = papers.print_my_passbook(actor=request.actor, customer=found)
    return redirect("wastebank:paper", made.document.check_code)


@require_safe
@door(CUSTOMER)
def card(request: HttpRequest, number: str) -> HttpResponse:
    """The card: its QR holds a random token, nothing about the person."""
    found = _account(request, number)
    drawn = mark_safe(qr(found.card_token))  # noqa: S308 - drawn here from a random token
    return _private(render(request, "wastebank/citizen/card.html", {"customer": found, "qr": drawn}))
