"""Two pages for machines: /healthz (this process answers) and /readyz (the suite can do its work)."""

import shutil
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, JsonResponse

GOOD, WARN, BAD = "ok", "warning", "failed"
LEAST_FREE = 256 * 1024 * 1024
WARN_FREE = 2 * 1024 * 1024 * 1024
OLDEST_HEARTBEAT = 60


@dataclass(frozen=True)
class Finding:
    """One check: its state and what was seen."""

    state: str
    seen: str


def healthz(request: HttpRequest) -> JsonResponse:
    """This process is alive; asks nobody."""
    return _answer({"status": GOOD}, 200)


def readyz(request: HttpRequest) -> JsonResponse:
    """200 when pages can be served, else 503. A silent worker is a warning: pages work without it."""
    findings = {"disk": disk()}
    try:
        findings |= {"database": database(), "migrations": migrations(), "worker": worker()}
    except (DatabaseError, InterfaceError) as error:
        connection.close_if_unusable_or_obsolete()
        findings["database"] = Finding(BAD, type(error).__name__)
    states = {finding.state for finding in findings.values()}
    status = next(state for state in (BAD, WARN, GOOD) if state in states)
    checks = {name: {"state": found.state, "seen": found.seen} for name, found in sorted(findings.items())}
    return _answer({"status": status, "checks": checks}, 503 if status == BAD else 200)


def _answer(content: dict, status: int) -> JsonResponse:
    return JsonResponse(content, status=status, headers={"Cache-Control": "no-store"})


def database() -> Finding:
    """Whether the database answers, and which it is."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return Finding(GOOD, f"PostgreSQL {cursor.fetchone()[0]}")


def migrations() -> Finding:
    """Whether the tables are those that this release expects."""
    missing = unapplied()
    return Finding(BAD if missing else GOOD, f"{len(missing)} unapplied")


def unapplied() -> list[tuple[str, str]]:
    """Migrations of this release that the database has not seen."""
    loader = MigrationLoader(connection, ignore_no_migrations=True)
    return sorted(set(loader.disk_migrations) - set(loader.applied_migrations) - _replaced(loader))


def _replaced(loader: MigrationLoader) -> set[tuple[str, str]]:
    """Migrations that need no row: squashed ones whose parts are applied, and parts of applied ones."""
    done = set(loader.applied_migrations)
    found: set[tuple[str, str]] = set()
    for key, squash in loader.replacements.items():
        if key in done:
            found.update(squash.replaces)
        elif set(squash.replaces) <= done:
            found.add(key)
    return found


def worker() -> Finding:
    """How long ago a worker was last heard of."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers")
        age = cursor.fetchone()[0]
    if age is None:
        return Finding(WARN, "no worker")
    return Finding(GOOD if age <= OLDEST_HEARTBEAT else WARN, f"heartbeat {age:.0f} s ago")


def disk() -> Finding:
    """Free space where the data lie."""
    free = shutil.disk_usage(settings.SEKATA.data).free
    state = BAD if free < LEAST_FREE else WARN if free < WARN_FREE else GOOD
    return Finding(state, f"{free // (1024 * 1024)} MB free")
