"""R17 Closing: what an ending needs, what it counts as, and what the reporter can still do."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sekata.lib.result import Reason
from sekata.lib.workdays import Calendar
from sekata.pillars.environment.complaints.codes import Ending, Finding, ReporterMode, StateCode
from sekata.pillars.environment.complaints.rules.clocks import limit_for
from sekata.pillars.environment.complaints.rules.terms import Rows, bare

MESSAGE_MIN = 80
UNHAPPY_SCORES = frozenset({1, 2})

FINDING = Reason("finding_missing", "Pilih kesimpulan lebih dahulu", "finding")
EVIDENCE = Reason("evidence_missing", "Lampirkan bukti yang mendasari jawaban", "evidence")
LETTER = Reason("letter_missing", "Unggah surat penerusan atau hasil dari instansi tujuan", "letter")


@dataclass(frozen=True)
class Answer:
    """What is put before the reporter. finding: the report's, or in a desk answer the reviewer's;
    evidence: number of pieces; letter / result: forwarding letter and the other authority's result."""

    finding: str = ""
    evidence: int = 0
    message: str = ""
    has_letter: bool = False
    has_result: bool = False


def closing_reasons(source: str, target: str, answer: Answer) -> tuple[Reason, ...]:
    """R17: reasons against entering `answered` or `resolved`, or closing what went to somebody else."""
    if target in (StateCode.ANSWERED, StateCode.RESOLVED):
        checks = (
            (answer.finding in set(Finding), FINDING),
            (answer.evidence > 0, EVIDENCE),
            _message(answer.message),
        )
    elif target == StateCode.CLOSED and source in (StateCode.NOT_ENVIRONMENTAL, StateCode.REFERRED):
        checks = ((answer.has_letter or answer.has_result, LETTER), _message(answer.message))
    else:
        checks = ()
    return tuple(reason for met, reason in checks if not met)


def _message(text: str) -> tuple[bool, Reason]:
    length = len(bare(text))
    says = f"Sebut apa yang dilakukan, paling sedikit {MESSAGE_MIN} huruf; pesan ini baru {length}"
    return length >= MESSAGE_MIN, Reason("message_short", says, "message")


def ending_of(state: str, finding: str = "", closed_from: str = "") -> Ending | None:
    """What an ended case counts as; None while open or ended without an answer (withdrawn, rejected...).

    closed_from: the state a `closed` case came from. An unknown source is unresolved, whatever was done.
    """
    reached = closed_from if state == StateCode.CLOSED else state
    if reached in (StateCode.NOT_ENVIRONMENTAL, StateCode.REFERRED):
        return Ending.REFERRED if state == StateCode.CLOSED else None
    if reached not in (StateCode.ANSWERED, StateCode.RESOLVED):
        return None
    if finding == Finding.SOURCE_UNKNOWN:
        return Ending.SOURCE_UNKNOWN
    return Ending.RESOLVED if reached == StateCode.RESOLVED else Ending.ANSWERED


class SequelKind(StrEnum):
    """What follows from a reporter's feedback."""

    REOPEN = "reopen"
    NEW_REPORT = "new_report"
    CALL_BACK = "call_back"
    TRACKING_QUESTION = "tracking_question"
    NEEDS_TEXT = "needs_text"
    RECORDED = "recorded"


_SAYS = {
    SequelKind.REOPEN: "Kasus Anda dibuka kembali dan diperiksa petugas lain.",
    SequelKind.NEW_REPORT: "Batas membuka kembali sudah lewat. Kirim laporan baru; kami kaitkan keduanya.",
    SequelKind.CALL_BACK: "Petugas akan menghubungi Anda untuk menanyakan apa yang belum selesai.",
    SequelKind.TRACKING_QUESTION: "Kami menaruh pertanyaan di halaman lacak. Jawab di sana dengan kode Anda.",
    SequelKind.NEEDS_TEXT: "Tulis apa yang belum selesai supaya kasus dapat dibuka kembali.",
    SequelKind.RECORDED: "Terima kasih, penilaian Anda dicatat.",
}


@dataclass(frozen=True)
class Feedback:
    """A reporter's word. score 1..5 or None; satisfied None where not asked, as in a request to reopen."""

    at: datetime
    text: str = ""
    satisfied: bool | None = None
    score: int | None = None

    @property
    def is_unhappy(self) -> bool:
        return self.satisfied is False or (self.satisfied is None and self.score in {None, *UNHAPPY_SCORES})


@dataclass(frozen=True)
class Sequel:
    """What is done about a feedback, and the sentence the reporter reads."""

    kind: SequelKind

    @property
    def says(self) -> str:
        return _SAYS[self.kind]


def feedback_sequel(
    state: str, ended_at: datetime, mode: str, feedback: Feedback, limits: Rows, calendar: Calendar
) -> Sequel:
    """R17: what a reporter's feedback leads to.

    ended_at: entry into the present state (answered, resolved, closed). Unhappy with text: reopened while a
    window is open, else a new report. A low score without text: somebody asks.
    """
    if feedback.is_unhappy and bare(feedback.text):
        still = may_reopen(state, ended_at, feedback.at, limits, calendar)
        return Sequel(SequelKind.REOPEN if still else SequelKind.NEW_REPORT)
    if feedback.score in UNHAPPY_SCORES and not bare(feedback.text):
        anonymous = mode == ReporterMode.ANONYMOUS
        return Sequel(SequelKind.TRACKING_QUESTION if anonymous else SequelKind.CALL_BACK)
    return Sequel(SequelKind.NEEDS_TEXT if feedback.is_unhappy else SequelKind.RECORDED)


def may_reopen(state: str, ended_at: datetime, at: datetime, limits: Rows, calendar: Calendar) -> bool:
    """Whether a window is open at `at`, counted in calendar days of the regency, the last one whole.

    After an answer 14 days, after closing 60. An answered case not closed yet has the one after the other.
    """
    window = limit_for(limits, "reopening").amount
    if state in (StateCode.ANSWERED, StateCode.RESOLVED):
        window += limit_for(limits, "feedback").amount
    elif state != StateCode.CLOSED:
        return False
    passed = at.astimezone(calendar.zone).date() - ended_at.astimezone(calendar.zone).date()
    return passed.days <= window


def closes_by_itself(
    state: str, answered_at: datetime, at: datetime, limits: Rows, calendar: Calendar
) -> bool:
    """Whether the feedback window is over, so that the suite closes an answered case."""
    if state not in (StateCode.ANSWERED, StateCode.RESOLVED):
        return False
    passed = at.astimezone(calendar.zone).date() - answered_at.astimezone(calendar.zone).date()
    return passed.days > limit_for(limits, "feedback").amount


def reopen_decision_reasons(decider: object, closed_by: object) -> tuple[Reason, ...]:
    """A reopened case is decided by somebody other than the one who closed it; None: closed by the suite."""
    if closed_by is None or decider != closed_by:
        return ()
    return (Reason("same_decider", "Kasus yang dibuka kembali harus diputus petugas lain"),)
