"""R4: the same item sent again, another item under the same key, and one sack weighed twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from sekata.lib import canonical

SAME_KG = Decimal("0.01")
SAME_TIME = timedelta(minutes=5)


class Verdict(StrEnum):
    """What an item is in the light of what has come before under its key."""

    NEW = "new"
    REPLAY = "replay"
    CONFLICT = "conflict"


def fingerprint(item: Mapping[str, object]) -> str:
    """SHA-256 of the item's content: 64 hexadecimal digits, equal for equal content in whatever order."""
    return canonical.digest(item)


def verdict(known: str | None, sent: str) -> Verdict:
    """R4: `known` is the fingerprint accepted earlier under device and uid, None if there is none."""
    if known is None:
        return Verdict.NEW
    return Verdict.REPLAY if known == sent else Verdict.CONFLICT


@dataclass(frozen=True)
class Weighed:
    """A weighed line as it is compared with others."""

    device: int | None
    customer: int
    material: str
    kg: Decimal
    at: datetime


def is_double(one: Weighed, other: Weighed) -> bool:
    """R4: same customer and material, weights within 1 % of the heavier, at most five minutes apart, other device."""
    return (
        one.device != other.device
        and (one.customer, one.material) == (other.customer, other.material)
        and abs(one.kg - other.kg) <= max(one.kg, other.kg) * SAME_KG
        and abs(one.at - other.at) <= SAME_TIME
    )
