"""Files: hostile until proven otherwise, kept under the name of their bytes, numbers without gaps."""

import errno
import io
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import ExifTags, Image

from sekata.kernel.documents import actions, store, uploads
from sekata.kernel.documents.models import File
from sekata.lib.result import Refused

AT = datetime(2026, 4, 29, 3, 0, tzinfo=UTC)


def jpeg(size=(800, 600), gps=True, form="JPEG") -> bytes:
    image, exif = Image.new("RGB", size, "#345"), Image.Exif()
    exif[ExifTags.Base.Make] = "Kamera"
    exif[ExifTags.Base.Artist] = "Nurlela"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.BodySerialNumber] = "SN-12345"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:04:29 06:00:00"
    if gps:
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        place |= {1: "N", 2: (0.0, 23.0, 39.16), 3: "E", 4: (101.0, 50.0, 37.6)}
    out = io.BytesIO()
    image.save(out, form, exif=exif)
    return out.getvalue()


def upload(content: bytes, name: str = "foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_r12_a_photo_says_where_and_when_and_is_kept_as_it_came():
    content = jpeg()
    taken = uploads.accept(upload(content))
    assert taken.content == content and taken.mime == "image/jpeg"
    assert taken.taken_at == "2026-04-29T06:00:00"
    assert taken.point == pytest.approx((0.39421, 101.84378), abs=1e-4)


def test_r2_an_anonymous_photo_loses_owner_maker_and_serial_but_not_its_place():
    taken = uploads.accept(upload(jpeg()), anonymous=True)
    for trace in (b"Nurlela", b"SN-12345", b"Kamera"):
        assert trace not in taken.content
    assert uploads.accept(upload(taken.content)).point == pytest.approx((0.39421, 101.84378), abs=1e-4)


def test_r12_the_public_copy_is_small_and_bare():
    copy = Image.open(io.BytesIO(uploads.public_copy(jpeg((4000, 3000)))))
    assert max(copy.size) == 1280 and dict(copy.getexif()) == {}


def test_heic_is_taken_and_shown_as_jpeg():
    taken = uploads.accept(upload(jpeg(gps=False, form="HEIF"), "IMG.HEIC"))
    assert taken.mime == "image/heic"
    assert Image.open(io.BytesIO(uploads.public_copy(taken.content))).format == "JPEG"


def bomb() -> bytes:
    out = io.BytesIO()
    Image.new("1", (8000, 7000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "upload_empty"),
        (b"MZ\x90\x00" + b"\0" * 200, "upload_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "upload_type"),
        (b"GIF89a" + b"\0" * 50, "upload_type"),
        (jpeg()[:2000], "upload_type"),
        (bomb(), "upload_pixels"),
        (b"%PDF-1.7\n", "upload_type"),
    ],
    ids=["empty", "renamed exe", "svg", "gif", "cut off", "56 MP", "pdf as photo"],
)
def test_what_is_not_what_it_claims_is_refused_by_name(content, code):
    with pytest.raises(Refused) as refusal:
        uploads.accept(upload(content))
    reason = refusal.value.reasons[0]
    assert (reason.code, reason.field) == (code, "files") and "foto.jpg" in reason.message


def test_a_photo_over_fifteen_megabytes_is_refused():
    with pytest.raises(Refused, match="15 MB"):
        uploads.accept(upload(jpeg() + b"\0" * 15 * uploads.MB))


@pytest.mark.django_db
def test_the_same_bytes_are_one_file_and_stay_intact():
    one, two = actions.keep(b"isi", "text/plain", AT), actions.keep(b"isi", "text/plain", AT)
    assert one == two and File.objects.count() == 1
    assert store.intact(one.sha256)
    store.path_of(one.sha256).chmod(0o600)
    store.path_of(one.sha256).write_bytes(b"lain")
    assert not store.intact(one.sha256)
    store.path_of(one.sha256).unlink()


def test_a_full_disk_is_said_and_leaves_nothing(monkeypatch, settings):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store.os, "fsync", full)
    with pytest.raises(Refused) as refusal:
        store.write(b"tidak muat")
    assert refusal.value.status == 507
    assert not [p for p in (settings.SEKATA.data / "files").rglob("tmp*")]


@pytest.mark.django_db
def test_numbers_are_given_back_when_their_act_fails():
    assert actions.next_number("x", AT) == 1
    with pytest.raises(Refused), transaction.atomic():
        actions.next_number("x", AT)
        raise Refused.because("no", "tidak")
    assert actions.next_number("x", AT) == 2


@pytest.mark.django_db
def test_a_year_begins_with_one_at_midnight_in_the_regency():
    before, after = datetime(2026, 12, 31, 16, 59, tzinfo=UTC), datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
    assert [actions.next_number("y", before), actions.next_number("y", after)] == [1, 1]
