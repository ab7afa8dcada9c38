"""Forms that may arrive late and twice: each client_id is taken once, a repetition gets the same answer."""

import hashlib
from collections.abc import Callable
from uuid import UUID, uuid4

from django.db import transaction
from django.http import HttpRequest

from sekata.kernel.journal.actions import Repeated, once
from sekata.lib import clock

NOT_CONTENT = frozenset(
    {"csrfmiddlewaretoken", "client_id", "page_id", "device_time", "form_version", "seen"}
)


def page_key(request: HttpRequest) -> str:
    """The id of this page's form: as it was sent, or a new one for a page that is drawn."""
    try:
        return str(UUID(request.POST.get("page_id", "")))
    except ValueError:
        return str(uuid4())


def sent_once(request: HttpRequest, key: str, run: Callable[[], object]) -> bool:
    """Run the act unless this submission was taken before. True when it was: nothing is done again.

    The same id with other content is refused (409).
    """
    try:
        with transaction.atomic():
            once(
                key=f"complaints.form:{key}", content=_content(request), answer={"done": True}, at=clock.now()
            )
            run()
    except Repeated:
        return True
    return False


def _content(request: HttpRequest) -> dict[str, object]:
    """What the person wrote and attached; not when, by which page, with which token."""
    words = {name: request.POST.getlist(name) for name in sorted(request.POST) if name not in NOT_CONTENT}
    files = {name: [_digest(file) for file in request.FILES.getlist(name)] for name in sorted(request.FILES)}
    return {"path": request.path, "words": words, "files": files}


def _digest(file) -> str:
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()
