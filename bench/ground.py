"""The ground of all measurements: a data folder of their own, its server, and the suite's processes."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from bench.terms import HOME, ROOT, WEB_THREADS, WEB_WORKERS, CannotMeasure
from sekata.site.runtime.postgres import Embedded

LOCAL = "127.0.0.1"
PATIENCE = 120.0
DATA = Path(os.environ.get("BENCH_DATA") or HOME / f"data-{os.getpid()}")


def environment(**more: str) -> dict[str, str]:
    """The environment of the suite's processes: this run's folder, nothing that the caller's shell says."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("SEKATA_") and k != "DATABASE_URL"}
    kept.setdefault("DJANGO_SETTINGS_MODULE", "sekata.site.settings")
    own = {
        "BENCH_DATA": str(DATA),
        "SEKATA_DATA": str(DATA),
        "SEKATA_WEB_WORKERS": str(WEB_WORKERS),
        "SEKATA_WEB_THREADS": str(WEB_THREADS),
        "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))),
    }
    return kept | own | more


def server() -> Embedded:
    """This run's PostgreSQL, durable as in earnest."""
    return Embedded(DATA / "postgres")


def fresh_folder() -> None:
    """An empty data folder; those of runs that are over go."""
    HOME.mkdir(parents=True, exist_ok=True)
    for left in HOME.glob("data-*"):
        if not psutil.pid_exists(int(left.name.split("-")[1])):
            shutil.rmtree(left, ignore_errors=True)
    DATA.mkdir(mode=0o711)


def remove_folder() -> None:
    shutil.rmtree(DATA, ignore_errors=True)


def python(*words: str) -> list[str]:
    return [sys.executable, "-m", *words]


def run(*words: str, **more: str) -> str:
    """Run a module to its end; what it prints."""
    done = subprocess.run(  # noqa: S603
        python(*words), env=environment(**more), cwd=DATA, capture_output=True, text=True, timeout=600
    )
    if done.returncode:
        raise CannotMeasure(f"{' '.join(words)}: {(done.stderr or done.stdout).strip()[-2000:]}")
    return done.stdout


@contextmanager
def running(*words: str, log: str, **more: str) -> Iterator[subprocess.Popen]:
    """A module as a process that lives as long as the block; it is asked to end, then awaited."""
    with (DATA / f"{log}.log").open("ab") as out:
        process = subprocess.Popen(  # noqa: S603
            python(*words),
            env=environment(**more),
            cwd=DATA,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
    try:
        yield process
    finally:
        end(process)


def end(process: subprocess.Popen) -> None:
    """Ask the process to end; kill it with everything it has started when it does not."""
    if process.poll() is not None:
        return
    family = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(40)
    except subprocess.TimeoutExpired:
        for one in family:
            with suppress(psutil.Error):
                one.kill()
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOCAL, 0))
        return probe.getsockname()[1]


def await_page(process: subprocess.Popen, port: int, path: str, log: str) -> float:
    """Wait for the first 200 of `path`; the moment when it came."""
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last and process.poll() is None:
        with suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection(LOCAL, port, timeout=10)
            try:
                connection.request("GET", path)
                if connection.getresponse().status == 200:
                    return time.monotonic()
            finally:
                connection.close()
        time.sleep(0.01)
    raise CannotMeasure(f"{path} never answered:\n{last_words(log)}")


def last_words(log: str) -> str:
    with suppress(OSError):
        return (DATA / f"{log}.log").read_text(errors="replace")[-2000:]
    return ""


def family(process: subprocess.Popen) -> list[psutil.Process]:
    """The process and everything that it has started."""
    parent = psutil.Process(process.pid)
    return [parent, *parent.children(recursive=True)]


def postgres_sessions(home: Path) -> list[psutil.Process]:
    """All processes of the server whose data lie in `home`."""
    found = []
    for one in psutil.process_iter(["name"]):
        with suppress(psutil.Error, OSError):
            if (one.info["name"] or "").startswith("postgres") and Path(one.cwd()) == home.resolve():
                found.append(one)
    return found


def cpu_seconds(processes: Sequence[psutil.Process]) -> float:
    """Processor time that these processes have taken so far."""
    total = 0.0
    for one in processes:
        with suppress(psutil.Error):
            spent = one.cpu_times()
            total += spent.user + spent.system
    return total


def copy_database(name: str) -> str:
    """A copy of the suite's database under that name; its URL. Nobody may be using the original."""
    with psycopg.connect(server().url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE sekata OWNER sekata STRATEGY file_copy").format(
                sql.Identifier(name)
            )
        )
    return server().url(name)


class Teller:
    """A child process that answers questions, one line of JSON each."""

    def __init__(self, *words: str, log: str, **more: str) -> None:
        self.log = log
        self.errors = (DATA / f"{log}.log").open("ab")
        self.process = subprocess.Popen(  # noqa: S603
            python(*words),
            env=environment(**more),
            cwd=DATA,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
        )

    def ask(self, **question: object) -> object:
        try:
            self.process.stdin.write(json.dumps(question) + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            raise CannotMeasure(f"{question}:\n{last_words(self.log)}")
        return json.loads(answer)

    def __enter__(self) -> "Teller":
        return self

    def __exit__(self, *error: object) -> None:
        self.process.stdin.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.errors.close()
