"""Workbooks (Office Open XML, ECMA-376) that a spreadsheet opens as they are: numbers as numbers, no formula."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_TITLE = 31
LONGEST_TEXT = 32_767
WIDEST, NARROWEST = 60, 8
DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_TITLE = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True)
class Sheet:
    """A sheet with its heading row. Moments are written in the zone in which they come; Excel knows none."""

    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[object]]


def workbook(sheets: Iterable[Sheet], made_at: datetime) -> bytes:
    """The file; each sheet with a heading that stays in sight and columns as wide as their words."""
    book = Workbook(write_only=True)
    book.properties.creator, book.properties.created = "Sekata", made_at.replace(tzinfo=None)
    for sheet in sheets:
        title = _NOT_TITLE.sub(" ", _NOT_XML.sub("", sheet.title))
        _fill(book.create_sheet(title[:LONGEST_TITLE]), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(page: WriteOnlyWorksheet, sheet: Sheet) -> None:
    rows = [list(row) for row in sheet.rows]
    page.freeze_panes = "A2"
    for place, head in enumerate(sheet.columns):
        longest = max((len(str(row[place])) for row in rows[:200]), default=0)
        width = min(WIDEST, max(NARROWEST, longest, len(head)) + 2)
        page.column_dimensions[get_column_letter(place + 1)].width = width
    page.append([_heading(page, head) for head in sheet.columns])
    for row in rows:
        page.append([_cell(page, value) for value in row])


def _heading(page: WriteOnlyWorksheet, words: str) -> WriteOnlyCell:
    cell = _cell(page, words)
    cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(page: WriteOnlyWorksheet, value: object) -> WriteOnlyCell:
    """Text stays text, even where it looks like a formula (OWASP, CSV injection)."""
    if isinstance(value, datetime):
        return _formatted(page, value.replace(tzinfo=None), MOMENT)
    if isinstance(value, date):
        return _formatted(page, value, DAY)
    if value is None or isinstance(value, bool | int | float | Decimal):
        return WriteOnlyCell(page, value)
    cell = WriteOnlyCell(page)
    cell.value, cell.data_type = _NOT_XML.sub("", str(value))[:LONGEST_TEXT], "s"
    return cell


def _formatted(page: WriteOnlyWorksheet, value: date, shape: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, value)
    cell.number_format = shape
    return cell
