"""Handing out stored files to people who have been let in: never run, never kept by a cache."""

from django.http import FileResponse, HttpResponse

from sekata.kernel.documents import actions as documents
from sekata.kernel.documents import store, uploads

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
PDF = "application/pdf"
SMALL_SIDE = 480


def give(file: documents.File, name: str, small: bool = False, ours: bool = False) -> HttpResponse:
    """The stored bytes: pictures are shown, other uploads downloaded; small: a little bare picture.

    ours: a PDF that the house made itself, shown in the browser's own reader (which no sandbox admits).
    """
    shown = file.mime in PICTURES or (ours and file.mime == PDF)
    if small:
        response = HttpResponse(
            uploads.public_copy(store.read(file.sha256), SMALL_SIDE), content_type="image/jpeg"
        )
    else:
        response = FileResponse(
            store.path_of(file.sha256).open("rb"),
            as_attachment=not shown,
            filename=name,
            content_type=file.mime,
        )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    if not ours:
        response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
