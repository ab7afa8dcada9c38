"""Our side of SNAP BI: a bank's message is kept, proved, understood, done once and answered.

Nothing is answered as done before it is committed; a fault of ours is told as one (500), so that the bank knows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sekata.kernel.journal.actions import Repeated, once, record
from sekata.kernel.payments import actions, queries
from sekata.kernel.payments.actions.partners import digest
from sekata.kernel.payments.models import Bill, Call, Channel, Partner
from sekata.kernel.payments.standards import numbers, snap
from sekata.kernel.payments.standards.snap import Service
from sekata.kernel.payments.terms import Notice
from sekata.lib import clock
from sekata.lib.actor import system
from sekata.lib.result import Refused

BASE = "/snap/v1.0"
BANK = system("payments.bank")
KEPT_HEADERS = ("x-timestamp", "x-signature", "x-partner-id", "x-external-id", "channel-id", "x-client-key")
Answer = tuple[int, dict[str, object]]


@dataclass(frozen=True)
class Message:
    """A request as it came; headers by lower-case name."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class Declined(Exception):
    """A message that is answered with a case of the standard and changes nothing."""

    def __init__(self, case: snap.Case, **more: object):
        super().__init__(case.message)
        self.case, self.more = case, more


def serve(service: str, message: Message, at: datetime) -> Answer:
    """The HTTP status and body that answer a message of one of our services."""
    kept = {name: message.headers[name] for name in KEPT_HEADERS if name in message.headers}
    call = actions.keep_call(path=message.path, headers=kept, body=message.body, at=at)
    try:
        if service == Service.TOKEN:
            return 200, _token(message, at)
        partner = proved(message, at)
        return 200, _once(partner, service, message, call, at)
    except Declined as declined:
        case, more = declined.case, declined.more
    except snap.Malformed as fault:
        case, more = snap.MISSING_FIELD if fault.missing else snap.BAD_FORMAT, {}
        case = snap.Case(case.status, case.number, f"{case.message} {fault.field}")
    if case.status in (401, 409):
        _journal(call, case, at)
    return case.status, snap.answer(case, service, **more)


def _journal(call: Call, case: snap.Case, at: datetime) -> None:
    record("payments.call.refused", actor=BANK, subject=call, at=at, after={"why": case.message})


def _token(message: Message, at: datetime) -> dict[str, object]:
    """R19: SHA256withRSA over client and time; the token is good for 900 seconds."""
    client, stamp = message.headers.get("x-client-key", ""), message.headers.get("x-timestamp", "")
    partner = queries.partner(client)
    signature = message.headers.get("x-signature", "")
    if (
        partner is None
        or not snap.timely(stamp, at)
        or not snap.rsa_signed(partner.public_key, f"{client}|{stamp}", signature)
    ):
        raise Declined(snap.UNAUTHORIZED)
    if snap.parsed(message.body).get("grantType") != "client_credentials":
        raise snap.Malformed("grantType")
    token = actions.issue_token(partner=partner, at=at)
    return snap.answer(
        snap.SUCCESS, Service.TOKEN, accessToken=token, tokenType="Bearer", expiresIn=str(snap.TOKEN_SECONDS)
    )


def proved(message: Message, at: datetime) -> Partner:
    """The bank that sent a message: by its token and signature, or by signature alone where it signs with RSA."""
    headers, stamp = message.headers, message.headers.get("x-timestamp", "")
    signature = headers.get("x-signature", "")
    named = queries.partner(headers.get("x-partner-id", ""))
    if named and named.mode == "rsa":
        text = snap.string_to_sign(message.method, message.path, "", message.body, stamp)
        if snap.timely(stamp, at) and snap.rsa_signed(named.public_key, text, signature):
            return named
        raise Declined(snap.UNAUTHORIZED)
    scheme, _, token = headers.get("authorization", "").partition(" ")
    partner = queries.by_token(digest(token), at) if scheme == "Bearer" else None
    if partner is None or partner.mode != "hmac" or (named and named.pk != partner.pk):
        raise Declined(snap.INVALID_TOKEN)
    text = snap.string_to_sign(message.method, message.path, token, message.body, stamp)
    if not snap.timely(stamp, at) or not snap.signed(
        queries.secret(partner), text, signature, partner.hexadecimal
    ):
        raise Declined(snap.UNAUTHORIZED)
    return partner


def _once(partner: Partner, service: str, message: Message, call: Call, at: datetime) -> dict[str, object]:
    """Do what a message says; the same X-EXTERNAL-ID on the same WIB day gets the same answer, other content 409."""
    external = message.headers.get("x-external-id", "")
    if not external or len(external) > 36:
        raise snap.Malformed("X-EXTERNAL-ID", missing=not external)
    body = snap.parsed(message.body)
    try:
        with transaction.atomic():
            told = DOING[service](partner, body, call, at)
            key = f"snap:{partner.pk}:{at.astimezone(clock.WIB).date()}:{external}"
            once(key=key, content=call.sha256, answer=told, at=at)
            return told
    except Repeated as repeated:
        return repeated.answer
    except Refused as refusal:
        raise Declined(snap.CONFLICT) from refusal


