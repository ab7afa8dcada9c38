"""Issuing the room's papers: facts gathered, printed, entered in the register of documents under a check code."""

from datetime import datetime

from django.conf import settings

from sekata.kernel.documents import actions as documents
from sekata.kernel.documents import store
from sekata.kernel.people import queries as people
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.pillars.environment.complaints import documents as paper
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.codes import AttachmentKind
from sekata.pillars.environment.complaints.models import Complaint, Minutes, Report, VerificationTask
from sekata.pillars.environment.complaints.queries.checks import looked_at
from sekata.pillars.environment.complaints.queries.citizen import promises
from sekata.pillars.environment.complaints.queries.law import law
from sekata.web.words import last_day

OFFICE, SEAT = "dlh", "Pangkalan Kerinci"
SERIES = "complaints.letters"


def office() -> paper.Office:
    """The Environment Office as it stands on its letters."""
    unit = units.by_code(OFFICE)
    return paper.Office("Pemerintah Kabupaten Pelalawan", unit.name, unit.address, SEAT, unit.contact)


def matter(complaint: Complaint) -> paper.Matter:
    """What a paper is about; it knows no reporter."""
    case = complaint.case
    kind = law(case.received_at).services[complaint.service_code]["name"]
    return paper.Matter(case.number, case.received_at, case.title, place_words(complaint), kind)


def place_words(complaint: Complaint) -> str:
    """`Desa Segati, Kecamatan Langgam` as far as it is known."""
    areas = units.areas()
    village = areas.get(complaint.village_code)
    if village is None:
        return complaint.address_text or "lokasi pada titik peta"
    district = areas.get(village.parent_id)
    kind = "Kelurahan" if village.urban else "Desa"
    return f"{kind} {village.name}" + (f", Kecamatan {district.name}" if district else "")


def address(path: str) -> str:
    """A path of this house as people type it from paper."""
    return f"{settings.SEKATA.public_address.rstrip('/')}{path}"


def _number(at: datetime) -> str:
    """The number of an outgoing letter; bound before it is signed, given back if the act fails."""
    return f"660/{documents.next_number(SERIES, at):04d}/DLH/{at.astimezone(clock.WIB).year}"


def signer(person: int | None, at: datetime, check_url: str) -> paper.Signer:
    """Whoever signs, with the post held on that day."""
    if person is None:
        return paper.Signer("", "")
    block = people.signature(person, at.astimezone(clock.WIB).date())
    return paper.Signer(
        block.name, block.post, block.number, acting=block.acting, seal=paper.Seal(at, check_url)
    )


def _issue(
    complaint: Complaint,
    kind: str,
    title: str,
    number: str,
    content: bytes,
    code: str,
    at: datetime,
    public: bool,
) -> documents.Document:
    return documents.issue(
        kind=f"complaints.{kind}",
        title=title,
        number=number,
        unit=complaint.case.unit_id,
        case=complaint.case_id,
        content=content,
        check_code=code,
        facts={"Pengaduan": complaint.case.number},
        public=public,
        at=at,
    )


def check_address() -> tuple[str, str]:
    """A new check code and its address."""
    code = documents.new_check_code()
    return code, address(f"/periksa/{code}/")


def receipt(complaint: Complaint, code: str, base: str) -> bytes:
    """The receipt, printed when asked for and kept nowhere: it may carry the tracking code."""
    due = promises(complaint)
    promised = [
        f"Laporan selesai ditelaah paling lambat {last_day(due['review'])}." if "review" in due else "",
        f"Jawaban akhir kami kirim paling lambat {last_day(due['total'])}." if "total" in due else "",
    ]
    kinds = complaint.attachments.values_list("kind", flat=True)
    track = address("/lacak/")
    return paper.receipt(
        office=office(),
        number=complaint.case.number,
        code=code or "–",
        received_at=complaint.case.received_at,
        channel=complaint.channel,
        subject=complaint.case.title,
        place=place_words(complaint),
        reporter_mode=complaint.reporter_mode,
        attachments=list(kinds),
        promises=[sentence for sentence in promised if sentence],
        check_url=track,
        track_url=f"{track}?kode={code}" if code else track,
    )


def issue_task_letter(
    complaint: Complaint, task: VerificationTask, actor: Actor, at: datetime
) -> documents.Document:
    """Surat tugas."""
    code, url = check_address()
    number = _number(at)
    content = paper.task_letter(
        office=office(), number=number, matter=matter(complaint), team=_team(task, at), planned_at=task.planned_at,
        signer=signer(actor.person, at, url), check_url=url, issued_at=at,
    )  # fmt: skip
    return _issue(complaint, "task_letter", "Surat tugas", number, content, code, at, public=False)


def _team(task: VerificationTask, at: datetime) -> list[paper.Officer]:
    rows = task.team.order_by("-lead", "pk")
    blocks = [(people.signature(row.person_id, at.astimezone(clock.WIB).date()), row.lead) for row in rows]
    return [
        paper.Officer(b.name, b.post or "Pengawas Lingkungan Hidup", b.number, lead=lead)
        for b, lead in blocks
    ]


def _order(task: VerificationTask) -> paper.Order:
    return paper.Order(
        task.letter.number if task.letter else "–", task.ordered_at.astimezone(clock.WIB).date()
    )


