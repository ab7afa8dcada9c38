"""What the officers' pages read of one complaint: each tab in a fixed number of statements."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sekata.kernel.cases import queries as cases
from sekata.kernel.documents import queries as documents
from sekata.kernel.filters import visible
from sekata.kernel.notify import queries as notify
from sekata.kernel.people import queries as people
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.deadlines import Limit
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.codes import Channel, Finding, FollowUpKind, MinutesKind
from sekata.pillars.environment.complaints.models import (
    Attachment,
    Complaint,
    CustodyEntry,
    FollowUp,
    MergeProposal,
    Minutes,
    Report,
    Sample,
    Supporter,
    TeamMember,
    VerificationTask,
)
from sekata.pillars.environment.complaints.queries.checks import looked_at
from sekata.pillars.environment.complaints.queries.law import law
from sekata.pillars.environment.complaints.queries.limits import badges, lang, last_day, ordinal
from sekata.pillars.environment.complaints.rights import SEE
from sekata.pillars.environment.complaints.workflow import COMPLAINT
from sekata.web import words

IN_SITU = {
    "ph": "pH",
    "temperature": gettext_lazy("suhu °C"),
    "oxygen": gettext_lazy("oksigen terlarut mg/L"),
}
RECENT = 6
TRAIL = 200

PAST = {
    "open": gettext_lazy("Diterima"),
    "request_details": gettext_lazy("Pelapor diminta melengkapi"),
    "ask_missing": gettext_lazy("Pelapor diminta melengkapi"),
    "complete": gettext_lazy("Pelapor melengkapi"),
    "lapse": gettext_lazy("Ditutup karena tidak dilengkapi"),
    "take_up": gettext_lazy("Mulai ditelaah"),
    "reject": gettext_lazy("Ditolak"),
    "merge": gettext_lazy("Digabung"),
    "unmerge": gettext_lazy("Penggabungan dibatalkan"),
    "withdraw": gettext_lazy("Dicabut pelapor"),
    "forward": gettext_lazy("Diteruskan: bukan lingkungan hidup"),
    "refer": gettext_lazy("Dilimpahkan"),
    "send_back": gettext_lazy("Dikembalikan instansi tujuan"),
    "plan_verification": gettext_lazy("Tim ditugaskan"),
    "arrive": gettext_lazy("Petugas ke lokasi"),
    "send_samples": gettext_lazy("Contoh dikirim ke laboratorium"),
    "approve_report": gettext_lazy("Laporan verifikasi disetujui"),
    "follow_up": gettext_lazy("Mulai ditindaklanjuti"),
    "answer": gettext_lazy("Dijawab"),
    "resolve": gettext_lazy("Selesai ditanggapi"),
    "close_passed_on": gettext_lazy("Ditutup: sudah diteruskan"),
    "accept": gettext_lazy("Pelapor menerima jawaban"),
    "close_silent": gettext_lazy("Ditutup sesudah masa penilaian"),
    "reopen": gettext_lazy("Dibuka kembali"),
    "close_reopened": gettext_lazy("Ditutup lagi"),
    "priority": gettext_lazy("Prioritas dinilai lagi"),
    "assign": gettext_lazy("Ditugaskan"),
    "authority": gettext_lazy("Kewenangan ditetapkan petugas"),
    "rejection_proposed": gettext_lazy("Diusulkan ditolak"),
    "sample": gettext_lazy("Contoh diambil"),
    "visit_finished": gettext_lazy("Kunjungan selesai"),
    "asked": gettext_lazy("Bertanya kepada pelapor"),
    "answered_question": gettext_lazy("Pelapor menjawab"),
    "referral_result": gettext_lazy("Kabar dari instansi tujuan"),
    "reporter_withdrew": gettext_lazy("Pelapor mencabut; dinas melanjutkan"),
    "escalation_answered": gettext_lazy("Eskalasi dijawab"),
    "note": gettext_lazy("Catatan"),
}
"""What has happened, in the words of a history; the table's labels are the words of buttons."""


def _count(rows: QuerySet, path: str) -> Coalesce:
    counted = rows.order_by().values(path).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def readable(actor: Actor, right=SEE) -> QuerySet[Complaint]:
    """Complaints that `actor` may read by `right`, with all that every page of one shows."""
    return visible(Complaint.objects.all(), right, actor).select_related(
        "case__unit",
        "case__holder",
        "case__merged_into",
        "incident__lead__case",
        "linked_to__case",
        "cluster",
    )


def with_counts(rows: QuerySet[Complaint]) -> QuerySet[Complaint]:
    """How much lies behind each tab, and whether a visit is under way, in the same statement."""
    samples = Sample.objects.filter(incident=OuterRef("incident"))
    files = Attachment.objects.filter(complaint=OuterRef("pk"))
    voices = Supporter.objects.filter(complaint__incident=OuterRef("incident"))
    visits = VerificationTask.objects.filter(incident=OuterRef("incident"), finished_at=None)
    return rows.annotate(
        visit_open=Exists(visits),
        samples_count=_count(samples, "incident"),
        files_count=_count(files, "complaint"),
        supporters_count=_count(voices, "complaint__incident"),
    )


