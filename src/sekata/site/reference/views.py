"""The officers' editor of law as data: what applies, what will, since when, by which law, by whom."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sekata.kernel.filters import visible
from sekata.kernel.reference import actions
from sekata.kernel.reference import queries as kernel
from sekata.kernel.reference.actions import APPROVE, PROPOSE
from sekata.kernel.reference.models import Entry
from sekata.lib import clock
from sekata.lib.manifest import Table
from sekata.lib.result import Refused
from sekata.site.reference import queries
from sekata.site.reference.forms import ProposalForm
from sekata.site.registry import REGISTRY
from sekata.site.rights import OFFICER
from sekata.web.doors import door, refuse


def table_of(code: str) -> Table:
    """The table with that code, or 404."""
    if code not in REGISTRY.tables:
        raise Http404(code)
    return REGISTRY.tables[code]


def may(request: HttpRequest) -> dict[str, bool]:
    return {"may_propose": PROPOSE.opens(request.actor), "may_approve": APPROVE.opens(request.actor)}


@door(OFFICER)
@require_safe
def tables(request: HttpRequest) -> HttpResponse:
    """All tables with their counts, the ones that need somebody first."""
    sizes = queries.counts(clock.today())
    listed = [(table, sizes.get(table.code, queries.Counts())) for table in REGISTRY.tables.values()]
    listed.sort(key=lambda pair: (not pair[1].proposed, not pair[1].unconfirmed, str(pair[0].label)))
    context = {
        "tables": listed,
        "unconfirmed": sum(size.unconfirmed for _table, size in listed),
        "proposed": sum(size.proposed for _table, size in listed),
        **may(request),
    }
    return render(request, "reference/tables.html", context)


@door(OFFICER)
@require_safe
def table(request: HttpRequest, code: str) -> HttpResponse:
    """One table: in force today, coming, proposed."""
    found, today = table_of(code), clock.today()
    after, part = request.GET.get("sesudah", "")[:80], request.GET.get("kunci", "").strip()[:80]
    rows, following = queries.current(code, today, after, part)
    context = {
        "table": found,
        "today": today,
        "rows": queries.shown(found, rows, today),
        "coming": queries.shown(found, kernel.coming(code, today), today),
        "proposals": queries.shown(found, queries.proposed(code), today),
        "part": part,
        "after": after,
        "next": following,
        **may(request),
    }
    return render(request, "reference/table.html", context)


@door(OFFICER)
@require_safe
def history(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """All rows of one key, newest first."""
    found, entries = table_of(code), kernel.history(code, key)
    if not entries:
        raise Http404(key)
    rows = queries.shown(found, entries, clock.today())
    return render(
        request, "reference/history.html", {"table": found, "key": key, "rows": rows, **may(request)}
    )


@door(PROPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, code: str, key: str = "") -> HttpResponse:
    """Propose a new row, for a known key or a new one."""
    found, present = table_of(code), queries.in_force(code, key, clock.today()) if key else None
    example = queries.example(code)
    form = ProposalForm(
        request.POST if request.method == "POST" else None,
        table=found,
        key=key,
        present=present.value if present else None,
        example=example.value if example else None,
    )
    if form.is_valid() and _proposed(request, form, code, key):
        messages.success(request, _("Usulan tersimpan. Berlaku sesudah disetujui orang kedua."))
        return redirect("reference:table", code)
    context = {
        "table": found,
        "key": key,
        "form": form,
        "present": queries.shown(found, [present], clock.today()) if present else (),
    }
    return render(request, "reference/propose.html", context, status=422 if form.errors else 200)


def _proposed(request: HttpRequest, form: ProposalForm, code: str, key: str) -> bool:
    given = form.cleaned_data
    try:
        actions.propose(
            actor=request.actor,
            table=code,
            key=key or given["key"],
            valid_from=given["valid_from"],
            value=form.value,
            basis=given["basis"],
        )
    except Refused as refusal:
        refuse(form, refusal)
        return False
    return True


@door(APPROVE)
@require_safe
def proposal(request: HttpRequest, entry: int) -> HttpResponse:
    """A proposal beside what applies now, before it is approved."""
    found = get_object_or_404(
        visible(Entry.objects.filter(approved_at=None), APPROVE, request.actor), pk=entry
    )
    known, today = table_of(found.table), clock.today()
    present = queries.in_force(found.table, found.key, max(today, found.valid_from))
    context = {
        "table": known,
        "proposal": queries.shown(known, [found], today)[0],
        "lines": _differences(known, found, present),
        "present": present,
        "own": found.author == request.actor.person,
    }
    return render(request, "reference/proposal.html", context)


def _differences(known: Table, found: Entry, present: Entry | None) -> list[tuple[str, str, str, bool]]:
    """(column, now, proposed, whether it changes)."""
    now, then = (present.value or {}) if present else {}, found.value or {}
    names = dict(known.columns) | {name: name for name in (*now, *then) if name not in known.columns}
    return [
        (
            str(label),
            queries.said(now.get(name)),
            queries.said(then.get(name)),
            now.get(name) != then.get(name),
        )
        for name, label in names.items()
        if name in now or name in then
    ]


@door(APPROVE)
@require_POST
def approve(request: HttpRequest, entry: int) -> HttpResponse:
    """Let a proposal count."""
    return _decide(request, entry, actions.approve, _("Disetujui: berlaku mulai tanggal yang diusulkan."))


@door(APPROVE)
@require_POST
def confirm(request: HttpRequest, entry: int) -> HttpResponse:
    """Vouch for a row that was seeded as unconfirmed."""
    return _decide(request, entry, actions.confirm, _("Dikukuhkan atas nama Anda."))


def _decide(request: HttpRequest, entry: int, act: Callable[..., Entry], words: str) -> HttpResponseRedirect:
    found = get_object_or_404(visible(Entry.objects.all(), APPROVE, request.actor), pk=entry)
    try:
        act(actor=request.actor, entry=found)
        messages.success(request, words)
    except Refused as refusal:
        messages.error(request, " ".join(reason.message for reason in refusal.reasons))
    return redirect(reverse("reference:table", args=[found.table]))
