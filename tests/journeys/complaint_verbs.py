"""How each transition of a complaint is taken: who takes it, what must be done before, what is given."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from types import SimpleNamespace
from uuid import uuid4

from sekata.kernel.documents.uploads import Accepted
from sekata.lib.actor import Actor, by_code, system
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.codes import MinutesKind, SampleMatrix, SamplePosition
from sekata.pillars.environment.complaints.models import Complaint

REPORTER, SUITE = "reporter", "suite"
MESSAGE = (
    "Petugas memeriksa lokasi, menutup pipa pembuangan, dan memberi teguran tertulis kepada pengelola pabrik."
)
LETTER = "Mohon ditangani menurut kewenangan Saudara."
PAPER = Accepted("sertifikat.pdf", "document", "application/pdf", b"%PDF-1.7 x")
POSITIONS = (SamplePosition.OUTFALL, SamplePosition.UPSTREAM, SamplePosition.DOWNSTREAM)


@dataclass
class World:
    """A regency, the hour, and the complaints on their way."""

    regency: SimpleNamespace
    now: datetime
    keys: list[int] = field(default_factory=list)
    labels: count = field(default_factory=lambda: count(1))

    def fresh(self, key: int) -> Complaint:
        return Complaint.objects.select_related("case", "incident", "identity").get(pk=key)

    def who(self, name: str, complaint: Complaint) -> Actor:
        """An officer by role, the reporter by code, or the suite itself."""
        if name == REPORTER:
            return by_code(complaint.pk)
        return system("journey") if name == SUITE else getattr(self.regency, name)

    def other(self, complaint: Complaint) -> Complaint | None:
        """Some other complaint of this world."""
        return next((self.fresh(key) for key in self.keys if key != complaint.pk), None)


def nothing(world: World, complaint: Complaint) -> None:
    """Nothing need be done before."""


@dataclass(frozen=True)
class Verb:
    """act: the action; usual: who does it; give: its arguments, None when there is nothing to do it with;

    writes: how often the case's row is written.
    """

    act: Callable
    usual: str
    give: Callable[[World, Complaint], dict | None] = lambda world, complaint: {}
    prepare: Callable[[World, Complaint], None] = nothing
    writes: int = 1


def last_task(complaint: Complaint):
    return complaint.incident.tasks.order_by("-pk").first()


def team(world: World, complaint: Complaint) -> dict:
    people = [world.regency.inspector.person, world.regency.inspector2.person]
    return {"lead": people[0], "members": people, "planned_at": world.now + timedelta(days=1)}


def visit(world: World, complaint: Complaint) -> dict | None:
    task = last_task(complaint)
    return {"task": task} if task else None


def lead(world: World, complaint: Complaint) -> dict | None:
    other = world.other(complaint)
    return {"lead": other} if other else None


def late(world: World, complaint: Complaint) -> dict:
    return {"text": LETTER, "late_reason": "Menunggu peta batas."}


def plan(world: World, complaint: Complaint) -> dict:
    due = (world.now + timedelta(days=20)).date()
    return {"kind": "warning_request", "text": "Teguran tertulis", "owner": "dlh", "due": due}


def add_evidence(world: World, complaint: Complaint) -> None:
    actions.attach(actor=world.regency.intake, complaint=complaint, files=(PAPER,), at=world.now)


def propose_rejection(world: World, complaint: Complaint) -> None:
    actions.reject(actor=world.regency.intake, complaint=complaint, code="abusive", at=world.now)


def record_result(world: World, complaint: Complaint) -> None:
    """The other authority says what it found."""
    referral = complaint.referrals.order_by("-pk").first()
    if referral:
        actions.record_referral_result(
            actor=world.regency.reviewer, complaint=complaint, referral=referral, at=world.now,
            result="Instansi tujuan telah memeriksa dan menutup saluran.",
        )  # fmt: skip


def write_minutes(world: World, complaint: Complaint) -> None:
    task = last_task(complaint)
    if task:
        actions.record_minutes(
            actor=world.regency.inspector, complaint=complaint, task=task, client_id=uuid4(), at=world.now,
            kind=MinutesKind.VERIFICATION, place="Tepi Sungai Segati", held_at=world.now,
            text="Ditemukan pipa yang mengalirkan air hitam ke sungai.",
            parties=[{"name": "Hendri", "role": "Pengawas", "signature": "refused"}],
        )  # fmt: skip


def take_samples(world: World, complaint: Complaint) -> None:
    write_minutes(world, complaint)
    for position in POSITIONS:
        number = next(world.labels)
        actions.take_sample(
            actor=world.regency.inspector, complaint=world.fresh(complaint.pk), task=last_task(complaint),
            label=f"SGT-{20260000 + number // 100:08d}-{number % 100:02d}", matrix=SampleMatrix.SURFACE_WATER,
            position=position, taken_at=world.now, taken_by_name="Hendri", client_id=uuid4(), at=world.now,
        )  # fmt: skip


def write_report(world: World, complaint: Complaint) -> None:
    """Minutes, the laboratory's results where samples are out, and the lead's signature."""
    write_minutes(world, complaint)
    rows = [{"parameter": "BOD", "value": "12", "unit": "mg/L", "method": "SNI 6989.72"}]
    for sample in complaint.incident.samples.filter(results_received_at=None):
        actions.record_results(
            actor=world.regency.inspector, complaint=world.fresh(complaint.pk), sample=sample, results=rows,
            certificate=PAPER, at=world.now,
        )  # fmt: skip
    actions.sign_report(
        actor=world.regency.inspector, complaint=world.fresh(complaint.pk),
        finding="administrative_violation",
        facts="Pipa buangan tidak tercatat. Pengenceran dapat menjelaskan hasil yang baik.",
        legal_reading="UU 32/2009 pasal 20", recommendation="Tegur tertulis dan pantau tiga bulan.",
        public_summary="Pembuangan tanpa izin terbukti; dinas menegur tertulis.", at=world.now,
    )  # fmt: skip


def finish_all(world: World, complaint: Complaint) -> None:
    for item in complaint.incident.follow_ups.filter(done_at=None):
        actions.finish_follow_up(
            actor=world.regency.head,
            complaint=complaint,
            item=item,
            proof="Surat teguran terkirim.",
            at=world.now,
        )


def saying(**given: object) -> Callable[[World, Complaint], dict]:
    return lambda world, complaint: dict(given)


VERBS = {
    "request_details": Verb(actions.request_details, "intake", saying(missing="Sebutkan anak sungainya.")),
    "complete": Verb(actions.complete, REPORTER, saying(answer="Sungai Segati, dekat jembatan.")),
    "lapse": Verb(actions.lapse, SUITE),
    "take_up": Verb(actions.take_up, "reviewer"),
    "reject": Verb(actions.second_rejection, "reviewer", prepare=propose_rejection),
    "merge": Verb(actions.merge, "intake", lead),
    "unmerge": Verb(actions.unmerge, "intake"),
    "withdraw": Verb(actions.withdraw, REPORTER, saying(reason="Sudah diselesaikan."), writes=2),
    "forward": Verb(actions.forward, "reviewer", lambda w, c: late(w, c) | {"unit": "bpbd"}),
    "refer": Verb(actions.refer, "head", late),
    "send_back": Verb(actions.send_back, "reviewer", saying(reason="Bukan kewenangan kami.")),
    "plan_verification": Verb(actions.plan_verification, "head", team),
    "arrive": Verb(actions.arrive, "inspector", visit),
    "send_samples": Verb(actions.send_samples, "inspector", prepare=take_samples),
    "approve_report": Verb(actions.approve_report, "head", prepare=write_report),
    "follow_up": Verb(actions.follow_up, "head", plan),
    "answer": Verb(actions.answer, "reviewer", saying(message=MESSAGE, finding="no_violation"), add_evidence),
    "resolve": Verb(actions.resolve, "head", saying(message=MESSAGE), finish_all),
    "close_passed_on": Verb(actions.close_passed_on, "reviewer", saying(message=MESSAGE), record_result),
    "accept": Verb(actions.accept, REPORTER),
    "close_silent": Verb(actions.close_silent, SUITE),
    "reopen": Verb(actions.reopen, REPORTER, saying(text="Air hitam lagi.")),
    "close_reopened": Verb(actions.close_reopened, "reviewer2", saying(message=MESSAGE)),
}
"""Transition -> how it is taken. `ask_missing` is part of filing a report that lacks its place."""
