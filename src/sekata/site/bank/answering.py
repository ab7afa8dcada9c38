"""What the bank answers to the house: SNAP BI 1.0 for virtual accounts, the report and QRIS codes."""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sekata.kernel.payments.standards import numbers, qris, services, snap
from sekata.kernel.payments.standards.services import Service
from sekata.lib import clock
from sekata.site.bank import keys
from sekata.site.bank.book import Account, Book, Code, Event, Transaction, event
from sekata.site.bank.telling import reported

DUPLICATE = snap.Case(409, "01", "Duplicate trxId")
MERCHANT = qris.Merchant(
    domain="ID.CO.BRI.WWW",
    pan="936000020123456785",
    merchant_id="000001988811223",
    nmid="ID1020000000017",
    name="BAPENDA PELALAWAN",
    city="PELALAWAN",
    postcode="28300",
)
TERMINAL = "A01"
PENDING, CANCELLED, DONE = "03", "05", "00"
Answer = tuple[int, dict[str, object]]
Body = Mapping[str, object]
Told = tuple[dict[str, object], list[Event]]
KNOWN = {(service.method, service.address): service for service in services.ALL}


class Declined(Exception):
    """A call that is answered with a case of the standard and changes nothing."""

    def __init__(self, case: snap.Case):
        super().__init__(case.message)
        self.case = case


class Bank:
    """The bank's side of the line. Tokens live in memory: after a start the house must ask anew."""

    def __init__(self, book: Book, own: keys.Keys, folder: Path):
        self.book, self.own, self.folder = book, own, folder
        self._tokens: dict[str, datetime] = {}

    def answer(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes, at: datetime
    ) -> Answer | None:
        """HTTP status and body of an answer; headers by lower-case name. None for an address that is no service."""
        service = KNOWN.get((method, path))
        if service is None:
            return None
        try:
            if service == services.TOKEN:
                return 200, self._token(headers, body, at)
            self._prove(service, headers, body, at)
            return 200, self._once(service, headers, body, at)
        except Declined as declined:
            return declined.case.status, snap.answer(declined.case, service.number)
        except snap.Malformed as fault:
            case = snap.MISSING_FIELD if fault.missing else snap.BAD_FORMAT
            case = snap.Case(case.status, case.number, f"{case.message} {fault.field}")
            return case.status, snap.answer(case, service.number)

    def _token(self, headers: Mapping[str, str], body: bytes, at: datetime) -> dict[str, object]:
        client, stamp = headers.get("x-client-key", ""), headers.get("x-timestamp", "")
        public, signature = keys.of_house(self.folder), headers.get("x-signature", "")
        proved = public and client == keys.HOUSE and snap.timely(stamp, at)
        if not proved or not snap.rsa_signed(public, f"{client}|{stamp}", signature):
            raise Declined(snap.UNAUTHORIZED)
        if snap.parsed(body).get("grantType") != "client_credentials":
            raise snap.Malformed("grantType")
        token = secrets.token_urlsafe(32)
        self._tokens[token] = at + timedelta(seconds=snap.TOKEN_SECONDS)
        number = services.TOKEN.number
        return snap.answer(
            snap.SUCCESS, number, accessToken=token, tokenType="Bearer", expiresIn=str(snap.TOKEN_SECONDS)
        )

    def _prove(self, service: Service, headers: Mapping[str, str], body: bytes, at: datetime) -> None:
        """Token and signature, over the bytes that came (R19)."""
        scheme, _, token = headers.get("authorization", "").partition(" ")
        ends = self._tokens.get(token)
        if scheme != "Bearer" or ends is None or ends <= at:
            raise Declined(snap.INVALID_TOKEN)
        stamp, partner = headers.get("x-timestamp", ""), headers.get("x-partner-id", "")
        told = snap.string_to_sign(service.method, service.address, token, body, stamp)
        signed = snap.signed(self.own.secret, told, headers.get("x-signature", ""))
        if partner != keys.HOUSE or not snap.timely(stamp, at) or not signed:
            raise Declined(snap.UNAUTHORIZED)
        for name, longest in (("channel-id", 5), ("x-external-id", 36)):
            value = headers.get(name, "")
            if not value.isdigit() or len(value) > longest:
                raise snap.Malformed(name.upper(), missing=not value)

    def _once(
        self, service: Service, headers: Mapping[str, str], body: bytes, at: datetime
    ) -> dict[str, object]:
        """Do what writes once for each X-EXTERNAL-ID of a WIB day: told again it gets the same answer, other content a
        conflict."""
        told = snap.parsed(body)
        if not service.writes:
            return DOING[service](self.book, told, at)[0]
        key = f"{at.astimezone(clock.WIB).date()} {headers['x-external-id']}"
        mark = hashlib.sha256(f"{service.path} ".encode() + body).hexdigest()
        with self.book.lock:
            known, answer = self.book.answers.get(key, ("", {}))
            if known:
                if known != mark:
                    raise Declined(snap.CONFLICT)
                return answer
            answer, events = DOING[service](self.book, told, at)
            self.book.keep(*events, ("answered", {"key": key, "sha256": mark, "answer": answer}))
        return answer


