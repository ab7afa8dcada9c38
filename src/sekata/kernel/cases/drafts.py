"""Drafts: half-filled forms kept on the server."""

from datetime import datetime, timedelta

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


@transaction.atomic
def keep(*, draft: Draft, answers: dict[str, object], at: datetime) -> Draft:
    """Save the answers of one page over what the draft holds."""
    fresh = Draft.objects.select_for_update().get(pk=draft.pk)
    fresh.content |= answers
    fresh.updated_at, fresh.expires_at = at, at + KEEP
    fresh.save(update_fields=["content", "updated_at", "expires_at"])
    return fresh


def drop(draft: Draft) -> None:
    """Delete a draft (it was sent, or the person does not want it)."""
    draft.delete()


def sweep(**_: object) -> int:
    """Daily job: expired drafts go."""
    return Draft.objects.filter(expires_at__lt=clock.now()).delete()[0]
