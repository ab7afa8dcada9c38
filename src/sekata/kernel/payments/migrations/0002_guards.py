from django.db import migrations

from sekata.kernel.db import immutable, sql


class Migration(migrations.Migration):
    """Messages never change, of payments only what becomes of them; numbers of customers are made in sets."""

    dependencies = [("payments", "0001_initial")]

    operations = [
        *immutable("payments_call"),
        sql("CREATE SEQUENCE payments_serial MAXVALUE 99999999", "DROP SEQUENCE payments_serial"),
        sql("CREATE SEQUENCE payments_ntpd MAXVALUE 999999999 CYCLE", "DROP SEQUENCE payments_ntpd"),
        sql(
            """
            CREATE FUNCTION sekata_luhn(digits text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
                SELECT digits || (-sum(CASE WHEN doubled > 9 THEN doubled - 9 ELSE doubled END) % 10 + 10) % 10
                FROM (
                    SELECT substr(digits, place, 1)::int * (CASE (length(digits) - place) % 2 WHEN 0 THEN 2 ELSE 1 END)
                        AS doubled
                    FROM generate_series(1, length(digits)) AS place
                ) AS digit
            $$
            """,
            "DROP FUNCTION sekata_luhn(text)",
        ),
        sql(
            """
            CREATE FUNCTION payments_payment_stays() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
            BEGIN
                IF TG_OP = 'DELETE' OR
                    (OLD.partner_id, OLD.channel, OLD.day, OLD.bank_ref, OLD.request_id, OLD.terminal, OLD.customer_no,
                     OLD.amount, OLD.trx_at, OLD.call_id, OLD.ntpd, OLD.posted_at)
                    IS DISTINCT FROM
                    (NEW.partner_id, NEW.channel, NEW.day, NEW.bank_ref, NEW.request_id, NEW.terminal, NEW.customer_no,
                     NEW.amount, NEW.trx_at, NEW.call_id, NEW.ntpd, NEW.posted_at)
                    OR (OLD.bill_id IS NOT NULL AND OLD.bill_id IS DISTINCT FROM NEW.bill_id)
                    OR (OLD.state IN ('reversed', 'refunded') AND NEW.state <> OLD.state)
                    OR (NEW.state = 'suspense' AND OLD.state <> 'suspense') THEN
                    RAISE EXCEPTION 'sekata_immutable: what a bank reported stays' USING ERRCODE = '55000';
                END IF;
                RETURN NEW;
            END $$
            """,
            "DROP FUNCTION payments_payment_stays()",
        ),
        sql(
            "CREATE TRIGGER payments_payment_stays BEFORE UPDATE OR DELETE ON payments_payment "
            "FOR EACH ROW EXECUTE FUNCTION payments_payment_stays()",
            "DROP TRIGGER payments_payment_stays ON payments_payment",
        ),
    ]
