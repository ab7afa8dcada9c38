"""iCalendar (RFC 5545): verification visits for the calendars that officers already use."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sekata.pillars.environment.complaints.standards.open311 import speakable

MIME = "text/calendar; charset=utf-8"
FOLD = 75
"""Octets of a content line without its line break (RFC 5545, 3.1)."""


@dataclass(frozen=True)
class Visit:
    """An appointment. key: stable for ever; changed: when it was last ordered."""

    key: str
    start: datetime
    end: datetime
    changed: datetime
    title: str
    place: str = ""
    text: str = ""
    point: tuple[float, float] | None = None


def calendar(visits: Iterable[Visit], host: str, name: str) -> bytes:
    """A VCALENDAR with one VEVENT per visit, lines folded at 75 octets and ended by CR LF."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Sekata//Pengaduan lingkungan//ID",
        "CALSCALE:GREGORIAN",
    ]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{escape(name)}"]
    for visit in visits:
        lines += _event(visit, host)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def _event(visit: Visit, host: str) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{visit.key}@{host}",
        f"DTSTAMP:{_utc(visit.changed)}",
        f"DTSTART:{_utc(visit.start)}",
        f"DTEND:{_utc(visit.end)}",
        f"SUMMARY:{escape(visit.title)}",
    ]
    lines += [f"LOCATION:{escape(visit.place)}"] if visit.place else []
    lines += [f"DESCRIPTION:{escape(visit.text)}"] if visit.text else []
    lines += [f"GEO:{visit.point[0]:.6f};{visit.point[1]:.6f}"] if visit.point else []
    return [*lines, "END:VEVENT"]


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escape(text: str) -> str:
    """A TEXT value (RFC 5545, 3.3.11): backslash, semicolon, comma and line breaks are escaped."""
    text = speakable(text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> bytes:
    """A content line in pieces of at most 75 octets; no character is torn apart."""
    pieces, room = [b""], FOLD
    for sign in line:
        octets = sign.encode()
        if len(pieces[-1]) + len(octets) > room:
            pieces.append(b"")
            room = FOLD - 1
        pieces[-1] += octets
    return b"\r\n ".join(pieces) + b"\r\n"
