"""SP4N-LAPOR!, the national complaint channel, by file (manual mode).

No public document of its interface is known, so the columns are ours. An officer downloads from SP4N-LAPOR!
what was passed on to the regency, brings it into these columns and imports it; the export carries our number
and state back. Each file maps tickets both ways: a row with `nomor_sekata` attaches its ticket to a case that
is here already, a row without opens one. The national channel keeps the reporter's identity; it is not in the
file, and the report is anonymous here. (Permen PANRB 62/2018; what the channel promises - three working days
to pass on - is unconfirmed.)

Columns in: tiket, nomor_sekata, jenis (our service code, O99 when empty), judul, isi, lokasi, kode_desa,
lintang, bujur, tanggal (YYYY-MM-DD or with time), media (comma list of our codes). Columns out: see `OUT`.
"""

import csv
import io
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from sekata.lib.result import Reason, Refused
from sekata.pillars.environment.complaints.standards.open311 import speakable

SYSTEM = "sp4n_lapor"
IN = (
    "tiket",
    "nomor_sekata",
    "jenis",
    "judul",
    "isi",
    "lokasi",
    "kode_desa",
    "lintang",
    "bujur",
    "tanggal",
    "media",
)
REQUIRED = ("tiket", "isi")
OUT = {
    "tiket": "Nomor tiket SP4N-LAPOR!",
    "nomor_sekata": "Nomor pengaduan kami",
    "jenis": "Kode jenis pengaduan",
    "judul": "Judul",
    "status": "Belum ditindaklanjuti | Dalam proses | Selesai | Diteruskan | Ditolak",
    "keterangan": "Kalimat untuk pelapor",
    "diubah": "Waktu perubahan terakhir (WIB)",
    "batas": "Batas waktu berikutnya (WIB)",
}
STATUS = {
    "received": "Belum ditindaklanjuti",
    "incomplete": "Belum ditindaklanjuti",
    "referred": "Diteruskan",
    "not_environmental": "Diteruskan",
    "answered": "Selesai",
    "resolved": "Selesai",
    "closed": "Selesai",
    "rejected": "Ditolak",
    "withdrawn": "Selesai",
    "closed_incomplete": "Selesai",
}
IN_PROCESS = "Dalam proses"
WIB = ZoneInfo("Asia/Jakarta")
MOST_ROWS = 2000

_TICKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]{0,59}")


@dataclass(frozen=True)
class Report:
    """A row of the file. number: our case that the ticket belongs to, empty when it is a new report."""

    ticket: str
    text: str
    number: str = ""
    service_code: str = "O99"
    title: str = ""
    place: str = ""
    village_code: str = ""
    point: tuple[float, float] | None = None
    seen_at: datetime | None = None
    media: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ticket:
    """Where a ticket stands here."""

    ticket: str
    number: str
    service_code: str
    title: str
    state: str
    says: str
    changed_at: datetime
    due_at: datetime | None

    def row(self) -> list[str]:
        """The values of the columns `OUT`."""
        status = STATUS.get(self.state, IN_PROCESS)
        times = (self.changed_at, self.due_at)
        changed, due = (at.astimezone(WIB).isoformat(" ", "minutes")[:16] if at else "" for at in times)
        return [self.ticket, self.number, self.service_code, self.title, status, self.says, changed, due]


@dataclass(frozen=True)
class Line:
    """A line of the file: the report in it, or what is wrong with it."""

    number: int
    report: Report | None
    fault: str = ""


def read(text: str) -> list[Line]:
    """All lines of a file, good and bad; refused whole where columns are missing or lines too many."""
    reader = csv.DictReader(io.StringIO(speakable(text.lstrip("\ufeff")), newline=""))
    missing = [name for name in REQUIRED if name not in (reader.fieldnames or [])]
    if missing:
        raise Refused.because(
            "columns", f"Kolom tidak ada di berkas: {', '.join(missing)}.", "file", status=400
        )
    lines = [_line(number, row) for number, row in enumerate(islice(reader, MOST_ROWS + 1), start=2)]
    if len(lines) > MOST_ROWS:
        raise Refused.because("rows", f"Paling banyak {MOST_ROWS} baris sekali impor.", "file", status=400)
    return lines


def parse(text: str) -> list[Report]:
    """The rows of a file.

    Refuses with the line number what cannot be read, and nothing of the file is taken.
    """
    lines = read(text)
    reasons = [Reason("row", f"Baris {line.number}: {line.fault}.", "file") for line in lines if line.fault]
    if reasons:
        raise Refused(*reasons[:20], status=400)
    return [line.report for line in lines]


def _line(number: int, row: Mapping[str, str]) -> Line:
    try:
        return Line(number, _report({name: (row.get(name) or "").strip() for name in IN}))
    except ValueError as fault:
        return Line(number, None, str(fault))


def _report(row: Mapping[str, str]) -> Report:
    if not _TICKET.fullmatch(row["tiket"]):
        raise ValueError("nomor tiket tidak dapat dibaca")
    return Report(
        ticket=row["tiket"],
        text=row["isi"],
        number=row["nomor_sekata"],
        service_code=row["jenis"].upper() or "O99",
        title=row["judul"][:120],
        place=row["lokasi"][:500],
        village_code=row["kode_desa"],
        point=_point(row["lintang"], row["bujur"]),
        seen_at=_moment(row["tanggal"]),
        media=tuple(part.strip() for part in row["media"].split(",") if part.strip()),
    )


def _point(lat: str, lon: str) -> tuple[float, float] | None:
    if not lat and not lon:
        return None
    try:
        point = float(lat.replace(",", ".")), float(lon.replace(",", "."))
    except ValueError:
        raise ValueError("lintang dan bujur harus angka") from None
    if not all(map(math.isfinite, point)):
        raise ValueError("lintang dan bujur harus angka")
    return point


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("tanggal ditulis YYYY-MM-DD") from None
    if not 1990 <= at.year <= 2200:
        raise ValueError("tanggal di luar jangkauan")
    return at if at.tzinfo else at.replace(tzinfo=WIB)
