"""Exports.

The monthly open data, the officers' register, the referral packet, the visits, tickets of SP4N-LAPOR!.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncMonth

from sekata.kernel.filters import visible
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.codes import Channel, Finding, ReporterMode, StateCode
from sekata.pillars.environment.complaints.models import Complaint, VerificationTask
from sekata.pillars.environment.complaints.queries.law import Law, law
from sekata.pillars.environment.complaints.queries.packet import packet
from sekata.pillars.environment.complaints.rights import SEE
from sekata.pillars.environment.complaints.standards.icalendar import Visit
from sekata.pillars.environment.complaints.standards.sp4n import SYSTEM, Ticket
from sekata.pillars.environment.complaints.workflow import COMPLAINT

BATCH = 500
VISIT_HOURS = 2
MOST_VISITS = 500
MONTHLY = {
    "month": "Bulan diterima (YYYY-MM)",
    "service_code": "Kode jenis pengaduan",
    "service": "Jenis pengaduan",
    "group": "Kelompok",
    "complaints": 'Banyaknya pengaduan; 1 dan 2 ditulis "<3"',
    "incidents": 'Banyaknya kejadian; 1 dan 2 ditulis "<3"',
}
WORDS = {
    "number": "Nomor",
    "received_at": "Diterima (WIB)",
    "channel": "Saluran",
    "service_code": "Kode jenis",
    "service": "Jenis",
    "title": "Perihal",
    "state": "Keadaan",
    "priority": "Prioritas",
    "village_code": "Kode desa",
    "village": "Desa",
    "address_text": "Letak",
    "competent_authority": "Kewenangan",
    "finding": "Kesimpulan",
    "due_at": "Batas berikutnya (WIB)",
    "closed_at": "Ditutup (WIB)",
    "lead_number": "Digabung dengan",
    "external_refs": "Nomor di kanal lain",
    "reporter_mode": "Perlakuan pelapor",
}
"""Columns of the register: name for machines -> words for people."""
REGISTER = (*WORDS, "reporter.name", "reporter.phone", "reporter.email", "reporter.nik")
"""All that the register knows of; the columns of a person are taken out by R2 before anything is read."""


def monthly(start: datetime, end: datetime) -> list[dict[str, object]]:
    """Rows of the open dataset `complaints-monthly`, small numbers covered."""
    rulebook = law(clock.now())
    rows = Complaint.objects.filter(
        case__received_at__gte=start, case__received_at__lt=end, case__workflow=COMPLAINT.code
    )
    counted = (
        rows.annotate(month=TruncMonth("case__received_at", tzinfo=clock.WIB))
        .values("month", "service_code", "group")
        .annotate(complaints=Count("pk"), incidents=Count("incident", distinct=True))
        .order_by("month", "service_code")
    )
    return [
        {
            "month": row["month"].strftime("%Y-%m"),
            "service_code": row["service_code"],
            "service": rulebook.services.get(row["service_code"], {}).get("name", ""),
            "group": row["group"],
            "complaints": rules.printed_count(row["complaints"], rulebook.precision),
            "incidents": rules.printed_count(row["incidents"], rulebook.precision),
        }
        for row in counted
    ]


def register(actor: Actor, start: datetime, end: datetime) -> tuple[tuple[str, ...], Iterator[list[object]]]:
    """Columns and rows of the register (buku register pengaduan): no identity, whoever asks (R2)."""
    columns = rules.exportable_columns(REGISTER)
    rows = visible(Complaint.objects.all(), SEE, actor).filter(
        case__received_at__gte=start, case__received_at__lt=end
    )
    found = rows.select_related("case", "incident__lead__case").order_by("case__received_at", "pk")
    return columns, _register_rows(found, columns, law(clock.now()))


def _register_rows(found, columns: tuple[str, ...], rulebook: Law) -> Iterator[list[object]]:
    for complaint in found.iterator(BATCH):
        entry = _entry(complaint, rulebook)
        yield [entry[column] for column in columns]


def _entry(complaint: Complaint, rulebook: Law) -> dict[str, object]:
    case, lead = complaint.case, complaint.incident.lead
    village = units.areas().get(complaint.village_code)
    return {
        "number": case.number,
        "received_at": _local(case.received_at),
        "channel": Channel(complaint.channel).label,
        "service_code": complaint.service_code,
        "service": rulebook.services.get(complaint.service_code, {}).get("name", ""),
        "title": case.title,
        "state": StateCode(case.state).label,
        "priority": complaint.priority,
        "village_code": complaint.village_code,
        "village": village.name if village else "",
        "address_text": complaint.address_text,
        "competent_authority": rulebook.authorities.get(complaint.competent_authority, {}).get("name", ""),
        "finding": Finding(complaint.finding).label if complaint.finding else "",
        "due_at": _local(case.due_at) if case.due_clock else "",
        "closed_at": _local(case.closed_at),
        "lead_number": lead.case.number if lead.pk != complaint.pk else "",
        "external_refs": "; ".join(f"{ref['system']}:{ref['id']}" for ref in complaint.external_refs),
        "reporter_mode": ReporterMode(complaint.reporter_mode).label,
    }


def _local(at: datetime | None) -> str:
    return at.astimezone(clock.WIB).isoformat(" ", "minutes")[:16] if at else ""


def packet_of(number: str, actor: Actor) -> dict[str, object]:
    """The referral packet of a case that the officer may see; 404 for all others."""
    rows = visible(Complaint.objects.select_related("case"), SEE, actor)
    found = rows.filter(case__number=number).first()
    if found is None:
        raise Refused.because("unknown", "Pengaduan tidak ditemukan.", status=404)
    return packet(found)


def visits(actor: Actor, since: datetime) -> list[Visit]:
    """Verification visits planned since, of cases that the officer may see."""
    tasks = VerificationTask.objects.filter(
        planned_at__gte=since, incident__lead__in=visible(Complaint.objects.all(), SEE, actor)
    )
    rows = tasks.select_related("incident__lead__case", "letter").prefetch_related("team__person")
    return [_visit(task) for task in rows.order_by("planned_at")[:MOST_VISITS]]


def _visit(task: VerificationTask) -> Visit:
    lead = task.incident.lead
    village = units.areas().get(lead.village_code)
    team = sorted(task.team.all(), key=lambda member: (not member.lead, member.person.full_name))
    return Visit(
        key=f"kunjungan-{task.pk}",
        start=task.planned_at,
        end=task.planned_at + timedelta(hours=VISIT_HOURS),
        changed=task.ordered_at,
        title=f"Verifikasi {lead.case.number}: {lead.case.title}",
        place=", ".join(filter(None, (lead.address_text, village.name if village else ""))),
        text=f"Tim: {', '.join(member.person.full_name for member in team)}",
        point=(lead.lat, lead.lon) if lead.lat is not None else None,
    )


def sp4n_rows(start: datetime, end: datetime) -> Iterator[Ticket]:
    """Complaints that have a ticket of SP4N-LAPOR!, changed within the period.

    Ticket, our number, where it stands.
    """
    rows = Complaint.objects.select_related("case").filter(
        changed_at__gte=start, changed_at__lt=end, external_refs__contains=[{"system": SYSTEM}]
    )
    for one in rows.order_by("changed_at", "pk").iterator(BATCH):
        ticket = next(ref["id"] for ref in one.external_refs if ref["system"] == SYSTEM)
        state = COMPLAINT.state(one.case.state)
        yield Ticket(
            ticket=ticket,
            number=one.case.number,
            service_code=one.service_code,
            title=one.case.title,
            state=one.case.state,
            says=state.says,
            changed_at=one.changed_at,
            due_at=one.case.due_at if one.case.due_clock else None,
        )
