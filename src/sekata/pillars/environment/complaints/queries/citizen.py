"""What a reporter sees of a complaint: the public sentences, the next date, never a colleague's name."""

from dataclasses import dataclass
from datetime import datetime

from sekata.kernel.cases import queries as cases
from sekata.kernel.documents import queries as documents
from sekata.kernel.units import queries as units
from sekata.lib.workflow import Phase
from sekata.pillars.environment.complaints.codes import StateCode
from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.workflow import COMPLAINT

AHEAD = (
    (StateCode.UNDER_REVIEW, "Ditelaah", "review"),
    (StateCode.VERIFYING, "Petugas ke lokasi", "arrival"),
    (StateCode.VERIFIED, "Laporan hasil verifikasi", "report"),
    (StateCode.ANSWERED, "Jawaban untuk Anda", "total"),
)
TITLES = {
    "open": "Diterima",
    "note": "Catatan",
    "asked": "Ada pertanyaan",
    "sample": "Contoh diambil",
    "visit_finished": "Kunjungan selesai",
    "priority": "Prioritas",
}


@dataclass(frozen=True)
class TimelineStep:
    """One entry: done, now or next."""

    title: str
    when: datetime | None
    text: str
    state: str
    due: datetime | None = None


def complaint_of(number: str) -> Complaint | None:
    """The complaint with that number and everything its page needs."""
    rows = Complaint.objects.select_related("case__unit", "incident__lead__case", "identity")
    return rows.filter(case__number=number).first()


def timeline(complaint: Complaint) -> list[TimelineStep]:
    """What has happened, what is going on, and what is still to come with its date."""
    steps = list(cases.public_history(complaint.case))
    done = [TimelineStep(_title(s.transition, s.target), s.at, s.says, "done") for s in steps]
    phase = COMPLAINT.state(complaint.case.state).phase
    if done and phase in (Phase.OPEN, Phase.WAITING):
        last = done.pop()
        done.append(TimelineStep(last.title, last.when, last.text, "now", complaint.case.due_at))
    return done + (_ahead(complaint) if phase is Phase.OPEN else [])


def _title(transition: str, target: str) -> str:
    return TITLES.get(transition) or COMPLAINT.state(target).label


def _ahead(complaint: Complaint) -> list[TimelineStep]:
    order = [state for state, _, _ in AHEAD]
    here = complaint.case.state
    passed = order.index(here) if here in order else (0 if here in ("received", "incomplete") else 1)
    due = {timer.code: timer.due_at for timer in cases.timers(complaint.case) if timer.stopped_at is None}
    return [
        TimelineStep(title, None, "", "next", due.get(code))
        for state, title, code in AHEAD[passed + (here in order) :]
    ]


def promises(complaint: Complaint) -> dict[str, datetime]:
    """clock code -> end, of the limits a reporter is told about."""
    return {timer.code: timer.due_at for timer in cases.timers(complaint.case) if timer.stopped_at is None}


def page(complaint: Complaint) -> dict[str, object]:
    """All that the tracking page shows."""
    case = complaint.case
    village = units.areas().get(complaint.village_code)
    district = units.areas().get(village.parent_id) if village else None
    together = Complaint.objects.filter(incident=complaint.incident_id).count()
    return {
        "complaint": complaint,
        "case": case,
        "state": COMPLAINT.state(case.state),
        "place": ", ".join(area.name for area in (village, district) if area),
        "timeline": timeline(complaint),
        "next_due": case.due_at if case.due_clock and not case.paused_at else None,
        "next_step": COMPLAINT.clock(case.due_clock).label if case.due_clock else "",
        "total_due": promises(complaint).get("total"),
        "questions": [q for q in complaint.questions.order_by("pk") if q.answered_at is None],
        "papers": documents.of_case(case.pk, public_only=True),
        "voices": together + complaint.supporters.count(),
        "together": together,
        "answered": COMPLAINT.state(case.state).phase is Phase.ANSWERED,
        "closed": case.state == StateCode.CLOSED,
        "lead": complaint.incident.lead.case.number if complaint.incident.lead_id != complaint.pk else "",
        "can_withdraw": any(edge.name == "withdraw" for edge in COMPLAINT.edges_from(case.state)),
    }


def complaint_by_key(key: int) -> Complaint | None:
    """The complaint with that primary key, None when there is none; no right is asked (the key comes signed)."""
    rows = Complaint.objects.select_related("case__unit", "incident__lead__case", "identity")
    return rows.filter(pk=key).first()


def public_paper(complaint: Complaint, document: int) -> bytes | None:
    """The PDF of a document that reporters may read."""
    found = documents.of_case(complaint.case_id, public_only=True).filter(pk=document).first()
    return documents.content(found) if found else None
