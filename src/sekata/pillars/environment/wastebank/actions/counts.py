"""Counting: stock (opname), cash, and the closing of a month."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from sekata.kernel.journal.actions import action
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import Refused, insist
from sekata.pillars.environment.wastebank.actions import books, stocks
from sekata.pillars.environment.wastebank.actions.steps import move, tell_suspense
from sekata.pillars.environment.wastebank.codes import Cause, PeriodState, Post
from sekata.pillars.environment.wastebank.models import (
    CashCount,
    Officer,
    Period,
    StockCount,
    StockCountLine,
    TransferLine,
    WasteBank,
)
from sekata.pillars.environment.wastebank.queries import banks, closing
from sekata.pillars.environment.wastebank.queries import books as reading
from sekata.pillars.environment.wastebank.queries.law import Law, law
from sekata.pillars.environment.wastebank.rights import DIRECT, KEEP_CASH, OVERSEE, WEIGH
from sekata.pillars.environment.wastebank.rules import bookkeeping, duties, stock
from sekata.pillars.environment.wastebank.workflow import PERIOD


@action(right=DIRECT | WEIGH, event="wastebank.stock.counted", on="bank")
def count_stock(*, actor: Actor, bank: WasteBank, counted: Mapping[str, Decimal], at: datetime) -> StockCount:
    """Count materials: the book becomes the count; beyond the tolerance director and office are told (R9)."""
    if not counted or min(counted.values()) < 0:
        raise Refused.because("counted", "Isi berat tiap jenis, nol bila tidak ada.", "counted")
    rulebook = law(at)
    unknown = [name for name in counted if name not in rulebook.materials]
    if unknown:
        raise Refused.because("material", f"Jenis {', '.join(unknown)} tidak ada dalam katalog.", "counted")
    made = StockCount.objects.create(bank=bank, counted_by=actor.person, counted_at=at)
    lines = [_count_one(made, name, counted[name], rulebook, at) for name in sorted(counted)]
    StockCountLine.objects.bulk_create(lines)
    beyond = [line.material for line in lines if line.beyond]
    if beyond:
        tell_suspense(bank, beyond, at)
    _enter_count(made, lines, at)
    return made


def _enter_count(made: StockCount, lines: Sequence[StockCountLine], at: datetime) -> None:
    """R9: within the tolerance it is shrinkage, beyond it suspense."""
    for line in lines:
        cause = books.Cause(_counted(line), f"Opname {line.material}", made)
        books.enter(bank=made.bank, cause=cause, entry=bookkeeping.shrinkage(line.value, line.beyond), at=at)


def _counted(line: StockCountLine) -> str:
    return f"wastebank.count:{line.count_id}:{line.material}"


def _count_one(made: StockCount, material: str, kg: Decimal, rulebook: Law, at: datetime) -> StockCountLine:
    row = stocks.locked(made.bank, material)
    book = stocks.as_rule(row)
    found = stock.variance(book, kg, rulebook.tolerance(material))
    if found.kg:
        stocks.adjust(row, found, at, count=made)
    return StockCountLine(
        count=made, material=material, book_kg=book.kg, counted_kg=kg, percent=found.percent, value=found.value,
        beyond=found.beyond,
    )  # fmt: skip


@action(
    right=DIRECT | OVERSEE,
    event="wastebank.suspense.closed",
    on="bank",
    keeps=("line", "cause", "explanation"),
)
def close_suspense(
    *, actor: Actor, bank: WasteBank, line: StockCountLine, cause: str, explanation: str, at: datetime
) -> StockCountLine:
    """Close a large difference with its cause."""
    insist(stock.closing_reasons(cause))
    open_ones = StockCountLine.objects.filter(pk=line.pk, count__bank=bank, beyond=True, closed_at=None)
    if (
        open_ones.update(cause=cause, explanation=explanation.strip(), closed_by=actor.person, closed_at=at)
        != 1
    ):
        raise Refused.because("state", "Selisih ini tidak terbuka lagi.", status=409)
    line.refresh_from_db()
    closed = books.Cause(
        f"{_counted(line)}:closed", f"Selisih {line.material}: {Cause(cause).label}", line.count
    )
    books.enter(bank=bank, cause=closed, entry=bookkeeping.suspense_closed(line.value), at=at)
    return line


@action(
    right=DIRECT | OVERSEE,
    event="wastebank.leg.closed",
    on="bank",
    keeps=("line", "cause", "explanation"),
)
def close_leg(
    *, actor: Actor, bank: WasteBank, line: TransferLine, cause: str, explanation: str, at: datetime
) -> TransferLine:
    """Close what was lost between unit and central beyond the tolerance, with its cause; the loss is the unit's."""
    insist(stock.closing_reasons(cause))
    found = TransferLine.objects.filter(pk=line.pk, transfer__bank=bank, beyond=True, closed_at=None)
    changes = {"cause": cause, "explanation": explanation.strip(), "closed_by": actor.person, "closed_at": at}
    if found.update(**changes) != 1:
        raise Refused.because("state", "Selisih ini tidak terbuka lagi.", status=409)
    line.refresh_from_db()
    number = line.transfer.number
    why = f"Selisih kiriman {number} {line.material}: {Cause(cause).label}"
    closed = books.Cause(f"wastebank.transfer:{number}:{line.material}:closed", why, line.transfer)
    books.enter(bank=bank, cause=closed, entry=bookkeeping.suspense_closed(line.loss), at=at)
    return line


