from django.db import migrations

from sekata.kernel.db import sql


class Migration(migrations.Migration):
    """Each row says on which shelf it stands (16,384 rows, in order of writing) and whether it is public, as words of
    its own vector: so a frequent word can be asked for on the newest shelves alone, through the same index."""

    dependencies = [("search", "0002_functions")]

    operations = [
        sql(
            """
            CREATE FUNCTION sekata_shelf(row_id bigint, public boolean) RETURNS tsvector
            LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
                SELECT array_to_tsvector(ARRAY['#' || (row_id >> 14)] || CASE WHEN public THEN ARRAY['#public'] ELSE '{}' END)
            $$
            """,
            "DROP FUNCTION sekata_shelf(bigint, boolean)",
        ),
        sql(
            """
            UPDATE search_searchdocument SET words = words || sekata_shelf(id, public)
            """
        ),
    ]
