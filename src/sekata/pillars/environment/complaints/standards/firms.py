"""Satellite hotspot files: NASA FIRMS CSV, and SiPongi/BRIN CSV by a mapping of its columns."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sekata.lib.result import Reason, Refused
from sekata.pillars.environment.complaints.rules import Point

FIRMS = {
    "lat": "latitude",
    "lon": "longitude",
    "date": "acq_date",
    "time": "acq_time",
    "satellite": "satellite",
    "instrument": "instrument",
    "confidence": "confidence",
    "frp": "frp",
}
SIPONGI = {
    "lat": "lat",
    "lon": "long",
    "date": "date_hotspot",
    "time": "time_hotspot",
    "satellite": "sat",
    "instrument": "",
    "confidence": "conf",
    "frp": "",
}
INSTRUMENTS = {"TERRA": "MODIS", "AQUA": "MODIS", "T": "MODIS", "A": "MODIS"}


@dataclass(frozen=True)
class HotspotRow:
    """One detection: time in UTC, confidence as the file writes it, fire radiative power in MW."""

    satellite: str
    instrument: str
    acquired_at: datetime
    lat: float
    lon: float
    confidence: str
    frp: float | None = None

    @property
    def key(self) -> tuple:
        return (self.satellite, self.instrument, self.acquired_at, Point(self.lat, self.lon))


def parse(text: str, columns: Mapping[str, str] = FIRMS) -> list[HotspotRow]:
    """Rows of a hotspot file; refuses with the line number what cannot be read, and nothing of the file is taken."""
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    missing = [name for name in columns.values() if name and name not in (reader.fieldnames or [])]
    if missing:
        raise Refused.because(
            "columns", f"Kolom tidak ada di berkas: {', '.join(missing)}.", "file", status=400
        )
    reasons, rows = [], []
    for line, row in enumerate(reader, start=2):
        try:
            rows.append(_row(row, columns))
        except (ValueError, KeyError, TypeError):
            reasons.append(Reason("row", f"Baris {line} tidak dapat dibaca.", "file"))
    if reasons:
        raise Refused(*reasons[:20], status=400)
    return rows


def _row(row: Mapping[str, str], columns: Mapping[str, str]) -> HotspotRow:
    lat, lon = float(row[columns["lat"]]), float(row[columns["lon"]])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError("outside the earth")
    satellite = row[columns["satellite"]].strip()
    instrument = row[columns["instrument"]].strip() if columns["instrument"] else ""
    frp = row[columns["frp"]].strip() if columns["frp"] else ""
    return HotspotRow(
        satellite=satellite,
        instrument=instrument or INSTRUMENTS.get(satellite.upper(), "VIIRS"),
        acquired_at=_moment(row[columns["date"]], row[columns["time"]]),
        lat=lat,
        lon=lon,
        confidence=row[columns["confidence"]].strip(),
        frp=float(frp) if frp else None,
    )


def _moment(day: str, clock: str) -> datetime:
    """acq_time is HHMM in UTC, leading zeros often lost."""
    digits = clock.strip().replace(":", "")[:4].zfill(4)
    return datetime.strptime(f"{day.strip()} {digits}", "%Y-%m-%d %H%M").replace(tzinfo=UTC)
