"""PDF/A from Typst. A room's template lies beside its `documents.py` and imports the house's letter frame."""

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import segno
import typst

ROOT = Path(__file__).resolve().parent.parent.parent
FRAME = ROOT / "kernel" / "documents" / "typst"


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def render(template: Path, facts: dict[str, object]) -> bytes:
    """The PDF/A-3b of `template` filled with `facts` (JSON values; read in Typst by `sys.inputs.facts`).

    Same facts, same bytes: the date inside is the fact `issued_at`, not the moment of printing.
    """
    return typst.compile(
        template,
        root=ROOT,
        format="pdf",
        pdf_standards="a-3b",
        font_paths=[],
        sys_inputs={"facts": json.dumps(facts, ensure_ascii=False, default=_text)},
    )


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def qr_path(text: str) -> dict[str, object]:
    """A QR code as an SVG document for embedding in templates and pages, and its size in modules."""
    code = segno.make(text, error="m", micro=False)
    return {"svg": code.svg_inline(border=2, dark="#111", omitsize=True), "size": code.symbol_size(border=2)[0]}
