"""The environment office: registrations step by step, and all banks at a glance."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sekata.kernel.filters import require
from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank.actions import registration
from sekata.pillars.environment.wastebank.codes import FLAGS
from sekata.pillars.environment.wastebank.forms import banks as forms
from sekata.pillars.environment.wastebank.models import WasteBank
from sekata.pillars.environment.wastebank.queries import banks, desk, impact, prices
from sekata.pillars.environment.wastebank.queries.law import law
from sekata.pillars.environment.wastebank.rights import OVERSEE, REGISTER, SEE
from sekata.pillars.environment.wastebank.rules.registration import requirements
from sekata.pillars.environment.wastebank.views.public import YEAR
from sekata.pillars.environment.wastebank.workflow import BANK
from sekata.web.doors import door, refuse

STEP = "wastebank/officer/step.html"


@dataclass(frozen=True)
class Step:
    """A form and the action that takes it; the label of its button."""

    form: type
    act: Callable[..., object]
    label: object

    def fits(self, name: str, bank: WasteBank) -> bool:
        """Whether the bank's state allows it now."""
        if name == "record_visit":
            return bank.case.state == "site_visit"
        return BANK.transition(name).from_state(bank.case.state)


STEPS = MappingProxyType(
    {
        "take_up": Step(forms.Confirm, registration.take_up, gettext_lazy("Mulai memeriksa")),
        "pass_desk": Step(forms.Confirm, registration.pass_desk, gettext_lazy("Berkas lengkap")),
        "record_visit": Step(forms.VisitForm, registration.record_visit, gettext_lazy("Catat tinjauan")),
        "decree": Step(forms.DecreeForm, registration.decree, gettext_lazy("Tetapkan")),
        "reject": Step(forms.ReasonForm, registration.reject, gettext_lazy("Tolak")),
        "suspend": Step(forms.ReasonForm, registration.suspend, gettext_lazy("Bekukan")),
        "resume": Step(forms.ReasonForm, registration.resume, gettext_lazy("Aktifkan lagi")),
        "close": Step(forms.ReasonForm, registration.close, gettext_lazy("Tutup")),
    }
)


def _bank(request: HttpRequest, number: str) -> WasteBank:
    found = banks.by_number(number)
    if found is None:
        raise Http404
    require(SEE, request.actor, found)
    return found


@require_safe
@door(SEE)
def case(request: HttpRequest, number: str) -> HttpResponse:
    """A registration: what was told, the checklist, who runs it, what can be done now."""
    found = _bank(request, number)
    rows = law(clock.now()).table("bank_requirement")
    checklist = [
        {"code": code, "name": rows[code]["name"], "met": code in found.checklist}
        for code in requirements(rows, found.kind)
    ]
    may = REGISTER.allows(request.actor, found)
    context = {
        "bank": found,
        "state": BANK.state(found.case.state),
        "checklist": checklist,
        "officers": banks.officers(found, clock.today()),
        "steps": [(name, step.label) for name, step in STEPS.items() if may and step.fits(name, found)],
        "may": may,
    }
    return render(request, "wastebank/officer/case.html", context)


@require_POST
@door(REGISTER)
def check(request: HttpRequest, number: str) -> HttpResponse:
    """Tick one requirement, or take the tick away."""
    found = _bank(request, number)
    given = {"requirement": request.POST.get("requirement", ""), "met": request.POST.get("met") == "1"}
    try:
        registration.check(actor=request.actor, bank=found, **given)
    except Refused as refusal:
        messages.error(request, refusal.reasons[0].message)
    return redirect("wastebank:case", number)


@require_http_methods(["GET", "HEAD", "POST"])
@door(REGISTER)
def step(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """One step of a registration."""
    found, spec = _bank(request, number), STEPS.get(name)
    if spec is None:
        raise Http404
    form = spec.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            spec.act(actor=request.actor, bank=found, **form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Tersimpan."))
            return redirect("wastebank:case", number)
    context = {
        "form": form,
        "heading": spec.label,
        "submit_label": spec.label,
        "back": found.name,
        "back_url": "../../",
    }
    return render(request, STEP, context, status=422 if form.errors else 200)


@require_safe
@door(OVERSEE)
def overview(request: HttpRequest) -> HttpResponse:
    """All banks: activity, tonnes against generation, flags, expired scales, prices of collectors."""
    at, today = clock.now(), clock.today()
    start, end = date(today.year, 1, 1), today + timedelta(days=1)
    materials = law(at).materials
    intake, out = impact.intake_kg(start, end), impact.outgoing(start, end)
    context = {
        "rows": desk.activity(at),
        "year": impact.reduction(start, end),
        "emissions": impact.emissions(start, end),
        "participation": impact.participation(at),
        "materials": [
            {
                "name": materials[code]["name"] if code in materials else code,
                "intake": intake.get(code, 0),
                "out": out[code].kg - out[code].rejected_kg if code in out else 0,
            }
            for code in sorted({*intake, *out})
        ],
        "flags": [(FLAGS.get(flag, flag), count) for flag, count in desk.flagged(today - YEAR)],
        "scales": desk.expired_scales(today),
        "offers": prices.offers(at),
        "targets": sorted(law(at).table("target").values(), key=lambda row: (row["measure"], row["year"])),
        "school_days": desk.days_of_school(today - YEAR),
    }
    return render(request, "wastebank/officer/overview.html", context)
