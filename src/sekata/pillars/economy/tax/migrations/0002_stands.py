from django.db import migrations

from sekata.kernel.db import immutable, sql

APPROVED_SET = """
    CREATE FUNCTION tax_tariffset_stands() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
    BEGIN
        IF OLD.approved_at IS NULL THEN
            RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
        END IF;
        IF TG_OP = 'UPDATE' AND NOT OLD.confirmed AND
           (NEW.tax_type, NEW.sub_class, NEW.valid_from, NEW.legal_ref, NEW.article, NEW.author, NEW.approver,
            NEW.approved_at)
           IS NOT DISTINCT FROM
           (OLD.tax_type, OLD.sub_class, OLD.valid_from, OLD.legal_ref, OLD.article, OLD.author, OLD.approver,
            OLD.approved_at)
        THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'sekata_immutable: an approved tariff takes no %', TG_OP USING ERRCODE = '55000';
    END $$
"""
APPROVED_BRACKET = """
    CREATE FUNCTION tax_tariff_stands() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM tax_tariffset WHERE id = OLD.of_id AND approved_at IS NOT NULL) THEN
            RAISE EXCEPTION 'sekata_immutable: an approved tariff takes no %', TG_OP USING ERRCODE = '55000';
        END IF;
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END $$
"""


def guarded(table: str, body: str) -> list[migrations.RunSQL]:
    """The function of `body` and its trigger on `table`."""
    return [
        sql(body, f"DROP FUNCTION {table}_stands()"),
        sql(
            f"CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_stands()",
            f"DROP TRIGGER {table}_stands ON {table}",
        ),
    ]


class Migration(migrations.Migration):
    """Versions of land, acts of collection and deliveries are facts; an approved tariff is law."""

    dependencies = [("tax", "0001_initial")]

    operations = [
        *immutable("tax_landversion"),
        *immutable("tax_building"),
        *immutable("tax_landlink"),
        *immutable("tax_delivery"),
        *immutable("tax_collectionact"),
        *guarded("tax_tariffset", APPROVED_SET),
        *guarded("tax_tariff", APPROVED_BRACKET),
    ]
