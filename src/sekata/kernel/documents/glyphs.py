"""What people typed, made printable: PDF/A refuses a character that no font of ours can draw.

Only the fonts inside the Typst wheel are used, so that a sheet looks alike on every machine.
"""

import re
import unicodedata
from collections.abc import Mapping

from sekata.kernel.documents.pictures import Svg

BOX = "□"
EMOJI = "[emoji]"
BREAK = "\N{ZERO WIDTH SPACE}"

_DRAWN = (
    *((0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x377), (0x384, 0x38A), (0x38C, 0x38C), (0x38E, 0x3A1), (0x3A3, 0x4FF)),
    *((0x5D0, 0x5EA), (0x606, 0x60C), (0x61B, 0x61B), (0x61F, 0x61F), (0x621, 0x63A), (0x640, 0x652)),
    *((0x660, 0x66D), (0x679, 0x67B), (0x67E, 0x680), (0x686, 0x687), (0x691, 0x691), (0x698, 0x698)),
    *((0x6A4, 0x6A4), (0x6A9, 0x6A9), (0x6AF, 0x6AF), (0x6BE, 0x6BE), (0x6CC, 0x6CC), (0x6F0, 0x6F9)),
    *((0x1E00, 0x1EFF), (0x2000, 0x200A), (0x2010, 0x2027), (0x202F, 0x205E), (0x2070, 0x2071), (0x2074, 0x208E)),
    *((0x20A0, 0x20C0), (0x2100, 0x2151), (0x2153, 0x2184), (0x2190, 0x22FF), (0x2460, 0x25FF)),
)
"""Ranges that the embedded fonts draw; a test prints every one of them."""

_ARABIC_MARKS = range(0x64B, 0x653)
_EMOJI = re.compile(
    "(?:[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u231a\u231b\u23e9-\u23fa]"
    "[\ufe0e\ufe0f\u200d\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*)+"
)
_ENDLESS = re.compile(r"[^\s\-/.\u200b]{25,}|\S{60,}")
_RUN = 20


def printable(value: object) -> object:
    """JSON values with every text in them made printable; pictures stay as they are."""
    if isinstance(value, str):
        return value if isinstance(value, Svg) else text(value)
    if isinstance(value, Mapping):
        return {key: printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [printable(item) for item in value]
    return value


def text(raw: str) -> str:
    """One text: emoji named, unknown scripts as boxes, controls gone, endless words breakable."""
    composed = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\t", " "))
    drawn = "".join(map(_drawn, _EMOJI.sub(EMOJI, composed)))
    return _ENDLESS.sub(_breakable, drawn)


def plain(value: object) -> object:
    """JSON values in Latin letters alone: the last resort, so that no receipt is ever held up by its text."""
    if isinstance(value, str) and not isinstance(value, Svg):
        return "".join(sign if sign == "\n" or " " <= sign <= "ÿ" else "?" for sign in value)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


def _drawn(sign: str) -> str:
    if sign == "\n":
        return sign
    category = unicodedata.category(sign)
    if category[0] == "C" or category in {"Zl", "Zp"}:
        return ""
    if category[0] == "M":
        return sign if ord(sign) in _ARABIC_MARKS else ""
    if _known(sign):
        return sign
    simpler = unicodedata.normalize("NFKC", sign)
    return simpler if simpler != sign and all(map(_known, simpler)) else BOX


def _known(sign: str) -> bool:
    code = ord(sign)
    return any(first <= code <= last for first, last in _DRAWN)


def _breakable(run: re.Match) -> str:
    word = run.group()
    return BREAK.join(word[start : start + _RUN] for start in range(0, len(word), _RUN))
