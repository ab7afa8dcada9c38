"""Conversations over WhatsApp: who waits for an officer, what was said, taking over, answering, handing back."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sekata.kernel.notify.actions import Conversation
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints.actions import whatsapp as actions
from sekata.pillars.environment.complaints.forms.desk import ReplyForm
from sekata.pillars.environment.complaints.queries import talks as read
from sekata.pillars.environment.complaints.rights import TAKE_IN
from sekata.web.doors import door, refuse

STANDING = {
    read.WAITS: (gettext_lazy("Menunggu petugas"), "warn"),
    read.LED: (gettext_lazy("Dijawab petugas"), "ok"),
    read.BOT: (gettext_lazy("Dijawab mesin"), "none"),
}


@never_cache
@door(TAKE_IN)
@require_safe
def talks(request: HttpRequest) -> HttpResponse:
    """Talks that have not ended, those that wait for an officer first."""
    rows = [{"talk": one, "standing": STANDING[one.standing]} for one in read.talks()]
    return render(request, "complaints/officer/talks.html", {"rows": rows})


@never_cache
@door(TAKE_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, talk: int) -> HttpResponse:
    """A talk: what was said, and what an officer does in it."""
    found = read.talk(talk)
    if found is None:
        raise Http404
    form = ReplyForm(request.POST if request.POST.get("tindakan") == "jawab" else None)
    act = ACTS.get(request.POST.get("tindakan", "")) if request.method == "POST" else None
    if act and act(request, found, form):
        return redirect("complaints:talk", found.pk)
    return _page(request, found, form)


def _page(request: HttpRequest, found: Conversation, form: ReplyForm) -> HttpResponse:
    head = read.shown(found)
    context = {
        "form": form,
        "talk": head,
        "standing": STANDING[head.standing],
        "thread": read.thread(found),
        "known": read.known(found),
        "mine": head.officer == request.actor.person,
    }
    return render(request, "complaints/officer/talk.html", context, status=422 if form.errors else 200)


def _take_over(request: HttpRequest, found: Conversation, form: ReplyForm) -> bool:
    actions.take_over(actor=request.actor, talk=found)
    messages.success(request, _("Anda yang menjawab sekarang. Mesin diam sampai Anda kembalikan."))
    return True


def _hand_back(request: HttpRequest, found: Conversation, form: ReplyForm) -> bool:
    try:
        actions.hand_back(actor=request.actor, talk=found)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return True
    messages.success(request, _("Mesin melanjutkan dari pertanyaan terakhirnya."))
    return True


def _reply(request: HttpRequest, found: Conversation, form: ReplyForm) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.reply(actor=request.actor, talk=found, text=form.cleaned_data["text"])
    except Refused as refusal:
        refuse(form, refusal)
        return False
    messages.success(request, _("Jawaban Anda dikirim."))
    return True


ACTS: Mapping[str, Callable[[HttpRequest, Conversation, ReplyForm], bool]] = {
    "ambil": _take_over,
    "jawab": _reply,
    "kembalikan": _hand_back,
}
