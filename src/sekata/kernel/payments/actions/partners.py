"""Banks that we speak with, and the tokens they hold."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sekata.kernel.journal.actions import action
from sekata.kernel.ledger.models import Book
from sekata.kernel.payments.models import Partner, Token
from sekata.kernel.payments.standards import snap
from sekata.kernel.people import vault
from sekata.lib.actor import Actor
from sekata.lib.rights import permission

CONNECT = permission("payments.connect", "pengelola sambungan bank")


@action(right=CONNECT, event="payments.partner.connected")
def connect(
    *, actor: Actor, facts: dict[str, object], secret: str, our_key: str, book: Book, at: datetime
) -> Partner:
    """Connect a bank, or renew its terms. facts: columns of `Partner`; the secrets go into the vault."""
    locked = vault.put({"secret": secret, "our_key": our_key}, at)
    return Partner.objects.update_or_create(
        code=facts["code"], defaults={**facts, "book": book, "vault": locked}
    )[0]


def issue_token(*, partner: Partner, at: datetime) -> str:
    """A new access token, good for 900 seconds; expired ones of the partner go."""
    token = secrets.token_urlsafe(32)
    Token.objects.filter(partner=partner, expires__lt=at).delete()
    Token.objects.create(
        partner=partner, digest=digest(token), expires=at + timedelta(seconds=snap.TOKEN_SECONDS)
    )
    return token


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
