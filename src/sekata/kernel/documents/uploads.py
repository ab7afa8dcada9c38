"""Uploads are hostile until proven otherwise: sniffed, decoded, measured, stripped."""

import io
from dataclasses import dataclass
from datetime import datetime

import pillow_heif
import puremagic
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from sekata.lib.result import Refused

MB = 1024 * 1024
MAX_PIXELS = 50_000_000
PUBLIC_SIDE = 1280
IMAGES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "HEIF": "image/heic"}
LIMITS = {"photo": 15 * MB, "video": 100 * MB, "audio": 15 * MB, "document": 15 * MB}
OTHERS = {
    "video/mp4": "video",
    "audio/ogg": "audio",
    "audio/mp4": "audio",
    "audio/x-m4a": "audio",
    "application/pdf": "document",
}
PERSONAL_TAGS = {
    ExifTags.Base.BodySerialNumber,
    ExifTags.Base.LensSerialNumber,
    ExifTags.Base.CameraOwnerName,
    ExifTags.Base.Artist,
    ExifTags.Base.Copyright,
    ExifTags.Base.Make,
    ExifTags.Base.Model,
    ExifTags.Base.Software,
    ExifTags.Base.HostComputer,
    ExifTags.Base.ImageUniqueID,
    ExifTags.Base.MakerNote,
}

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


@dataclass(frozen=True)
class Accepted:
    """An upload that is what it claims: its kind, bytes, true type, and what its EXIF says of place and time."""

    name: str
    kind: str
    mime: str
    content: bytes
    taken_at: str = ""
    point: tuple[float, float] | None = None


def accept(upload: UploadedFile, kinds: tuple[str, ...] = ("photo",), anonymous: bool = False) -> Accepted:
    """Check an upload; refuses by the field's own sentence what is empty, too large, too many pixels or disguised.

    anonymous: serial numbers, owner and maker are taken out before anything is kept.
    """
    name = upload.name or "berkas"
    content = upload.read(LIMITS["video"] + 1)
    if not content:
        raise _no("empty", f"“{name}” kosong. Pilih berkas lain.")
    image = _image(content, name)
    if image is not None:
        return _photo(image, content, name, kinds, anonymous)
    mime = _sniff(content)
    kind = OTHERS.get(mime, "")
    if kind not in kinds:
        raise _no("type", _wanted(name, kinds))
    _measure(name, kind, content)
    return Accepted(name, kind, mime, content)


def recheck(name: str, content: bytes, anonymous: bool) -> Accepted:
    """An upload that has waited in a draft, looked at again as it becomes evidence."""
    return accept(SimpleUploadedFile(name, content), anonymous=anonymous)


def _photo(
    image: Image.Image, content: bytes, name: str, kinds: tuple[str, ...], anonymous: bool
) -> Accepted:
    if "photo" not in kinds:
        raise _no("type", _wanted(name, kinds))
    _measure(name, "photo", content)
    mime = IMAGES[image.format]
    exif = image.getexif()
    taken = str(exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal, ""))
    point = _gps(exif)
    if anonymous:
        content, mime = _without_owner(image, content), "image/jpeg" if image.format == "HEIF" else mime
    return Accepted(name, "photo", mime, content, _iso(taken), point)


def _image(content: bytes, name: str) -> Image.Image | None:
    try:
        image = Image.open(io.BytesIO(content), formats=list(IMAGES))
        if image.width * image.height > MAX_PIXELS:
            raise _no("pixels", f"“{name}” lebih dari 50 megapiksel. Kecilkan dulu, lalu kirim lagi.")
        image.load()
    except Image.DecompressionBombError as bomb:
        raise _no("pixels", f"“{name}” lebih dari 50 megapiksel. Kecilkan dulu, lalu kirim lagi.") from bomb
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return None
    return image


def _sniff(content: bytes) -> str:
    try:
        return puremagic.from_string(content, mime=True)
    except puremagic.PureError:
        return ""


def _measure(name: str, kind: str, content: bytes) -> None:
    if len(content) > LIMITS[kind]:
        raise _no("size", f"“{name}” lebih dari {LIMITS[kind] // MB} MB.")


def _wanted(name: str, kinds: tuple[str, ...]) -> str:
    if kinds == ("photo",):
        return f"“{name}” bukan foto. Pilih berkas JPG, PNG, WEBP, atau HEIC."
    return f"“{name}” bukan jenis berkas yang dapat kami terima."


def _no(code: str, message: str) -> Refused:
    return Refused.because(f"upload_{code}", message, "files", status=400)


def _gps(exif: Image.Exif) -> tuple[float, float] | None:
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    try:
        lat = _degrees(gps[ExifTags.GPS.GPSLatitude], gps[ExifTags.GPS.GPSLatitudeRef])
        lon = _degrees(gps[ExifTags.GPS.GPSLongitude], gps[ExifTags.GPS.GPSLongitudeRef])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


def _degrees(parts: tuple, reference: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if reference in ("S", "W") else value


def _iso(exif_time: str) -> str:
    try:
        return datetime.strptime(exif_time, "%Y:%m:%d %H:%M:%S").isoformat()  # noqa: DTZ007 - a camera knows no zone
    except ValueError:
        return ""


def _without_owner(image: Image.Image, content: bytes) -> bytes:
    """The same picture without device serial, owner and maker; place and time stay for the officers."""
    exif = image.getexif()
    detail = exif.get_ifd(ExifTags.IFD.Exif)
    for tag in PERSONAL_TAGS:
        exif.pop(tag, None)
        detail.pop(tag, None)
    out = io.BytesIO()
    form = "JPEG" if image.format == "HEIF" else image.format
    image.save(out, form, exif=exif.tobytes(), quality=95)
    return out.getvalue()


def public_copy(content: bytes, side: int = PUBLIC_SIDE) -> bytes:
    """A JPEG of at most `side` pixels a side, turned upright, with no metadata at all."""
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(content)))
    image.thumbnail((side, side))
    bare = Image.new("RGB", image.size, "white")
    bare.paste(image.convert("RGB"))
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()
