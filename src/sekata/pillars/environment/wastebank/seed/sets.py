"""Writing what was reckoned: in sets, each table once, then the book of each bank."""

import random
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Model

from sekata.kernel.cases.queries import Case
from sekata.kernel.ledger import actions as ledger
from sekata.kernel.people import vault
from sekata.lib import clock, money
from sekata.pillars.environment.wastebank.actions import books
from sekata.pillars.environment.wastebank.actions.customers import CONSENT
from sekata.pillars.environment.wastebank.codes import WithdrawalKind
from sekata.pillars.environment.wastebank.models import Customer, Period, Series, Stock
from sekata.pillars.environment.wastebank.queries import books as reading
from sekata.pillars.environment.wastebank.rules import numbers
from sekata.pillars.environment.wastebank.seed import names
from sekata.pillars.environment.wastebank.seed.house import Bank, uuid
from sekata.pillars.environment.wastebank.seed.life import Life
from sekata.pillars.environment.wastebank.workflow import WITHDRAWAL

BATCH = 2_000
KINDS = ("household",) * 7 + ("person",) * 2 + ("institution",)


def customers(bank: Bank, count: int, begin: datetime, dice: random.Random) -> list[Customer]:
    """Invented customers of a bank, all of whom joined in its first months."""
    school = bank.row.name.endswith("Cendekia")
    rows = [_customer(bank, serial, school, begin, dice) for serial in range(1, count + 1)]
    Series.objects.create(bank=bank.row, code="customer", last=count)
    return Customer.objects.bulk_create(rows, batch_size=BATCH)


def _customer(bank: Bank, serial: int, school: bool, begin: datetime, dice: random.Random) -> Customer:
    joined = begin + timedelta(days=dice.randrange(0, 150), hours=2)
    kind = "school_class" if school else dice.choice(KINDS)
    name = f"Kelas {serial % 6 + 1}{'ABCDEF'[serial % 6]} angkatan {serial}" if school else names.person(dice)
    return Customer(
        request=uuid(dice), bank=bank.row, number=numbers.customer_number(bank.row.bank_no, serial), kind=kind,
        name=name, kk_hash=vault.lookup("household", f"demo:{bank.row.bank_no}:{serial}"),
        village_code=bank.row.villages[0], household_size=24 if school else dice.choice((2, 3, 4, 4, 5, 6)),
        card_token=uuid(dice).hex, consent_version=CONSENT, joined_at=joined,
        nickname=f"{dice.choice(names.NICKNAMES)} {serial}" if dice.random() < 0.3 else "",
        moved_on=joined.astimezone(clock.WIB).date(),
    )  # fmt: skip


def write(lives: Iterable[Life], present: datetime) -> None:
    """Everything of every bank: rows, movements, withdrawals with their cases, stock, series, months, books."""
    lives = list(lives)
    for name in ("deposits", "deposit_lines", "sales", "sale_lines", "transfers", "transfer_lines", "counts",
                 "count_lines", "cash_counts", "moves", "vouchers"):  # fmt: skip
        _create([row for life in lives for row in getattr(life.rows, name)])
    _withdrawals(lives)
    for life in lives:
        _standing(life)
        _book(life, present)
    everybody = [one for life in lives for one in life.customers]
    Customer.objects.bulk_update(everybody, ["moved_on"], batch_size=BATCH)


def _create(rows: list[Model]) -> None:
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)


def _withdrawals(lives: list[Life]) -> None:
    told = [pair for life in lives for pair in life.rows.withdrawals]
    cases = Case.objects.bulk_create(
        (
            Case(
                workflow=WITHDRAWAL.code, number=number, state="paid", unit=made.bank.case.unit, version=4,
                title=f"{WithdrawalKind(made.kind).label} {money.shown(made.amount)}",
                applicant_id=made.customer.person_id, received_at=made.paid_at, closed_at=made.paid_at,
            )
            for made, number in told
        ),
        batch_size=BATCH,
    )  # fmt: skip
    for (made, _), case in zip(told, cases, strict=True):
        made.case = case
    _create([made for made, _ in told])


def _standing(life: Life) -> None:
    """What lies there, and where the series of numbers stand."""
    Stock.objects.bulk_create(
        Stock(bank=life.bank.row, material=code, kg=kept.kg, value=kept.value)
        for code, kept in life.stock.items()
    )
    Series.objects.bulk_create(
        Series(bank=life.bank.row, code=code, year=year, last=last)
        for (code, year), last in life.serials.items()
    )


def _book(life: Life, present: datetime) -> None:
    """The entries of a bank in the order of their days; then its months are closed up to the last but one."""
    bank = life.bank.row
    ordered = sorted(life.events, key=lambda event: event.day)
    drafts = [
        books.draft(books.Cause(event.key(), event.memo, event.row), event.entry, event.day)
        for event in ordered
    ]
    ledger.post_many(book=reading.book_of(bank), drafts=drafts, at=present)
    last = _month_before(_month_before(present.astimezone(clock.WIB).date()))
    months, first = [], bank.decree_on.replace(day=1)
    while first <= last:
        months.append(Period(bank=bank, month=first, state="closed", version=2, closed_at=present,
                             closed_by=life.bank.actors["director"].person))  # fmt: skip
        first = (first + timedelta(days=32)).replace(day=1)
    Period.objects.bulk_create(months)
    if months:
        books.shut(bank, last)


def _month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)
