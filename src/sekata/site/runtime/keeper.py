"""Keeps one embedded PostgreSQL server for as long as anybody uses it, then stops it.

Run by path with a bare interpreter (`python -I -S keeper.py SPECIFICATION`), so that it stays small. Whoever
uses the server holds a shared `flock` on the users' file: the operating system releases it however a user
ends, even by kill -9. The keeper stops the server when it gets that lock for itself, and starts the server
again should it die before.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from types import FrameType

LOOK_EVERY = 0.1
LONGEST_PAUSE = 5.0


def lock(path: str, how: int) -> int | None:
    """An open file locked as `how` says, or None where someone else's lock stands against it."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        return None
    return file


def alive(pid: int) -> bool:
    """Whether a process of this number exists."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class Server:
    """The server process: a child of ours, or one that outlived its keeper and is taken over (`adopt`)."""

    def __init__(self, spec: dict) -> None:
        self.spec = spec
        self.child: subprocess.Popen | None = None
        self.adopted: int | None = spec["adopt"]
        self.pause, self.next_start = 0.1, 0.0

    def runs(self) -> bool:
        if self.child is not None:
            return self.child.poll() is None
        return self.adopted is not None and alive(self.adopted)

    def look_after(self) -> None:
        """Start the server when it does not run, more slowly each time that it dies at once."""
        now = time.monotonic()
        if self.runs():
            if now > self.next_start + LONGEST_PAUSE:
                self.pause = 0.1
            return
        if now < self.next_start:
            return
        self.adopted = None
        self.start()
        self.next_start, self.pause = now + self.pause, min(self.pause * 2, LONGEST_PAUSE)

    def start(self) -> None:
        owner = self.spec["owner"]
        rights = {"user": owner[0], "group": owner[1], "extra_groups": []} if owner else {}
        with open(self.spec["log"], "ab") as log:
            self.child = subprocess.Popen(  # noqa: S603
                self.spec["command"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env={"LC_ALL": "C", "PATH": os.defpath, "TZ": "UTC"},
                **rights,
            )

    def stop(self) -> None:
        """A fast shutdown: sessions end, data are written, within moments."""
        if not self.runs():
            return
        pid = self.child.pid if self.child else self.adopted
        os.kill(pid, signal.SIGINT)
        last = time.monotonic() + self.spec["patience"]
        while self.runs() and time.monotonic() < last:
            time.sleep(0.02)
        if self.runs():
            os.kill(pid, signal.SIGQUIT)  # recovers from its log at the next start
            while self.runs():
                time.sleep(0.02)


def keep(spec: dict) -> None:
    """Hold the keeper's lock and look after the server until nobody uses it, or until told to stop."""
    held = lock(spec["keeper"], fcntl.LOCK_EX)
    if held is None:
        return
    os.ftruncate(held, 0)
    os.write(held, str(os.getpid()).encode())
    asked: list[int] = []

    def stop_soon(number: int, frame: FrameType | None) -> None:
        asked.append(number)

    signal.signal(signal.SIGTERM, stop_soon)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    server = Server(spec)
    alone = None
    while not asked and alone is None:
        server.look_after()
        time.sleep(LOOK_EVERY)
        alone = lock(spec["users"], fcntl.LOCK_EX)
    server.stop()


if __name__ == "__main__":
    keep(json.loads(sys.argv[1]))
