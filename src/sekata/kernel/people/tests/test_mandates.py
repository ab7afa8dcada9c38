"""Delegation between citizens: addressed to a number, accepted, within its days and services, revoked at any time."""

from datetime import date, timedelta

import pytest

from sekata.kernel.journal.models import Event
from sekata.kernel.people import actions, queries
from sekata.kernel.people.tests.conftest import AT, PHONE, citizen
from sekata.lib.actor import PERSON, Actor
from sekata.lib.result import Refused

pytestmark = pytest.mark.django_db
DAUGHTER = "+6281300000001"
TODAY = AT.date()


@pytest.fixture
def pair(house):
    return citizen(), citizen("Rosmawati", DAUGHTER, nik=None)


def give(giver, **other):
    usual = {
        "number": DAUGHTER,
        "kind": "carer",
        "scope": ["complaints"],
        "evidence": "Surat kuasa 12/2026",
        "starts": TODAY,
        "ends": date(2026, 12, 31),
    }
    return actions.give_mandate(actor=giver.actor, person=giver.person, at=AT, **usual | other)


def accepted(giver, receiver, **other):
    made = give(giver, **other)
    return actions.accept_mandate(actor=receiver.actor, mandate=made, account=receiver.account, at=AT)


def test_a_mandate_counts_once_its_addressee_has_accepted_it(pair):
    mother, daughter = pair
    made = give(mother)
    assert made.receiver is None and not made.in_force(TODAY) and DAUGHTER[3:] not in made.masked
    assert list(queries.mandates_offered(daughter.account, TODAY)) == [made]
    assert not queries.mandates_offered(mother.account, TODAY).exists()
    made = actions.accept_mandate(actor=daughter.actor, mandate=made, account=daughter.account, at=AT)
    assert made.receiver == daughter.person and made.in_force(TODAY)
    assert not queries.mandates_offered(daughter.account, TODAY).exists()


@pytest.mark.parametrize(
    ("ends", "refused"),
    [
        (date(2027, 3, 1), False),
        (date(2027, 3, 2), True),
        (date(2026, 3, 1), True),
        (date(2026, 3, 2), False),
    ],
)
def test_a_mandate_lasts_twelve_months_at_most(pair, ends, refused):
    if not refused:
        assert give(pair[0], ends=ends).ends == ends
        return
    with pytest.raises(Refused):
        give(pair[0], ends=ends)


@pytest.mark.parametrize(
    ("other", "code"),
    [({"starts": date(2026, 3, 1)}, "past"), ({"scope": []}, "scope"), ({"number": PHONE}, "self")],
)
def test_a_bad_mandate_is_refused(pair, other, code):
    with pytest.raises(Refused) as refusal:
        give(pair[0], **other)
    assert refusal.value.reasons[0].code == code


def test_a_stranger_or_an_unproved_number_cannot_accept(pair, house):
    mother, daughter = pair
    made = give(mother)
    stranger = citizen("Siti", "+6281300000002", nik=None)
    daughter.account.contact_proved_at = None
    for one in (stranger, daughter, mother):
        with pytest.raises(Refused) as refusal:
            actions.accept_mandate(actor=one.actor, mandate=made, account=one.account, at=AT)
        assert refusal.value.status == 403
    assert not queries.mandates_offered(daughter.account, TODAY).exists()


def test_either_side_revokes_at_once_and_twice_is_once(pair):
    for who in pair:
        made = accepted(*pair)
        assert queries.mandate_used(made.pk, pair[1].person.pk, TODAY)
        for _ in range(2):
            actions.revoke_mandate(actor=who.actor, mandate=made, at=AT)
        assert made.revoked_by == who.person.pk
        assert queries.mandate_used(made.pk, pair[1].person.pk, TODAY) is None
        with pytest.raises(Refused):
            actions.use_mandate(actor=pair[1].actor, mandate=made, at=AT)
    with pytest.raises(Refused) as refusal:
        actions.revoke_mandate(actor=Actor(kind=PERSON, person=999), mandate=made, at=AT)
    assert refusal.value.status == 403


def test_a_revoked_mandate_cannot_be_accepted(pair):
    made = give(pair[0])
    actions.revoke_mandate(actor=pair[0].actor, mandate=made, at=AT)
    with pytest.raises(Refused, match="tidak dapat diterima lagi"):
        actions.accept_mandate(actor=pair[1].actor, mandate=made, account=pair[1].account, at=AT)


def test_a_mandate_is_used_by_its_receiver_within_its_days(pair):
    mother, daughter = pair
    made = accepted(mother, daughter, ends=TODAY + timedelta(days=2))
    assert queries.mandate_used(made.pk, mother.person.pk, TODAY) is None
    assert queries.mandate_used(made.pk, daughter.person.pk, TODAY + timedelta(days=2))
    assert queries.mandate_used(made.pk, daughter.person.pk, TODAY + timedelta(days=3)) is None
    with pytest.raises(Refused):
        actions.use_mandate(actor=daughter.actor, mandate=made, at=AT + timedelta(days=3))


def test_no_key_costs_no_statement(pair, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert queries.mandate_used(None, pair[1].person.pk, TODAY) is None


def test_whoever_holds_a_mandate_gives_none_on(pair):
    mother, daughter = pair
    acting = Actor(kind=PERSON, person=daughter.person.pk, acting_for=mother.person.pk)
    with pytest.raises(Refused) as refusal:
        actions.give_mandate(
            actor=acting, person=mother.person, number="+6281300000003", kind="carer", scope=["complaints"],
            evidence="x", starts=TODAY, ends=TODAY, at=AT,
        )  # fmt: skip
    assert refusal.value.status == 403


def test_closing_the_account_ends_mandates_on_both_sides(pair):
    mother, daughter = pair
    made = accepted(mother, daughter)
    actions.close_account(actor=daughter.actor, person=daughter.person, at=AT)
    made.refresh_from_db()
    assert made.revoked_at == AT


def test_each_step_is_an_event(pair):
    made = accepted(*pair)
    actions.use_mandate(actor=pair[1].actor, mandate=made, at=AT)
    actions.revoke_mandate(actor=pair[0].actor, mandate=made, at=AT)
    kinds = list(
        Event.objects.filter(kind__startswith="people.mandate").order_by("pk").values_list("kind", flat=True)
    )
    assert kinds == [f"people.mandate.{what}" for what in ("given", "accepted", "used", "revoked")]
