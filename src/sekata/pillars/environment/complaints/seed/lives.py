"""How a case lives: the officers of the demonstration take it through its states with plausible delays."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import connection

from sekata.kernel.journal import actions as journal
from sekata.kernel.notify import actions as notify
from sekata.kernel.notify import queries as outbox
from sekata.kernel.people import queries as people
from sekata.lib import clock
from sekata.lib.actor import NOBODY, Actor, by_code
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints import actions, manifest
from sekata.pillars.environment.complaints.actions import Filing, Reporter
from sekata.pillars.environment.complaints.codes import MinutesKind, SampleMatrix, SamplePosition
from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.queries.checks import checks_of
from sekata.pillars.environment.complaints.queries.monthly import months
from sekata.pillars.environment.complaints.rules import Point
from sekata.pillars.environment.complaints.seed.papers import picture
from sekata.pillars.environment.complaints.seed.stories import Story

NAMESPACE = UUID("6f3a1f0e-0000-4000-8000-140514051405")
ROLES = {role.code: role for role in manifest.SYSTEM.roles}
MILLS = ("W02", "A01")
DONE = (
    "Petugas memeriksa lokasi bersama perangkat desa, sumbernya ditutup, dan pengelola diberi teguran tertulis. "
    "Kami pantau lagi sebulan kemudian."
)
CLEAN = (
    "Petugas memeriksa lokasi bersama ketua RT. Sampah sudah diangkut hari itu juga dan jadwal angkut ditambah "
    "menjadi tiga kali seminggu."
)
AGAIN = (
    "Penelaah lain memeriksa kembali bersama perangkat desa pada malam hari; bau sudah tidak tercium dan "
    "sumbernya tetap tertutup."
)
OUTCOME = "Sumber ditemukan dan dipotret bersama perangkat desa; pengelola diminta menutup saluran dan menunggu hasil."
SUMMARY = "Hasil pemeriksaan lapangan selesai; kesimpulan dan tindak lanjutnya kami sampaikan di sini."


@dataclass(frozen=True)
class Office:
    """The demonstration's officers as actors."""

    intake: Actor
    reviewer: Actor
    reviewer2: Actor
    inspector: Actor
    inspector2: Actor
    head: Actor
    responder: Actor

    @classmethod
    def open(cls) -> "Office":
        handles = {"intake": "pos", "reviewer": "penelaah", "reviewer2": "penelaah2", "inspector": "pengawas",
                   "inspector2": "pengawas2", "head": "kabid", "responder": "api"}  # fmt: skip
        persons = people.by_usernames(handles.values())
        return cls(**{name: people.actor(persons[handle], ROLES) for name, handle in handles.items()})

    def settle(self, at: datetime) -> None:
        """Escalate what is late today, deliver the messages, seal the journal: the jobs have nothing left to do."""
        with clock.frozen(at):
            actions.chase()
            actions.escalate()
        for key in outbox.queued():
            notify.deliver(message=str(key), drop="code")
        journal.seal()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE status = 'todo' AND attempts = 0")


def papers(office: Office, at: datetime) -> None:
    """The register book and the bulletin of the last two months, as the head of division gave them out."""
    with clock.frozen(at):
        for month in months(2):
            actions.issue_register(actor=office.head, month=month)
            actions.issue_bulletin(actor=office.head, month=month)


class _Life:
    """One case under a clock that only moves forward and never past the present."""

    def __init__(self, story: Story, office: Office, present: datetime):
        self.story, self.office, self.present = story, office, present
        self.dice = random.Random(story.dice)  # noqa: S311 - invented data
        self.now = story.at
        self.key = 0

    def wait(self, days: float) -> bool:
        """Let days pass at the story's pace; False when that would be the future."""
        self.now += timedelta(
            days=days * self.story.pace * self.dice.uniform(0.6, 1.3), minutes=self.dice.randrange(3, 200)
        )
        return self.now < self.present

    @property
    def case(self) -> Complaint:
        return Complaint.objects.select_related("case", "incident", "identity").get(pk=self.key)

    def do(self, act: Callable, actor: Actor, **given: object) -> object:
        with clock.frozen(self.now):
            return act(actor=actor, complaint=self.case, at=self.now, **given)


def live(story: Story, office: Office, present: datetime) -> None:
    """File the story and let its fate happen as far as the present allows."""
    life = _Life(story, office, present)
    _file(life)
    try:
        FATES[story.fate](life)
    except Refused:
        return


