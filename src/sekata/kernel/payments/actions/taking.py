"""What a bank reports becomes a payment, once, whichever way and however often it is told (R21, R22)."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime

from django.conf import settings
from django.db import connection

from sekata.kernel.journal.actions import action
from sekata.kernel.ledger import actions as ledger
from sekata.kernel.ledger import queries as books
from sekata.kernel.ledger.terms import Draft, Line, debit
from sekata.kernel.payments import payables
from sekata.kernel.payments.models import Bill, Call, Partner, Payment
from sekata.kernel.payments.standards import numbers
from sekata.kernel.payments.terms import Notice
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.lib.rights import machine

REPORT = machine("payments.report", "bank, melalui sistem")
KEEP = """
    INSERT INTO payments_payment (partner_id, channel, day, bank_ref, request_id, terminal, customer_no, amount, trx_at,
        call_id, bill_id, ntpd, state, reason, posted_at)
    VALUES (%(partner)s, %(channel)s, %(day)s, %(bank_ref)s, %(request_id)s, %(terminal)s, %(customer_no)s, %(amount)s,
        %(trx_at)s, %(call)s, %(bill)s, sekata_luhn(%(ntpd)s || lpad(nextval('payments_ntpd')::text, 9, '0')),
        %(state)s, %(reason)s, %(at)s)
    ON CONFLICT DO NOTHING RETURNING id
