"""Filing a complaint and what its reporter does with it afterwards."""

import hashlib
import hmac
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings

from sekata.kernel import jobs
from sekata.kernel.cases import actions as cases
from sekata.kernel.documents import actions as documents
from sekata.kernel.documents.uploads import Accepted
from sekata.kernel.journal.actions import Repeated, action
from sekata.kernel.notify import actions as notify
from sekata.kernel.people import vault
from sekata.kernel.people.vault import Vault
from sekata.kernel.places import queries as places
from sekata.kernel.quick import insert, together
from sekata.kernel.units import queries as units
from sekata.lib import clock, codes
from sekata.lib.actor import NOBODY, Actor, system
from sekata.lib.result import Refused, insist
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.actions.evidence import keep_evidence
from sekata.pillars.environment.complaints.actions.index import index_complaint
from sekata.pillars.environment.complaints.actions.steps import COMPLAINT, move, touch
from sekata.pillars.environment.complaints.codes import (
    Channel,
    PlacedBy,
    PointSource,
    Precision,
    ReporterMode,
)
from sekata.pillars.environment.complaints.models import Complaint, Incident, Question, Supporter
from sekata.pillars.environment.complaints.queries.facts import place_facts, priority_facts, special_facts
from sekata.pillars.environment.complaints.queries.law import Law, law
from sekata.pillars.environment.complaints.rights import DESK as DESK_RIGHT
from sekata.pillars.environment.complaints.rights import FILE, REPORTER

DESK = "dlh.penaatan"
SERIES = "complaints"


@dataclass(frozen=True)
class Reporter:
    """Who reports and how they wish to be treated; all but the mode is empty for an anonymous one."""

    mode: ReporterMode
    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    nik: str = ""
    language: str = "id"
    share_with: tuple[str, ...] = ()

    def secrets(self) -> dict[str, str]:
        """What goes into the vault."""
        if self.mode == ReporterMode.ANONYMOUS:
            return {}
        told = {
            "name": self.name,
            "phone": self.phone,
            "email": self.email,
            "address": self.address,
            "nik": self.nik,
        }
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True)
class Filing:
    """A report as it arrives, already free of mere form errors.

    submission: made by the sender once; the same one again is the same report. reply_to: address of an anonymous
    sender (WhatsApp, e-mail) that lives only until the code is sent.
    """

    submission: UUID
    service_code: str
    channel: Channel
    description: str = ""
    title: str = ""
    point: rules.Point | None = None
    point_source: str = PointSource.MAP_PIN
    accuracy_m: int | None = None
    address_text: str = ""
    village_code: str = ""
    media: tuple[str, ...] = ()
    incident_at: datetime | None = None
    precision: str = Precision.EXACT
    first_seen_at: datetime | None = None
    attributes: Mapping[str, object] = field(default_factory=dict)
    suspected_source: str = ""
    desired_settlement: str = ""
    files: tuple[Accepted, ...] = ()
    external_refs: tuple[Mapping[str, str], ...] = ()
    client: int | None = None
    linked_to: int | None = None
    reply_to: Mapping[str, str] = field(default_factory=dict)
    content_key: str = ""

    def content(self) -> rules.Content:
        """What the minimum-content rule looks at (R3)."""
        return rules.Content(
            description=self.description,
            point=self.point,
            photo_points=tuple(rules.Point(*f.point) for f in self.files if f.point),
            village_code=self.village_code,
            place_text=self.address_text,
            noticed_at=max(filter(None, (self.first_seen_at, self.incident_at)), default=None),
            media=frozenset(self.media),
            suspected_source=self.suspected_source,
            title=self.title,
            desired_settlement=self.desired_settlement,
        )

    def fingerprint(self) -> dict[str, object]:
        """What makes a repetition the same report."""
        return {
            "service": self.service_code,
            "point": self.point,
            "village": self.village_code,
            "description": self.description,
            "files": [hashlib.sha256(f.content).hexdigest() for f in self.files],
        }


@dataclass(frozen=True)
class Filed:
    """The result: the complaint, its tracking code (shown once), and whether it had been filed before."""

    complaint: Complaint
    code: str
    again: bool = False


