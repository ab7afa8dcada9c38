"""Telephone numbers in E.164 (`+6281234567890`), from whatever people write; numbers from abroad too."""

import re

from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    PhoneNumberType,
    format_number,
    is_possible_number,
    number_type,
)
from phonenumbers import (
    parse as parse_number,
)

from sekata.lib.numbers import digits
from sekata.lib.result import Reason, Refused

HOME = "ID"

_TYPED = re.compile(r"\+?[0-9 ()./-]+")
_ABROAD = re.compile(r"^00")
_STORED = re.compile(r"\+62[1-9][0-9]{7,12}|\+(?!62)[1-9][0-9]{7,14}")


def parse(text: str, field: str = "phone") -> str:
    """The number in E.164; without a country code it is taken for Indonesian (08..., 8..., 62...).

    00 before a country code is read as +. Raises Refused with `phone_invalid`. Only the possible length is
    judged, not the operator's prefix: new prefixes appear, and a code sent to the number proves it.
    """
    typed = _ABROAD.sub("+", " ".join(text.split()))
    value = _e164(typed) if _TYPED.fullmatch(typed) else ""
    if not _STORED.fullmatch(value) or _e164(value) != value:
        message = "Tulis nomor telepon dengan angka, misalnya 0812 3456 7890; dari luar negeri mulai dengan +"
        raise Refused(Reason("phone_invalid", message, field))
    return value


def check(text: str, field: str = "phone") -> tuple[Reason, ...]:
    """The reasons of `parse`, without the exception."""
    try:
        parse(text, field)
    except Refused as refused:
        return refused.reasons
    return ()


def is_home(value: str) -> bool:
    """Whether an E.164 number is Indonesian; one from abroad needs an e-mail address beside it."""
    return value.startswith("+62")


def is_mobile(value: str) -> bool:
    """Whether an E.164 number is known to be a mobile one, which can take an SMS."""
    kinds = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
    return number_type(parse_number(value)) in kinds


def shown(value: str) -> str:
    """As people read it: `0812-3456-7890` at home, `+60 12-345 6789` from abroad."""
    form = PhoneNumberFormat.NATIONAL if is_home(value) else PhoneNumberFormat.INTERNATIONAL
    return format_number(parse_number(value), form)


def mask(value: str) -> str:
    """Only the last three digits stay, as lists show it (identity R12)."""
    return digits.mask(value, head=0, tail=3)


def _e164(typed: str) -> str:
    try:
        number = parse_number(typed, HOME)
    except NumberParseException:
        return ""
    return format_number(number, PhoneNumberFormat.E164) if is_possible_number(number) else ""
