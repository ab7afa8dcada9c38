"""Officers' pages of the law: tariffs, zone values, targets. One person proposes, another approves."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sekata.kernel.reference.actions import APPROVE as APPROVE_LAW
from sekata.kernel.reference.actions import PROPOSE
from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.pillars.economy.tax.actions import tariffs
from sekata.pillars.economy.tax.codes import TargetVersion, TaxType
from sekata.pillars.economy.tax.forms.desk import TargetForm, TariffForm, ZoneForm
from sekata.pillars.economy.tax.models import TariffSet, ZoneValue
from sekata.pillars.economy.tax.queries import desk
from sekata.pillars.economy.tax.queries.law import tariff_sets
from sekata.pillars.economy.tax.rights import ASSESS, HEAD, OFFICER
from sekata.web.doors import door, refuse

RULES = OFFICER | PROPOSE | APPROVE_LAW


def _entered(request: HttpRequest, form: BaseForm, act: Callable[[], object], said: str) -> bool:
    """Whether what was entered was kept; a refusal speaks in the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except Refused as refusal:
        refuse(form, refusal)
        return False
    messages.success(request, said)
    return True


def _approved(request: HttpRequest, act: Callable[[], object], back: str) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.error(request, refusal.reasons[0].message)
    else:
        messages.success(request, _("Disetujui."))
    return redirect(back)


@require_http_methods(["GET", "HEAD", "POST"])
@door(RULES)
def tariff_page(request: HttpRequest) -> HttpResponse:
    """Every set of tariffs with its brackets, proposals first; the form that proposes one."""
    form = TariffForm(request.POST or None)

    def act() -> object:
        told = form.cleaned_data
        return tariffs.propose_tariff(
            actor=request.actor,
            tax_type=TaxType(told["tax_type"]),
            sub_class=told["sub_class"],
            valid_from=told["valid_from"],
            brackets=form.brackets(),
            legal_ref=told["legal_ref"],
        )

    if _entered(request, form, act, _("Usulan tarif dicatat; orang lain yang menyetujuinya.")):
        return redirect("tax:tariffs")
    sets = sorted(tariff_sets(), key=lambda one: (one.approved_at is not None, one.tax_type, one.sub_class))
    context = {
        "form": form,
        "sets": sets,
        "today": clock.today(),
        "may_propose": PROPOSE.opens(request.actor),
        "may_approve": APPROVE_LAW.opens(request.actor),
    }
    return render(request, "tax/officer/tariffs.html", context, status=422 if form.errors else 200)


@require_POST
@door(APPROVE_LAW)
def approve_tariff(request: HttpRequest, tariff: int) -> HttpResponse:
    """Let a proposed tariff become law."""
    found = TariffSet.objects.filter(pk=tariff).first()
    if found is None:
        raise Http404
    return _approved(
        request, lambda: tariffs.approve_tariff(actor=request.actor, tariff=found), "tax:tariffs"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door(OFFICER)
def zones(request: HttpRequest) -> HttpResponse:
    """Zone values: those that wait, those of a village, the form that enters one."""
    form = ZoneForm(request.POST or None)

    def act() -> object:
        return tariffs.value_zone(actor=request.actor, **form.cleaned_data)

    if _entered(request, form, act, _("Nilai zona dicatat; Kepala Bapenda yang menyetujuinya.")):
        return redirect("tax:zones")
    village = request.GET.get("desa", "")
    context = {
        "form": form,
        "waiting": desk.zones_waiting(),
        "village": village,
        "known": desk.zones_of(village) if village else [],
        "may_enter": ASSESS.opens(request.actor),
        "may_approve": HEAD.opens(request.actor),
    }
    return render(request, "tax/officer/zones.html", context, status=422 if form.errors else 200)


@require_POST
@door(HEAD)
def approve_zone(request: HttpRequest, value: int) -> HttpResponse:
    """Let a zone's value count."""
    found = ZoneValue.objects.filter(pk=value).first()
    if found is None:
        raise Http404
    return _approved(request, lambda: tariffs.approve_zone(actor=request.actor, value=found), "tax:zones")


@require_http_methods(["GET", "HEAD", "POST"])
@door(OFFICER)
def targets(request: HttpRequest) -> HttpResponse:
    """A year's targets by version, and the form that enters a version."""
    typed = request.GET.get("tahun", "")
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else clock.today().year
    form = TargetForm(request.POST or None, initial={"year": year})

    def act() -> object:
        told = form.cleaned_data
        return tariffs.set_targets(
            actor=request.actor,
            year=told["year"],
            version=TargetVersion(told["version"]),
            amounts=form.amounts(),
            valid_from=told["valid_from"],
            basis=told["basis"],
        )

    if _entered(request, form, act, _("Target dicatat; Kepala Bapenda yang menyetujuinya.")):
        return redirect("tax:targets")
    rows = list(desk.targets(year))
    context = {
        "form": form,
        "year": year,
        "rows": rows,
        "waiting": sorted({row.version for row in rows if row.approved_at is None}),
        "may_enter": (ASSESS | HEAD).opens(request.actor),
        "may_approve": HEAD.opens(request.actor),
    }
    return render(request, "tax/officer/targets.html", context, status=422 if form.errors else 200)


@require_POST
@door(HEAD)
def approve_targets(request: HttpRequest, year: int, version: str) -> HttpResponse:
    """Let a version of a year's targets count."""
    if version not in [one.value for one in TargetVersion]:
        raise Http404
    chosen = TargetVersion(version)
    return _approved(
        request,
        lambda: tariffs.approve_targets(actor=request.actor, year=year, version=chosen),
        "tax:targets",
    )
