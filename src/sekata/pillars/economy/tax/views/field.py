"""Officers' pages of objects other than land: billboards with the street-check map, wells, one object in full."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.pillars.economy.tax.actions import assessing
from sekata.pillars.economy.tax.codes import TaxType
from sekata.pillars.economy.tax.forms.desk import DisplayForm, ReadingForm
from sekata.pillars.economy.tax.models import Assessment, TaxObject
from sekata.pillars.economy.tax.queries import desk
from sekata.pillars.economy.tax.queries.law import law
from sekata.pillars.economy.tax.rights import ASSESS, OFFICER
from sekata.pillars.economy.tax.rules.advertising import Display
from sekata.pillars.economy.tax.views import ground
from sekata.web.doors import door, refuse

Formed = DisplayForm | ReadingForm


@require_safe
@door(OFFICER)
def billboards(request: HttpRequest) -> HttpResponse:
    """All displays; those past their last paid day stand first and on the street-check map (R8)."""
    rows = list(desk.billboards(clock.today()))
    expired = [one for one in rows if one.expired]
    label = _("%(n)d reklame habis masa yang perlu dicek di jalan") % {"n": len(expired)}
    context = {
        "rows": rows,
        "expired": len(expired),
        "map": ground.objects_map(label, [one.object for one in expired]),
    }
    return render(request, "tax/officer/billboards.html", context)


@require_safe
@door(OFFICER)
def wells(request: HttpRequest) -> HttpResponse:
    """All wells, those read longest ago first."""
    return render(request, "tax/officer/wells.html", {"rows": desk.wells()})


@require_http_methods(["GET", "HEAD", "POST"])
@door(OFFICER)
def tax_object(request: HttpRequest, number: str) -> HttpResponse:
    """One object: owner, letters, returns; of a display or a well the form that drafts its next letter."""
    found = desk.object_of(number)
    if found is None:
        raise Http404
    form = _form(request, found) if ASSESS.opens(request.actor) else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            made = _draft(request, found, form)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Konsep %(number)s menunggu persetujuan.") % {"number": made.number})
            return redirect("tax:desk_letter", number=made.number)
    context = {
        "object": found,
        "form": form,
        "letters": desk.letters_of(found),
        "returns": desk.returns_of(found),
        "map": ground.objects_map(found.name, [found]),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "tax/officer/object.html", context, status=status)


def _form(request: HttpRequest, found: TaxObject) -> Formed | None:
    if found.tax_type == TaxType.ADVERTISING:
        roads = law(clock.now()).table("ad_class")
        return DisplayForm(request.POST or None, roads=[(key, row["name"]) for key, row in roads.items()])
    if found.tax_type == TaxType.GROUNDWATER:
        last = next((one for one in desk.letters_of(found) if "now" in one.facts), None)
        return ReadingForm(request.POST or None, initial={"before": last.facts["now"] if last else "0"})
    return None


def _draft(request: HttpRequest, found: TaxObject, form: Formed) -> Assessment:
    told = form.cleaned_data
    if isinstance(form, ReadingForm):
        return assessing.draft_groundwater(actor=request.actor, tax_object=found, **told)
    price = law(clock.now()).table("ad_class")[told["road"]]["price"]
    display = Display(told["width"], told["height"], told["sides"], told["days"], price)
    return assessing.draft_advertising(
        actor=request.actor, tax_object=found, display=display, starts=told["starts"]
    )
