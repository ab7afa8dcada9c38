import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

from sekata.kernel.db import sql


class Migration(migrations.Migration):
    """Who may find a row becomes a word of its vector, so that rights are answered by the index itself; shelves hold
    4,096 rows; mistyped words are looked for among the words of all titles, not the trigrams of every title."""

    dependencies = [("search", "0003_shelves")]

    operations = [
        migrations.RemoveIndex("searchdocument", "search_grams"),
        migrations.RemoveField("searchdocument", "grams"),
        migrations.CreateModel(
            "Permission",
            [("code", models.CharField(max_length=60, primary_key=True, serialize=False))],
        ),
        migrations.CreateModel(
            "Word",
            [
                ("word", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("grams", django.contrib.postgres.fields.ArrayField(models.TextField(), size=None)),
            ],
            {
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["grams"], name="search_word_grams", fastupdate=False
                    )
                ]
            },
        ),
        migrations.CreateModel(
            "Learnt",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document", models.BigIntegerField(default=0)),
            ],
        ),
        sql(
            """
            CREATE FUNCTION sekata_marks(row_id bigint, public boolean, unit bigint, permission text) RETURNS tsvector
            LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
                SELECT array_to_tsvector(ARRAY[
                    '#' || (row_id >> 12),
                    CASE WHEN public THEN '#public' ELSE '#' || coalesce(unit::text, '') || '.' || permission END
                ])
            $$
            """,
            "DROP FUNCTION sekata_marks(bigint, boolean, bigint, text)",
        ),
        sql(
            """
            UPDATE search_searchdocument SET words =
                ts_delete(words, array_remove(tsvector_to_array(sekata_shelf(id, public)), NULL))
                || sekata_marks(id, public, unit, permission)
            """
        ),
        sql(
            "INSERT INTO search_permission "
            "SELECT DISTINCT permission FROM search_searchdocument WHERE permission <> ''"
        ),
        sql("DROP FUNCTION sekata_shelf(bigint, boolean)"),
        sql("DROP FUNCTION sekata_similarity(text[], text[])"),
        sql(
            """
            CREATE FUNCTION sekata_likeness(a text[], b text[]) RETURNS double precision
            LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
                SELECT 2.0 * count(*) / greatest(cardinality(a) + cardinality(b), 1)
                FROM unnest(a) AS gram WHERE gram = ANY(b)
            $$
            """,
            "DROP FUNCTION sekata_likeness(text[], text[])",
        ),
    ]
