"""The law to begin with: every room's reference tables, and the days on which no office works."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import holidays

from sekata.kernel.reference import actions as reference
from sekata.lib.manifest import Row
from sekata.site.registry import REGISTRY

YEARS = range(2024, 2028)
KINDS = {"public": "national", "government": "collective"}
DECREES = {
    2024: "SKB Menag 855/2023, Menaker 3/2023, MenPANRB 4/2023 dan perubahannya",
    2025: "SKB Menag 1017/2024, Menaker 2/2024, MenPANRB 2/2024 dan perubahannya",
    2026: "SKB Menag 1497/2025, Menaker 2/2025, MenPANRB 5/2025",
}
UNKNOWN = "Perkiraan pustaka `holidays`; keputusan bersama belum diperiksa"


def seed(at: datetime) -> int:
    """Set out all tables; how many rows were new."""
    tables = REGISTRY.tables | {"holiday": replace(REGISTRY.tables["holiday"], seeds=tuple(holiday_rows()))}
    return reference.sow(tables.values(), at)


def holiday_rows() -> Iterator[Row]:
    """National holidays and collective leave; confirmed where the year's joint decree is known."""
    for category, kind in KINDS.items():
        days = holidays.country_holidays("ID", years=YEARS, categories=category, language="id")
        for day, name in sorted(days.items()):
            value = {"name": name, "kind": kind}
            yield Row(
                day.isoformat(), value, basis=DECREES.get(day.year, UNKNOWN), confirmed=day.year in DECREES
            )
