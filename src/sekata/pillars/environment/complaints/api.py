"""Complaints as typed JSON: filing, following by tracking code, the public list, the types of complaint.

Sentences for people are Indonesian, those about the form of a request English; codes are stable. Texts lose
control characters before anything else.
"""

from datetime import date, datetime, timedelta
from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from ninja import Field, Header, Path, Query, Router, Schema, Status
from pydantic import AfterValidator, AwareDatetime, ConfigDict, StringConstraints

from sekata.kernel.cases import queries as cases
from sekata.kernel.units import queries as units
from sekata.lib import clock, codes
from sekata.lib.numbers import nik, phone
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.actions import Filing, Reporter, file
from sekata.pillars.environment.complaints.actions.tracking import WITHIN, open_by_code
from sekata.pillars.environment.complaints.codes import (
    Channel,
    Group,
    Media,
    PointSource,
    Precision,
    StateCode,
)
from sekata.pillars.environment.complaints.codes import ReporterMode as Mode
from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.queries import machine
from sekata.pillars.environment.complaints.queries.law import law
from sekata.pillars.environment.complaints.queries.public import placements
from sekata.pillars.environment.complaints.rights import FILE
from sekata.pillars.environment.complaints.standards import open311
from sekata.pillars.environment.complaints.workflow import COMPLAINT
from sekata.web.doors import door

router = Router(tags=["complaints"])

NUMBER = r"^PLH-\d{4}-\d{4}-\d{6}$"
CODE = r"^[A-Za-z0-9]{1,8}$"


def _text(most: int, least: int = 0):
    """A text of at most `most` characters, without signs that no database or page can carry."""
    limits = StringConstraints(max_length=most, min_length=least)
    return Annotated[str, limits, AfterValidator(open311.speakable)]


def _sane(at: datetime) -> datetime:
    if not open311.EARLIEST <= at <= open311.LATEST:
        raise ValueError("tanggal di luar jangkauan")
    return at


Moment = Annotated[AwareDatetime, AfterValidator(_sane)]


class In(Schema):
    """What comes in says nothing that is not asked for."""

    model_config = ConfigDict(extra="forbid")


class PointIn(In):
    """A place in degrees (WGS84)."""

    lat: float = Field(description="Latitude", ge=-90, le=90)
    lon: float = Field(description="Longitude", ge=-180, le=180)
    accuracy_m: int | None = Field(
        None, description="Accuracy as the device tells it, in metres", ge=0, le=1_000_000
    )
    source: PointSource = Field(PointSource.MAP_PIN, description="Where the coordinates came from")


class ReporterIn(In):
    """Who reports and how he or she wishes to be treated. Of an anonymous reporter nothing is kept."""

    mode: Mode = Field(Mode.ANONYMOUS, description="named, confidential (identity locked away) or anonymous")
    name: _text(120) = Field("", description="Full name")
    phone: _text(40) = Field("", description="Telephone; 08..., 62... or +...")
    email: _text(200) = Field("", description="E-mail address")
    address: _text(300) = Field("", description="Address of the reporter")
    nik: _text(20) = Field("", description="National identity number, 16 digits; never required")


class FilingIn(In):
    """A complaint.

    What is still needed is asked afterwards: a report is never rejected for being short of something.
    """

    service_code: str = Field(description="Type of complaint, from /service-types", pattern=CODE)
    description: _text(4000) = Field("", description="What happened, 20 to 4000 characters")
    title: _text(120) = Field("", description="A headline; the type's name if empty")
    point: PointIn | None = Field(None, description="Where it happened")
    village_code: str = Field(
        "", description="Home Affairs code of the village", pattern=r"^(\d\d\.\d\d\.\d\d\.[12]\d{3})?$"
    )
    address_text: _text(500) = Field("", description="How to get there, in words")
    media_affected: list[Media] = Field([], description="What is harmed", max_length=7)
    incident_at: Moment | None = Field(None, description="When it happened")
    precision: Precision = Field(Precision.EXACT, description="How precisely the time is known")
    first_seen_at: Moment | None = Field(None, description="When the reporter noticed it")
    attributes: dict[_text(40), list[_text(500)]] = Field(
        {}, description="Answers to the type's questions", max_length=40
    )
    suspected_source: _text(1000) = Field("", description="Whom or what the reporter suspects")
    desired_settlement: _text(1000) = Field("", description="What the reporter wishes")
    reporter: ReporterIn = Field(default_factory=ReporterIn, description="Who reports")


