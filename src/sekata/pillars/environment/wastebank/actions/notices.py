"""What customers are told by phone: a deposit with the new balance, and that an account has fallen asleep."""

from collections.abc import Iterable
from datetime import datetime

from sekata.kernel import jobs
from sekata.kernel.notify import actions as notify
from sekata.kernel.people import vault
from sekata.lib import clock, money
from sekata.pillars.environment.wastebank.models import Customer, Deposit
from sekata.pillars.environment.wastebank.queries import books

TELL = "wastebank.tell"


def announce(deposits: Iterable[Deposit]) -> None:
    """Have customers told whose phone is known, once the deposits are kept."""
    known = [one.pk for one in deposits if one.customer.identity_id]
    if known:
        jobs.defer(TELL, deposits=known)


def tell_deposits(deposits: list[int], **_: object) -> int:
    """Job: a message for each deposit with the balance after all of them; how many."""
    rows = Deposit.objects.select_related("bank", "customer__bank", "customer__identity").filter(
        pk__in=deposits
    )
    at, told = clock.now(), 0
    for one in rows.order_by("pk"):
        standing = books.standing(one.customer)
        facts = {
            "number": one.number,
            "bank": one.bank.name,
            "amount": money.shown(one.credited),
            "balance": money.shown(standing.balance),
            "free": money.shown(standing.available),
        }
        told += _send(one.customer, "wastebank.deposited", facts, at)
    return told


def tell_sleeping(customers: Iterable[Customer], at: datetime) -> int:
    """R19: a notice to everybody whose account has fallen asleep; how many could be told."""
    told = 0
    for one in customers:
        told += _send(one, "wastebank.sleeping", {"number": one.number, "bank": one.bank.name}, at)
    return told


def _send(customer: Customer, template: str, facts: dict[str, str], at: datetime) -> bool:
    if customer.identity is None or not vault.use(customer.identity).get("phone"):
        return False
    notify.send(template=template, facts=facts, at=at, channel="whatsapp", secret=customer.identity)
    return True
