"""Consents (R11), requests with their clocks (R9), closing the account."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from sekata.kernel.journal.models import Event
from sekata.kernel.people import actions, queries, rules, vault
from sekata.kernel.people.models import Consent
from sekata.kernel.people.tests.conftest import AT, administrator, citizen
from sekata.lib.actor import PERSON, Actor, Holding
from sekata.lib.result import Refused

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def answer(who, given: bool, purpose: str = "news", at=AT, actor=None):
    return actions.answer_consent(
        actor=actor or who.actor, person=who.person, purpose=purpose, given=given, at=at
    )


def test_r11_nothing_is_ticked_before_the_person_says_so(house):
    who = citizen()
    asked = [one for one in queries.purposes(who.person.pk, AT.date()) if one.asks]
    assert {one.code for one in asked} == {"news", "surveys", "suggestions"}
    assert all(one.given is None for one in asked) and not queries.consented(who.person.pk, "news")


def test_acceptance_10_r11_consent_is_given_and_withdrawn_alike_and_its_history_stays(house):
    who = citizen()
    answer(who, True)
    assert queries.consented(who.person.pk, "news") and not queries.consented(who.person.pk, "surveys")
    answer(who, False, at=LATER)
    assert not queries.consented(who.person.pk, "news")
    assert [(one.given, one.at) for one in queries.consent_history(who.person.pk)] == [
        (False, LATER),
        (True, AT),
    ]
    event = Event.objects.filter(kind="people.consent.answered").latest("pk")
    assert event.at == LATER and event.after == {"purpose": "news", "given": False}


def test_the_same_answer_twice_is_one_row(house):
    who = citizen()
    answer(who, True)
    answer(who, True, at=LATER)
    assert Consent.objects.count() == 1


@pytest.mark.parametrize("purpose", ["identity", "services", "unknown"])
def test_r11_what_rests_on_law_has_no_switch(house, purpose):
    who = citizen()
    with pytest.raises(Refused) as refusal:
        answer(who, False, purpose)
    assert refusal.value.status == 409
    assert not any(one.asks for one in queries.purposes(who.person.pk, AT.date()) if one.code == purpose)


def test_nobody_answers_for_another_not_even_who_assists(house):
    who = citizen()
    clerk = Actor(kind=PERSON, person=7, acting_for=who.person.pk)
    for actor in (clerk, administrator(house)):
        with pytest.raises(Refused) as refusal:
            answer(who, True, actor=actor)
        assert refusal.value.status == 403


def test_a_consent_takes_no_change(house):
    answer(citizen(), True)
    for change in (lambda: Consent.objects.update(given=False), lambda: Consent.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-03-02 02:15", "2026-03-05 02:15"),
        ("2026-03-06 16:59", "2026-03-09 16:59"),
        ("2026-12-30 23:00", "2027-01-02 23:00"),
    ],
)
def test_r9_three_days_of_calendar_hours_from_the_receipt(received, due):
    at, end = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (received, due))
    assert rules.request_due(at, 72) == end


def test_r9_processing_has_stopped_three_days_after_a_withdrawal(house):
    assert queries.stops_by(AT) == AT + timedelta(hours=72)


def ask(who, kind="correct", details="Nama saya ditulis keliru", at=AT):
    return actions.request_right(actor=who.actor, person=who.person, kind=kind, details=details, at=at)


@pytest.mark.parametrize(
    ("kind", "article"), [("correct", "30"), ("access", "32"), ("restrict", "41"), ("erase", "43")]
)
def test_r9_each_request_has_its_clock_and_its_law(house, kind, article):
    made = ask(citizen(), kind)
    assert made.due_at == AT + timedelta(hours=72) and f"Pasal {article}" in made.basis


def test_what_a_person_wrote_lies_encrypted(house):
    made = ask(citizen())
    assert vault.use(made.details) == {"details": "Nama saya ditulis keliru"}
    assert "keliru" not in str(Event.objects.get(kind="people.rights.requested").after)


def test_one_request_of_a_kind_at_a_time(house):
    who = citizen()
    ask(who)
    with pytest.raises(Refused, match="masih dikerjakan"):
        ask(who)
    ask(who, "access")


def test_a_request_is_taken_and_answered_once_by_somebody_else(house):
    who, officer = citizen(), administrator(house)
    made = ask(who)
    assert list(queries.open_requests()) == [made]
    actions.take_request(actor=officer, request=made, at=AT)
    with pytest.raises(Refused, match="mengerjakan"):
        actions.take_request(actor=officer, request=made, at=AT)
    given = {
        "actor": officer,
        "request": made,
        "state": "fulfilled",
        "answer": "Sudah diperbaiki",
        "at": LATER,
    }
    assert actions.answer_request(**given).answered_at == LATER
    with pytest.raises(Refused, match="sudah dijawab"):
        actions.answer_request(**given)
    assert not queries.open_requests().exists()


@pytest.mark.parametrize(("other", "status"), [({"state": "closed"}, 422), ({"answer": "  "}, 422)])
def test_a_bad_answer_is_refused(house, other, status):
    made = ask(citizen())
    given = {
        "actor": administrator(house),
        "request": made,
        "state": "refused",
        "answer": "Pasal 15",
        "at": AT,
    }
    with pytest.raises(Refused) as refusal:
        actions.answer_request(**given | other)
    assert refusal.value.status == status


def test_nobody_answers_ones_own_request(house):
    who = citizen()
    held = Holding("administrator", house.pk, frozenset({house.pk}))
    oneself = Actor(kind=PERSON, person=who.person.pk, holdings=(held,))
    with pytest.raises(Refused) as refusal:
        actions.answer_request(actor=oneself, request=ask(who), state="fulfilled", answer="ya", at=AT)
    assert refusal.value.status == 403
    with pytest.raises(Refused):
        actions.answer_request(
            actor=who.actor, request=ask(who, "erase"), state="fulfilled", answer="ya", at=AT
        )


def test_a_closed_account_lets_nobody_in(house):
    who = citizen()
    account = actions.close_account(actor=who.actor, person=who.person, at=AT)
    assert not account.is_active and account.closed_at == AT and not account.has_usable_password()


def test_an_officer_ends_the_office_first(house):
    who = citizen()
    officer = Actor(
        kind=PERSON, person=who.person.pk, holdings=(Holding("auditor", house.pk, frozenset({house.pk})),)
    )
    with pytest.raises(Refused, match="petugas"):
        actions.close_account(actor=officer, person=who.person, at=AT)