def _file(life: _Life) -> None:
    story = life.story
    photo = (picture(story.dice, story.service),) if story.dice % 3 == 0 else ()
    filing = Filing(
        submission=uuid5(NAMESPACE, f"{story.at.isoformat()}{story.dice}"),
        service_code=story.service,
        channel=story.channel,
        description=story.text,
        point=None if story.fate == "incomplete" else Point(story.lat, story.lon),
        media=("water",) if story.service[0] == "W" else ("air",) if story.service[0] in "AF" else ("soil",),
        first_seen_at=story.at - timedelta(hours=life.dice.randrange(1, 30)),
        files=photo,
    )
    named = {"name": story.name, "phone": story.phone} if story.mode != "anonymous" else {}
    with clock.frozen(story.at):
        filed = actions.file(actor=NOBODY, filing=filing, reporter=Reporter(story.mode, **named), at=story.at)
        life.key = filed.complaint.pk
        actions.compare(filed.complaint.pk)


def _review(life: _Life) -> bool:
    if not life.wait(1.2):
        return False
    life.do(actions.take_up, life.office.reviewer)
    if life.story.service in MILLS:
        code = f"F-{life.dice.randrange(1, 9):03d}"
        life.do(actions.set_facts, life.office.reviewer, changes={"facility": code})
    if life.dice.random() < 0.85:
        text = f"{life.case.case.title}. Laporan sedang ditangani Dinas Lingkungan Hidup."
        life.do(actions.publish, life.office.reviewer, public_text=text)
    return life.wait(1.5)


def _desk(life: _Life) -> None:
    if not _review(life):
        return
    if not life.case.attachments.exists():
        life.do(actions.attach, life.office.intake, files=(picture(life.story.dice, life.story.service),))
    life.do(actions.answer, life.office.reviewer, message=CLEAN, finding="no_violation")
    _after(life)


def _after(life: _Life) -> None:
    """What the reporter says to the answer."""
    mood = life.dice.random()
    if mood < 0.35 and life.wait(3):
        life.do(actions.feed_back, by_code(life.key), score=5, satisfied=True)
    elif mood < 0.45 and life.wait(5):
        life.do(
            actions.feed_back, by_code(life.key), score=2, satisfied=False, text="Masih bau pada malam hari."
        )
        if life.wait(2):
            life.do(actions.close_reopened, life.office.reviewer2, message=AGAIN)
    else:
        life.now += timedelta(days=15)
        if life.now < life.present:
            with clock.frozen(life.now):
                actions.chase()


def _refer(life: _Life) -> None:
    if not _review(life):
        return
    late = "Menunggu kepastian batas kawasan." if life.story.pace > 1 else ""
    referral = life.do(
        actions.refer, life.office.head, text="Mohon penanganan sesuai kewenangan.", late_reason=late
    )
    if life.wait(12):
        result = "Instansi tujuan memeriksa lokasi dan menegur pelaku usaha."
        life.do(actions.record_referral_result, life.office.reviewer, referral=referral, result=result)
        life.do(actions.close_passed_on, life.office.reviewer, message=DONE)


def _forward(life: _Life) -> None:
    if _review(life):
        late = "Menunggu jawaban kantor tujuan." if life.story.pace > 1 else ""
        life.do(
            actions.forward,
            life.office.reviewer,
            unit="satpol_pp",
            text="Mohon ditindaklanjuti.",
            late_reason=late,
        )
        if life.wait(4):
            life.do(actions.close_passed_on, life.office.reviewer, message=DONE)


def _field(life: _Life) -> None:
    if not _review(life):
        return
    office = life.office
    team = (office.inspector.person, office.inspector2.person)
    visit = life.now + timedelta(days=1)
    task = life.do(actions.plan_verification, office.head, lead=team[0], members=team, planned_at=visit)
    if not life.wait(2):
        return
    life.do(actions.arrive, office.inspector, task=task, lat=life.story.lat, lon=life.story.lon)
    _minutes(life, task)
    _look(life, task)
    if life.story.service[0] == "W" and not _laboratory(life, task):
        return
    if life.wait(3):
        _report(life)


def _minutes(life: _Life, task) -> None:
    life.do(
        actions.record_minutes, life.office.inspector, task=task, client_id=uuid5(NAMESPACE, f"ba{life.key}"),
        kind=MinutesKind.VERIFICATION, place=life.case.address_text or "lokasi laporan", held_at=life.now,
        text="Tim memeriksa lokasi bersama perangkat desa, memotret keadaan, dan meminta keterangan warga di sekitar.",
        parties=[{"name": "Kepala Dusun setempat", "role": "Saksi", "signature": "refused"}],
    )  # fmt: skip


