"""What programs do: clients file and comment by Open311; keys are given out and taken back."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from sekata.kernel.cases import actions as cases
from sekata.kernel.journal.actions import action
from sekata.kernel.notify import actions as notify
from sekata.kernel.people import queries as people
from sekata.kernel.people import vault
from sekata.lib import clock
from sekata.lib.actor import CLIENT, Actor
from sekata.lib.numbers import phone
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints.actions.evidence import look_into
from sekata.pillars.environment.complaints.actions.intake import Filed, Filing, Reporter, file
from sekata.pillars.environment.complaints.actions.steps import touch
from sekata.pillars.environment.complaints.codes import Channel, PointSource, Precision, ReporterMode
from sekata.pillars.environment.complaints.models import Client, Complaint, ForeignUpdate
from sekata.pillars.environment.complaints.queries import machine
from sekata.pillars.environment.complaints.queries.law import Law, law
from sekata.pillars.environment.complaints.rights import CLIENT_OWN, HEADS
from sekata.pillars.environment.complaints.standards import open311
from sekata.pillars.environment.complaints.standards.fixmystreet import PostedUpdate

SAME_WITHIN = timedelta(hours=24)
FOREIGN_ID = "fixmystreet_id"


def client_actor(client: Client) -> Actor:
    """The machine client as an actor."""
    return Actor(kind=CLIENT, name=client.name, client=client.pk, via="open311")


@action(right=HEADS, event="complaints.client.registered", keeps=("name", "contact"))
def _register(*, actor: Actor, name: str, contact: str, key: str, at: datetime) -> Client:
    return Client.objects.create(
        name=name, contact=contact, key_hash=vault.lookup("open311", key), made_at=at
    )


def register_client(
    *, actor: Actor, name: str, contact: str, at: datetime | None = None
) -> tuple[Client, str]:
    """A new machine client and its api_key, which is shown once: only a keyed hash of it is kept."""
    key = secrets.token_urlsafe(24)
    return _register(actor=actor, name=name.strip(), contact=contact.strip(), key=key, at=at), key


@action(right=HEADS, event="complaints.client.closed", on="client", watches=("active",))
def close_client(*, actor: Actor, client: Client, at: datetime) -> Client:
    """The client's key opens nothing any more; what it filed stays."""
    client.active = False
    client.save(update_fields=["active"])
    return client


@dataclass(frozen=True)
class Posting(Filing):
    """A filing by a client.

    Sent: digest of all that was sent, so that the same key with another body is a conflict.
    """

    sent: str = ""

    def fingerprint(self) -> dict[str, object]:
        return super().fingerprint() | {"sent": self.sent}


def post_request(
    *,
    client: Client,
    posted: open311.Posted,
    files: Sequence[UploadedFile] = (),
    key: str = "",
    at: datetime | None = None,
) -> Filed:
    """File what an Open311 client sends (GeoReport v2, POST Service Request).

    The same Idempotency-Key is the same request for ever; without one, the same service, place and
    description from the same client within 24 hours is. media_url is kept as text among the external
    references: nothing is fetched from outside. What the standard has no field for is taken from the type
    (the media affected) and from the moment (when it was noticed). The receipt with the tracking code goes to
    whatever address was given.
    """
    at = at or clock.now()
    submission = _keyed(client, key) if key else _fresh_submission(client, posted, at)
    earlier = None if key else machine.by_submission(submission)
    if earlier is not None:
        return Filed(earlier, "", again=True)
    reporter = _reporter(posted)
    anonymous = reporter.mode == ReporterMode.ANONYMOUS
    accepted = tuple(look_into(one, anonymous=anonymous) for one in files)
    filing = _posting(client, posted, submission, law(at), at, accepted)
    return file(actor=client_actor(client), filing=filing, reporter=reporter, at=at)


def _keyed(client: Client, key: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"sekata:open311:{client.pk}:key:{key}")


def _fresh_submission(client: Client, posted: open311.Posted, at: datetime) -> UUID:
    """The id of this content today, or yesterday's where that is not 24 hours old.

    Two at once get the same one.
    """
    place = [posted.lat, posted.long, posted.address, posted.address_id]
    content = json.dumps([posted.service_code, place, posted.description])
    digest = hashlib.sha256(content.encode()).hexdigest()
    today = at.astimezone(clock.WIB).date()
    ids = [
        uuid5(NAMESPACE_URL, f"sekata:open311:{client.pk}:{digest}:{day}")
        for day in (today, today - timedelta(days=1))
    ]
    yesterday = machine.by_submission(ids[1])
    recent = yesterday is not None and yesterday.case.received_at > at - SAME_WITHIN
    return ids[1] if recent else ids[0]


