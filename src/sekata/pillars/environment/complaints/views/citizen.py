"""Reporting step by step, and following one's report."""

from collections.abc import Mapping

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sekata.kernel.cases import drafts, keys
from sekata.lib import clock, codes
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.queries import citizen as read
from sekata.pillars.environment.complaints.rights import FILE
from sekata.pillars.environment.complaints.views import following, wizard
from sekata.web.doors import door

STEPS = wizard.STEPS
SENT_SECONDS = 30 * 60


@require_safe
@door(FILE)
def begin(request: HttpRequest) -> HttpResponse:
    """Start a report; a kind chosen on the way in is kept."""
    draft = wizard.current(request) or wizard.new(request)
    kind = request.GET.get("jenis", "")
    if kind:
        drafts.keep(draft=draft, answers={"kind": {"kind": kind}}, at=clock.now())
    return wizard.seat(request, redirect("complaints:step", step=STEPS[0]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@door(FILE)
def step(request: HttpRequest, step: str) -> HttpResponse:
    """One page of the report. What was filled in is kept on the server with each step."""
    draft = wizard.current(request) or wizard.new(request)
    special = {"periksa": _check, "serupa": _similar}.get(step)
    if special is None and step not in wizard.PAGES:
        raise Http404
    return wizard.seat(request, special(request, draft) if special else _question(request, draft, step))


def _question(request: HttpRequest, draft: drafts.Draft, step: str) -> HttpResponse:
    page = wizard.PAGES[step]
    form = page.form(draft, request)
    if request.method == "POST" and form.is_valid():
        page.keep(draft, form)
        return redirect(wizard.after(request, draft, step))
    status = 422 if request.method == "POST" else 200
    context = wizard.context(request, draft, step, form)
    return render(request, f"complaints/citizen/{page.template}.html", context, status=status)


@never_cache
@require_safe
@door(FILE)
def saved(request: HttpRequest) -> HttpResponse:
    """The draft is safe: its code, for going on from any device."""
    draft = wizard.current(request)
    if draft is None:
        return redirect("complaints:begin")
    context = {
        "draft_code": wizard.draft_code(request),
        "next": wizard.first_gap(draft) or "periksa",
        "draft": draft,
    }
    return render(request, "complaints/citizen/saved.html", context)


def _similar(request: HttpRequest, draft: drafts.Draft) -> HttpResponse:
    """Reports nearby that may be the same: support one of them, or go on with one's own."""
    found = wizard.similar(draft)
    if request.method == "POST" and request.POST.get("sama"):
        chosen = next((c for c, _pair in found if c.case.number == request.POST["sama"]), None)
        if chosen is None:
            raise Http404
        _supporter, code = actions.support(actor=request.actor, complaint=chosen, submission=draft.submission)
        wizard.finish(request, draft)
        return render(
            request, "complaints/citizen/supported.html", {"case": chosen.case, "code": codes.shown(code)}
        )
    if request.method == "POST" or not found:
        return redirect("complaints:step", step="perlakuan")
    return render(
        request,
        "complaints/citizen/similar.html",
        wizard.context(request, draft, "serupa", None) | {"found": found},
    )


def _check(request: HttpRequest, draft: drafts.Draft) -> HttpResponse:
    """Check the answers, then send: the same draft sent twice is one report."""
    missing = wizard.first_gap(draft)
    if missing:
        return redirect("complaints:step", step=missing)
    reasons = ()
    if request.method == "POST":
        try:
            filed = actions.file(
                actor=request.actor, filing=wizard.filing(draft), reporter=wizard.reporter(draft)
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            wizard.finish(request, draft)
            token = signing.dumps(filed.complaint.pk, salt="complaints.sent")
            response = redirect(f"{reverse('complaints:sent')}?t={token}")
            return keys.remember(request, response, filed.complaint.case)
    status = 422 if reasons else 200
    context = wizard.summary(request, draft) | {"reasons": reasons}
    return render(request, "complaints/citizen/check.html", context, status=status)


@never_cache
@require_safe
@door(FILE)
def sent(request: HttpRequest) -> HttpResponse:
    """The number, the code - shown here and nowhere else -, and what happens next."""
    complaint = _just_sent(request)
    if complaint is None:
        return redirect("portal:track")
    code = actions.tracking_code(complaint.submission)
    context = read.page(complaint) | {
        "code": codes.shown(code),
        "token": request.GET.get("t", ""),
        "due": read.promises(complaint),
        "whatsapp": f"https://wa.me/?text={complaint.number}%20{codes.shown(code)}",
    }
    return render(request, "complaints/citizen/sent.html", context)


def _just_sent(request: HttpRequest):
    try:
        key = signing.loads(request.GET.get("t", ""), salt="complaints.sent", max_age=SENT_SECONDS)
    except signing.BadSignature:
        return None
    return read.complaint_by_key(key)


@door(FILE)
def resume(request: HttpRequest) -> HttpResponse:
    """Go on with a draft from another device by its code."""
    typed = request.POST.get("kode", "")
    if request.method != "POST":
        return render(request, "complaints/citizen/resume.html")
    draft = drafts.find(wizard.SERVICE, typed)
    if draft is None:
        return render(
            request, "complaints/citizen/resume.html", {"typed": typed, "unknown": True}, status=404
        )
    request.new_draft = codes.normalise(typed)
    return wizard.seat(request, redirect("complaints:step", step=wizard.first_gap(draft) or "periksa"))


@require_http_methods(["POST"])
@door(FILE)
def drop_photo(request: HttpRequest, key: str) -> HttpResponse:
    """Take a photo out of the draft."""
    draft = wizard.current(request)
    if draft:
        drafts.drop_file(draft=draft, key=key, at=clock.now())
    return redirect("complaints:step", step="foto")


@never_cache
@require_safe
@door(FILE)
def photo(request: HttpRequest, key: str) -> HttpResponse:
    """A photo of one's own draft, small and bare."""
    draft = wizard.current(request)
    pictures = (
        {entry["id"] for entry in drafts.files(draft) if entry.get("kind", "photo") == "photo"}
        if draft
        else ()
    )
    if key not in pictures:
        raise Http404
    return HttpResponse(wizard.thumbnail(draft, key), content_type="image/jpeg")


@never_cache
@door(FILE)
def track(request: HttpRequest, number: str) -> HttpResponse:
    """One's own report: next date first, the way so far, questions, papers, judgement."""
    complaint = read.complaint_of(number)
    actor = keys.holder(request, complaint.case) if complaint else None
    if actor is None:
        return redirect("portal:track")
    forms: Mapping[str, object] = {}
    if request.method == "POST":
        forms, done = following.act(request, actor, complaint)
        if done:
            return HttpResponseRedirect(request.path)
    context = read.page(complaint) | following.forms(complaint) | forms
    return render(request, "complaints/citizen/track.html", context)


@never_cache
@require_safe
@door(FILE)
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt as PDF; the code stands on it only right after sending."""
    complaint = read.complaint_of(number)
    if complaint is None or keys.holder(request, complaint.case) is None:
        raise Http404
    just = _just_sent(request)
    code = (
        codes.shown(actions.tracking_code(complaint.submission)) if just and just.pk == complaint.pk else ""
    )
    content = following.receipt_pdf(complaint, code, request.build_absolute_uri("/"))
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": "inline"})


@never_cache
@require_safe
@door(FILE)
def paper(request: HttpRequest, number: str, document: int) -> HttpResponse:
    """A document of one's own case that reporters may read."""
    complaint = read.complaint_of(number)
    if complaint is None or keys.holder(request, complaint.case) is None:
        raise Http404
    content = read.public_paper(complaint, document)
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="application/pdf")
