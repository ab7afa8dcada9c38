"""The journal's pages for auditors: the latest acts, one act with its seal and its proof."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from sekata.kernel.filters import visible
from sekata.kernel.journal.models import Event
from sekata.site.journal import queries
from sekata.site.journal.queries import Asked, Check
from sekata.site.rights import READ_JOURNAL
from sekata.web.doors import door


@door(READ_JOURNAL)
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """The latest acts, newest first."""
    before = request.GET.get("sebelum", "")
    asked = Asked(
        kind=request.GET.get("peristiwa", "").strip()[:80],
        about=request.GET.get("tentang", "").strip()[:130],
        before=int(before) if before.isdigit() and len(before) < 19 else None,
    )
    lines, following = queries.page(visible(Event.objects.all(), READ_JOURNAL, request.actor), asked)
    return render(request, "journal/latest.html", {"lines": lines, "asked": asked, "next": following})


@door(READ_JOURNAL)
@require_safe
def event(request: HttpRequest, event: int) -> HttpResponse:
    """One act, its seal and, when asked, the proof computed anew."""
    found = get_object_or_404(visible(Event.objects.all(), READ_JOURNAL, request.actor), pk=event)
    verdict = queries.check(found) if request.GET.get("periksa") else None
    context = {
        "line": queries.lines([found])[0],
        "place": queries.sealed_in(found),
        "check": verdict,
        "asked": bool(request.GET.get("periksa")),
        "before": sorted((found.before or {}).items()),
        "after": sorted((found.after or {}).items()),
        "path": [step.hex() for step in verdict.proof.path] if verdict else (),
    }
    return render(request, "journal/event.html", context)


@door(READ_JOURNAL)
@require_safe
def proof(request: HttpRequest, event: int) -> HttpResponse:
    """The inclusion proof as JSON (RFC 9162, SHA-256), for whoever checks it alone."""
    found = get_object_or_404(visible(Event.objects.all(), READ_JOURNAL, request.actor), pk=event)
    verdict = queries.check(found)
    if verdict is None:
        return JsonResponse({"event": found.pk, "sealed": False}, status=409)
    return JsonResponse(_as_json(verdict))


def _as_json(verdict: Check) -> dict[str, object]:
    proved, seal = verdict.proof, verdict.proof.seal
    return {
        "event": proved.event.pk,
        "sealed": True,
        "leaf": proved.leaf.hex(),
        "position": proved.position,
        "path": [step.hex() for step in proved.path],
        "seal": {
            "id": seal.pk,
            "sealed_at": seal.sealed_at.isoformat(),
            "size": seal.size,
            "root": bytes(seal.root).hex(),
            "previous": bytes(seal.previous).hex(),
            "digest": bytes(seal.digest).hex(),
        },
        "holds": verdict.ok,
    }
