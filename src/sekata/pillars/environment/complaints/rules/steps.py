"""Guards of single steps of the Workflow table: teams, minutes, results, approvals, rejections, undoing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sekata.lib.result import Reason
from sekata.lib.workdays import Calendar
from sekata.pillars.environment.complaints.codes import MinutesKind, RejectReason
from sekata.pillars.environment.complaints.rules.clocks import limit_for
from sekata.pillars.environment.complaints.rules.terms import Rows, bare

TEAM_MIN = 2
VISIT_MINUTES = frozenset({MinutesKind.VERIFICATION, MinutesKind.REFUSAL_OF_ENTRY})


@dataclass(frozen=True)
class TeamMember:
    """An inspector in a team. conflict: a declared conflict of interest about the facility of this case."""

    person: object
    name: str
    is_lead: bool = False
    conflict: bool = False


def team_reasons(team: Sequence[TeamMember]) -> tuple[Reason, ...]:
    """At least two inspectors, one lead, nobody with a conflict."""
    checks = [
        (
            len({member.person for member in team}) >= TEAM_MIN,
            Reason("team_size", f"Tim paling sedikit {TEAM_MIN} pengawas", "team"),
        ),
        (sum(member.is_lead for member in team) == 1, Reason("team_lead", "Tunjuk satu ketua tim", "team")),
    ]
    conflicts = [
        Reason("team_conflict", f"{member.name} punya benturan kepentingan dengan usaha ini", "team")
        for member in team
        if member.conflict
    ]
    return (*(reason for met, reason in checks if not met), *conflicts)


def minutes_reasons(kinds: Iterable[str]) -> tuple[Reason, ...]:
    """A visit leaves minutes of verification, or minutes that entry was refused."""
    if VISIT_MINUTES & set(kinds):
        return ()
    message = "Buat berita acara verifikasi, atau berita acara penolakan bila tim ditolak"
    return (Reason("minutes_missing", message, "minutes"),)


@dataclass(frozen=True)
class LabResult:
    """A result as entered. file: the laboratory's certificate."""

    parameter: str
    method: str
    file: object


def result_reasons(results: Sequence[LabResult]) -> tuple[Reason, ...]:
    """Laboratory results come with method and file."""
    if not results:
        return (Reason("results_missing", "Catat hasil laboratorium lebih dahulu", "results"),)
    return tuple(
        Reason("result_incomplete", f"Hasil {result.parameter} perlu metode dan berkas sertifikat", "results")
        for result in results
        if not bare(result.method) or not result.file
    )


def approval_reasons(signers: Collection[object], approver: object) -> tuple[Reason, ...]:
    """A report is signed by the lead and approved by another person."""
    if not signers:
        return (Reason("report_unsigned", "Laporan belum ditandatangani ketua tim"),)
    if approver in signers:
        return (Reason("same_approver", "Laporan harus disetujui orang lain dari yang menandatanganinya"),)
    return ()


def rejection_reasons(code: str, first: object, second: object) -> tuple[Reason, ...]:
    """Two different officers, and one of the three reasons."""
    checks = (
        (code in set(RejectReason), Reason("reject_reason", "Pilih alasan penolakan", "reason")),
        (
            None not in (first, second) and first != second,
            Reason("reject_second", "Penolakan harus disetujui petugas kedua"),
        ),
    )
    return tuple(reason for met, reason in checks if not met)


def undo_merge_reasons(
    merged_at: datetime, at: datetime, limits: Rows, calendar: Calendar
) -> tuple[Reason, ...]:
    """A merge can be undone for 30 days, the last one whole."""
    limit = limit_for(limits, "merge_undo")
    if not limit.is_late(limit.ends(merged_at, calendar), at):
        return ()
    return (Reason("undo_late", f"Penggabungan hanya dapat dibatalkan dalam {limit}"),)
