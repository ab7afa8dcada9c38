"""R3 Minimum content, and what a form may hold at all (Bad input)."""

from dataclasses import dataclass, field
from datetime import datetime

from sekata.lib.result import Reason
from sekata.pillars.environment.complaints.rules.terms import Point, bare

TITLE_MAX = 120
DESCRIPTION_MIN, DESCRIPTION_MAX = 20, 4000
SETTLEMENT_MAX = 1000


@dataclass(frozen=True)
class Content:
    """What a reporter has told. Identity is not in here: it is asked, never required.

    photo_points: GPS positions found in the photos; noticed_at: when it was noticed or happened.
    """

    description: str = ""
    point: Point | None = None
    photo_points: tuple[Point, ...] = ()
    village_code: str = ""
    place_text: str = ""
    noticed_at: datetime | None = None
    media: frozenset[str] = field(default_factory=frozenset)
    suspected_source: str = ""
    title: str = ""
    desired_settlement: str = ""


def has_location(content: Content) -> bool:
    """A point, a photo that knows its place, or a village with words that lead there."""
    described = bool(content.village_code and bare(content.place_text))
    return content.point is not None or bool(content.photo_points) or described


LOCATION = Reason("location_missing", "Tunjukkan di peta, atau pilih desa dan ceritakan letaknya", "point")
WHAT = Reason("what_missing", "Ceritakan apa yang terjadi", "description")
WHEN = Reason("when_missing", "Tulis kapan Anda mengetahuinya", "first_seen_at")
MEDIA = Reason("media_missing", "Pilih apa yang terdampak, atau tulis dugaan sumbernya", "media_affected")
FUTURE = Reason("incident_future", "Waktu kejadian tidak boleh sesudah sekarang", "incident_at")


def missing_items(content: Content) -> tuple[Reason, ...]:
    """R3: what is still needed; anything here makes the complaint incomplete, never rejected."""
    checks = (
        (has_location(content), LOCATION),
        (bool(bare(content.description)), WHAT),
        (content.noticed_at is not None, WHEN),
        (bool(content.media or bare(content.suspected_source)), MEDIA),
    )
    return tuple(reason for met, reason in checks if not met)


def content_reasons(content: Content, now: datetime) -> tuple[Reason, ...]:
    """Reasons against storing the form as it is: texts too long or too short, a time that lies ahead."""
    settlement = content.desired_settlement
    checks = (
        _long_enough(content.description),
        _at_most("description", "Uraian", content.description, DESCRIPTION_MAX),
        _at_most("title", "Judul", content.title, TITLE_MAX),
        _at_most("desired_settlement", "Penyelesaian yang diharapkan", settlement, SETTLEMENT_MAX),
        (content.noticed_at is None or content.noticed_at <= now, FUTURE),
    )
    return tuple(reason for met, reason in checks if not met)


def _long_enough(text: str) -> tuple[bool, Reason]:
    """Nothing at all is a matter of `missing_items`."""
    length = len(bare(text))
    message = f"Uraian paling sedikit {DESCRIPTION_MIN} huruf; yang Anda tulis {length}"
    return not length or length >= DESCRIPTION_MIN, Reason("description_short", message, "description")


def _at_most(field_name: str, label: str, text: str, limit: int) -> tuple[bool, Reason]:
    message = f"{label} paling banyak {limit} huruf; yang Anda tulis {len(text)}"
    return len(text) <= limit, Reason(f"{field_name}_long", message, field_name)
