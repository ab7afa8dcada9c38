"""What waits for somebody in the demonstration today, and the citizen who can be looked at: through the room's acts."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import NAMESPACE_URL, UUID, uuid5

from sekata.kernel.people import queries as people
from sekata.lib import clock
from sekata.lib.actor import PERSON, Actor
from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank.actions import counts, pickups, sharing, trade, withdrawals
from sekata.pillars.environment.wastebank.models import Customer, Stock
from sekata.pillars.environment.wastebank.queries import books
from sekata.pillars.environment.wastebank.seed import names
from sekata.pillars.environment.wastebank.seed.house import CITIZEN, Bank

HOURS = timedelta(hours=3)


def happen(banks: list[Bank], at: datetime) -> None:
    """Shares of the last closed month, a count beyond the tolerance, a disputed transfer, withdrawals, a pickup."""
    month = _closed_month(at)
    with clock.frozen(at - HOURS):
        for bank in banks:
            with suppress(Refused):
                sharing.share(actor=bank.actors["director"], bank=bank.row, month=month)
        shown = next(bank for bank in banks if bank.row.name == names.SHOWN)
        _stock_waits(shown)
        _money_waits(shown)
        _citizen(shown)


def _closed_month(at: datetime) -> date:
    first = at.astimezone(clock.WIB).date().replace(day=1)
    for _ in "ab":
        first = (first - timedelta(days=1)).replace(day=1)
    return first


def _key(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"sekata:demo:wastebank:{name}")


def _stock_waits(bank: Bank) -> None:
    """A count that lacks too much, and a transfer that the central weighs heavier than it was sent."""
    kept = Stock.objects.filter(bank=bank.row, kg__gt=4).order_by("-kg").first()
    if kept is None:
        return
    left = (kept.kg * Decimal("0.95")).quantize(Decimal("0.1"))
    counts.count_stock(actor=bank.actors["director"], bank=bank.row, counted={kept.material: left})
    goods = [trade.Goods(kept.material, Decimal(2), 2_000)]
    sent = trade.send(actor=bank.actors["weigher"], bank=bank.row, goods=goods)
    weigher = bank.central.actors["weigher"]
    trade.receive(
        actor=weigher, bank=bank.central.row, transfer=sent, weights={kept.material: Decimal("2.4")}
    )


def _money_waits(bank: Bank) -> None:
    """Two requests at the counter: they wait for the treasurer."""
    rich = sorted(books.balances(bank.row).items(), key=lambda pair: (-pair[1], pair[0]))[1:3]
    for number, balance in rich:
        customer = Customer.objects.select_related("bank__case__unit").get(number=number)
        asked = withdrawals.Asked(_key(number), "cash", balance // 2 // 1000 * 1000)
        with suppress(Refused):
            withdrawals.ask_at_desk(
                actor=bank.actors["director"], bank=bank.row, customer=customer, asked=asked
            )


def _citizen(bank: Bank) -> None:
    """The citizen of the demonstration is the customer with the highest balance, and waits for a pickup."""
    person = people.by_usernames([CITIZEN]).get(CITIZEN)
    if person is None:
        return
    number = max(books.balances(bank.row).items(), key=lambda pair: (pair[1], pair[0]))[0]
    Customer.objects.filter(number=number).update(person=person, name=person.full_name, nickname="Rina RT 03")
    customer = Customer.objects.select_related("bank__case__unit").get(number=number)
    asked = pickups.PickupRequest(
        submission=_key("pickup"), address="Jalan Pemuda, rumah pagar hijau", estimate_kg=Decimal(18),
        day=clock.today() + timedelta(days=2),
    )  # fmt: skip
    pickups.ask(actor=Actor(kind=PERSON, person=person.pk), customer=customer, asked=asked)
