"""The bank in a process of its own, and orders to it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from sekata.site.runtime import testbed

BANK = [sys.executable, "-m", "sekata.site.cli", "bank"]


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(true, seconds: float = 30) -> None:
    """Look again and again until it is so."""
    last = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < last, "it did not come about in time"
        time.sleep(0.02)


class BankProcess:
    """`sekata bank` on a data folder."""

    def __init__(self, data: Path, house: str):
        self.data, self.port = data, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.words = [*BANK, "--port", str(self.port), "--house", house]
        self.process: subprocess.Popen | None = None

    @property
    def folder(self) -> Path:
        return self.data / "bank"

    def start(self) -> "BankProcess":
        environment = testbed.plain_environment() | {"SEKATA_DATA": str(self.data)}
        with (self.data / "bank.log").open("ab") as log:
            self.process = subprocess.Popen(self.words, env=environment, stdout=log, stderr=log)
        until(lambda: self.process.poll() is not None or self.answers())
        assert self.process.poll() is None, (self.data / "bank.log").read_text()
        return self

    def answers(self) -> bool:
        try:
            return bool(self.state())
        except OSError:
            return False

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def revive(self) -> None:
        """Start it where it has died."""
        if self.process.poll() is not None:
            self.start()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()

    def state(self) -> dict:
        with urllib.request.urlopen(f"{self.address}/state", timeout=10) as answer:
            return json.load(answer)

    def order(self, path: str, **given) -> dict:
        """An order as JSON; empty where the bank died of it."""
        call = urllib.request.Request(
            self.address + path, json.dumps(given).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(call, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            return json.load(refused)
        except OSError:
            self.process.wait(10)
            return {}
