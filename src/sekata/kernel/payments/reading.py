"""What the treasurer's desk, the receipts and the indicators read of settled days."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Count, F, QuerySet, Sum

from sekata.kernel.ledger import queries as ledger
from sekata.kernel.ledger.models import Account, Entry
from sekata.kernel.payments.models import (
    Partner,
    Payment,
    ReconException,
    ReconRun,
    Settlement,
    SettlementFile,
    SettlementLine,
    Trace,
)

HELD = (Payment.State.POSTED, Payment.State.SUSPENSE)
LAG = """
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM settled.at - payment.trx_at) / 3600)
    FROM payments_settlement AS settled JOIN payments_payment AS payment ON payment.id = settled.payment_id
    WHERE settled.line_id IS NOT NULL AND settled.at >= %s AND settled.at < %s
"""
SLIP = """
    SELECT line ->> 0, sum((line ->> 1)::bigint)::bigint
    FROM payments_settlement AS settled
    JOIN payments_payment AS payment ON payment.id = settled.payment_id
    JOIN payments_bill AS bill ON bill.id = payment.bill_id
    CROSS JOIN LATERAL jsonb_array_elements(bill.lines) AS line
    WHERE settled.partner_id = %s AND settled.day = %s AND settled.line_id IS NOT NULL AND payment.reason = ''
    GROUP BY 1 ORDER BY 1
"""


@dataclass(frozen=True)
class Total:
    """How many, and their rupiah."""

    number: int
    rupiah: int


@dataclass(frozen=True)
class Check:
    """What our payments say an account holds, and what the book says."""

    ours: int
    book: int

    @property
    def difference(self) -> int:
        return self.book - self.ours


@dataclass(frozen=True)
class Board:
    """A bank's day. collected: what payers paid on it; settled: what reached the account on it; movement: what the
    MT940 says of it, None without one; transit, suspense: all that is open now, beside the books; owed: what
    banks still owe (or are owed) of payments that settled at another amount, part of the transit books."""

    collected: Total
    settled: Total
    movement: int | None
    transit: Total
    suspense: Total
    owed: int
    transit_books: Check
    suspense_books: Check

    @property
    def unexplained(self) -> int | None:
        """What the account moved beyond what settled."""
        return None if self.movement is None else self.movement - self.settled.rupiah


@dataclass(frozen=True)
class SlipLine:
    """A line of a deposit slip (STS)."""

    account: str
    name: str
    rupiah: int


def partners() -> list[Partner]:
    """Banks that are switched on, the oldest first."""
    return list(Partner.objects.filter(active=True).select_related("book").order_by("pk"))


def _total(rows: QuerySet) -> Total:
    found = rows.aggregate(number=Count("pk"), rupiah=Sum("amount", default=0))
    return Total(found["number"], found["rupiah"])


def board(partner: Partner, day: date) -> Board:
    """The figures of a bank's day."""
    payments = Payment.objects.filter(partner=partner)
    waiting = payments.filter(settled_on=None, state__in=HELD)
    suspense = payments.filter(state=Payment.State.SUSPENSE)
    owed = _differences(partner)
    return Board(
        collected=_total(payments.filter(day=day, state__in=HELD)),
        settled=settled(partner, day),
        movement=movement(partner, day),
        transit=_total(waiting),
        owed=owed,
        suspense=_total(suspense),
        transit_books=Check(_all(partner, "in_transit") + owed, _book(partner, partner.in_transit)),
        suspense_books=Check(_all(partner, "suspense"), _book(partner, partner.suspense)),
    )


def settled(partner: Partner, day: date) -> Total:
    """What reached the account on a day."""
    return _total(Settlement.objects.filter(partner=partner, day=day))


def movement(partner: Partner, day: date) -> int | None:
    """What the account moved on a day by the bank's statement, None while there is none."""
    rows = SettlementLine.objects.filter(partner=partner, kind=SettlementFile.Kind.STATEMENT, settled_on=day)
    return rows.aggregate(rupiah=Sum("amount"))["rupiah"]


