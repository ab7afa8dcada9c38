"""Reading offices and areas. Both are small and change by decree: a process keeps them for a minute."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.db import connection
from django.db.models import Q, QuerySet

from sekata.kernel.units.models import Area, CodeMap, Unit

KEEP_SECONDS = 60
Found = TypeVar("Found")


@dataclass
class _Memory:
    """What this process has read; not Django's cache, which would unpickle every area for every line of an inbox."""

    kept: dict[str, object] = field(default_factory=dict)
    read_at: float = float("-inf")

    def get(self, name: str, read: Callable[[], Found]) -> Found:
        if time.monotonic() - self.read_at > KEEP_SECONDS:
            self.kept, self.read_at = {}, time.monotonic()
        kept = self.kept
        if name not in kept:
            kept[name] = read()
        return kept[name]


_memory = _Memory()


def forget() -> None:
    """Read offices and areas anew at the next question (after an import)."""
    _memory.read_at = float("-inf")


BELOW = """
    WITH RECURSIVE tree (root, id) AS (
        SELECT id, id FROM units_unit WHERE id = ANY(%s)
        UNION ALL
        SELECT tree.root, child.id FROM units_unit child JOIN tree ON child.parent_id = tree.id
    ) SELECT root, array_agg(id) FROM tree GROUP BY root
"""


def below(units: Iterable[int]) -> dict[int, frozenset[int]]:
    """unit id -> ids of that unit and all units under it, for all given units in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(BELOW, [list(units)])
        return {root: frozenset(ids) for root, ids in cursor.fetchall()}


def active(on: date) -> QuerySet[Unit]:
    """Units that exist on the day `on`."""
    return Unit.objects.filter(Q(active_to__isnull=True) | Q(active_to__gt=on), active_from__lte=on)


def by_code(code: str) -> Unit:
    """The unit with that code (kept for a minute); LookupError when there is none."""
    unit = _memory.get(f"unit:{code}", Unit.objects.filter(code=code).first)
    if unit is None:
        raise LookupError(code)
    return unit


def areas() -> dict[str, Area]:
    """code -> area of this regency's districts and villages in force, by name within their level."""
    return _memory.get("areas", _areas)


def _areas() -> dict[str, Area]:
    return {area.code: area for area in Area.objects.filter(valid_to=None).order_by("name")}


def districts() -> list[Area]:
    return [area for area in areas().values() if area.level == "district"]


def villages(district: str = "") -> list[Area]:
    """Villages and kelurahan, of one district if its code is given."""
    return [
        area
        for area in areas().values()
        if area.level == "village" and (not district or area.parent_id == district)
    ]


def foreign(system: str, code: str) -> Area | Unit | None:
    """What `code` means in another system's coding: BPS 1405 is Siak although Home Affairs 14.05 is Pelalawan."""
    found = CodeMap.objects.select_related("area", "unit").filter(system=system, foreign=code).first()
    return (found.area or found.unit) if found else None


def names(units: Iterable[int]) -> dict[int, str]:
    """id -> name of offices."""
    return dict(Unit.objects.filter(pk__in=set(units)).values_list("pk", "name"))
