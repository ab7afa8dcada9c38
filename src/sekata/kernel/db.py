"""Pieces of SQL that several migrations share. Each trigger is made in a statement of its own and its
function pins its search path, so that one schema per regency stays possible."""

from django.db import migrations


def sql(forward: str, backward: str = migrations.RunSQL.noop) -> migrations.RunSQL:
    return migrations.RunSQL(forward, backward)


def immutable(table: str) -> list[migrations.RunSQL]:
    """Operations after which rows of `table` can be added and read, never changed, deleted or truncated."""
    function = f"{table}_is_immutable"
    return [
        sql(
            f"""
            CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
            BEGIN
                RAISE EXCEPTION 'sekata_immutable: {table} takes no %', TG_OP USING ERRCODE = '55000';
            END $$
            """,
            f"DROP FUNCTION {function}()",
        ),
        sql(
            f"CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {function}()",
            f"DROP TRIGGER {table}_rows ON {table}",
        ),
        sql(
            f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
            f"DROP TRIGGER {table}_whole ON {table}",
        ),
    ]