class Due(Schema):
    """Last days of the limits that run, in the regency's calendar."""

    review: date | None = Field(None, description="Reviewed, or passed on to the competent authority")
    total: date | None = Field(None, description="Answered")


class FiledOut(Schema):
    """What the reporter must keep: the code is shown here and in the receipt, and is stored nowhere."""

    number: str = Field(description="Number of the complaint")
    code: str = Field(description="Tracking code, the only key of an anonymous reporter")
    state: StateCode = Field(description="Where it stands")
    due: Due = Field(description="Last days of the limits")
    tracking_url: str = Field(description="Page on which the code is typed")


class Said(Schema):
    """An entry of the timeline."""

    at: datetime = Field(description="When")
    state: StateCode = Field(description="State after it")
    says: str = Field(description="What happened, in plain words")


class Asked(Schema):
    """A question of the office to the reporter."""

    text: str = Field(description="The question")
    asked_at: datetime = Field(description="When it was asked")
    answered: bool = Field(description="Whether it has been answered")


class TrackedOut(Schema):
    """A complaint as its reporter sees it."""

    number: str = Field(description="Number of the complaint")
    title: str = Field(description="Headline")
    service_code: str = Field(description="Type of complaint")
    state: StateCode = Field(description="State")
    state_name: str = Field(description="Official name of the state")
    says: str = Field(description="What the state means, in plain words")
    received_at: datetime = Field(description="When it came in")
    unit: str = Field(description="Office that handles it now")
    due: Due = Field(description="Last days of the limits that run")
    merged_into: str | None = Field(None, description="Number of the complaint it was joined to")
    timeline: list[Said] = Field(description="What has happened, oldest first")
    questions: list[Asked] = Field(description="Questions to the reporter")


class PointOut(Schema):
    """A public place: the centre of a cell of 0.005 degrees unless `exact`."""

    lat: float = Field(description="Latitude")
    lon: float = Field(description="Longitude")
    exact: bool = Field(description="Whether it is the place itself")


class PublicOut(Schema):
    """A published complaint."""

    number: str = Field(description="Number of the complaint")
    service_code: str = Field(description="Type of complaint")
    service_name: str = Field(description="Name of the type")
    group: Group = Field(description="Group of the type")
    state: StateCode = Field(description="State")
    state_name: str = Field(description="Official name of the state")
    month: str = Field(description="Month in which it came in, YYYY-MM")
    village: str = Field(description="Village, empty if unknown")
    public_text: str = Field(description="The reviewer's words, which name nobody")
    point: PointOut | None = Field(None, description="Public place, if it may be shown")


class PageOut(Schema):
    """A page of published complaints, the latest first."""

    results: list[PublicOut] = Field(description="Complaints")
    next: int | None = Field(None, description="`before` of the next page; nothing at the end")


class Choice(Schema):
    """A possible answer."""

    key: str = Field(description="What is sent")
    name: str = Field(description="What is shown")


class Question(Schema):
    """A question of a type of complaint."""

    code: str = Field(description="Key in `attributes`")
    text: str = Field(description="The question")
    datatype: str = Field(description="string, text, number, datetime, singlevaluelist or multivaluelist")
    required: bool = Field(description="Whether an answer is required")
    choices: list[Choice] = Field(description="Possible answers of a list")


class ServiceOut(Schema):
    """A type of complaint."""

    code: str = Field(description="service_code")
    name: str = Field(description="Indonesian name")
    name_en: str = Field(description="English name")
    group: Group = Field(description="Group")
    questions: list[Question] = Field(description="Further questions")


class Why(Schema):
    """A reason for a refusal."""

    code: str = Field(description="Stable code")
    message: str = Field(description="A sentence for a person")
    field: str = Field(description="Field it belongs to, empty for the whole")