def file(*, actor: Actor, filing: Filing, reporter: Reporter, at: datetime | None = None) -> Filed:
    """File a report: case, clocks, routing, priority, identity, receipt and index in one transaction.

    An anonymous or confidential report is journalled without its sender; a submission repeated gets the same answer.
    A whole report without files is written without waiting between statements; others look at what they wrote.
    """
    at = at or clock.now()
    if reporter.mode != ReporterMode.NAMED and not actor.is_officer:
        actor = NOBODY
    code = tracking_code(filing.submission)
    whole = not filing.files and not rules.missing_items(filing.content())
    try:
        with together() if whole else nullcontext():
            complaint = _file(actor=actor, filing=filing, reporter=reporter, code=code, at=at)
    except Repeated as repeated:
        earlier = Complaint.objects.select_related("case").get(pk=repeated.answer["case"])
        return Filed(earlier, code, again=True)
    return Filed(complaint, code)


@action(right=FILE, event="complaints.filed")
def _file(*, actor: Actor, filing: Filing, reporter: Reporter, code: str, at: datetime) -> Complaint:
    """The number comes last: it locks its series until the commit, and nobody shall wait for our thinking."""
    rulebook = law(at)
    service = check(filing, at)
    complaint = _complaint(filing, reporter, service, at)
    _judge(complaint, rulebook, at)
    receipt = _receipt(filing, reporter, code, at)
    complaint.identity = receipt.vault if receipt and not receipt.forget else _locked(reporter, at)
    complaint.case = cases.begin_case(
        actor=actor,
        workflow=COMPLAINT,
        opening=_opening(complaint, filing, actor, code, service),
        subject=complaint,
        terms=rulebook.terms(complaint.service_code),
        at=at,
        words=cases.Words(says=COMPLAINT.state(COMPLAINT.initial).says),
        claim=cases.Claim(f"complaint:{filing.content_key or filing.submission}", filing.fingerprint()),
    )
    complaint.incident = _incident(complaint, filing, reporter, at)
    insert(complaint)
    index_complaint(complaint, service["name"])
    jobs.defer_together(
        ("complaints.compare", {"complaint": complaint.pk}), *(receipt.job() if receipt else ())
    )
    keep_evidence(complaint, filing.files, actor, at)
    cases.enter(complaint.case, _number(at))
    if receipt:
        _acknowledge(complaint, receipt, reporter, at)
    _ask_what_is_missing(complaint, filing, actor, at)
    return complaint


@dataclass(frozen=True)
class _Receipt:
    """The acknowledgement under way. forget: address and vault die once it is sent (anonymous senders)."""

    vault: Vault
    channel: str
    forget: bool
    uuid: UUID = field(default_factory=uuid4)

    def job(self) -> tuple[tuple[str, dict[str, object]], ...]:
        how: dict[str, object] = {"forget": True} if self.forget else {"drop": "code"}
        return (("notify.deliver", {"message": str(self.uuid), **how}),)


def _receipt(filing: Filing, reporter: Reporter, code: str, at: datetime) -> _Receipt | None:
    """Where the receipt goes, with the code locked away until it leaves; None without any address."""
    told = reporter.secrets()
    address = dict(filing.reply_to) or {name: told[name] for name in ("phone", "email") if name in told}
    if not address:
        return None
    locked = vault.put(told | address | {"code": codes.shown(code)}, at)
    return _Receipt(
        locked, "whatsapp" if "phone" in address else "email", reporter.mode == ReporterMode.ANONYMOUS
    )


def _locked(reporter: Reporter, at: datetime) -> Vault | None:
    secrets = reporter.secrets()
    return vault.put(secrets, at) if secrets else None


def check(filing: Filing, at: datetime) -> Mapping[str, object]:
    """The service type of a report that can be taken as it is; refused where it cannot (R3)."""
    service = _service(law(at), filing.service_code)
    insist(rules.content_reasons(filing.content(), at))
    return service


def _service(rulebook: Law, code: str) -> Mapping[str, object]:
    service = rulebook.service(code)
    if service is None:
        raise Refused.because(
            "unknown_service", f"Jenis pengaduan “{code}” tidak ada.", "service_code", status=404
        )
    if service["replacement"]:
        raise Refused.because(
            "retired_service",
            f"Jenis {code} tidak dipakai lagi; pakai {service['replacement']}.",
            "service_code",
            status=404,
        )
    return service


def _number(at: datetime) -> str:
    """PLH-1405-2026-000123: regency by its Home Affairs code without the dot."""
    regency = settings.SEKATA.regency.replace(".", "")
    return f"PLH-{regency}-{at.astimezone(clock.WIB).year}-{documents.next_number(SERIES, at):06d}"


