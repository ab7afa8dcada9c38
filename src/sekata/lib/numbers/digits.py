"""What all numbers written in digits share: cleaning, masking, and the sentence for a wrong length."""

import re

from sekata.lib.result import Reason

_LOOSE = re.compile(r"[\s.]")
_SCIENTIFIC = re.compile(r"[0-9],?[0-9]*[eE][+]?[0-9]+")


def clean(text: str) -> str:
    """`text` without spaces and dots, as people and spreadsheets write long numbers."""
    return _LOOSE.sub("", text)


def mask(value: str, head: int, tail: int) -> str:
    """Stars for all but the first `head` and the last `tail` characters; all stars for a short value."""
    if len(value) <= head + tail:
        return "*" * len(value)
    return value[:head] + "*" * (len(value) - head - tail) + value[len(value) - tail :]


def only_digits(value: str) -> bool:
    """Whether `value` is ASCII digits alone; digits of other scripts are refused."""
    return value.isascii() and value.isdigit()


def check_length(value: str, length: int, name: str, code: str, field: str) -> tuple[Reason, ...]:
    """The reason why the cleaned `value` is not `length` digits; `name` is what the number is called."""
    if len(value) == length and only_digits(value):
        return ()
    return (Reason(code, _length_sentence(value, length, name), field),)


def _length_sentence(value: str, length: int, name: str) -> str:
    if not value:
        return f"{name} belum diisi; tulis {length} angka"
    if _SCIENTIFIC.fullmatch(value):
        return f"{name} berubah di lembar kerja; jadikan kolomnya teks, lalu tulis lagi {length} angka"
    if not only_digits(value):
        return f"{name} harus {length} angka; hapus huruf dan tanda lain"
    return f"{name} harus {length} angka; yang Anda tulis {len(value)}"
