"""Posts, their holders and stand-ins; decrees entered by one officer and approved by another."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sekata.kernel.filters import visible
from sekata.kernel.people import actions
from sekata.kernel.people.actions import APPROVE_DECREE, ENTER_DECREE
from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.site.people import queries
from sekata.site.people.forms import DecreeForm
from sekata.site.rights import POSTS
from sekata.web.doors import door, refuse


@door(POSTS)
@require_safe
def posts(request: HttpRequest) -> HttpResponse:
    """Who fills which post today, what is vacant, who stands in until when."""
    today, only = clock.today(), request.GET.get("hanya", "")
    found = queries.posts(today)
    wanted = {"kosong": lambda post: post.vacant, "pengganti": lambda post: post.stand_in is not None}
    context = {
        "posts": [post for post in found if wanted.get(only, lambda post: True)(post)],
        "only": only,
        "vacant": sum(post.vacant for post in found),
        "acting": sum(post.stand_in is not None for post in found),
        "total": len(found),
        "decrees": queries.decrees(today),
        "waiting": queries.waiting_decrees(),
        "today": today,
        "may_enter": ENTER_DECREE.opens(request.actor),
        "may_approve": APPROVE_DECREE.opens(request.actor),
    }
    return render(request, "people/posts.html", context)


@door(ENTER_DECREE)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a decree; it counts once somebody else has approved it."""
    initial = {"position": request.GET.get("jabatan", ""), "starts": clock.today()}
    form = DecreeForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            actions.enter_decree(actor=request.actor, **form.cleaned_data)
            messages.success(request, _("Keputusan tercatat. Berlaku sesudah disetujui pejabat kepegawaian."))
            return redirect("people:posts")
        except Refused as refusal:
            refuse(form, refusal)
    return render(request, "people/decree.html", {"form": form}, status=422 if form.errors else 200)


@door(APPROVE_DECREE)
@require_POST
def approve(request: HttpRequest, assignment: int) -> HttpResponse:
    """Let a decree take effect."""
    found = get_object_or_404(
        visible(queries.waiting_decrees(), APPROVE_DECREE, request.actor), pk=assignment
    )
    try:
        actions.approve_decree(actor=request.actor, assignment=found)
        messages.success(request, _("Disetujui: %(decree)s.") % {"decree": found.decree})
    except Refused as refusal:
        messages.error(request, " ".join(reason.message for reason in refusal.reasons))
    return redirect("people:posts")