def issue_minutes(complaint: Complaint, minutes: Minutes, actor: Actor, at: datetime) -> documents.Document:
    """Berita acara with the parties' signatures or refusals."""
    code, url = check_address()
    content = paper.minutes(
        office=office(), kind=minutes.kind, number=minutes.number, at=minutes.at, place=minutes.place,
        matter=matter(complaint), order=_order(minutes.task), team=_team(minutes.task, at), text=minutes.text,
        parties=[_party(p) for p in minutes.parties], check_url=url, issued_at=at,
    )  # fmt: skip
    title = minutes.get_kind_display()
    return _issue(complaint, "minutes", title, minutes.number, content, code, at, public=True)


def _party(told: dict[str, str]) -> paper.Party:
    """A party as recorded. signature: "refused", or the SHA-256 of the drawn signature in the store."""
    signature = told.get("signature", "")
    drawn = signature if signature in ("", paper.REFUSED) else store.read(signature)
    return paper.Party(
        told["name"], told["role"], told.get("position", ""), signature=drawn, reason=told.get("reason", "")
    )


def issue_report(complaint: Complaint, report: Report, actor: Actor, at: datetime) -> documents.Document:
    """Laporan hasil verifikasi, signed by the lead, approved by the head."""
    code, url = check_address()
    number = _number(at)
    task = complaint.incident.tasks.order_by("-pk").first()
    content = paper.report(
        office=office(), number=number, matter=matter(complaint), order=_order(task), team=_team(task, at),
        visited_at=task.arrived_at or task.planned_at, finding=report.finding, facts=report.facts,
        legal_reading=report.legal_reading, recommendation=report.recommendation,
        lead=signer(report.signed_by_id, report.signed_at, url), approver=signer(actor.person, at, url),
        check_url=url, issued_at=at, allegation=complaint.public_text, samples=_samples(complaint),
        dilution_note=report.dilution_note, annexes=report.annexes, visit=_visit_end(complaint, task),
    )  # fmt: skip
    return _issue(complaint, "report", "Laporan hasil verifikasi", number, content, code, at, public=False)


def _visit_end(complaint: Complaint, task: VerificationTask) -> paper.VisitEnd:
    lines = (paper.CheckLine(one.text, one.label, one.note) for one in looked_at(task, complaint))
    return paper.VisitEnd(task.finished_at, task.outcome, tuple(lines))


def _samples(complaint: Complaint) -> list[paper.LabSample]:
    return [
        paper.LabSample(
            sample.label, sample.matrix, sample.position, sample.taken_at, sample.laboratory or "–",
            sample.accreditation, tuple(_line(row) for row in sample.results),
        )
        for sample in complaint.incident.samples.order_by("label")
    ]  # fmt: skip


def _line(row: dict[str, str]) -> paper.LabLine:
    return paper.LabLine(
        row["parameter"], row.get("value", ""), row.get("unit", ""), row.get("limit_applied", ""),
        row.get("method", ""), row.get("flag", ""), bool(row.get("over")),
    )  # fmt: skip


def issue_letter(
    complaint: Complaint, kind: str, to: str, text: str, actor: Actor, at: datetime
) -> documents.Document:
    """Surat pelimpahan to another authority, or surat penerusan to another office."""
    code, url = check_address()
    number = _number(at)
    subject = "Pelimpahan pengaduan lingkungan hidup" if kind == "referral" else "Penerusan pengaduan"
    heading = paper.Heading(
        number, at.astimezone(clock.WIB).date(), subject, (to,), attachments="1 (satu) berkas"
    )
    write = paper.referral_letter if kind == "referral" else paper.forwarding_letter
    content = write(
        office=office(), heading=heading, matter=matter(complaint), passing=_passing(complaint, to, text),
        signer=signer(actor.person, at, url), check_url=url, issued_at=at,
    )  # fmt: skip
    title = "Surat pelimpahan" if kind == "referral" else "Surat penerusan"
    return _issue(complaint, f"{kind}_letter", title, number, content, code, at, public=True)


def _passing(complaint: Complaint, to: str, text: str) -> paper.Passing:
    return paper.Passing(
        authority=to,
        why=complaint.authority_why,
        text=text or complaint.public_text,
        lat=complaint.lat,
        lon=complaint.lon,
        first_seen_at=complaint.first_seen_at,
        media=tuple(complaint.media_affected),
        suspected_source=complaint.suspected_source_text,
        evidence=tuple(
            paper.Exhibit(f"{AttachmentKind(piece.kind).label} {n}", piece.original_id, piece.exif_taken_at)
            for n, piece in enumerate(complaint.attachments.order_by("pk"), 1)
        ),
    )


def issue_answer(
    complaint: Complaint, message: str, finding: str, actor: Actor, at: datetime
) -> documents.Document:
    """Surat jawaban to the reporter, who is a pseudonym."""
    code, url = check_address()
    number = _number(at)
    heading = paper.Heading(
        number, at.astimezone(clock.WIB).date(), f"Jawaban pengaduan {complaint.case.number}",
        (rules.pseudonym(complaint.case.number), "di tempat"),
    )  # fmt: skip
    content = paper.answer_letter(
        office=office(), heading=heading, matter=matter(complaint), message=message,
        signer=signer(actor.person, at, url), check_url=url, track_url=address("/lacak/"), issued_at=at,
        finding=finding,
    )  # fmt: skip
    return _issue(complaint, "answer_letter", "Surat jawaban", number, content, code, at, public=True)