def _reporter(posted: open311.Posted) -> Reporter:
    """named needs a name and a contact.

    Who tells less is confidential, who tells nothing anonymous. Shared with nobody.
    """
    number = phone.parse(posted.phone) if posted.phone else ""
    if posted.email:
        _check_email(posted.email)
    contact = bool(number or posted.email)
    mode = ReporterMode.CONFIDENTIAL if contact or posted.name else ReporterMode.ANONYMOUS
    if posted.name and contact:
        mode = ReporterMode.NAMED
    return Reporter(mode=mode, name=posted.name[:120], phone=number, email=posted.email, share_with=())


def _check_email(text: str) -> None:
    try:
        validate_email(text)
    except ValidationError:
        raise Refused.because("bad_email", "email is not an e-mail address", "email", status=400) from None


def _posting(
    client: Client, posted: open311.Posted, submission: UUID, rulebook: Law, at: datetime, files: tuple
) -> Posting:
    check_service(rulebook, posted.service_code)
    point = machine.check_point(posted.lat, posted.long) if posted.lat is not None else None
    village = machine.check_village(posted.address_id, "address_id") if posted.address_id else ""
    told = open311.answers(rulebook.attributes(posted.service_code), posted.attributes)
    return Posting(
        submission=submission,
        service_code=posted.service_code,
        channel=Channel.OPEN311,
        description=posted.description,
        point=point,
        point_source=PointSource.MAP_PIN,
        address_text=posted.address,
        village_code=village or ("" if point else machine.noticed_village(posted.address)),
        media=media_of(rulebook, posted.service_code),
        first_seen_at=at,
        precision=Precision.DAY,
        attributes=told,
        files=files,
        external_refs=tuple(_references(posted)),
        client=client.pk,
        sent=hashlib.sha256(repr(posted).encode()).hexdigest(),
    )


def check_service(rulebook: Law, code: str) -> None:
    """Refuse (404) a type that does not exist or is retired; the latter names its replacement."""
    row = rulebook.service(code)
    if row is None:
        raise Refused.because("unknown_service", "service_code was not found", "service_code", status=404)
    if row["replacement"]:
        message = f"service_code {code} is retired; use {row['replacement']}"
        raise Refused.because("retired_service", message, "service_code", status=404)


def media_of(rulebook: Law, service_code: str) -> tuple[str, ...]:
    """The media that a type of complaint always concerns, for channels that do not ask."""
    service = rulebook.services.get(service_code)
    row = rulebook.table("media_of_group").get(service["group"]) if service else None
    return tuple(row["media"]) if row else ()


def _references(posted: open311.Posted) -> Iterable[dict[str, str]]:
    yield from ({"system": "media_url", "id": url} for url in posted.media_urls)
    for value in posted.attributes.get(FOREIGN_ID, ())[:1]:
        yield {"system": "fixmystreet", "id": value[:80]}


def post_update(*, client: Client, posted: PostedUpdate, at: datetime | None = None) -> str:
    """Take what a client says about its own request into the case's history; returns our id of it.

    The same update_id is taken once. A comment on a closed case reaches the office as well: whoever holds the
    case, else the intake desk, finds it in the message box.
    """
    at = at or clock.now()
    known = ForeignUpdate.objects.filter(client=client, update_id=posted.update_id).first()
    if known is None:
        rows = Complaint.objects.select_related("case")
        complaint = rows.filter(client=client, case__number=posted.number).first()
        if complaint is None:
            message = "service_request_id was not found among your own requests"
            raise Refused.because("unknown_request", message, "service_request_id", status=404)
        known = _take_update(
            actor=client_actor(client), complaint=complaint, posted=posted, client=client, at=at
        )
    return f"F{known.pk}"


@action(right=CLIENT_OWN, event="complaints.foreign_update", on="complaint")
def _take_update(
    *, actor: Actor, complaint: Complaint, posted: PostedUpdate, client: Client, at: datetime
) -> ForeignUpdate:
    try:
        with transaction.atomic():
            update = ForeignUpdate.objects.create(
                client=client, complaint=complaint, update_id=posted.update_id, status=posted.status,
                description=posted.description, updated_at=posted.at, received_at=at,
            )  # fmt: skip
    except IntegrityError:  # the same update at the same moment
        return ForeignUpdate.objects.get(client=client, update_id=posted.update_id)
    words = cases.Words(reason=f"{client.name} ({posted.status}): {posted.description}")
    cases.note(actor=actor, case=complaint.case, at=at, name="foreign_update", words=words)
    touch(complaint, at)
    facts = {"number": complaint.case.number, "client": client.name}
    told = _who_is_told(complaint, at)
    notify.tell_many(
        template="complaints.foreign_update", facts=facts, people=told, at=at, case=complaint.case_id
    )
    return update


def _who_is_told(complaint: Complaint, at: datetime) -> list[int]:
    if complaint.case.holder_id:
        return [complaint.case.holder_id]
    return people.holders("complaints_intake", complaint.case.unit_id, at.astimezone(clock.WIB).date())