class Problem(Schema):
    """The act was refused; nothing of it was kept."""

    reasons: list[Why] = Field(description="Why")


class Unreadable(Schema):
    """The body is no JSON."""

    detail: str = Field(description="What is wrong with it")


def _refusals(*statuses: int) -> dict[int, object]:
    return {status: Problem for status in (*statuses, 422)}


@router.post(
    "/",
    response={201: FiledOut, 200: FiledOut, 400: Unreadable} | _refusals(404, 409),
    summary="File a complaint",
)
@door(FILE)
def file_complaint(
    request: HttpRequest,
    body: FilingIn,
    idempotency_key: Annotated[
        UUID, Header(alias="Idempotency-Key", description="The submission: the same again is the same")
    ],
):
    """File a complaint.

    The same Idempotency-Key with the same content gives the same answer (200 instead of 201).
    """
    at = clock.now()
    filed = file(
        actor=request.actor,
        filing=_filing(body, idempotency_key, at),
        reporter=_reporter(body.reporter, at),
        at=at,
    )
    case = filed.complaint.case
    url = request.build_absolute_uri(f"/lacak/{case.number}/")
    answer = FiledOut(
        number=case.number,
        code=codes.shown(filed.code),
        state=case.state,
        due=_due(filed.complaint),
        tracking_url=url,
    )
    return Status(200 if filed.again else 201, answer)


def _filing(body: FilingIn, submission: UUID, at: datetime) -> Filing:
    if body.incident_at and body.incident_at > at:
        raise Refused(rules.content.FUTURE)
    given = {code: tuple(values) for code, values in body.attributes.items()}
    point = machine.check_point(body.point.lat, body.point.lon, 422, machine.DI_LUAR) if body.point else None
    return Filing(
        submission=submission,
        service_code=body.service_code,
        channel=Channel.WEB,
        description=body.description,
        title=body.title,
        point=point,
        point_source=body.point.source if body.point else PointSource.MAP_PIN,
        accuracy_m=body.point.accuracy_m if body.point else None,
        village_code=machine.check_village(body.village_code, "village_code", 422)
        if body.village_code
        else "",
        address_text=body.address_text,
        media=tuple(dict.fromkeys(one.value for one in body.media_affected)),
        incident_at=body.incident_at,
        precision=body.precision,
        first_seen_at=body.first_seen_at,
        attributes=open311.answers(law(at).attributes(body.service_code), given, 422),
        suspected_source=body.suspected_source,
        desired_settlement=body.desired_settlement,
    )


def _reporter(told: ReporterIn, at: datetime) -> Reporter:
    """Numbers as they are stored; of an anonymous reporter nothing is even looked at."""
    if told.mode == Mode.ANONYMOUS:
        return Reporter(Mode.ANONYMOUS)
    today = at.astimezone(clock.WIB).date()
    return Reporter(
        mode=told.mode,
        name=told.name.strip(),
        phone=phone.parse(told.phone) if told.phone.strip() else "",
        email=_email(told.email.strip()),
        address=told.address.strip(),
        nik=nik.parse(told.nik, today).value if told.nik.strip() else "",
    )


def _email(text: str) -> str:
    try:
        if text:
            validate_email(text)
    except ValidationError:
        raise Refused.because("email_invalid", "Tulis alamat surel yang lengkap.", "email") from None
    return text


def _due(complaint: Complaint) -> Due:
    running = {timer.code: timer for timer in cases.timers(complaint.case) if timer.stopped_at is None}
    return Due(review=_last_day(running.get("review")), total=_last_day(running.get("total")))


def _last_day(timer: cases.Timer | None) -> date | None:
    """The day at whose end the limit ends."""
    return (timer.due_at - timedelta(microseconds=1)).astimezone(clock.WIB).date() if timer else None


@router.get("/service-types", response=list[ServiceOut], summary="Types of complaint")
@door(FILE)
def service_types(request: HttpRequest):
    """The types of complaint in force today with their questions."""
    rulebook = law(clock.now())
    return [
        {
            "code": code,
            "name": row["name"],
            "name_en": row["name_en"],
            "group": row["group"],
            "questions": [_question(asked) for asked in rulebook.attributes(code)],
        }
        for code, row in rulebook.services.items()
        if not row["replacement"]
    ]