def _customer(body: Body) -> str:
    """The customer number of a body whose three numbers fit together."""
    service, customer = snap.text(body, "partnerServiceId", 8), snap.text(body, "customerNo", 20)
    whole = snap.text(body, "virtualAccountNo", 28)
    if service != snap.partner_service_id(keys.CORPORATE):
        raise snap.Malformed("partnerServiceId")
    if not customer.isdigit() or len(customer) > numbers.CUSTOMER_DIGITS:
        raise snap.Malformed("customerNo")
    if whole != service + customer:
        raise snap.Malformed("virtualAccountNo")
    return customer


def _positive(body: Body, field: str) -> int:
    rupiah = snap.amount(body.get(field), field)
    if rupiah <= 0:
        raise snap.Malformed(f"{field}.value")
    return rupiah


def _told(service: Service, account: Account) -> dict[str, object]:
    partner = snap.partner_service_id(keys.CORPORATE)
    data = {
        "partnerServiceId": partner,
        "customerNo": account.customer_no,
        "virtualAccountNo": partner + account.customer_no,
        "virtualAccountName": account.name,
        "trxId": account.trx_id,
        "totalAmount": snap.money(account.amount),
        "expiredDate": account.expires,
        "paidStatus": "Y" if account.paid else "N",
    }
    return snap.answer(snap.SUCCESS, service.number, virtualAccountData=data)


def _asked(body: Body) -> Account:
    expires = snap.text(body, "expiredDate")
    snap.moment(expires, "expiredDate")
    return Account(
        customer_no=_customer(body),
        name=snap.text(body, "virtualAccountName", 255),
        amount=_positive(body, "totalAmount"),
        expires=expires,
        trx_id=snap.text(body, "trxId"),
    )


def _held(book: Book, body: Body) -> Account:
    account = book.accounts.get(_customer(body))
    if account is None:
        raise Declined(snap.NOT_FOUND)
    return account


def _create(book: Book, body: Body, at: datetime) -> Told:
    asked = _asked(body)
    if asked.customer_no in book.accounts:
        raise Declined(DUPLICATE)
    return _told(services.CREATE_VA, asked), [event("account", asked)]


def _update(book: Book, body: Body, at: datetime) -> Told:
    held, asked = _held(book, body), _asked(body)
    if held.paid:
        raise Declined(snap.PAID_BILL)
    return _told(services.UPDATE_VA, asked), [event("account", asked)]


def _mark(book: Book, body: Body, at: datetime) -> Told:
    paid = snap.text(body, "paidStatus", 1)
    if paid not in ("Y", "N"):
        raise snap.Malformed("paidStatus")
    marked = replace(_held(book, body), paid=paid == "Y")
    return _told(services.UPDATE_STATUS, marked), [event("account", marked)]