def place_name(code: str) -> str:
    """Segati, Langgam."""
    area = units.areas().get(code)
    if area is None:
        return ""
    district = units.areas().get(area.parent_id or "")
    return f"{area.name}, {district.name}" if district else area.name


def head(complaint: Complaint, actor: Actor, at: datetime) -> dict[str, object]:
    """What stands above every tab."""
    case = complaint.case
    rulebook = law(case.received_at)
    team = list(
        TeamMember.objects.filter(task__incident=complaint.incident_id)
        .select_related("person", "task")
        .order_by("-task_id", "-lead", "pk")[:12]
    )
    team = [member for member in team if member.task_id == team[0].task_id]
    leader = next((member.person for member in team if member.lead), None)
    service = rulebook.services.get(complaint.service_code, {})
    authority = rulebook.authorities.get(complaint.competent_authority, {})
    running = badges(case, at)
    return {
        "complaint": complaint,
        "case": case,
        "state": COMPLAINT.state(case.state),
        "badges": running,
        "limits": [
            one for one in running if one.code in ("total", "review", "arrival", "laboratory", "report")
        ],
        "priority_tone": {1: "bad", 2: "warn"}.get(case.priority, "none"),
        "service": service.get("name", complaint.service_code),
        "authority": authority.get("name", complaint.competent_authority),
        "reporter": rules.pseudonym(case.number),
        "may_open_identity": bool(complaint.identity_id and leader and leader.pk == actor.person),
        "team": team,
        "leader": leader,
        "place": place_name(complaint.village_code),
        "is_lead": complaint.incident.lead_id == complaint.pk,
    }


def steps(rows: Iterable[cases.Step], channel: str = "") -> list[dict[str, object]]:
    """Entries of a history as the timeline draws them, with the names of who did it in one statement."""
    rows = list(rows)
    known = people.names({row.actor for row in rows if row.actor})
    return [_entry(row, known, channel) for row in rows]


def _entry(row: cases.Step, known: Mapping[int, str], channel: str) -> dict[str, object]:
    title = PAST.get(row.transition) or row.transition.replace("_", " ").capitalize()
    if row.transition == "open" and channel:
        title = _("Diterima lewat %(channel)s") % {"channel": words.inside_sentence(Channel(channel).label)}
    by = known.get(row.actor, "").title() if row.actor else ""
    when = f"{words.short_date(row.at, lang())}, {words.clock_time(row.at, lang())}"
    said = row.says or row.reason
    if row.transition == "sample":
        title, said = said.rstrip("."), ""
    return {
        "title": title,
        "when": f"{when} · {by}" if by else when,
        "text": "" if said.rstrip(".") == str(title) else said,
    }


def recent_steps(complaint: Complaint) -> list[dict[str, object]]:
    """The last entries of the history, newest first."""
    return steps(cases.latest_steps(complaint.case_id, RECENT), complaint.channel)


def summary(complaint: Complaint, actor: Actor, at: datetime) -> dict[str, object]:
    """The first tab."""
    return {
        "steps": recent_steps(complaint),
        "questions": list(complaint.questions.order_by("pk")[:20]),
        "evidence": list(complaint.attachments.select_related("original").order_by("pk")),
        "samples": samples(complaint),
        "proposals": proposals(complaint),
        "siblings": siblings(complaint),
        "escalations": list(complaint.case.escalations.order_by("level", "pk")[:12]),
        "follow_ups": follow_ups(complaint),
        "referrals": referrals(complaint),
        "facts": told(complaint),
    }


def told(complaint: Complaint) -> list[dict[str, str]]:
    """Answers to the questions of the service type, and what else the reporter said, as rows."""
    rows = law(complaint.case.received_at).attributes(complaint.service_code)
    found = []
    for row in rows:
        value = complaint.attributes.get(row["code"])
        if value in (None, "", []):
            continue
        names = {one["key"]: one["name"] for one in row["values"]}
        said = [names.get(str(one), str(one)) for one in (value if isinstance(value, list) else [value])]
        found.append({"label": row["description"], "value": ", ".join(said)})
    extra = (
        (_("Dugaan sumber"), complaint.suspected_source_text),
        (_("Penyelesaian yang diharapkan"), complaint.desired_settlement),
        (_("Letak"), complaint.address_text),
    )
    return found + [{"label": label, "value": value} for label, value in extra if value]


def proposals(complaint: Complaint) -> list[dict[str, object]]:
    """Undecided pairs of this report, seen from it: the other report, its score and why."""
    pairs = MergeProposal.objects.select_related("complaint__case", "other__case").filter(
        Q(complaint=complaint) | Q(other=complaint), decided_at=None
    )
    return [
        {"other": pair.other if pair.complaint_id == complaint.pk else pair.complaint, "pair": pair}
        for pair in pairs.order_by("-score", "pk")[:8]
    ]


def siblings(complaint: Complaint) -> list[Complaint]:
    """The other reports of the same incident."""
    rows = Complaint.objects.select_related("case").filter(incident=complaint.incident_id)
    return list(rows.exclude(pk=complaint.pk).order_by("pk")[:12])


