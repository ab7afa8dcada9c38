from django.db import migrations

from sekata.kernel.db import immutable, sql


class Migration(migrations.Migration):
    """What the database itself refuses: an entry without balance, postings added later, a closed period, any change.

    Balance is looked at twice: for each statement that writes postings (which also sums them up for the balances), and
    for each entry at the end of its transaction, so that no entry stays without postings.
    """

    dependencies = [("ledger", "0001_initial")]

    operations = [
        *immutable("ledger_entry"),
        *immutable("ledger_posting"),
        sql(
            "ALTER TABLE ledger_entry ALTER COLUMN tx SET DEFAULT pg_current_xact_id()::text::bigint",
            "ALTER TABLE ledger_entry ALTER COLUMN tx DROP DEFAULT",
        ),
        sql(
            """
            CREATE FUNCTION ledger_entry_is_whole() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
            BEGIN
                IF (SELECT count(*) < 2 OR sum(amount) <> 0 FROM ledger_posting WHERE entry_id = NEW.id) THEN
                    RAISE EXCEPTION 'sekata_ledger: entry % does not balance', NEW.key USING ERRCODE = '23514';
                END IF;
                RETURN NULL;
            END $$
            """,
            "DROP FUNCTION ledger_entry_is_whole()",
        ),
        sql(
            "CREATE CONSTRAINT TRIGGER ledger_entry_is_whole AFTER INSERT ON ledger_entry "
            "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_entry_is_whole()",
            "DROP TRIGGER ledger_entry_is_whole ON ledger_entry",
        ),
        sql(
            """
            CREATE FUNCTION ledger_entry_in_open_period() RETURNS trigger
            LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
            DECLARE late text;
            BEGIN
                PERFORM pg_advisory_xact_lock_shared(1280264018, book_id::int)
                FROM (SELECT DISTINCT book_id FROM fresh ORDER BY book_id) AS books;
                SELECT min(fresh.key) INTO late FROM fresh JOIN ledger_book AS book ON book.id = fresh.book_id
                WHERE fresh.day <= book.closed_until;
                IF late IS NOT NULL THEN
                    RAISE EXCEPTION 'sekata_ledger: the period of entry % is closed', late USING ERRCODE = '23514';
                END IF;
                RETURN NULL;
            END $$
            """,
            "DROP FUNCTION ledger_entry_in_open_period()",
        ),
        sql(
            "CREATE TRIGGER ledger_entry_in_open_period AFTER INSERT ON ledger_entry REFERENCING NEW TABLE AS fresh "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_entry_in_open_period()",
            "DROP TRIGGER ledger_entry_in_open_period ON ledger_entry",
        ),
        sql(
            """
            CREATE FUNCTION ledger_posting_balances() RETURNS trigger
            LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
            DECLARE odd text;
            BEGIN
                SELECT min(key) INTO odd FROM (
                    SELECT entry.key FROM fresh JOIN ledger_entry AS entry ON entry.id = fresh.entry_id
                    GROUP BY entry.id, entry.key, entry.tx
                    HAVING sum(fresh.amount) <> 0 OR entry.tx <> pg_current_xact_id()::text::bigint
                        OR bool_or(fresh.book_id <> entry.book_id OR fresh.day <> entry.day)
                ) AS found;
                IF odd IS NOT NULL THEN
                    RAISE EXCEPTION 'sekata_ledger: postings of entry % do not balance or come late', odd
                    USING ERRCODE = '23514';
                END IF;
                INSERT INTO ledger_fresh (book_id, account_id, holder, month, debit, credit)
                SELECT book_id, account_id, holder, date_trunc('month', day)::date,
                    coalesce(sum(amount) FILTER (WHERE amount > 0), 0),
                    coalesce(-sum(amount) FILTER (WHERE amount < 0), 0)
                FROM (
                    SELECT book_id, account_id, holder, day, amount FROM fresh WHERE holder <> ''
                    UNION ALL
                    SELECT book_id, account_id, '', day, amount FROM fresh
                ) AS counted
                GROUP BY 1, 2, 3, 4;
                RETURN NULL;
            END $$
            """,
            "DROP FUNCTION ledger_posting_balances()",
        ),
        sql(
            "CREATE TRIGGER ledger_posting_balances AFTER INSERT ON ledger_posting REFERENCING NEW TABLE AS fresh "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_posting_balances()",
            "DROP TRIGGER ledger_posting_balances ON ledger_posting",
        ),
        sql(
            """
            CREATE FUNCTION ledger_hold_ends_once() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
            BEGIN
                IF TG_OP = 'DELETE' OR OLD.outcome <> '' OR NEW.outcome = ''
                    OR (OLD.book_id, OLD.account_id, OLD.holder, OLD.amount, OLD.key, OLD.at)
                       IS DISTINCT FROM (NEW.book_id, NEW.account_id, NEW.holder, NEW.amount, NEW.key, NEW.at) THEN
                    RAISE EXCEPTION 'sekata_ledger: a hold ends once and is not changed' USING ERRCODE = '55000';
                END IF;
                RETURN NEW;
            END $$
            """,
            "DROP FUNCTION ledger_hold_ends_once()",
        ),
        sql(
            "CREATE TRIGGER ledger_hold_ends_once BEFORE UPDATE OR DELETE ON ledger_hold "
            "FOR EACH ROW EXECUTE FUNCTION ledger_hold_ends_once()",
            "DROP TRIGGER ledger_hold_ends_once ON ledger_hold",
        ),
    ]
