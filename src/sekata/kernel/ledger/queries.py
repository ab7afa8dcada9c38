"""Balances, passbooks and statements. A balance costs the same after ten years: months are summed up beforehand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection

from sekata.kernel.ledger import memory
from sekata.kernel.ledger.memory import book, forget
from sekata.kernel.ledger.models import Book, Entry, Hold, Kind, Posting
from sekata.kernel.ledger.terms import Line

__all__ = [
    "Movement", "Passbook", "Turnover", "active_holds", "available", "balance", "balances", "book", "by_key", "forget",
    "entries", "lines", "passbook", "source_entries", "statement", "trial_balance",
]  # fmt: skip

PAGE = 50
LEFT = frozenset({Kind.ASSET, Kind.EXPENSE})
"""Kinds of account whose balance stands on the debit side."""

SUMMED = """
    SELECT debit - credit AS amount FROM ledger_tally
    WHERE book_id = %(book)s AND account_id = %(account)s AND holder = %(holder)s AND month < %(month)s
    UNION ALL
    SELECT debit - credit FROM ledger_fresh
    WHERE book_id = %(book)s AND account_id = %(account)s AND holder = %(holder)s AND month < %(month)s
"""
BALANCE = f"SELECT coalesce(sum(amount), 0)::bigint FROM ({SUMMED}) AS months"  # noqa: S608 - fixed pieces
BEFORE = f"""
    SELECT coalesce(sum(amount), 0)::bigint FROM (
        {SUMMED}
        UNION ALL
        SELECT amount FROM ledger_posting
        WHERE book_id = %(book)s AND account_id = %(account)s AND {{whose}}
            AND day >= %(month)s AND (day, id) < (%(day)s, %(id)s)
    ) AS all_before
"""  # noqa: S608 - fixed pieces
TRIAL = """
    SELECT account.code, account.name, account.kind, sum(opening)::bigint, sum(debit)::bigint, sum(credit)::bigint
    FROM (
        SELECT account_id, debit - credit AS opening, 0 AS debit, 0 AS credit FROM (
            SELECT account_id, debit, credit FROM ledger_tally
            WHERE book_id = %(book)s AND holder = '' AND month < %(since)s
            UNION ALL
            SELECT account_id, debit, credit FROM ledger_fresh
            WHERE book_id = %(book)s AND holder = '' AND month < %(since)s
        ) AS before
        UNION ALL
        SELECT account_id, 0, debit, credit FROM ledger_tally
        WHERE book_id = %(book)s AND holder = '' AND month >= %(since)s AND month < %(until)s
        UNION ALL
        SELECT account_id, 0, debit, credit FROM ledger_fresh
        WHERE book_id = %(book)s AND holder = '' AND month >= %(since)s AND month < %(until)s
    ) AS moved
    JOIN ledger_account AS account ON account.id = account_id
    GROUP BY account.code, account.name, account.kind ORDER BY account.code
"""
HELD = """
    SELECT holder, sum(debit - credit)::bigint FROM (
        SELECT holder, debit, credit FROM ledger_tally
        WHERE book_id = %(book)s AND account_id = %(account)s AND holder <> ''
        UNION ALL
        SELECT holder, debit, credit FROM ledger_fresh
        WHERE book_id = %(book)s AND account_id = %(account)s AND holder <> ''
    ) AS moved GROUP BY holder HAVING sum(debit - credit) <> 0 ORDER BY holder
"""
END = date(9999, 12, 1)
LAST = 2**63 - 1


@dataclass(frozen=True)
class Movement:
    """A line of a passbook: amount and the balance after it, both on the account's own side."""

    id: int
    day: date
    memo: str
    amount: int
    balance: int
    entry: int
    source: tuple[str, str]


@dataclass(frozen=True)
class Passbook:
    """A page, newest line first; opening: balance before its oldest line; next: where older lines go on."""

    lines: tuple[Movement, ...]
    opening: int
    closing: int
    next: tuple[date, int] | None


@dataclass(frozen=True)
class Turnover:
    """An account over some months: opening balance, debits, credits, closing balance (debits above zero)."""

    code: str
    name: str
    kind: str
    opening: int
    debit: int
    credit: int

    @property
    def closing(self) -> int:
        return self.opening + self.debit - self.credit


def _place(book: Book, account: str, holder: str) -> dict[str, object]:
    return {"book": book.pk, "account": memory.account(book, account).pk, "holder": holder}


def _side(book: Book, account: str) -> int:
    return 1 if memory.account(book, account).kind in LEFT else -1


