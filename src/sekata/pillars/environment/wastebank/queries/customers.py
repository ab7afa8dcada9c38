"""What customers see: their accounts, what they brought, their own footprint."""

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from sekata.kernel.ledger import queries as ledger
from sekata.lib.actor import Actor
from sekata.pillars.environment.wastebank.codes import CustomerStatus, DepositState
from sekata.pillars.environment.wastebank.models import Customer, Deposit, DepositLine, Pickup, WasteBank
from sekata.pillars.environment.wastebank.queries import books
from sekata.pillars.environment.wastebank.queries.impact import day_start
from sekata.pillars.environment.wastebank.queries.law import law
from sekata.pillars.environment.wastebank.rules import bookkeeping, impact

PAGE = 20


def mine(actor: Actor) -> list[Customer]:
    """The accounts of whoever acts, or is served."""
    person = actor.acting_for or actor.person
    rows = Customer.objects.select_related("bank__case").exclude(status=CustomerStatus.CLOSED)
    return list(rows.filter(person=person).order_by("pk")) if person else []


def my_account(actor: Actor, number: str) -> Customer | None:
    """One of the actor's own accounts."""
    return next((one for one in mine(actor) if one.number == number), None)


def by_number(number: str) -> Customer | None:
    """The customer with that number, of whatever bank."""
    return Customer.objects.select_related("bank__case__unit").filter(number=number).first()


def page(bank: WasteBank, words: str, after: str = "") -> tuple[list[Customer], str]:
    """Customers of a bank in the order of their numbers after `after`, and where the next page begins."""
    rows = of_bank(bank, words).order_by("number")
    found = list((rows.filter(number__gt=after) if after else rows)[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].number if len(found) > PAGE else ""


def lines(customer: Customer, before: tuple[date, int] | None = None) -> ledger.Passbook:
    """A page of the passbook, the newest line first."""
    book = books.book_of(customer.bank)
    return ledger.passbook(book, bookkeeping.CUSTOMERS, customer.number, before=before, size=PAGE)


def of_bank(bank: WasteBank, words: str) -> QuerySet[Customer]:
    """Customers of a bank by number or by a part of the name."""
    rows = Customer.objects.filter(bank=bank).order_by("name", "pk")
    return rows.filter(Q(number=words) | Q(name__icontains=words)) if words else rows


def history(customer: Customer, before: int | None = None) -> tuple[list[Deposit], int | None]:
    """A page of deposits, the latest first, and where the next one begins."""
    rows = Deposit.objects.filter(customer=customer).prefetch_related("lines").order_by("-pk")
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def footprint(customer: Customer, since: date, until: date) -> dict[str, object]:
    """Kilograms and rupiah brought, and emissions avoided once it is all sold: the yearly card."""
    end = day_start(until)
    rows = DepositLine.objects.filter(
        deposit__customer=customer,
        deposit__state=DepositState.FINAL,
        deposit__corrected_at__gte=day_start(since),
        deposit__corrected_at__lt=end,
    )
    found = rows.values("material").annotate(kg=Sum("kg"), credited=Sum("credited"))
    kilograms = {row["material"]: row["kg"] for row in found}
    rulebook = law(end - timedelta(days=1))
    known = rulebook.table("emission_factor")
    refs = {code: row["emission"] for code, row in rulebook.materials.items()}
    factors = {code: Decimal(known[ref]["factor"]) for code, ref in refs.items() if ref in known}
    return {
        "kg": sum(kilograms.values(), Decimal(0)),
        "rupiah": sum(row["credited"] for row in found),
        "co2e_kg": impact.avoided(kilograms, factors, ()).total * 1000,
    }


def pickups(customer: Customer) -> QuerySet[Pickup]:
    """Pickups the customer asked for, the latest first."""
    return Pickup.objects.select_related("case").filter(customer=customer).order_by("-pk")[:PAGE]