def _question(row) -> dict[str, object]:
    named = {name: row[name] for name in ("code", "datatype", "required")}
    return named | {"text": row["description"], "choices": list(row["values"])}


@router.get("/", response={200: PageOut, 422: Problem}, summary="Published complaints")
@door(FILE)
def list_published(
    request: HttpRequest,
    service_code: Annotated[str | None, Query(description="Only this type", pattern=CODE)] = None,
    group: Annotated[Group | None, Query(description="Only this group")] = None,
    before: Annotated[int | None, Query(description="`next` of the page before", ge=1, le=2**62)] = None,
    limit: Annotated[int, Query(description="Complaints of a page", ge=1, le=100)] = 30,
):
    """Published complaints, the latest first, a page at a time."""
    found = machine.published_page(service_code or "", group or "", before, limit + 1)
    page = found[:limit]
    return {"results": [_public(one) for one in page], "next": page[-1].pk if len(found) > limit else None}


def _public(complaint: Complaint) -> dict[str, object]:
    rulebook, case = law(clock.now()), complaint.case
    point = rules.Point(complaint.lat, complaint.lon) if complaint.lat is not None else None
    place = rules.public_place(
        complaint.service_code, complaint.reporter_mode, point, rulebook.precision, placements(complaint)
    )
    village = units.areas().get(complaint.village_code)
    return {
        "number": case.number,
        "service_code": complaint.service_code,
        "service_name": rulebook.services.get(complaint.service_code, {}).get("name", ""),
        "group": complaint.group,
        "state": case.state,
        "state_name": StateCode(case.state).label,
        "month": case.received_at.astimezone(clock.WIB).strftime("%Y-%m"),
        "village": village.name if village else "",
        "public_text": complaint.public_text,
        "point": {"lat": place.point.lat, "lon": place.point.lon, "exact": place.exact} if place else None,
    }


@router.get("/{number}", response={200: TrackedOut} | _refusals(404, 429), summary="Follow a complaint")
@door(FILE)
def track(
    request: HttpRequest,
    response: HttpResponse,
    number: Annotated[str, Path(description="Number of the complaint", pattern=NUMBER)],
    tracking_code: Annotated[
        str, Header(alias="Tracking-Code", description="The code from the receipt", max_length=40)
    ],
):
    """A complaint by number and tracking code.

    Ten wrong codes of one sender within an hour close this door for an hour.
    """
    try:
        complaint = open_by_code(
            number=number, code=open311.speakable(tracking_code), sender=sender(request), at=clock.now()
        )
    except Refused as refusal:
        if refusal.status == 429:
            response["Retry-After"] = str(int(WITHIN.total_seconds()))
            reasons = [
                {"code": why.code, "message": why.message, "field": why.field} for why in refusal.reasons
            ]
            return Status(429, {"reasons": reasons})
        raise
    return _tracked(complaint)


def sender(request: HttpRequest) -> str:
    """The address that tries are counted by; behind a proxy the one that the proxy saw."""
    seen = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip()
    return seen if settings.SEKATA.behind_proxy and seen else request.META.get("REMOTE_ADDR", "")


def _tracked(complaint: Complaint) -> dict[str, object]:
    case, state = complaint.case, COMPLAINT.state(complaint.case.state)
    lead = complaint.incident.lead
    return {
        "number": case.number,
        "title": case.title,
        "service_code": complaint.service_code,
        "state": case.state,
        "state_name": state.label,
        "says": state.says,
        "received_at": case.received_at,
        "unit": case.unit.name,
        "due": _due(complaint),
        "merged_into": lead.case.number if lead.pk != complaint.pk else None,
        "timeline": [{"at": s.at, "state": s.target, "says": s.says} for s in cases.public_history(case)],
        "questions": [
            {"text": q.text, "asked_at": q.asked_at, "answered": q.answered_at is not None}
            for q in complaint.questions.order_by("pk")
        ],
    }
