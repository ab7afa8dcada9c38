"""The floor: a bare WSGI view that inserts the rows of a recorded intake by psycopg, in one transaction.

`python -m bench.floor PORT RECORDING DATABASE_URL` serves it as the suite is served: by granian, with as many
processes and threads. Each thread keeps its connection. Body and keys of each request take the place of the
recorded ones; nothing is checked, computed or rendered.
"""

import itertools
import json
import os
import pickle
import re
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from bench.ground import LOCAL
from bench.record import Recording, Statement
from bench.terms import WEB_THREADS, WEB_WORKERS

Names = dict[str, Any]
Fill = Callable[[Names], Any]
COLUMNS = re.compile(r'INSERT INTO "?(\w+)"? \(([^)]*)\)', re.IGNORECASE)
FRESH = {("cases_case", "number"), ("cases_case", "tracking")}
RETURNS = re.compile(r"\bRETURNING\b", re.IGNORECASE)


class Template:
    """Parameters of a statement with holes where the recorded intake had its own keys and texts."""

    def __init__(self, known: dict[object, str]) -> None:
        self.known = known
        texts = sorted((str(value) for value in known), key=len, reverse=True)
        self.pattern = re.compile("(" + "|".join(map(re.escape, texts)) + ")")
        self.texts = {str(value): name for value, name in known.items()}

    def fill(self, value: object) -> Fill | None:
        """How to make the parameter anew; None for one that is always the same."""
        if isinstance(value, list | tuple | dict):
            return self._fill_many(value)
        if isinstance(value, str):
            return self._fill_text(value)
        if isinstance(value, int | float | UUID) and not isinstance(value, bool) and value in self.known:
            name = self.known[value]
            return lambda names: names[name]
        return None

    def _fill_text(self, value: str) -> Fill | None:
        parts = self.pattern.split(value)
        if len(parts) == 1:
            return None
        pieces = [(self.texts.get(part), part) for part in parts if part]
        return lambda names: "".join(str(names[name]) if name else part for name, part in pieces)

    def _fill_many(self, value: list | tuple | dict) -> Fill | None:
        items = list(value.values()) if isinstance(value, dict) else list(value)
        fills = [self.fill(item) for item in items]
        if not any(fills):
            return None
        pairs = list(zip(fills, items, strict=True))

        def make(names: Names) -> list[Any]:
            return [fill(names) if fill else item for fill, item in pairs]

        if isinstance(value, dict):
            return lambda names: dict(zip(value, make(names), strict=True))
        return (lambda names: tuple(make(names))) if isinstance(value, tuple) else make


class Bare:
    """The view. Each process and thread has its own counters and connection."""

    def __init__(self, recording: Recording, url: str) -> None:
        self.url = url
        self.local = threading.local()
        self.serial = itertools.count(1)
        self.uuids: list[str] = []
        self.known = self._known(recording)
        template = Template(self.known)
        self.statements = [(one, template.fill(one.params)) for one in recording.writes]

    def _known(self, recording: Recording) -> dict[object, str]:
        """What of the recorded intake is new each time: value -> name."""
        point = recording.body["point"]
        known: dict[object, str] = {point["lat"]: "lat", point["lon"]: "lon"}
        known |= {recording.body[name]: name for name in ("description", "address_text")}
        for statement in recording.writes:
            if statement.first is not None:
                known |= {
                    statement.first + row: f"{statement.first}+{row}" for row in range(rows_of(statement))
                }
            for column, value in named(statement):
                if column in FRESH:
                    known[value] = column[1]
                if isinstance(value, UUID) and value not in known:
                    known[value] = f"uuid{len(self.uuids)}"
                    self.uuids.append(known[value])
        return known

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        body = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        number = self.insert(body)
        page = json.dumps({"number": number}).encode()
        start_response(
            "201 Created", [("Content-Type", "application/json"), ("Content-Length", str(len(page)))]
        )
        return [page]

    def insert(self, body: dict[str, Any]) -> str:
        names = self.fresh(body)
        connection = self.connection()
        with connection.transaction(), connection.cursor() as cursor:
            for statement, fill in self.statements:
                cursor.execute(statement.sql, fill(names) if fill else statement.params)
                if statement.first is not None and RETURNS.search(statement.sql):
                    for row, (key, *_) in enumerate(cursor.fetchall()):
                        names[f"{statement.first}+{row}"] = key
        return names["number"]

    def fresh(self, body: dict[str, Any]) -> Names:
        """New keys, and what the body says."""
        serial = os.getpid() * 1_000_000 + next(self.serial)
        keys = {name: uuid4() for name in self.uuids}
        point = body["point"]
        return keys | {
            "number": f"PLH-1405-2025-{serial:06}",
            "tracking": uuid4().hex * 2,
            "description": body["description"],
            "address_text": body["address_text"],
            "lat": point["lat"],
            "lon": point["lon"],
        }

    def connection(self) -> psycopg.Connection:
        if not hasattr(self.local, "connection"):
            self.local.connection = psycopg.connect(self.url, autocommit=True)
        return self.local.connection


def rows_of(statement: Statement) -> int:
    """How many rows an INSERT makes: those of its arrays, else one."""
    lists = [value for value in statement.params if isinstance(value, list)]
    return len(lists[0]) if "UNNEST" in statement.sql.upper() and lists else 1


def named(statement: Statement) -> Iterable[tuple[tuple[str, str], object]]:
    """((table, column), value) of a plain INSERT."""
    found = COLUMNS.match(statement.sql.strip())
    if found and not isinstance(statement.params, dict):
        columns = [name.strip(' "\n') for name in found[2].split(",")]
        yield from zip(((found[1], column) for column in columns), statement.params, strict=False)


def main() -> None:
    port, recording, url = sys.argv[1:]
    recorded = pickle.loads(Path(recording).read_bytes())  # noqa: S301 - written by this run itself
    bare = Bare(replace(recorded), url)
    server = Server(
        "bench.floor:Bare",
        address=LOCAL,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=WEB_WORKERS,
        blocking_threads=WEB_THREADS,
        blocking_threads_idle_timeout=600,
        http=HTTPModes.http1,
        websockets=False,
        backlog=1024,
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=lambda *_: bare, wrap_loader=False)


if __name__ == "__main__":
    main()
