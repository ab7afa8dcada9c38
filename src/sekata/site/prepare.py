"""What must be true before pages can be served: tables, static files, and in the demonstration its data."""

import hashlib
import os
from collections.abc import Callable
from contextlib import contextmanager
from importlib.metadata import distributions

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.utils.module_loading import import_string
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from sekata.lib import clock
from sekata.site.config import CONFIG
from sekata.site.health import unapplied

MIGRATION_LOCK = 727351
SEED, DEMO_ACCOUNTS = "sekata.site.seeding.seed", "sekata.site.seeding.DEMO_ACCOUNTS"
JOIN, REHEARSAL_BANK = "sekata.site.bank.joining.join", "http://127.0.0.1:8100"
console = Console(stderr=True, highlight=False)


def migrate() -> bool:
    """Bring the tables up to this release; quick when they are. True when something was done."""
    if not unapplied():
        return False
    with connection.cursor() as cursor:  # a convenience: two processes that start at once do not meet
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
    try:
        if not unapplied():
            return False
        with console.status("Memperbarui tabel / updating the tables"):
            call_command("migrate", verbosity=0, interactive=False)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])
    return True


def static_files() -> bool:
    """Collect and compress the static files when any of them has changed. True when something was done."""
    if CONFIG.debug:
        return False
    stamp = CONFIG.data / "static" / ".collected"
    mark = _static_mark()
    if stamp.exists() and stamp.read_text() == mark:
        return False
    with console.status("Menyiapkan berkas tampilan / collecting static files"):
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(mark)
    return True


def _static_mark() -> str:
    mark = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = os.stat(storage.path(path))
            mark.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    for package in sorted(f"{d.name} {d.version}" for d in distributions()):
        mark.update(package.encode())
    return mark.hexdigest()


@contextmanager
def told_progress():
    """A bar in the terminal; yields `progress(label, done, total)`."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console) as bars:
        tasks: dict[str, int] = {}

        def progress(label: str, done: int, total: int | None) -> None:
            if label not in tasks:
                tasks[label] = bars.add_task(label, total=total)
            bars.update(tasks[label], completed=done, total=total)

        yield progress


def seed(scale: int) -> None:
    """Fill the suite with demonstration data; the same data for the same scale."""
    work: Callable[..., object] = import_string(SEED)
    with told_progress() as progress:
        work(scale, progress)


def seed_once() -> None:
    """The demonstration's data, unless this database already has them."""
    stamp = CONFIG.data / "demo-seeded"
    with connection.cursor() as cursor:  # tells this database from one made anew in the same folder
        cursor.execute("SELECT min(applied) FROM django_migrations")
        mark = str(cursor.fetchone()[0])
    if not stamp.exists() or stamp.read_text() != mark:
        seed(1)
        stamp.write_text(mark)


def join_bank() -> None:
    """Connect the bank of the rehearsal (`sekata bank`), if the regency's book is open."""
    import_string(JOIN)(folder=CONFIG.data / "bank", address=REHEARSAL_BANK, at=clock.now())


def show_accounts() -> None:
    """Print who can sign in to the demonstration."""
    table = Table(title="Akun peragaan / demonstration accounts")
    for column in ("Peran", "Nama masuk", "Kata sandi", "Alamat"):
        table.add_column(column, overflow="fold")
    for account in import_string(DEMO_ACCOUNTS):
        table.add_row(*map(str, account))
    Console(highlight=False).print(table)
