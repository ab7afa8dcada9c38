"""A bank's people and things: customers and their accounts, officers, scales, the import; buyers for the office."""

from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sekata.kernel.people import queries as people
from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank.actions import (
    audits,
    devices,
    importing,
    papers,
    prices,
    registration,
    upkeep,
)
from sekata.pillars.environment.wastebank.actions import customers as acts
from sekata.pillars.environment.wastebank.forms import money as forms
from sekata.pillars.environment.wastebank.forms.banks import ReasonForm
from sekata.pillars.environment.wastebank.models import Customer, WasteBank
from sekata.pillars.environment.wastebank.queries import banks, books, customers, trade
from sekata.pillars.environment.wastebank.queries.law import law
from sekata.pillars.environment.wastebank.rights import AT_THE_BANK, AUDIT, DIRECT, OVERSEE, REGISTER, WEIGH
from sekata.pillars.environment.wastebank.rules import bookkeeping
from sekata.pillars.environment.wastebank.views.desk import bank_for, one_form
from sekata.web.doors import door, refuse

POSTING = ("GET", "HEAD", "POST")


def _list(code: str) -> str:
    return reverse("wastebank:customers", args=[code])


@require_safe
@door(AT_THE_BANK)
def customer_list(request: HttpRequest, code: str) -> HttpResponse:
    """Customers by number or name, twenty at a time."""
    found = bank_for(request, code, AT_THE_BANK)
    words, after = request.GET.get("cari", "").strip(), request.GET.get("sesudah", "")
    rows, more = customers.page(found, words, after)
    context = {
        "bank": found, "rows": rows, "more": more, "words": words, "directs": DIRECT.allows(request.actor, found),
        "weighs": (WEIGH | DIRECT).allows(request.actor, found),
    }  # fmt: skip
    return render(request, "wastebank/officer/customers.html", context)


def _customer(request: HttpRequest, code: str, number: str) -> tuple[WasteBank, Customer]:
    bank = bank_for(request, code, AT_THE_BANK)
    found = customers.by_number(number)
    if found is None or found.bank_id != bank.pk:
        raise Http404
    return bank, found


