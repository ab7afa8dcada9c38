"""What came in: by tax, month, district; against the targets in force; as a curve over the year (R23)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.db.models.functions import ExtractMonth, Substr

from sekata.pillars.economy.tax.codes import TaxType
from sekata.pillars.economy.tax.models import Receipt, RevenueTarget
from sekata.pillars.economy.tax.rules.ageing import realisation

DIGITAL = ("briva", "qris", "mobile", "h2h")


@dataclass(frozen=True)
class Realised:
    """A tax against its target, in rupiah."""

    tax: TaxType
    today: int
    month: int
    year: int
    target: int

    @property
    def percent(self) -> Decimal | None:
        """R23: percent of the target, None without one."""
        return realisation(self.year, 0, self.target)


def received(start: date, end: date) -> dict[str, int]:
    """Tax -> rupiah between two days, reversals and refunds taken off."""
    rows = Receipt.objects.filter(on__range=(start, end)).values_list("tax_type")
    return dict(rows.annotate(total=Sum("amount")).order_by())


def targets_of(year: int, on: date) -> dict[str, int]:
    """Tax -> the year's target by the version in force on a day."""
    rows = RevenueTarget.objects.filter(year=year, district="", valid_from__lte=on, approved_at__isnull=False)
    return dict(rows.order_by("valid_from", "-version").values_list("tax_type", "amount"))


def realised(on: date) -> list[Realised]:
    """Every tax with a target or receipts: today, this month, this year."""
    year = received(date(on.year, 1, 1), on)
    month, today = received(on.replace(day=1), on), received(on, on)
    wanted = targets_of(on.year, on)
    return [
        Realised(tax, today.get(tax, 0), month.get(tax, 0), year.get(tax, 0), wanted.get(tax, 0))
        for tax in TaxType
        if year.get(tax) or wanted.get(tax)
    ]


def curve(year: int, until: date) -> list[int | None]:
    """Cumulated rupiah at the end of each month of a year; None for months that have not begun."""
    rows = Receipt.objects.filter(on__year=year, on__lte=until).annotate(month=ExtractMonth("on"))
    months = dict(rows.values_list("month").annotate(total=Sum("amount")).order_by())
    total, found = 0, []
    for month in range(1, 13):
        total += months.get(month, 0)
        found.append(total if date(year, month, 1) <= until else None)
    return found


def forecast(on: date) -> int | None:
    """What the year will come to if it goes on as the year before did; None where that year says nothing."""
    last_year = date(on.year - 1, 1, 1), date(on.year - 1, 12, 31)
    whole = sum(received(*last_year).values())
    so_far = sum(received(last_year[0], _same_day_before(on)).values())
    now = sum(received(date(on.year, 1, 1), on).values())
    return now * whole // so_far if so_far > 0 else None


def _same_day_before(on: date) -> date:
    return on.replace(year=on.year - 1) if (on.month, on.day) != (2, 29) else date(on.year - 1, 2, 28)


def by_district(year: int) -> dict[str, int]:
    """Kecamatan -> rupiah that came in from its villages in a year."""
    rows = Receipt.objects.filter(on__year=year).exclude(village_code="")
    found = rows.annotate(district=Substr("village_code", 1, 8)).values_list("district")
    return dict(found.annotate(total=Sum("amount")).order_by())


def digital(start: date, end: date) -> tuple[int, int]:
    """Rupiah that came in through VA, QRIS or host-to-host, and all that was paid in."""
    rows = Receipt.objects.filter(on__range=(start, end), amount__gt=0).exclude(channel="")
    sums = rows.aggregate(digital=Sum("amount", filter=Q(channel__in=DIGITAL)), all=Sum("amount"))
    return sums["digital"] or 0, sums["all"] or 0


def monthly(since: date, until: date) -> Mapping[tuple[date, str], tuple[int, int]]:
    """(month, tax) -> rupiah and receipts."""
    found: dict[tuple[date, str], tuple[int, int]] = {}
    day = since.replace(day=1)
    while day <= until:
        end = (day + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        rows = Receipt.objects.filter(on__range=(day, end)).values_list("tax_type")
        for tax, total, taxpayers in rows.annotate(
            total=Sum("amount"), n=Count("about", distinct=True)
        ).order_by():
            found[day, tax] = (total, taxpayers)
        day = end + timedelta(days=1)
    return found