def _one(sql: str, given: dict[str, object]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchone()[0]


def balance(book: Book, account: str, holder: str = "", until: date | None = None) -> int:
    """Balance on the account's own side (a customer's money is above zero), of one holder or of all; at the end of the
    day `until`, or of everything entered."""
    given = _place(book, account, holder)
    if until is None:
        return _side(book, account) * _one(BALANCE, given | {"month": END})
    return _side(book, account) * _before(given, (until, LAST))


def _before(given: dict[str, object], mark: tuple[date, int]) -> int:
    """Debits less credits of everything before a posting."""
    day, id = mark
    whose = "holder = %(holder)s AND holder <> ''" if given["holder"] else "TRUE"
    return _one(BEFORE.format(whose=whose), given | {"month": day.replace(day=1), "day": day, "id": id})


def available(book: Book, account: str, holder: str) -> int:
    """What the holder can spend: balance less what is set aside."""
    return balance(book, account, holder) - sum(hold.amount for hold in active_holds(book, account, holder))


def active_holds(book: Book, account: str, holder: str) -> list[Hold]:
    """Money set aside that is neither taken nor let go."""
    return list(Hold.objects.filter(**_holds(book, account, holder), outcome="").order_by("pk"))


def _holds(book: Book, account: str, holder: str) -> dict[str, object]:
    return {"book": book, "account": memory.account(book, account), "holder": holder}


def balances(book: Book, account: str) -> dict[str, int]:
    """Balance of each holder of a held account that is not zero, on the account's own side."""
    side = _side(book, account)
    with connection.cursor() as cursor:
        cursor.execute(HELD, {"book": book.pk, "account": memory.account(book, account).pk})
        return {holder: side * amount for holder, amount in cursor.fetchall()}


def passbook(
    book: Book, account: str, holder: str = "", before: tuple[date, int] | None = None, size: int = PAGE
) -> Passbook:
    """A page of an account's or a holder's lines before a mark (None: the newest), each with the balance after it."""
    rows = _postings(book, account, holder).order_by("-day", "-pk")
    if before:
        rows = rows.filter(day__lte=before[0]).exclude(day=before[0], pk__gte=before[1])
    found = list(rows[: size + 1])
    given, side = _place(book, account, holder), _side(book, account)
    closing = side * (_before(given, before) if before else _one(BALANCE, given | {"month": END}))
    page = _running(found[:size], side, closing)
    mark = (page[-1].day, page[-1].id) if len(found) > size else None
    opening = page[-1].balance - page[-1].amount if page else closing
    return Passbook(tuple(page), opening, closing, mark)


def _postings(book: Book, account: str, holder: str):
    rows = Posting.objects.filter(book=book, account=memory.account(book, account)).select_related("entry")
    return rows.filter(holder=holder).exclude(holder="") if holder else rows


def _running(newest_first: list[Posting], side: int, closing: int) -> list[Movement]:
    found = []
    for posting in newest_first:
        amount = side * posting.amount
        entry = posting.entry
        source = (entry.source_type, entry.source_id)
        found.append(Movement(posting.pk, posting.day, entry.memo, amount, closing, entry.pk, source))
        closing -= amount
    return found


def statement(book: Book, account: str, holder: str, since: date, until: date) -> Passbook:
    """All lines of a period, oldest first, with opening and closing balance (rekening koran)."""
    given, side = _place(book, account, holder), _side(book, account)
    rows = _postings(book, account, holder).filter(day__gte=since, day__lte=until).order_by("-day", "-pk")
    closing = side * _before(given, (until, LAST))
    page = _running(list(rows), side, closing)
    opening = page[-1].balance - page[-1].amount if page else closing
    return Passbook(tuple(reversed(page)), opening, closing, None)


def trial_balance(book: Book, since: date, until: date) -> list[Turnover]:
    """Accounts that moved, over whole months from `since` up to but without `until` (both a first of the month)."""
    with connection.cursor() as cursor:
        cursor.execute(TRIAL, {"book": book.pk, "since": since, "until": until})
        return [Turnover(*row) for row in cursor.fetchall()]


def lines(entry: Entry) -> tuple[Line, ...]:
    """The lines of an entry as they were drafted."""
    rows = entry.postings.order_by("pk").values_list("account__code", "amount", "holder")
    return tuple(Line(*row) for row in rows)


def by_key(book: Book, key: str) -> Entry | None:
    """The entry of an event, if it was made."""
    return Entry.objects.filter(book=book, key=key).first()


def source_entries(source_type: str, source_id: str) -> list[Entry]:
    """Entries that a record caused, in order."""
    return list(Entry.objects.filter(source_type=source_type, source_id=source_id).order_by("pk"))


def entries(book: Book, since: date, until: date) -> Iterator[tuple[Entry, list[tuple[str, str, int]]]]:
    """Entries of a period with their lines (account, holder, rupiah), in order of day; read in portions."""
    rows = (
        Posting.objects.filter(book=book, day__gte=since, day__lte=until)
        .select_related("entry")
        .order_by("day", "entry_id", "pk")
        .values_list("entry_id", "entry__key", "day", "entry__memo", "account__code", "holder", "amount")
    )
    current: tuple | None = None
    found: list[tuple[str, str, int]] = []
    for entry, key, day, memo, account, holder, amount in rows.iterator(chunk_size=5_000):
        if current and current[0] != entry:
            yield Entry(pk=current[0], key=current[1], day=current[2], memo=current[3]), found
            found = []
        current = (entry, key, day, memo)
        found.append((account, holder, amount))
    if current:
        yield Entry(pk=current[0], key=current[1], day=current[2], memo=current[3]), found
