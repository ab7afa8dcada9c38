"""The embedded server with real processes, really killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import psycopg
import pytest

from sekata.site.runtime import testbed
from sekata.site.runtime.postgres import Embedded, ServerError

USER = """
import sys, time
from pathlib import Path
from sekata.site.runtime.postgres import Embedded
Embedded(Path(sys.argv[1])).start()
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def home() -> Iterator[Path]:
    """A place for a server's data that its own user can reach; whatever still runs there is ended."""
    with TemporaryDirectory(dir=testbed.BED, ignore_cleanup_errors=True) as room:
        Path(room).chmod(0o711)
        yield Path(room) / "postgres"
        for process in running(Path(room)):
            process.kill()


def running(room: Path) -> list[psutil.Process]:
    """Keepers and servers of this place."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        if any(f"{room}/" in word for word in process.info["cmdline"] or ()):
            found.append(process)
    return found


def until(true: Callable[[], object], seconds: float = 20) -> None:
    """Look again and again until it is so."""
    last = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < last, "it did not come about in time"
        time.sleep(0.02)


def ask(server: Embedded, question: str) -> object:
    with psycopg.connect(server.url(), connect_timeout=5) as connection:
        return connection.execute(question).fetchone()[0]


def postmaster(server: Embedded) -> int:
    return int((server.home / "postmaster.pid").read_text().split()[0])


def keeper(server: Embedded) -> int:
    return int((server.run / "postgres.keeper").read_text())


def another_user(server: Embedded) -> subprocess.Popen:
    user = subprocess.Popen(
        [sys.executable, "-c", USER, server.home], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert user.stdout.readline() == "ready\n"
    return user


def test_it_is_durable_private_and_without_superuser_rights(home):
    with Embedded(home) as server:
        assert ask(server, "SHOW fsync") == "on"
        assert ask(server, "SHOW listen_addresses") == ""
        assert ask(server, "SHOW timezone") == "UTC"
        assert ask(server, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
        assert ask(server, "SELECT lower('ÉÑ')") == "éñ"
        assert home.stat().st_mode & 0o077 == 0
    assert not (home / "postmaster.pid").exists() and not running(home.parent)


def test_it_stays_while_anybody_uses_it(home):
    server = Embedded(home).start()
    user = another_user(server)
    first = postmaster(server)
    server.stop()
    assert psutil.pid_exists(first)
    user.communicate("")
    until(lambda: not running(home.parent))


def test_it_ends_by_itself_when_its_last_user_is_killed(home):
    user = another_user(Embedded(home))
    assert running(home.parent)
    user.kill()
    user.wait()
    until(lambda: not running(home.parent))


def test_a_killed_server_comes_back_with_what_was_committed(home):
    with Embedded(home) as server:
        with psycopg.connect(server.url()) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS x")
        os.kill(postmaster(server), signal.SIGKILL)

        def answers() -> bool:
            try:
                return ask(server, "SELECT x FROM kept") == 42
            except (psycopg.OperationalError, FileNotFoundError):
                return False

        until(answers)


def test_a_server_that_outlived_its_keeper_is_taken_over(home):
    with Embedded(home) as server:
        first = postmaster(server)
        os.kill(keeper(server), signal.SIGKILL)
        with Embedded(home) as second:
            assert postmaster(second) == first and ask(second, "SELECT 1") == 1
    assert not running(home.parent)


def test_a_server_without_keeper_is_stopped_by_its_last_user(home):
    server = Embedded(home).start()
    os.kill(keeper(server), signal.SIGKILL)
    server.stop()
    until(lambda: not running(home.parent))


def test_a_crash_of_everything_leaves_nothing_in_the_way(home):
    user = another_user(Embedded(home))
    for process in running(home.parent):
        process.kill()
    user.kill()
    user.wait()
    note = home / "postmaster.pid"
    lines = note.read_text().splitlines()
    note.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")  # the number now belongs to another
    with Embedded(home) as server:
        assert ask(server, "SELECT 1") == 1


def test_two_who_come_at_once_share_one_server(home):
    words = [sys.executable, "-c", USER, str(home)]
    users = [subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in "ab"]
    assert [user.stdout.readline() for user in users] == ["ready\n"] * 2
    assert len([p for p in running(home.parent) if "postgres" in p.name()]) == 1
    for user in users:
        user.communicate("")
    until(lambda: not running(home.parent))


def test_a_long_path_gets_its_socket_elsewhere(home):
    deep = home.parent / ("x" * 100) / "postgres"
    deep.parent.mkdir()
    with Embedded(deep) as server:
        assert server.socket != deep and ask(server, "SELECT 1") == 1
    server.socket.rmdir()


def test_data_of_another_release_are_refused_with_a_way_out(home):
    home.mkdir()
    (home / "PG_VERSION").write_text("16\n")
    with pytest.raises(ServerError, match="backup with the older release"):
        Embedded(home).start()
