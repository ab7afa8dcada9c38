"""The load generator, a process of its own: `python -m bench.load PORT SECONDS CONNECTIONS PATH [BODIES]`.

So many connections that stay open, each asking again as soon as it is answered. With a file of JSON bodies it
posts them in turn, each under a fresh key; otherwise it gets PATH. Prints what happened, as JSON.
"""

import asyncio
import itertools
import json
import sys
import time
from collections import Counter
from pathlib import Path
from uuid import uuid4

from bench.body import KEY_HEADER
from bench.ground import LOCAL


class Asker(asyncio.Protocol):
    """One connection: writes a request, waits for the whole answer, writes the next."""

    def __init__(self, tally: "Tally") -> None:
        self.tally = tally
        self.buffer = b""
        self.asked = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:
        self.transport = transport
        self.ask()

    def ask(self) -> None:
        self.asked = time.perf_counter()
        self.transport.write(self.tally.request())

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return
        self.buffer = b""
        status = int(head[9:12])
        if self.tally.note(status, body, time.perf_counter() - self.asked):
            self.ask()
        else:
            self.transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        self.tally.left()


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return 0


class Tally:
    """What is asked and what comes back."""

    def __init__(self, port: int, seconds: float, connections: int, path: str, bodies: list[bytes]) -> None:
        self.head = f"{'POST' if bodies else 'GET'} {path} HTTP/1.1\r\nHost: {LOCAL}:{port}\r\n"
        self.bodies = itertools.cycle(bodies)
        self.posts = bool(bodies)
        self.open = connections
        self.until = time.perf_counter() + seconds
        self.statuses: Counter[int] = Counter()
        self.seconds: list[float] = []
        self.odd = ""
        self.done = asyncio.get_running_loop().create_future()

    def request(self) -> bytes:
        if not self.posts:
            return f"{self.head}\r\n".encode()
        body = next(self.bodies)
        kind = f"Content-Type: application/json\r\n{KEY_HEADER}: {uuid4()}\r\n"
        return f"{self.head}{kind}Content-Length: {len(body)}\r\n\r\n".encode() + body

    def note(self, status: int, body: bytes, seconds: float) -> bool:
        """Count an answer; whether to go on."""
        self.statuses[status] += 1
        self.seconds.append(seconds)
        if not 200 <= status < 300:
            self.odd = self.odd or body[:500].decode(errors="replace")
        return time.perf_counter() < self.until

    def left(self) -> None:
        self.open -= 1
        if not self.open and not self.done.done():
            self.done.set_result(None)


async def ask_away(
    port: int, seconds: float, connections: int, path: str, bodies: list[bytes]
) -> dict[str, object]:
    """Put load on the server; count, rate, time of an answer, and the client's own share of a processor."""
    tally = Tally(port, seconds, connections, path, bodies)
    began, spent = time.perf_counter(), time.process_time()
    loop = asyncio.get_running_loop()
    for _ in range(connections):
        await loop.create_connection(lambda: Asker(tally), LOCAL, port)
    await asyncio.wait_for(tally.done, seconds + 60)
    took = time.perf_counter() - began
    times = sorted(tally.seconds)
    good = sum(count for status, count in tally.statuses.items() if 200 <= status < 300)
    return {
        "good": good,
        "statuses": {str(status): count for status, count in tally.statuses.items()},
        "rate": good / took,
        "median_ms": 1000 * times[len(times) // 2],
        "p95_ms": 1000 * times[int(len(times) * 0.95)],
        "client_share": (time.process_time() - spent) / took,
        "odd": tally.odd,
    }


def main() -> None:
    port, seconds, connections, path, *files = sys.argv[1:]
    bodies = [json.dumps(body).encode() for file in files for body in json.loads(Path(file).read_text())]
    print(json.dumps(asyncio.run(ask_away(int(port), float(seconds), int(connections), path, bodies))))


if __name__ == "__main__":
    main()
