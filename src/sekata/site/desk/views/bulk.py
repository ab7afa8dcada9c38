"""What is done to ticked cases, and the views an officer keeps."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sekata.kernel.cases.models import Case
from sekata.kernel.cases.queries import SEE
from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.site.desk import actions, queries
from sekata.site.desk.rows import lines, names
from sekata.site.registry import REGISTRY
from sekata.site.rights import OFFICER
from sekata.web.doors import door, refuse
from sekata.web.forms import CardRadios, Form


class AssignForm(Form):
    """To whom the ticked cases go, and why."""

    holder = forms.TypedChoiceField(label=gettext_lazy("Kepada siapa?"), coerce=int, widget=CardRadios)
    reason = forms.CharField(
        label=gettext_lazy("Catatan untuk penerima"),
        help_text=gettext_lazy("Tersimpan di jejak urusan, tidak terlihat oleh warga."),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3, "class": "short"}),
    )

    def __init__(self, *args: object, colleagues: list[queries.Colleague], **kwargs: object):
        super().__init__(*args, **kwargs)
        field = self.fields["holder"]
        field.choices = [(one.person, one.name.title()) for one in colleagues]
        field.widget.hints = {str(one.person): _load(one.load) for one in colleagues}


class ViewForm(Form):
    """A name for the filters that are set now."""

    name = forms.CharField(label=gettext_lazy("Nama tampilan"), max_length=60)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)


def _load(count: int) -> str:
    return ngettext("%(count)d urusan terbuka", "%(count)d urusan terbuka", count) % {"count": count}


def back(request: HttpRequest) -> HttpResponseRedirect:
    """To the list one came from."""
    query = request.POST.get("kembali", "") or request.GET.get("kembali", "")
    url = f"{reverse('desk:inbox')}?{query.lstrip('?')}" if query else reverse("desk:inbox")
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()})
    return redirect(url if safe else reverse("desk:inbox"))


@door(SEE)
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Take, follow or stop following the ticked cases; hand over and print lead to pages of their own."""
    chosen = queries.chosen(request.actor, request.POST.getlist("pilih"))
    if not chosen:
        messages.warning(request, _("Belum ada yang dicentang. Centang dulu urusannya di daftar."))
        return back(request)
    onward = {"tugaskan": "desk:assign", "cetak": "desk:print"}.get(request.POST.get("lakukan", ""))
    if onward:
        return redirect(_with_chosen(request, onward, chosen))
    doing = {"ambil": _take, "ikuti": _follow, "lepas": _unfollow}.get(request.POST.get("lakukan", ""))
    if doing is None:
        raise BadRequest("lakukan")
    try:
        messages.success(request, doing(request, chosen))
    except Refused as refusal:
        messages.error(request, " ".join(reason.message for reason in refusal.reasons))
    return back(request)


def _with_chosen(request: HttpRequest, name: str, chosen: list[Case]) -> str:
    pairs = [*(("pilih", case.pk) for case in chosen), ("kembali", request.POST.get("kembali", ""))]
    return f"{reverse(name)}?{urlencode(pairs)}"


def _take(request: HttpRequest, chosen: list[Case]) -> str:
    actions.assign_many(actor=request.actor, chosen=chosen, holder=request.actor.person, reason="")
    return _("%(numbers)s sekarang di meja Anda.") % {"numbers": names(chosen)}


def _follow(request: HttpRequest, chosen: list[Case]) -> str:
    actions.follow(actor=request.actor, chosen=chosen)
    return _("%(numbers)s sekarang Anda ikuti.") % {"numbers": names(chosen)}


def _unfollow(request: HttpRequest, chosen: list[Case]) -> str:
    actions.unfollow(actor=request.actor, chosen=chosen)
    return _("%(numbers)s tidak lagi Anda ikuti.") % {"numbers": names(chosen)}


@door(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest) -> HttpResponse:
    """Hand ticked cases to a colleague who may see all of them."""
    given = request.POST if request.method == "POST" else request.GET
    chosen = queries.chosen(request.actor, given.getlist("pilih"))
    if not chosen:
        messages.warning(request, _("Belum ada yang dicentang. Centang dulu urusannya di daftar."))
        return back(request)
    who = queries.colleagues({case.unit_id for case in chosen}, seeing_roles(), clock.today())
    form = AssignForm(request.POST if request.method == "POST" else None, colleagues=who)
    if form.is_valid() and _assigned(request, form, chosen):
        name = next(one.name.title() for one in who if one.person == form.cleaned_data["holder"])
        messages.success(
            request, _("%(numbers)s ditugaskan ke %(name)s.") % {"numbers": names(chosen), "name": name}
        )
        return back(request)
    context = {
        "form": form,
        "chosen": lines(chosen, clock.now()),
        "back": given.get("kembali", ""),
        "who": who,
    }
    return render(request, "desk/assign.html", context, status=422 if form.errors else 200)


def _assigned(request: HttpRequest, form: AssignForm, chosen: list[Case]) -> bool:
    try:
        actions.assign_many(actor=request.actor, chosen=chosen, **form.cleaned_data)
    except Refused as refusal:
        refuse(form, refusal)
        return False
    return True


def seeing_roles() -> list[str]:
    """Roles that open the inbox of their unit."""
    return [role.code for role in REGISTRY.roles.values() if SEE.code in role.permissions]


@door(SEE)
@require_safe
def printed(request: HttpRequest) -> HttpResponse:
    """The ticked cases as a list on paper."""
    chosen = queries.chosen(request.actor, request.GET.getlist("pilih"))
    back_url = f"{reverse('desk:inbox')}?{request.GET.get('kembali', '').lstrip('?')}"
    context = {"lines": lines(chosen, clock.now()), "now": clock.now(), "back_url": back_url}
    return render(request, "desk/printed.html", context)


@door(OFFICER)
@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the filters that are set now under a name."""
    form = ViewForm(request.POST)
    if form.is_valid():
        try:
            actions.save_view(actor=request.actor, **form.cleaned_data)
            messages.success(request, _("Tampilan “%(name)s” tersimpan.") % form.cleaned_data)
            return back(request)
        except Refused as refusal:
            refuse(form, refusal)
    for errors in form.errors.values():
        messages.error(request, " ".join(errors))
    return back(request)


@door(OFFICER)
@require_POST
def drop_view(request: HttpRequest, view: int) -> HttpResponse:
    """Forget a kept view."""
    actions.drop_view(actor=request.actor, view=view)
    messages.success(request, _("Tampilan itu dihapus."))
    return back(request)