@require_safe
@door(AT_THE_BANK)
def customer(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """One account at the desk."""
    bank, found = _customer(request, code, number)
    context = _account(bank, found) | {
        "serves": True,
        "directs": DIRECT.allows(request.actor, bank),
        "weighs": (WEIGH | DIRECT).allows(request.actor, bank),
    }
    return _shown(request, context)


def _account(bank: WasteBank, found: Customer) -> dict[str, object]:
    return {
        "bank": bank,
        "customer": found,
        "standing": books.standing(found),
        "debt": books.debt(found),
        "unclaimed": books.held_by(bank, bookkeeping.CUSTOMERS).get(bookkeeping.UNCLAIMED + found.number, 0),
        "lines": customers.lines(found).lines,
    }


def _shown(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    response = render(request, "wastebank/officer/customer.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(POSTING)
@door(OVERSEE | AUDIT)
def audit(request: HttpRequest, code: str) -> HttpResponse:
    """Office and auditors look at one account, for a reason that the journal keeps."""
    found, form = bank_for(request, code), forms.AuditForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number, purpose = form.cleaned_data["customer"].replace(" ", ""), form.cleaned_data["purpose"]
        try:
            seen = audits.look(actor=request.actor, bank=found, number=number, purpose=purpose)
            return _shown(request, _account(found, seen))
        except Refused as refusal:
            refuse(form, refusal)
    context = {"form": form, "heading": _("Periksa rekening"), "submit_label": _("Buka"), "back": found.name,
               "back_url": reverse("wastebank:desk", args=[code])}  # fmt: skip
    return render(request, "wastebank/officer/step.html", context, status=422 if form.errors else 200)


@require_http_methods(POSTING)
@door(WEIGH | DIRECT)
def open_account(request: HttpRequest, code: str) -> HttpResponse:
    """Open an account for somebody who is there."""
    found = bank_for(request, code, WEIGH | DIRECT)
    form = forms.AccountForm(request.POST or None, initial={"request": uuid4()})

    def run() -> None:
        made = acts.open_account(actor=request.actor, bank=found, new=form.new())
        messages.success(request, _("Nomor nasabah %(number)s.") % {"number": made.number})

    return one_form(request, form, _("Buka rekening"), run, _("Rekening dibuka."), _list(code))


@require_POST
@door(AT_THE_BANK)
def customer_act(request: HttpRequest, code: str, number: str, name: str) -> HttpResponse:
    """Activate, give back what was listed apart, print the passbook."""
    bank, found = _customer(request, code, number)
    given = {"actor": request.actor, "bank": bank, "customer": found}
    try:
        if name == "cetak":
            made = papers.print_passbook(**given)
            return redirect("wastebank:paper", made.document.check_code)
        if name not in ("aktifkan", "ambil"):
            raise Http404
        {"aktifkan": acts.activate, "ambil": upkeep.reclaim}[name](**given)
        messages.success(request, _("Tersimpan."))
    except Refused as refusal:
        messages.error(request, refusal.reasons[0].message)
    return redirect("wastebank:customer", code, number)


@require_http_methods(POSTING)
@door(DIRECT)
def close_account(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """End an account that is empty."""
    bank, found = _customer(request, code, number)
    form = ReasonForm(request.POST or None)

    def run() -> None:
        acts.close_account(actor=request.actor, bank=bank, customer=found, **form.cleaned_data)

    back = reverse("wastebank:customer", args=[code, number])
    return one_form(
        request, form, _("Tutup rekening %(no)s") % {"no": number}, run, _("Rekening ditutup."), back
    )


@require_http_methods(POSTING)
@door(AT_THE_BANK)
def statement(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Print a statement for the customer who asks for it."""
    bank, found = _customer(request, code, number)
    form = forms.PeriodForm(request.POST or None, initial=forms.PeriodForm.usual())
    if request.method == "POST" and form.is_valid():
        try:
            made = papers.print_statement(actor=request.actor, bank=bank, customer=found, **form.cleaned_data)
            return redirect("wastebank:paper", made.document.check_code)
        except Refused as refusal:
            refuse(form, refusal)
    context = {"form": form, "heading": _("Rekening koran %(no)s") % {"no": number}, "submit_label": _("Buat PDF"),
               "back": found.name, "back_url": reverse("wastebank:customer", args=[code, number])}  # fmt: skip
    return render(request, "wastebank/officer/step.html", context, status=422 if form.errors else 200)


@require_safe
@door(DIRECT | REGISTER)
def staff(request: HttpRequest, code: str) -> HttpResponse:
    """Officers and scales."""
    found = bank_for(request, code, DIRECT | REGISTER)
    context = {
        "bank": found, "officers": banks.officers(found, clock.today()), "scales": banks.scales(found),
        "today": clock.today(), "directs": DIRECT.allows(request.actor, found),
    }  # fmt: skip
    return render(request, "wastebank/officer/staff.html", context)


def _staff(code: str) -> str:
    return reverse("wastebank:staff", args=[code])


@require_http_methods(POSTING)
@door(DIRECT | REGISTER)
def add_officer(request: HttpRequest, code: str) -> HttpResponse:
    """Enter an officer by the number of the identity card; the role is granted by the office of people."""
    found, form = bank_for(request, code, DIRECT | REGISTER), forms.OfficerForm(request.POST or None)

    def run() -> None:
        given = dict(form.cleaned_data)
        person = people.person_by_nik("".join(given.pop("nik").split()))
        if person is None:
            raise Refused.because("nik", _("NIK itu belum punya akun di sini."), "nik")
        registration.add_officer(actor=request.actor, bank=found, person=person.pk, **given)

    return one_form(request, form, _("Tambah pengurus"), run, _("Pengurus dicatat."), _staff(code))


@require_http_methods(POSTING)
@door(DIRECT | REGISTER)
def end_officer(request: HttpRequest, code: str, officer: int) -> HttpResponse:
    """An office ends."""
    found, form = bank_for(request, code, DIRECT | REGISTER), forms.EndForm(request.POST or None)
    held = banks.officers(found, clock.today()).filter(pk=officer).first()
    if held is None:
        raise Http404

    def run() -> None:
        registration.end_officer(actor=request.actor, bank=found, officer=held, **form.cleaned_data)

    heading = _("Akhiri jabatan %(name)s") % {"name": held.person.full_name}
    return one_form(request, form, heading, run, _("Jabatan berakhir."), _staff(code))


@require_http_methods(POSTING)
@door(DIRECT)
def add_scale(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a scale."""
    found, form = bank_for(request, code, DIRECT), forms.ScaleForm(request.POST or None)

    def run() -> None:
        devices.enter_scale(actor=request.actor, bank=found, **form.cleaned_data)

    return one_form(request, form, _("Tambah timbangan"), run, _("Timbangan dicatat."), _staff(code))


@require_http_methods(POSTING)
@door(DIRECT)
def verify_scale(request: HttpRequest, code: str, scale: int) -> HttpResponse:
    """A scale was verified again."""
    found, form = bank_for(request, code, DIRECT), forms.VerifiedForm(request.POST or None)
    one = banks.scales(found).filter(pk=scale).first()
    if one is None:
        raise Http404

    def run() -> None:
        devices.verify_scale(actor=request.actor, bank=found, scale=one, **form.cleaned_data)

    return one_form(
        request, form, _("Tera %(no)s") % {"no": one.serial}, run, _("Tera dicatat."), _staff(code)
    )


@require_http_methods(POSTING)
@door(DIRECT)
def take_customers(request: HttpRequest, code: str) -> HttpResponse:
    """Import customers and opening balances: rehearsed by one button, taken by the other."""
    found, summary = bank_for(request, code, DIRECT), None
    form = forms.ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = {"content": form.cleaned_data["file"].read(), "total": form.cleaned_data["total"]}
        try:
            if "take" in request.POST:
                done = importing.take(actor=request.actor, bank=found, **given)
                messages.success(request, _("%(n)d nasabah diimpor.") % {"n": done.customers})
                return redirect("wastebank:customers", code)
            summary = importing.rehearse(actor=request.actor, bank=found, **given)
        except Refused as refusal:
            refuse(form, refusal)
    context = {"bank": found, "form": form, "summary": summary, "columns": importing.COLUMNS}
    return render(request, "wastebank/officer/import.html", context, status=422 if form.errors else 200)


@require_http_methods(POSTING)
@door(OVERSEE)
def buyers(request: HttpRequest) -> HttpResponse:
    """Collectors, and entering one."""
    form = forms.CollectorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            prices.register_collector(actor=request.actor, **form.cleaned_data)
            messages.success(request, _("Pembeli dicatat."))
            return redirect("wastebank:buyers")
        except Refused as refusal:
            refuse(form, refusal)
    context = {"form": form, "buyers": trade.collectors()}
    return render(request, "wastebank/officer/buyers.html", context, status=422 if form.errors else 200)


@require_http_methods(POSTING)
@door(OVERSEE)
def offer(request: HttpRequest) -> HttpResponse:
    """What a collector pays from a day on."""
    known = list(trade.collectors())
    form = forms.OfferForm(request.POST or None, collectors=known, materials=law(clock.now()).materials,
                           initial={"valid_on": clock.today()})  # fmt: skip

    def run() -> None:
        given = dict(form.cleaned_data)
        day, key = given.pop("valid_on"), given.pop("collector")
        midnight = datetime(day.year, day.month, day.day, tzinfo=clock.WIB)
        collector = next(one for one in known if one.pk == key)
        prices.publish_offer(
            actor=request.actor, collector=collector, valid_from=max(midnight, clock.now()), **given
        )

    return one_form(
        request, form, _("Harga pembeli"), run, _("Harga pembeli terbit."), reverse("wastebank:buyers")
    )
