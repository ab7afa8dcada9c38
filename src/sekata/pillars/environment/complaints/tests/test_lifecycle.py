"""From review to closing: guards, two-person rules, merging, custody, escalation, reopening, forgetting."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from sekata.kernel.cases import actions as cases
from sekata.kernel.cases.models import Escalation
from sekata.kernel.documents.uploads import Accepted
from sekata.kernel.journal import actions as journal
from sekata.kernel.journal import queries as journal_read
from sekata.kernel.journal.models import Event
from sekata.kernel.notify.models import Message
from sekata.kernel.people.models import Vault
from sekata.kernel.places import queries as places
from sekata.kernel.places.models import Feature
from sekata.lib.actor import by_code, system
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.codes import (
    MinutesKind,
    ReporterMode,
    SampleMatrix,
    SamplePosition,
)
from sekata.pillars.environment.complaints.models import Complaint, MergeProposal
from sekata.pillars.environment.complaints.queries import public
from sekata.pillars.environment.complaints.rules import Point
from sekata.pillars.environment.complaints.tests.conftest import wib

pytestmark = pytest.mark.django_db
MESSAGE = (
    "Petugas memeriksa lokasi, menutup pipa pembuangan, dan memberi teguran tertulis kepada pengelola pabrik."
)
PDF = Accepted("sertifikat.pdf", "document", "application/pdf", b"%PDF-1.7 x")


@pytest.fixture
def fresh():
    def again(complaint: Complaint) -> Complaint:
        return Complaint.objects.select_related("case", "incident", "identity").get(pk=complaint.pk)

    return again


@pytest.fixture
def reviewed(filed, regency, fresh):
    def make(at: str = "2026-04-29 10:00", **given):
        complaint = filed(at, **given).complaint
        actions.take_up(actor=regency.reviewer, complaint=complaint, at=wib(at) + timedelta(hours=1))
        return fresh(complaint)

    return make


@pytest.fixture
def in_the_field(reviewed, regency, fresh):
    complaint = reviewed()
    team = (regency.inspector.person, regency.inspector2.person)
    task = actions.plan_verification(
        actor=regency.head, complaint=complaint, lead=team[0], members=team, planned_at=wib("2026-05-04 09:00"),
        at=wib("2026-04-30 09:00"),
    )  # fmt: skip
    actions.arrive(actor=regency.inspector, complaint=complaint, task=task, at=wib("2026-05-04 09:30"))
    return fresh(complaint), task


def minutes(regency, complaint, task, **given):
    usual = {
        "kind": MinutesKind.VERIFICATION, "place": "Tepi Sungai Segati", "held_at": wib("2026-05-04 10:00"),
        "text": "Ditemukan pipa yang mengalirkan air hitam ke sungai.", "client_id": uuid4(),
        "parties": [{"name": "Hendri", "role": "Pengawas", "signature": "refused"}], "at": wib("2026-05-04 10:30"),
    }  # fmt: skip
    return actions.record_minutes(actor=regency.inspector, complaint=complaint, task=task, **(usual | given))


def sample(regency, complaint, task, label="SGT-20260504-01", position=SamplePosition.OUTFALL):
    return actions.take_sample(
        actor=regency.inspector, complaint=complaint, task=task, label=label, matrix=SampleMatrix.SURFACE_WATER,
        position=position, taken_at=wib("2026-05-04 09:45"), taken_by_name="Hendri", client_id=uuid4(),
        at=wib("2026-05-04 10:00"),
    )  # fmt: skip


def sign(regency, complaint, **given):
    usual = {
        "finding": "administrative_violation",
        "facts": "Pipa buangan tidak tercatat. Pengenceran oleh aliran air dapat menjelaskan hasil yang baik.",
        "legal_reading": "UU 32/2009 pasal 20", "recommendation": "Tegur tertulis dan pantau tiga bulan.",
        "public_summary": "Pembuangan tanpa izin terbukti; dinas menegur tertulis dan memantau.",
        "at": wib("2026-05-11 10:00"),
    }  # fmt: skip
    return actions.sign_report(actor=regency.inspector, complaint=complaint, **(usual | given))


def verified(regency, complaint, task, fresh):
    minutes(regency, complaint, task)
    for n, position in enumerate(
        (SamplePosition.OUTFALL, SamplePosition.UPSTREAM, SamplePosition.DOWNSTREAM), 1
    ):
        sample(regency, complaint, task, f"SGT-20260504-0{n}", position)
    actions.send_samples(actor=regency.inspector, complaint=fresh(complaint), at=wib("2026-05-04 15:00"))
    for one in complaint.incident.samples.all():
        rows = [{"parameter": "BOD", "value": "12", "unit": "mg/L", "method": "SNI 6989.72"}]
        actions.record_results(
            actor=regency.inspector, complaint=fresh(complaint), sample=one, results=rows, certificate=PDF,
            at=wib("2026-05-08 10:00"),
        )  # fmt: skip
    sign(regency, fresh(complaint))
    actions.approve_report(actor=regency.head, complaint=fresh(complaint), at=wib("2026-05-12 10:00"))
    return fresh(complaint)


def test_the_whole_way_to_closing(in_the_field, regency, fresh):
    complaint = verified(regency, *in_the_field, fresh)
    assert (complaint.case.state, complaint.finding) == ("verified", "administrative_violation")
    item = actions.follow_up(
        actor=regency.head, complaint=complaint, kind="warning_request", text="Teguran", owner="dlh",
        due=wib("2026-06-01 00:00").date(), at=wib("2026-05-13 09:00"),
    )  # fmt: skip
    with pytest.raises(Refused, match="belum selesai"):
        actions.resolve(
            actor=regency.head, complaint=fresh(complaint), message=MESSAGE, at=wib("2026-05-14 09:00")
        )
    actions.finish_follow_up(
        actor=regency.head, complaint=complaint, item=item, proof="Surat teguran terkirim."
    )
    actions.resolve(
        actor=regency.head, complaint=fresh(complaint), message=MESSAGE, at=wib("2026-05-20 09:00")
    )
    actions.accept(actor=by_code(complaint.pk), complaint=fresh(complaint), at=wib("2026-05-21 09:00"))
    assert fresh(complaint).case.state == "closed"


@pytest.mark.parametrize(("message", "finding"), [("x" * 20, "no_violation"), (MESSAGE, "")])
def test_acceptance_8_r17_answering_needs_finding_evidence_and_words(reviewed, regency, message, finding):
    complaint = reviewed(files=(PDF,))
    with pytest.raises(Refused):
        actions.answer(actor=regency.reviewer, complaint=complaint, message=message, finding=finding)
    assert Complaint.objects.get().case.state == "under_review"


def answered(reviewed, regency, fresh, at="2026-05-04 10:00"):
    complaint = reviewed(files=(PDF,))
    actions.answer(
        actor=regency.reviewer, complaint=complaint, message=MESSAGE, finding="no_violation", at=wib(at)
    )
    return fresh(complaint)


def test_acceptance_8_r17_dissatisfied_on_day_13_reopens(reviewed, regency, fresh):
    complaint = answered(reviewed, regency, fresh)
    sequel = actions.feed_back(
        actor=by_code(complaint.pk),
        complaint=complaint,
        satisfied=False,
        text="Air masih hitam.",
        at=wib("2026-05-17 10:00"),
    )
    assert (sequel.kind, fresh(complaint).case.state, fresh(complaint).reopened) == ("reopen", "reopened", 1)


@pytest.mark.parametrize(("day", "kind"), [(60, "reopen"), (61, "new_report")])
def test_acceptance_8_r17_sixty_days_after_closing(reviewed, regency, fresh, day, kind):
    complaint = answered(reviewed, regency, fresh)
    closed = wib("2026-05-19 01:00")
    actions.close_silent(actor=system("test"), complaint=complaint, at=closed)
    sequel = actions.feed_back(
        actor=by_code(complaint.pk), complaint=fresh(complaint), satisfied=False, text="Air hitam lagi.",
        at=closed + timedelta(days=day),
    )  # fmt: skip
    assert sequel.kind == kind


def test_acceptance_6_r10_merging_is_proposed_confirmed_and_undone(filed, regency, fresh):
    first = filed("2026-04-28 10:00", first_seen_at=wib("2026-04-28 06:00")).complaint
    second = filed(
        "2026-04-29 10:00", point=Point(0.39610, 101.84510), first_seen_at=wib("2026-04-29 06:00")
    ).complaint
    actions.compare(second.pk)
    proposal = MergeProposal.objects.get()
    assert float(proposal.score) == pytest.approx(0.5 * 0.744 + 0.3 * 0.857 + 0.2, abs=0.01)
    assert fresh(second).case.state == "received"
    actions.merge(
        actor=regency.intake, complaint=fresh(second), lead=fresh(first), at=wib("2026-04-29 12:00")
    )
    month = (wib("2026-04-01 00:00"), wib("2026-05-01 00:00"))
    assert public.totals(*month) == {"complaints": 2, "incidents": 1}
    actions.unmerge(actor=regency.intake, complaint=fresh(second), at=wib("2026-05-20 12:00"))
    assert public.totals(*month) == {"complaints": 2, "incidents": 2}
    running = {t.code for t in fresh(second).case.timers.filter(stopped_at=None)}
    assert (fresh(second).case.state, "total" in running) == ("received", True)


def test_r10_a_merge_cannot_be_undone_after_thirty_days(filed, regency, fresh):
    first, second = filed().complaint, filed().complaint
    actions.merge(
        actor=regency.intake, complaint=fresh(second), lead=fresh(first), at=wib("2026-04-29 12:00")
    )
    with pytest.raises(Refused, match="30 hari"):
        actions.unmerge(actor=regency.intake, complaint=fresh(second), at=wib("2026-05-30 12:00"))


def test_acceptance_10_r12_custody_has_no_gap_and_takes_no_change(in_the_field, regency):
    complaint, task = in_the_field
    taken = sample(regency, complaint, task)
    hand = {
        "actor": regency.inspector,
        "complaint": complaint,
        "sample": taken,
        "seal_no": "S-1",
        "condition": "utuh",
    }
    actions.hand_over(giver="Hendri", taker="Rosmaini", handed_at=wib("2026-05-04 11:00"), **hand)
    with pytest.raises(Refused, match="Rosmaini"):
        actions.hand_over(giver="Hendri", taker="Laboratorium", handed_at=wib("2026-05-04 13:00"), **hand)
    with (
        pytest.raises(DatabaseError, match="sekata_immutable"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE complaints_custodyentry SET taker = 'lain'")


def test_acceptance_11_no_conflict_on_the_team_and_two_persons_for_a_report(
    reviewed, regency, fresh, in_the_field
):
    complaint = reviewed(service_code="W02")
    actions.set_facts(actor=regency.reviewer, complaint=complaint, changes={"facility": "F-001"})
    actions.declare_conflict(
        actor=regency.inspector, complaint=complaint, person=regency.inspector.person, facility="F-001",
        reason="Saudara kandung manajer pabrik",
    )  # fmt: skip
    with pytest.raises(Refused, match="benturan"):
        actions.plan_verification(
            actor=regency.head, complaint=fresh(complaint), lead=regency.inspector2.person,
            members=[regency.inspector.person], planned_at=wib("2026-05-04 09:00"),
        )  # fmt: skip
    other, task = in_the_field
    minutes(regency, other, task)
    sign(regency, other)
    both = type(regency.head)(**{**vars(regency.head), "person": regency.inspector.person, "_reach": {}})
    with pytest.raises(Refused, match="orang lain"):
        actions.approve_report(actor=both, complaint=fresh(other))


def test_acceptance_12_r16_a_breach_climbs_and_every_seal_verifies(filed, regency, clock, fresh):
    complaint = filed().complaint
    for moment in ("2026-06-08 08:00", "2026-06-18 08:00", "2026-06-24 08:00"):
        with clock(wib(moment)):
            actions.escalate()
    levels = [
        (e.level, e.at.astimezone(wib("2026-01-01 00:00").tzinfo))
        for e in Escalation.objects.order_by("level")
    ]
    assert [level for level, _ in levels] == [1, 2, 3]
    assert [e.at for e in Escalation.objects.order_by("level")] == [
        wib("2026-06-08 00:00"), wib("2026-06-18 00:00"), wib("2026-06-24 00:00"),
    ]  # fmt: skip
    told = set(Message.objects.filter(template="complaints.escalated").values_list("person", flat=True))
    assert told == {
        regency.head.person,
        regency.office_head.person,
        regency.secretary.person,
        regency.regent.person,
    }
    assert fresh(complaint).case.holder_id is None
    journal.seal()
    assert journal_read.verify().ok


def test_r16_levels_four_and_five_follow_unless_the_province_answers(filed, regency, clock):
    silent, heard = filed().complaint, filed().complaint
    with clock(wib("2026-07-15 08:00")):
        actions.escalate()
    four = Escalation.objects.get(level=4, case=heard.case)
    assert four.at == wib("2026-07-15 00:00")
    cases.answer_escalation(
        actor=regency.office_head, escalation=four, text="Provinsi turun tangan pekan ini.", at=four.at
    )
    with clock(wib("2026-09-01 08:00")):
        actions.escalate()
    assert [e.case_id for e in Escalation.objects.filter(level=5)] == [silent.case.pk]


def test_r16_a_second_reopening_reaches_level_three_at_once(reviewed, regency, fresh):
    complaint = answered(reviewed, regency, fresh)
    for day in ("2026-05-06", "2026-05-12"):
        actions.feed_back(
            actor=by_code(complaint.pk),
            complaint=fresh(complaint),
            satisfied=False,
            text="Masih hitam.",
            at=wib(f"{day} 10:00"),
        )
        if fresh(complaint).reopened == 1:
            again = fresh(complaint)
            actions.close_reopened(
                actor=regency.reviewer2, complaint=again, message=MESSAGE, at=wib("2026-05-07 10:00")
            )
    assert [e.level for e in Escalation.objects.all()] == [3]


def test_r6_passing_on_late_needs_a_reason(reviewed, regency, fresh):
    complaint = reviewed()
    with pytest.raises(Refused, match="sebab keterlambatan"):
        actions.refer(
            actor=regency.head, complaint=complaint, text="Mohon ditangani.", at=wib("2026-05-08 09:00")
        )
    referral = actions.refer(
        actor=regency.head, complaint=complaint, text="Mohon ditangani.", late_reason="Menunggu peta batas.",
        at=wib("2026-05-08 09:30"),
    )  # fmt: skip
    assert referral.late_reason and fresh(complaint).case.state == "referred"


def test_r8_a_mill_with_the_governors_approval_is_the_provinces(filed, regency, fresh):
    Feature.objects.create(
        kind="facility", code="F-009", name="Pabrik Contoh", geometry={"type": "Point", "coordinates": [101.8, 0.39]},
        properties={"approval_holder": "governor"}, source="test",
    )  # fmt: skip
    places.forget()
    complaint = filed(service_code="W02").complaint
    actions.take_up(actor=regency.reviewer, complaint=complaint, at=wib("2026-04-29 11:00"))
    actions.set_facts(actor=regency.reviewer, complaint=fresh(complaint), changes={"facility": "F-009"})
    assert (fresh(complaint).competent_authority, fresh(complaint).first_response) == ("province_dlhk", "dlh")


def test_r8_what_a_person_decided_is_not_overwritten(reviewed, regency, fresh):
    complaint = reviewed()
    actions.override_authority(
        actor=regency.reviewer, complaint=complaint, authority="ministry", reason="Lintas provinsi."
    )
    actions.set_facts(
        actor=regency.reviewer, complaint=fresh(complaint), changes={"service_code": "L01", "group": "land"}
    )
    assert fresh(complaint).competent_authority == "ministry"
    assert "tidak diubah" in fresh(complaint).authority_why


def test_two_officers_reject(filed, regency, fresh):
    complaint = filed().complaint
    actions.reject(actor=regency.intake, complaint=complaint, code="abusive")
    with pytest.raises(Refused, match="petugas kedua"):
        actions.second_rejection(actor=regency.intake, complaint=fresh(complaint))
    actions.second_rejection(actor=regency.reviewer, complaint=fresh(complaint))
    assert fresh(complaint).case.state == "rejected"


def test_r2_an_identity_is_opened_by_the_lead_with_a_reason_and_leaves_an_event(filed, regency, fresh):
    complaint = filed(
        mode=ReporterMode.CONFIDENTIAL, who={"name": "Nurlela", "phone": "+6281234567890"}
    ).complaint
    with pytest.raises(Refused):
        actions.open_identity(
            actor=regency.intake, complaint=complaint, purpose="ingin tahu siapa pelapornya"
        )
    actions.take_up(actor=regency.reviewer, complaint=complaint)
    actions.plan_verification(
        actor=regency.head, complaint=fresh(complaint), lead=regency.inspector.person, 
        members=[regency.inspector2.person], planned_at=wib("2026-05-04 09:00"),
    )  # fmt: skip
    seen = actions.open_identity(
        actor=regency.inspector, complaint=fresh(complaint), purpose="Menanyakan letak pipa."
    )
    assert seen["name"] == "Nurlela"
    event = Event.objects.get(kind="people.identity.read")
    assert event.purpose == "Menanyakan letak pipa." and "Nurlela" not in str(event.after)


def test_r18_identities_go_two_years_after_closing(filed, regency, clock, fresh):
    complaint = filed(
        mode=ReporterMode.CONFIDENTIAL, who={"name": "Nurlela", "phone": "+6281234567890"}
    ).complaint
    actions.reject(actor=regency.intake, complaint=complaint, code="abusive")
    actions.second_rejection(actor=regency.reviewer, complaint=fresh(complaint), at=wib("2026-05-04 10:00"))
    with clock(wib("2028-05-03 10:00")):
        assert actions.forget_identities() == 0
    with clock(wib("2028-05-05 10:00")):
        assert actions.forget_identities() == 1
    assert fresh(complaint).identity is None and not Vault.objects.filter(pk=complaint.identity_id).exists()
    assert fresh(complaint).case.number


def test_a_withdrawn_report_forgets_its_reporter(filed, regency, fresh):
    complaint = filed(
        mode=ReporterMode.CONFIDENTIAL, who={"name": "Nurlela", "phone": "+6281234567890"}
    ).complaint
    actions.withdraw(actor=by_code(complaint.pk), complaint=complaint)
    assert (fresh(complaint).case.state, fresh(complaint).identity) == ("withdrawn", None)


def test_a_report_never_completed_closes_after_ten_working_days(filed, clock, fresh):
    complaint = filed(point=None).complaint
    with clock(wib("2026-05-15 12:00")):
        assert actions.chase() == 0
    with clock(wib("2026-05-18 12:00")):
        assert actions.chase() == 1
    assert fresh(complaint).case.state == "closed_incomplete"


def test_nobody_without_the_right_moves_a_case(filed, regency):
    complaint = filed().complaint
    for stranger in (regency.responder, regency.regent, by_code(complaint.pk + 1)):
        with pytest.raises(Refused) as refusal:
            actions.take_up(actor=stranger, complaint=complaint)
        assert refusal.value.status == 403


def test_two_officers_at_once_one_wins(filed, regency, fresh):
    complaint = filed().complaint
    mine, theirs = fresh(complaint), fresh(complaint)
    actions.take_up(actor=regency.reviewer, complaint=mine)
    with pytest.raises(Refused) as refusal:
        actions.take_up(actor=regency.reviewer2, complaint=theirs)
    assert refusal.value.status == 409


def test_r9_r10_supporters_raise_the_priority(filed, fresh):
    complaint = filed(service_code="S01").complaint
    assert complaint.case.priority == 3
    for _ in range(4):
        actions.support(actor=by_code(0), complaint=complaint, submission=uuid4())
    actions.reassess(complaint.pk)
    assert fresh(complaint).case.priority == 2
