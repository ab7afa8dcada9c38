"""Bodies that are too large are refused before they are read; those of unknown length while they are read."""

from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from typing import Any

MB = 1024 * 1024
LARGEST_UPLOAD = 40 * MB
LARGEST_FORM = 4 * MB
PIECE = 64 * 1024
UPLOADS = ("multipart/", "image/", "application/pdf", "application/zip", "application/octet-stream")

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


def limit_of(content_type: str) -> int:
    """How many bytes a body of this type may have."""
    return LARGEST_UPLOAD if content_type.strip().lower().startswith(UPLOADS) else LARGEST_FORM


def limited(application: Application, page: Callable[[], str]) -> Application:
    """`application`, never given a body above the limit of its type: such a request gets 413 and `page()`."""

    def guarded(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or ""
        limit = limit_of(environ.get("CONTENT_TYPE") or "")
        if length and not length.isdigit():
            return _refuse(start_response, "400 Bad Request", b"Content-Length")
        if length:
            if int(length) > limit:
                return _refuse(start_response, "413 Content Too Large", page().encode())
        elif "chunked" in (environ.get("HTTP_TRANSFER_ENCODING") or "").lower():
            body = _collected(environ["wsgi.input"], limit)
            if body is None:
                return _refuse(start_response, "413 Content Too Large", page().encode())
            environ["CONTENT_LENGTH"] = str(body.tell())
            body.seek(0)
            environ["wsgi.input"] = body
        return application(environ, start_response)

    return guarded


def _collected(stream: Any, limit: int) -> SpooledTemporaryFile | None:
    """The whole body of unknown length, or None as soon as it passes the limit."""
    body = SpooledTemporaryFile(max_size=MB)  # noqa: SIM115 - the request closes it
    while piece := stream.read(PIECE):
        if body.tell() + len(piece) > limit:
            body.close()
            return None
        body.write(piece)
    return body


def _refuse(start_response: Callable[..., Any], status: str, page: bytes) -> list[bytes]:
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(page))),
        ("Cache-Control", "no-store"),
        ("Connection", "close"),
    ]
    start_response(status, headers)
    return [page]
