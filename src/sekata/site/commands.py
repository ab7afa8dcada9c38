"""The commands of `sekata` that work with the suite's data."""

import os
import sys
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path

import click
import django
from django.core.management import execute_from_command_line
from django.utils.module_loading import import_string
from rich.console import Console

from sekata.site import prepare as preparation
from sekata.site.cli import database
from sekata.site.config import CONFIG
from sekata.site.runtime import backup as backups
from sekata.site.runtime import doctor as doctors

VERIFY = "sekata.kernel.journal.queries.verify"


def with_suite(run: Callable[..., None]) -> Callable[..., None]:
    """The command with the database running and Django ready."""

    @wraps(run)
    def prepared(*args: object, **kwargs: object) -> None:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sekata.site.settings")
        with database():
            django.setup()
            run(*args, **kwargs)

    return prepared


@click.command(hidden=True)
@click.option("--demo", is_flag=True)
@with_suite
def prepare(demo: bool) -> None:
    """Bring tables and static files up to this release; with --demo also the demonstration's data."""
    preparation.migrate()
    preparation.static_files()
    if demo:
        preparation.seed_once()
        preparation.join_bank()
        preparation.show_accounts()


@click.command(hidden=True)
@click.option("--host", default="127.0.0.1")
@click.option("--port", default=8000)
@with_suite
def web(host: str, port: int) -> None:
    """Serve pages only."""
    import_module("sekata.site.runtime.web").serve(host, port)


@click.command()
@click.option("--once", is_flag=True, help="End when no job is left.")
@with_suite
def worker(once: bool) -> None:
    """Do jobs until stopped."""
    import_module("sekata.site.worker").run(once)


@click.command()
@click.option(
    "--scale", default=1, show_default=True, help="1 = the demonstration; N = about N times as much."
)
@with_suite
def seed(scale: int) -> None:
    """Fill the suite with demonstration data, always the same for the same scale."""
    preparation.migrate()
    preparation.seed(scale)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def doctor(as_json: bool) -> None:
    """Check this installation and say what is unsafe. Ends with code 1 when something must be put right."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sekata.site.settings")
    with database():
        django.setup()
        findings = doctors.examine(CONFIG)
    doctors.show(findings, as_json=as_json)
    sys.exit(1 if any(finding.state == doctors.BAD for finding in findings) else 0)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--with-keys", is_flag=True, help="Also the secret keys: guard such a file like the keys.")
@with_suite
def backup(file: Path, with_keys: bool) -> None:
    """Write database and files into one archive FILE (.tar)."""
    with preparation.told_progress() as progress:
        made = backups.make(CONFIG, file, with_keys=with_keys, progress=progress)
    click.echo(f"{file}: {made.size // 1024} kB, {made.files} berkas / files")
    if not with_keys:
        click.echo(f"Kunci tidak disertakan; simpan {CONFIG.data / 'keys'} terpisah / keys are kept apart")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--force", is_flag=True, help="Replace what the target already holds.")
@with_suite
def restore(file: Path, force: bool) -> None:
    """Bring back the archive FILE, verify its checksums and the journal."""
    try:
        with preparation.told_progress() as progress:
            for warning in backups.bring_back(CONFIG, file, force=force, progress=progress):
                click.echo(f"! {warning}", err=True)
    except backups.BackupError as error:
        raise click.ClickException(str(error)) from error
    preparation.migrate()
    sys.exit(verified())


@click.group()
def journal() -> None:
    """The record of what happened."""


@journal.command()
@with_suite
def verify() -> None:
    """Recompute every seal of the journal. Ends with code 1 when anything was changed."""
    sys.exit(verified())


def verified() -> int:
    """Verify the journal, say the verdict; 0 when all is as it was written."""
    console = Console(highlight=False)
    with preparation.told_progress() as progress:
        verdict = import_string(VERIFY)(lambda done, total: progress("Jurnal / journal", done, total))
    state = "[green]utuh / intact[/]" if verdict.ok else "[red]BERUBAH / CHANGED[/]"
    console.print(f"Jurnal {state}: {verdict.seals} segel / seals, {verdict.events} peristiwa / events")
    for broken in verdict.broken:
        console.print(f"  [red]{broken}[/]")
    return 0 if verdict.ok else 1


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
@with_suite
def manage(words: tuple[str, ...]) -> None:
    """Any of Django's own commands, such as `sekata manage showmigrations`."""
    execute_from_command_line(["sekata manage", *words])
