"""Excel workbooks: written for the national report, read for the import of customers."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank.standards.data_package import harmless

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS, MOST_BYTES, WIDTH = 5_000, 5 * 1024 * 1024, 18


def write(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], notes: Sequence[str]
) -> bytes:
    """A workbook of one sheet with a bold head, and notes on a second."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for place in range(1, len(columns) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = WIDTH
    sheet.append([_bold(sheet, name) for name in columns])
    for row in rows:
        sheet.append([_plain(value) for value in row])
    about = book.create_sheet("Keterangan")
    for note in notes:
        about.append([note])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _bold(sheet, name: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=name)
    cell.font = Font(bold=True)
    return cell


def _plain(value: object) -> object:
    return value if isinstance(value, int | Decimal) else harmless(value)


def read(content: bytes, columns: Sequence[str]) -> list[dict[str, str]]:
    """Rows of the first sheet as text, by the names in its first row; empty rows are left out.

    Refused (422) for what is no workbook, lacks a column or is too large. Numbers lose no digit and gain none.
    """
    if len(content) > MOST_BYTES:
        raise Refused.because("file", "Berkas terlalu besar; paling banyak 5 MB.", "file")
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = list(book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS + 2))
    except Exception as error:  # the reader raises whatever a broken archive makes it raise
        raise Refused.because("file", "Berkas ini bukan lembar kerja Excel (.xlsx).", "file") from error
    if len(rows) > MOST_ROWS + 1:
        raise Refused.because("file", f"Paling banyak {MOST_ROWS} baris sekali impor.", "file")
    head = [str(name or "").strip().lower() for name in rows[0]] if rows else []
    missing = [name for name in columns if name not in head]
    if missing:
        raise Refused.because("columns", f"Kolom tidak ada: {', '.join(missing)}.", "file")
    places = {name: head.index(name) for name in columns}
    found = [{name: _text(row[place]) for name, place in places.items()} for row in rows[1:]]
    return [row for row in found if any(row.values())]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return f"{int(value)}"
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value).strip()
