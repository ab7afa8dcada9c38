"""Service requests as an Open311 client may see them.

A client sees its own submissions whole, everybody sees published cases: the reviewer's words and the public
point (R13). Of the reporter nobody sees anything, and whatever else exists is as if it did not.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from sekata.kernel.cases import queries as cases
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.codes import OPEN311_CLOSED, StateCode, open311_status
from sekata.pillars.environment.complaints.models import Attachment, Client, Complaint
from sekata.pillars.environment.complaints.queries.law import Law, law
from sekata.pillars.environment.complaints.queries.public import placements
from sekata.pillars.environment.complaints.standards import open311
from sekata.pillars.environment.complaints.workflow import COMPLAINT

MERGED_CLOSED = Q(case__state=StateCode.MERGED, incident__lead__case__state__in=OPEN311_CLOSED)
CLOSED = Q(case__state__in=OPEN311_CLOSED) | MERGED_CLOSED


def services() -> list[dict[str, object]]:
    """The service types in force today, retired ones left out."""
    rulebook = law(clock.now())
    asked = {row["service"] for row in rulebook.table("attribute").values()}
    return [
        open311.service(code, row, code in asked)
        for code, row in rulebook.services.items()
        if not row["replacement"]
    ]


def visible(client: Client | None) -> QuerySet[Complaint]:
    """What `client` (None: anybody) may see."""
    seen = Q(published=True) | Q(client=client) if client else Q(published=True)
    return Complaint.objects.filter(seen)


def requests(asked: open311.Asked, client: Client | None, base: str) -> list[dict[str, object]]:
    """A page of requests, the latest change first. Statements do not grow with the page."""
    rows = visible(client)
    wanted = (
        rows.filter(case__number__in=asked.ids) if asked.ids else _narrowed(_in_window(rows, asked), asked)
    )
    skip = (asked.page - 1) * asked.page_size
    page = wanted.order_by("-changed_at", "-pk")[skip : skip + asked.page_size]
    return _described(page, client, base)


def _in_window(rows: QuerySet[Complaint], asked: open311.Asked) -> QuerySet[Complaint]:
    """Requested or updated within the window: each half goes through its own index."""
    window = (asked.start, asked.end)
    changed = rows.filter(changed_at__range=window).values("pk")
    received = rows.filter(case__received_at__range=window, case__workflow=COMPLAINT.code).values("pk")
    return rows.filter(pk__in=changed.union(received))


def _narrowed(rows: QuerySet[Complaint], asked: open311.Asked) -> QuerySet[Complaint]:
    if asked.services:
        rows = rows.filter(service_code__in=asked.services)
    if asked.updated_after:
        rows = rows.filter(changed_at__gt=asked.updated_after)
    if set(asked.statuses) == {"closed"}:
        rows = rows.filter(CLOSED)
    if set(asked.statuses) == {"open"}:
        rows = rows.exclude(case__state__in=OPEN311_CLOSED).exclude(
            case__state=StateCode.MERGED, incident__lead__case__state__in=OPEN311_CLOSED
        )
    return rows


def one_request(number: str, client: Client | None, base: str) -> list[dict[str, object]]:
    """A single request as the list of one that clients expect; 404 for all that may not be seen."""
    found = _described(visible(client).filter(case__number=number), client, base)
    if not found:
        raise Refused.because(
            "unknown_request", "service_request_id was not found", "service_request_id", status=404
        )
    return found


def by_submission(submission: UUID) -> Complaint | None:
    """The complaint that came of a submission."""
    return Complaint.objects.select_related("case", "client").filter(submission=submission).first()


@dataclass(frozen=True)
class _Sight:
    """What all rows of a page are described with."""

    client: int | None
    base: str
    law: Law
    due: Mapping[int, object]
    photos: Mapping[int, list[int]]


def _described(rows: QuerySet[Complaint], client: Client | None, base: str) -> list[dict[str, object]]:
    found = list(rows.select_related("case", "incident__lead__case"))
    sight = _Sight(
        client=client.pk if client else None,
        base=base,
        law=law(clock.now()),
        due=cases.running([one.case_id for one in found], ["total"]),
        photos=_photos(found),
    )
    return [_request(one, sight) for one in found]


def _photos(rows: Iterable[Complaint]) -> dict[int, list[int]]:
    """complaint -> its photos of which a checked bare copy exists."""
    found: dict[int, list[int]] = {}
    pieces = Attachment.objects.filter(
        complaint__in=list(rows), kind="photo", public_file__isnull=False, blur_checked_by__isnull=False
    )
    for complaint, piece in pieces.order_by("pk").values_list("complaint_id", "pk"):
        found.setdefault(complaint, []).append(piece)
    return found


def _request(complaint: Complaint, sight: _Sight) -> dict[str, object]:
    case, lead = complaint.case, complaint.incident.lead.case
    own = sight.client is not None and complaint.client_id == sight.client
    shown = lead.state if case.state == StateCode.MERGED else case.state
    point = _point(complaint, own, sight.law)
    timer = sight.due.get(case.pk)
    service = sight.law.services.get(complaint.service_code, {})
    authority = sight.law.authorities.get(complaint.competent_authority, {})
    photos = sight.photos.get(complaint.pk, []) if own or complaint.published else []
    return {
        "service_request_id": case.number,
        "status": open311_status(case.state, lead.state),
        "status_notes": COMPLAINT.state(shown).says,
        "service_name": service.get("name", complaint.service_code),
        "service_code": complaint.service_code,
        "description": complaint.description if own else complaint.public_text,
        "agency_responsible": authority.get("name"),
        "service_notice": None,
        "requested_datetime": open311.moment(case.received_at.astimezone(clock.WIB)),
        "updated_datetime": open311.moment(complaint.changed_at.astimezone(clock.WIB)),
        "expected_datetime": open311.moment(timer.due_at.astimezone(clock.WIB)) if timer else None,
        "address": _address(complaint, own),
        "address_id": complaint.village_code or None,
        "zipcode": None,
        "lat": point.lat if point else None,
        "long": point.lon if point else None,
        "media_url": f"{sight.base}open311/media/{photos[0]}.jpg" if photos else None,
    }


def _point(complaint: Complaint, own: bool, rulebook: Law) -> rules.Point | None:
    """The true point for whoever submitted it, the public one (R13) for all others."""
    point = rules.Point(complaint.lat, complaint.lon) if complaint.lat is not None else None
    if own:
        return point
    place = rules.public_place(
        complaint.service_code, complaint.reporter_mode, point, rulebook.precision, placements(complaint)
    )
    return place.point if place else None


def _address(complaint: Complaint, own: bool) -> str | None:
    village = units.areas().get(complaint.village_code)
    words = (complaint.address_text if own else "", village.name if village else "")
    return ", ".join(filter(None, words)) or None


def picture(attachment: int, client: Client | None) -> str | None:
    """SHA-256 of the bare copy of a checked photo of a case that the client may see (R12)."""
    found = Attachment.objects.filter(
        pk=attachment, public_file__isnull=False, blur_checked_by__isnull=False, complaint__in=visible(client)
    )
    return found.values_list("public_file_id", flat=True).first()


def by_code(number: str, tracking: str) -> Complaint | None:
    """The complaint of that number which the hashed code opens: its reporter's code, or a supporter's."""
    rows = Complaint.objects.select_related("case__unit", "incident__lead__case")
    opened = Q(case__tracking=tracking) | Q(supporters__tracking=tracking)
    return rows.filter(opened, case__number=number).first()


def published_page(service_code: str, group: str, before: int | None, size: int) -> list[Complaint]:
    """Published complaints, the latest first, those before a key.

    One page more costs no more than the first.
    """
    rows = Complaint.objects.select_related("case", "incident__lead__case").filter(published=True)
    if service_code:
        rows = rows.filter(service_code=service_code)
    if group:
        rows = rows.filter(group=group)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk")[:size])
