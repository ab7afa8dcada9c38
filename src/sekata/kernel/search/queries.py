"""Searching: full text, and for words that nothing holds the words they may have meant.

Who may find a row is a word of its vector, so the index answers rights and text together and the cost does not
follow the size of the archive.
"""

from dataclasses import dataclass
from itertools import groupby

from django.db import connection

from sekata.kernel.search.models import Permission
from sekata.lib.actor import Actor

RESULTS = 20
CANDIDATES = 400
PUBLIC = "'#public'"
SPOKEN = "websearch_to_tsquery('indonesian', %(text)s)"
MEANT = "to_tsquery('indonesian', %(text)s)"

FIND = """
    SELECT kind, ref, title, summary, url, ts_rank(words, {query}) AS score
    FROM (
        SELECT kind, ref, title, summary, url, words, at
        FROM search_searchdocument
        WHERE words @@ ({query}{newest}) AND words @@ %(mine)s::tsquery LIMIT %(candidates)s
    ) AS found
    ORDER BY score DESC, at DESC LIMIT %(most)s
"""
ON_NEWEST = " && %(newest)s::tsquery"
NEWEST = "SELECT last_value >> 12 FROM search_searchdocument_id_seq"
ALIKE = """
    WITH typed AS MATERIALIZED (
        SELECT place, length(word) AS letters, sekata_trigrams(word) AS grams
        FROM regexp_split_to_table(lower(%s), '[^[:alpha:]]+') WITH ORDINALITY AS said(word, place)
        WHERE length(word) > 2
    )
    SELECT place, near.word
    FROM typed, LATERAL (
        SELECT word, sekata_likeness(known.grams, typed.grams) AS likeness
        FROM search_word AS known
        WHERE known.grams && typed.grams AND length(word) BETWEEN letters - 3 AND letters + 3
        ORDER BY likeness DESC, word LIMIT 3
    ) AS near
    WHERE likeness >= 0.5
    ORDER BY place, likeness DESC
"""


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
    mine = " | ".join([PUBLIC, *_marks(actor)])
    return _matching(SPOKEN, text, mine, most) or _matching(MEANT, _meant(text), mine, most)


def _marks(actor: Actor) -> list[str]:
    """The marks of what an officer may find: each unit with each permission that anything is found under."""
    if not actor.holdings:
        return []
    used = set(Permission.objects.values_list("code", flat=True))
    return sorted(
        {
            f"'#{unit}.{permission}'"
            for holding in actor.holdings
            for permission in holding.permissions & used
            for unit in holding.units
        }
    )


def _meant(text: str) -> str:
    """The words that each word of `text` may have meant, as a query."""
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, [text])
        near = groupby(cursor.fetchall(), key=lambda row: row[0])
    return " & ".join(f"({' | '.join(word for _, word in words)})" for _, words in near)


def _matching(query: str, text: str, mine: str, most: int) -> list[Hit]:
    """A frequent word fills its page from the newest shelves; a rare one is cheap to look for in all of them."""
    if not text:
        return []
    given = {"text": text, "mine": mine, "newest": _newest(), "candidates": CANDIDATES, "most": most}
    found = _run(FIND.format(query=query, newest=ON_NEWEST), given)
    return found if len(found) == most else _run(FIND.format(query=query, newest=""), given)


def _newest() -> str:
    """The two shelves written to last."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST)
        shelf = cursor.fetchone()[0]
    return f"'#{shelf}' | '#{shelf - 1}'"


def _run(sql: str, given: dict[str, object]) -> list[Hit]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return [Hit(*row) for row in cursor.fetchall()]
