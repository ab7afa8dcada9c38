"""Everything about complaints that an officer may change, as effective-dated tables with their first rows.

A case is judged by the rows in force when it was received. Values are plain JSON; fractions are written as
text ("0.5") so that they stay exact.
"""

from collections.abc import Mapping

from sekata.lib.manifest import Table
from sekata.pillars.environment.complaints.tables.clocks import ESCALATION_RULE, RETENTION_RULE, SLA_RULE
from sekata.pillars.environment.complaints.tables.decisions import (
    DUPLICATE_RULE,
    MAP_PRECISION,
    PRIORITY_RULE,
    ROUTING_RULE,
)
from sekata.pillars.environment.complaints.tables.machine import MEDIA_OF_GROUP, OPEN311
from sekata.pillars.environment.complaints.tables.measures import (
    HOLDING_TIME,
    HOTSPOT_CLASS,
    HOTSPOT_PASS,
    ISPU_BREAKPOINT,
    ISPU_CLASS,
)
from sekata.pillars.environment.complaints.tables.messages import MESSAGES
from sekata.pillars.environment.complaints.tables.services import ATTRIBUTE, AUTHORITY, SERVICE_TYPE
from sekata.pillars.environment.complaints.tables.visits import VISIT_CHECK

TABLES = (
    SERVICE_TYPE,
    ATTRIBUTE,
    AUTHORITY,
    SLA_RULE,
    ROUTING_RULE,
    PRIORITY_RULE,
    DUPLICATE_RULE,
    HOTSPOT_CLASS,
    HOTSPOT_PASS,
    ISPU_BREAKPOINT,
    ISPU_CLASS,
    HOLDING_TIME,
    VISIT_CHECK,
    ESCALATION_RULE,
    RETENTION_RULE,
    MAP_PRECISION,
    MEDIA_OF_GROUP,
    OPEN311,
    MESSAGES,
)


def seed_rows(table: Table) -> dict[str, Mapping[str, object]]:
    """The seeds of `table` in the shape the rules take: key -> value."""
    return {row.key: row.value for row in table.seeds}


__all__ = [
    "ATTRIBUTE",
    "AUTHORITY",
    "DUPLICATE_RULE",
    "ESCALATION_RULE",
    "HOLDING_TIME",
    "HOTSPOT_CLASS",
    "HOTSPOT_PASS",
    "ISPU_BREAKPOINT",
    "ISPU_CLASS",
    "MAP_PRECISION",
    "MEDIA_OF_GROUP",
    "MESSAGES",
    "OPEN311",
    "PRIORITY_RULE",
    "RETENTION_RULE",
    "ROUTING_RULE",
    "SERVICE_TYPE",
    "SLA_RULE",
    "TABLES",
    "VISIT_CHECK",
    "seed_rows",
]
