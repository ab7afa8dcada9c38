"""SNAP BI 1.0 (Bank Indonesia's national open API payment standard): signatures, times, amounts, answer codes.

Texts are verified over the bytes that came; the minified form takes away white space outside strings only (R19).
"""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

SKEW = timedelta(minutes=5)
TOKEN_SECONDS = 900
PARTNER_SERVICE_WIDTH = 8
_STRINGS_AND_SPACE = re.compile(rb'("(?:[^"\\]|\\.)*")|[ \t\r\n]+')
_AMOUNT = re.compile(r"[0-9]{1,16}\.[0-9]{2}")


class Service:
    """Numbers of services inside an answer code."""

    TOKEN, INQUIRY, PAYMENT, STATUS, CREATE, NOTIFY, REPORT = "73", "24", "25", "26", "27", "34", "35"
    QR_GENERATE, QR_NOTIFY = "47", "52"


@dataclass(frozen=True)
class Case:
    """One outcome: HTTP status, number of the case, words."""

    status: int
    number: str
    message: str

    def code(self, service: str) -> str:
        return f"{self.status}{service}{self.number}"


SUCCESS = Case(200, "00", "Successful")
BAD_REQUEST = Case(400, "00", "Bad Request")
BAD_FORMAT = Case(400, "01", "Invalid Field Format")
MISSING_FIELD = Case(400, "02", "Invalid Mandatory Field")
UNAUTHORIZED = Case(401, "00", "Unauthorized. Signature")
INVALID_TOKEN = Case(401, "01", "Invalid Token (B2B)")
NOT_FOUND = Case(404, "12", "Invalid Bill/Virtual Account")
INVALID_AMOUNT = Case(404, "13", "Invalid Amount")
PAID_BILL = Case(404, "14", "Paid Bill")
EXPIRED_BILL = Case(404, "19", "Invalid Bill/Virtual Account")
CONFLICT = Case(409, "00", "Conflict")
GENERAL_ERROR = Case(500, "00", "General Error")
TIMEOUT = Case(504, "00", "Timeout")


class Malformed(Exception):
    """A message that is not what the standard asks for; field: which member, missing: whether it is absent."""

    def __init__(self, field: str, missing: bool = False):
        super().__init__(field)
        self.field, self.missing = field, missing


def minified(body: bytes) -> bytes:
    """The JSON text without white space outside strings; order of members and bytes of strings stay."""
    return _STRINGS_AND_SPACE.sub(lambda found: found.group(1) or b"", body)


def string_to_sign(method: str, path: str, token: str, body: bytes, timestamp: str) -> str:
    """METHOD:path:token:sha256(minified body) in lower hex:timestamp; partners without tokens leave theirs out."""
    parts = [method.upper(), path, token, hashlib.sha256(minified(body)).hexdigest(), timestamp]
    return ":".join(parts if token else parts[:2] + parts[3:])


def sign(secret: str, text: str) -> str:
    """X-SIGNATURE of a transaction: Base64 of HMAC-SHA512."""
    return base64.b64encode(_mac(secret, text)).decode()


def signed(secret: str, text: str, signature: str, hexadecimal: bool = False) -> bool:
    """Whether a transaction's signature is right; hexadecimal: some partners write it so instead of in Base64."""
    mac = _mac(secret, text)
    right = mac.hex() if hexadecimal else base64.b64encode(mac).decode()
    return hmac.compare_digest(right.encode(), (signature.lower() if hexadecimal else signature).encode())


def _mac(secret: str, text: str) -> bytes:
    return hmac.new(secret.encode(), text.encode(), hashlib.sha512).digest()


def rsa_sign(private_pem: str, text: str) -> str:
    """Base64 of SHA256withRSA, as a token request is signed."""
    key = serialization.load_pem_private_key(private_pem.encode(), password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return base64.b64encode(key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())).decode()


def rsa_signed(public_pem: str, text: str, signature: str) -> bool:
    """Whether SHA256withRSA by this public key fits."""
    key = serialization.load_pem_public_key(public_pem.encode())
    assert isinstance(key, rsa.RSAPublicKey)
    try:
        key.verify(
            base64.b64decode(signature, validate=True), text.encode(), padding.PKCS1v15(), hashes.SHA256()
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def moment(text: str, field: str = "X-TIMESTAMP") -> datetime:
    """ISO 8601 with a zone. Raises Malformed."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Malformed(field) from error
    if found.tzinfo is None:
        raise Malformed(field)
    return found


def timely(timestamp: str, now: datetime) -> bool:
    """Whether a message's time is within five minutes of ours."""
    try:
        return abs(moment(timestamp) - now) <= SKEW
    except Malformed:
        return False


def amount(value: object, field: str) -> int:
    """Whole rupiah of {"value": "424875.00", "currency": "IDR"}. Raises Malformed for a number, cents, no decimals."""
    if not isinstance(value, Mapping):
        raise Malformed(field, missing=value is None)
    text = value.get("value")
    if not isinstance(text, str) or not _AMOUNT.fullmatch(text) or value.get("currency") != "IDR":
        raise Malformed(f"{field}.value" if text is not None else field)
    exact = Decimal(text)
    if exact != exact.to_integral_value():
        raise Malformed(f"{field}.value")
    return int(exact)


def money(rupiah: int) -> dict[str, str]:
    """The same the other way."""
    return {"value": f"{rupiah}.00", "currency": "IDR"}


def text(body: Mapping[str, object], field: str, longest: int = 64) -> str:
    """A member that must be a text. Raises Malformed."""
    value = body.get(field)
    if value in (None, ""):
        raise Malformed(field, missing=True)
    if not isinstance(value, str) or len(value) > longest:
        raise Malformed(field)
    return value


def parsed(body: bytes) -> Mapping[str, object]:
    """The object in a body. Raises Malformed."""
    try:
        found = json.loads(body)
    except (ValueError, UnicodeDecodeError) as error:
        raise Malformed("body") from error
    if not isinstance(found, dict):
        raise Malformed("body")
    return found


def answer(case: Case, service: str, **more: object) -> dict[str, object]:
    """The body of an answer."""
    return {"responseCode": case.code(service), "responseMessage": case.message, **more}


def partner_service_id(corporate: str) -> str:
    """Eight characters, padded with spaces on the left."""
    return corporate.rjust(PARTNER_SERVICE_WIDTH)
