"""Field work: the visit, minutes, samples with custody, laboratory, report, follow-up."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from sekata.kernel.cases import actions as cases
from sekata.kernel.documents import actions as documents
from sekata.kernel.documents.uploads import Accepted
from sekata.kernel.journal.actions import action
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import Refused, insist
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.actions.papers import (
    issue_minutes,
    issue_report,
    issue_task_letter,
)
from sekata.pillars.environment.complaints.actions.steps import COMPLAINT, move, touch
from sekata.pillars.environment.complaints.codes import MinutesKind, SampleMatrix, SamplePosition
from sekata.pillars.environment.complaints.models import (
    Complaint,
    ConflictOfInterest,
    CustodyEntry,
    FollowUp,
    Minutes,
    Report,
    Sample,
    TeamMember,
    VerificationTask,
)
from sekata.pillars.environment.complaints.queries.field import team_facts
from sekata.pillars.environment.complaints.queries.law import law
from sekata.pillars.environment.complaints.rights import HEAD, INSPECT

STATE = ("case.state",)


@action(
    right=HEAD,
    event="complaints.verification.planned",
    on="complaint",
    watches=STATE,
    keeps=("lead", "members"),
)
def plan_verification(
    *,
    actor: Actor,
    complaint: Complaint,
    lead: int,
    members: Iterable[int],
    planned_at: datetime,
    at: datetime,
) -> VerificationTask:
    """Order a visit: two inspectors or more, one lead, none with a conflict; the task letter is issued."""
    team = team_facts(complaint, lead, members)
    move(
        complaint,
        "plan_verification",
        actor=actor,
        at=at,
        says=f"{len(team)} pengawas lingkungan ditugaskan ke lokasi.",
        given={"team": team},
        changes={"holder_id": lead},
    )
    task = VerificationTask.objects.create(
        incident=complaint.incident, planned_at=planned_at, ordered_at=at, ordered_by=actor.person
    )
    TeamMember.objects.bulk_create(
        TeamMember(task=task, person_id=member.person, lead=member.is_lead) for member in team
    )
    task.letter = issue_task_letter(complaint, task, actor, at)
    task.save(update_fields=["letter"])
    return task


@action(right=INSPECT, event="complaints.conflict.declared", on="complaint", keeps=("person", "facility"))
def declare_conflict(
    *, actor: Actor, complaint: Complaint, person: int, facility: str, reason: str, at: datetime
) -> ConflictOfInterest:
    """An inspector has an interest in a facility: no team about it may include him or her."""
    if not facility or len(reason.strip()) < 10:
        raise Refused.because("conflict", "Sebutkan usaha dan alasannya.", "reason")
    declared, _ = ConflictOfInterest.objects.get_or_create(
        person_id=person,
        facility=facility,
        ended_at=None,
        defaults={"reason": reason.strip(), "declared_at": at},
    )
    return declared


@action(
    right=INSPECT,
    event="complaints.arrived",
    on="complaint",
    watches=STATE,
    keeps=("lat", "lon", "device_at"),
)
def arrive(
    *,
    actor: Actor,
    complaint: Complaint,
    task: VerificationTask,
    lat: float | None = None,
    lon: float | None = None,
    device_at: datetime | None = None,
    at: datetime,
) -> VerificationTask:
    """The team is there. device_at: what the phone's clock said when there was no signal; both are kept."""
    members = set(task.team.values_list("person_id", flat=True))
    move(
        complaint,
        "arrive",
        actor=actor,
        at=at,
        says="Petugas tiba di lokasi.",
        given={"members": members, "person": actor.person},
    )
    task.arrived_at, task.device_arrived_at = at, device_at
    task.arrival_lat, task.arrival_lon = lat, lon
    task.save(update_fields=["arrived_at", "device_arrived_at", "arrival_lat", "arrival_lon"])
    return task


@action(right=INSPECT, event="complaints.minutes.recorded", on="complaint", keeps=("kind", "client_id"))
def record_minutes(
    *,
    actor: Actor,
    complaint: Complaint,
    task: VerificationTask,
    client_id: UUID,
    kind: MinutesKind,
    place: str,
    held_at: datetime,
    text: str,
    parties: list[Mapping[str, str]],
    at: datetime,
) -> Minutes:
    """Write minutes with the parties' signatures or refusals; the same client_id again is the same minutes."""
    known = Minutes.objects.filter(client_id=client_id).first()
    if known:
        return known
    if len(text.strip()) < 20 or not parties:
        raise Refused.because("minutes", "Berita acara memerlukan isi dan paling sedikit satu pihak.", "text")
    number = documents.next_number("complaints.minutes", at)
    minutes = Minutes(
        task=task,
        client_id=client_id,
        kind=kind,
        number=f"BA-{number:04d}/DLH/{at.astimezone(clock.WIB).year}",
        place=place,
        at=held_at,
        text=text.strip(),
        parties=list(parties),
        written_by=actor.person,
    )
    minutes.document = issue_minutes(complaint, minutes, actor, at)
    minutes.save(force_insert=True)
    touch(complaint, at)
    return minutes


