"""The content-addressed store on disk: a file's name is the SHA-256 of its bytes."""

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from sekata.lib.result import Refused

CHUNK = 256 * 1024


def path_of(sha256: str) -> Path:
    return settings.SEKATA.data / "files" / sha256[:2] / sha256[2:4] / sha256


def write(content: bytes) -> str:
    """Keep `content`; its SHA-256. A full disk is refused with a clear sentence and leaves nothing half-written."""
    sha256 = hashlib.sha256(content).hexdigest()
    target = path_of(sha256)
    if target.exists():
        return sha256
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(target, content)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Refused.because(
                "storage_full",
                "Penyimpanan kami sedang penuh. Isian Anda tersimpan; coba kirim berkasnya nanti.",
                status=507,
            ) from error
        raise
    return sha256


def _write_whole(target: Path, content: bytes) -> None:
    """Write beside the target, flush to the disk, then rename: the name exists only when the bytes do."""
    handle, name = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(0o440)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read(sha256: str) -> bytes:
    return path_of(sha256).read_bytes()


def chunks(sha256: str) -> Iterator[bytes]:
    with path_of(sha256).open("rb") as source:
        while piece := source.read(CHUNK):
            yield piece


def intact(sha256: str) -> bool:
    """Whether the bytes on disk still have their name."""
    digest = hashlib.sha256()
    for piece in chunks(sha256):
        digest.update(piece)
    return digest.hexdigest() == sha256
