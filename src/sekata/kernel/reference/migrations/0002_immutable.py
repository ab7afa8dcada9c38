from django.db import migrations

from sekata.kernel.db import sql


class Migration(migrations.Migration):
    """An approved row is law that somebody may have been judged by: only its confirmation can still be added."""

    dependencies = [("reference", "0001_initial")]

    operations = [
        sql(
            """
            CREATE FUNCTION reference_entry_stands() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
            BEGIN
                IF OLD.approved_at IS NULL THEN
                    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
                END IF;
                IF TG_OP = 'UPDATE' AND OLD.confirmed_at IS NULL AND
                   (NEW.table, NEW.key, NEW.valid_from, NEW.value, NEW.basis, NEW.author, NEW.approver, NEW.approved_at)
                   IS NOT DISTINCT FROM
                   (OLD.table, OLD.key, OLD.valid_from, OLD.value, OLD.basis, OLD.author, OLD.approver, OLD.approved_at)
                THEN
                    RETURN NEW;
                END IF;
                RAISE EXCEPTION 'sekata_immutable: an approved reference row takes no %', TG_OP USING ERRCODE = '55000';
            END $$
            """,
            "DROP FUNCTION reference_entry_stands()",
        ),
        sql(
            "CREATE TRIGGER reference_entry_stands BEFORE UPDATE OR DELETE ON reference_entry "
            "FOR EACH ROW EXECUTE FUNCTION reference_entry_stands()",
            "DROP TRIGGER reference_entry_stands ON reference_entry",
        ),
    ]
