"""A bank's desk: the day, the counter, prices, devices, and what waits for the director."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sekata.kernel.filters import require
from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.lib.rights import Right
from sekata.pillars.environment.wastebank.actions import deposits, devices, pickups
from sekata.pillars.environment.wastebank.actions import prices as price_acts
from sekata.pillars.environment.wastebank.codes import FLAGS, Post
from sekata.pillars.environment.wastebank.forms.banks import ReasonForm
from sekata.pillars.environment.wastebank.forms.desk import CounterForm, DeviceForm, PriceForm
from sekata.pillars.environment.wastebank.models import WasteBank
from sekata.pillars.environment.wastebank.queries import banks, books, closing, desk, prices
from sekata.pillars.environment.wastebank.queries.law import law
from sekata.pillars.environment.wastebank.queries.papers import shown_coverage
from sekata.pillars.environment.wastebank.rights import AT_THE_BANK, AUDIT, DIRECT, DRIVE, OVERSEE, SEE, WEIGH
from sekata.pillars.environment.wastebank.views.office import STEP
from sekata.pillars.environment.wastebank.workflow import PICKUP
from sekata.web.doors import door, refuse

LATELY = timedelta(days=90)


def bank_for(request: HttpRequest, code: str, right: Right = SEE) -> WasteBank:
    """The bank with that code if the actor may see it (404) and do this to it (403)."""
    found = banks.readable(request.actor).filter(code=code).first()
    if found is None:
        raise Http404
    require(right, request.actor, found)
    return found


@require_safe
@door(SEE)
def choose(request: HttpRequest) -> HttpResponse:
    """The banks I work for; with one there is nothing to choose."""
    mine = list(banks.readable(request.actor).exclude(code=None)[:200])
    if len(mine) == 1:
        return redirect("wastebank:desk", mine[0].code)
    return render(request, "wastebank/officer/banks.html", {"banks": mine})


@require_safe
@door(SEE)
def day(request: HttpRequest, code: str) -> HttpResponse:
    """The day sheet: deposits, what waits, what lies there."""
    found, at = bank_for(request, code), clock.now()
    rows, totals = desk.day_sheet(found, clock.today())
    number, covered = request.GET.get("nomor", "").strip(), books.coverage(found)
    context = {
        "bank": found,
        "deposits": rows,
        "totals": totals,
        "held": desk.held(found),
        "top_ups": desk.top_ups(found),
        "suspense": desk.suspense(found),
        "stock": desk.stock(found, at),
        "pickups": [(one, _pickup_acts(one)) for one in desk.pickups(request.actor, found)],
        "conflicts": closing.conflicts(found),
        "flags": FLAGS,
        "number": number,
        "sought": desk.deposit_of(found, number) if number else None,
        "paper": desk.paper(found, number) if number else None,
        "directs": DIRECT.allows(request.actor, found),
        "weighs": WEIGH.allows(request.actor, found),
        "serves": AT_THE_BANK.allows(request.actor, found),
        "audits": (OVERSEE | AUDIT).allows(request.actor, found),
        "uncovered": "" if covered is None or covered >= 1 else shown_coverage(covered),
    }
    return render(request, "wastebank/officer/day.html", context)


def _pickup_acts(pickup) -> list[tuple[str, str]]:
    """Steps that the table allows from here and that need no form."""
    offered = ("schedule", "depart", "miss")
    return [(edge.name, edge.label) for edge in PICKUP.edges_from(pickup.case.state) if edge.name in offered]


def one_form(
    request: HttpRequest, form, heading: str, run: Callable[[], object], done: str, back: str, label: str = ""
) -> HttpResponse:
    """A page with one form: run the act, or show it again with the reasons."""
    if request.method == "POST" and form.is_valid():
        try:
            run()
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, done)
            return redirect(back)
    context = {
        "form": form,
        "heading": heading,
        "submit_label": label or heading,
        "back": _("Kembali"),
        "back_url": back,
    }
    return render(request, STEP, context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door(WEIGH)
def counter(request: HttpRequest, code: str) -> HttpResponse:
    """A deposit at the counter, without a phone that works offline."""
    found = bank_for(request, code, WEIGH)
    materials, scales = law(clock.now()).materials, list(banks.scales(found))
    form = CounterForm(request.POST or None, initial={"uid": uuid4()}, materials=materials, scales=scales)

    def run() -> None:
        given = form.cleaned_data
        scale = next((one for one in scales if str(one.pk) == given["scale"]), None)
        deposits.deposit(
            actor=request.actor, bank=found, uid=given["uid"], customer=given["customer"].replace(" ", ""),
            lines=form.lines, scale=scale, source=given["source"], consent=given["consent"],
        )  # fmt: skip

    back = reverse("wastebank:desk", args=[code])
    return one_form(request, form, _("Setoran di loket"), run, _("Setoran dibukukan."), back, _("Bukukan"))


@require_http_methods(["GET", "HEAD", "POST"])
@door(DIRECT)
def price_editor(request: HttpRequest, code: str) -> HttpResponse:
    """The next price list: what changes and who is affected is shown before it is published."""
    found, at = bank_for(request, code, DIRECT), clock.now()
    materials = law(at).materials
    version, last = prices.last_list(found)
    sheet = prices.sheet(found, max(at, last) if last else at)
    form = PriceForm(
        request.POST or None, materials=materials, sheet=sheet, initial={"valid_on": clock.today()}
    )
    preview: list[dict[str, object]] = []
    if request.method == "POST" and form.is_valid():
        changes = form.changes()
        preview = _preview(found, changes, sheet, materials)
        if changes and "publish" in request.POST:
            rows = [
                price_acts.NewPrice(key.material, price, key.channel, key.grade)
                for key, price in changes.items()
            ]
            given = {"valid_from": form.valid_from(), "rows": rows, "note": form.cleaned_data["note"]}
            try:
                made = price_acts.publish(actor=request.actor, bank=found, **given)
            except Refused as refusal:
                refuse(form, refusal)
            else:
                said = _("Daftar harga %(version)d terbit.") % {"version": made.version}
                messages.success(request, said)
                return redirect("wastebank:prices", code)
    context = {
        "bank": found,
        "form": form,
        "preview": preview,
        "version": version,
        "lists": prices.lists(found)[:12],
    }
    return render(request, "wastebank/officer/prices.html", context, status=422 if form.errors else 200)


def _preview(
    found: WasteBank, changes: Mapping, sheet: Mapping, materials: Mapping
) -> list[dict[str, object]]:
    """Each change with the customers and deposits of the last ninety days that it concerns."""
    touched = prices.brought_lately(found, {key.material for key in changes}, clock.now() - LATELY)
    return [
        {
            "name": materials[key.material]["name"],
            "channel": key.channel,
            "before": sheet[key].price if key in sheet else None,
            "after": price,
            "customers": touched.get(key.material, (0, 0))[0],
            "deposits": touched.get(key.material, (0, 0))[1],
        }
        for key, price in changes.items()
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@door(DIRECT)
def device_list(request: HttpRequest, code: str) -> HttpResponse:
    """The bank's phones; a new one's pairing code is shown once, right here."""
    found = bank_for(request, code, DIRECT)
    form, pairing = DeviceForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            made, key = devices.register(actor=request.actor, bank=found, **form.cleaned_data)
            form, pairing = DeviceForm(), f"{made.pk}.{key}"
        except Refused as refusal:
            refuse(form, refusal)
    context = {"bank": found, "form": form, "pairing": pairing, "devices": banks.devices(found)}
    response = render(request, "wastebank/officer/devices.html", context, status=422 if form.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
@door(DIRECT)
def revoke(request: HttpRequest, code: str, device: int) -> HttpResponse:
    """A phone is lost."""
    found = bank_for(request, code, DIRECT)
    lost = banks.devices(found).filter(pk=device).first()
    if lost is None:
        raise Http404
    devices.revoke(actor=request.actor, bank=found, device=lost)
    messages.success(request, _("Perangkat dicabut. Setoran yang masih dikirimnya menunggu keputusan Anda."))
    return redirect("wastebank:devices", code)


DECISIONS = MappingProxyType({"terima": deposits.accept, "tolak": deposits.decline})


@require_http_methods(["GET", "HEAD", "POST"])
@door(DIRECT)
def decide(request: HttpRequest, code: str, item: int, verb: str) -> HttpResponse:
    """Accept or decline an item that was held back."""
    found, act = bank_for(request, code, DIRECT), DECISIONS.get(verb)
    held = desk.held_one(found, item)
    if held is None or act is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    heading = _("Terima setoran %(no)s") if verb == "terima" else _("Tolak setoran %(no)s")

    def run() -> None:
        act(actor=request.actor, bank=found, item=held, reason=form.cleaned_data["reason"])

    back = reverse("wastebank:desk", args=[code])
    return one_form(
        request, form, heading % {"no": held.provisional_no}, run, _("Keputusan tersimpan."), back
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door(DIRECT | OVERSEE)
def reverse_deposit(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Take a deposit back."""
    found = bank_for(request, code)
    made, form = desk.deposit_of(found, number), ReasonForm(request.POST or None)
    if made is None:
        raise Http404

    def run() -> None:
        deposits.reverse(actor=request.actor, bank=found, made=made, reason=form.cleaned_data["reason"])

    back = reverse("wastebank:desk", args=[code])
    return one_form(
        request, form, _("Batalkan setoran %(no)s") % {"no": made.number}, run, _("Setoran dibatalkan."), back
    )


