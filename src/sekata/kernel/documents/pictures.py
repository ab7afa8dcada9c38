"""Pictures on paper, each as one SVG text that travels in the facts; Typst touches no file for it."""

import base64
import io
import re
from functools import lru_cache

import segno
from PIL import Image

_DRAWING = re.compile(r"[MLHVCSQTAZmlhvcsqtaz0-9eE\s,.+-]+")
_POINT = re.compile(r"(-?\d+(?:\.\d+)?)[\s,]+(-?\d+(?:\.\d+)?)")
_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}
_SEAM = 1.02
"""Rows of modules overlap by a hair, or viewers show white lines between them."""


class Svg(str):
    """The source of a picture made here; what people typed is never one."""


@lru_cache(maxsize=64)
def qr(text: str) -> Svg:
    """A QR code (level M) with its quiet zone; dark runs as filled boxes."""
    code = segno.make(text, error="m", micro=False)
    rows = [list(row) for row in code.matrix_iter(border=2)]
    boxes = "".join(_run(y, x, width) for y, row in enumerate(rows) for x, width in _runs(row))
    return _svg(len(rows), len(rows), f'<path fill="#111" d="{boxes}"/>')


def picture(content: bytes) -> Svg:
    """A PNG, JPEG or SVG file (coat of arms, signature); ValueError for anything else."""
    if content.lstrip()[:5] in {b"<?xml", b"<svg "}:
        text = content.decode()
        return Svg(text[text.index("<svg") :])
    try:
        with Image.open(io.BytesIO(content)) as image:
            image.verify()
            (width, height), kind = image.size, _TYPES[image.format]
    except (OSError, SyntaxError, KeyError) as unreadable:
        raise ValueError("not a PNG, JPEG or SVG picture") from unreadable
    data = base64.b64encode(content).decode()
    return _svg(width, height, f'<image width="{width}" height="{height}" href="data:{kind};base64,{data}"/>')


def drawing(path: str) -> Svg:
    """A signature drawn on glass: SVG path data with absolute points.

    ValueError for anything but path data.
    """
    points = [(float(x), float(y)) for x, y in _POINT.findall(path)]
    if not points or not _DRAWING.fullmatch(path):
        raise ValueError("not the path of a drawing")
    left, top = min(x for x, _ in points), min(y for _, y in points)
    width, height = max(x for x, _ in points) - left, max(y for _, y in points) - top
    pen = max(width, height, 1) / 90
    stroke = f'stroke="#111" stroke-width="{pen:.2f}" stroke-linecap="round" stroke-linejoin="round"'
    place = f'transform="translate({pen - left:.2f} {pen - top:.2f})"'
    return _svg(width + 2 * pen, height + 2 * pen, f'<path fill="none" {stroke} {place} d="{path}"/>')


def _svg(width: float, height: float, inside: str) -> Svg:
    box = f"0 0 {width:g} {height:g}"
    return Svg(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{inside}</svg>')


def _runs(row: list[int]) -> list[tuple[int, int]]:
    """Start and length of each run of dark modules."""
    bits = "".join("1" if dark else "0" for dark in row)
    return [(run.start(), len(run.group())) for run in re.finditer("1+", bits)]


def _run(y: int, x: int, width: int) -> str:
    return f"M{x} {y}h{width}v{_SEAM}h-{width}z"
