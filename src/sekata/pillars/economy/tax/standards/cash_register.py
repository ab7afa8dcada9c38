"""The day list of a cash register as CSV: one line a sale or a day, summed by label into the lines of a return.

Columns `label` and `received`, optionally `service` and `vouchers`, in rupiah as people write them; comma or
semicolon between them; UTF-8 with or without mark.
"""

import csv
import io

from sekata.lib import money
from sekata.lib.result import Reason, Refused

AMOUNTS = ("received", "service", "vouchers")
MOST_LINES = 100_000
MOST_LABELS = 40


def parse(content: bytes, field: str = "register") -> list[dict[str, object]]:
    """The lines of a return, in the order in which labels first appear. Refused with the line that is wrong."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(Reason("encoding", "Berkas harus CSV dengan UTF-8.", field)) from None
    head = text.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    if not {"label", "received"} <= set(reader.fieldnames or ()):
        raise Refused(Reason("columns", "Baris pertama harus memuat kolom label dan received.", field))
    totals: dict[str, dict[str, object]] = {}
    for number, row in enumerate(reader, 2):
        _add(totals, row, number, field)
    if not totals:
        raise Refused(Reason("empty", "Berkas tidak berisi penerimaan.", field))
    return list(totals.values())


def _add(totals: dict[str, dict[str, object]], row: dict[str, str | None], number: int, field: str) -> None:
    label = (row["label"] or "").strip()
    known = label in totals
    if not label or number > MOST_LINES or (not known and len(totals) == MOST_LABELS):
        raise Refused(Reason("line", f"Baris {number}: label kosong, atau berkas terlalu panjang.", field))
    line = totals.setdefault(label, {"label": label, **dict.fromkeys(AMOUNTS, 0)})
    for name in AMOUNTS:
        line[name] += _amount(row.get(name) or "0", number, field)


def _amount(text: str, number: int, field: str) -> int:
    try:
        amount = money.parse(text)
    except Refused:
        amount = -1
    if amount < 0:
        raise Refused(Reason("line", f"Baris {number}: “{text}” bukan jumlah rupiah.", field))
    return amount
