"""Our calls to a bank by SNAP BI 1.0: virtual accounts, the day's report, QRIS codes.

A call that got no answer may be repeated: what writes bears an X-EXTERNAL-ID computed from its content, so that the
bank recognises it. Customer numbers are checked before anything is sent.
"""

import hashlib
import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from http.client import HTTPException

from sekata.kernel.payments.models import Channel, Partner
from sekata.kernel.payments.standards import numbers, qris, services, snap
from sekata.kernel.payments.standards.services import Service
from sekata.kernel.payments.terms import Notice
from sekata.kernel.people import vault
from sekata.lib import clock

TIMEOUT_SECONDS = 10
LONGEST = 32 * 1024 * 1024
CHANNEL = "95221"
EXTERNAL_DIGITS = 9
"""BRI's X-EXTERNAL-ID is nine digits; two calls of a day may meet by chance, then the next one is tried."""
EXTERNAL_TRIES = 3
PAID = "00"


class Unanswered(Exception):
    """The bank did not answer in time, or not in the standard's words: whether it did what was asked is unknown."""


class Declined(Exception):
    """The bank said no. code: its seven digits; status: the first three of them."""

    def __init__(self, status: int, code: str, message: str):
        super().__init__(f"{code} {message}".strip())
        self.status, self.code = status, code

    @property
    def case(self) -> str:
        """The last two digits: what of its kind it is."""
        return self.code[-2:]


@dataclass(frozen=True)
class Account:
    """A virtual account at the bank. expires: the last moment at which it may be paid (R17); trx_id: our name of what
    is asked, another one whenever something of it changes; paid: what the bank says of it."""

    customer_no: str
    name: str
    amount: int
    expires: datetime
    trx_id: str
    paid: bool = False


@dataclass(frozen=True)
class Standing:
    """Whether a virtual account was paid, with what and when."""

    paid: bool
    amount: int = 0
    at: datetime | None = None


@dataclass(frozen=True)
class Code:
    """A QRIS code. reference: the bank's name of it; content: the payload to draw."""

    reference: str
    customer_no: str
    content: str


@dataclass(frozen=True)
class CodeStanding:
    """What became of a QRIS code; status as in SNAP BI, "00" for paid."""

    status: str
    amount: int

    @property
    def paid(self) -> bool:
        return self.status == PAID


@dataclass(frozen=True)
class Report:
    """A bank's report of a day as it came."""

    raw: bytes

    def lines(self) -> list[Notice]:
        """What was paid. Raises snap.Malformed for a line that cannot be read: never a part of a report."""
        items = snap.parsed(self.raw).get("virtualAccountData") or []
        if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
            raise snap.Malformed("virtualAccountData")
        return [_line(item) for item in items]


def _line(item: Mapping[str, object]) -> Notice:
    more = item.get("additionalInfo") or {}
    if not isinstance(more, Mapping):
        raise snap.Malformed("additionalInfo")
    request = snap.text(item, "paymentRequestId")
    channel = str(more.get("channel") or Channel.VA).lower()
    if channel not in Channel.values:
        raise snap.Malformed("additionalInfo.channel")
    return Notice(
        channel=channel,
        customer_no=snap.text(item, "customerNo", 20),
        amount=snap.amount(item.get("paidAmount"), "paidAmount"),
        trx_at=snap.moment(snap.text(item, "trxDateTime"), "trxDateTime"),
        bank_ref=snap.text(more, "journalSeq") if more.get("journalSeq") else request,
        request_id=request,
        terminal=snap.text(more, "terminalId", 32) if more.get("terminalId") else "",
    )


class _Straight(urllib.request.HTTPRedirectHandler):
    """A bank's address answers itself: a token is never carried on to another one."""

    def redirect_request(self, *told: object) -> None:
        return None


_opener = urllib.request.build_opener(_Straight)
_tokens: dict[str, tuple[str, datetime]] = {}


def forget_tokens() -> None:
    """Ask for a new token at the next call to any bank."""
    _tokens.clear()


