"""What each transition asks: thin questions to the rules, about the complaint and what the officer gives."""

from collections.abc import Iterable

from sekata.lib.result import Reason
from sekata.pillars.environment.complaints.codes import END_STATES, StateCode
from sekata.pillars.environment.complaints.rules import clocks, closing, sampling, steps

RIVER = frozenset({"W01", "W02", "W05"})


def river_case(complaint) -> bool:
    """Whether a first river sample is due within 24 hours (R11)."""
    return complaint.service_code in RIVER


def items_listed(complaint, *, missing: str = "", **_: object) -> Iterable[Reason]:
    if not missing.strip():
        yield Reason("missing", "Tulis apa yang perlu dilengkapi pelapor.", "missing")


def two_reject(
    complaint, *, code: str = "", first: object = None, second: object = None, **_: object
) -> Iterable[Reason]:
    return steps.rejection_reasons(code, first, second)


def lead_is_open(complaint, *, lead=None, **_: object) -> Iterable[Reason]:
    if lead is None or lead.pk == complaint.pk:
        yield Reason("lead", "Pilih laporan lain sebagai induk.", "lead")
    elif lead.case.state in {*END_STATES, StateCode.MERGED}:
        yield Reason("lead_closed", "Laporan induk sudah ditutup atau sudah digabung.", "lead")
    if complaint.incident.lead_id == complaint.pk and complaint.incident.complaints.count() > 1:
        yield Reason(
            "is_lead", "Laporan ini induk dari laporan lain; gabungkan laporan lain itu ke sini.", "lead"
        )


def undo_in_time(complaint, *, merged_at, at, law, **_: object) -> Iterable[Reason]:
    return steps.undo_merge_reasons(merged_at, at, law.limits, law.calendar)


def passed_on(
    complaint, *, authority: str = "", passing=None, late_reason: str = "", **_: object
) -> Iterable[Reason]:
    if not authority:
        yield Reason("authority", "Pilih instansi tujuan.", "authority")
    if passing is not None:
        yield from clocks.passing_on_reasons(passing, late_reason)


def team_stands(complaint, *, team=(), **_: object) -> Iterable[Reason]:
    return steps.team_reasons(team)


def on_the_team(complaint, *, members=(), person=None, **_: object) -> Iterable[Reason]:
    if person not in members:
        yield Reason("not_on_team", "Hanya anggota tim yang ditugaskan dapat mencatat kedatangan.")


def minutes_and_samples(
    complaint, *, minutes=(), samples: int = 0, positions=(), reason: str = "", **_: object
):
    yield from steps.minutes_reasons(minutes)
    if not samples:
        yield Reason("samples", "Belum ada contoh yang dicatat.", "samples")
    if river_case(complaint):
        yield from sampling.position_reasons(positions, reason)


def report_stands(
    complaint, *, minutes=(), signers=(), approver=None, results=None, dilution=(), **_: object
):
    yield from steps.minutes_reasons(minutes)
    yield from steps.approval_reasons(signers, approver)
    if complaint.case.state == StateCode.LAB_PENDING:
        yield from steps.result_reasons(results or ())
    yield from dilution


def follow_ups_owned(complaint, *, planned: int = 0, decider=None, **_: object) -> Iterable[Reason]:
    if not planned:
        yield Reason(
            "follow_up", "Tulis paling sedikit satu tindak lanjut dengan unit dan batas waktunya.", "kind"
        )
    if complaint.case.state == StateCode.REOPENED:
        yield from closing.reopen_decision_reasons(decider, complaint.closed_by)


def may_answer(complaint, *, answer: closing.Answer, **_: object) -> Iterable[Reason]:
    return closing.closing_reasons(complaint.case.state, StateCode.ANSWERED, answer)


def may_resolve(complaint, *, answer: closing.Answer, undone: int = 0, **_: object) -> Iterable[Reason]:
    yield from closing.closing_reasons(complaint.case.state, StateCode.RESOLVED, answer)
    if undone:
        yield Reason("undone", f"Masih ada {undone} tindak lanjut yang belum selesai.")


def may_close(complaint, *, answer: closing.Answer, **_: object) -> Iterable[Reason]:
    return closing.closing_reasons(complaint.case.state, StateCode.CLOSED, answer)


def window_open(complaint, *, open_window: bool = False, text: str = "", **_: object) -> Iterable[Reason]:
    if not text.strip():
        yield Reason("text", "Tulis apa yang belum selesai.", "text")
    if not open_window:
        yield Reason(
            "too_late",
            "Batas membuka kembali sudah lewat. Kirim laporan baru; kami kaitkan dengan yang lama.",
        )


def other_decider(complaint, *, decider=None, message: str = "", **_: object) -> Iterable[Reason]:
    yield from closing.reopen_decision_reasons(decider, complaint.closed_by)
    if len(message.strip()) < closing.MESSAGE_MIN:
        yield Reason(
            "message", f"Jelaskan alasan menutup lagi, paling sedikit {closing.MESSAGE_MIN} huruf.", "message"
        )
