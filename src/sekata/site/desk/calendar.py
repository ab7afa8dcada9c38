"""What an officer's days hold: limits of cases and what the rooms add (visits, hearings); also as iCalendar.

A room offers its part as `calendar.entries`: (actor, first day, last day) -> mappings of at (aware moment),
title, kind, and optionally url, place, number, whole_day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sekata.kernel.cases import queries as cases
from sekata.kernel.cases.queries import Filters
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.clock import WIB
from sekata.site.desk import clocks
from sekata.site.desk.rows import place, system_of
from sekata.site.registry import REGISTRY

OFFERED = "calendar.entries"
MOST = 300
QUEUES = {"saya": "mine", "bidang": "unit"}
WEEK, MONTH = "minggu", "bulan"


@dataclass(frozen=True)
class Entry:
    """One line of the calendar. day is the day it is shown under; whole_day lines have no hour."""

    at: datetime
    day: date
    title: str
    kind: str
    url: str = ""
    place: str = ""
    number: str = ""
    pillar: str = ""
    whole_day: bool = False
    late: bool = False


@dataclass(frozen=True)
class Span:
    """The days that are shown, and the days by which one turns the page."""

    kind: str
    first: date
    last: date
    before: date
    after: date

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.first, datetime.min.time(), WIB)

    @property
    def ends(self) -> datetime:
        """The first instant after the last day."""
        return datetime.combine(self.last + timedelta(days=1), datetime.min.time(), WIB)


def span(kind: str, day: date) -> Span:
    """The week (Monday to Sunday) or the month that holds `day`."""
    if kind == WEEK:
        first = day - timedelta(days=day.weekday())
        week = timedelta(days=7)
        return Span(WEEK, first, first + timedelta(days=6), first - week, first + week)
    first = day.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return Span(
        MONTH, first, following - timedelta(days=1), (first - timedelta(days=1)).replace(day=1), following
    )


def entries(actor: Actor, queue: str, shown: Span) -> list[Entry]:
    """Limits of the queue and what rooms offer inside `shown`, in order of time."""
    found = [*_limits(actor, queue, shown), *_offered(actor, shown)]
    return sorted(found, key=lambda entry: (entry.day, not entry.whole_day, entry.at))


def _limits(actor: Actor, queue: str, shown: Span) -> Iterable[Entry]:
    filters = Filters(QUEUES[queue], after=(shown.begins, -1))
    now = clock.now()
    for case in cases.inbox(actor, filters, now, size=MOST).cases:
        if case.due_at > shown.ends:
            return
        day = clocks.last_day(case.due_at)
        if shown.first <= day <= shown.last:
            yield _limit(case, day, now)


def _limit(case, day: date, now: datetime) -> Entry:
    system, flow = system_of(case.workflow), REGISTRY.workflows.get(case.workflow)
    known = flow and case.due_clock
    return Entry(
        at=case.due_at,
        day=day,
        title=case.title,
        kind=flow.clock(case.due_clock).label if known else "",
        url=f"/kerja/?kasus={case.pk}#kasus",
        place=place(case.area),
        number=case.number,
        pillar=system.pillar if system else "",
        whole_day=clocks.is_whole_day(case.due_at),
        late=case.due_at <= now,
    )


def _offered(actor: Actor, shown: Span) -> Iterable[Entry]:
    for system in REGISTRY.systems:
        give = system.provides.get(OFFERED)
        for given in give(actor, shown.first, shown.last) if give else ():
            yield _entry(given, system.pillar)


def _entry(given: Mapping[str, object], pillar: str) -> Entry:
    at = given["at"]
    more = {name: given[name] for name in ("url", "place", "number", "whole_day") if name in given}
    return Entry(at, at.astimezone(WIB).date(), given["title"], given["kind"], pillar=pillar, **more)


def ics(found: Iterable[Entry], host: str) -> str:
    """The same lines as an iCalendar file (RFC 5545), for the calendar on a phone."""
    stamp = f"{clock.now().astimezone(UTC):%Y%m%dT%H%M%SZ}"
    out = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sekata//Kalender petugas//ID", "CALSCALE:GREGORIAN"]
    for entry in found:
        out += [
            "BEGIN:VEVENT",
            f"UID:{entry.number or entry.title}-{entry.at:%Y%m%dT%H%M%S}@{host}",
            f"DTSTAMP:{stamp}",
        ]
        out += _times(entry)
        out.append(f"SUMMARY:{_escaped(': '.join(filter(None, (entry.kind, entry.title))))}")
        out.append(f"DESCRIPTION:{_escaped(entry.number)}")
        out += [f"LOCATION:{_escaped(entry.place)}"] if entry.place else []
        out += [f"URL:https://{host}{entry.url}"] if entry.url.startswith("/") else []
        out.append("END:VEVENT")
    return "".join(_folded(line) + "\r\n" for line in [*out, "END:VCALENDAR"])


def _times(entry: Entry) -> list[str]:
    if entry.whole_day:
        return [
            f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
        ]
    return [f"DTSTART:{entry.at.astimezone(UTC):%Y%m%dT%H%M%SZ}"]


def _escaped(text: str) -> str:
    for plain, safe in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, safe)
    return text


def _folded(line: str) -> str:
    """Lines of at most 75 octets, continued with a space; letters are never cut in two."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > 74:
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])
