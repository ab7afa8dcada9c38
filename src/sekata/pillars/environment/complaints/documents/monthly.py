"""What appears every month: the register book of the office and the public bulletin."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from sekata.kernel.documents.paper import Office, Signer, address
from sekata.lib.words import month_name
from sekata.pillars.environment.complaints.documents import phrases
from sekata.pillars.environment.complaints.documents.values import (
    Bar,
    DistrictRow,
    Figure,
    RegisterRow,
    Story,
)
from sekata.web import words


def register(
    *,
    office: Office,
    month: date,
    rows: Sequence[RegisterRow],
    totals: Sequence[tuple[str, int | str]],
    signer: Signer,
    check_url: str,
    issued_at: datetime,
) -> bytes:
    """Buku register pengaduan of the month that `month` lies in; totals: label and count below the table."""
    facts = {
        "title": f"Buku register pengaduan {_month(month)}",
        "office": office.facts(),
        "issued_at": issued_at,
        "date": words.plain_date(issued_at),
        "month": _month(month),
        "rows": [row.facts() for row in rows],
        "totals": [
            [label, words.number(value) if isinstance(value, int) else value] for label, value in totals
        ],
        "signer": signer.facts(),
        "check_address": address(check_url),
    }
    return phrases.printed("register", facts)


def bulletin(
    *,
    office: Office,
    month: date,
    headline: str,
    lead: str,
    figures: Sequence[Figure],
    groups: Sequence[Bar],
    districts: Sequence[DistrictRow],
    stories: Sequence[Story],
    data_url: str,
    check_url: str,
    issued_at: datetime,
) -> bytes:
    """Buletin bulanan for everyone. headline states the finding; small counts come already suppressed."""
    facts = {
        "title": f"Buletin pengaduan lingkungan hidup {_month(month)}",
        "office": office.facts(),
        "issued_at": issued_at,
        "counted": phrases.stamp(issued_at),
        "month": _month(month),
        "headline": headline,
        "lead": lead,
        "figures": [asdict(figure) for figure in figures],
        "groups": [bar.facts() for bar in groups],
        "districts": [asdict(row) for row in districts],
        "stories": [asdict(story) for story in stories],
        "data_address": address(data_url),
        "check_address": address(check_url),
    }
    return phrases.printed("bulletin", facts)


def _month(day: date) -> str:
    return f"{month_name(day.month)} {day.year}"
