"""CSV (RFC 4180) that a spreadsheet can open without harm."""

import csv
import io
from collections.abc import Iterable, Iterator

MIME = "text/csv; charset=utf-8"
BOM = "\ufeff"
"""Without it Excel reads UTF-8 as something else."""

_TRIGGERS = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: object) -> object:
    """Text that a spreadsheet would run as a formula gets an apostrophe (OWASP, CSV injection)."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_TRIGGERS) else value


def lines(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The file line by line, the header first, each ended by CR LF."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in _all(columns, rows):
        writer.writerow([harmless(value) for value in row])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def _all(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[Iterable[object]]:
    yield columns
    yield from rows
