"""Signing up in three steps and signing in with a code, on a phone: number, code, facts, passkey."""

from allauth.account.utils import perform_login
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sekata.kernel.people import actions
from sekata.kernel.people import queries as people
from sekata.kernel.people.adapter import PROVED_NUMBER
from sekata.kernel.people.models import Account
from sekata.lib import clock
from sekata.lib.numbers.nik import mismatches
from sekata.lib.result import Refused
from sekata.lib.rights import everyone
from sekata.site.people import codes, recovery
from sekata.site.people.codes import Number
from sekata.site.people.forms import CodeForm, FactsForm, PhoneForm
from sekata.site.registry import REGISTRY
from sekata.site.rights import MEMBER
from sekata.web.doors import door, refuse

ENTER = everyone("people.enter")
TOO_MANY = 429
STEPS = 3


@door(ENTER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Signing in with a code. What follows is the same for known and unknown numbers."""
    return _ask_number(request, "signin")


@door(ENTER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Step 1 of signing up: the number."""
    return _ask_number(request, "signup")


def _ask_number(request: HttpRequest, purpose: str) -> HttpResponse:
    if request.actor.is_known:
        return redirect("portal:home")
    form = PhoneForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            codes.send(request, purpose, form.cleaned_data["phone"], form.cleaned_data["channel"])
            return redirect("mine:code")
        except Refused as refusal:
            refuse(form, refusal)
            status = refusal.status
    elif form.errors:
        status = 422
    context = {"form": form, "purpose": purpose, "total": STEPS}
    return render(request, "people/enter/number.html", context, status=status)


@door(ENTER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The six digits."""
    number = codes.current(request)
    if number is None:
        return redirect("mine:sign_in")
    form, status = CodeForm(request.POST if request.method == "POST" else None), 200
    if form.is_valid():
        outcome = codes.prove(request, number, form.cleaned_data["digits"])
        if outcome == actions.PROVED:
            return _through(request, number)
        status = _say(form, outcome)
    elif form.errors:
        status = 422
    context = {
        "form": form,
        "number": number,
        "shown": request.session.get(codes.DEMO, ""),
        "total": STEPS,
    }
    return render(request, "people/enter/code.html", context, status=status)


def _say(form: CodeForm, outcome: str) -> int:
    if outcome == actions.WRONG:
        form.add_error("digits", _("Kode tidak sama dengan yang kami kirim. Periksa lagi angkanya"))
        return 422
    form.add_error("digits", _("Kode ini tidak berlaku lagi. Minta kode baru"))
    return TOO_MANY


@door(ENTER)
@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Another code for the same number; the old one is void."""
    number = codes.current(request)
    if number is None:
        return redirect("mine:sign_in")
    try:
        codes.send(request, number.purpose, number.phone, number.channel)
        messages.success(request, _("Kode baru dikirim. Kode lama tidak berlaku lagi."))
    except Refused as refusal:
        messages.error(request, " ".join(reason.message for reason in refusal.reasons))
    return redirect("mine:code")


def _through(request: HttpRequest, number: Number) -> HttpResponse:
    """Where a proved number leads: into its account, to the facts of a new one, or to what it needs besides."""
    if number.purpose == "contact":
        return _own_number(request, number)
    account = people.account_for(number.phone)
    if account is None:
        return redirect("mine:facts")
    codes.forget(request)
    if not account.is_active or account.person.deceased_at:
        messages.error(request, _("Akun dengan nomor ini sudah ditutup. Datanglah ke loket dengan KTP-el."))
        return redirect("mine:recovery")
    if people.holdings(people.resolve(account.person).pk, clock.today()):
        messages.error(
            request, _("Petugas masuk dengan kata sandi dan langkah kedua, atau dengan kunci sandi.")
        )
        return redirect("account_login")
    if account.contact_proved_at is None:
        request.session[PROVED_NUMBER] = number.phone
        messages.info(
            request,
            _("Nomor Anda terbukti. Masuk sekali ini dengan kata sandi; sesudah itu kode saja cukup."),
        )
        return redirect("account_login")
    return perform_login(request, account)


def _own_number(request: HttpRequest, number: Number) -> HttpResponse:
    """Somebody signed in has proved the number of their own account."""
    codes.forget(request)
    if not request.actor.is_known or request.user.username != number.phone:
        return redirect("mine:sign_in")
    actions.prove_contact(actor=request.actor, account=request.user, at=clock.now())
    messages.success(request, _("Nomor HP Anda kini terbukti."))
    return redirect("mine:home")


@door(ENTER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: HttpRequest) -> HttpResponse:
    """Step 2: NIK, birth date, name. Only with a number that was proved just now."""
    number = codes.current(request)
    if request.actor.is_known or number is None or not number.is_proved(clock.now()):
        return redirect("mine:sign_up")
    form = FactsForm(request.POST if request.method == "POST" else None, abroad=number.abroad)
    if not form.is_valid():
        context = {"form": form, "total": STEPS}
        return render(request, "people/enter/facts.html", context, status=422 if form.errors else 200)
    account = form.account(number.phone)
    given = {name: form.cleaned_data[name] for name in ("full_name", "nik", "birth_date")}
    try:
        person = actions.register(actor=request.actor, account=account, **given)
    except Refused as refusal:
        recovery.tell_owner(given["nik"], clock.now())
        context = {"form": refuse(form, refusal), "total": STEPS, "recovery": True}
        return render(request, "people/enter/facts.html", context, status=refusal.status)
    codes.forget(request)
    if mismatches(given["nik"], given["birth_date"], given["nik"].sex):
        messages.warning(
            request, _("Tanggal lahir di NIK berbeda dengan yang Anda isi; Disdukcapil yang memastikan.")
        )
    _match(account)
    return perform_login(request, person.account, redirect_url="/akun-saya/kunci/")


def _match(account: Account) -> None:
    """Ask the population register at once where there is one; away or none, the account starts at level 1."""
    try:
        actions.match_person(actor=people.actor(account.person, REGISTRY.roles), person=account.person)
    except Refused:
        return


@door(MEMBER)
@never_cache
@require_safe
def passkey(request: HttpRequest) -> HttpResponse:
    """Step 3: the offer of a passkey, which may be left for later."""
    data = {"creation_options": begin_registration(request.user, True)}
    return render(request, "people/enter/passkey.html", {"js_data": data, "total": STEPS})


@door(ENTER)
@require_safe
def recover(request: HttpRequest) -> HttpResponse:
    """What to do when the number is lost or the NIK cannot be registered (R4)."""
    return render(request, "people/enter/recovery.html")


@door(MEMBER)
@require_POST
def prove_number(request: HttpRequest) -> HttpResponse:
    """Send a code to the number of one's own account, so that it can open the account later."""
    number = request.user.username
    if not number.startswith("+"):
        messages.error(request, _("Akun Anda tidak memakai nomor HP sebagai nama masuk."))
        return redirect("mine:home")
    try:
        codes.send(request, "contact", number, "sms")
    except Refused as refusal:
        messages.error(request, " ".join(reason.message for reason in refusal.reasons))
        return redirect("mine:home")
    return redirect("mine:code")
