"""Tickets of SP4N-LAPOR!, the national complaint channel: looked at before, then taken in, each by itself."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sekata.kernel.journal.actions import action
from sekata.lib import clock
from sekata.lib.actor import NOBODY, Actor
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints.actions.intake import Filed, Filing, Reporter, check, file
from sekata.pillars.environment.complaints.actions.machine import media_of
from sekata.pillars.environment.complaints.actions.steps import touch
from sekata.pillars.environment.complaints.codes import Channel, Precision, ReporterMode
from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.queries import machine
from sekata.pillars.environment.complaints.queries.law import law
from sekata.pillars.environment.complaints.rights import TAKE_IN
from sekata.pillars.environment.complaints.standards import sp4n


@dataclass(frozen=True)
class Imported:
    """What became of one row of a file: `filed`, `linked`, `known`, or `refused` with the reason."""

    ticket: str
    number: str
    result: str
    reason: str = ""


@dataclass(frozen=True)
class Planned:
    """What will become of a line: `new`, `link`, `known`, or `fault` with the reason."""

    line: int
    ticket: str
    title: str
    what: str
    number: str = ""
    reason: str = ""


def plan_sp4n(lines: Sequence[sp4n.Line], at: datetime | None = None) -> list[Planned]:
    """What an import of these lines would do, by the same checks; nothing is written."""
    at = at or clock.now()
    reports = [line.report for line in lines if line.report]
    known = dict(machine.known_tickets([report.ticket for report in reports]))
    ours = machine.own_numbers([report.number for report in reports])
    planned = []
    for line in lines:
        planned.append(_plan_one(line, known, ours, at))
        known.setdefault(planned[-1].ticket, "")
    return planned


def _plan_one(line: sp4n.Line, known: Mapping[str, str], ours: Container[str], at: datetime) -> Planned:
    report = line.report
    if report is None:
        return Planned(line.number, "", "", "fault", reason=f"{line.fault[:1].upper()}{line.fault[1:]}.")
    of = (line.number, report.ticket, report.title or report.text[:80])
    if report.ticket in known:
        again = "" if known[report.ticket] else "Tiket ini sudah ada di baris sebelumnya."
        return Planned(*of, "known", known[report.ticket], again)
    if report.number:
        reason = "" if report.number in ours else f"Nomor {report.number} tidak ada."
        return Planned(*of, "fault" if reason else "link", report.number, reason)
    try:
        check(_ticket_filing(report, at), at)
    except Refused as refusal:
        return Planned(*of, "fault", reason=str(refusal))
    return Planned(*of, "new")


def import_sp4n(
    *, actor: Actor, reports: Iterable[sp4n.Report], at: datetime | None = None
) -> list[Imported]:
    """Take in tickets of SP4N-LAPOR!; each stands for itself, a ticket known already changes nothing."""
    at = at or clock.now()
    return [_import_one(actor, report, at) for report in reports]


def _import_one(actor: Actor, report: sp4n.Report, at: datetime) -> Imported:
    known = _by_ticket(report.ticket)
    if known is not None:
        return Imported(report.ticket, known.case.number, "known")
    try:
        if report.number:
            linked = _link(actor=actor, complaint=_ours(report.number), ticket=report.ticket, at=at)
            return Imported(report.ticket, linked.case.number, "linked")
        filed = _file_ticket(actor, report, at)
    except Refused as refusal:
        return Imported(report.ticket, report.number, "refused", str(refusal))
    return Imported(report.ticket, filed.complaint.case.number, "known" if filed.again else "filed")


def _by_ticket(ticket: str) -> Complaint | None:
    named = [{"system": sp4n.SYSTEM, "id": ticket}]
    return (
        machine.by_submission(machine.ticket_submission(ticket))
        or Complaint.objects.select_related("case").filter(external_refs__contains=named).first()
    )


def _ours(number: str) -> Complaint:
    found = Complaint.objects.select_related("case").filter(case__number=number).first()
    if found is None:
        raise Refused.because("unknown", f"Nomor {number} tidak ada.", "nomor_sekata", status=404)
    return found


@action(right=TAKE_IN, event="complaints.ticket.linked", on="complaint", keeps=("ticket",))
def _link(*, actor: Actor, complaint: Complaint, ticket: str, at: datetime) -> Complaint:
    fresh = Complaint.objects.select_for_update().get(pk=complaint.pk)
    complaint.external_refs = [*fresh.external_refs, {"system": sp4n.SYSTEM, "id": ticket}]
    complaint.save(update_fields=["external_refs"])
    touch(complaint, at)
    return complaint


@action(right=TAKE_IN, event="complaints.ticket.imported", keeps=("ticket",))
def _note_import(*, actor: Actor, ticket: str, filed: Filed, at: datetime) -> Complaint:
    return filed.complaint


def _ticket_filing(report: sp4n.Report, at: datetime) -> Filing:
    rulebook = law(at)
    point = machine.check_point(*report.point, outside=machine.DI_LUAR) if report.point else None
    return Filing(
        submission=machine.ticket_submission(report.ticket),
        service_code=report.service_code,
        channel=Channel.SP4N_LAPOR,
        title=report.title,
        description=report.text,
        point=point,
        address_text=report.place,
        village_code=_ticket_village(report.village_code),
        media=report.media or media_of(rulebook, report.service_code),
        first_seen_at=report.seen_at,
        precision=Precision.DAY,
        external_refs=({"system": sp4n.SYSTEM, "id": report.ticket},),
    )


def _ticket_village(code: str) -> str:
    if not code:
        return ""
    try:
        return machine.check_village(code, "kode_desa")
    except Refused:
        message = f"Kode desa {code} tidak ada di kabupaten ini."
        raise Refused.because("unknown_village", message, "kode_desa", status=400) from None


def _file_ticket(actor: Actor, report: sp4n.Report, at: datetime) -> Filed:
    """The report as an anonymous one: the national channel keeps who sent it, and the clock starts now."""
    filing = _ticket_filing(report, at)
    with transaction.atomic():
        filed = file(actor=NOBODY, filing=filing, reporter=Reporter(ReporterMode.ANONYMOUS), at=at)
        _note_import(actor=actor, ticket=report.ticket, filed=filed, at=at)
    return filed