def _customer(body: Mapping[str, object]) -> str:
    return snap.text(body, "customerNo", 20)


def _account(partner: Partner, customer: str) -> dict[str, str]:
    service = snap.partner_service_id(partner.corporate)
    return {"partnerServiceId": service, "customerNo": customer, "virtualAccountNo": service + customer}


def _notify(partner: Partner, body: Mapping[str, object], call: Call, at: datetime) -> dict[str, object]:
    """A payment has happened: it is taken, into suspense where it fits no bill."""
    notice = _notice(body, Channel.VA)
    actions.take(actor=BANK, partner=partner, notice=notice, call=call, at=at)
    data = {**_account(partner, notice.customer_no), "paymentRequestId": notice.request_id}
    return snap.answer(snap.SUCCESS, Service.NOTIFY, virtualAccountData=data)


def _notice(body: Mapping[str, object], channel: str) -> Notice:
    request = snap.text(body, "paymentRequestId")
    more = body.get("additionalInfo")
    sequence = more.get("journalSeq") if isinstance(more, Mapping) else None
    if sequence is not None and not (isinstance(sequence, str) and 0 < len(sequence) <= 64):
        raise snap.Malformed("additionalInfo.journalSeq")
    return Notice(
        channel=channel,
        customer_no=_customer(body),
        amount=_positive(snap.amount(body.get("paidAmount"), "paidAmount"), "paidAmount"),
        trx_at=snap.moment(snap.text(body, "trxDateTime"), "trxDateTime"),
        bank_ref=sequence or request,
        request_id=request,
    )


def _positive(rupiah: int, field: str) -> int:
    if rupiah <= 0:
        raise snap.Malformed(f"{field}.value")
    return rupiah


def _open(customer: str, at: datetime) -> Bill:
    """The open bill of a customer number, asking what is true now (R17)."""
    bill = queries.by_customer_no(customer)
    if bill is None or bill.state == Bill.State.WITHDRAWN:
        raise Declined(snap.NOT_FOUND)
    if bill.state == Bill.State.PAID:
        raise Declined(snap.PAID_BILL)
    if bill.valid_until < at:
        quote = queries.quoted(bill, at)
        if quote is None:
            raise Declined(snap.EXPIRED_BILL)
        bill = actions.amend(bill=bill, quote=quote)
    return bill


def _inquiry(partner: Partner, body: Mapping[str, object], call: Call, at: datetime) -> dict[str, object]:
    customer = _customer(body)
    bill = _open(customer, at)
    data = {
        **_account(partner, customer),
        "virtualAccountName": bill.payer_name[:30],
        "inquiryRequestId": snap.text(body, "inquiryRequestId"),
        "totalAmount": snap.money(bill.amount),
    }
    return snap.answer(snap.SUCCESS, Service.INQUIRY, virtualAccountData=data)


def _payment(partner: Partner, body: Mapping[str, object], call: Call, at: datetime) -> dict[str, object]:
    """A payer stands at the bank: refused unless the bill is open for just that amount."""
    notice = _notice(body, Channel.VA)
    earlier = queries.Payment.objects.filter(partner=partner, request_id=notice.request_id).first()
    if earlier is None and _open(notice.customer_no, at).amount != notice.amount:
        raise Declined(snap.INVALID_AMOUNT)
    payment = actions.take(actor=BANK, partner=partner, notice=notice, call=call, at=at)
    data = {
        **_account(partner, notice.customer_no),
        "paymentRequestId": notice.request_id,
        "paidAmount": snap.money(payment.amount),
        "referenceNo": payment.ntpd,
    }
    return snap.answer(snap.SUCCESS, Service.PAYMENT, virtualAccountData=data)


def _qr_notify(partner: Partner, body: Mapping[str, object], call: Call, at: datetime) -> dict[str, object]:
    """A QRIS payment has happened. partnerReferenceNo is the customer number that we gave the code for."""
    if snap.text(body, "latestTransactionStatus", 2) != "00":
        raise snap.Malformed("latestTransactionStatus")
    reference = snap.text(body, "originalReferenceNo")
    notice = Notice(
        channel=Channel.QRIS,
        customer_no=snap.text(body, "originalPartnerReferenceNo", numbers.CUSTOMER_DIGITS),
        amount=_positive(snap.amount(body.get("amount"), "amount"), "amount"),
        trx_at=snap.moment(snap.text(body, "transactionDate"), "transactionDate"),
        bank_ref=reference,
        request_id=reference,
    )
    actions.take(actor=BANK, partner=partner, notice=notice, call=call, at=at)
    return snap.answer(snap.SUCCESS, Service.QR_NOTIFY)


Doing = Callable[[Partner, Mapping[str, object], Call, datetime], dict[str, object]]
DOING: dict[str, Doing] = {
    Service.NOTIFY: _notify,
    Service.INQUIRY: _inquiry,
    Service.PAYMENT: _payment,
    Service.QR_NOTIFY: _qr_notify,
}
