"""One search: Indonesian words, typing errors, and never more than the searcher may see."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from sekata.kernel.search import actions, queries
from sekata.kernel.search.actions import Findable
from sekata.lib.actor import NOBODY, PERSON, Actor, Holding

AT = datetime(2026, 4, 29, 3, 0, tzinfo=UTC)


def thing(ref: str, title: str, **given) -> Findable:
    return Findable(
        **(
            {"kind": "service", "ref": ref, "title": title, "url": f"/{ref}/", "at": AT, "public": True}
            | given
        )
    )


@pytest.fixture
def shelf(db):
    actions.index_many(
        [
            thing("kir", "Uji berkala kendaraan (kir)", text="mobil truk pengujian"),
            thing("lapor", "Laporkan pencemaran, sampah, atau asap", text="limbah sungai ikan mati"),
            thing(
                "P-1",
                "PLH-1405-2026-000001 Sungai hitam",
                kind="complaint",
                public=False,
                unit=5,
                permission="see",
            ),
        ]
    )
    actions.learn()


def refs(text: str, actor: Actor = NOBODY) -> list[str]:
    return [hit.ref for hit in queries.find(text, actor)]


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("pengujian kendaraan", "kir"),
        ("mencemari", "lapor"),
        ("SAMPAH", "lapor"),
        ("pencemran", "lapor"),
        ("kendaran", "kir"),
        ("uji kendaran", "kir"),
    ],
)
def test_words_stems_and_typing_errors_find(shelf, text, ref):
    assert refs(text)[0] == ref


def test_only_holders_of_the_permission_in_the_unit_find_what_is_not_public(shelf):
    def officer(unit: int, permission: str) -> Actor:
        held = Holding("r", unit, frozenset({unit}), permissions=frozenset({permission}))
        return Actor(kind=PERSON, person=1, holdings=(held,))

    assert refs("hitam") == []
    assert refs("hitam", officer(5, "see")) == ["P-1"]
    assert refs("hitam", officer(6, "see")) == refs("hitam", officer(5, "other")) == []


def test_a_mistyped_word_shows_no_more_than_the_right_one(shelf):
    assert refs("hittam") == []


def test_what_another_unit_may_see_under_the_same_permission_stays_hidden(shelf):
    held = (
        Holding("a", 5, frozenset({5}), permissions=frozenset({"other"})),
        Holding("b", 6, frozenset({6}), permissions=frozenset({"see"})),
    )
    assert refs("hitam", Actor(kind=PERSON, person=1, holdings=held)) == []


def test_words_of_titles_written_since_are_learnt(shelf):
    actions.index(thing("perahu", "Perahu penyeberangan"))
    assert refs("penyebrangan") == []
    actions.learn()
    assert refs("penyebrangan") == ["perahu"]


def test_indexing_again_replaces(shelf):
    actions.index(thing("kir", "Uji kapal"))
    assert refs("kapal") == ["kir"] and refs("berkala") == []


class AnyText(TestCase):
    @given(st.text(max_size=80))
    def test_no_text_breaks_the_search(self, text):
        queries.find(text.replace("\x00", ""), NOBODY)
