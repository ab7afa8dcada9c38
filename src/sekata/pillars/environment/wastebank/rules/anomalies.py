"""R12: what a scale can have shown, what looks like a slip of the thumb, and scales past their verification."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sekata.lib.result import Reason

SCALE_EXPIRED, OUTLIER = "scale_expired", "outlier"


@dataclass(frozen=True)
class Scale:
    """capacity in kg, division in g; verified_until: last day of the legal verification (tera)."""

    capacity_kg: Decimal
    division_g: Decimal
    verified_until: date | None = None


def scale_reasons(scale: Scale, kg: Decimal, field: str = "quantity") -> tuple[Reason, ...]:
    """R12: a weight beyond the capacity or between two divisions cannot have been read off this scale."""
    if kg > scale.capacity_kg:
        message = f"Timbangan ini hanya sampai {_plain(scale.capacity_kg)} kg"
        return (Reason("scale_capacity", message, field),)
    if kg * 1000 % scale.division_g:
        message = f"Timbangan ini menunjuk kelipatan {_plain(scale.division_g)} g; periksa lagi angkanya"
        return (Reason("scale_division", message, field),)
    return ()


def scale_flags(scale: Scale, on: date) -> tuple[str, ...]:
    """R12: weighing goes on with an expired scale, but receipts and the office's list say so."""
    expired = scale.verified_until is None or scale.verified_until < on
    return (SCALE_EXPIRED,) if expired else ()


def is_outlier(kg: Decimal, p99: Decimal | None, floor: Decimal) -> bool:
    """R12: above `floor` kg and above the 99th percentile of the customer's kind (None: too few to tell)."""
    return kg > floor and (p99 is None or kg > p99)


def threshold(rows: Mapping[str, Decimal], kind: str) -> Decimal | None:
    """The 99th percentile of a customer kind, None while there is none."""
    return rows.get(kind)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}".replace(".", ",")
