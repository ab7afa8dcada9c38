"""What the rule tests share: the contract's calendar, a way to write moments in WIB, the seeded rows."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sekata.lib.workdays import Calendar
from sekata.pillars.environment.complaints import tables

WIB = ZoneInfo("Asia/Jakarta")

CALENDAR = Calendar(
    frozenset(date(2026, month, day) for month, day in ((5, 1), (5, 14), (5, 27), (6, 1), (6, 16)))
)
"""R4: the test calendar, whole."""

SERVICES = tables.seed_rows(tables.SERVICE_TYPE)
AUTHORITIES = tables.seed_rows(tables.AUTHORITY)
ROUTES = tables.seed_rows(tables.ROUTING_RULE)
PRIORITIES = tables.seed_rows(tables.PRIORITY_RULE)
DUPLICATES = tables.seed_rows(tables.DUPLICATE_RULE)
LIMITS = tables.seed_rows(tables.SLA_RULE)
ESCALATIONS = tables.seed_rows(tables.ESCALATION_RULE)
RETENTION = tables.seed_rows(tables.RETENTION_RULE)
HOLDING = tables.seed_rows(tables.HOLDING_TIME)
CLASSES = tables.seed_rows(tables.HOTSPOT_CLASS)
PASSES = tables.seed_rows(tables.HOTSPOT_PASS)
BREAKPOINTS = tables.seed_rows(tables.ISPU_BREAKPOINT)
HAZE = tables.seed_rows(tables.ISPU_CLASS)
PRECISION = tables.seed_rows(tables.MAP_PRECISION)["public"]


def wib(text: str) -> datetime:
    """`2026-04-29 10:00` in WIB; midnight where only a day is given."""
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


def codes(reasons) -> list[str]:
    return [reason.code for reason in reasons]
