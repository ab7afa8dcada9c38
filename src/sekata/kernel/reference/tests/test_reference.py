"""Law as data: what applies on a day, two persons, no rewriting of the past, no stale reading."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from sekata.kernel.reference import actions, queries
from sekata.kernel.reference.models import Entry
from sekata.lib.actor import PERSON, Actor, Holding
from sekata.lib.manifest import Row, Table
from sekata.lib.result import Refused

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 29, 3, 0, tzinfo=UTC)
TABLE = Table(
    "test.limit", "Batas", {"days": "Hari"},
    (Row("total", {"days": 30}, "2019-01-01", confirmed=False), Row("total", {"days": 20}, "2027-01-01")),
    basis="Perbup 1",
)  # fmt: skip


def someone(person: int, *permissions: str) -> Actor:
    return Actor(
        kind=PERSON,
        person=person,
        holdings=(Holding("r", 1, frozenset({1}), permissions=frozenset(permissions)),),
    )


KEEPER = someone(1, "reference.propose", "reference.approve")
APPROVER = someone(2, "reference.approve")


@pytest.fixture(autouse=True)
def sown():
    actions.sow([TABLE], AT)


def days(on: str) -> int:
    return queries.at("test.limit", date.fromisoformat(on))["total"]["days"]


@pytest.mark.parametrize(
    ("on", "expected"), [("2019-01-01", 30), ("2026-12-31", 30), ("2027-01-01", 20), ("2040-01-01", 20)]
)
def test_the_latest_row_that_has_begun_applies(on, expected):
    assert days(on) == expected


def test_before_the_first_row_nothing_applies():
    assert queries.at("test.limit", date(2018, 12, 31)) == {}


def test_sowing_again_adds_nothing():
    assert actions.sow([TABLE], AT) == 0


def propose(**given):
    usual = {
        "table": "test.limit",
        "key": "total",
        "valid_from": date(2026, 6, 1),
        "value": {"days": 25},
        "basis": "Perbup 2",
    }
    return actions.propose(actor=KEEPER, at=AT, **(usual | given))


def test_a_proposal_counts_after_a_second_person_and_at_once(clock):
    entry = propose()
    assert days("2026-06-02") == 30
    with pytest.raises(Refused, match="usulannya sendiri"):
        actions.approve(actor=KEEPER, entry=entry, at=AT)
    actions.approve(actor=APPROVER, entry=entry, at=AT)
    assert (days("2026-05-31"), days("2026-06-01")) == (30, 25)


@pytest.mark.parametrize(
    ("given", "field"), [({"valid_from": date(2026, 4, 28)}, "valid_from"), ({"basis": " "}, "basis")]
)
def test_the_past_and_a_missing_basis_are_refused_at_their_field(given, field):
    with pytest.raises(Refused) as refusal:
        propose(**given)
    assert refusal.value.reasons[0].field == field


def test_a_day_is_taken_once():
    actions.approve(actor=APPROVER, entry=propose(), at=AT)
    with pytest.raises(Refused, match="Sudah ada"):
        actions.approve(actor=APPROVER, entry=propose(), at=AT)


def test_a_withdrawn_key_no_longer_applies():
    actions.approve(actor=APPROVER, entry=propose(value=None), at=AT)
    assert "total" not in queries.at("test.limit", date(2026, 6, 1))


@pytest.mark.parametrize(
    "change", ["SET value = '{\"days\": 1}'", "SET valid_from = '2020-01-01'", "SET approved_at = NULL"]
)
def test_the_database_refuses_to_rewrite_an_approved_row(change):
    with (
        pytest.raises(DatabaseError, match="sekata_immutable"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE reference_entry {change}")


def test_an_unconfirmed_row_is_confirmed_once_by_somebody_with_the_right():
    assert not queries.at("test.limit", date(2026, 1, 1))["total"].confirmed
    entry = Entry.objects.get(valid_from=date(2019, 1, 1))
    actions.confirm(actor=APPROVER, entry=entry, at=AT)
    assert queries.at("test.limit", date(2026, 1, 1))["total"].confirmed


def test_reading_again_asks_the_database_nothing(django_assert_num_queries, settings):
    settings.REFERENCE_STAMP_SECONDS = 60
    days("2026-01-01")
    with django_assert_num_queries(0):
        days("2026-01-02")
