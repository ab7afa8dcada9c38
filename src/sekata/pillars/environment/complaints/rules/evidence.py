"""R12 Evidence: files that may come in, custody without a gap, and the copy that may go out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sekata.lib.result import Reason
from sekata.pillars.environment.complaints.codes import AttachmentKind
from sekata.pillars.environment.complaints.rules.terms import Point, bare

MEGABYTE = 1024 * 1024
FILES_MAX = 10
PIXELS_MAX = 50_000_000
PUBLIC_EDGE = 1280
EXIF_DISTANCE_M = 500


@dataclass(frozen=True)
class FileKind:
    """What is accepted of one kind: sniffed media types and the size in bytes."""

    types: frozenset[str]
    size: int


ACCEPTED = {
    AttachmentKind.PHOTO: FileKind(
        frozenset({"image/jpeg", "image/png", "image/webp", "image/heic", "image/heif"}), 15 * MEGABYTE
    ),
    AttachmentKind.VIDEO: FileKind(frozenset({"video/mp4"}), 100 * MEGABYTE),
    AttachmentKind.AUDIO: FileKind(frozenset({"audio/ogg", "audio/mp4", "audio/x-m4a"}), 15 * MEGABYTE),
    AttachmentKind.DOCUMENT: FileKind(frozenset({"application/pdf"}), 15 * MEGABYTE),
}


def kind_of(media_type: str) -> AttachmentKind | None:
    """The kind of a file by its sniffed media type; None if such files are not taken."""
    return next((kind for kind, accepted in ACCEPTED.items() if media_type in accepted.types), None)


def file_reasons(media_type: str, size: int, held: int, pixels: int = 0) -> tuple[Reason, ...]:
    """Reasons against a file. media_type: sniffed from the content; size in bytes; held: files there."""
    kind = kind_of(media_type)
    if kind is None or not size:
        message = "Berkas ini bukan foto, video, rekaman suara, atau PDF yang dapat dibuka"
        return (Reason("file_type", message, "files"),)
    most = ACCEPTED[kind].size
    checks = (
        (held < FILES_MAX, Reason("file_count", f"Paling banyak {FILES_MAX} berkas", "files")),
        (size <= most, Reason("file_size", f"{kind.label} paling besar {most // MEGABYTE} MB", "files")),
        (pixels <= PIXELS_MAX, Reason("file_pixels", "Foto paling besar 50 megapiksel", "files")),
    )
    return tuple(reason for met, reason in checks if not met)


@dataclass(frozen=True)
class Handover:
    """One entry of a custody chain: from whom to whom, when, under which seal, in what condition."""

    giver: str
    receiver: str
    at: datetime
    seal_no: str = ""
    condition: str = ""


def custody_reasons(
    chain: Sequence[Handover], taken_by: str = "", taken_at: datetime | None = None
) -> tuple[Reason, ...]:
    """Gaps of a chain: each giver is the receiver before (first: who took the sample), in order of time."""
    reasons: list[Reason] = []
    holder, since = taken_by, taken_at
    for place, entry in enumerate(chain, start=1):
        if holder and _same(holder) != _same(entry.giver):
            message = f"Serah terima ke-{place} harus dari {holder}, bukan dari {entry.giver}"
            reasons.append(Reason("custody_gap", message, "from"))
        if since is not None and entry.at < since:
            message = f"Serah terima ke-{place} tidak boleh lebih awal dari yang sebelumnya"
            reasons.append(Reason("custody_time", message, "at"))
        holder, since = entry.receiver, entry.at
    return tuple(reasons)


def _same(name: str) -> str:
    return bare(name).casefold()


def exif_warning(photo: Point | None, pin: Point | None) -> Reason | None:
    """A warning for the officer, never for the public: the photo was taken more than 500 m from the pin."""
    if photo is None or pin is None or (distance := photo.metres_to(pin)) <= EXIF_DISTANCE_M:
        return None
    return Reason("exif_far", f"GPS foto berjarak {distance:.0f} m dari titik yang ditunjuk", "point")


def public_size(width: int, height: int) -> tuple[int, int]:
    """Pixels of the public copy: the longer edge at most 1280, the shape kept, never enlarged."""
    longest = max(width, height)
    if longest <= PUBLIC_EDGE:
        return width, height
    return max(1, round(width * PUBLIC_EDGE / longest)), max(1, round(height * PUBLIC_EDGE / longest))


@dataclass(frozen=True)
class PublicCopy:
    """A derivative on its way out. checked_by: who looked for faces and number plates."""

    width: int
    height: int
    has_metadata: bool
    checked_by: str = ""


def publishing_reasons(copy: PublicCopy) -> tuple[Reason, ...]:
    """Reasons against showing a picture to the public."""
    checks = (
        (
            max(copy.width, copy.height) <= PUBLIC_EDGE,
            Reason("copy_size", "Salinan umum paling lebar 1280 piksel"),
        ),
        (not copy.has_metadata, Reason("copy_metadata", "Keterangan di dalam foto belum dihapus")),
        (bool(bare(copy.checked_by)), Reason("copy_unchecked", "Wajah dan pelat nomor belum diperiksa")),
    )
    return tuple(reason for met, reason in checks if not met)
