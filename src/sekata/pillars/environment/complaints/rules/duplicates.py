"""R10 Duplicate proposals: which open reports may speak of the same incident. An officer always decides."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sekata.pillars.environment.complaints.rules.terms import Point, Row, Rows, comma, duration

_STOP_WORDS = frozenset({
    "ada", "adalah", "agar", "akan", "atau", "bahwa", "dan", "dari", "dekat", "dengan", "di", "dia",
    "ini", "itu", "jadi", "juga", "kami", "kepada", "karena", "ke", "kita", "lagi", "mohon", "oleh",
    "pada", "para", "saat", "saja", "sangat", "saya", "sebuah", "sejak", "sekali", "sekarang",
    "sekitar", "sudah", "tadi", "telah", "terus", "tersebut", "tidak", "tolong", "untuk", "yaitu",
    "yang",
})  # fmt: skip


@dataclass(frozen=True)
class Sighting:
    """A report or a hotspot cluster, seen as a candidate.

    at: received (complaint) or acquired (hotspot); text None for a hotspot, which has none.
    """

    number: str
    group: str
    point: Point
    at: datetime
    text: str | None = None
    is_open: bool = True


@dataclass(frozen=True)
class Proposal:
    """A pair worth an officer's look. score 0..1; similarity None where a side has no text."""

    number: str
    score: float
    distance_m: float
    apart: timedelta
    similarity: float | None

    @property
    def why(self) -> str:
        place, time = f"Jarak {self.distance_m:.0f} m", f"selisih {duration(self.apart)}"
        text = "" if self.similarity is None else f", kemiripan teks {comma(self.similarity, 2)}"
        return f"{place}, {time}{text}: nilai {comma(self.score, 3)}."


def text_similarity(a: str, b: str) -> float:
    """Likeness of two texts, 0 to 1: shared trigrams of their content words (Jaccard, as pg_trgm counts).

    Case, accents, punctuation, word order and the commonest function words do not matter.
    """
    left, right = _trigrams(a), _trigrams(b)
    both = left | right
    return len(left & right) / len(both) if both else 0.0


def _trigrams(text: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = [f"  {word} " for word in re.findall(r"[^\W_]+", plain) if word not in _STOP_WORDS]
    return frozenset(word[i : i + 3] for word in words for i in range(len(word) - 2))


def duplicate_score(distance_m: float, apart: timedelta, similarity: float | None, rule: Row) -> float | None:
    """R10: weighted nearness in place, time and words; None outside the radius or the time.

    Without text the first two terms count alone, brought back to the scale of 1.
    """
    nearness = 1 - distance_m / rule["radius_m"]
    recency = 1 - apart / timedelta(hours=rule["max_age_hours"])
    if nearness < 0 or recency < 0:
        return None
    by_place, by_time, by_text = (float(rule[f"weight_{name}"]) for name in ("distance", "age", "text"))
    score = by_place * nearness + by_time * recency
    score = score / (by_place + by_time) if similarity is None else score + by_text * similarity
    return round(score, 6)


def compare_sightings(report: Sighting, other: Sighting, rules: Rows) -> Proposal | None:
    """The comparison of two sightings of one group; None where they cannot be the same incident."""
    rule = rules.get(report.group)
    if rule is None or report.group != other.group or report.number == other.number:
        return None
    distance, apart = report.point.metres_to(other.point), abs(report.at - other.at)
    texts = report.text, other.text
    similarity = None if None in texts else text_similarity(*texts)
    score = duplicate_score(distance, apart, similarity, rule)
    return None if score is None else Proposal(other.number, score, distance, apart, similarity)


def propose_duplicates(report: Sighting, others: Iterable[Sighting], rules: Rows) -> tuple[Proposal, ...]:
    """R10: open candidates at or above the threshold, the likeliest first."""
    compared = (compare_sightings(report, other, rules) for other in others if other.is_open)
    threshold = float(rules[report.group]["threshold"]) if report.group in rules else 1.0
    found = [proposal for proposal in compared if proposal and proposal.score >= threshold]
    return tuple(sorted(found, key=lambda proposal: (-proposal.score, proposal.number)))


@dataclass(frozen=True)
class Totals:
    """Statistics count both: 7 complaints merged = 7 complaints, 1 incident."""

    complaints: int
    incidents: int


def count_totals(incident_of: Iterable[object]) -> Totals:
    """Counts from the incident of each complaint (its own until merged)."""
    incidents = list(incident_of)
    return Totals(len(incidents), len(set(incidents)))
