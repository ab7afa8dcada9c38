"""Evidence: originals sealed as they came, bare copies for the public, publication after a look."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from sekata.kernel.documents import actions as documents
from sekata.kernel.documents import store, uploads
from sekata.kernel.documents.uploads import Accepted
from sekata.kernel.journal.actions import action
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.actions.steps import touch
from sekata.pillars.environment.complaints.codes import ReporterMode
from sekata.pillars.environment.complaints.models import Attachment, Complaint
from sekata.pillars.environment.complaints.rights import DESK, INSPECT, REPORTER, REVIEW
from sekata.pillars.environment.complaints.standards import recordings

MOST_FILES = 10
KINDS = ("photo", "video", "audio", "document")


def look_into(upload: UploadedFile, kinds: tuple[str, ...] = KINDS, anonymous: bool = False) -> Accepted:
    """An upload that is what it claims, by the house's checks; sound is told by its own head first.

    Refused by the field's own sentence; anonymous: photographs lose serial numbers, owner and maker.
    """
    mime = recordings.sound_type(upload.read(recordings.LOOKED_AT))
    upload.seek(0)
    if not mime or "audio" not in kinds:
        return uploads.accept(upload, kinds, anonymous)
    name, content = upload.name or "rekaman", upload.read(uploads.LIMITS["audio"] + 1)
    if len(content) > uploads.LIMITS["audio"]:
        most = uploads.LIMITS["audio"] // uploads.MB
        raise Refused.because("upload_size", f"“{name}” lebih dari {most} MB.", "files", status=400)
    return Accepted(name, "audio", mime, content)


def keep_evidence(
    complaint: Complaint, files: Iterable[Accepted], actor: Actor, at: datetime, own: bool = False
) -> list[Attachment]:
    """Store accepted uploads with what their EXIF says; the same file twice is one piece.

    own: the office's evidence. What an anonymous person sends loses its traces of owner and device before it is
    sealed (R2); photographs have lost theirs on the way in.
    """
    files = [_bare(file, complaint, own) for file in files]
    if not files:
        return []
    held = complaint.attachments.count()
    if held + len(files) > MOST_FILES:
        raise Refused.because(
            "too_many", f"Paling banyak {MOST_FILES} berkas; sudah ada {held}.", "files", status=400
        )
    pin = rules.Point(complaint.lat, complaint.lon) if complaint.lat is not None else None
    rows = [_piece(complaint, upload, pin, actor, at) for upload in files]
    return Attachment.objects.bulk_create(rows, ignore_conflicts=True)


def _bare(file: Accepted, complaint: Complaint, own: bool) -> Accepted:
    if own or complaint.reporter_mode != ReporterMode.ANONYMOUS or file.mime not in recordings.MIMES:
        return file
    return replace(file, content=recordings.without_owner(file.content))


def _piece(
    complaint: Complaint, upload: Accepted, pin: rules.Point | None, actor: Actor, at: datetime
) -> Attachment:
    photo = rules.Point(*upload.point) if upload.point else None
    warning = rules.exif_warning(photo, pin)
    return Attachment(
        complaint=complaint,
        kind=upload.kind,
        name=upload.name[-120:],
        original=documents.keep(upload.content, upload.mime, at),
        exif_taken_at=upload.taken_at,
        lat=photo.lat if photo else None,
        lon=photo.lon if photo else None,
        warning=warning.message if warning else "",
        added_by=actor.person,
        added_at=at,
    )


@action(right=REPORTER | DESK | INSPECT, event="complaints.evidence.added", on="complaint")
def attach(
    *, actor: Actor, complaint: Complaint, files: tuple[Accepted, ...], at: datetime
) -> list[Attachment]:
    """Add evidence to a complaint."""
    made = keep_evidence(complaint, files, actor, at, own=actor.is_officer)
    touch(complaint, at)
    return made


@action(right=REVIEW, event="complaints.evidence.checked", on="complaint", keeps=("attachment",))
def check_blur(*, actor: Actor, complaint: Complaint, attachment: Attachment, at: datetime) -> Attachment:
    """Vouch that no face or number plate can be recognised: only then the bare copy may be shown (R12)."""
    if attachment.kind != "photo":
        raise Refused.because("photo", "Hanya foto yang dapat diterbitkan.")
    copy = uploads.public_copy(store.read(attachment.original_id))
    attachment.public_file = documents.keep(copy, "image/jpeg", at)
    attachment.blur_checked_by = actor.person
    attachment.save(update_fields=["public_file", "blur_checked_by"])
    return attachment


@action(right=REVIEW, event="complaints.published", on="complaint", watches=("published", "public_text"))
def publish(
    *, actor: Actor, complaint: Complaint, public_text: str, published: bool = True, at: datetime
) -> Complaint:
    """Show the case to the public in the reviewer's words, which name nobody."""
    if published and len(public_text.strip()) < 20:
        raise Refused.because(
            "public_text", "Tulis kalimat untuk umum, paling sedikit 20 huruf.", "public_text"
        )
    complaint.public_text, complaint.published = public_text.strip(), published
    complaint.save(update_fields=["public_text", "published"])
    touch(complaint, at)
    return complaint
