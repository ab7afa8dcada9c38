"""Intake through the API beside the floor, in turn, in the same database."""

import json
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench import ground
from bench.body import PATH, bodies
from bench.terms import CONNECTIONS, INTAKE_ROUNDS, INTAKE_SECONDS, LIMITS, CannotMeasure, Measured

WARM_SECONDS = 2.0
VARIETY = 4000


@dataclass(frozen=True)
class Round:
    """One spell of load on one of the two: what the client saw, and processor time by part for one intake."""

    rate: float
    median_ms: float
    client_share: float
    web_ms: float
    database_ms: float


@dataclass(frozen=True)
class Side:
    """A web server under load."""

    process: subprocess.Popen
    port: int
    path: str


def measure() -> list[Measured]:
    """Record an intake, then load suite and floor alternately."""
    recording = ground.DATA / "intake.pickle"
    statements = json.loads(ground.run("bench.child", "bench.record", str(recording)))
    sheet = ground.DATA / "bodies.json"
    sheet.write_text(json.dumps(bodies(VARIETY)))
    ports = ground.free_port(), ground.free_port()
    with (
        ground.running(
            "sekata.site.cli", "web", "--port", str(ports[0]), log="web", SEKATA_PROCESS="web"
        ) as web,
        ground.running(
            "bench.floor", str(ports[1]), str(recording), ground.server().url(), log="floor"
        ) as floor,
    ):
        suite, bare = Side(web, ports[0], PATH), Side(floor, ports[1], "/")
        ground.await_page(web, suite.port, "/healthz", "web")
        for side in (suite, bare):
            spell(side, sheet, WARM_SECONDS)
        pairs = [(spell(suite, sheet), spell(bare, sheet)) for _ in range(INTAKE_ROUNDS)]
        with ground.running("sekata.site.cli", "worker", log="worker", SEKATA_PROCESS="worker"):
            busy = spell(suite, sheet)
    return told(pairs, busy, statements)


def spell(side: Side, sheet: Path, seconds: float = INTAKE_SECONDS) -> Round:
    """Put load on a side for some seconds."""
    web, database = ground.family(side.process), ground.postgres_sessions(ground.DATA / "postgres")
    before = ground.cpu_seconds(web), ground.cpu_seconds(database)
    words = (str(side.port), str(seconds), str(CONNECTIONS), side.path, str(sheet))
    seen = json.loads(ground.run("bench.load", *words))
    if set(seen["statuses"]) != {"201"}:
        raise CannotMeasure(f"{side.path}: {seen['statuses']} {seen['odd']}")
    sessions = ground.postgres_sessions(ground.DATA / "postgres")
    spent = ground.cpu_seconds(web) - before[0], ground.cpu_seconds(sessions) - before[1]
    each = [1000 * part / seen["good"] for part in spent]
    return Round(seen["rate"], seen["median_ms"], seen["client_share"], *each)


def told(pairs: Sequence[tuple[Round, Round]], busy: Round, statements: Sequence[str]) -> list[Measured]:
    """The three values with what explains them."""
    ratio = statistics.median(ours.rate / floor.rate for ours, floor in pairs)
    ours, floor = (middle([pair[side] for pair in pairs]) for side in (0, 1))
    cores = psutil.cpu_count()
    note = (
        f"floor {floor.rate:.0f}/s; processor time of an intake: suite {ours.web_ms:.1f} ms web and "
        f"{ours.database_ms:.1f} ms database, floor {floor.web_ms:.1f} and {floor.database_ms:.1f} ms; "
        f"the client takes {ours.client_share:.0%} and {floor.client_share:.0%} of one of {cores} cores; "
        f"median of {len(pairs)} rounds of both"
    )
    return [
        Measured("intake_ratio", round(ratio, 3), note),
        Measured(
            "intake_per_second",
            round(ours.rate, 1),
            f"{CONNECTIONS} connections, answer in {ours.median_ms:.0f} ms; "
            f"{busy.rate:.0f}/s while a worker does the jobs",
        ),
        Measured(
            "intake_statements",
            len(statements),
            f"the whole request; at most {LIMITS['intake_statements'].bound}",
        ),
    ]


def middle(rounds: Sequence[Round]) -> Round:
    return Round(
        *(statistics.median(getattr(one, name) for one in rounds) for name in Round.__dataclass_fields__)
    )
