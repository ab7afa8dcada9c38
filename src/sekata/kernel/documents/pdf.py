"""PDF/A from Typst. A room's template lies beside its `documents.py` and imports the house's letter frame."""

import json
import threading
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path

import segno
import typst

from sekata.kernel.documents import glyphs

ROOT = Path(__file__).resolve().parent.parent.parent
FRAME = ROOT / "kernel" / "documents" / "typst"
STANDARDS = ["a-3b", "ua-1"]
"""Kept for decades (PDF/A-3b) and readable by a screen reader (PDF/UA-1)."""

_local = threading.local()


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def _compiler() -> typst.Compiler:
    """One compiler a thread, kept warm: it cannot be shared while it works."""
    if not hasattr(_local, "compiler"):
        _local.compiler = typst.Compiler(root=ROOT, font_paths=_fonts(), ignore_system_fonts=True)
    return _local.compiler


def render(template: Path, facts: Mapping[str, object]) -> bytes:
    """The PDF/A-3b of `template` filled with `facts` (JSON values; read in Typst by `sys.inputs.facts`).

    Same facts, same bytes: the date inside is the fact `issued_at` (aware), not the moment of printing.
    Text that people typed reaches Typst as JSON strings only, never as markup.
    """
    printable = glyphs.printable(facts)
    try:
        return _compile(template, printable)
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        return _compile(template, glyphs.plain(printable))


def _compile(template: Path, facts: object) -> bytes:
    return _compiler().compile(
        template,
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=_fixed(facts["issued_at"]),
        sys_inputs={"facts": json.dumps(facts, ensure_ascii=False, default=_text)},
    )


def _fixed(moment: datetime) -> datetime:
    """The moment with a plain offset, as the compiler wants it, in whole seconds."""
    offset = moment.utcoffset() or timedelta()
    return moment.astimezone(timezone(offset)).replace(microsecond=0)


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def qr_path(text: str) -> dict[str, object]:
    """A QR code as an SVG document for embedding in templates and pages, and its size in modules."""
    code = segno.make(text, error="m", micro=False)
    return {
        "svg": code.svg_inline(border=2, dark="#111", omitsize=True),
        "size": code.symbol_size(border=2)[0],
    }
