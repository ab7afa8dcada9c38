"""A bank's money: what waits to be paid, vouchers, whether customers are covered, the sharing of the surplus."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank.actions import billing, sharing, vouchers, withdrawals
from sekata.pillars.environment.wastebank.codes import WithdrawalKind
from sekata.pillars.environment.wastebank.forms import money as forms
from sekata.pillars.environment.wastebank.forms.banks import Confirm, ReasonForm
from sekata.pillars.environment.wastebank.forms.trade import MonthForm
from sekata.pillars.environment.wastebank.models import WasteBank, Withdrawal
from sekata.pillars.environment.wastebank.queries import banks, books, customers
from sekata.pillars.environment.wastebank.queries import money as read
from sekata.pillars.environment.wastebank.queries import withdrawals as taken_read
from sekata.pillars.environment.wastebank.queries.law import law
from sekata.pillars.environment.wastebank.queries.papers import shown_coverage
from sekata.pillars.environment.wastebank.rights import DIRECT, KEEP_CASH, SEE
from sekata.pillars.environment.wastebank.rules import bookkeeping
from sekata.pillars.environment.wastebank.views.desk import bank_for, one_form
from sekata.pillars.environment.wastebank.views.withdraw import inquiry
from sekata.pillars.environment.wastebank.workflow import WITHDRAWAL
from sekata.web.doors import door

POSTING = ("GET", "HEAD", "POST")
BY_HAND = ("pay", "call_off")
STEPS: Mapping[str, tuple[type, Callable]] = MappingProxyType(
    {
        "approve": (Confirm, lambda form, **who: withdrawals.approve(**who)),
        "execute": (Confirm, lambda form, **who: billing.execute(**who)),
        "pay": (forms.PaidForm, lambda form, **who: withdrawals.pay(**form.cleaned_data, **who)),
        "call_off": (ReasonForm, lambda form, **who: withdrawals.call_off(**form.cleaned_data, **who)),
        "settle": (forms.SettleForm, lambda form, **who: billing.settle(**form.cleaned_data, **who)),
        "refund": (ReasonForm, lambda form, **who: billing.refund(**form.cleaned_data, **who)),
        "cancel": (Confirm, lambda form, **who: withdrawals.cancel(**who)),
    }
)


def _home(code: str) -> str:
    return reverse("wastebank:money", args=[code])


@require_safe
@door(SEE)
def home(request: HttpRequest, code: str) -> HttpResponse:
    """Money at a glance, and every withdrawal that waits for somebody."""
    found = bank_for(request, code)
    sheet = books.sheet(found)
    covered = bookkeeping.coverage(sheet)
    context = {
        "bank": found,
        "covered": bookkeeping.is_covered(sheet),
        "coverage": shown_coverage(covered),
        "cash": sheet.get(bookkeeping.CASH, 0),
        "account": sheet.get(bookkeeping.BANK_ACCOUNT, 0),
        "owed": -sheet.get(bookkeeping.CUSTOMERS, 0),
        "waiting": [
            (one, WITHDRAWAL.state(one.case.state), _steps(request, one)) for one in taken_read.waiting(found)
        ],
        "vouchers": read.vouchers(found),
        "distributions": read.distributions(found),
        "keeps": KEEP_CASH.allows(request.actor, found),
        "directs": DIRECT.allows(request.actor, found),
    }
    response = render(request, "wastebank/officer/money.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _steps(request: HttpRequest, taken: Withdrawal) -> list[tuple[str, str]]:
    """Steps that state and rights allow; what a biller was asked for is not ended by hand."""
    biller = taken_read.by_biller(taken.kind, law(taken.case.received_at))
    edges = [edge for edge in WITHDRAWAL.edges_from(taken.case.state) if edge.name in STEPS]
    return [
        (edge.name, edge.label)
        for edge in edges
        if edge.by.allows(request.actor, taken) and not (biller and edge.name in BY_HAND and taken.sent_at)
    ]


@require_http_methods(POSTING)
@door(KEEP_CASH | DIRECT)
def step(request: HttpRequest, code: str, number: str, name: str) -> HttpResponse:
    """One step of a withdrawal."""
    found = bank_for(request, code, KEEP_CASH | DIRECT)
    taken = taken_read.for_actor(request.actor, number)
    if taken is None or taken.bank_id != found.pk or name not in STEPS:
        raise Http404
    kind, act = STEPS[name]
    form = kind(request.POST if request.method == "POST" else None)

    def run() -> None:
        act(form, actor=request.actor, taken=taken)

    target = taken_read.target_of(taken) if name in ("execute", "pay") else ""
    heading = f"{WITHDRAWAL.transition(name).label}: {taken.get_kind_display()} {taken.case.number} {target}".strip()
    return one_form(request, form, heading, run, _("Tersimpan."), _home(code))


@require_http_methods(POSTING)
@door(KEEP_CASH | DIRECT)
def ask_kind(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody at the counter wants money: as what?"""
    found = bank_for(request, code, KEEP_CASH | DIRECT)
    form = forms.KindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("wastebank:desk_take", found.code, form.cleaned_data["kind"])
    context = {"form": form, "heading": _("Penarikan di loket"), "submit_label": _("Lanjut"), "back": found.name,
               "back_url": _home(code)}  # fmt: skip
    return render(request, "wastebank/officer/step.html", context, status=422 if form.errors else 200)


@require_http_methods(POSTING)
@door(KEEP_CASH | DIRECT)
def ask(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The withdrawal of somebody at the counter."""
    found = bank_for(request, code, KEEP_CASH | DIRECT)
    row = law(clock.now()).table("withdrawal_kind").get(kind)
    if row is None:
        raise Http404
    form = forms.DeskTakeForm(
        request.POST or None, kind=kind, target_name=row["name"], initial={"submission": uuid4()}
    )

    def run() -> None:
        customer = customers.by_number(form.cleaned_data["customer"].replace(" ", ""))
        if customer is None:
            raise Refused.because("customer", _("Nomor nasabah itu tidak ada."), "customer")
        asked, inquired = inquiry(form.asked())
        withdrawals.ask_at_desk(
            actor=request.actor, bank=found, customer=customer, asked=asked, inquired=inquired
        )

    label = WithdrawalKind(kind).label
    return one_form(
        request, form, _("Penarikan: %(kind)s") % {"kind": label}, run, _("Penarikan dicatat."), _home(code)
    )


@require_http_methods(POSTING)
@door(KEEP_CASH)
def voucher(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a voucher of the cash box."""
    found = bank_for(request, code, KEEP_CASH)
    form = forms.VoucherForm(
        request.POST or None, counterparts=read.counterparts(found), initial={"submission": uuid4()}
    )

    def run() -> None:
        vouchers.enter(actor=request.actor, bank=found, new=form.new())

    return one_form(request, form, _("Bukti kas"), run, _("Bukti kas tersimpan."), _home(code))


@require_http_methods(POSTING)
@door(DIRECT)
def share(request: HttpRequest, code: str) -> HttpResponse:
    """Share the surplus of a closed month."""
    found: WasteBank = bank_for(request, code, DIRECT)
    form = MonthForm(request.POST or None)

    def run() -> None:
        sharing.share(actor=request.actor, bank=banks.by_key(found.pk), month=form.cleaned_data["month"])

    return one_form(request, form, _("Bagikan SHU"), run, _("SHU dibagikan kepada nasabah."), _home(code))
