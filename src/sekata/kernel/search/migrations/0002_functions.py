from django.db import migrations

from sekata.kernel.db import sql


class Migration(migrations.Migration):
    """Trigrams from built-ins: the embedded server has no pg_trgm."""

    dependencies = [("search", "0001_initial")]

    operations = [
        sql(
            """
            CREATE FUNCTION sekata_trigrams(given text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
                SELECT coalesce(array_agg(DISTINCT substr(padded, place, 3)), '{}')
                FROM (
                    SELECT '  ' || word || ' ' AS padded
                    FROM regexp_split_to_table(lower(left(given, 200)), '[^[:alnum:]]+') AS word
                    WHERE word <> ''
                ) AS words, generate_series(1, length(padded) - 2) AS place
            $$
            """,
            "DROP FUNCTION sekata_trigrams(text)",
        ),
        sql(
            """
            CREATE FUNCTION sekata_similarity(found text[], wanted text[]) RETURNS double precision
            LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
                SELECT count(*)::double precision / greatest(cardinality(wanted), 1)
                FROM unnest(wanted) AS gram WHERE gram = ANY(found)
            $$
            """,
            "DROP FUNCTION sekata_similarity(text[], text[])",
        ),
    ]
