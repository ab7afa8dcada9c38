"""Drafts: half-filled forms kept on the server."""

import shutil
import uuid
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from sekata.kernel.cases.models import Draft
from sekata.kernel.people import vault
from sekata.lib import clock, codes

KEEP = timedelta(days=14)
CODE_LENGTH = 7


def begin(*, service: str, owner: int | None, at: datetime) -> tuple[Draft, str]:
    """A new draft and the code under which an unknown person finds it again."""
    code = codes.generate(CODE_LENGTH)
    draft = Draft.objects.create(
        code=vault.lookup("draft", code), service=service, owner=owner, updated_at=at, expires_at=at + KEEP
    )
    return draft, code


def find(service: str, code: str) -> Draft | None:
    """The draft with that code while it lasts."""
    wanted = vault.lookup("draft", codes.normalise(code))
    return Draft.objects.filter(service=service, code=wanted, expires_at__gt=clock.now()).first()


def latest(service: str, owner: int) -> Draft | None:
    """A signed-in person's newest draft of a service."""
    rows = Draft.objects.filter(service=service, owner=owner, expires_at__gt=clock.now())
    return rows.order_by("-updated_at").first()


def content(draft: Draft) -> dict[str, object]:
    """The answers as they are kept now."""
    return Draft.objects.values_list("content", flat=True).get(pk=draft.pk)


@transaction.atomic
def keep(*, draft: Draft, answers: dict[str, object], at: datetime) -> Draft:
    """Save the answers of one page over what the draft holds."""
    fresh = Draft.objects.select_for_update().get(pk=draft.pk)
    fresh.content |= answers
    fresh.updated_at, fresh.expires_at = at, at + KEEP
    fresh.save(update_fields=["content", "updated_at", "expires_at"])
    return fresh


def drop(draft: Draft) -> None:
    """Delete a draft with its files (it was sent, or the person does not want it)."""
    shutil.rmtree(_folder(draft), ignore_errors=True)
    draft.delete()


def sweep(**_: object) -> int:
    """Daily job: expired drafts go."""
    expired = list(Draft.objects.filter(expires_at__lt=clock.now()))
    for draft in expired:
        drop(draft)
    return len(expired)


def put_file(
    *, draft: Draft, name: str, content: bytes, facts: dict[str, object], at: datetime
) -> dict[str, object]:
    """Keep a file with its draft, outside the store of evidence: it becomes evidence only when the form is sent."""
    entry = {"id": uuid.uuid4().hex, "name": name[-120:], "size": len(content), **facts}
    folder = _folder(draft)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / entry["id"]).write_bytes(content)
    keep(draft=draft, answers={"files": [*files(draft), entry]}, at=at)
    return entry


def files(draft: Draft) -> list[dict[str, object]]:
    """The files that lie with a draft, in order."""
    return list(Draft.objects.get(pk=draft.pk).content.get("files", []))


def read_file(draft: Draft, key: str) -> bytes:
    """The bytes of one of the draft's files."""
    if key not in {entry["id"] for entry in files(draft)}:
        raise LookupError(key)
    return (_folder(draft) / key).read_bytes()


def drop_file(*, draft: Draft, key: str, at: datetime) -> None:
    """Take a file out of a draft again."""
    left = [entry for entry in files(draft) if entry["id"] != key]
    keep(draft=draft, answers={"files": left}, at=at)
    (_folder(draft) / key).unlink(missing_ok=True)


def _folder(draft: Draft) -> Path:
    return settings.SEKATA.data / "drafts" / draft.submission.hex
