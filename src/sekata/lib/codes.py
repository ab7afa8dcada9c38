"""Codes that people copy by hand: random symbols and one check symbol that catches a slip.

Crockford's base 32 has no I, L, O or U; the check is Luhn's, modulo the size of the alphabet (ISO/IEC 7812
for digits). It catches every wrong symbol and every swap of neighbours but the first with the last symbol of
the alphabet (0 with Z). (Rule R1 of complaints; card and payment numbers use the same check in digits.)
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Sequence

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
DIGITS = "0123456789"
LENGTH = 10
"""Symbols of a tracking code with its check: 45 random bits."""

_LOOSE = re.compile(r"[\s\-\u2010-\u2014]")
_LIKE = str.maketrans("abcdefghjkmnpqrstuvwxyzoOiIlL", "ABCDEFGHJKMNPQRSTUVWXYZ001111")


def make(choose: Callable[[Sequence[str]], str], length: int = LENGTH, alphabet: str = CROCKFORD) -> str:
    """A code of `length` symbols, the check with them; choose(alphabet) gives one symbol."""
    if length < 2:
        raise ValueError("a code needs a symbol beside its check")
    body = "".join(choose(alphabet) for _ in range(length - 1))
    return body + check_symbol(body, alphabet)


def generate(length: int = LENGTH) -> str:
    """A code from the system's source of secrets."""
    return make(secrets.choice, length)


def normalise(text: str) -> str:
    """What was meant: capitals, no spaces or hyphens, O read as 0, I and L as 1. Other signs stay."""
    return _LOOSE.sub("", text).translate(_LIKE)


def is_valid(text: str, length: int = LENGTH) -> bool:
    """Whether `text`, normalised, is a code of that length with the right check symbol."""
    code = normalise(text)
    return len(code) == length and has_check(code)


def shown(text: str, group: int = 5) -> str:
    """In groups, for reading: `K7Q29-F3MXB`."""
    code = normalise(text)
    return "-".join(code[start : start + group] for start in range(0, len(code), group))


def keyed_hash(text: str, key: bytes) -> str:
    """HMAC-SHA-256 of the normalised code in hex; the key lives outside the database."""
    if not key:
        raise ValueError("a keyed hash needs a key")
    return hmac.new(key, normalise(text).encode(), hashlib.sha256).hexdigest()


def check_symbol(body: str, alphabet: str = CROCKFORD) -> str:
    """Luhn's check symbol for `body`; ValueError if a symbol is not of the alphabet."""
    return alphabet[-_luhn(body + alphabet[0], alphabet) % len(alphabet)]


def has_check(code: str, alphabet: str = CROCKFORD) -> bool:
    """Whether `code` consists of the alphabet and ends with its check symbol. Nothing is normalised."""
    return bool(code) and set(code) <= set(alphabet) and _luhn(code, alphabet) % len(alphabet) == 0


def _luhn(code: str, alphabet: str) -> int:
    """Luhn's sum: from the right, every second value is doubled and its two digits are added."""
    base = len(alphabet)
    total = 0
    for place, symbol in enumerate(reversed(code)):
        value = alphabet.index(symbol) * (1 + place % 2)
        total += value // base + value % base
    return total
