"""Two records of one human: proposed, approved by another, undone within thirty days; both ids keep resolving."""

from datetime import timedelta

import pytest

from sekata.kernel.cases.models import Case
from sekata.kernel.journal.models import Event
from sekata.kernel.people import actions, queries, vault
from sekata.kernel.people.models import Delegation, Employee, Identifier, Merge, Person, RoleGrant
from sekata.kernel.people.tests.conftest import AT, NIK, administrator, citizen
from sekata.lib.actor import PERSON, Actor
from sekata.lib.result import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def twins(house):
    """A record with a NIK and an account, and an older one without, which holds a case and a role."""
    kept = citizen().person
    dropped = Person.objects.create(full_name="NURLELA", birth_date=kept.birth_date, level=0, created_at=AT)
    case = Case.objects.create(
        workflow="complaints", number="PLH-1405-2026-000001", title="Air hitam", state="under_review", unit=house,
        applicant=dropped, received_at=AT, due_at=AT, due_clock="total",
    )  # fmt: skip
    RoleGrant.objects.create(
        person=dropped,
        role="auditor",
        unit=house,
        starts=AT.date(),
        ends=AT.date() + timedelta(days=30),
        reason="x",
    )
    return kept, dropped, case


@pytest.fixture
def two(house):
    return administrator(house, "RATNA"), administrator(house, "DARWIS")


def propose(twins, actor):
    return actions.propose_merge(
        actor=actor, kept=twins[0], dropped=twins[1], reason="KTP-el sama di loket", at=AT
    )


def merged(twins, two):
    return actions.approve_merge(actor=two[1], merge=propose(twins, two[0]), at=AT)


def test_records_of_one_name_and_birth_date_are_shown(twins):
    assert [[person.pk for person in group] for group in queries.duplicates()] == [[twins[0].pk, twins[1].pk]]
    assert queries.kinds_of([twins[0].pk, twins[1].pk]) == {twins[0].pk: {"nik"}}


def test_whoever_proposes_does_not_approve(twins, two):
    merge = propose(twins, two[0])
    with pytest.raises(Refused, match="Pengusul") as refusal:
        actions.approve_merge(actor=two[0], merge=merge, at=AT)
    assert refusal.value.status == 409 and merge.state == "proposed"


def test_a_merge_turns_what_points_to_the_dropped_record(twins, two):
    kept, dropped, case = twins
    merge = merged(twins, two)
    case.refresh_from_db()
    dropped.refresh_from_db()
    assert case.applicant == kept and dropped.merged_into == kept and merge.state == "approved"
    assert RoleGrant.objects.get().person == kept
    assert queries.resolve(dropped) == kept and not queries.duplicates()
    event = Event.objects.get(kind="people.merge.approved")
    assert event.actor == two[1].person and event.after["approved_by"] == two[1].person


def test_the_number_of_a_dropped_record_leads_to_the_kept_one(twins, two):
    kept, dropped, _case = twins
    Identifier.objects.create(person=dropped, kind="nik", lookup=vault.lookup("nik", "1405025208900004"))
    merged(twins, two)
    assert queries.person_by_nik("1405025208900004") == queries.person_by_nik(NIK.value) == kept


def test_a_merge_is_undone_within_thirty_days_and_only_what_was_turned_goes_back(twins, two, house):
    kept, dropped, case = twins
    merge = merged(twins, two)
    later = Case.objects.create(
        workflow="complaints", number="PLH-1405-2026-000002", title="Asap", state="under_review", unit=house,
        applicant=kept, received_at=AT, due_at=AT, due_clock="total",
    )  # fmt: skip
    actions.end_merge(actor=two[0], merge=merge, at=AT + timedelta(days=30))
    for row in (case, later, dropped):
        row.refresh_from_db()
    assert (case.applicant, later.applicant, dropped.merged_into) == (dropped, kept, None)
    assert merge.state == "reversed" and RoleGrant.objects.get().person == dropped


def test_after_thirty_days_a_merge_stands(twins, two):
    merge = merged(twins, two)
    with pytest.raises(Refused, match="tidak dapat dibatalkan"):
        actions.end_merge(actor=two[0], merge=merge, at=AT + timedelta(days=30, seconds=1))


def test_a_proposal_can_be_rejected_and_proposed_again(twins, two):
    merge = propose(twins, two[0])
    with pytest.raises(Refused, match="sudah diusulkan"):
        propose(twins, two[1])
    assert actions.end_merge(actor=two[1], merge=merge, at=AT).state == "rejected"
    propose(twins, two[1])
    with pytest.raises(Refused):
        actions.approve_merge(actor=two[0], merge=merge, at=AT)


@pytest.mark.parametrize("other", ["same", "merged", "reason"])
def test_a_bad_proposal_is_refused(twins, two, other):
    kept, dropped, _case = twins
    given = {"kept": kept, "dropped": dropped, "reason": "sama"}
    if other == "same":
        given["dropped"] = kept
    elif other == "reason":
        given["reason"] = " "
    else:
        merged(twins, two)
        dropped.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        actions.propose_merge(actor=two[0], at=AT, **given)
    assert refusal.value.reasons[0].code == other


def test_only_identity_administrators_merge(twins):
    with pytest.raises(Refused) as refusal:
        propose(twins, Actor(kind=PERSON, person=7))
    assert refusal.value.status == 403


def test_rows_that_would_clash_keep_the_old_id(twins, two):
    kept, dropped, _case = twins
    mandate = Delegation.objects.create(
        giver=kept, receiver=dropped, number="x", masked="x", kind="carer", scope=["complaints"], evidence="x",
        starts=AT.date(), ends=AT.date(), made_at=AT,
    )  # fmt: skip
    merge = merged(twins, two)
    mandate.refresh_from_db()
    assert mandate.receiver == dropped and "people.delegation:receiver" not in merge.moved


def test_the_account_and_number_of_an_employee_stay_and_lead_on(twins, two):
    kept, dropped, _case = twins
    Employee.objects.create(person=dropped, number="199008122015032001", kind="pns")
    merged(twins, two)
    assert queries.resolve(Employee.objects.get().person) == kept and Merge.objects.count() == 1
