"""Months that should have been filed and were not."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from sekata.pillars.economy.tax.codes import MONTHLY_RETURNS, NoticeKind
from sekata.pillars.economy.tax.models import FilingNotice, TaxObject, TaxReturn
from sekata.pillars.economy.tax.queries.law import law_of_period
from sekata.pillars.economy.tax.rules.dates import month_bounds

BACK = 24
"""Months that are looked back: what is older is a matter of audit."""
MISSING = """
    SELECT o.id, to_char(month, 'YYYY-MM')
    FROM tax_taxobject AS o CROSS JOIN LATERAL generate_series(
        greatest(date_trunc('month', o.starts)::date, %(first)s),
        date_trunc('month', least(o.ends, %(last)s)::date)::date,
        interval '1 month'
    ) AS month
    WHERE o.tax_type = ANY(%(taxes)s) AND o.status = 'active'
      AND (%(taxpayer)s::bigint IS NULL OR o.taxpayer_id = %(taxpayer)s)
      AND NOT coalesce((o.attributes ->> 'levied')::boolean, false)
      AND NOT EXISTS (
          SELECT 1 FROM tax_taxreturn AS filed
          WHERE filed.object_id = o.id AND filed.period = to_char(month, 'YYYY-MM') AND filed.filed_at IS NOT NULL
      )
      AND NOT EXISTS (
          SELECT 1 FROM tax_assessment AS letter
          WHERE letter.object_id = o.id AND letter.period = to_char(month, 'YYYY-MM')
            AND letter.kind IN ('skpdkb', 'skpdkbt') AND letter.state <> 'cancelled'
      )
    ORDER BY 2, 1
"""


@dataclass(frozen=True)
class Missing:
    """A month of an object that was not filed, and the day by which it should have been."""

    object: int
    period: str
    file_by: date


def missing(on: date, taxpayer: int | None = None) -> list[Missing]:
    """Every month past its day and not filed, of all or of one taxpayer; assessed months are no longer missing."""
    given = {"taxes": [str(tax) for tax in MONTHLY_RETURNS], "taxpayer": taxpayer, **_span(on)}
    with connection.cursor() as cursor:
        cursor.execute(MISSING, given)
        rows = cursor.fetchall()
    days = {period: _file_by(period) for _object, period in rows}
    return [Missing(one, period, days[period]) for one, period in rows if on > days[period]]


def _span(on: date) -> dict[str, date]:
    months = on.year * 12 + on.month - 1
    first, last = months - BACK, months - 1
    return {"first": date(first // 12, first % 12 + 1, 1), "last": date(last // 12, last % 12 + 1, 1)}


def _file_by(period: str) -> date:
    return law_of_period(period).due("return.file", month_bounds(period)[1])


def notices(kind: NoticeKind) -> dict[tuple[int, str], FilingNotice]:
    """(object, month) -> the notice of that kind."""
    return {(one.object_id, one.period): one for one in FilingNotice.objects.filter(kind=kind)}


def usual_tax(tax_object: TaxObject) -> tuple[int, int] | None:
    """The largest base and tax among the object's last twelve returns, with which an estimate begins."""
    rows = TaxReturn.objects.filter(object=tax_object, filed_at__isnull=False).order_by(
        "-period", "-correction_no"
    )
    known = list(rows.values_list("base", "tax")[:12])
    return max(known, key=lambda one: one[1]) if known else None
