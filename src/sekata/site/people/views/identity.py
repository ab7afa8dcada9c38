"""The identity administrator's desk: duplicates and their merges, requests about personal data."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sekata.kernel.people import actions, vault
from sekata.kernel.people import queries as people
from sekata.kernel.people.actions import MERGE, RIGHTS_DESK
from sekata.kernel.people.models import Merge, Person, RightsRequest
from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.site.people import requests
from sekata.site.people.forms import AnswerForm, MergeForm
from sekata.web.doors import door, refuse

MERGES = 50


@door(MERGE)
@never_cache
@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """Records that may be one human, and what became of earlier proposals."""
    rows = list(people.merges()[:MERGES])
    names = people.names({key for row in rows for key in (row.proposed_by, row.approved_by) if key})
    now = clock.now()
    groups = people.duplicates()
    kinds = people.kinds_of(person.pk for group in groups for person in group)
    context = {
        "groups": [{"people": group, "told": _told(group, kinds)} for group in groups],
        "merges": [
            {
                "row": row,
                "by": names.get(row.proposed_by, ""),
                "and_by": names.get(row.approved_by, ""),
                "may_approve": row.state == "proposed" and row.proposed_by != request.actor.person,
                "may_end": row.state == "proposed"
                or (row.state == "approved" and now <= row.reversible_until),
            }
            for row in rows
        ],
    }
    return render(request, "people/identity/duplicates.html", context)


def _told(group: list[Person], kinds: Mapping[int, set[str]]) -> list[tuple[Person, str]]:
    """Each record with what tells it from the others, without any number."""
    found = []
    for person in group:
        parts = [f"#{person.pk}", _("tingkat %(level)d") % {"level": person.level}]
        parts += ["NIK" if "nik" in kinds.get(person.pk, ()) else _("tanpa NIK")]
        parts += [_("punya akun") if hasattr(person, "account") else _("tanpa akun")]
        parts += [_("pegawai")] if hasattr(person, "employee") else []
        parts += [_("dibuat %(day)s") % {"day": f"{person.created_at.astimezone(clock.WIB):%d-%m-%Y}"}]
        found.append((person, ", ".join(parts)))
    return found


@door(MERGE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, one: int) -> HttpResponse:
    """Propose a merge within the group of one record."""
    group = next((group for group in people.duplicates() if any(person.pk == one for person in group)), None)
    if group is None:
        messages.error(request, _("Catatan itu tidak punya kembaran lagi."))
        return redirect("people:duplicates")
    form = MergeForm(
        request.POST if request.method == "POST" else None,
        people=_told(group, people.kinds_of(person.pk for person in group)),
    )
    if form.is_valid():
        try:
            actions.propose_merge(actor=request.actor, **form.cleaned_data)
            messages.success(request, _("Diusulkan. Admin identitas lain yang menyetujui."))
            return redirect("people:duplicates")
        except Refused as refusal:
            refuse(form, refusal)
    context = {"form": form, "name": group[0].full_name}
    return render(request, "people/identity/propose.html", context, status=422 if form.errors else 200)


@door(MERGE)
@require_POST
def approve(request: HttpRequest, merge: int) -> HttpResponse:
    """Approve another's proposal."""
    return _decide(
        request, merge, actions.approve_merge, _("Digabungkan. Dapat dibatalkan sampai waktunya habis.")
    )


@door(MERGE)
@require_POST
def end(request: HttpRequest, merge: int) -> HttpResponse:
    """Reject a proposal or undo a merge."""
    return _decide(request, merge, actions.end_merge, _("Dibatalkan. Kedua catatan berdiri sendiri lagi."))


def _decide(request: HttpRequest, merge: int, act: Callable[..., Merge], said: str) -> HttpResponse:
    try:
        act(actor=request.actor, merge=get_object_or_404(people.merges(), pk=merge))
        messages.success(request, said)
    except Refused as refusal:
        messages.error(request, " ".join(reason.message for reason in refusal.reasons))
    return redirect("people:duplicates")


@door(RIGHTS_DESK)
@never_cache
@require_safe
def rights_desk(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, the most urgent first, each with its clock."""
    return render(
        request, "people/identity/rights.html", {"rows": people.open_requests(), "now": clock.now()}
    )


@door(RIGHTS_DESK)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, one: int) -> HttpResponse:
    """One request: what was asked, and the answer. Opening what the person wrote is a reading in the journal."""
    row = get_object_or_404(people.open_requests(), pk=one)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            requests.answer(actor=request.actor, request=row, at=clock.now(), **form.cleaned_data)
            messages.success(request, _("Permintaan dijawab."))
            return redirect("people:rights_desk")
        except Refused as refusal:
            refuse(form, refusal)
    context = {"form": form, "row": row, "details": _details(request, row)}
    return render(request, "people/identity/answer.html", context, status=422 if form.errors else 200)


def _details(request: HttpRequest, row: RightsRequest) -> str:
    if row.details is None:
        return ""
    opened = vault.reveal(
        vault=row.details,
        names=["details"],
        actor=request.actor,
        subject=row.person,
        purpose=_("Menjawab permintaan hak subjek data"),
        at=clock.now(),
    )
    return opened.get("details", "")


@door(RIGHTS_DESK)
@require_POST
def take(request: HttpRequest, one: int) -> HttpResponse:
    """Say that one works on it."""
    try:
        actions.take_request(actor=request.actor, request=get_object_or_404(people.open_requests(), pk=one))
    except Refused as refusal:
        messages.error(request, " ".join(reason.message for reason in refusal.reasons))
    return redirect("people:answer_request", one=one)
