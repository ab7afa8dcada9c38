from django.db import migrations

from sekata.kernel.db import immutable, sql


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        *immutable("journal_event"),
        *immutable("journal_seal"),
        *immutable("journal_leaf"),
        sql(
            """
            CREATE FUNCTION journal_event_waits() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
            BEGIN
                INSERT INTO journal_pending (event_id) VALUES (NEW.id);
                RETURN NULL;
            END $$
            """,
            "DROP FUNCTION journal_event_waits()",
        ),
        sql(
            "CREATE TRIGGER journal_event_waits AFTER INSERT ON journal_event "
            "FOR EACH ROW EXECUTE FUNCTION journal_event_waits()",
            "DROP TRIGGER journal_event_waits ON journal_event",
        ),
    ]
