"""What the pages of paying show."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from sekata.kernel.payments import queries
from sekata.kernel.payments.models import Trace
from sekata.kernel.payments.queries import Bill, Partner, Payment
from sekata.kernel.payments.standards import numbers
from sekata.lib import clock
from sekata.lib.manifest import Quote

NOON = time(12, tzinfo=clock.WIB)


@dataclass(frozen=True)
class Due:
    """What a bill asks at a moment."""

    principal: int
    penalty: int
    until: datetime

    @property
    def total(self) -> int:
        return self.principal + self.penalty


def masked(name: str) -> str:
    """`R*** M******`: a payer as strangers may see one; what is masked already stays."""
    return (
        name if "*" in name else " ".join(f"{word[0]}{'*' * max(len(word) - 1, 2)}" for word in name.split())
    )


def due(bill: Bill, at: datetime) -> Due | None:
    """What an open bill asks at a moment, by its own row while that is true, else by its room; None for nothing."""
    if bill.state != Bill.State.OPEN:
        return None
    if bill.valid_until >= at:
        return Due(bill.principal, bill.penalty, bill.valid_until)
    return _quoted(queries.quoted(bill, at))


def what_if(bill: Bill, day: date) -> Due | None:
    """What the bill would ask on a day."""
    return due(bill, datetime.combine(day, NOON))


def _quoted(quote: Quote | None) -> Due | None:
    return None if quote is None else Due(quote.principal, quote.penalty, quote.valid_until)


def chances(today: date) -> list[date]:
    """Days worth asking about: in one, three and six months' time."""
    return [today + timedelta(days=days) for days in (30, 90, 180)]


def partner_of(bill: Bill) -> Partner | None:
    """The bank that collects for a bill's book."""
    return Partner.objects.filter(book=bill.book_id, active=True).order_by("pk").first()


def account_of(bill: Bill, partner: Partner | None) -> str:
    """The virtual account number in groups of four, empty without a bank."""
    if partner is None or not numbers.valid_customer_no(bill.customer_no):
        return ""
    digits = numbers.va_number(partner.corporate, bill.customer_no)
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def receipt_of(bill: Bill) -> Payment | None:
    """The payment that settled a bill."""
    if bill.state != Bill.State.PAID:
        return None
    return bill.payments.filter(state=Payment.State.POSTED).first()


def tracing(bill: Bill) -> QuerySet[Trace]:
    """Traces of a bill, the latest first."""
    return bill.traces.order_by("-pk")


def paid_by(person: int) -> QuerySet[Payment]:
    """What a person has paid, the latest first."""
    rows = Payment.objects.filter(bill__payer=person, state=Payment.State.POSTED)
    return rows.select_related("bill").order_by("-trx_at")
