"""Figures that the house counts itself, and the open datasets: sums alone, small cells hidden."""

from collections.abc import Iterator
from datetime import date

from django.db import connection

from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.pillars.economy.tax.codes import TaxType
from sekata.pillars.economy.tax.queries import compliance, receipts

LEAST = 5
"""Cells of fewer taxpayers are not published."""
HIDDEN = f"<{LEAST}"
YEARS = 5
BY_MONTH = """
    SELECT to_char("on", 'YYYY-MM'), tax_type, sum(amount)::bigint, count(DISTINCT about)
    FROM tax_receipt WHERE "on" >= %s GROUP BY 1, 2 ORDER BY 1, 2
"""
BY_VILLAGE = """
    SELECT letter.tax_year, land.village_code, count(*), count(DISTINCT letter.taxpayer_id),
           sum(letter.principal)::bigint, sum(letter.paid)::bigint
    FROM tax_assessment AS letter JOIN tax_landobject AS land ON land.id = letter.land_id
    WHERE letter.kind = 'sppt' AND letter.state <> 'cancelled' AND letter.tax_year >= %s
    GROUP BY 1, 2 ORDER BY 1, 2
"""


def realisation(start: date, end: date) -> tuple[int, int]:
    """Indicator 1: net receipts of a period, and the target of the year in which it ends."""
    return sum(receipts.received(start, end).values()), sum(receipts.targets_of(end.year, end).values())


def land_compliance(start: date, end: date) -> tuple[int, int]:
    """Indicator 2: SPPT paid by their day, and SPPT issued, of those due in the period."""
    return compliance.paid_in_time(start, end)


def digital_share(start: date, end: date) -> tuple[int, int]:
    """Indicator 3: rupiah through VA, QRIS and host-to-host, and all that was paid in."""
    return receipts.digital(start, end)


def arrears_recovered(start: date, end: date) -> tuple[int, int]:
    """Indicator 5: arrears of earlier years that were paid, and what was open at the start."""
    return compliance.recovered(start, end)


def _first() -> date:
    return date(clock.today().year - YEARS + 1, 1, 1)


def by_month() -> Iterator[dict[str, object]]:
    """Receipts by month and tax of five years; months of fewer than five payers are hidden."""
    with connection.cursor() as cursor:
        cursor.execute(BY_MONTH, [_first()])
        for month, tax, amount, payers in cursor.fetchall():
            shown = amount if payers >= LEAST else HIDDEN
            yield {"month": month, "tax": TaxType(tax).label, "payments": _count(payers), "amount": shown}


def by_village() -> Iterator[dict[str, object]]:
    """Land tax by year and village of five years; villages of fewer than five taxpayers are hidden."""
    areas = units.areas()
    with connection.cursor() as cursor:
        cursor.execute(BY_VILLAGE, [_first().year])
        for year, code, letters, payers, principal, paid in cursor.fetchall():
            open_cell = payers >= LEAST
            yield {
                "year": year,
                "village_code": code,
                "village": areas[code].name if code in areas else "",
                "letters": _count(letters) if open_cell else HIDDEN,
                "assessed": principal if open_cell else HIDDEN,
                "paid": paid if open_cell else HIDDEN,
            }


def _count(number: int) -> int | str:
    return number if number >= LEAST else HIDDEN
