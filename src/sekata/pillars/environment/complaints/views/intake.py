"""Taking a report by telephone, at the counter, from a letter or an e-mail."""

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods

from sekata.lib import codes
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.forms.intake import IntakeForm
from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.queries.law import law
from sekata.pillars.environment.complaints.rights import TAKE_IN
from sekata.web.doors import door


@door(TAKE_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: HttpRequest) -> HttpResponse:
    """The form; after sending, number and code, once: the same form sent again shows the same report."""
    form = IntakeForm(request.POST or None, request.FILES or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            filed = actions.file(actor=request.actor, filing=form.filing(), reporter=form.reporter())
            return _received(request, filed)
        except Refused as refusal:
            form.refuse(refusal)
    return render(
        request, "complaints/officer/intake.html", {"form": form}, status=422 if form.errors else 200
    )


def _received(request: HttpRequest, filed: actions.Filed) -> HttpResponse:
    complaint: Complaint = filed.complaint
    address = request.build_absolute_uri(reverse("complaints:track", args=[complaint.case.number]))
    service = law(complaint.case.received_at).services[complaint.service_code]
    context = {
        "complaint": complaint,
        "case": complaint.case,
        "service": service["name"],
        "code": codes.shown(filed.code),
        "track": address,
        "qr": _qr(address),
        "questions": list(complaint.questions.all()),
        "back_url": reverse("complaints:case", args=[complaint.case.number]),
    }
    response = render(request, "complaints/officer/received.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _qr(text: str) -> SafeString:
    """A QR code as SVG; segno writes nothing but a path."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(
        border=2, dark="#111", light="#fff", omitsize=True
    )
    return mark_safe(drawn)  # noqa: S308 - made from our own address
