"""The contract with billers (penyedia): inquiry, pay, advice. `our_id` names a payment for ever, on both sides.

A payment whose answer is lost is asked about by `advice`, never paid again.
"""

import hashlib
import hmac
import http.client
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

TIMEOUT_SECONDS = 8
SIGNATURE = "X-Sekata-Signature"


class Away(Exception):
    """No answer, or none that can be read: what happened there is not known."""


class Status(StrEnum):
    """What a biller says about a payment. pending: not decided; unknown: it has not heard of that number (yet)."""

    PAID = "paid"
    FAILED = "failed"
    PENDING = "pending"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Inquiry:
    """Whose target it is and what it costs. amount 0: any amount; ref: names this inquiry when paying; per_gram,
    buy_back, expires_at: a gold quote (R13)."""

    name: str
    amount: int
    fee: int
    ref: str
    per_gram: int = 0
    buy_back: int = 0
    expires_at: datetime | None = None
    refusal: str = ""


@dataclass(frozen=True)
class Answer:
    """The outcome of a payment as far as the biller knows it. token: 20 digits for the customer; reference: theirs."""

    status: Status
    token: str = ""
    reference: str = ""
    message: str = ""


class Biller(Protocol):
    """Who sells tokens, gold, and takes tax and premiums. Each raises `Away` when nothing readable comes back."""

    def inquiry(self, product: str, target: str, amount: int) -> Inquiry: ...

    def pay(self, ref: str, amount: int, our_id: str) -> Answer: ...

    def advice(self, our_id: str) -> Answer: ...


@dataclass(frozen=True)
class HttpBiller:
    """A biller over HTTP: JSON requests signed by HMAC-SHA-256 of their bytes."""

    url: str
    key: bytes
    timeout: float = TIMEOUT_SECONDS

    def inquiry(self, product: str, target: str, amount: int) -> Inquiry:
        told = self._ask("inquiry", {"product": product, "target": target, "amount": amount})
        try:
            until = told.get("expires_at")
            return Inquiry(
                name=str(told.get("name", "")),
                amount=int(told.get("amount", 0)),
                fee=int(told.get("fee", 0)),
                ref=str(told.get("ref", "")),
                per_gram=int(told.get("per_gram", 0)),
                buy_back=int(told.get("buy_back", 0)),
                expires_at=datetime.fromisoformat(until) if until else None,
                refusal=str(told.get("refusal", "")),
            )
        except (TypeError, ValueError) as error:
            raise Away("unreadable") from error

    def pay(self, ref: str, amount: int, our_id: str) -> Answer:
        return self._answer(self._ask("pay", {"ref": ref, "amount": amount, "our_id": our_id}))

    def advice(self, our_id: str) -> Answer:
        return self._answer(self._ask("advice", {"our_id": our_id}))

    def _answer(self, told: dict[str, object]) -> Answer:
        try:
            status = Status(told.get("status"))
        except ValueError as error:
            raise Away("unreadable") from error
        return Answer(status, *(str(told.get(name, "")) for name in ("token", "reference", "message")))

    def _ask(self, verb: str, content: dict[str, object]) -> dict[str, object]:
        body = json.dumps(content).encode()
        headers = {"Content-Type": "application/json", SIGNATURE: signature(self.key, body)}
        call = urllib.request.Request(  # noqa: S310 - the operator's own address
            f"{self.url.rstrip('/')}/{verb}", body, headers
        )
        try:
            with urllib.request.urlopen(call, timeout=self.timeout) as answer:  # noqa: S310
                told = json.load(answer)
        except (urllib.error.URLError, http.client.HTTPException, ValueError, OSError) as error:
            raise Away(type(error).__name__) from error
        if not isinstance(told, dict):
            raise Away("unreadable")
        return told


def signature(key: bytes, body: bytes) -> str:
    """What proves that a request came from this house."""
    return hmac.new(key, body, hashlib.sha256).hexdigest()
