"""Reading bills and payments."""

from datetime import date, datetime

from django.db.models import Count, QuerySet, Sum

from sekata.kernel.payments import payables
from sekata.kernel.payments.models import Bill, Partner, Payment, Token
from sekata.kernel.payments.standards import numbers
from sekata.kernel.people import vault
from sekata.lib.manifest import Quote

__all__ = ["Bill", "Partner", "Payment", "bill_of", "bills_of", "by_customer_no", "by_ntpd", "by_token", "collected",
           "partner", "quoted", "secret", "suspended"]  # fmt: skip


def bill_of(kind: str, ref: str) -> Bill | None:
    """The open bill of a thing, else its latest one."""
    return Bill.objects.filter(kind=kind, ref=ref).order_by("-pk").first()


def bills_of(person: int) -> QuerySet[Bill]:
    """Open bills of a person, the one that ends first at the top."""
    return Bill.objects.filter(payer=person, state=Bill.State.OPEN).order_by("valid_until", "pk")


def by_customer_no(text: str) -> Bill | None:
    """The bill behind a customer number or a whole virtual account number; a wrong check digit asks nobody."""
    digits = "".join(text.split())[-numbers.CUSTOMER_DIGITS :]
    return Bill.objects.filter(customer_no=digits).first() if numbers.valid_customer_no(digits) else None


def quoted(bill: Bill, at: datetime) -> Quote | None:
    """What its room asks for the bill's thing at a moment."""
    return payables.of(bill.kind).quote(bill.ref, at)


def by_ntpd(ntpd: str) -> Payment | None:
    """The payment of a receipt number."""
    return Payment.objects.select_related("bill", "partner").filter(ntpd=ntpd).first()


def partner(client_id: str) -> Partner | None:
    """The active bank of that name."""
    found = Partner.objects.select_related("vault", "book").filter(client_id=client_id, active=True)
    return found.first()


def by_token(digest: str, at: datetime) -> Partner | None:
    """The bank that holds a token which is still good."""
    token = Token.objects.select_related("partner__vault", "partner__book").filter(
        digest=digest, expires__gt=at
    )
    found = token.first()
    return found.partner if found and found.partner.active else None


def secret(of: Partner) -> str:
    """The shared secret of message signatures, for verifying and signing alone."""
    return vault.use(of.vault)["secret"]


def suspended() -> QuerySet[Payment]:
    """Money that waits for the treasurer's decision, oldest first."""
    return (
        Payment.objects.filter(state=Payment.State.SUSPENSE).select_related("partner").order_by("posted_at")
    )


def collected(since: date, until: date) -> dict[str, int]:
    """Posted payments of a period by bank day: their number and rupiah."""
    rows = Payment.objects.filter(state=Payment.State.POSTED, day__gte=since, day__lte=until)
    return rows.aggregate(number=Count("pk"), rupiah=Sum("amount", default=0))
