"""Fills a database with a bank's book (`bench.postings DATABASE POSTINGS`): ten years of deposits and payments."""

import sys
from datetime import date

import psycopg

from bench import ground
from bench.fill import connect
from bench.terms import ACCOUNT, BOOK
from sekata.kernel.ledger import actions as ledger

HOLDERS = 500
TABLES = ("ledger_entry", "ledger_posting", "ledger_tally")
ENTRIES = """
    INSERT INTO ledger_entry (id, book_id, key, day, memo, source_type, source_id, at, tx)
    SELECT n, %(book)s, 'bench:' || n, date '2016-01-01' + (n * 3650 / %(entries)s)::int, 'Setoran', 'deposit', n::text,
        now(), 0
    FROM generate_series(1::bigint, %(entries)s) AS n
"""
POSTINGS = """
    INSERT INTO ledger_posting (entry_id, book_id, account_id, holder, day, amount)
    SELECT n, %(book)s, CASE side WHEN 1 THEN %(stock)s ELSE %(customers)s END,
        CASE side WHEN 1 THEN '' ELSE lpad((n %% %(holders)s)::text, 11, '0') END,
        date '2016-01-01' + (n * 3650 / %(entries)s)::int,
        side * (1000 + n %% 50000) * CASE WHEN n %% 4 = 0 THEN -1 ELSE 1 END
    FROM generate_series(1::bigint, %(entries)s) AS n, unnest(ARRAY[1, -1]) AS side
"""
TALLIES = """
    INSERT INTO ledger_tally (book_id, account_id, holder, month, debit, credit)
    SELECT book_id, account_id, whose, date_trunc('month', day)::date,
        coalesce(sum(amount) FILTER (WHERE amount > 0), 0), coalesce(-sum(amount) FILTER (WHERE amount < 0), 0)
    FROM ledger_posting, unnest(CASE holder WHEN '' THEN ARRAY[''] ELSE ARRAY['', holder] END) AS whose
    WHERE book_id = %(book)s
    GROUP BY 1, 2, 3, 4
"""


def main(name: str, count: str) -> None:
    accounts = (("1201", "Persediaan", "asset", False), (ACCOUNT, "Simpanan", "liability", True))
    chart = ledger.keep_chart(code=BOOK, name="Bench", accounts=accounts)
    book = ledger.open_book(code=BOOK, name="Bench", chart=chart, unit=None, opened=date(2016, 1, 1))
    keys = dict(chart.accounts.values_list("code", "pk"))
    world = {
        "book": book.pk,
        "stock": keys["1201"],
        "customers": keys[ACCOUNT],
        "entries": int(count) // 2,
        "holders": HOLDERS,
    }
    with (
        connect(ground.server().url(name, "postgres")) as connection,
        psycopg.ClientCursor(connection) as cursor,
    ):
        indexes = drop_indexes(connection)
        for statement in (ENTRIES, POSTINGS, TALLIES, *indexes):
            cursor.execute(statement, world)
        for table in TABLES:
            cursor.execute(f"VACUUM ANALYZE {table}")
        cursor.execute("CHECKPOINT")


def drop_indexes(connection: psycopg.Connection) -> list[str]:
    """Drop the indexes of postings that guard nothing; how to make them again."""
    rows = connection.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i "
        "WHERE i.indrelid = 'ledger_posting'::regclass AND NOT i.indisunique"
    ).fetchall()
    for index, _ in rows:
        connection.execute(f"DROP INDEX {index}")
    return [definition for _, definition in rows]


if __name__ == "__main__":
    main(*sys.argv[1:])
