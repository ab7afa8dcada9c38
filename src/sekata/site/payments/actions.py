"""Giving out the receipt of a payment, once."""

from datetime import datetime

from django.db import connection

from sekata.kernel.documents import actions as documents
from sekata.kernel.documents.models import Document
from sekata.kernel.journal.actions import action
from sekata.kernel.payments.queries import Payment
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.lib.rights import everyone
from sekata.site.payments.documents import receipt
from sekata.site.payments.reading import masked
from sekata.web import words

RECEIVE = everyone("payments.receipt", "siapa pun yang memegang nomor bukti bayar")
KIND = "payments.receipt"


def issued(payment: Payment) -> Document | None:
    """The receipt that was given out for a payment."""
    return Document.objects.filter(kind=KIND, number=payment.ntpd).select_related("file").first()


@action(right=RECEIVE, event="payments.receipt.issued")
def issue_receipt(*, actor: Actor, payment: Payment, at: datetime) -> Document:
    """The receipt of a posted payment, made when it is first wanted; 409 for money given back or unclear."""
    if payment.state != Payment.State.POSTED:
        raise Refused.because("no_receipt", "Pembayaran ini tidak mempunyai bukti yang berlaku.", status=409)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{KIND}:{payment.ntpd}"])
    earlier = issued(payment)
    if earlier:
        return earlier
    code = documents.new_check_code()
    return documents.issue(
        kind=KIND,
        number=payment.ntpd,
        title=f"Bukti pembayaran {payment.bill.title}"[:200],
        unit=_unit(payment, at),
        content=receipt(payment, code, at),
        check_code=code,
        facts={
            "NTPD": payment.ntpd,
            "Jumlah": words.rupiah(payment.amount),
            "Pembayar": masked(payment.bill.payer_name),
            "Waktu bayar": f"{words.plain_date(payment.trx_at)}, {words.clock_time(payment.trx_at)} WIB",
        },
        public=True,
        at=at,
    )


def _unit(payment: Payment, at: datetime) -> int:
    """Whose receipt it is: the unit that keeps the book, else the regency."""
    kept = payment.partner.book.unit_id
    regency = units.active(at.astimezone(clock.WIB).date()).filter(kind="regency")
    return kept or regency.values_list("pk", flat=True)[0]