@action(right=KEEP_CASH, event="wastebank.cash.counted", on="bank", keeps=("counted", "explanation"))
def count_cash(
    *, actor: Actor, bank: WasteBank, director: Officer, counted: int, explanation: str = "", at: datetime
) -> CashCount:
    """Count the cash box together with the director (R11)."""
    day = at.astimezone(clock.WIB).date()
    treasurer = banks.officer_of(bank, actor.person, Post.TREASURER, day)
    present = [one.post for one in (treasurer, director) if one is not None and one.bank_id == bank.pk]
    insist(duties.cash_count_reasons(present))
    insist(duties.second_person_reasons(treasurer.person_id, director.person_id, "Kas dihitung"))
    if counted < 0:
        raise Refused.because("counted", "Jumlah uang tidak boleh kurang dari nol.", "counted")
    return CashCount.objects.create(
        bank=bank, treasurer=treasurer, director=director, counted=counted, book=reading.money_in(bank),
        explanation=explanation.strip(), counted_at=at,
    )  # fmt: skip


@action(right=DIRECT, event="wastebank.month.closed", on="bank", keeps=("month",))
def close_month(*, actor: Actor, bank: WasteBank, month: date, at: datetime) -> Period:
    """Close a month once it is over and nothing is open; what comes later posts in the open month."""
    first = month.replace(day=1)
    if first >= at.astimezone(clock.WIB).date().replace(day=1):
        raise Refused.because("month", "Bulan itu belum selesai.", "month")
    period, _ = Period.objects.select_for_update().get_or_create(bank=bank, month=first)
    given = closing.facts(bank, at)
    move(
        period, PERIOD, "close_month", actor=actor, bank=bank, given=given,
        changes={"closed_by": actor.person, "closed_at": at},
    )  # fmt: skip
    _close_earlier(bank, first, actor, at)
    books.shut(bank, first)
    return period


def _close_earlier(bank: WasteBank, month: date, actor: Actor, at: datetime) -> None:
    """Closing a month closes every earlier one that was left open."""
    known = set(Period.objects.filter(bank=bank, state=PeriodState.CLOSED).values_list("month", flat=True))
    given = {"bank": bank, "state": PeriodState.CLOSED, "closed_by": actor.person, "closed_at": at}
    earlier, rows = bank.decree_on.replace(day=1), []
    while earlier < month:
        if earlier not in known:
            rows.append(Period(month=earlier, **given))
        earlier = (earlier + timedelta(days=32)).replace(day=1)
    Period.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["bank", "month"],
        update_fields=["state", "closed_by", "closed_at"],
    )  # fmt: skip
