"""What is measured: names, limits, results, and how much of each a run takes."""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "var" / "bench"
RESULTS = ROOT / "var" / "bench.json"

QUICK = bool(os.environ.get("BENCH_QUICK"))
SMALL, BIG = 10_000, 100_000 if QUICK else 1_000_000
FEW_POSTINGS, MANY_POSTINGS = 100_000, 1_000_000 if QUICK else 10_000_000
BOOK, ACCOUNT, ONE_HOLDER = "bench", "2101", "00000000007"
INTAKE_ROUNDS = 3 if QUICK else 7
INTAKE_SECONDS = 3.0 if QUICK else 4.0
START_ROUNDS = 2 if QUICK else 3
START_SECONDS = 3
PAGE_ROUNDS = 4 if QUICK else 8
PAGES_A_ROUND = 10
MOST_A_ROUND = 400.0
"""Milliseconds after which a round of pages has lasted long enough."""
IDLE_SECONDS = 10

WEB_WORKERS, WEB_THREADS = 2, 4
CONNECTIONS = WEB_WORKERS * WEB_THREADS


class CannotMeasure(Exception):
    """A measurement that could not be made; the message says why."""


@dataclass(frozen=True)
class Limit:
    """What a value is held against: at least (or at most) `bound`; None where it only informs."""

    unit: str
    bound: float | None
    at_least: bool = False

    def kept(self, value: float) -> bool:
        return self.bound is None or (value >= self.bound if self.at_least else value <= self.bound)


LIMITS = {
    "intake_ratio": Limit("of the floor", 0.35, at_least=True),
    "intake_per_second": Limit("intakes/s", None),
    "intake_statements": Limit("statements", 14),
    "inbox_growth": Limit("times", 1.3),
    "inbox_filter_growth": Limit("times", 1.3),
    "search_growth": Limit("times", 2),
    "passbook_growth": Limit("times", 1.3),
    "balance_growth": Limit("times", 1.3),
    "start_page_per_second": Limit("pages/s", 1500, at_least=True),
    "idle_memory_mb": Limit("MB", 500),
    "second_start_s": Limit("s", 6),
}


@dataclass(frozen=True)
class Measured:
    """One value; None where it could not be measured, and why then stands in the note."""

    name: str
    value: float | None
    note: str = ""

    @property
    def limit(self) -> Limit:
        return LIMITS[self.name]

    @property
    def ok(self) -> bool:
        return self.value is not None and self.limit.kept(self.value)
