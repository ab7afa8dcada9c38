"""What an officer decides about money in suspense: it belongs to a bill after all, or it goes back."""

from datetime import datetime

from sekata.kernel.journal.actions import action
from sekata.kernel.ledger import actions as ledger
from sekata.kernel.ledger import queries as books
from sekata.kernel.ledger.terms import Draft, Line, credit, debit
from sekata.kernel.payments.actions.taking import settle
from sekata.kernel.payments.models import Bill, Payment
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.lib.rights import permission

RECONCILE = permission("payments.reconcile", "bendahara penerimaan")


@action(
    right=RECONCILE, event="payments.matched", on="payment", watches=("state", "bill"), keeps=("evidence",)
)
def match(*, actor: Actor, payment: Payment, bill: Bill, evidence: str, at: datetime) -> Payment:
    """Post suspended money to an open bill of the same amount, with the evidence in words (422 without, 409 else)."""
    payment, bill = _locked(payment), Bill.objects.select_for_update().get(pk=bill.pk)
    _insist_evidence(evidence)
    if bill.state != Bill.State.OPEN or bill.amount != payment.amount:
        raise Refused.because("no_match", "Tagihan tidak terbuka atau jumlahnya berbeda.", "bill", status=409)
    lines = tuple(Line(account, -amount, holder) for account, amount, holder in bill.lines)
    _book(payment, "payments.match", f"Pencocokan {payment.ntpd}", lines, at)
    payment.state, payment.bill = Payment.State.POSTED, bill
    payment.save(update_fields=["state", "bill"])
    settle(bill, payment, at)
    return payment


@action(right=RECONCILE, event="payments.refunded", on="payment", watches=("state",), keeps=("evidence",))
def refund(*, actor: Actor, payment: Payment, evidence: str, at: datetime) -> Payment:
    """Give suspended money back by the bank, with the evidence in words."""
    payment = _locked(payment)
    _insist_evidence(evidence)
    partner = payment.partner
    _book(
        payment,
        "payments.refund",
        f"Pengembalian {payment.ntpd}",
        (credit(partner.bank if payment.settled_on else partner.in_transit, payment.amount),),
        at,
    )
    payment.state = Payment.State.REFUNDED
    payment.save(update_fields=["state"])
    return payment


def _locked(payment: Payment) -> Payment:
    payment = (
        Payment.objects.select_for_update(of=("self",)).select_related("partner__book").get(pk=payment.pk)
    )
    if payment.state != Payment.State.SUSPENSE:
        raise Refused.because("not_suspended", "Penerimaan ini sudah diputuskan.", status=409)
    return payment


def _insist_evidence(evidence: str) -> None:
    if len(evidence.strip()) < 10:
        raise Refused.because("evidence", "Tulis buktinya, paling sedikit 10 huruf.", "evidence")


def _book(payment: Payment, kind: str, memo: str, credits: tuple[Line, ...], at: datetime) -> None:
    ledger.post(
        book=books.book(payment.partner.book.code),
        draft=Draft(
            key=f"{kind}:{payment.ntpd}",
            day=at.astimezone(clock.WIB).date(),
            memo=memo,
            lines=(debit(payment.partner.suspense, payment.amount), *credits),
            source=("payments.payment", payment.ntpd),
        ),
        at=at,
    )
