"""R18 Retention: what is deleted when, what holds a deletion back, and what always stays."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sekata.pillars.environment.complaints.rules.terms import Row, Rows, months_after

KEPT_FIELDS = ("number", "state_history", "category", "village_code", "received_on", "batch_id")
"""What a deletion leaves."""

_MATTERS = {
    "enforcement": "perkara penegakan yang masih berjalan",
    "court": "perkara pengadilan yang masih berjalan",
}


@dataclass(frozen=True)
class RetentionFacts:
    """The moments deletions count from, and what is still open: enforcement | court."""

    closed_at: datetime | None = None
    stored_at: datetime | None = None
    sent_at: datetime | None = None
    open_matters: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Deletion:
    """Something to delete. due None: left to the archive schedule named; blocked: why it waits."""

    what: str
    label: str
    due: datetime | None
    blocked: tuple[str, ...] = ()
    schedule: str = ""

    def is_due(self, at: datetime) -> bool:
        return self.due is not None and self.due <= at and not self.blocked


def deletions(held: RetentionFacts, rules: Rows) -> tuple[Deletion, ...]:
    """R18: what will be deleted and when; nothing for a case that is not closed."""
    found = []
    for what, row in rules.items():
        since = getattr(held, f"{row['since']}_at")
        if since is None:
            continue
        blocked = tuple(_MATTERS[matter] for matter in row["blocked"] if matter in held.open_matters)
        found.append(Deletion(what, row["label"], _due(since, row), blocked, row["schedule"]))
    return tuple(found)


def _due(since: datetime, row: Row) -> datetime | None:
    if row["amount"] is None:
        return None
    if row["unit"] == "years":
        return months_after(since, 12 * row["amount"])
    return since + timedelta(**{row["unit"]: row["amount"]})


def due_deletions(held: RetentionFacts, rules: Rows, at: datetime) -> tuple[str, ...]:
    """What must be deleted at `at`: identity | network_address | sender_address."""
    return tuple(deletion.what for deletion in deletions(held, rules) if deletion.is_due(at))
