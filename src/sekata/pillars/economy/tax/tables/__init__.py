"""Everything about regional tax that an officer may change, as effective-dated tables with their first rows.

A period is always computed by the rows in force in it. Values are plain JSON; fractions are written as text ("0.6")
so that they stay exact. Tariffs lie in a table of their own (`models.Tariff`): the database itself keeps their
brackets apart and their rates within the law.
"""

from collections.abc import Mapping

from sekata.lib.manifest import Table
from sekata.pillars.economy.tax.tables.accounts import ACCOUNT, QUALITY, SHARED_ACCOUNT
from sekata.pillars.economy.tax.tables.clocks import COLLECTION_WAIT, LIMIT, REFUND_LIMIT
from sekata.pillars.economy.tax.tables.figures import AUDIT_RATE, DUE, FIGURE, LATE_RATE, ROUNDING
from sekata.pillars.economy.tax.tables.kinds import AD_CLASS, CEILING, KIND, WATER_FACTOR
from sekata.pillars.economy.tax.tables.land import BOOK, BUILDING_PRICE, LAND_SHARE, NJOP_CLASS
from sekata.pillars.economy.tax.tables.messages import MESSAGES

TABLES = (
    KIND,
    CEILING,
    FIGURE,
    ROUNDING,
    DUE,
    LATE_RATE,
    AUDIT_RATE,
    NJOP_CLASS,
    BUILDING_PRICE,
    LAND_SHARE,
    BOOK,
    AD_CLASS,
    WATER_FACTOR,
    ACCOUNT,
    SHARED_ACCOUNT,
    QUALITY,
    COLLECTION_WAIT,
    REFUND_LIMIT,
    LIMIT,
    MESSAGES,
)


def seed_rows(table: Table) -> dict[str, Mapping[str, object]]:
    """The newest seeds of `table` in the shape the rules take: key -> value."""
    return {row.key: row.value for row in table.seeds}


__all__ = [
    "ACCOUNT",
    "AD_CLASS",
    "AUDIT_RATE",
    "BOOK",
    "BUILDING_PRICE",
    "CEILING",
    "COLLECTION_WAIT",
    "DUE",
    "FIGURE",
    "KIND",
    "LAND_SHARE",
    "LATE_RATE",
    "LIMIT",
    "MESSAGES",
    "NJOP_CLASS",
    "QUALITY",
    "REFUND_LIMIT",
    "ROUNDING",
    "SHARED_ACCOUNT",
    "TABLES",
    "WATER_FACTOR",
    "seed_rows",
]
