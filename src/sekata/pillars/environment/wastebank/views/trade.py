"""A bank's trade: sales step by step, transfers, counts, cash, the closing of a month."""

from collections.abc import Callable
from types import MappingProxyType

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sekata.lib import clock
from sekata.pillars.environment.wastebank.actions import counts, trade
from sekata.pillars.environment.wastebank.codes import Post
from sekata.pillars.environment.wastebank.forms import trade as forms
from sekata.pillars.environment.wastebank.forms.banks import Confirm, ReasonForm
from sekata.pillars.environment.wastebank.models import Sale
from sekata.pillars.environment.wastebank.queries import banks, closing, desk
from sekata.pillars.environment.wastebank.queries import trade as read
from sekata.pillars.environment.wastebank.queries.law import law
from sekata.pillars.environment.wastebank.rights import DIRECT, KEEP_CASH, OVERSEE, SEE, WEIGH
from sekata.pillars.environment.wastebank.views.desk import bank_for, one_form
from sekata.pillars.environment.wastebank.workflow import SALE, TRANSFER
from sekata.web.doors import door

POSTING = ("GET", "HEAD", "POST")


def _home(code: str) -> str:
    return reverse("wastebank:trade", args=[code])


@require_safe
@door(SEE)
def home(request: HttpRequest, code: str) -> HttpResponse:
    """Sales and transfers, open differences, what stands against closing the month, what it earned."""
    found, today = bank_for(request, code), clock.today()
    context = {
        "bank": found,
        "sales": [(sale, SALE.state(sale.state), _steps(request, found, sale)) for sale in read.sales(found)],
        "transfers": [(one, TRANSFER.state(one.state)) for one in read.transfers(found)],
        "suspense": desk.suspense(found),
        "lost": desk.lost_legs(found),
        "conflicts": closing.conflicts(found),
        "months": read.months(found),
        "surplus": read.surplus(found, today),
        "directs": DIRECT.allows(request.actor, found),
        "keeps": KEEP_CASH.allows(request.actor, found),
        "weighs": WEIGH.allows(request.actor, found),
    }
    return render(request, "wastebank/officer/trade.html", context)


def _steps(request: HttpRequest, found, sale: Sale) -> list[tuple[str, str]]:
    edges = SALE.edges_from(sale.state)
    return [(edge.name, edge.label) for edge in edges if edge.by.allows(request.actor, found)]


@require_http_methods(POSTING)
@door(DIRECT)
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Plan a sale."""
    found, buyers = bank_for(request, code, DIRECT), list(read.collectors())
    form = forms.GoodsForm(request.POST or None, materials=law(clock.now()).materials, collectors=buyers)

    def run() -> None:
        collector = next(one for one in buyers if one.pk == form.cleaned_data["collector"])
        trade.plan_sale(actor=request.actor, bank=found, collector=collector, goods=form.goods())

    return one_form(request, form, _("Rencanakan penjualan"), run, _("Penjualan tercatat."), _home(code))


SALE_FORMS: MappingProxyType[str, Callable] = MappingProxyType(
    {
        "weigh_out": lambda data, sale: forms.SlipForm(data),
        "accept": lambda data, sale: forms.AcceptForm(data, sale=sale),
        "invoice": lambda data, sale: Confirm(data),
        "receive_payment": lambda data, sale: forms.PaidForm(data),
        "cancel": lambda data, sale: Confirm(data),
    }
)
SALE_ACTS: MappingProxyType[str, Callable] = MappingProxyType(
    {
        "weigh_out": lambda form, **who: trade.weigh_out(weights={}, slip=form.cleaned_data["slip"], **who),
        "accept": lambda form, **who: trade.accept_sale(rejected=form.rejected(), **who),
        "invoice": lambda form, **who: trade.invoice_sale(**who),
        "receive_payment": lambda form, **who: trade.receive_payment(into=form.cleaned_data["into"], **who),
        "cancel": lambda form, **who: trade.cancel_sale(**who),
    }
)


@require_http_methods(POSTING)
@door(DIRECT | WEIGH | KEEP_CASH)
def sale_step(request: HttpRequest, code: str, number: str, name: str) -> HttpResponse:
    """One step of a sale."""
    found = bank_for(request, code)
    sale = read.sale_of(found, number)
    if sale is None or name not in SALE_FORMS:
        raise Http404
    form = SALE_FORMS[name](request.POST if request.method == "POST" else None, sale)

    def run() -> None:
        SALE_ACTS[name](form, actor=request.actor, bank=found, sale=sale)

    heading = f"{SALE.transition(name).label}: {sale.number}"
    return one_form(request, form, heading, run, _("Tersimpan."), _home(code))


@require_http_methods(POSTING)
@door(WEIGH | DIRECT)
def send(request: HttpRequest, code: str) -> HttpResponse:
    """Send material to the central."""
    found = bank_for(request, code)
    form = forms.GoodsForm(request.POST or None, materials=law(clock.now()).materials)

    def run() -> None:
        trade.send(actor=request.actor, bank=found, goods=form.goods())

    return one_form(request, form, _("Kirim ke bank sampah induk"), run, _("Kiriman tercatat."), _home(code))


@require_http_methods(POSTING)
@door(WEIGH | DIRECT)
def receive(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Weigh what a unit has sent."""
    found = bank_for(request, code)
    sent = read.transfer_to(found, number)
    if sent is None:
        raise Http404
    form = forms.WeightsForm.of(request.POST if request.method == "POST" else None, sent)

    def run() -> None:
        trade.receive(actor=request.actor, bank=found, transfer=sent, weights=form.weights())

    heading = _("Terima kiriman %(no)s") % {"no": sent.number}
    return one_form(request, form, heading, run, _("Kiriman ditimbang."), _home(code))