"""


def keep_call(*, path: str, headers: Mapping[str, str], body: bytes, at: datetime) -> Call:
    """Keep a message as it came. Committed before anybody reads it, so that no fault of ours loses it."""
    return Call.objects.create(
        at=at, path=path[:120], headers=dict(headers), body=body, sha256=hashlib.sha256(body).hexdigest()
    )


@action(right=REPORT, event="payments.taken")
def take(
    *, actor: Actor, partner: Partner, notice: Notice, call: Call | None = None, at: datetime
) -> Payment:
    """Post a reported payment to its bill, or put it in suspense; told again it is the same payment.

    It settles the bill that is open, not expired at the bank's time, and asks exactly that amount (R21). Refused (409)
    where the same transaction or message was told with other content before. Of two channels that pay one bill at the
    same time, the first to commit settles it, the other meets suspense.
    """
    bill = (
        Bill.objects.select_for_update()
        .filter(customer_no=notice.customer_no[-numbers.CUSTOMER_DIGITS :])
        .first()
    )
    earlier = _earlier(partner, notice)
    if earlier:
        return _insist_same(earlier, notice)
    reason = _why_not(bill, notice)
    payment = _keep(partner, notice, call, None if reason else bill, reason, at)
    if payment is None:
        return _insist_same(_earlier(partner, notice), notice)
    book_payment(payment, at)
    if not reason:
        settle(bill, payment, at)
    return payment


def _earlier(partner: Partner, notice: Notice) -> Payment | None:
    same = {"channel": notice.channel, "day": _day(notice), "bank_ref": notice.bank_ref}
    found = Payment.objects.filter(**same).first()
    if found is None and notice.request_id:
        found = Payment.objects.filter(partner=partner, request_id=notice.request_id).first()
    return found


def _day(notice: Notice) -> date:
    return notice.trx_at.astimezone(clock.WIB).date()


def _insist_same(earlier: Payment, notice: Notice) -> Payment:
    if (earlier.amount, earlier.customer_no) != (notice.amount, notice.customer_no):
        raise Refused.because("told_otherwise", "Transaksi ini sudah dilaporkan dengan isi lain.", status=409)
    return earlier


def _why_not(bill: Bill | None, notice: Notice) -> str:
    """Why a payment settles no bill, empty when it does."""
    if bill is None:
        return "unknown"
    if bill.state != Bill.State.OPEN:
        return "already_paid" if bill.state == Bill.State.PAID else "withdrawn"
    if notice.trx_at > bill.valid_until:
        return "expired"
    return "" if notice.amount == bill.amount else "amount"


def _keep(
    partner: Partner, notice: Notice, call: Call | None, bill: Bill | None, reason: str, at: datetime
) -> Payment | None:
    """Write the payment; None where the same was written meanwhile."""
    day = _day(notice)
    regency = settings.SEKATA.regency.replace(".", "")
    given = {
        "partner": partner.pk,
        "channel": notice.channel,
        "day": day,
        "bank_ref": notice.bank_ref,
        "request_id": notice.request_id,
        "terminal": notice.terminal,
        "customer_no": notice.customer_no,
        "amount": notice.amount,
        "trx_at": notice.trx_at,
        "call": call and call.pk,
        "bill": bill and bill.pk,
        "ntpd": f"{regency}{day:%y%m%d}",
        "state": Payment.State.SUSPENSE if reason else Payment.State.POSTED,
        "reason": reason,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(KEEP, given)
        row = cursor.fetchone()
    return Payment.objects.select_related("partner__book", "bill").get(pk=row[0]) if row else None


def book_payment(payment: Payment, at: datetime) -> None:
    """Debit money on its way; credit what the bill says, or suspense."""
    partner = payment.partner
    if payment.state == Payment.State.POSTED:
        credits = tuple(Line(account, -amount, holder) for account, amount, holder in payment.bill.lines)
    else:
        credits = (Line(partner.suspense, -payment.amount),)
    ledger.post(
        book=books.book(partner.book.code),
        draft=Draft(
            key=f"payments.payment:{payment.ntpd}",
            day=at.astimezone(clock.WIB).date(),
            memo=f"{payment.get_channel_display()} {payment.ntpd}",
            lines=(debit(partner.in_transit, payment.amount), *credits),
            source=("payments.payment", payment.ntpd),
        ),
        at=at,
    )


def settle(bill: Bill, payment: Payment, at: datetime) -> None:
    """The bill is paid; its room hears of it in the same transaction."""
    Bill.objects.filter(pk=bill.pk).update(state=Bill.State.PAID, ended_at=at)
    bill.state, bill.ended_at = Bill.State.PAID, at
    payables.of(bill.kind).paid(bill=bill, payment=payment, at=at)


@action(right=REPORT, event="payments.reversed", on="payment", watches=("state",))
def reverse(*, actor: Actor, payment: Payment, terminal: str, at: datetime) -> Payment:
    """A bank takes a payment back: same WIB day, same terminal, before settlement (refused 409 else). The bill is open
    again and its room hears of it; the entry is mirrored. A second time changes nothing."""
    payment = (
        Payment.objects.select_for_update(of=("self",))
        .select_related("partner__book", "bill")
        .get(pk=payment.pk)
    )
    if payment.state == Payment.State.REVERSED:
        return payment
    today = at.astimezone(clock.WIB).date()
    closed = payment.day != today or payment.terminal != terminal or payment.settled_on is not None
    if closed or payment.state == Payment.State.REFUNDED:
        raise Refused.because("reversal_closed", "Pembatalan tidak dapat lagi.", status=409)
    was_posted, bill = payment.state == Payment.State.POSTED, payment.bill
    payment.state = Payment.State.REVERSED
    payment.save(update_fields=["state"])
    _mirror(payment, today, at)
    if was_posted and bill.state == Bill.State.PAID:
        Bill.objects.filter(pk=bill.pk).update(state=Bill.State.OPEN, ended_at=None)
        bill.state, bill.ended_at = Bill.State.OPEN, None
        payables.of(bill.kind).unpaid(bill=bill, payment=payment, at=at)
    return payment


def _mirror(payment: Payment, day: date, at: datetime) -> None:
    """Take back the entry of the payment, and that of its match where an officer had matched it."""
    book = books.book(payment.partner.book.code)
    for kind in ("payment", "match"):
        entry = books.by_key(book, f"payments.{kind}:{payment.ntpd}")
        if entry:
            ledger.reverse(
                entry=entry,
                key=f"payments.reversal.{kind}:{payment.ntpd}",
                day=day,
                memo=f"Pembatalan {payment.ntpd}",
                at=at,
            )
