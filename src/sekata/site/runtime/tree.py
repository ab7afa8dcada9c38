"""The process tree of `sekata serve`: starts its parts, restarts those that die, stops them all together."""

import os
import select
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from sekata.site.runtime.orphans import PARENT

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0
STEADY_AFTER = 60.0
PATIENCE = 25.0
GIVE_UP_AFTER = 5
STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

Say = Callable[[str], None]


@dataclass
class Part:
    """A child that shall always run. vital: when it cannot even start, the whole tree ends."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    vital: bool = False
    process: subprocess.Popen | None = None
    started: float = 0.0
    next_start: float = 0.0
    falls: int = 0

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603
            self.command,
            env={**os.environ, **self.environment, PARENT: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            process_group=0,  # Ctrl-C reaches the tree alone, which then stops its parts in order
        )
        self.started = time.monotonic()

    def pause(self) -> float:
        """How long to wait before the next start, longer after each fall."""
        return min(FIRST_PAUSE * 2 ** max(self.falls - 1, 0), LONGEST_PAUSE)

    def signal(self, number: int) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    def kill(self) -> None:
        """End the part and whatever it has started."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Tree:
    """Parts that live and end together. `ready` is called after each look until it says true, once."""

    def __init__(self, parts: Sequence[Part], say: Say, ready: Callable[[], bool] = lambda: True) -> None:
        self.parts = parts
        self.say = say
        self.ready, self.is_ready = ready, False
        self.asked: list[int] = []

    def run(self) -> int:
        """Run until told to stop; 0 when that was all, 1 when a vital part would not start."""
        wake, woken = socket.socketpair()
        woken.setblocking(False)
        before = {number: signal.getsignal(number) for number in (*STOPPING, signal.SIGCHLD)}
        for number in STOPPING:
            if number != signal.SIGHUP or before[number] != signal.SIG_IGN:  # nohup
                signal.signal(number, lambda got, frame: self.asked.append(got))
        signal.signal(signal.SIGCHLD, lambda got, frame: None)
        old = signal.set_wakeup_fd(woken.fileno(), warn_on_full_buffer=False)
        try:
            return self._live(wake)
        finally:
            self._stop(wake)
            signal.set_wakeup_fd(old)
            for number, handler in before.items():
                signal.signal(number, handler)
            wake.close()
            woken.close()

    def _live(self, wake: socket.socket) -> int:
        while not self.asked:
            for part in self.parts:
                if not self._look_after(part):
                    return 1
            if not self.is_ready:
                self.is_ready = self.ready()
            self._sleep(wake, 1.0 if self.is_ready else 0.05)
        return 0

    def _look_after(self, part: Part) -> bool:
        """Start the part where it does not run and its pause is over; False to give up."""
        now = time.monotonic()
        if part.process is None:
            if now >= part.next_start:
                part.start()
            return True
        code = part.process.poll()
        if code is None:
            if part.falls and now - part.started > STEADY_AFTER:
                part.falls = 0
            return True
        part.kill()
        part.process = None
        part.falls += 1
        if part.vital and not self.is_ready and part.falls >= GIVE_UP_AFTER:
            self.say(f"{part.name} does not start; giving up")
            return False
        part.next_start = now + part.pause()
        self.say(f"{part.name} {ending(code)}; starting it again in {part.pause():g} s")
        return True

    def _sleep(self, wake: socket.socket, seconds: float) -> None:
        due = [part.next_start for part in self.parts if part.process is None]
        if due:
            seconds = max(0.0, min(seconds, min(due) - time.monotonic()))
        if select.select([wake], [], [], seconds)[0]:
            wake.recv(4096)

    def _stop(self, wake: socket.socket) -> None:
        """Ask every part to end, wait, and kill what stays; a second Ctrl-C kills at once."""
        self.asked.clear()
        for part in self.parts:
            part.signal(signal.SIGTERM)
        last = time.monotonic() + PATIENCE
        while any(part.process and part.process.poll() is None for part in self.parts):
            if self.asked or time.monotonic() > last:
                break
            self._sleep_plainly(wake)
        for part in self.parts:
            part.kill()

    @staticmethod
    def _sleep_plainly(wake: socket.socket) -> None:
        if select.select([wake], [], [], 0.2)[0]:
            wake.recv(4096)


def ending(code: int) -> str:
    """How a process ended, in words."""
    if code < 0:
        with suppress(ValueError):
            return f"was ended by {signal.Signals(-code).name}"
    return f"ended with code {code}"
