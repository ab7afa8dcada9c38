"""Turns of phrase of official Indonesian, and where the templates lie."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from sekata.kernel.documents import pdf
from sekata.lib.words import terbilang
from sekata.pillars.environment.complaints.codes import AttachmentKind
from sekata.web import words

TEMPLATES = Path(__file__).resolve().parent.parent / "typst"
HASH_GROUP = 8


def printed(template: str, facts: dict[str, object]) -> bytes:
    """The PDF of one of the room's templates."""
    return pdf.render(TEMPLATES / f"{template}.typ", facts)


def counted(count: int, noun: str) -> str:
    """`2 (dua) foto`."""
    return f"{count} ({terbilang(count)}) {noun}"


def listed(items: Sequence[str]) -> str:
    """`air`, `air dan tanah`, `air, tanah, dan udara`."""
    if len(items) < 3:
        return " dan ".join(items)
    return f"{', '.join(items[:-1])}, dan {items[-1]}"


def attachments(kinds: Iterable[str]) -> str:
    """`2 (dua) foto dan 1 (satu) video`, in the order of the code list."""
    counts = Counter(AttachmentKind(kind) for kind in kinds)
    parts = [counted(counts[kind], kind.label.lower()) for kind in AttachmentKind if counts[kind]]
    return listed(parts) or "Tidak ada"


def moment(at: datetime) -> str:
    """`Rabu, 18 November 2026, pukul 09.42 WIB`."""
    return f"{words.long_date(at)}, pukul {words.clock_time(at)} WIB"


def stamp(at: datetime) -> str:
    """`18 November 2026, 09.42 WIB`."""
    return f"{words.plain_date(at)}, {words.clock_time(at)} WIB"


def point(lat: float | None, lon: float | None) -> str:
    """`0,39421° LU, 101,84378° BT`; empty where there is no point."""
    if lat is None or lon is None:
        return ""
    north, east = "LU" if lat >= 0 else "LS", "BT" if lon >= 0 else "BB"
    return f"{words.number(abs(lat), 5)}° {north}, {words.number(abs(lon), 5)}° {east}"


def fingerprint(sha256: str) -> str:
    """A hash in groups of eight, so that two people can compare it."""
    return " ".join(sha256[start : start + HASH_GROUP] for start in range(0, len(sha256), HASH_GROUP))