@action(right=INSPECT, event="complaints.sample.taken", on="complaint", keeps=("label", "position"))
def take_sample(
    *,
    actor: Actor,
    complaint: Complaint,
    label: str,
    matrix: SampleMatrix,
    position: SamplePosition,
    taken_at: datetime,
    taken_by_name: str,
    client_id: UUID,
    task: VerificationTask | None = None,
    lat: float | None = None,
    lon: float | None = None,
    container: str = "",
    preservation: str = "",
    split_given: bool = False,
    in_situ: Mapping[str, str] | None = None,
    at: datetime,
) -> Sample:
    """Take a sample, as first response in any open state too; the first one stops its clock (R11)."""
    known = Sample.objects.filter(client_id=client_id).first()
    if known:
        return known
    insist(rules.sampling_reasons(complaint.case.state))
    insist(rules.label_reasons(label, taken_at, at))
    try:
        with transaction.atomic():
            sample = Sample.objects.create(
                incident=complaint.incident, task=task, client_id=client_id, label=label, matrix=matrix,
                position=position, lat=lat, lon=lon, taken_at=taken_at, taken_by=actor.person, container=container,
                preservation=preservation, split_given=split_given, in_situ=dict(in_situ or {}),
            )  # fmt: skip
    except IntegrityError as clash:
        raise Refused.because("label_used", f"Label {label} sudah dipakai.", "label", status=409) from clash
    _first_sample(complaint, taken_at)
    cases.note(
        actor=actor, case=complaint.case, at=at, name="sample",
        words=cases.Words(says=f"Contoh diambil: {SamplePosition(position).label.lower()}."),
    )  # fmt: skip
    return sample


def _first_sample(complaint: Complaint, taken_at: datetime) -> None:
    incident = complaint.incident
    if incident.first_sample_at is None or taken_at < incident.first_sample_at:
        incident.first_sample_at = taken_at
        incident.save(update_fields=["first_sample_at"])
    cases.stop_clock(workflow=COMPLAINT, case=complaint.case, code="first_sample", at=taken_at)


@action(
    right=INSPECT, event="complaints.sample.handed_over", on="complaint", keeps=("giver", "taker", "seal_no")
)
def hand_over(
    *,
    actor: Actor,
    complaint: Complaint,
    sample: Sample,
    giver: str,
    taker: str,
    handed_at: datetime,
    seal_no: str,
    condition: str,
    laboratory: str = "",
    accreditation: str = "",
    at: datetime,
) -> CustodyEntry:
    """Add a link to the chain of custody; each giver is the taker before (R12)."""
    chain = [
        rules.Handover(e.giver, e.taker, e.at, e.seal_no, e.condition)
        for e in sample.custody.order_by("place")
    ]
    insist(rules.custody_reasons([*chain, rules.Handover(giver, taker, handed_at, seal_no, condition)]))
    if laboratory:
        insist(rules.accreditation_reasons(accreditation))
        sample.laboratory, sample.accreditation, sample.laboratory_received_at = (
            laboratory,
            accreditation,
            handed_at,
        )
        sample.save(update_fields=["laboratory", "accreditation", "laboratory_received_at"])
    return CustodyEntry.objects.create(
        sample=sample,
        place=len(chain) + 1,
        giver=giver,
        taker=taker,
        at=handed_at,
        seal_no=seal_no,
        condition=condition,
    )


@action(right=INSPECT, event="complaints.samples.sent", on="complaint", watches=STATE, keeps=("reason",))
def send_samples(*, actor: Actor, complaint: Complaint, reason: str = "", at: datetime) -> Complaint:
    """Field work is done, samples are with the laboratory; three river positions or a reason (R11)."""
    incident = complaint.incident
    if reason.strip():
        incident.positions_reason = reason.strip()
        incident.save(update_fields=["positions_reason"])
    samples = list(incident.samples.values_list("position", flat=True))
    given = {
        "minutes": _minutes_kinds(complaint), "samples": len(samples), "positions": samples, "reason": reason,
    }  # fmt: skip
    move(complaint, "send_samples", actor=actor, at=at, says="Contoh dikirim ke laboratorium.", given=given)
    return complaint


def _minutes_kinds(complaint: Complaint) -> list[str]:
    return list(Minutes.objects.filter(task__incident=complaint.incident_id).values_list("kind", flat=True))


