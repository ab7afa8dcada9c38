"""`sekata serve` as an operator runs it: real processes, real signals, real kill -9."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest

from sekata.site.runtime import testbed

MB = 1024 * 1024
IDLE_MEMORY = 500 * MB
COMMAND = [sys.executable, "-m", "sekata.site.cli"]


def until(true: Callable[[], object], seconds: float = 40, told: Callable[[], str] = str) -> None:
    """Look again and again until it is so."""
    last = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < last, f"it did not come about in time\n{told()}"
        time.sleep(0.05)


class Installation:
    """A data folder and the suite that serves from it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.environment = testbed.plain_environment() | {"SEKATA_DATA": str(data)}
        self.tree: subprocess.Popen | None = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def start(self) -> float:
        """Serve; returns the seconds until the first answer."""
        began = time.monotonic()
        with (self.data / "serve.log").open("ab") as log:
            self.tree = subprocess.Popen(
                [*COMMAND, "serve", "--port", str(self.port)], env=self.environment, stdout=log, stderr=log
            )
        until(lambda: self.tree.poll() is not None or self.answer("/healthz")[0] == 200, 90)
        assert self.tree.poll() is None, self.log()
        return time.monotonic() - began

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.tree.send_signal(number)
        return self.tree.wait(40)

    def answer(self, path: str, method: str = "GET", **sent) -> tuple[int, bytes]:
        """Status and body; 0 where nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, **sent)
            response = connection.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()

    def check(self, name: str) -> str:
        """State of one check of /readyz."""
        with suppress(ValueError, KeyError):
            return json.loads(self.answer("/readyz")[1])["checks"][name]["state"]
        return "unknown"

    def processes(self) -> list[psutil.Process]:
        """Everything that runs for this data folder."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                mine = process.environ().get("SEKATA_DATA") == str(self.data)
                if mine or any(f"{self.data}/" in word for word in process.cmdline()):
                    found += [process, *process.children(recursive=True)]
        return list(dict.fromkeys(found))

    def part(self, word: str) -> psutil.Process:
        """The child of the tree that was started with `word`."""
        return next(p for p in psutil.Process(self.tree.pid).children() if word in p.cmdline())

    def is_renewed(self, word: str, former: int) -> bool:
        """Whether the part runs again, in another process."""
        with suppress(StopIteration, psutil.Error):
            return self.part(word).pid != former
        return False

    def postmaster(self) -> int:
        return int((self.data / "postgres" / "postmaster.pid").read_text().split()[0])

    def log(self) -> str:
        return (self.data / "serve.log").read_text()


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory(dir=testbed.BED, ignore_cleanup_errors=True) as room:
        Path(room).chmod(0o711)
        yield Path(room)


@pytest.fixture
def suite(folder: Path) -> Iterator[Installation]:
    """The suite, serving; afterwards nothing of it is left."""
    suite = Installation(folder)
    suite.start()
    yield suite
    if suite.tree.poll() is None:
        suite.stop()
    until(lambda: not suite.processes())


def test_it_serves_is_ready_and_stops_without_a_trace(suite):
    until(lambda: suite.check("worker") == "ok")
    status, body = suite.answer("/readyz")
    assert status == 200 and json.loads(body)["status"] in ("ok", "warning")
    assert suite.stop(signal.SIGINT) == 0
    assert suite.processes() == []
    assert not (suite.data / "postgres" / "postmaster.pid").exists()


def test_it_starts_again_on_what_it_kept(suite):
    assert suite.stop() == 0
    suite.start()
    assert suite.check("database") == "ok"


def test_the_idle_suite_is_small(suite):
    until(lambda: suite.check("worker") == "ok")
    assert sum(p.memory_full_info().pss for p in suite.processes()) < IDLE_MEMORY


@pytest.mark.parametrize("word", ["worker", "web"])
def test_a_killed_part_is_started_again_and_said_so(suite, word):
    killed = suite.part(word)
    killed.kill()
    until(lambda: suite.is_renewed(word, killed.pid), told=suite.log)
    until(lambda: suite.check("database") == "ok", told=suite.log)
    assert f"{word} 1 was ended" in suite.log() or f"{word} was ended by SIGKILL" in suite.log()


def test_a_killed_tree_leaves_nothing_and_the_next_start_works(suite):
    suite.tree.kill()
    suite.tree.wait()
    until(lambda: not suite.processes())
    suite.start()
    assert suite.check("database") == "ok"


def test_a_crash_of_every_process_at_once_does_not_block_the_next_start(suite):
    for process in suite.processes():
        with suppress(psutil.Error):
            process.kill()
    suite.tree.wait()
    until(lambda: not suite.processes())
    suite.start()
    assert suite.check("database") == "ok"


def test_pages_recover_when_the_database_was_away(suite):
    keeper = int((suite.data / "run" / "postgres.keeper").read_text())
    os.kill(keeper, signal.SIGSTOP)
    try:
        os.kill(suite.postmaster(), signal.SIGKILL)
        until(lambda: suite.answer("/readyz")[0] == 503)
        assert suite.answer("/healthz")[0] == 200
    finally:
        os.kill(keeper, signal.SIGCONT)
    until(lambda: suite.answer("/readyz")[0] == 200)


def test_bodies_above_the_limit_are_refused_before_they_are_read(suite):
    image = {"Content-Type": "image/jpeg"}
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    promised = {**image, "Content-Length": str(50 * MB)}
    assert suite.answer("/", "POST", headers=promised, body=b"")[0] == 413
    assert suite.answer("/", "POST", headers={**form, "Content-Length": str(5 * MB)}, body=b"")[0] == 413
    endless = (bytes(MB) for _ in range(50))
    chunked = {**image, "Transfer-Encoding": "chunked"}
    assert suite.answer("/", "POST", headers=chunked, body=endless, encode_chunked=True)[0] in (413, 0)
    assert suite.answer("/healthz")[0] == 200


def test_an_occupied_port_is_named(folder):
    suite = Installation(folder)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        told = subprocess.run(
            [*COMMAND, "serve", "--port", str(other.getsockname()[1])],
            env=suite.environment,
            capture_output=True,
            text=True,
        )
    assert told.returncode == 1 and "--port" in told.stderr
