"""Searching: full text first, trigrams when the words are misspelt. Cost is bounded whatever the archive holds."""

from dataclasses import dataclass

from django.db import connection

from sekata.lib.actor import Actor

RESULTS = 20
CANDIDATES = 400
SIMILAR = 0.3

BY_WORDS = """
    SELECT kind, ref, title, summary, url, ts_rank(words, query) AS score
    FROM (
        SELECT kind, ref, title, summary, url, words, at
        FROM search_searchdocument
        WHERE words @@ (websearch_to_tsquery('indonesian', %(text)s) && %(shelves)s::tsquery) AND {mine}
        LIMIT %(candidates)s
    ) AS found, websearch_to_tsquery('indonesian', %(text)s) AS query
    ORDER BY score DESC, at DESC LIMIT %(most)s
"""
NEWEST = "SELECT last_value >> 14 FROM search_searchdocument_id_seq"
BY_GRAMS = """
    SELECT kind, ref, title, summary, url, score FROM (
        SELECT kind, ref, title, summary, url, sekata_similarity(grams, sekata_trigrams(%(text)s)) AS score
        FROM search_searchdocument
        WHERE grams && sekata_trigrams(%(text)s) AND {mine} LIMIT %(candidates)s
    ) AS found WHERE score >= %(similar)s ORDER BY score DESC LIMIT %(most)s
"""
ON_SHELVES = " && %(shelves)s::tsquery"
PUBLIC_SHELF = "'#public'"
PUBLIC = "public"
OR_MINE = "(public OR (unit = ANY(%(units)s) AND permission = ANY(%(permissions)s)))"


@dataclass(frozen=True)
class Hit:
    """One thing found."""

    kind: str
    ref: str
    title: str
    summary: str
    url: str
    score: float


def find(text: str, actor: Actor, most: int = RESULTS) -> list[Hit]:
    """Things that `actor` may see and that match `text`, best first."""
    text = " ".join(text.split())[:200]
    if not text:
        return []
    permissions = sorted({p for holding in actor.holdings for p in holding.permissions})
    given = {
        "text": text,
        "most": most,
        "candidates": CANDIDATES,
        "similar": SIMILAR,
        "units": sorted({unit for holding in actor.holdings for unit in holding.units}),
        "permissions": permissions,
    }
    mine = OR_MINE if permissions else PUBLIC
    return _by_words(mine, given, whole=not permissions) or _run(BY_GRAMS, mine, given)


def _by_words(mine: str, given: dict[str, object], whole: bool) -> list[Hit]:
    """A frequent word fills its page from the newest shelves; a rare one is cheap to look for in all of them."""
    everywhere = PUBLIC_SHELF if whole else ""
    if not whole:
        found = _run(BY_WORDS, mine, given | {"shelves": _newest()})
        if len(found) == given["most"]:
            return found
    return _run(
        BY_WORDS if everywhere else BY_WORDS.replace(ON_SHELVES, ""), mine, given | {"shelves": everywhere}
    )


def _newest() -> str:
    """The two shelves written to last."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST)
        shelf = cursor.fetchone()[0]
    return f"'#{shelf}' | '#{shelf - 1}'"


def _run(sql: str, mine: str, given: dict[str, object]) -> list[Hit]:
    with connection.cursor() as cursor:
        cursor.execute(sql.format(mine=mine), given)
        return [Hit(*row) for row in cursor.fetchall()]