def _look(life: _Life, task) -> None:
    """Answer the checklist of the kind and end the visit some hours later."""
    answers = {
        key: {"answer": "yes" if life.dice.random() < 0.8 else "no"}
        for key, row in checks_of(life.case)
        if row["required"] or life.dice.random() < 0.5
    }
    life.do(actions.record_checklist, life.office.inspector, task=task, answers=answers, checked_at=life.now)
    life.now += timedelta(minutes=life.dice.randrange(60, 240))
    if life.now < life.present:
        life.do(actions.finish_visit, life.office.inspector, task=task, outcome=OUTCOME, finished_at=life.now)


def _laboratory(life: _Life, task) -> bool:
    places = (SamplePosition.OUTFALL, SamplePosition.UPSTREAM, SamplePosition.DOWNSTREAM)
    stamp = life.now.astimezone(clock.WIB)
    for number, position in enumerate(places, 1):
        sample = life.do(
            actions.take_sample, life.office.inspector, task=task, matrix=SampleMatrix.SURFACE_WATER, position=position,
            label=f"PLW-{stamp:%Y%m%d}-{(life.key * 3 + number) % 100:02d}", taken_at=life.now, taken_by_name="Tim DLH",
            client_id=uuid5(NAMESPACE, f"s{life.key}{number}"), in_situ={"pH": f"{life.dice.uniform(4, 7):.1f}"},
        )  # fmt: skip
        life.do(
            actions.hand_over, life.office.inspector, sample=sample, giver="Tim DLH", taker="Laboratorium Lingkungan",
            handed_at=life.now, seal_no=f"S{life.key}{number}", condition="utuh, dingin",
            laboratory="UPT Laboratorium Lingkungan", accreditation="LP-812-IDN",
        )  # fmt: skip
    life.do(actions.send_samples, life.office.inspector)
    if not life.wait(8):
        return False
    for sample in life.case.incident.samples.all():
        rows = [
            {
                "parameter": "BOD",
                "value": f"{life.dice.uniform(2, 90):.1f}",
                "unit": "mg/L",
                "method": "SNI 6989.72:2009",
            },
            {
                "parameter": "TSS",
                "value": f"{life.dice.uniform(10, 300):.0f}",
                "unit": "mg/L",
                "method": "SNI 6989.3:2019",
            },
        ]
        life.do(
            actions.record_results, life.office.inspector, sample=sample, results=rows,
            certificate=picture(life.story.dice, "lab"),
        )  # fmt: skip
    return True


def _report(life: _Life) -> None:
    office = life.office
    finding = life.dice.choices(
        ("administrative_violation", "no_violation", "pollution_or_damage_proven", "source_unknown"),
        (5, 4, 2, 2),
    )[0]
    life.do(
        actions.sign_report, office.inspector, finding=finding,
        facts="Tim menemukan keadaan sebagaimana dilaporkan. "
              "Pengenceran oleh aliran air dapat menjelaskan hasil yang baik.",
        legal_reading="UU 32/2009 pasal 20 dan 53", recommendation="Tegur tertulis dan pantau selama tiga bulan.",
        public_summary=SUMMARY,
    )  # fmt: skip
    if not life.wait(1):
        return
    life.do(actions.approve_report, office.head)
    if not life.wait(1):
        return
    due = (life.now + timedelta(days=20)).astimezone(clock.WIB).date()
    item = life.do(
        actions.follow_up,
        office.head,
        kind="guidance",
        text="Pembinaan dan pemantauan.",
        owner="dlh.penaatan",
        due=due,
    )
    if life.wait(9):
        life.do(
            actions.finish_follow_up, office.head, item=item, proof="Berita acara pembinaan ditandatangani."
        )
        life.do(actions.resolve, office.head, message=DONE)
        _after(life)


def _reject(life: _Life) -> None:
    if life.wait(0.5):
        life.do(actions.reject, life.office.intake, code="duplicate_same_person")
        life.do(actions.second_rejection, life.office.reviewer)


def _withdraw(life: _Life) -> None:
    if life.wait(0.5):
        life.do(actions.withdraw, by_code(life.key), reason="Sudah selesai sendiri.")


def _incomplete(life: _Life) -> None:
    life.now += timedelta(days=20)
    if life.now < life.present:
        with clock.frozen(life.now):
            actions.chase()


FATES = {
    "field": _field,
    "desk": _desk,
    "refer": _refer,
    "forward": _forward,
    "incomplete": _incomplete,
    "reject": _reject,
    "withdraw": _withdraw,
}