@require_POST
@door(DIRECT)
def top_up(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Grant the difference to the dearer price."""
    found = bank_for(request, code, DIRECT)
    made = desk.deposit_of(found, number)
    if made is None:
        raise Http404
    try:
        deposits.top_up(actor=request.actor, bank=found, made=made)
        messages.success(request, _("Selisih harga ditambahkan."))
    except Refused as refusal:
        messages.error(request, refusal.reasons[0].message)
    return redirect("wastebank:desk", code)


@require_POST
@door(DIRECT | DRIVE)
def pickup_step(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Schedule a pickup for its first free driver, depart, or note that nobody was there."""
    pickup = desk.pickup_for(request.actor, number)
    if pickup is None or name not in ("schedule", "depart", "miss"):
        raise Http404
    try:
        if name == "schedule":
            driver = banks.officers(pickup.bank, clock.today()).filter(post=Post.DRIVER).first()
            if driver is None:
                raise Refused.because("driver", _("Bank ini belum punya petugas jemput."), status=409)
            pickups.schedule(actor=request.actor, pickup=pickup, driver=driver, stop=desk.next_stop(pickup))
        else:
            {"depart": pickups.depart, "miss": pickups.miss}[name](actor=request.actor, pickup=pickup)
        messages.success(request, _("Tersimpan."))
    except Refused as refusal:
        messages.error(request, refusal.reasons[0].message)
    return redirect("wastebank:desk", pickup.bank.code)
