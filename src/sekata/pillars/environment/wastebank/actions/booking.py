"""Writing deposits: number, receipt, lines, stock - in sets, so that five hundred cost little more than one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import connection

from sekata.lib import clock
from sekata.pillars.environment.wastebank.actions import books, notices
from sekata.pillars.environment.wastebank.actions.judging import Booking
from sekata.pillars.environment.wastebank.actions.steps import take_numbers
from sekata.pillars.environment.wastebank.codes import CustomerStatus, MoveKind
from sekata.pillars.environment.wastebank.models import (
    Customer,
    Deposit,
    DepositLine,
    Device,
    StockMove,
    WasteBank,
)
from sekata.pillars.environment.wastebank.rules import numbers

PUT_IN = """
    INSERT INTO wastebank_stock (bank_id, material, kg, value)
    SELECT %s, material, kg, value FROM unnest(%s::text[], %s::numeric[], %s::bigint[]) AS come(material, kg, value)
    ON CONFLICT (bank_id, material)
    DO UPDATE SET kg = wastebank_stock.kg + excluded.kg, value = wastebank_stock.value + excluded.value
"""


def book(
    *, bank: WasteBank, device: Device | None, bookings: Sequence[Booking], at: datetime
) -> list[Deposit]:
    """Book weighings that have been judged, in their order. The caller holds the transaction and wrote its event."""
    if not bookings:
        return []
    year = at.astimezone(clock.WIB).year
    serials = take_numbers(bank, "deposit", year, len(bookings))
    deposits = [
        _deposit(bank, device, booking, numbers.deposit_number(bank.bank_no, year, serial), at)
        for booking, serial in zip(bookings, serials, strict=True)
    ]
    Deposit.objects.bulk_create(deposits)
    lines = _numbered_lines(deposits, bookings)
    DepositLine.objects.bulk_create(lines)
    StockMove.objects.bulk_create(_moves(bank, lines, at))
    put_in(bank, come_in(lines))
    books.enter_deposits(bank, deposits, at)
    _wake(bookings)
    notices.announce(deposits)
    return deposits


def _deposit(bank: WasteBank, device: Device | None, booking: Booking, number: str, at: datetime) -> Deposit:
    weighing = booking.weighing
    return Deposit(
        bank=bank,
        device=device,
        uid=weighing.uid,
        fingerprint=booking.fingerprint,
        number=number,
        provisional_no=weighing.provisional_no,
        customer=booking.customer,
        weigher=booking.weigher,
        scale=booking.scale,
        source=weighing.source,
        weighed_at=weighing.device_time,
        clock_offset_s=weighing.offset_s,
        corrected_at=booking.corrected_at,
        received_at=at,
        posted_on=booking.posted_on,
        list_version=weighing.list_version,
        gross=booking.shares.customer + booking.shares.bank,
        credited=booking.shares.customer,
        bank_share=booking.shares.bank,
        top_up=booking.top_up,
        flags=list(booking.flags),
        photo_id=weighing.photo,
    )


def _numbered_lines(deposits: Sequence[Deposit], bookings: Sequence[Booking]) -> list[DepositLine]:
    lines = []
    for deposit, booking in zip(deposits, bookings, strict=True):
        for line in booking.lines:
            line.deposit = deposit
            lines.append(line)
    return lines


def _moves(bank: WasteBank, lines: Sequence[DepositLine], at: datetime) -> list[StockMove]:
    return [
        StockMove(
            bank=bank, material=line.material, kind=MoveKind.IN_DEPOSIT, kg=line.kg, value=line.credited, at=at,
            deposit=line.deposit,
        )
        for line in lines
    ]  # fmt: skip


def come_in(lines: Sequence[DepositLine]) -> dict[str, tuple[Decimal, int]]:
    """material -> (kilograms, value) of the lines together."""
    total: dict[str, tuple[Decimal, int]] = {}
    for line in lines:
        kg, value = total.get(line.material, (Decimal(0), 0))
        total[line.material] = (kg + line.kg, value + line.credited)
    return total


def put_in(bank: WasteBank, come: Mapping[str, tuple[Decimal, int]]) -> None:
    """R8: add to the stock of each material in one statement; rows are locked in one order."""
    if come:
        names = sorted(come)
        values = [names, [come[name][0] for name in names], [come[name][1] for name in names]]
        with connection.cursor() as cursor:
            cursor.execute(PUT_IN, [bank.pk, *values])


def _wake(bookings: Sequence[Booking]) -> None:
    """Every customer who brought something has moved today; sleepers agreed to wake."""
    latest: dict[int, object] = {}
    for booking in bookings:
        known = latest.get(booking.customer.pk)
        latest[booking.customer.pk] = max(known, booking.posted_on) if known else booking.posted_on
    days: dict[object, list[int]] = {}
    for customer, day in latest.items():
        days.setdefault(day, []).append(customer)
    for day, customers in days.items():
        Customer.objects.filter(pk__in=customers, moved_on__lt=day).update(moved_on=day)
    Customer.objects.filter(pk__in=latest, status=CustomerStatus.DORMANT).update(status=CustomerStatus.ACTIVE)
