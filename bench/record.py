"""Records one real intake: `python -m bench.child bench.record FILE`.

The floor replays its statements that write. Before the recorded intake every sequence is set to a high number
of its own, so that whatever refers to a new row can be told by that number.
"""

import json
import pickle
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from django.db import connection
from django.test import Client
from psycopg.types.json import Jsonb

from bench.body import CREATED, KEY_HEADER, PATH, bodies
from bench.terms import CannotMeasure

WRITES = re.compile(r"\s*(INSERT INTO|WITH\b.*\bINSERT INTO|SELECT\b.*procrastinate_defer_jobs)", re.I | re.S)
OWN_KEY = re.compile(
    r'\s*INSERT INTO "?(\w+)"? \(([^)]*)\) VALUES \(([^()]*)\)(?:\s+RETURNING [\w".]+)?\s*', re.IGNORECASE
)
TABLE = re.compile(r'\s*INSERT INTO "?(\w+)"?', re.IGNORECASE)
COUNTER = "documents_series"
"""Its row is not inserted but counted up: the floor gives no gapless number."""
FIRST, APART = 10**12, 10**9


@dataclass(frozen=True)
class Statement:
    """A statement as it was sent, and the number of its table's first new row (None where it gives none)."""

    sql: str
    params: object
    first: int | None = None


@dataclass
class Recording:
    """The statements that write, in order; the body they came from; how many statements there were in all."""

    writes: list[Statement] = field(default_factory=list)
    body: dict[str, object] = field(default_factory=dict)
    answer: dict[str, object] = field(default_factory=dict)
    key: str = ""
    all: list[str] = field(default_factory=list)


def plain(value: object) -> object:
    """A parameter as bare psycopg takes it: JSON as text."""
    if isinstance(value, Jsonb):
        return value.dumps(value.obj) if value.dumps else json.dumps(value.obj)
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value] if isinstance(value, list) else tuple(map(plain, value))
    if isinstance(value, memoryview):
        return bytes(value)
    return value if not (isinstance(value, str) and type(value) is not str) else str.__str__(value)


def without_key(statement: Statement) -> Statement:
    """An INSERT that brings its own key, asked beforehand, as one that lets the database give it."""
    found = OWN_KEY.fullmatch(statement.sql)
    if found is None or statement.first not in statement.params:
        return statement
    columns = [name.strip() for name in found[2].split(",")]
    if columns[0].strip('"') != "id" or statement.params[0] != statement.first:
        return statement
    places = ", ".join(["%s"] * (len(columns) - 1))
    sql = f"INSERT INTO {found[1]} ({', '.join(columns[1:])}) VALUES ({places}) RETURNING id"  # noqa: S608
    return Statement(sql, statement.params[1:], statement.first)


def in_order(statements: list[Statement]) -> list[Statement]:
    """Rows before those that name their keys."""
    waiting, ordered = list(statements), []
    while waiting:
        unknown = [one.first for one in waiting if one.first is not None]
        ready = next(
            one
            for one in waiting
            if not any(str(key) in str(one.params) for key in unknown if key != one.first)
        )
        waiting.remove(ready)
        ordered.append(ready)
    return ordered


@contextmanager
def listening(heard: list[tuple[str, object]]) -> Iterator[None]:
    """Note every statement inside the block."""

    def hear(execute: Callable, sql: str, params: object, many: bool, context: object) -> object:
        heard.extend((sql, one) for one in (params if many else [params]))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(hear):
        yield


def mark_sequences() -> dict[str, int]:
    """Set every sequence to a number far from all others; table -> number of its next row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq.relname, tab.relname FROM pg_depend dep JOIN pg_class seq ON seq.oid = dep.objid "
            "JOIN pg_class tab ON tab.oid = dep.refobjid JOIN pg_sequence s ON s.seqrelid = seq.oid "
            "WHERE seq.relkind = 'S' AND dep.deptype IN ('a', 'i') AND s.seqmax > 10^15 ORDER BY 2"
        )
        marks = {}
        for place, (sequence, table) in enumerate(cursor.fetchall()):
            marks[table] = FIRST + place * APART
            cursor.execute("SELECT setval(%s::regclass, %s, false)", [f'"{sequence}"', marks[table]])
        return marks


def post(client: Client, body: dict[str, object]) -> tuple[str, dict[str, object]]:
    """File a complaint through the whole suite; the key it came with and the answer."""
    key = str(uuid4())
    answer = client.post(PATH, json.dumps(body), content_type="application/json", headers={KEY_HEADER: key})
    if answer.status_code != CREATED:
        raise CannotMeasure(f"POST {PATH}: {answer.status_code} {answer.content[:500]!r}")
    return key, answer.json()


def record() -> Recording:
    """One intake with warm caches: what was sent to the database."""
    client = Client(SERVER_NAME="localhost")
    first, second, third = bodies(3)
    post(client, first)
    post(client, second)
    marks = mark_sequences()
    heard: list[tuple[str, object]] = []
    with listening(heard):
        key, answer = post(client, third)
    writes = []
    for sql, params in heard:
        table = TABLE.match(sql)
        if WRITES.match(sql) and not (table and table[1] == COUNTER):
            first_row = marks.get(table[1]) if table else None
            writes.append(without_key(Statement(sql, plain(params), first_row)))
    return Recording(in_order(writes), third, answer, key, [sql for sql, _ in heard])


def main(file: str) -> None:
    recording = record()
    Path(file).write_bytes(pickle.dumps(recording))
    print(json.dumps(recording.all))