def _inquiry(book: Book, body: Body, at: datetime) -> Told:
    return _told(services.INQUIRY_VA, _held(book, body)), []


def _delete(book: Book, body: Body, at: datetime) -> Told:
    gone = _held(book, body)
    return _told(services.DELETE_VA, gone), [("account_gone", {"customer_no": gone.customer_no})]


def _standing(book: Book) -> list[Transaction]:
    """Transactions whose money was not given back."""
    return [paid for paid in tuple(book.transactions.values()) if not paid.reversed]


def _status(book: Book, body: Body, at: datetime) -> Told:
    customer = _customer(body)
    paid = [one for one in _standing(book) if (one.channel, one.customer_no) == ("va", customer)]
    if not paid and customer not in book.accounts:
        raise Declined(snap.NOT_FOUND)
    data = {"inquiryRequestId": snap.text(body, "inquiryRequestId")}
    data |= reported(paid[-1]) if paid else {"customerNo": customer}
    more = {"paidStatus": "Y" if paid else "N"}
    number = services.STATUS.number
    return snap.answer(snap.SUCCESS, number, virtualAccountData=data, additionalInfo=more), []


def _report(book: Book, body: Body, at: datetime) -> Told:
    """What was paid on a day, between two times of it, both included."""
    try:
        day = date.fromisoformat(snap.text(body, "startDate"))
        since, until = (
            time.fromisoformat(snap.text(body, name)).replace(tzinfo=None)
            for name in ("startTime", "endTime")
        )
    except ValueError as error:
        raise snap.Malformed("startDate") from error
    lines = [
        reported(paid)
        for paid in _standing(book)
        if paid.day == day and since <= paid.moment.astimezone(clock.WIB).time() <= until
    ]
    return snap.answer(snap.SUCCESS, services.REPORT.number, virtualAccountData=lines), []


def _qr_generate(book: Book, body: Body, at: datetime) -> Told:
    customer = snap.text(body, "partnerReferenceNo", numbers.CUSTOMER_DIGITS)
    amount, reference = _positive(body, "amount"), f"QR{len(book.codes) + 1:010d}"
    expires = str(body.get("validityPeriod") or "")
    if expires:
        snap.moment(expires, "validityPeriod")
    content = qris.encode(MERCHANT, amount, customer, TERMINAL)
    made = Code(reference, customer, amount, content, expires)
    told = snap.answer(
        snap.SUCCESS,
        services.QR_GENERATE.number,
        referenceNo=reference,
        partnerReferenceNo=customer,
        qrContent=content,
        terminalId=TERMINAL,
    )
    return told, [event("code", made)]


def _qr_query(book: Book, body: Body, at: datetime) -> Told:
    code = book.codes.get(snap.text(body, "originalReferenceNo"))
    if code is None or code.customer_no != body.get("originalPartnerReferenceNo"):
        raise Declined(snap.Case(404, "01", "Transaction Not Found"))
    paid = any(one.code == code.reference for one in _standing(book))
    late = bool(code.expires) and datetime.fromisoformat(code.expires) < at
    told = snap.answer(
        snap.SUCCESS,
        services.QR_QUERY.number,
        originalReferenceNo=code.reference,
        originalPartnerReferenceNo=code.customer_no,
        serviceCode=services.QR_GENERATE.number,
        latestTransactionStatus=DONE if paid else CANCELLED if late else PENDING,
        amount=snap.money(code.amount),
    )
    return told, []


DOING: dict[Service, Callable[[Book, Body, datetime], Told]] = {
    services.CREATE_VA: _create,
    services.UPDATE_VA: _update,
    services.UPDATE_STATUS: _mark,
    services.INQUIRY_VA: _inquiry,
    services.DELETE_VA: _delete,
    services.STATUS: _status,
    services.REPORT: _report,
    services.QR_GENERATE: _qr_generate,
    services.QR_QUERY: _qr_query,
}
