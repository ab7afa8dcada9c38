"""Issuing the room's papers into the register of documents."""

from datetime import datetime

from sekata.kernel.documents import actions as documents
from sekata.lib.actor import Actor
from sekata.pillars.environment.complaints.models import Complaint, Minutes, Report, VerificationTask


def _issue(complaint: Complaint, kind: str, title: str, at: datetime, public: bool = False):
    code = documents.new_check_code()
    return documents.issue(
        kind=f"complaints.{kind}", title=title, unit=complaint.case.unit_id, content=f"{title} {code}".encode(), at=at,
        check_code=code, case=complaint.case_id, public=public,
    )  # fmt: skip


def issue_letter(complaint: Complaint, kind: str, to: str, text: str, actor: Actor, at: datetime):
    return _issue(complaint, kind, f"Surat {kind} {complaint.case.number}", at)


def issue_task_letter(complaint: Complaint, task: VerificationTask, actor: Actor, at: datetime):
    return _issue(complaint, "task_letter", f"Surat tugas {complaint.case.number}", at)


def issue_minutes(complaint: Complaint, minutes: Minutes, actor: Actor, at: datetime):
    return _issue(complaint, "minutes", f"Berita acara {minutes.number}", at)


def issue_report(complaint: Complaint, report: Report, actor: Actor, at: datetime):
    return _issue(complaint, "report", f"Laporan hasil verifikasi {complaint.case.number}", at)
