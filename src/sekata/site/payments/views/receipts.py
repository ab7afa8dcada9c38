"""The receipt of a payment: a page by its number, and a PDF that the public check page knows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sekata.kernel.documents import queries as documents
from sekata.kernel.documents.models import Document
from sekata.kernel.documents.pictures import qr
from sekata.kernel.payments import proving, queries
from sekata.kernel.payments.queries import Payment
from sekata.lib import clock
from sekata.lib.words import rupiah as in_words
from sekata.site.payments import actions, reading
from sekata.site.payments.actions import RECEIVE
from sekata.site.payments.documents import check_url, receipt_url
from sekata.site.payments.guarding import guarded, insist
from sekata.web.doors import door


@door(RECEIVE)
@never_cache
@require_safe
@guarded
def receipt(request: HttpRequest, ntpd: str) -> HttpResponse:
    """What was paid, when, through which channel; where it was given back, that too."""
    payment = insist(queries.by_ntpd(ntpd))
    valid = payment.state == Payment.State.POSTED
    document = actions.issued(payment) if valid else None
    context = {
        "payment": payment,
        "bill": payment.bill,
        "payer": reading.masked(payment.bill.payer_name) if payment.bill else "",
        "account": reading.account_of(payment.bill, payment.partner) if payment.bill else "",
        "words": in_words(payment.amount),
        "valid": valid,
        "document": document,
        "picture": mark_safe(qr(_address(payment, document))),  # noqa: S308 - our own picture
        "mark": proving.mark(payment.ntpd) if valid and payment.settled_on else "",
    }
    return render(request, "payments/receipt.html", context)


def _address(payment: Payment, document: Document | None) -> str:
    """Where the QR leads: to the check page once the receipt was printed, else to this page."""
    return check_url(document.check_code) if document else receipt_url(payment)


@door(RECEIVE)
@require_POST
@guarded
def printed(request: HttpRequest, ntpd: str) -> HttpResponse:
    """The receipt as a PDF, the same bytes each time."""
    payment = insist(queries.by_ntpd(ntpd))
    if payment.state != Payment.State.POSTED:
        return render(request, "payments/unknown.html", status=409)
    document = actions.issue_receipt(actor=request.actor, payment=payment, at=clock.now())
    return HttpResponse(
        documents.content(document),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="bukti-bayar-{payment.ntpd}.pdf"'},
    )
