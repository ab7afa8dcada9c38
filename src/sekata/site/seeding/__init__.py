"""The demonstration regency: areas, offices, people, law, map, services. The same data every time it is sown.

What the tables already hold is left alone, so sowing again adds only what is missing.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.module_loading import import_string

from sekata.kernel.catalog import actions as catalog
from sekata.kernel.journal.actions import record
from sekata.lib import clock
from sekata.lib.actor import system
from sekata.site.registry import REGISTRY
from sekata.site.seeding import areas, atlas, offices, people, rules

Progress = Callable[[str, int, int | None], None]
"""progress(label, done, total), as often as there is news."""

DEMO_ACCOUNTS = people.accounts()
"""(who, handle, password, address) of everybody who can sign in to the demonstration."""

EVENT = "site.seeded"
LABEL = "Kabupaten peragaan / demonstration regency"


def seed(scale: int = 1, progress: Progress = lambda *_: None, at: datetime | None = None) -> dict[str, int]:
    """Sow the regency, then every room's own seed at `scale`; how many rows of each part were new."""
    at = at or clock.now()
    made = _regency(progress, at)
    for room in (room for room in REGISTRY.systems if room.seed):
        grown = import_string(room.seed)(scale=scale, progress=progress, at=at)
        made[room.code] = grown if isinstance(grown, int) else 0
    if any(made.values()):
        record(EVENT, actor=system(EVENT), subject=None, at=at, after={"scale": scale, "rows": made})
    return made


@transaction.atomic
def _regency(progress: Progress, at: datetime) -> dict[str, int]:
    parts = {
        "areas": areas.seed,
        "offices": offices.seed,
        "tables": lambda: rules.seed(at),
        "map": atlas.seed,
        "people": lambda: people.seed(at),
    }
    made, total = {}, len(parts) + 1
    for done, (part, sow) in enumerate(parts.items()):
        progress(LABEL, done, total)
        made[part] = sow()
    progress(LABEL, len(parts), total)
    catalog.sync(REGISTRY.systems, at)
    progress(LABEL, total, total)
    return made
