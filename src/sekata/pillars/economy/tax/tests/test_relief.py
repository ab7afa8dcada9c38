"""Instalments, objections, reductions, refunds, collection."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from sekata.lib.actor import system
from sekata.lib.tests.helpers import refusal
from sekata.pillars.economy.tax.actions import (
    billing,
    collecting,
    instalments,
    refunds,
    relief,
)
from sekata.pillars.economy.tax.codes import (
    AssessmentState,
    CollectionState,
    ObjectionResult,
)
from sekata.pillars.economy.tax.models import (
    Assessment,
)
from sekata.pillars.economy.tax.rules.collecting import midnight
from sekata.pillars.economy.tax.tests.conftest import NOW
from sekata.pillars.economy.tax.tests.letters import open_letter

NIK = "1405025208900003"
SYSTEM = system("test")
GROUNDS = "Nilai tanah tidak sesuai keadaan di lapangan."


def test_acceptance_14_the_plan_of_24_million_breaks_on_the_31st_day(office, clock):
    letter, at = open_letter(office), datetime(2026, 12, 15, 3, tzinfo=UTC)
    plan = instalments.apply_for_instalments(
        actor=office.payer, assessment=letter, submission=uuid4(), grounds=GROUNDS, parts=6, at=at
    )
    parts = instalments.approve_plan(
        actor=office.head, plan=plan, first_due=date(2027, 1, 15), parts=6, at=at
    )
    assert [p.total for p in parts] == [4_144_000, 4_120_000, 4_096_000, 4_072_000, 4_048_000, 4_024_000]
    for number, on in ((1, date(2027, 1, 15)), (2, date(2027, 2, 15))):
        instalments.settle_part(actor=SYSTEM, plan=plan, number=number, on=on, at=at)
    with clock(datetime(2027, 4, 14, 3, tzinfo=UTC)):
        assert instalments.break_overdue() == 0
    with clock(datetime(2027, 4, 15, 3, tzinfo=UTC)):
        assert instalments.break_overdue() == 1
    plan.refresh_from_db()
    assert (plan.balance, plan.broken_on) == (16_192_000, date(2027, 4, 15))


def test_r13_a_plan_that_is_paid_is_completed_and_one_refused_says_why(office):
    letter, at = open_letter(office), datetime(2026, 12, 15, 3, tzinfo=UTC)
    given = {"actor": office.payer, "assessment": letter, "grounds": GROUNDS, "at": at}
    refused = instalments.apply_for_instalments(submission=uuid4(), parts=3, **given)
    instalments.refuse_plan(actor=office.head, plan=refused, reason="Penghasilan mencukupi.", at=at)
    plan = instalments.apply_for_instalments(submission=uuid4(), parts=2, **given)
    instalments.approve_plan(actor=office.head, plan=plan, first_due=date(2027, 1, 15), parts=2, at=at)
    for number in (1, 2):
        instalments.settle_part(actor=SYSTEM, plan=plan, number=number, on=date(2027, 1, 15), at=at)
    assert plan.case.state == "completed"


def objected(office, letter: Assessment, undisputed: int = 0):
    return relief.object_to(
        actor=office.payer,
        assessment=letter,
        submission=uuid4(),
        grounds=GROUNDS,
        undisputed=undisputed,
        at=NOW,
    )


def test_r14_only_with_the_undisputed_part_paid_and_a_lost_one_costs_30_percent(office):
    letter = open_letter(office, 50_000_000)
    assert refusal(objected, office, letter, 20_000_000) == ["undisputed"]
    billing.settle_assessment(actor=SYSTEM, assessment=letter, amount=20_000_000, on=date(2026, 2, 2), at=NOW)
    made = objected(office, letter, 20_000_000)
    relief.complete(actor=office.registrar, objection=made, at=NOW)
    relief.hear(actor=office.registrar, objection=made, hearing="Wajib pajak menjelaskan omzetnya.", at=NOW)
    given = {"actor": office.head, "objection": made, "at": NOW}
    assert refusal(relief.decide, result=ObjectionResult.REFUSED, decided=1, **given) == ["decided"]
    relief.decide(result=ObjectionResult.REFUSED, decided=50_000_000, **given)
    letter.refresh_from_db()
    assert (made.fine, letter.fine, letter.state) == (9_000_000, 9_000_000, AssessmentState.DUE)
    relief.appeal(actor=office.payer, objection=made, on=date(2026, 4, 1), at=NOW)
    relief.conclude(actor=office.registrar, objection=made, verdict=50_000_000, at=NOW)
    assert made.fine == 18_000_000 and made.case.state == "closed"


def test_acceptance_15_twelve_months_of_silence_grant_an_objection(office, clock):
    letter = open_letter(office)
    made = objected(office, letter)
    with clock(NOW.replace(year=2027)):
        assert relief.grant_silent() == 0
    with clock(NOW.replace(year=2027, day=3)):
        assert relief.grant_silent() == 1
    made.refresh_from_db()
    letter.refresh_from_db()
    assert made.by_silence and made.result == ObjectionResult.GRANTED
    assert (letter.total, letter.state) == (0, AssessmentState.REDUCED)
    relief.close(actor=SYSTEM, objection=relief.Objection.objects.select_related("case__unit").get(), at=NOW)


def test_an_inadmissible_objection_leaves_the_assessment(office):
    letter = open_letter(office)
    made = objected(office, letter)
    relief.refuse_objection(actor=office.registrar, objection=made, reason="Bukan wajib pajaknya.", at=NOW)
    letter.refresh_from_db()
    assert letter.state == AssessmentState.DUE


def test_reductions_are_granted_up_to_what_was_asked(office):
    letter = open_letter(office)
    given = {"actor": office.payer, "assessment": letter, "grounds": GROUNDS, "at": NOW}
    made = relief.apply_for_relief(submission=uuid4(), asked=4_000_000, **given)
    assert refusal(relief.grant, actor=office.head, relief=made, granted=5_000_000, at=NOW) == ["granted"]
    relief.grant(actor=office.head, relief=made, granted=3_000_000, at=NOW)
    letter.refresh_from_db()
    assert (letter.total, letter.state) == (21_000_000, AssessmentState.REDUCED)
    other = relief.apply_for_relief(submission=uuid4(), asked=1, **given)
    relief.refuse_relief(actor=office.head, relief=other, reason="Sudah dikurangkan.", at=NOW)


def test_r16_a_refund_is_decided_offset_issued_and_paid_with_interest(office):
    letter = open_letter(office)
    billing.settle_assessment(actor=SYSTEM, assessment=letter, amount=24_000_000, on=date(2026, 2, 2), at=NOW)
    assert letter.state == AssessmentState.PAID
    owing = open_letter(office, 1_000_000)
    Assessment.objects.filter(pk=owing.pk).update(state=AssessmentState.DUE)
    given = {"actor": office.payer, "assessment": letter, "grounds": GROUNDS, "at": NOW}
    refund = refunds.apply_for_refund(submission=uuid4(), asked=11_000_000, **given)
    refunds.decide_refund(actor=office.head, refund=refund, decided=11_000_000, consents=True, at=NOW)
    assert refund.offset == 1_000_000
    skpdlb = refunds.issue_refund(actor=office.head, refund=refund, at=NOW)
    refunds.pay_refund(actor=office.treasurer, refund=refund, on=date(2026, 4, 3), at=NOW)
    assert (skpdlb.kind, refund.interest, refund.case.state) == ("skpdlb", 60_000, "paid")
    second = refunds.apply_for_refund(submission=uuid4(), asked=1, **given)
    refunds.refuse_refund(actor=office.head, refund=second, reason="Tidak ada kelebihan.", at=NOW)


def test_collection_goes_step_by_step_and_never_too_early(office):
    letter = open_letter(office)
    given = {"actor": office.bailiff, "assessment": letter, "at": NOW}
    early = {"act": CollectionState.WARNED, "on": midnight(letter.due_on)}
    assert refusal(collecting.serve, **early, **given) == ["state"]
    Assessment.objects.filter(pk=letter.pk).update(state=AssessmentState.DUE)
    letter.refresh_from_db()
    assert refusal(collecting.serve, **early, **given) == ["too_early"]
    on = midnight(letter.due_on)
    for act, days in zip(collecting.VERBS, (7, 21, 2, 14, 14), strict=True):
        on += timedelta(days=days)
        last = collecting.serve(act=act, on=on, **given)
    assert last.collection.state == CollectionState.AUCTIONED
    collecting.end_collection(actor=SYSTEM, collection=last.collection, at=NOW)
    with pytest.raises(DatabaseError, match="sekata_immutable"), transaction.atomic():
        last.delete()