def tracking_code(submission: UUID) -> str:
    """The reporter's only key (R1): 45 bits unpredictable without our secret, the same for the same submission."""
    stream = iter(
        hmac.new(settings.SEKATA.key("tracking"), b"code:" + submission.bytes, hashlib.sha256).digest()
    )
    return codes.make(lambda alphabet: alphabet[next(stream) % len(alphabet)])


def tracking_hash(code: str) -> str:
    """What is stored of a code."""
    return codes.keyed_hash(code, settings.SEKATA.key("tracking"))


def _complaint(filing: Filing, reporter: Reporter, service: Mapping[str, object], at: datetime) -> Complaint:
    point = filing.point or next((rules.Point(*f.point) for f in filing.files if f.point), None)
    village = filing.village_code or (places.village_at(*point) if point else "")
    return Complaint(
        submission=filing.submission,
        channel=filing.channel,
        service_code=filing.service_code,
        group=service["group"],
        description=filing.description,
        incident_at=filing.incident_at,
        incident_precision=filing.precision,
        first_seen_at=filing.first_seen_at,
        lat=point.lat if point else None,
        lon=point.lon if point else None,
        cell=places.cell(*point) if point else None,
        point_accuracy_m=filing.accuracy_m,
        point_source=(filing.point_source if filing.point else PointSource.EXIF) if point else "",
        address_text=filing.address_text,
        village_code=village,
        media_affected=list(filing.media),
        attributes=dict(filing.attributes),
        suspected_source_text=filing.suspected_source,
        desired_settlement=filing.desired_settlement,
        reporter_mode=reporter.mode,
        external_refs=list(filing.external_refs),
        client_id=filing.client,
        linked_to_id=filing.linked_to,
        changed_at=at,
    )


def _judge(complaint: Complaint, rulebook: Law, at: datetime) -> None:
    """Priority (R9) and competence (R8) with their reasons."""
    assessment = rules.assess_priority(
        priority_facts(complaint, rulebook), rulebook.table("priority_rule"), at
    )
    facts = rules.CaseFacts(
        service_code=complaint.service_code,
        priority=assessment.priority,
        place=place_facts(complaint),
        **special_facts(complaint),
    )
    routing = rules.route(facts, rulebook.table("routing_rule"), rulebook.services, rulebook.authorities)
    complaint.competent_authority = routing.authority
    complaint.authority_why = " ".join(routing.why)
    complaint.first_response = routing.first_response or ""
    complaint.priority_why = list(assessment.why)
    complaint.assessed = assessment.priority


def _opening(
    complaint: Complaint, filing: Filing, actor: Actor, code: str, service: Mapping[str, object]
) -> cases.Opening:
    """The case to open. Only a named reporter's account is linked to it."""
    named = complaint.reporter_mode == ReporterMode.NAMED
    applicant = (actor.acting_for or (None if actor.is_officer else actor.person)) if named else None
    return cases.Opening(
        title=filing.title or service["name"],
        unit=units.by_code(DESK).pk,
        priority=complaint.assessed.rank,
        tracking=tracking_hash(code),
        applicant=applicant,
        area=complaint.village_code,
        lat=complaint.lat,
        lon=complaint.lon,
    )


def _placed_by(filing: Filing, reporter: Reporter) -> str:
    if filing.channel == Channel.HOTSPOT:
        return PlacedBy.HOTSPOT
    if filing.channel == Channel.OFFICER_PATROL:
        return PlacedBy.OFFICER
    return PlacedBy(reporter.mode) if filing.point else ""


def _incident(complaint: Complaint, filing: Filing, reporter: Reporter, at: datetime) -> Incident:
    """The incident of its own that every report begins with. Its lead is the complaint that is saved next."""
    incident = Incident(
        lead_id=complaint.case.pk,
        kind=complaint.group,
        lat=complaint.lat,
        lon=complaint.lon,
        placed_by=_placed_by(filing, reporter),
        opened_at=at,
    )
    return insert(incident)


def _acknowledge(complaint: Complaint, receipt: _Receipt, reporter: Reporter, at: datetime) -> None:
    """The receipt's row; its delivery has been enqueued."""
    notify.send(
        template="complaints.receipt",
        facts={"number": complaint.case.number},
        channel=receipt.channel,
        secret=receipt.vault,
        case=None if receipt.forget else complaint.case.pk,
        language=reporter.language,
        forget=receipt.forget,
        enqueued=receipt.uuid,
        at=at,
    )


