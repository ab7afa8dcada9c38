"""The journal takes no change, and whoever tampers below the triggers is found out."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from sekata.kernel.journal import actions, queries
from sekata.kernel.journal.models import Event, Leaf, Pending, Seal
from sekata.lib.actor import system
from sekata.lib.result import Refused

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 29, 3, 0, tzinfo=UTC)


def events(count: int) -> list[Event]:
    return [
        actions.record("test.happened", actor=system("test"), subject=None, at=AT, after={"n": n})
        for n in range(count)
    ]


@pytest.mark.parametrize("statement", ["UPDATE journal_event SET kind = 'x'", "DELETE FROM journal_event",
                                       "TRUNCATE journal_event CASCADE"])  # fmt: skip
def test_the_database_refuses_to_change_an_event(statement):
    events(1)
    with (
        pytest.raises(DatabaseError, match="sekata_immutable"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Event.objects.get().kind == "test.happened"


def test_sealing_covers_all_events_and_verifies():
    events(7)
    assert Pending.objects.count() == 7
    assert actions.seal() == 7
    events(3)
    assert actions.seal() == 3
    verdict = queries.verify()
    assert (verdict.ok, verdict.seals, verdict.events, verdict.pending) == (True, 2, 10, 0)


def test_every_event_has_a_proof_that_holds():
    made = events(9)
    actions.seal()
    for event in made:
        assert queries.proof(event).holds


def test_tampering_below_the_triggers_is_found():
    made = events(4)
    actions.seal()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_event DISABLE TRIGGER journal_event_rows")
        cursor.execute("UPDATE journal_event SET after = '{\"n\": 99}' WHERE id = %s", [made[2].pk])
        cursor.execute("ALTER TABLE journal_event ENABLE TRIGGER journal_event_rows")
    assert not queries.verify().ok
    assert not queries.proof(Event.objects.get(pk=made[2].pk)).holds


def test_an_unsealed_event_has_no_proof_yet():
    assert queries.proof(events(1)[0]) is None
    assert Seal.objects.count() == Leaf.objects.count() == 0


def test_a_repeated_key_gets_the_first_answer():
    actions.once(key="k", content={"a": 1}, answer={"id": 5}, at=AT)
    with pytest.raises(actions.Repeated) as repeated:
        actions.once(key="k", content={"a": 1}, answer={"id": 6}, at=AT)
    assert repeated.value.answer == {"id": 5}


def test_a_repeated_key_with_other_content_is_a_conflict():
    actions.once(key="k", content={"a": 1}, answer={"id": 5}, at=AT)
    with pytest.raises(Refused) as refusal:
        actions.once(key="k", content={"a": 2}, answer={"id": 6}, at=AT)
    assert refusal.value.status == 409
