"""Proposing, approving and confirming effective-dated rows: always two people."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime

from sekata.kernel.journal.acts import action
from sekata.kernel.reference import queries
from sekata.kernel.reference.models import Entry, Stamp
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.manifest import Table
from sekata.lib.result import Refused
from sekata.lib.rights import permission

PROPOSE = permission("reference.propose", "petugas yang mengelola tabel acuan")
APPROVE = permission("reference.approve", "pejabat yang menyetujui tabel acuan")


@action(right=PROPOSE, event="reference.proposed", keeps=("table", "key", "valid_from", "value"))
def propose(
    *, actor: Actor, table: str, key: str, valid_from: date, value: dict | None, basis: str, at: datetime
) -> Entry:
    """Propose what shall apply from `valid_from` on. The past cannot be rewritten: the day must not be before today."""
    if valid_from < at.astimezone(clock.WIB).date():
        raise Refused.because("past", "Tanggal berlaku paling awal hari ini.", "valid_from")
    if not basis.strip():
        raise Refused.because("basis", "Sebutkan dasar hukumnya.", "basis")
    return Entry.objects.create(
        table=table,
        key=key,
        valid_from=valid_from,
        value=value,
        basis=basis,
        author=actor.person,
        proposed_at=at,
    )


@action(right=APPROVE, event="reference.approved", on="entry", watches=("approved_at", "approver"))
def approve(*, actor: Actor, entry: Entry, at: datetime) -> Entry:
    """Let a proposal count. Whoever proposed it cannot approve it; a day already taken is refused."""
    if entry.author == actor.person:
        raise Refused.because("two_persons", "Pengusul tidak boleh menyetujui usulannya sendiri.", status=409)
    taken = Entry.objects.filter(
        table=entry.table, key=entry.key, valid_from=entry.valid_from, approved_at__isnull=False
    )
    if entry.approved_at or taken.exists():
        raise Refused.because("taken", "Sudah ada ketentuan yang berlaku mulai tanggal itu.", status=409)
    entry.approver, entry.approved_at = actor.person, at
    entry.confirmed_by, entry.confirmed_at = actor.person, at
    entry.save(update_fields=["approver", "approved_at", "confirmed_by", "confirmed_at"])
    _moved()
    return entry


@action(right=APPROVE, event="reference.confirmed", on="entry", watches=("confirmed_at",))
def confirm(*, actor: Actor, entry: Entry, at: datetime) -> Entry:
    """Vouch for a row that was seeded as unconfirmed."""
    entry.confirmed_by, entry.confirmed_at = actor.person, at
    entry.save(update_fields=["confirmed_by", "confirmed_at"])
    _moved()
    return entry


def sow(tables: Iterable[Table], at: datetime) -> int:
    """Set out the seeds of tables that have none of these rows yet; used when a room is installed."""
    known = set(Entry.objects.values_list("table", "key", "valid_from"))
    rows = [
        Entry(
            table=table.code,
            key=row.key,
            valid_from=date.fromisoformat(row.valid_from),
            value=dict(row.value),
            basis=row.basis or table.basis,
            proposed_at=at,
            approved_at=at,
            confirmed_at=at if row.confirmed else None,
        )
        for table in tables
        for row in table.seeds
        if (table.code, row.key, date.fromisoformat(row.valid_from)) not in known
    ]
    Entry.objects.bulk_create(rows, batch_size=1000)
    if rows:
        _moved()
    return len(rows)


def _moved() -> None:
    Stamp.objects.update_or_create(pk=1, defaults={"value": uuid.uuid4()})
    queries.forget()