@action(right=INSPECT, event="complaints.results.recorded", on="complaint", keeps=("sample",))
def record_results(
    *,
    actor: Actor,
    complaint: Complaint,
    sample: Sample,
    results: list[Mapping[str, str]],
    certificate: Accepted | None,
    at: datetime,
) -> Sample:
    """Enter laboratory results with method and certificate; results that came too late carry a flag (R11)."""
    rulebook = law(complaint.case.received_at).table("holding_time")
    checked = [rules.LabResult(r.get("parameter", ""), r.get("method", ""), certificate) for r in results]
    insist(rules.result_reasons(checked))
    arrived = sample.laboratory_received_at
    flags = [rules.holding_flag(r["parameter"], sample.taken_at, arrived, rulebook) for r in results]
    sample.results = [dict(r) | {"flag": f.message if f else ""} for r, f in zip(results, flags, strict=True)]
    sample.certificate = documents.keep(certificate.content, certificate.mime, at)
    sample.results_received_at = at
    sample.save(update_fields=["results", "certificate", "results_received_at"])
    cases.start_clock(
        workflow=COMPLAINT,
        case=complaint.case,
        code="report",
        terms=law(complaint.case.received_at).terms(complaint.service_code),
        at=at,
    )
    return sample


@action(right=INSPECT, event="complaints.report.signed", on="complaint", keeps=("finding",))
def sign_report(
    *,
    actor: Actor,
    complaint: Complaint,
    finding: str,
    facts: str,
    legal_reading: str,
    recommendation: str,
    public_summary: str,
    at: datetime,
) -> Report:
    """The lead writes and signs the verification report; it counts when the head has approved it."""
    if not TeamMember.objects.filter(
        task__incident=complaint.incident, person=actor.person, lead=True
    ).exists():
        raise Refused.because("not_lead", "Hanya ketua tim yang menandatangani laporan.", status=403)
    if min(len(facts.strip()), len(recommendation.strip()), len(public_summary.strip())) < 20:
        raise Refused.because(
            "report_short", "Fakta, saran, dan ringkasan untuk pelapor harus diisi.", "facts"
        )
    complaint.incident.reports.filter(approved_at=None).delete()
    return Report.objects.create(
        incident=complaint.incident, finding=finding, facts=facts, legal_reading=legal_reading,
        recommendation=recommendation, public_summary=public_summary, signed_by_id=actor.person, signed_at=at,
    )  # fmt: skip


@action(right=HEAD, event="complaints.report.approved", on="complaint", watches=(*STATE, "finding"))
def approve_report(*, actor: Actor, complaint: Complaint, at: datetime) -> Report:
    """Approve the report that the lead signed: two persons; late river samples must be explained (R11)."""
    report = complaint.incident.reports.filter(approved_at=None).order_by("-pk").first()
    move(
        complaint,
        "approve_report",
        actor=actor,
        at=at,
        says=report.public_summary if report else "",
        given={
            "minutes": _minutes_kinds(complaint),
            "signers": {report.signed_by_id} if report else (),
            "approver": actor.person,
            "results": _results(complaint),
            "dilution": _dilution(complaint, report),
        },
    )
    report.approved_by, report.approved_at = actor.person, at
    report.document = issue_report(complaint, report, actor, at)
    report.save(update_fields=["approved_by", "approved_at", "document"])
    complaint.finding = report.finding
    complaint.save(update_fields=["finding"])
    return report


def _results(complaint: Complaint) -> list[rules.LabResult]:
    return [
        rules.LabResult(row["parameter"], row["method"], sample.certificate_id)
        for sample in complaint.incident.samples.all()
        for row in sample.results
    ]


def _dilution(complaint: Complaint, report: Report | None) -> tuple:
    """Reasons against a report that is silent about dilution, in river cases."""
    taken = list(complaint.incident.samples.filter(matrix="surface_water").values_list("taken_at", flat=True))
    if report is None or not taken or complaint.first_seen_at is None:
        return ()
    return rules.dilution_reasons(complaint.first_seen_at, taken, f"{report.facts} {report.dilution_note}")


@action(
    right=HEAD,
    event="complaints.follow_up.planned",
    on="complaint",
    watches=STATE,
    keeps=("kind", "owner", "due"),
)
def follow_up(
    *, actor: Actor, complaint: Complaint, kind: str, text: str, owner: str, due: date, at: datetime
) -> FollowUp:
    """Plan an act that follows from the report; the first one takes the case to follow-up."""
    if due < at.astimezone(clock.WIB).date():
        raise Refused.because("due", "Batas waktu tidak boleh lewat.", "due")
    made = FollowUp.objects.create(
        incident=complaint.incident, kind=kind, text=text.strip(), owner=units.by_code(owner), due=due
    )
    if complaint.case.state != "follow_up":
        given = {"planned": 1, "decider": actor.person}
        move(
            complaint, "follow_up", actor=actor, at=at, says="Hasil verifikasi ditindaklanjuti.", given=given
        )
    return made


@action(right=HEAD | INSPECT, event="complaints.follow_up.done", on="complaint", keeps=("item", "proof"))
def finish_follow_up(
    *, actor: Actor, complaint: Complaint, item: FollowUp, proof: str, at: datetime
) -> FollowUp:
    """An act of the follow-up is done, with proof."""
    if len(proof.strip()) < 10:
        raise Refused.because("proof", "Tulis buktinya.", "proof")
    item.done_at, item.proof = at, proof.strip()
    item.save(update_fields=["done_at", "proof"])
    return item
