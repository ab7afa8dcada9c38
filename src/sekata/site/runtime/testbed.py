"""The ground that tests stand on: a pytest plugin (`-p`), loaded before Django's settings.

One PostgreSQL for all test runs of this machine's user, without fsync, in the temporary folder; it stops when
the last run ends. A template database is migrated once per state of the migrations; each run and each xdist
worker gets a copy. With DATABASE_URL the same happens on that server; its role must be allowed to create
databases.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg
import pytest
from psycopg import sql

from sekata.site.runtime.postgres import Embedded

BED = Path(tempfile.gettempdir()) / f"sekata-tests-{os.getuid()}"
MARK = "sekata_test_"
OWN_VARIABLES = (
    "SEKATA_TEST_RUN",
    "SEKATA_TESTING",
    "SEKATA_SECOND_FACTOR",
    "SEKATA_DATA",
    "SEKATA_CONFIG",
    "DATABASE_URL",
)


def server() -> Embedded:
    """The tests' own server, not yet started."""
    return Embedded(BED / "postgres", durable=False, connections=200, createdb=True)


def prepare_environment() -> None:
    """Settings of the run, for this process and the xdist workers that inherit them."""
    if "SEKATA_TEST_RUN" in os.environ:
        return
    BED.mkdir(mode=0o711, exist_ok=True)
    for left in BED.glob("data-*"):
        if not psutil.pid_exists(int(left.name.split("-")[1])):
            shutil.rmtree(left, ignore_errors=True)
    data = Path(tempfile.mkdtemp(prefix=f"data-{os.getpid()}-", dir=BED))
    data.chmod(0o711)
    (data / "static").mkdir()
    os.environ["SEKATA_TEST_RUN"] = str(os.getpid())
    os.environ["SEKATA_TESTING"] = "1"
    os.environ["SEKATA_SECOND_FACTOR"] = "0"
    os.environ["SEKATA_DATA"] = str(data)
    os.environ.pop("SEKATA_CONFIG", None)
    os.environ.setdefault("DATABASE_URL", server().url("postgres"))


prepare_environment()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the run's data folder; the workers are gone by now."""
    if os.environ["SEKATA_TEST_RUN"] == str(os.getpid()):
        shutil.rmtree(os.environ["SEKATA_DATA"], ignore_errors=True)


def plain_environment() -> dict[str, str]:
    """The environment without the run's own settings, for tests that start the suite as an operator does."""
    return {name: value for name, value in os.environ.items() if name not in OWN_VARIABLES}


def fingerprint(files: Iterator[Path]) -> str:
    """A mark of the content of these files."""
    mark = hashlib.sha256()
    for file in sorted(files):
        mark.update(str(file).encode() + b"\0" + file.read_bytes())
    return mark.hexdigest()[:16]


@contextmanager
def running_server() -> Iterator[str]:
    """The URL of the server of this run, kept running inside the block."""
    url = os.environ["DATABASE_URL"]
    if url != server().url("postgres"):
        yield url
        return
    held = server()
    try:
        held.start()
    except RuntimeError:  # the machine stopped amid a run and broke the cluster: it holds nothing dear
        shutil.rmtree(held.home, ignore_errors=True)
        held.start()
    try:
        yield url
    finally:
        held.stop()


@contextmanager
def only_one(url: str) -> Iterator[psycopg.Connection]:
    """A connection that no other test process uses at the same time for making databases."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(727352)")
        yield connection


def databases(connection: psycopg.Connection, prefix: str) -> list[str]:
    """Names of the databases that begin with `prefix`."""
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix]
    ).fetchall()
    return [name for (name,) in rows]


def drop(connection: psycopg.Connection, name: str) -> None:
    """Drop a database, its sessions included; one that autovacuum is cleaning allows only the patient way."""
    plain = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    try:
        connection.execute(plain + sql.SQL(" WITH (FORCE)"))
    except psycopg.errors.InsufficientPrivilege:
        connection.execute(plain)


def create(connection: psycopg.Connection, name: str, template: str = "template0") -> None:
    """Make a database as a copy of `template`."""
    connection.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8' STRATEGY {}").format(
            sql.Identifier(name),
            sql.Identifier(template),
            sql.Identifier("wal_log" if template == "template0" else "file_copy"),
        )
    )


def drop_leftovers(connection: psycopg.Connection) -> None:
    """Drop what runs that are over have left behind."""
    for name in databases(connection, f"{MARK}run_"):
        if not psutil.pid_exists(int(name.split("_")[3])):
            with suppress(psycopg.Error):
                drop(connection, name)


def drop_old_templates(connection: psycopg.Connection, keep: int = 4) -> None:
    """Keep a few templates, so that runs of several branches do not undo one another's."""
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid DESC",
        [f"{MARK}template_"],
    ).fetchall()
    for (name,) in rows[keep:]:
        drop(connection, name)
