"""Twelve invented waste banks with two years behind them, for the demonstration: the same every time.

Banks are founded through the room's own acts; their two years are reckoned by its rules and written in sets; what
waits for somebody today goes through acts again. Nobody in it exists.
"""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from sekata.kernel.ledger import actions as ledger
from sekata.kernel.ledger import queries as ledger_read
from sekata.lib import clock
from sekata.pillars.environment.wastebank.models import Collector, Deposit, WasteBank
from sekata.pillars.environment.wastebank.seed import today
from sekata.pillars.environment.wastebank.seed.house import Bank, Founder
from sekata.pillars.environment.wastebank.seed.life import DAYS, Life
from sekata.pillars.environment.wastebank.seed.sets import customers, write

LABEL = "Bank sampah peragaan / demonstration waste banks"
SEED = 14_05_2017
MONTHS, CUSTOMERS = 24, 60
MARK_UP = {"central": 135, "unit": 116, "buyer": 130}
"""Percent of the unit's buying prices: what outside buyers pay a central, a central a unit, buyers a unit."""
TABLES = (
    "wastebank_deposit",
    "wastebank_depositline",
    "wastebank_stockmove",
    "ledger_entry",
    "ledger_posting",
)


def seed(*, scale: int = 1, progress: Callable = lambda *_: None, at: datetime) -> int:
    """Sow once and whole; how many deposits were made. scale: so many times sixty customers a bank."""
    if WasteBank.objects.exists():
        return 0
    with transaction.atomic():
        lives = _found(scale, at)
        months = _months(at)
        for done, first in enumerate(months):
            progress(LABEL, done, len(months))
            _month(lives, first, at)
        write(lives.values(), at)
        ledger.gather()
        today.happen([life.bank for life in lives.values()], at)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(TABLES)}")
    progress(LABEL, len(months), len(months))
    return Deposit.objects.count()


def _months(at: datetime) -> list[date]:
    """The first days of the months, the present one last."""
    first, found = at.astimezone(clock.WIB).date().replace(day=1), []
    for _ in range(MONTHS + 1):
        found.append(first)
        first = (first - timedelta(days=1)).replace(day=1)
    return found[::-1]


def _found(scale: int, at: datetime) -> dict[str, Life]:
    """The banks by their codes, each with its customers and its capital."""
    dice, first = random.Random(SEED), _months(at)[0]  # noqa: S311 - invented data
    begin = datetime(first.year, first.month, 1, 8, tzinfo=clock.WIB) - timedelta(days=40)
    ledger_read.forget()
    lives = {}
    for bank in Founder.open(begin, at, dice).found_all():
        count = 0 if bank.central is None else CUSTOMERS * scale
        life = Life(bank, customers(bank, count, begin, dice), random.Random(dice.random()), at)  # noqa: S311
        life.start(begin + timedelta(days=1))
        lives[bank.row.code] = life
    return lives


def _month(lives: dict[str, Life], first: date, at: datetime) -> None:
    """Bring, take, send, sell, settle, count: the units first, then their centrals."""
    present = at.astimezone(clock.WIB).date()
    last = min(first.replace(day=DAYS["take"] - 1), present - timedelta(days=1))
    buyers = {one.code: one for one in Collector.objects.all()}
    units = [life for life in lives.values() if life.bank.central]
    centrals = [life for life in lives.values() if not life.bank.central]
    for life in units:
        prices = _prices(life.bank, first)
        if last > first:
            life.bring(first, last)
        if first.replace(day=DAYS["take"]) < present:
            life.hand_out(first)
        life.send(first, lives[life.bank.central.row.code], _times(prices, MARK_UP["unit"]))
        life.sell(first, buyers["PGL-KERINCI"], _times(prices, MARK_UP["buyer"]), lambda code: True)
    for life in centrals:
        sold = _times(_prices(life.bank, first), MARK_UP["central"])
        life.sell(first, buyers["DAUR-RIAU"], sold, lambda code: True)
        life.settle(first, lives)
    for life in units:
        life.settle(first, lives)
    for life in lives.values():
        life.count(first)


def _prices(bank: Bank, first: date) -> dict[str, int]:
    return bank.price_list(datetime(first.year, first.month, 28, tzinfo=clock.WIB))[1]


def _times(prices: dict[str, int], percent: int) -> dict[str, int]:
    return {code: price * percent // 100 for code, price in prices.items()}


__all__ = ["seed"]
