"""Opening, amending and withdrawing bills. Called inside the acts of rooms."""

import json
from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from sekata.kernel.ledger import queries as ledger
from sekata.kernel.payments import payables
from sekata.kernel.payments.models import Bill
from sekata.kernel.payments.terms import Draft
from sekata.lib import clock
from sekata.lib.manifest import Quote
from sekata.lib.result import Refused

CHUNK = 10_000
OPEN = """
    INSERT INTO payments_bill (kind, ref, book_id, customer_no, payer_id, payer_name, title, principal, penalty, lines,
        valid_until, state, revision, opened_at)
    SELECT kind, ref, %s, sekata_luhn(number || %s || lpad(nextval('payments_serial')::text, 8, '0')), payer,
        payer_name, title, principal, penalty, lines, valid_until, 'open', 1, %s
    FROM unnest(%s::text[], %s::text[], %s::text[], %s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::bigint[],
        %s::jsonb[], %s::timestamptz[])
        AS draft (kind, ref, number, payer, payer_name, title, principal, penalty, lines, valid_until)
    ON CONFLICT (kind, ref) WHERE state = 'open' DO NOTHING
"""


def open_bills(*, book: str, drafts: Iterable[Draft], at: datetime) -> int:
    """Open bills in sets, leaving out what has an open bill; how many are new. book: code of their book."""
    drafts, made = list(drafts), 0
    year = f"{at.astimezone(clock.WIB).year % 100:02d}"
    with connection.cursor() as cursor:
        for start in range(0, len(drafts), CHUNK):
            columns = zip(*(_row(draft) for draft in drafts[start : start + CHUNK]), strict=True)
            cursor.execute(OPEN, [ledger.book(book).pk, year, at, *map(list, columns)])
            made += cursor.rowcount
    return made


def _row(draft: Draft) -> tuple:
    quote, number = draft.quote, draft.number or payables.of(draft.kind).number
    return (
        draft.kind, draft.ref, number, draft.payer, draft.payer_name[:160], draft.title[:160],
        quote.principal, quote.penalty, json.dumps(quote.lines), quote.valid_until,
    )  # fmt: skip


def open_bill(*, book: str, draft: Draft, at: datetime) -> Bill:
    """Open one bill; where one is open for the same thing, that one."""
    open_bills(book=book, drafts=[draft], at=at)
    return Bill.objects.get(kind=draft.kind, ref=draft.ref, state=Bill.State.OPEN)


def amend(*, bill: Bill, quote: Quote) -> Bill:
    """Write what is to be paid now. Whoever pays the former amount afterwards meets suspense, never this bill."""
    changed = Bill.objects.filter(pk=bill.pk, state=Bill.State.OPEN, revision=bill.revision).update(
        principal=quote.principal,
        penalty=quote.penalty,
        lines=[list(line) for line in quote.lines],
        valid_until=quote.valid_until,
        revision=bill.revision + 1,
    )
    bill.refresh_from_db()
    if not changed and bill.state != Bill.State.OPEN:
        raise Refused.because("bill_ended", "Tagihan ini sudah dibayar atau ditarik.", status=409)
    return bill


def withdraw(*, kind: str, ref: str, at: datetime) -> None:
    """Take the open bill of a thing back; without one nothing happens."""
    Bill.objects.filter(kind=kind, ref=ref, state=Bill.State.OPEN).update(
        state=Bill.State.WITHDRAWN, ended_at=at
    )
