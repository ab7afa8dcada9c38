"""Reading offices and areas. Both are small and change by decree: a process keeps them for a minute."""

from collections.abc import Iterable
from datetime import date

from django.core.cache import cache
from django.db import connection
from django.db.models import Q, QuerySet

from sekata.kernel.units.models import Area, CodeMap, Unit

KEEP_SECONDS = 60

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
    unit = cache.get_or_set(f"unit:{code}", lambda: Unit.objects.filter(code=code).first(), KEEP_SECONDS)
    if unit is None:
        raise LookupError(code)
    return unit


def areas() -> dict[str, Area]:
    """code -> area of this regency's districts and villages in force, by name within their level."""
    return cache.get_or_set(
        "areas",
        lambda: {area.code: area for area in Area.objects.filter(valid_to=None).order_by("name")},
        KEEP_SECONDS,
    )


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