def _all(partner: Partner, account: str) -> int:
    """What payments say an account holds, of all banks that share it."""
    rows = Payment.objects.filter(
        partner__book=partner.book_id, **{f"partner__{account}": getattr(partner, account)}
    )
    rows = (
        rows.filter(settled_on=None, state__in=HELD)
        if account == "in_transit"
        else rows.filter(state=Payment.State.SUSPENSE)
    )
    return rows.aggregate(rupiah=Sum("amount", default=0))["rupiah"]


def _differences(partner: Partner) -> int:
    """What banks still owe (or are owed) of payments that settled at another amount."""
    rows = ReconException.objects.filter(
        kind=ReconException.Kind.DIFFERENT,
        state=ReconException.State.OPEN,
        payment__settled_on__isnull=False,
        run__partner__book=partner.book_id,
        run__partner__in_transit=partner.in_transit,
    )
    return rows.aggregate(rupiah=Sum(F("payment__amount") - F("line__amount"), default=0))["rupiah"]


def _book(partner: Partner, account: str) -> int:
    return ledger.balance(ledger.book(partner.book.code), account)


def run_of(partner: Partner, day: date) -> ReconRun | None:
    """The comparison of a bank's day, if there was one."""
    return ReconRun.objects.filter(partner=partner, day=day).first()


def exceptions(run: ReconRun) -> QuerySet[ReconException]:
    """What did not fit in a day, open ones first."""
    rows = run.exceptions.select_related("line", "payment", "resolver")
    return rows.order_by("state", "kind", "pk")


def open_exceptions() -> QuerySet[ReconException]:
    """What is unexplained on any day, oldest first."""
    rows = ReconException.objects.filter(state=ReconException.State.OPEN)
    return rows.select_related("line", "payment", "run__partner").order_by("opened_at", "pk")


def matched(run: ReconRun, after: int = 0) -> QuerySet[Settlement]:
    """Payments of the day that settled by a line, in the order of their settling."""
    rows = Settlement.objects.filter(payment__partner=run.partner_id, payment__day=run.day, pk__gt=after)
    return rows.exclude(line=None).select_related("payment", "line").order_by("pk")


def files(partner: Partner) -> QuerySet[SettlementFile]:
    """Files of a bank, the latest first."""
    return SettlementFile.objects.filter(partner=partner).select_related("file").order_by("-pk")


def entries(payment: Payment) -> list[Entry]:
    """What the book says of a payment."""
    return ledger.source_entries("payments.payment", payment.ntpd)


def slip(partner: Partner, day: date) -> list[SlipLine]:
    """The deposit slip (STS) of a bank's day: by credited account, suspended money, and what the bank's amounts differ.
    Its lines sum up to what settled on that day."""
    with connection.cursor() as cursor:
        cursor.execute(SLIP, [partner.pk, day])
        rows = dict(cursor.fetchall())
    unclear = Settlement.objects.filter(partner=partner, day=day, line__isnull=False).exclude(
        payment__reason=""
    )
    rows[partner.suspense] = (
        rows.get(partner.suspense, 0) + unclear.aggregate(rupiah=Sum("payment__amount", default=0))["rupiah"]
    )
    rest = settled(partner, day).rupiah - sum(rows.values())
    rows[partner.in_transit] = rows.get(partner.in_transit, 0) + rest
    names = dict(
        Account.objects.filter(chart=partner.book.chart_id, code__in=rows).values_list("code", "name")
    )
    return [SlipLine(code, names.get(code, code), rows[code]) for code in sorted(rows) if rows[code]]


def traces() -> QuerySet[Trace]:
    """What payers ask to be traced, the most urgent first."""
    return Trace.objects.filter(state=Trace.State.OPEN).select_related("bill").order_by("due_at", "pk")


def lag_hours(start: datetime, end: datetime) -> float | None:
    """Median hours from a payer's payment to its reconciliation, of what was reconciled in the period."""
    with connection.cursor() as cursor:
        cursor.execute(LAG, [start, end])
        found = cursor.fetchone()[0]
    return round(float(found), 1) if found is not None else None
