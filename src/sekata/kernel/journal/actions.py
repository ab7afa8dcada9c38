"""Sealing, and answering once what may be asked twice."""

import hashlib
import json
from datetime import datetime
from typing import NoReturn

from django.db import connection, transaction

from sekata.kernel.journal.acts import action, record
from sekata.kernel.journal.models import Event, Once, Seal
from sekata.kernel.journal.queries import GENESIS, chained, leaf_of
from sekata.lib import clock, merkle
from sekata.lib.result import Refused

__all__ = ["Repeated", "action", "once", "record", "reserve", "seal"]

BATCH = 20_000


TAKE = """
    DELETE FROM journal_pending WHERE event_id IN (
        SELECT event_id FROM journal_pending ORDER BY event_id LIMIT %s FOR UPDATE SKIP LOCKED
    ) RETURNING event_id
"""
PLACE = """
    INSERT INTO journal_leaf (seal_id, position, event_id)
    SELECT %s, place - 1, event FROM unnest(%s::bigint[]) WITH ORDINALITY AS batch(event, place)
"""

CLAIM = """
    INSERT INTO journal_once (key, fingerprint, answer, at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (key) DO NOTHING RETURNING id
"""
RESERVE = """
    INSERT INTO journal_once (key, fingerprint, answer, at)
    SELECT %s, %s, jsonb_build_object(%s::text, id), %s FROM nextval(pg_get_serial_sequence(%s, 'id')) AS id
    ON CONFLICT (key) DO NOTHING RETURNING (answer -> %s)::bigint
"""


def seal(**_: object) -> int:
    """Seal all pending events in batches; returns how many. Run every few seconds by its job."""
    total = 0
    while size := _seal_batch():
        total += size
    return total


@transaction.atomic
def _seal_batch() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('sekata.journal.seal'))")
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(TAKE, [BATCH])
        ids = sorted(row[0] for row in cursor.fetchall())
        if not ids:
            return 0
        leaves = [leaf_of(event) for event in Event.objects.filter(pk__in=ids).order_by("pk")]
        last = Seal.objects.order_by("-pk").first()
        previous = bytes(last.digest) if last else GENESIS
        root = merkle.root(leaves)
        made = Seal.objects.create(
            sealed_at=clock.now(),
            size=len(ids),
            root=root,
            previous=previous,
            digest=chained(previous, root, len(ids)),
        )
        cursor.execute(PLACE, [made.pk, ids])
    return len(ids)


def fingerprint(content: object) -> str:
    """What was asked, as 64 hexadecimal digits."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


class Repeated(Exception):
    """The act was done before; `answer` is what was answered then. Raising it undoes the second try."""

    def __init__(self, answer: object):
        super().__init__("already answered")
        self.answer = answer


def once(*, key: str, content: object, answer: object, at: datetime) -> None:
    """Claim `key` for this transaction together with the answer that a repetition shall get.

    Of two at the same time the second waits for the first. A repetition raises `Repeated`; the same key with other
    content is refused (409). One statement when the key is new.
    """
    asked = fingerprint(content)
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [key, asked, json.dumps(answer), at])
        if cursor.fetchone() is None:
            _repeated(key, asked)


def reserve(*, key: str, content: object, table: str, name: str, at: datetime) -> int:
    """As `once`, for an act that makes a row of `table`: its number is kept now, and {`name`: number} is the answer."""
    asked = fingerprint(content)
    with connection.cursor() as cursor:
        cursor.execute(RESERVE, [key, asked, name, at, table, name])
        found = cursor.fetchone()
    return found[0] if found else _repeated(key, asked)


def _repeated(key: str, asked: str) -> NoReturn:
    earlier = Once.objects.only("fingerprint", "answer").get(key=key)
    if earlier.fingerprint != asked:
        raise Refused.because(
            "key_reused", "Kunci kiriman ini sudah dipakai untuk isi yang berbeda.", status=409
        )
    raise Repeated(earlier.answer)
