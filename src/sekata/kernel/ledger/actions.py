"""Entering, taking back, setting aside, closing. Called by the acts of rooms, inside their transactions."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import connection

from sekata.kernel.journal.actions import action
from sekata.kernel.ledger import memory, queries
from sekata.kernel.ledger.models import Account, Book, Chart, Entry, Hold
from sekata.kernel.ledger.terms import Draft, Line
from sekata.kernel.units.models import Unit
from sekata.lib.actor import Actor
from sekata.lib.money import shown
from sekata.lib.result import Refused
from sekata.lib.rights import permission_in

CLOSE = permission_in("ledger.close", "menutup buku")
CHUNK = 5_000
PERIODS = 1280264018
"""Class of the advisory locks on books: whoever enters holds it shared, whoever closes alone."""

ENTER = """
    INSERT INTO ledger_entry (book_id, key, day, memo, source_type, source_id, reverses_id, at)
    SELECT %s, key, day, memo, source_type, source_id, reverses, %s
    FROM unnest(%s::text[], %s::date[], %s::text[], %s::text[], %s::text[], %s::bigint[])
        AS draft (key, day, memo, source_type, source_id, reverses)
    ON CONFLICT (book_id, key) DO NOTHING RETURNING key, id
"""
POST = """
    INSERT INTO ledger_posting (entry_id, book_id, account_id, holder, day, amount)
    SELECT entry, %s, account, holder, day, amount
    FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::date[], %s::bigint[])
        AS line (entry, account, holder, day, amount)
"""
GATHER = """
    WITH taken AS (
        DELETE FROM ledger_fresh WHERE id IN (SELECT id FROM ledger_fresh ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)
        RETURNING book_id, account_id, holder, month, debit, credit
    )
    INSERT INTO ledger_tally AS tally (book_id, account_id, holder, month, debit, credit)
    SELECT book_id, account_id, holder, month, sum(debit), sum(credit) FROM taken
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (book_id, account_id, holder, month)
        DO UPDATE SET debit = tally.debit + excluded.debit, credit = tally.credit + excluded.credit
"""
GATHERED_AT_ONCE = 50_000


def keep_chart(*, code: str, name: str, accounts: Iterable[tuple[str, str, str, bool]]) -> Chart:
    """Write a chart and its accounts (code, name, kind, held); accounts are added and renamed, never taken away."""
    chart = Chart.objects.update_or_create(code=code, defaults={"name": name})[0]
    Account.objects.bulk_create(
        [Account(chart=chart, code=c, name=n, kind=kind, held=held) for c, n, kind, held in accounts],
        update_conflicts=True,
        unique_fields=["chart", "code"],
        update_fields=["name"],
    )
    memory.forget()
    return chart


def open_book(*, code: str, name: str, chart: Chart, unit: Unit | None, opened: date) -> Book:
    """Open a set of books; one that is open already is returned as it is."""
    return Book.objects.get_or_create(
        code=code, defaults={"name": name, "chart": chart, "unit": unit, "opened": opened}
    )[0]


def post(*, book: Book, draft: Draft, at: datetime) -> Entry:
    """Enter one draft. The same key with the same lines is the same entry again; with others it is refused (409)."""
    made = _enter(book, [draft], [None], at)
    entry = Entry.objects.get(book=book, key=draft.key)
    if not made:
        _insist_same(entry, draft)
    return entry


def post_many(*, book: Book, drafts: Iterable[Draft], at: datetime) -> int:
    """Enter many drafts in sets, leaving out those whose key is entered already; how many entries are new."""
    drafts = list(drafts)
    return sum(
        len(_enter(book, part, [None] * len(part), at))
        for part in (drafts[start : start + CHUNK] for start in range(0, len(drafts), CHUNK))
    )


def reverse(*, entry: Entry, key: str, day: date, memo: str, at: datetime) -> Entry:
    """Take an entry back by its mirror image; both stay. An entry is taken back once, by one key (409 else)."""
    earlier = Entry.objects.filter(reverses=entry).first()
    if earlier is None:
        lines = queries.lines(entry)
        draft = Draft(
            key=key,
            day=day,
            memo=memo,
            lines=tuple(Line(line.account, -line.amount, line.holder) for line in lines),
            source=(entry.source_type, entry.source_id),
        )
        _enter(entry.book, [draft], [entry.pk], at)
        earlier = Entry.objects.get(book=entry.book, key=key)
    if earlier.key != key or earlier.reverses_id != entry.pk:
        raise Refused.because("reversed", "Jurnal ini sudah dibalik.", status=409)
    return earlier


def _enter(
    book: Book, drafts: Sequence[Draft], reverses: Sequence[int | None], at: datetime
) -> dict[str, int]:
    """Write the drafts whose keys are new; their keys with the numbers of the entries."""
    accounts = {line: _account(book, line) for draft in drafts for line in draft.lines}
    with connection.cursor() as cursor:
        cursor.execute(
            ENTER,
            [
                book.pk,
                at,
                [draft.key for draft in drafts],
                [draft.day for draft in drafts],
                [draft.memo[:200] for draft in drafts],
                [draft.source[0] for draft in drafts],
                [draft.source[1] for draft in drafts],
                list(reverses),
            ],
        )
        made = dict(cursor.fetchall())
        rows = [
            (made[draft.key], accounts[line], line.holder, draft.day, line.amount)
            for draft in drafts
            if draft.key in made
            for line in draft.lines
        ]
        if rows:
            cursor.execute(POST, [book.pk, *map(list, zip(*rows, strict=True))])
    return made


def _account(book: Book, line: Line) -> int:
    account = memory.account(book, line.account)
    if account.held != bool(line.holder):
        raise ValueError(f"account {line.account} {'needs a' if account.held else 'takes no'} holder")
    return account.pk


def _insist_same(entry: Entry, draft: Draft) -> None:
    if sorted(queries.lines(entry), key=repr) != sorted(draft.lines, key=repr):
        raise Refused.because("key_reused", "Kunci jurnal ini sudah dipakai untuk isi lain.", status=409)


def gather(**_: object) -> None:
    """Add fresh turnover to the tallies. Run every minute by its job; balances are right before and after."""
    with connection.cursor() as cursor:
        cursor.execute(GATHER, [GATHERED_AT_ONCE])
        while cursor.rowcount > 0:
            cursor.execute(GATHER, [GATHERED_AT_ONCE])


def lock(*, book: Book, account: str, holder: str) -> None:
    """Let nobody else spend of this holder until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"ledger:{book.pk}:{account}:{holder}"]
        )


