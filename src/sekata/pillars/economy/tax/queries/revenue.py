"""What is outstanding by age, what of it is doubtful, what villages get of what came in (R22, R23, R24)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection

from sekata.kernel.units import queries as units
from sekata.pillars.economy.tax.codes import PAYABLE
from sekata.pillars.economy.tax.queries.law import Law
from sekata.pillars.economy.tax.rules.ageing import Receivable, aged, allowance
from sekata.pillars.economy.tax.rules.villageshare import ShareTerms, village_shares

OUTSTANDING = """
    SELECT due_on, sum(principal + surcharge + increase + interest + fine - credit - paid)::bigint
    FROM tax_assessment WHERE state = ANY(%(states)s) AND due_on IS NOT NULL
    GROUP BY due_on HAVING sum(principal + surcharge + increase + interest + fine - credit - paid) > 0
"""
BROUGHT = """
    SELECT village_code, sum(amount)::bigint FROM tax_receipt
    WHERE "on" BETWEEN %(start)s AND %(end)s GROUP BY 1 HAVING sum(amount) > 0
"""


@dataclass(frozen=True)
class Outstanding:
    """What is owed on a day: rupiah by age, in all, and the allowance for what may never come."""

    by_age: dict[str, int]
    total: int
    doubtful: int


def receivables() -> Iterator[Receivable]:
    """What is owed, one sum a due day: few rows however many letters there are."""
    with connection.cursor() as cursor:
        cursor.execute(OUTSTANDING, {"states": [str(state) for state in PAYABLE]})
        for due_on, amount in cursor.fetchall():
            yield Receivable(due_on, amount)


def outstanding(on: date) -> Outstanding:
    """R22 and R23: receivables by age and their allowance as of a day."""
    rows, rulebook = list(receivables()), Law(on)
    by_age = aged(rows, on)
    doubtful = allowance(rows, on, rulebook.table("quality"), rulebook.rounding)
    return Outstanding(by_age, sum(by_age.values()), doubtful)


def village_share(year: int, on: date) -> dict[str, int]:
    """R24: village code -> rupiah of what came in in a year up to a day, of all taxes."""
    rulebook = Law(on)
    with connection.cursor() as cursor:
        cursor.execute(BROUGHT, {"start": date(year, 1, 1), "end": min(on, date(year, 12, 31))})
        brought = dict(cursor.fetchall())
    villages = {area.code: brought.get(area.code, 0) for area in units.villages() if not area.urban}
    terms = ShareTerms(rulebook.percentage("village.share"), rulebook.percentage("village.equally"))
    return village_shares(sum(brought.values()), villages, terms) if villages else {}
