"""One archive of everything that cannot be made again: the database, the files and, when asked, the keys."""

import hashlib
import hmac
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db import connection

from sekata.site.config import KEYS, Config
from sekata.site.runtime.postgres import OLDER, program

FORMAT = 1
MANIFEST, DUMP = "manifest.json", "database.dump"
SET_ASIDE = "before_restore"
Progress = Callable[[str, int, int | None], None]


class BackupError(Exception):
    """An archive that cannot be made or brought back; the message says why."""


@dataclass(frozen=True)
class Made:
    """What an archive holds."""

    size: int
    files: int


def make(config: Config, file: Path, *, with_keys: bool, progress: Progress) -> Made:
    """Write the archive `file`; it appears under its name only when it is whole.

    The database comes first: files are only ever added, so those that its rows name are there afterwards.
    """
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    sums: dict[str, str] = {}
    try:
        with tempfile.TemporaryDirectory(dir=config.data, prefix=".backup-") as room:
            dump = Path(room) / DUMP
            progress("Basis data / database", 0, 1)
            _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}")
            progress("Basis data / database", 1, 1)
            sources = [(DUMP, dump), *_stored(config, with_keys=with_keys)]
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                with tarfile.open(fileobj=out, mode="w") as archive:
                    for done, (name, path) in enumerate(sources, 1):
                        sums[name] = checksum(path)
                        archive.add(path, name, recursive=False)
                        progress("Berkas / files", done, len(sources))
                    note = Path(room) / MANIFEST
                    note.write_text(json.dumps(_manifest(config, sums), indent=1))
                    archive.add(note, MANIFEST)
                out.flush()
                os.fsync(out.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    return Made(size=file.stat().st_size, files=len(sums) - 1)


def bring_back(config: Config, file: Path, *, force: bool, progress: Progress) -> list[str]:
    """Replace database and files by those of the archive. Nothing is touched before its checksums are proved.

    Returns warnings: what the operator should still do.
    """
    _require_idle()
    if not force and (tables := _tables()):
        raise BackupError(f"the database already has {tables} tables; --force replaces them")
    if not force and config.files.exists() and any(config.files.iterdir()):
        raise BackupError(f"{config.files} already holds files; --force replaces them")
    with tempfile.TemporaryDirectory(dir=config.data, prefix=".restore-") as room:
        staged = Path(room)
        manifest = _unpack(file, staged, progress)
        progress("Basis data / database", 0, 1)
        made_by, here = int(manifest["postgresql"].split(".")[0]), _server_major()
        if here <= OLDER < made_by:
            raise BackupError(f"made on PostgreSQL {made_by}, it cannot be restored into the older {here}")
        with _fresh_schema():
            _run("pg_restore", "--no-owner", "--no-privileges", "--single-transaction", staged / DUMP)
        progress("Basis data / database", 1, 1)
        _replace_folder(config.files, staged / "files")
        if (staged / "keys").exists():
            _replace_folder(config.data / "keys", staged / "keys")
    return [
        f"the key {name!r} is not the one that this data was written with: put the right one into "
        f"{config.data / 'keys'}"
        for name, mark in manifest["keys"].items()
        if mark != key_mark(config, name)
    ]


def checksum(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def key_mark(config: Config, name: str) -> str:
    """Tells whether two keys are the same without telling the key."""
    return hmac.new(config.secret(name).encode(), b"sekata backup", "sha256").hexdigest()[:16]


def _stored(config: Config, *, with_keys: bool) -> Iterator[tuple[str, Path]]:
    folders = [("files", config.files), *([("keys", config.data / "keys")] if with_keys else [])]
    for name, folder in folders:
        for path in sorted(folder.rglob("*")) if folder.exists() else ():
            if path.is_file() and not path.is_symlink():
                yield f"{name}/{path.relative_to(folder).as_posix()}", path


def _manifest(config: Config, sums: dict[str, str]) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0]
        cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        migrations = [name for (name,) in cursor.fetchall()]
    return {
        "format": FORMAT,
        "sekata": version("sekata"),
        "postgresql": server,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "migrations": migrations,
        "keys": {name: key_mark(config, name) for name in KEYS},
        "sha256": sums,
    }


def _unpack(file: Path, into: Path, progress: Progress) -> dict[str, Any]:
    """Unpack and prove the archive; its manifest."""
    try:
        with tarfile.open(file) as archive:
            archive.extractall(into, filter="data")
        manifest = json.loads((into / MANIFEST).read_text())
        sums = manifest["sha256"]
    except (tarfile.TarError, OSError, ValueError, KeyError) as error:
        raise BackupError(f"{file} is not a whole archive of Sekata ({error})") from error
    if manifest.get("format") != FORMAT:
        raise BackupError(f"{file} has format {manifest.get('format')}; this release reads {FORMAT}")
    found = {p.relative_to(into).as_posix() for p in into.rglob("*") if p.is_file()} - {MANIFEST}
    if found != set(sums):
        raise BackupError(f"{file} does not hold what its manifest names: {sorted(found ^ set(sums))[:5]}")
    for done, (name, told) in enumerate(sums.items(), 1):
        if checksum(into / name) != told:
            raise BackupError(f"{name} in {file} is damaged: its checksum differs")
        progress("Memeriksa / verifying", done, len(sums))
    return manifest


def _replace_folder(folder: Path, by: Path) -> None:
    old = folder.with_name(f"{folder.name}.before-restore")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    if by.exists():
        by.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _require_idle() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND application_name IN ('sekata web', 'sekata worker')"
        )
        if cursor.fetchone()[0]:
            raise BackupError("the suite is running: stop it first")


def _tables() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()")
        return cursor.fetchone()[0]


@contextmanager
def _fresh_schema() -> Iterator[None]:
    """An empty schema in the place of the suite's; the old one comes back when the block fails."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        schema = cursor.fetchone()[0]
        cursor.execute(f"DROP SCHEMA IF EXISTS {SET_ASIDE} CASCADE")
        cursor.execute(f"ALTER SCHEMA {schema} RENAME TO {SET_ASIDE}")
        cursor.execute(f"CREATE SCHEMA {schema}")
    connection.close()
    keep, drop = schema, SET_ASIDE
    try:
        yield
    except BaseException:
        keep, drop = SET_ASIDE, schema
        raise
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA {drop} CASCADE")
            if keep != schema:
                cursor.execute(f"ALTER SCHEMA {keep} RENAME TO {schema}")


def _server_major() -> int:
    connection.ensure_connection()
    return connection.pg_version // 10000


def _run(name: str, *words: object) -> None:
    """One of PostgreSQL's programs on the suite's database; the password goes by the environment."""
    where = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    environment = {**os.environ, "PGDATABASE": where["NAME"]}
    environment |= {variable: str(where[key]) for variable, key in names.items() if where.get(key)}
    for option in ("sslmode", "sslrootcert", "sslcert", "sslkey"):
        if option in where["OPTIONS"]:
            environment[f"PG{option.upper()}"] = where["OPTIONS"][option]
    target = [f"--dbname={where['NAME']}"] if name == "pg_restore" else []
    done = subprocess.run(  # noqa: S603
        [program(name, _server_major()), *target, *map(str, words)],
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise BackupError(f"{name}: {done.stderr.strip()[-2000:]}")
