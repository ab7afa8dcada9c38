"""Who files and pays: land tax paid by its day, returns by object and month."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from sekata.pillars.economy.tax.codes import MONTHLY_RETURNS, Status
from sekata.pillars.economy.tax.models import TaxObject, TaxReturn
from sekata.pillars.economy.tax.rules.dates import previous_period

MOST = 150
MONTHS = 6
IN_TIME = """
    SELECT count(*) FILTER (WHERE paid.on_time), count(*)
    FROM tax_assessment AS letter LEFT JOIN LATERAL (
        SELECT sum(amount - penalty) >= letter.principal AS on_time FROM tax_receipt
        WHERE about = letter.number AND "on" <= letter.due_on
    ) AS paid ON true
    WHERE letter.kind = 'sppt' AND letter.state <> 'cancelled' AND letter.principal > 0
      AND letter.due_on BETWEEN %(start)s AND %(end)s
"""
RECOVERED = """
    WITH old AS (
        SELECT letter.number, letter.principal + letter.surcharge + letter.increase + letter.interest + letter.fine
               - letter.credit - coalesce((
                   SELECT sum(amount - penalty) FROM tax_receipt WHERE about = letter.number AND "on" < %(start)s
               ), 0) AS open
        FROM tax_assessment AS letter
        WHERE letter.tax_year < %(year)s AND letter.due_on < %(start)s
          AND letter.state NOT IN ('draft', 'approved', 'cancelled', 'written_off')
    )
    SELECT coalesce(sum(recovered.amount), 0)::bigint, coalesce(sum(old.open), 0)::bigint
    FROM old LEFT JOIN LATERAL (
        SELECT sum(amount - penalty) AS amount FROM tax_receipt
        WHERE about = old.number AND "on" BETWEEN %(start)s AND %(end)s
    ) AS recovered ON true WHERE old.open > 0
"""


def paid_in_time(start: date, end: date) -> tuple[int, int]:
    """Letters of land tax due between two days: paid by their day, and all."""
    with connection.cursor() as cursor:
        cursor.execute(IN_TIME, {"start": start, "end": end})
        return cursor.fetchone()


def recovered(start: date, end: date) -> tuple[int, int]:
    """Rupiah of earlier years' arrears paid between two days, and what was open at the first of them."""
    with connection.cursor() as cursor:
        cursor.execute(RECOVERED, {"start": start, "end": end, "year": start.year})
        return cursor.fetchone()


@dataclass(frozen=True)
class Filer:
    """An object and its months: filed, late, missing, or not yet to be filed."""

    object: TaxObject
    months: tuple[str, ...]


def months_before(on: date, count: int = MONTHS) -> list[str]:
    """The last whole months, oldest first."""
    period, found = f"{on:%Y-%m}", []
    for _ in range(count):
        period = previous_period(period)
        found.append(period)
    return found[::-1]


def heat(on: date) -> tuple[list[str], list[Filer]]:
    """Objects by month: filed | late | missing | open (still within the days of the law)."""
    periods = months_before(on)
    objects = TaxObject.objects.filter(tax_type__in=MONTHLY_RETURNS, status=Status.ACTIVE)
    rows = list(objects.order_by("tax_type", "number")[:MOST])
    filed = TaxReturn.objects.filter(
        object__in=rows, period__in=periods, filed_at__isnull=False, correction_no=0
    )
    known = {(one.object_id, one.period): one for one in filed}
    due = dict(TaxReturn.objects.filter(period__in=periods).values_list("period", "file_by").distinct())
    return periods, [
        Filer(row, tuple(_mark(known.get((row.pk, p)), due.get(p), on) for p in periods)) for row in rows
    ]


def _mark(filing: TaxReturn | None, file_by: date | None, on: date) -> str:
    if filing is None:
        return "open" if file_by is None or on <= file_by else "missing"
    return "late" if filing.filed_at.date() > filing.file_by else "filed"