def samples(complaint: Complaint) -> list[dict[str, object]]:
    """Samples of the incident with their chains of custody and in whose hands they are."""
    rows = Sample.objects.filter(incident=complaint.incident_id).order_by("label")
    chain = Prefetch("custody", CustodyEntry.objects.order_by("place"))
    return [_sample(row) for row in rows.prefetch_related(chain)]


def _sample(row: Sample) -> dict[str, object]:
    custody = list(row.custody.all())
    return {
        "row": row,
        "custody": custody,
        "holder": custody[-1].taker if custody else _("Pengambil contoh"),
        "ph": str(row.in_situ.get("ph", "")).replace(".", ","),
        "in_situ": [
            f"{IN_SITU.get(name, name)} {str(value).replace('.', ',')}" for name, value in row.in_situ.items()
        ],
        "flags": [result["flag"] for result in row.results if result.get("flag")],
    }


def follow_ups(complaint: Complaint) -> list[dict[str, object]]:
    """Acts that follow from the report, the nearest first."""
    rows = (
        FollowUp.objects.select_related("owner").filter(incident=complaint.incident_id).order_by("due", "pk")
    )
    today = clock.today()
    return [
        {"row": row, "kind": FollowUpKind(row.kind).label, "late": row.done_at is None and row.due < today}
        for row in rows
    ]


def referrals(complaint: Complaint) -> list[dict[str, object]]:
    """To whom the report was passed on, and what came of it."""
    names = law(complaint.case.received_at).authorities
    rows = complaint.referrals.select_related("letter").order_by("pk")
    return [{"row": row, "to": names.get(row.authority, {}).get("name", row.authority)} for row in rows]


def field(complaint: Complaint) -> dict[str, object]:
    """The second tab: visits with their teams, minutes, report, follow-up."""
    team = Prefetch("team", TeamMember.objects.select_related("person").order_by("-lead", "pk"))
    minutes = Prefetch("minutes", Minutes.objects.select_related("document").order_by("at", "pk"))
    tasks = VerificationTask.objects.filter(incident=complaint.incident_id).select_related("letter")
    reports = Report.objects.filter(incident=complaint.incident_id).select_related("signed_by", "document")
    found = list(reports.order_by("-pk")[:6])
    approvers = people.names({one.approved_by for one in found if one.approved_by})
    return {
        "visits": [
            {"task": task, "looked": looked_at(task, complaint)}
            for task in tasks.prefetch_related(team, minutes).order_by("-pk")
        ],
        "minutes_words": dict(MinutesKind.choices()),
        "reports": [
            {
                "row": one,
                "finding": Finding(one.finding).label,
                "approver": approvers.get(one.approved_by, ""),
            }
            for one in found
        ],
        "follow_ups": follow_ups(complaint),
    }


def papers(complaint: Complaint) -> dict[str, object]:
    """The fourth tab: evidence, documents, messages sent."""
    evidence = list(complaint.attachments.select_related("original", "public_file").order_by("pk"))
    checkers = people.names({piece.blur_checked_by for piece in evidence if piece.blur_checked_by})
    return {
        "evidence": [{"row": one, "checker": checkers.get(one.blur_checked_by, "")} for one in evidence],
        "documents": list(documents.of_case(complaint.case_id)),
        "messages_sent": [_message(row) for row in notify.of_case(complaint.case_id).order_by("-pk")[:30]],
    }


SENDING = {
    "queued": (gettext_lazy("menunggu"), ""),
    "sent": (gettext_lazy("terkirim"), "ok"),
    "failed": (gettext_lazy("dicoba lagi"), "warn"),
    "dead": (gettext_lazy("gagal"), "bad"),
}
CHANNELS = {
    "whatsapp": "WhatsApp",
    "sms": "SMS",
    "email": gettext_lazy("surel"),
    "app": gettext_lazy("kotak pesan"),
}


def _message(row) -> dict[str, object]:
    label, tone = SENDING.get(row.state, (row.state, ""))
    return {
        "subject": row.subject or row.template,
        "channel": CHANNELS.get(row.channel, row.channel),
        "state": label,
        "tone": tone,
        "at": row.sent_at or row.created_at,
    }


def trail(complaint: Complaint) -> dict[str, object]:
    """The last tab: the history, newest first, up to `TRAIL` entries, and the clocks that have ended."""
    found = cases.latest_steps(complaint.case_id, TRAIL + 1)
    ended = [timer for timer in complaint.case.timers.all() if timer.stopped_at]
    return {
        "steps": steps(found[:TRAIL], complaint.channel),
        "more_steps": len(found) > TRAIL,
        "ended": [_ended(timer) for timer in sorted(ended, key=lambda timer: timer.stopped_at)],
    }


def _ended(timer: cases.Timer) -> dict[str, object]:
    limit = Limit(timer.amount, timer.unit)
    late = limit.is_late(timer.due_at, timer.stopped_at)
    return {
        "label": COMPLAINT.clock(timer.code).label,
        "limit": ordinal(timer),
        "timer": timer,
        "late": late,
        "last_day": last_day(timer),
    }
