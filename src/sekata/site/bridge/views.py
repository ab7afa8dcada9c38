"""The leadership's pages: figures, the rows behind them, the answer to an escalation."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sekata.kernel.cases import actions as cases
from sekata.kernel.cases.models import Escalation
from sekata.kernel.cases.queries import SEE
from sekata.kernel.filters import visible
from sekata.lib import clock
from sekata.lib.manifest import PILLARS, Indicator
from sekata.lib.result import Refused
from sekata.site.bridge import page, periods, rows
from sekata.site.bridge.periods import Period
from sekata.site.desk.rows import place, state_of, system_of
from sekata.site.registry import REGISTRY
from sekata.site.rights import BRIDGE
from sekata.web import words
from sekata.web.doors import door, refuse
from sekata.web.forms import Form


class AnswerForm(Form):
    text = forms.CharField(
        label=gettext_lazy("Jawaban Anda"),
        help_text=gettext_lazy("Paling sedikit 20 huruf: apa yang diputuskan, oleh siapa, sampai kapan."),
        max_length=2000,
        widget=forms.Textarea({"rows": 6}),
    )


def asked(request: HttpRequest) -> Period:
    return periods.parse(request.GET.get("masa", ""), clock.today())


def _selector(chosen: Period) -> list[tuple[str, str, bool]]:
    lang = words.language(get_language())
    return [
        (
            period.code,
            words.inside_sentence(period.label(lang)) if period.length == 3 else period.label(lang),
            period == chosen,
        )
        for period in periods.offered(clock.today(), chosen)
    ]


@door(BRIDGE)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The regency at a glance."""
    period, at = asked(request), clock.now()
    figures = page.count(period, clock.today(), at)
    about = {
        "now": at,
        "period": period,
        "period_label": period.label(words.language(get_language())),
        "periods": _selector(period),
        "paper": "a3" if request.GET.get("kertas") == "a3" else "",
    }
    return render(request, "bridge/home.html", {**about, **page.context(figures)})


@door(BRIDGE)
@require_safe
def evidence(request: HttpRequest, what: str) -> HttpResponse:
    """The rows behind a figure."""
    if what not in rows.TITLES:
        raise Http404(what)
    period, narrow, at = asked(request), rows.read(request.GET), clock.now()
    found, following = rows.page(what, narrow, period, at)
    lang = words.language(get_language())
    context = {
        "what": what,
        "title": rows.TITLES[what],
        "rows": [_shown(request, row) for row in found],
        "period_label": period.label(lang) if what in (rows.DECIDED, rows.RECEIVED) else "",
        "now": at,
        "narrow": narrow,
        "area": place(narrow.area) or narrow.area,
        "system": system_of(narrow.workflow),
        "next": following,
        "outcome": {rows.IN_TIME: _("tepat waktu"), rows.TOO_LATE: _("terlambat")}.get(narrow.outcome, ""),
    }
    return render(request, "bridge/rows.html", context)


def _shown(request: HttpRequest, row: rows.Row) -> dict[str, object]:
    """A row with its words; only who may see the case gets a link to it."""
    state, system = state_of(row.case), system_of(row.case.workflow)
    return {
        "row": row,
        "state": state.label if state else row.case.state,
        "system": system.label if system else row.case.workflow,
        "place": place(row.case.area),
        "may_open": SEE.allows(request.actor, row.case),
        "limited": row.due_at is not None and row.due_at.year < 9999,
        "holder": row.case.holder.full_name.title() if row.case.holder else "",
    }


@door(BRIDGE)
@require_safe
def pillar(request: HttpRequest, pillar: str) -> HttpResponse:
    """One pillar: its systems and the indicators that they count themselves."""
    if pillar not in PILLARS:
        raise Http404(pillar)
    period = asked(request)
    figures = page.count(period, clock.today(), clock.now())
    context = {
        "card": page.pillar(figures, pillar, PILLARS[pillar]),
        "period": period,
        "period_label": period.label(words.language(get_language())),
        "periods": _selector(period),
        "systems": [
            (system, [_counted(one, period) for one in system.indicators])
            for system in REGISTRY.in_pillar(pillar)
        ],
    }
    return render(request, "bridge/pillar.html", context)


def _counted(indicator: Indicator, period: Period) -> dict[str, object]:
    """An indicator with its value: a figure, or part and whole; nothing counted is said as such."""
    found = indicator.compute(period.first, period.until)
    part, whole = found if isinstance(found, tuple) else (found, None)
    value = part
    if whole is not None:
        value = round((100 if indicator.unit == "%" else 1) * part / whole, 2) if whole else None
    return {"indicator": indicator, "part": part, "whole": whole, "value": value}


@door(BRIDGE)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, escalation: int) -> HttpResponse:
    """Answer an escalation in words."""
    found = get_object_or_404(
        visible(Escalation.objects.select_related("case__unit", "case__holder"), BRIDGE, request.actor),
        pk=escalation,
    )
    if rows.answer_link(found) != request.path:  # the room asks its own right for each level
        return redirect(rows.answer_link(found))
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            cases.answer_escalation(actor=request.actor, escalation=found, text=form.cleaned_data["text"])
            messages.success(
                request, _("Jawaban Anda tersimpan di jejak %(number)s.") % {"number": found.case.number}
            )
            return redirect("bridge:home")
        except Refused as refusal:
            refuse(form, refusal)
    context = {
        "form": form,
        "escalation": found,
        "shown": _shown(request, rows.Row(found.case, found.at, found.case.due_at)),
    }
    return render(request, "bridge/answer.html", context, status=422 if form.errors else 200)
