"""Everything about waste banks that an officer may change, as effective-dated tables with their first rows.

Values are plain JSON; fractions are written as text ("0.5") so that they stay exact. What is not certain is marked
unconfirmed.
"""

from collections.abc import Mapping

from sekata.lib.manifest import Table
from sekata.pillars.environment.wastebank.tables.banking import (
    BANK_LIMIT,
    BANK_REQUIREMENT,
    BILLER,
    CHART,
    CHARTER,
    SHARE_PERCENT,
    WITHDRAWAL_KIND,
)
from sekata.pillars.environment.wastebank.tables.clocks import DUTY_LIMIT
from sekata.pillars.environment.wastebank.tables.impact import (
    EMISSION_FACTOR,
    GENERATION_FACTOR,
    LEADERBOARD,
    POPULATION,
    TARGET,
)
from sekata.pillars.environment.wastebank.tables.materials import MATERIAL, SHRINK_TOLERANCE
from sekata.pillars.environment.wastebank.tables.messages import MESSAGES

TABLES = (
    MATERIAL,
    SHRINK_TOLERANCE,
    EMISSION_FACTOR,
    GENERATION_FACTOR,
    POPULATION,
    TARGET,
    LEADERBOARD,
    BANK_LIMIT,
    BANK_REQUIREMENT,
    SHARE_PERCENT,
    CHARTER,
    CHART,
    WITHDRAWAL_KIND,
    BILLER,
    DUTY_LIMIT,
    MESSAGES,
)


def seed_rows(table: Table) -> dict[str, Mapping[str, object]]:
    """The seeds of `table` in the shape the rules take: key -> value."""
    return {row.key: row.value for row in table.seeds}


__all__ = [
    "BANK_LIMIT",
    "BANK_REQUIREMENT",
    "BILLER",
    "CHART",
    "CHARTER",
    "DUTY_LIMIT",
    "EMISSION_FACTOR",
    "GENERATION_FACTOR",
    "LEADERBOARD",
    "MATERIAL",
    "MESSAGES",
    "POPULATION",
    "SHARE_PERCENT",
    "SHRINK_TOLERANCE",
    "TABLES",
    "TARGET",
    "WITHDRAWAL_KIND",
    "seed_rows",
]
