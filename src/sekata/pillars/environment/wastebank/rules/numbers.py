"""Numbers of the room: banks, customers, deposits, provisional receipts, and the targets of a withdrawal."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sekata.lib import codes
from sekata.lib.numbers import digits
from sekata.lib.result import Reason

BANK_CODE = re.compile(r"BS([UI])-(\d{4})-(\d{3})")
PREFIX = re.compile(r"[A-Z]\d{2}")
PROVISIONAL = re.compile(r"([A-Z]\d{2})-(\d{6})")
SERIAL_DIGITS, CUSTOMER_DIGITS = 6, 11
LETTERS = "DEFGHJKLMNPQRSTUVWXYZABC"
"""Letters of device prefixes, D first; I and O are left out because a hand writes them like 1 and 0."""


def bank_code(kind: str, regency: str, serial: int) -> str:
    """`BSU-1405-007`: kind unit or central, `regency` the Home Affairs code (14.05), serial 1 to 999."""
    if not 1 <= serial <= 999:
        raise ValueError("a regency has at most 999 banks of a kind")
    letter = {"unit": "U", "central": "I"}[kind]
    return f"BS{letter}-{regency.replace('.', '')}-{serial:03d}"


def customer_number(bank_no: str, serial: int) -> str:
    """11 digits: bank (4), serial (6), Luhn check digit; `0012` and 451 give `00120004510`."""
    if len(bank_no) != 4 or not digits.only_digits(bank_no) or not 1 <= serial < 10**SERIAL_DIGITS:
        raise ValueError("bank_no is 4 digits, the serial 1 to 999999")
    body = f"{bank_no}{serial:0{SERIAL_DIGITS}d}"
    return body + codes.check_symbol(body, codes.DIGITS)


def customer_reasons(text: str, field: str = "customer") -> tuple[Reason, ...]:
    """Why `text` is no customer number: its length, or its check digit."""
    value = digits.clean(text)
    reasons = digits.check_length(value, CUSTOMER_DIGITS, "Nomor nasabah", "customer_length", field)
    if reasons:
        return reasons
    if not codes.has_check(value, codes.DIGITS):
        message = "Nomor nasabah salah ketik: angka pemeriksanya tidak cocok. Baca lagi dari kartunya"
        return (Reason("customer_check", message, field),)
    return ()


def deposit_number(bank_no: str, year: int, serial: int) -> str:
    """`BS-0012-2026-000123`."""
    return f"BS-{bank_no}-{year}-{serial:06d}"


def device_prefix(serial: int) -> str:
    """The prefix of a bank's device number `serial` (from 1): D01 to D99, then E01."""
    letter, number = divmod(serial - 1, 99)
    if serial < 1 or letter >= len(LETTERS):
        raise ValueError("no prefix left for this bank")
    return f"{LETTERS[letter]}{number + 1:02d}"


def provisional_number(prefix: str, serial: int) -> str:
    """`D07-000123`, printed on the receipt before the server has answered."""
    return f"{prefix}-{serial:06d}"


def provisional_reasons(text: str, prefix: str) -> tuple[Reason, ...]:
    """Why `text` is not a provisional number of the device with that prefix."""
    found = PROVISIONAL.fullmatch(text)
    if found and found.group(1) == prefix:
        return ()
    return (Reason("provisional_no", f"Nomor sementara harus seperti {prefix}-000123", "provisional_no"),)


@dataclass(frozen=True)
class Target:
    """What the number behind a kind of withdrawal looks like. lengths: allowed numbers of digits."""

    name: str
    lengths: tuple[int, ...]
    pattern: str = ""


def targets(rows: Iterable[tuple[str, str, Iterable[int], str]]) -> dict[str, Target]:
    """kind -> target, from rows (kind, name, lengths, pattern) of the table in force."""
    return {kind: Target(name, tuple(lengths), pattern) for kind, name, lengths, pattern in rows}


def target_reasons(target: Target, text: str, field: str = "target") -> tuple[Reason, ...]:
    """Why a meter, tax object, card or account number cannot be right; asked before any money is held."""
    value = digits.clean(text).replace("-", "")
    if len(value) not in target.lengths or not digits.only_digits(value):
        spans = _spans(target.lengths)
        said = f"{target.name} harus {spans} angka; yang Anda tulis {len(value)}"
        return (Reason("target_length", said, field),)
    if target.pattern and not re.fullmatch(target.pattern, value):
        return (
            Reason("target_form", f"{target.name} tidak berbentuk seperti seharusnya; periksa lagi", field),
        )
    return ()


def _spans(lengths: tuple[int, ...]) -> str:
    if len(lengths) > 2 and list(lengths) == list(range(lengths[0], lengths[-1] + 1)):
        return f"{lengths[0]} sampai {lengths[-1]}"
    return " atau ".join(map(str, lengths))
