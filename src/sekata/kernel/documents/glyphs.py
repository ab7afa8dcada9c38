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

_DRAWN = tuple(
    tuple(int(end, 16) for end in part.split("-"))
    for part in [
        "20-7E",
        "A0-AC",
        "AE-377",
        "384-38A",
        "38C-38C",
        "38E-3A1",
        "3A3-4FF",
        "5D0-5EA",
        "606-60C",
        "61B-61B",
        "61F-61F",
        "621-63A",
        "640-652",
        "660-66D",
        "679-67B",
        "67E-680",
        "686-687",
        "691-691",
        "698-698",
        "6A4-6A4",
        "6A9-6A9",
        "6AF-6AF",
        "6BE-6BE",
        "6CC-6CC",
        "6F0-6F9",
        "1E00-1EFF",
        "2000-200A",
        "2010-2027",
        "202F-205E",
        "2070-2071",
        "2074-208E",
        "20A0-20C0",
        "2100-2151",
        "2153-2184",
        "2190-22FF",
        "2460-25FF",
    ]
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