def hold(*, book: Book, account: str, holder: str, amount: int, key: str, memo: str, at: datetime) -> Hold:
    """Set money of a holder aside, under a lock; refused beyond what is available. The same key is the same hold."""
    lock(book=book, account=account, holder=holder)
    earlier = Hold.objects.filter(book=book, key=key).first()
    if earlier:
        return earlier
    free = queries.available(book, account, holder)
    if amount > free:
        raise Refused.because("not_available", f"Saldo yang tersedia {shown(free)}.", "amount")
    return Hold.objects.create(
        book=book,
        account=memory.account(book, account),
        holder=holder,
        amount=amount,
        key=key,
        memo=memo,
        at=at,
    )


def release(*, hold: Hold, at: datetime) -> Hold:
    """Let money go that was set aside."""
    return _end(hold, Hold.Outcome.RELEASED, None, at)


def capture(*, hold: Hold, draft: Draft, at: datetime) -> Entry:
    """Take money that was set aside: the hold ends, the entry is made."""
    entry = post(book=hold.book, draft=draft, at=at)
    _end(hold, Hold.Outcome.CAPTURED, entry, at)
    return entry


def _end(hold: Hold, outcome: str, entry: Entry | None, at: datetime) -> Hold:
    """End a hold; ending it the same way again changes nothing, another way is refused (409)."""
    ended = Hold.objects.filter(pk=hold.pk, outcome="").update(outcome=outcome, ended_at=at, entry=entry)
    hold.refresh_from_db()
    if not ended and (hold.outcome, hold.entry_id) != (outcome, entry and entry.pk):
        raise Refused.because("hold_ended", "Dana ini sudah didebit atau dilepas.", status=409)
    return hold


@action(right=CLOSE, event="ledger.period.closed", on="book", watches=("closed_until",))
def close(*, actor: Actor, book: Book, until: date, at: datetime) -> Book:
    """Close a book by the treasurer's own act."""
    return shut(book=book, until=until)


def shut(*, book: Book, until: date) -> Book:
    """Close a book up to and including a day; what is closed stays closed (422). Rooms call it inside their own act."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [PERIODS, book.pk])
    book.refresh_from_db()
    if book.closed_until and until <= book.closed_until:
        raise Refused.because("closed", f"Buku sudah ditutup sampai {book.closed_until:%d-%m-%Y}.", "until")
    book.closed_until = until
    book.save(update_fields=["closed_until"])
    return book