def _ask_what_is_missing(complaint: Complaint, filing: Filing, actor: Actor, at: datetime) -> None:
    """R3: what is missing makes the report incomplete, never rejected."""
    missing = rules.missing_items(filing.content())
    if missing:
        move(
            complaint,
            "ask_missing",
            actor=system("complaints.intake"),
            at=at,
            says=" ".join(f"{reason.message}." for reason in missing),
            given={"missing": "; ".join(reason.message for reason in missing)},
        )
        Question.objects.create(
            complaint=complaint, text=" ".join(f"{r.message}." for r in missing), asked_at=at
        )


@action(
    right=REPORTER | DESK_RIGHT,
    event="complaints.completed",
    on="complaint",
    keeps=("answer",),
    watches=("case.state",),
)
def complete(
    *,
    actor: Actor,
    complaint: Complaint,
    answer: str,
    point: rules.Point | None = None,
    village_code: str = "",
    files: tuple[Accepted, ...] = (),
    at: datetime,
) -> Complaint:
    """The reporter supplies what was asked for; working-day clocks run on from where they stood."""
    if len(answer.strip()) < 3 and point is None and not files:
        raise Refused.because("answer", "Tulis jawaban Anda.", "answer")
    if point:
        complaint.lat, complaint.lon = point
        complaint.cell = places.cell(*point)
        complaint.village_code = village_code or places.village_at(*point) or complaint.village_code
        complaint.point_source = PointSource.MAP_PIN
        complaint.save(update_fields=["lat", "lon", "cell", "village_code", "point_source"])
        cases.place(case=complaint.case, lat=point.lat, lon=point.lon, area=complaint.village_code)
    keep_evidence(complaint, files, actor, at)
    _answer_open_questions(complaint, answer, at)
    move(complaint, "complete", actor=actor, at=at, says="Pelapor melengkapi laporan.")
    jobs.defer("complaints.compare", complaint=complaint.pk)
    return complaint


def _answer_open_questions(complaint: Complaint, answer: str, at: datetime) -> None:
    complaint.questions.filter(answered_at=None).update(answer=answer.strip(), answered_at=at)


@action(right=REPORTER, event="complaints.question.answered", on="complaint", keeps=("answer",))
def answer_question(
    *,
    actor: Actor,
    complaint: Complaint,
    question: Question,
    answer: str,
    files: tuple[Accepted, ...] = (),
    at: datetime,
) -> Question:
    """Answer a question that stands on the tracking page; more photos may come with it."""
    if not answer.strip():
        raise Refused.because("answer", "Tulis jawaban Anda.", "answer")
    question.answer, question.answered_at = answer.strip(), at
    question.save(update_fields=["answer", "answered_at"])
    keep_evidence(complaint, files, actor, at)
    cases.note(
        actor=actor,
        case=complaint.case,
        at=at,
        name="answered_question",
        words=cases.Words(says="Pelapor menjawab."),
    )
    touch(complaint, at)
    return question


@action(right=FILE, event="complaints.supported", on="complaint")
def support(*, actor: Actor, complaint: Complaint, submission: UUID, at: datetime) -> tuple[Supporter, str]:
    """Say “the same as this one”: no new report, but a code of one's own and one voice more for the priority."""
    code = tracking_code(submission)
    supporter, _ = Supporter.objects.get_or_create(
        tracking=tracking_hash(code), defaults={"complaint": complaint, "at": at}
    )
    jobs.defer("complaints.reassess", complaint=complaint.pk)
    return supporter, code


@action(
    right=REPORTER, event="complaints.withdrawn", on="complaint", watches=("case.state",), keeps=("reason",)
)
def withdraw(*, actor: Actor, complaint: Complaint, reason: str = "", at: datetime) -> Complaint:
    """The reporter takes the report back. Once a suspicion is verified the office goes on without the reporter."""
    if complaint.case.state in EX_OFFICIO:
        detach(complaint)
        cases.note(
            actor=actor,
            case=complaint.case,
            at=at,
            name="reporter_withdrew",
            words=cases.Words(reason, "Pelapor mencabut laporannya; dinas melanjutkan karena jabatan."),
        )
    else:
        move(complaint, "withdraw", actor=actor, at=at, reason=reason, says="Laporan dicabut oleh pelapor.")
        detach(complaint)
    return complaint


EX_OFFICIO = frozenset({"verification_planned", "verifying", "lab_pending", "verified", "follow_up"})


def detach(complaint: Complaint) -> None:
    """Forget who reported: the vault is destroyed, the case keeps no applicant."""
    if complaint.identity_id:
        vault.shred(complaint.identity)
        complaint.identity = None
    cases.let_go(complaint.case)
    complaint.save(update_fields=["identity"])
