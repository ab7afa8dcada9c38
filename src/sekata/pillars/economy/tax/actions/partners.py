"""Machines of other offices: letting one in, keeping it out, what the land office does with a validated duty."""

import secrets
from datetime import datetime

from sekata.kernel.journal.actions import action
from sekata.kernel.people import vault
from sekata.lib import clock
from sekata.lib.actor import CLIENT, Actor
from sekata.lib.result import Refused
from sekata.pillars.economy.tax.actions.requests import move
from sekata.pillars.economy.tax.models import Partner, Transfer
from sekata.pillars.economy.tax.queries.transfers import transfer_of
from sekata.pillars.economy.tax.rights import HEAD, LAND_OFFICE
from sekata.pillars.economy.tax.workflow import TRANSFER

KEY_KIND = "tax.partner"
SHORTEST = 3
STATE = ("case.state",)


def let_in(*, actor: Actor, name: str, at: datetime | None = None) -> tuple[Partner, str]:
    """A new partner and its key, which is shown once: only a keyed hash of it is kept."""
    key = secrets.token_urlsafe(24)
    return _let_in(actor=actor, name=name, key=key, at=at or clock.now()), key


@action(right=HEAD, event="tax.partner.let_in", keeps=("name",))
def _let_in(*, actor: Actor, name: str, key: str, at: datetime) -> Partner:
    if len(name.strip()) < SHORTEST:
        raise Refused.because("name", "Beri nama mitra, misalnya Kantor Pertanahan.", "name")
    hashed = vault.lookup(KEY_KIND, key)
    return Partner.objects.create(name=name.strip(), key_hash=hashed, made_by=actor.person, made_at=at)


@action(right=HEAD, event="tax.partner.kept_out", on="partner")
def keep_out(*, actor: Actor, partner: Partner, at: datetime) -> Partner:
    """End a partner's access at once; twice is once."""
    if partner.revoked_at is None:
        partner.revoked_at = at
        partner.save(update_fields=["revoked_at"])
    return partner


def who_asks(key: str) -> Actor:
    """The partner with that key as an actor; refused (401) for an unknown or ended one."""
    found = Partner.objects.filter(key_hash=vault.lookup(KEY_KIND, key), revoked_at=None).first()
    if found is None:
        raise Refused.because("key", "Kunci mitra tidak dikenal atau sudah dicabut.", status=401)
    return Actor(kind=CLIENT, client=found.pk, name=found.name, via="api")


@action(right=LAND_OFFICE, event="tax.transfer.asked", keeps=("number",))
def ask(*, actor: Actor, number: str, at: datetime) -> Transfer:
    """The land office looks at a duty; each look is kept."""
    found = transfer_of(number)
    if found is None:
        raise Refused.because("unknown", "SSPD-BPHTB dengan nomor ini tidak ada.", status=404)
    return found


@action(right=LAND_OFFICE, event="tax.transfer.registered", on="transfer", watches=STATE)
def register(*, actor: Actor, transfer: Transfer, at: datetime) -> Transfer:
    """The land office has registered the right: the validation is spent, a second time is refused (409)."""
    if transfer.registered_at is not None:
        raise Refused.because("used", "Validasi ini sudah dipakai untuk pendaftaran.", status=409)
    move(transfer, TRANSFER, "register", actor=actor, at=at)
    transfer.registered_at = at
    transfer.save(update_fields=["registered_at"])
    return transfer
