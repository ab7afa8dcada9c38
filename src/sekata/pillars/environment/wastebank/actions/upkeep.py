"""What the suite does by itself at night."""

from datetime import datetime, timedelta

from django.db import connection

from sekata.kernel.journal.actions import action
from sekata.lib import clock
from sekata.lib.actor import Actor, system
from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank.actions import books, notices
from sekata.pillars.environment.wastebank.codes import CustomerStatus
from sekata.pillars.environment.wastebank.models import Customer, WasteBank
from sekata.pillars.environment.wastebank.queries import books as reading
from sekata.pillars.environment.wastebank.queries.law import law
from sekata.pillars.environment.wastebank.rights import DIRECT, KEEP_CASH, SYSTEM, WEIGH
from sekata.pillars.environment.wastebank.rules import bookkeeping
from sekata.pillars.environment.wastebank.rules.community import Sleep, sleep_of

LEAST_LINES = 100
SUITE = system("wastebank.upkeep")
P99 = """
    INSERT INTO wastebank_kindthreshold (kind, p99_kg, lines, counted_at)
    SELECT customer.kind, percentile_disc(0.99) WITHIN GROUP (ORDER BY line.kg), count(*), %(at)s
    FROM wastebank_depositline line
    JOIN wastebank_deposit deposit ON deposit.id = line.deposit_id
    JOIN wastebank_customer customer ON customer.id = deposit.customer_id
    WHERE deposit.state = 'final' AND deposit.corrected_at >= %(since)s
    GROUP BY customer.kind HAVING count(*) >= %(least)s
    ON CONFLICT (kind) DO UPDATE
    SET p99_kg = excluded.p99_kg, lines = excluded.lines, counted_at = excluded.counted_at
"""


def count_thresholds(**_: object) -> int:
    """Nightly job: what is usual per kind of customer, from a year of lines; few lines tell nothing (R12)."""
    at = clock.now()
    given = {"at": at, "since": at - timedelta(days=365), "least": LEAST_LINES}
    with connection.cursor() as cursor:
        cursor.execute(P99, given)
        return cursor.rowcount


def put_to_sleep(**_: object) -> int:
    """Nightly job: accounts without movement for a year become dormant, never less (R19)."""
    today, rulebook = clock.today(), law(clock.now())
    months, years = rulebook.limit("dormant_months"), rulebook.limit("unclaimed_years")
    idle = Customer.objects.filter(
        status=CustomerStatus.ACTIVE, moved_on__lte=today - timedelta(days=28 * months)
    )
    sleepers = [
        key
        for key, moved_on in idle.values_list("pk", "moved_on").iterator(2000)
        if sleep_of(moved_on, today, months, years) is not Sleep.AWAKE
    ]
    asleep = Customer.objects.filter(pk__in=sleepers, status=CustomerStatus.ACTIVE)
    told = list(asleep.select_related("bank", "identity"))
    count = asleep.update(status=CustomerStatus.DORMANT)
    notices.tell_sleeping(told, clock.now())
    return count


def list_unclaimed(**_: object) -> int:
    """Nightly job: what nobody has touched for years is listed apart, owed as before (R19); how many accounts."""
    at, today = clock.now(), clock.today()
    years = law(at).limit("unclaimed_years")
    idle = Customer.objects.select_related("bank").filter(
        status=CustomerStatus.DORMANT, moved_on__lte=today - timedelta(days=365 * years)
    )
    listed = [one for one in idle if sleep_of(one.moved_on, today, 1, years) is Sleep.UNCLAIMED]
    return sum(_list_apart(actor=SUITE, customer=one, at=at) for one in listed)


@action(right=SYSTEM, event="wastebank.customer.listed_unclaimed", on="customer")
def _list_apart(*, actor: Actor, customer: Customer, at: datetime) -> bool:
    books.lock(customer)
    balance = reading.standing(customer).available
    if balance <= 0:
        return False
    cause = books.Cause(f"wastebank.unclaimed:{customer.number}:{at:%Y%m%d}", "Belum diambil", customer)
    books.enter(bank=customer.bank, cause=cause, entry=bookkeeping.unclaimed(customer.number, balance), at=at)
    return True


@action(
    right=WEIGH | DIRECT | KEEP_CASH, event="wastebank.customer.reclaimed", on="bank", keeps=("customer",)
)
def reclaim(*, actor: Actor, bank: WasteBank, customer: Customer, at: datetime) -> int:
    """Somebody comes for money that was listed apart: it is on the own account again; how much."""
    holder = bookkeeping.UNCLAIMED + customer.number
    amount = reading.held_by(bank, bookkeeping.CUSTOMERS).get(holder, 0)
    if customer.bank_id != bank.pk or not amount:
        raise Refused.because(
            "unclaimed", "Tidak ada uang yang dicatat terpisah untuk nasabah ini.", status=409
        )
    cause = books.Cause(f"wastebank.reclaimed:{customer.number}:{at:%Y%m%d}", "Diambil kembali", customer)
    books.enter(bank=bank, cause=cause, entry=bookkeeping.moved(holder, customer.number, amount), at=at)
    changes = {"status": CustomerStatus.ACTIVE, "moved_on": at.astimezone(clock.WIB).date()}
    Customer.objects.filter(pk=customer.pk).update(**changes)
    return amount
