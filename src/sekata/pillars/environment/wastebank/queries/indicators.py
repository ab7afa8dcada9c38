"""The room's indicators over a period of days or moments, of which the end is not inside."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import F, Sum

from sekata.lib import clock
from sekata.pillars.environment.wastebank.codes import TransferState, WithdrawalKind
from sekata.pillars.environment.wastebank.models import StockCountLine, TransferLine, Withdrawal
from sekata.pillars.environment.wastebank.queries import impact
from sekata.pillars.environment.wastebank.queries.impact import day_start

Moment = date | datetime


def days(start: Moment, end: Moment) -> tuple[date, date]:
    """The first day, and the first one after the period."""
    return _day(start), _day(end)


def _day(moment: Moment) -> date:
    return moment.astimezone(clock.WIB).date() if isinstance(moment, datetime) else moment


def months(since: date, until: date) -> int:
    """How many calendar months a period touches, at least one."""
    last = until - timedelta(days=1)
    return max(1, (last.year - since.year) * 12 + last.month - since.month + 1)


def sold(start: Moment, end: Moment) -> float:
    """R15: tonnes a month."""
    since, until = days(start, end)
    tonnes = impact.reduction(since, until)["reduction_t"] / months(since, until)
    return float(round(tonnes, 3))


def reduction_share(start: Moment, end: Moment) -> tuple[float, float]:
    """R15 and R16: tonnes reduced and generated."""
    found = impact.reduction(*days(start, end))
    return float(found["reduction_t"]), float(found["generation_t"])


def households(start: Moment, end: Moment) -> float | None:
    """R20 at the end of the period."""
    _, until = days(start, end)
    share = impact.participation(day_start(until))
    return None if share is None else float(share)


def paid(start: Moment, end: Moment) -> int:
    """Rupiah a month that reached residents."""
    since, until = days(start, end)
    rows = Withdrawal.objects.filter(paid_at__gte=day_start(since), paid_at__lt=day_start(until))
    rows = rows.exclude(kind=WithdrawalKind.TRANSFER_TO_CUSTOMER)
    return (rows.aggregate(total=Sum("amount"))["total"] or 0) // months(since, until)


def avoided(start: Moment, end: Moment) -> float:
    """R17: tonnes CO2e of the twelve months up to the end."""
    _, until = days(start, end)
    year_ago = until.replace(year=until.year - 1, day=min(until.day, 28))
    return float(impact.emissions(year_ago, until).total)


def shrinkage(start: Moment, end: Moment) -> tuple[float, float]:
    """R9: kilograms lost in counts and on the way, and kilograms taken in."""
    since, until = days(start, end)
    counted = StockCountLine.objects.filter(
        count__counted_at__gte=day_start(since), count__counted_at__lt=day_start(until)
    ).aggregate(kg=Sum(F("book_kg") - F("counted_kg")))["kg"]
    sent = TransferLine.objects.filter(
        transfer__state=TransferState.RECEIVED,
        transfer__received_at__gte=day_start(since),
        transfer__received_at__lt=day_start(until),
    ).aggregate(kg=Sum(F("sent_kg") - F("received_kg")))["kg"]
    taken = sum(impact.intake_kg(since, until).values(), Decimal(0))
    return float((counted or 0) + (sent or 0)), float(taken)