@require_http_methods(POSTING)
@door(DIRECT)
def agree(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Settle a disputed transfer on weights that the director stands for."""
    found = bank_for(request, code, DIRECT)
    sent = read.transfer_to(found, number)
    if sent is None:
        raise Http404
    form = forms.WeightsForm.of(request.POST if request.method == "POST" else None, sent)
    form.fields["reason"] = ReasonForm.base_fields["reason"]

    def run() -> None:
        reason = form.cleaned_data["reason"]
        trade.agree(actor=request.actor, bank=found, transfer=sent, weights=form.weights(), reason=reason)

    heading = _("Sepakati berat %(no)s") % {"no": sent.number}
    return one_form(request, form, heading, run, _("Berat disepakati."), _home(code))


@require_http_methods(POSTING)
@door(DIRECT | OVERSEE)
def close_leg(request: HttpRequest, code: str, line: int) -> HttpResponse:
    """Explain what a transfer lost beyond the tolerance."""
    found = bank_for(request, code)
    lost = next((one for one in desk.lost_legs(found) if one.pk == line), None)
    if lost is None:
        raise Http404
    form = forms.CauseForm(request.POST or None)

    def run() -> None:
        counts.close_leg(actor=request.actor, bank=found, line=lost, **form.cleaned_data)

    heading = _("Tutup selisih kiriman %(no)s") % {"no": lost.transfer.number}
    return one_form(request, form, heading, run, _("Selisih ditutup."), _home(code))


@require_http_methods(POSTING)
@door(DIRECT | WEIGH)
def count(request: HttpRequest, code: str) -> HttpResponse:
    """Count the stock; the book is not shown, so that nobody copies it."""
    found, materials = bank_for(request, code), law(clock.now()).materials
    names = {one: materials[one]["name"] for one in read.in_stock(found) if one in materials}
    form = forms.WeightsForm(request.POST or None, names=names)

    def run() -> None:
        counts.count_stock(actor=request.actor, bank=found, counted=form.weights())

    return one_form(request, form, _("Opname stok"), run, _("Opname tersimpan."), _home(code))


@require_http_methods(POSTING)
@door(DIRECT | OVERSEE)
def close_suspense(request: HttpRequest, code: str, line: int) -> HttpResponse:
    """Explain a large difference."""
    found = bank_for(request, code)
    open_one = desk.suspense(found).filter(pk=line).first()
    if open_one is None:
        raise Http404
    form = forms.CauseForm(request.POST or None)

    def run() -> None:
        counts.close_suspense(actor=request.actor, bank=found, line=open_one, **form.cleaned_data)

    heading = _("Tutup selisih %(material)s") % {"material": open_one.material}
    return one_form(request, form, heading, run, _("Selisih ditutup."), _home(code))


@require_http_methods(POSTING)
@door(KEEP_CASH)
def count_cash(request: HttpRequest, code: str) -> HttpResponse:
    """Count the cash box together with the director."""
    found, form = bank_for(request, code, KEEP_CASH), forms.CashForm(request.POST or None)
    director = banks.officers(found, clock.today()).filter(post=Post.DIRECTOR).first()
    if director is None:
        raise Http404

    def run() -> None:
        counts.count_cash(actor=request.actor, bank=found, director=director, **form.cleaned_data)

    return one_form(request, form, _("Hitung kas bersama direktur"), run, _("Kas tercatat."), _home(code))


@require_http_methods(POSTING)
@door(DIRECT)
def close_month(request: HttpRequest, code: str) -> HttpResponse:
    """Close a month."""
    found, form = bank_for(request, code, DIRECT), forms.MonthForm(request.POST or None)

    def run() -> None:
        counts.close_month(actor=request.actor, bank=found, month=form.cleaned_data["month"])

    return one_form(request, form, _("Tutup bulan"), run, _("Bulan ditutup."), _home(code))
