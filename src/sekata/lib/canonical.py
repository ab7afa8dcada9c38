"""JSON for hashing and signing: equal content, equal bytes (RFC 8785, JSON Canonicalization Scheme).

Keys in order of their UTF-16 code units, no spaces, UTF-8, numbers as ECMAScript prints them. Beyond JSON:
moments become ISO 8601 in UTC with microseconds, days ISO 8601, Decimal and UUID text (1.50 stays 1.50).
"""

import hashlib
import json
import math
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

SAFE = 2**53 - 1
"""Whole numbers beyond this are not exact in every reader of JSON; write them as text."""


def dump(value: object) -> bytes:
    """The canonical bytes.

    Raises ValueError for what JSON readers cannot hold exactly (NaN, infinities, whole numbers beyond SAFE,
    moments without zone, broken Unicode) and TypeError for kinds of values without a form here.
    """
    return _text(value).encode()


def digest(value: object) -> str:
    """SHA-256 of the canonical bytes, in hex."""
    return hashlib.sha256(dump(value)).hexdigest()


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        members = sorted(value.items(), key=_order)
        return "{" + ",".join(f"{_string(name)}:{_text(item)}" for name, item in members) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(_text(item) for item in value) + "]"
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, int | float):
        return _number(value)
    return _string(value if isinstance(value, str) else _as_string(value))


def _order(member: tuple[str, object]) -> bytes:
    if not isinstance(member[0], str):
        raise TypeError("keys must be text")
    return member[0].encode("utf-16-be")


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _as_string(value: object) -> str:
    match value:
        case datetime():
            return _moment(value)
        case date():
            return value.isoformat()
        case Decimal() if value.is_finite():
            return f"{value:f}"
        case Decimal():
            raise ValueError("not a number that can be written")
        case UUID():
            return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _moment(value: datetime) -> str:
    if value.utcoffset() is None:
        raise ValueError("a moment needs its zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _number(value: int | float) -> str:
    if isinstance(value, int):
        if abs(value) > SAFE:
            raise ValueError("whole number too large for JSON; write it as text")
        return str(int(value))
    if not math.isfinite(value):
        raise ValueError("not a number that can be written")
    return _float(float(value))


def _float(value: float) -> str:
    """As ECMAScript's Number::toString: shortest digits; an exponent from 1e21 on and below 1e-6."""
    if value == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    text = "".join(map(str, digits))
    point = len(text) + exponent
    return "-" * sign + (_plain(text, point) if -6 < point <= 21 else _scientific(text, point - 1))


def _plain(digits: str, point: int) -> str:
    if point <= 0:
        return "0." + "0" * -point + digits
    whole, fraction = digits[:point].ljust(point, "0"), digits[point:]
    return f"{whole}.{fraction}" if fraction else whole


def _scientific(digits: str, exponent: int) -> str:
    head = f"{digits[0]}.{digits[1:]}" if len(digits) > 1 else digits
    return f"{head}e{exponent:+d}"