class Client:
    """The line to one bank. ValueError for a partner without a web address or without a key of ours."""

    def __init__(self, partner: Partner, timeout: float = TIMEOUT_SECONDS):
        if not partner.address.startswith(("https://", "http://")):
            raise ValueError(f"{partner.code} has no address")
        self._held = vault.use(partner.vault)
        if not {"secret", "our_key"} <= self._held.keys():
            raise ValueError(f"{partner.code} has no key of ours")
        self.partner, self.timeout = partner, timeout
        self._address = partner.address.rstrip("/")

    def create(self, account: Account) -> Account:
        """Have a virtual account made, fixed in amount and end."""
        return self._account(services.CREATE_VA, self._asked(account))

    def update(self, account: Account) -> Account:
        """Change amount, name or end of one; under a new trx_id."""
        return self._account(services.UPDATE_VA, self._asked(account))

    def mark(self, customer_no: str, trx_id: str, *, paid: bool) -> None:
        """Tell the bank that it was paid elsewhere, or is to be paid again."""
        body = self._numbers(customer_no) | {"trxId": trx_id, "paidStatus": "Y" if paid else "N"}
        self._ask(services.UPDATE_STATUS, body)

    def inquire(self, customer_no: str, trx_id: str) -> Account:
        """What the bank knows of a virtual account."""
        return self._account(services.INQUIRY_VA, self._numbers(customer_no) | {"trxId": trx_id})

    def delete(self, customer_no: str, trx_id: str) -> None:
        """Have a virtual account taken away."""
        self._ask(services.DELETE_VA, self._numbers(customer_no) | {"trxId": trx_id})

    def status(self, customer_no: str) -> Standing:
        """Whether a virtual account was paid."""
        request = self._numbers(customer_no) | {"inquiryRequestId": secrets.token_hex(16)}
        answer = self._ask(services.STATUS, request)
        more, data = _part(answer, "additionalInfo"), _part(answer, "virtualAccountData")
        if more.get("paidStatus") != "Y":
            return Standing(False)
        at = snap.moment(snap.text(data, "trxDateTime"), "trxDateTime")
        return Standing(True, snap.amount(data.get("paidAmount"), "paidAmount"), at)

    def report(self, day: date, since: time = time.min, until: time = time(23, 59, 59)) -> Report:
        """What was paid on a WIB day, between two times of it."""
        body = {
            "partnerServiceId": snap.partner_service_id(self.partner.corporate),
            "startDate": day.isoformat(),
            "startTime": since.replace(tzinfo=clock.WIB).strftime("%H:%M:%S+07:00"),
            "endTime": until.replace(tzinfo=clock.WIB).strftime("%H:%M:%S+07:00"),
        }
        return Report(self._asked_raw(services.REPORT, body))

    def qr_generate(self, customer_no: str, amount: int, expires: datetime) -> Code:
        """Have a QRIS code made for one bill. A payload that a payer's application would refuse is Unanswered."""
        body = {
            "partnerReferenceNo": self._checked(customer_no),
            "amount": snap.money(amount),
            "merchantId": self.partner.our_id,
            "validityPeriod": _stamp(expires),
        }
        answer = self._ask(services.QR_GENERATE, body)
        content = snap.text(answer, "qrContent", 512)
        if wrong := qris.problems(content):
            raise Unanswered(f"the bank's QRIS code is wrong: {wrong[0].field} {wrong[0].message}")
        return Code(snap.text(answer, "referenceNo"), customer_no, content)

    def qr_query(self, code: Code) -> CodeStanding:
        """What became of a code."""
        body = {
            "originalReferenceNo": code.reference,
            "originalPartnerReferenceNo": self._checked(code.customer_no),
            "serviceCode": services.QR_GENERATE.number,
        }
        answer = self._ask(services.QR_QUERY, body)
        status = snap.text(answer, "latestTransactionStatus", 2)
        return CodeStanding(status, snap.amount(answer.get("amount"), "amount"))

    # -- bodies --

    def _checked(self, customer_no: str) -> str:
        numbers.va_number(self.partner.corporate, customer_no)
        return customer_no

    def _numbers(self, customer_no: str) -> dict[str, object]:
        service = snap.partner_service_id(self.partner.corporate)
        return {
            "partnerServiceId": service,
            "customerNo": self._checked(customer_no),
            "virtualAccountNo": service + customer_no,
        }

    def _asked(self, account: Account) -> dict[str, object]:
        return self._numbers(account.customer_no) | {
            "virtualAccountName": account.name,
            "totalAmount": snap.money(account.amount),
            "expiredDate": _stamp(account.expires),
            "trxId": account.trx_id,
            "additionalInfo": {},
        }

    def _account(self, service: Service, body: Mapping[str, object]) -> Account:
        data = _part(self._ask(service, body), "virtualAccountData")
        made = Account(
            customer_no=snap.text(data, "customerNo", 20).strip(),
            name=snap.text(data, "virtualAccountName", 255),
            amount=snap.amount(data.get("totalAmount"), "totalAmount"),
            expires=snap.moment(snap.text(data, "expiredDate"), "expiredDate"),
            trx_id=snap.text(data, "trxId"),
        )
        return replace(made, paid=data.get("paidStatus") == "Y")

    # -- the line --

    def _ask(self, service: Service, body: Mapping[str, object]) -> Mapping[str, object]:
        """The answer to a call. Raises Unanswered, Declined, snap.Malformed."""
        return snap.parsed(self._asked_raw(service, body))

    def _asked_raw(self, service: Service, body: Mapping[str, object]) -> bytes:
        text = json.dumps(body, ensure_ascii=False).encode()
        for number in range(EXTERNAL_TRIES):
            external = _external(service, text, number)
            status, raw = self._proved(service, text, external)
            if status != 409 or _code(raw) != f"409{service.number}00":
                break
        return _insisted(status, raw)

    def _proved(self, service: Service, text: bytes, external: str) -> tuple[int, bytes]:
        """Send a call; where the bank no longer knows our token, once more with a new one."""
        status, raw = self._signed(service, text, external)
        if status == 401:
            _tokens.pop(self._line, None)
            status, raw = self._signed(service, text, external)
        return status, raw

    def _signed(self, service: Service, text: bytes, external: str) -> tuple[int, bytes]:
        token, stamp = self._token(), _stamp(clock.now())
        told = snap.string_to_sign(service.method, service.address, token, text, stamp)
        headers = {
            "Authorization": f"Bearer {token}",
            "X-TIMESTAMP": stamp,
            "X-SIGNATURE": snap.sign(self._held["secret"], told),
            "X-PARTNER-ID": self.partner.our_id,
            "CHANNEL-ID": CHANNEL,
            "X-EXTERNAL-ID": external,
        }
        return self._sent(service, text, headers)

    @property
    def _line(self) -> str:
        return f"{self._address} {self.partner.our_id}"

    def _token(self) -> str:
        """The token that we hold, or a new one, asked for with our private key (R19)."""
        token, ends = _tokens.get(self._line, ("", clock.now()))
        if token and clock.now() < ends:
            return token
        stamp = _stamp(clock.now())
        headers = {
            "X-CLIENT-KEY": self.partner.our_id,
            "X-TIMESTAMP": stamp,
            "X-SIGNATURE": snap.rsa_sign(self._held["our_key"], f"{self.partner.our_id}|{stamp}"),
        }
        asked = clock.now()
        answer = snap.parsed(
            _insisted(*self._sent(services.TOKEN, b'{"grantType":"client_credentials"}', headers))
        )
        token, seconds = snap.text(answer, "accessToken", 4096), str(answer.get("expiresIn"))
        if not seconds.isdigit():
            raise snap.Malformed("expiresIn")
        _tokens[self._line] = token, asked + timedelta(seconds=int(seconds))
        return token

    def _sent(self, service: Service, text: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        call = urllib.request.Request(  # noqa: S310 - the address of a connected bank
            self._address + service.address,
            text,
            {"Content-Type": "application/json", **headers},
            method=service.method,
        )
        try:
            try:
                with _opener.open(call, timeout=self.timeout) as answer:
                    return answer.status, _whole(answer)
            except urllib.error.HTTPError as declined:
                with declined:
                    return declined.code, _whole(declined)
        except (OSError, HTTPException) as error:
            raise Unanswered(f"{self.partner.code}: {error}") from error


def _whole(answer) -> bytes:
    raw = answer.read(LONGEST + 1)
    if len(raw) > LONGEST:
        raise HTTPException("the answer is too long")
    return raw


def _insisted(status: int, raw: bytes) -> bytes:
    """An answer that says yes. Raises Declined for a no, Unanswered for a fault of the bank's (5xx) or no SNAP."""
    code = _code(raw)
    if status >= 500 or not code:
        raise Unanswered(f"{status} {code}".strip())
    if status != 200 or not code.startswith("200"):
        raise Declined(int(code[:3]), code, str(snap.parsed(raw).get("responseMessage", "")))
    return raw


def _code(raw: bytes) -> str:
    """The seven digits of an answer, empty where there are none."""
    try:
        code = str(snap.parsed(raw).get("responseCode", ""))
    except snap.Malformed:
        return ""
    return code if len(code) == 7 and code.isdigit() else ""


def _part(answer: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = answer.get(name)
    if not isinstance(found, Mapping):
        raise snap.Malformed(name, missing=found is None)
    return found


def _stamp(at: datetime) -> str:
    return at.astimezone(clock.WIB).isoformat(timespec="seconds")


def _external(service: Service, text: bytes, number: int) -> str:
    """X-EXTERNAL-ID: of what writes always the same for the same content, of what asks always another."""
    if not service.writes:
        return str(secrets.randbelow(10**EXTERNAL_DIGITS)).zfill(EXTERNAL_DIGITS)
    mark = hashlib.sha256(f"{number} {service.path} ".encode() + text).digest()
    return str(int.from_bytes(mark) % 10**EXTERNAL_DIGITS).zfill(EXTERNAL_DIGITS)
