"""QRIS payloads, merchant presented (EMVCo QR Code Specification for Payment Systems 1.1, QRIS of Bank Indonesia).

A payload is a row of fields, each an id of two digits, a length of two digits and the value; field 63 closes it with
CRC-16/CCITT-FALSE over everything before its own value. Payloads for payers come from the acquirer; this encoder serves
the bank simulator and the checker (R20).
"""

import binascii
from collections.abc import Mapping
from dataclasses import dataclass

from sekata.lib.numbers import luhn

CRC = "6304"
TAX = "9311"
RUPIAH = "360"


@dataclass(frozen=True)
class Merchant:
    """Who is paid: acquirer's domain, merchant's PAN (18 or 19 digits, the last by Luhn) and ids, name and place."""

    domain: str
    pan: str
    merchant_id: str
    nmid: str
    name: str
    city: str
    postcode: str
    criteria: str = "UBE"


@dataclass(frozen=True)
class Problem:
    """What is wrong with a payload."""

    field: str
    message: str


def crc16(text: str) -> str:
    """CRC-16/CCITT-FALSE (polynomial 1021, start FFFF): four capital hexadecimal digits."""
    return f"{binascii.crc_hqx(text.encode(), 0xFFFF):04X}"


def _field(id: str, value: str) -> str:
    if not 0 < len(value) <= 99:
        raise ValueError(f"field {id}: 1 to 99 characters")
    return f"{id}{len(value):02d}{value}"


def encode(merchant: Merchant, amount: int, bill: str, terminal: str) -> str:
    """A dynamic payload for one bill, amount in rupiah. ValueError for what does not fit the standard."""
    if len(merchant.name) > 25 or len(merchant.city) > 15:
        raise ValueError("name up to 25, city up to 15 characters")
    if len(merchant.pan) not in (18, 19) or not luhn.valid(merchant.pan):
        raise ValueError("the merchant's PAN has 18 or 19 digits and closes by Luhn")
    account = _field("00", merchant.domain) + _field("01", merchant.pan)
    account += _field("02", merchant.merchant_id) + _field("03", merchant.criteria)
    national = _field("00", "ID.CO.QRIS.WWW") + _field("02", merchant.nmid) + _field("03", merchant.criteria)
    told = (
        _field("00", "01")
        + _field("01", "12")
        + _field("26", account)
        + _field("51", national)
        + _field("52", TAX)
        + _field("53", RUPIAH)
        + _field("54", str(amount))
        + _field("58", "ID")
        + _field("59", merchant.name)
        + _field("60", merchant.city)
        + _field("61", merchant.postcode)
        + _field("62", _field("01", bill) + _field("07", terminal))
        + CRC
    )
    return told + crc16(told)


def decode(payload: str) -> Mapping[str, str]:
    """The fields of a payload in their order. ValueError where a length does not fit."""
    fields, rest = {}, payload
    while rest:
        id, size = rest[:2], rest[2:4]
        if not (id.isdigit() and size.isdigit()) or len(rest) < 4 + int(size):
            raise ValueError(f"field {id!r} is cut off")
        fields[id] = rest[4 : 4 + int(size)]
        rest = rest[4 + int(size) :]
    return fields


def problems(payload: str) -> list[Problem]:
    """What a payer's application would refuse, nothing for a good payload."""
    if payload[-8:-4] != CRC:
        return [Problem("63", "the payload does not end in a CRC of four digits")]
    if crc16(payload[:-4]) != payload[-4:]:
        return [Problem("63", f"CRC {payload[-4:]} should be {crc16(payload[:-4])}")]
    try:
        fields = decode(payload)
    except ValueError as error:
        return [Problem("", str(error))]
    wanted = ("00", "01", "52", "53", "58", "59", "60")
    found = [Problem(id, "missing") for id in wanted if id not in fields]
    if fields.get("00") != "01":
        found.append(Problem("00", "version 01 wanted"))
    if fields.get("53") != RUPIAH:
        found.append(Problem("53", "currency 360 wanted"))
    return found + [Problem(id, str(error)) for id, error in _nested(fields)]


def _nested(fields: Mapping[str, str]) -> list[tuple[str, ValueError]]:
    broken = []
    for id in ("26", "51", "62"):
        if id in fields:
            try:
                inner = decode(fields[id])
            except ValueError as error:
                broken.append((id, error))
                continue
            if id == "26" and not luhn.valid(inner.get("01", "")):
                broken.append((id, ValueError("the merchant's PAN does not close by Luhn")))
    return broken
