"""What inspectors need on the spot: their visits, labels, who holds a sample, what is still missing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sekata.kernel.filters import visible
from sekata.kernel.places import queries as places
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.codes import SampleMatrix, SamplePosition, StateCode
from sekata.pillars.environment.complaints.models import (
    Complaint,
    CustodyEntry,
    Minutes,
    Report,
    Sample,
    TeamMember,
    VerificationTask,
)
from sekata.pillars.environment.complaints.queries.checks import checks_of
from sekata.pillars.environment.complaints.queries.field import current_task, inspectors, team_facts
from sekata.pillars.environment.complaints.queries.limits import badges
from sekata.pillars.environment.complaints.queries.officer import place_name
from sekata.pillars.environment.complaints.rights import INSPECT
from sekata.pillars.environment.complaints.rules.sampling import RIVER_POSITIONS
from sekata.pillars.environment.complaints.rules.steps import VISIT_MINUTES
from sekata.pillars.environment.complaints.workflow.guards import RIVER

__all__ = ["current_task"]

MATRICES = {"water": SampleMatrix.SURFACE_WATER, "air": SampleMatrix.AIR, "fire": SampleMatrix.ASH}
DONE_STATES = frozenset(
    {
        StateCode.VERIFIED,
        StateCode.FOLLOW_UP,
        StateCode.ANSWERED,
        StateCode.RESOLVED,
        StateCode.CLOSED,
        StateCode.REFERRED,
    }
)


def tasks(actor: Actor) -> QuerySet[VerificationTask]:
    """Visits whose team includes the actor, of cases he or she may inspect."""
    cases = visible(Complaint.objects.all(), INSPECT, actor)
    return VerificationTask.objects.filter(
        team__person=actor.person, incident__lead__in=cases
    ).select_related("incident__lead__case__unit", "letter")


def agenda(actor: Actor) -> list[dict[str, object]]:
    """Visits still to be made or finished, the nearest first, each with the badge of its nearest limit."""
    at = clock.now()
    rows = tasks(actor).filter(finished_at=None).exclude(incident__lead__case__state__in=DONE_STATES)
    rows = rows.prefetch_related("incident__lead__case__timers").order_by("planned_at", "pk")[:50]
    return [_agenda_row(task, at) for task in rows]


def _agenda_row(task: VerificationTask, at) -> dict[str, object]:
    complaint = task.incident.lead
    running = badges(complaint.case, at)
    return {
        "task": task,
        "complaint": complaint,
        "place": place_name(complaint.village_code),
        "badge": next(
            (one for one in running if one.code in ("arrival", "first_sample", "report")),
            running[0] if running else None,
        ),
    }


@dataclass(frozen=True)
class Check:
    """A line of the checklist: what, whether it is there, and how much."""

    code: str
    label: str
    done: bool
    note: str = ""


def checklist(task: VerificationTask, complaint: Complaint) -> list[Check]:
    """What a visit must leave behind, read from what has been recorded."""
    minutes = list(Minutes.objects.filter(task=task).values_list("kind", flat=True))
    positions = list(Sample.objects.filter(incident=task.incident_id).values_list("position", flat=True))
    photos = complaint.attachments.filter(added_by__isnull=False).count()
    missing = [one.label.lower() for one in RIVER_POSITIONS if one not in positions]
    river = complaint.service_code in RIVER
    samples_note = _("belum ada: %(names)s") % {"names": ", ".join(missing)} if river and missing else ""
    report = Report.objects.filter(incident=task.incident_id).order_by("-pk").first()
    return [
        Check("arrive", _("Tiba di lokasi"), task.arrived_at is not None),
        Check(
            "sample",
            _("Contoh"),
            bool(positions) and not (river and missing),
            samples_note or _amount(len(positions)),
        ),
        Check("photo", _("Foto petugas"), bool(photos), _amount(photos)),
        Check("minutes", _("Berita acara"), bool(VISIT_MINUTES & set(minutes)), _amount(len(minutes))),
        _looked_at_all(task, complaint),
        Check("finished", _("Kunjungan selesai"), task.finished_at is not None),
        Check("report", _("Laporan verifikasi"), report is not None),
    ]


def _looked_at_all(task: VerificationTask, complaint: Complaint) -> Check:
    left = len(rules.unanswered(checks_of(complaint), task.checklist))
    note = ngettext("%(n)d butir wajib belum dijawab", "%(n)d butir wajib belum dijawab", left) % {"n": left}
    return Check("looked", _("Daftar periksa"), not left, note if left else "")


def _amount(count: int) -> str:
    return str(count) if count else ""


def team_of(task: VerificationTask) -> list[TeamMember]:
    return list(task.team.select_related("person").order_by("-lead", "pk"))


def in_hand(complaint: Complaint) -> list[tuple[Sample, str]]:
    """Samples not yet with a laboratory, each with who holds it ("" while with whoever took it)."""
    chain = Prefetch("custody", CustodyEntry.objects.order_by("place"))
    rows = (
        Sample.objects.filter(incident=complaint.incident_id, laboratory="")
        .prefetch_related(chain)
        .order_by("label")
    )
    return [(row, _last(row.custody.all())) for row in rows]


def _last(chain: Iterable[CustodyEntry]) -> str:
    takers = [entry.taker for entry in chain]
    return takers[-1] if takers else ""


def without_results(complaint: Complaint) -> list[Sample]:
    return list(Sample.objects.filter(incident=complaint.incident_id, certificate=None).order_by("label"))


def next_label(complaint: Complaint) -> str:
    """A free label: letters of the village, today, the next number."""
    name = place_name(complaint.village_code).split(",")[0].upper()
    letters = "".join(c for c in name if c.isascii() and c.isalpha() and c not in "AIUEO")[:3]
    prefix = f"{letters if len(letters) >= 2 else 'PLH'}-{clock.today():%Y%m%d}-"
    taken = Sample.objects.filter(label__startswith=prefix).values_list("label", flat=True)
    number = max((int(label[-2:]) for label in taken), default=0) + 1
    return f"{prefix}{min(number, 99):02d}"


def usual_matrix(complaint: Complaint) -> str:
    return MATRICES.get(complaint.group, SampleMatrix.SOIL)


def place_words(complaint: Complaint) -> str:
    """Where minutes are most likely to be written."""
    where = place_name(complaint.village_code)
    return ", ".join(part for part in (complaint.address_text[:120], where) if part)


def candidates(complaint: Complaint) -> list[rules.TeamMember]:
    """Inspectors who may be sent, conflicts about the suspected facility marked."""
    known = inspectors(complaint.case.unit_id, clock.today())
    if not known:
        return []
    first, *rest = sorted(known, key=known.get)
    return team_facts(complaint, first, rest)


def facilities() -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in places.layer("facility") if one.code]


def dilution_words(complaint: Complaint) -> str:
    """The sentence that a report on late river samples must contain, or ""."""
    taken = list(
        Sample.objects.filter(incident=complaint.incident_id, matrix=SampleMatrix.SURFACE_WATER).values_list(
            "taken_at", flat=True
        )
    )
    if not taken or complaint.first_seen_at is None:
        return ""
    return rules.dilution_sentence(complaint.first_seen_at, max(taken))


def position_words() -> dict[str, str]:
    return dict(SamplePosition.choices())
