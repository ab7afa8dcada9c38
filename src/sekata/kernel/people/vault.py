"""The identity vault: envelope encryption with one key per owner, so that destroying a key erases its owner.

AES-256-GCM; the master key and the key of the lookup hashes lie outside the database (operator's key files).
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterable, Mapping
from datetime import datetime

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db.models import Model

from sekata.kernel.journal.acts import record
from sekata.kernel.people.models import Vault
from sekata.kernel.quick import insert
from sekata.lib.actor import Actor
from sekata.lib.result import Refused

NONCE = 12


def lookup(kind: str, value: str) -> str:
    """Keyed hash by which an official number or address is found without being stored."""
    return hmac.new(settings.SEKATA.key("lookup"), f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()


def put(values: Mapping[str, str], at: datetime) -> Vault:
    """Lock `values` in a new vault; empty values are left out."""
    vault, data_key = Vault(made_at=at), AESGCM.generate_key(256)
    vault.wrapped = _encrypt(settings.SEKATA.key("vault"), data_key, vault.id.bytes)
    vault.sealed = _lock(data_key, vault, {name: value for name, value in values.items() if value})
    return insert(vault)


def add(vault: Vault, values: Mapping[str, str]) -> None:
    """Put further values into a vault, replacing those of the same name."""
    data_key = _unwrap(vault)
    vault.sealed = _lock(data_key, vault, use(vault) | dict(values))
    vault.save(update_fields=["sealed"])


def remove(vault: Vault, name: str) -> None:
    """Take one value out of a vault."""
    data_key = _unwrap(vault)
    vault.sealed = _lock(data_key, vault, {key: value for key, value in use(vault).items() if key != name})
    vault.save(update_fields=["sealed"])


def reveal(
    *, vault: Vault, names: Iterable[str], actor: Actor, subject: Model, purpose: str, at: datetime
) -> dict[str, str]:
    """Open the named values for a stated purpose. The opening itself is an act in the journal."""
    if len(purpose.strip()) < 10:
        raise Refused.because(
            "purpose", "Tulis alasan membuka identitas, paling sedikit 10 huruf.", "purpose"
        )
    wanted = set(names)
    values = {name: value for name, value in use(vault).items() if name in wanted}
    record(
        "people.identity.read",
        actor=actor,
        subject=subject,
        at=at,
        after={"fields": sorted(values)},
        purpose=purpose,
    )
    return values


def use(vault: Vault) -> dict[str, str]:
    """All values, for the suite's own work that shows nobody anything (sending the receipt)."""
    return json.loads(_decrypt(_unwrap(vault), bytes(vault.sealed), vault.id.bytes))


def shred(vault: Vault) -> None:
    """Erase: without its key nothing of the owner can be read again."""
    vault.delete()


def _lock(data_key: bytes, vault: Vault, values: Mapping[str, str]) -> bytes:
    return _encrypt(data_key, json.dumps(values, ensure_ascii=False).encode(), vault.id.bytes)


def _unwrap(vault: Vault) -> bytes:
    return _decrypt(settings.SEKATA.key("vault"), bytes(vault.wrapped), vault.id.bytes)


def _encrypt(key: bytes, clear: bytes, bound: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, clear, bound)


def _decrypt(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], bound)
