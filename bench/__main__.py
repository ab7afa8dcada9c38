"""Measures everything, shows the table, writes `var/bench.json`. `python -m bench growth` measures one part alone and
writes nothing.

Ends with code 1 only when something could not be measured: a value beyond its limit is news, not a failure.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence

import psutil
from rich.console import Console
from rich.table import Table

from bench import books, ground, growth, intake, suite
from bench.terms import BIG, LIMITS, QUICK, RESULTS, CannotMeasure, Measured
from sekata.site.runtime.postgres import ServerError

console = Console(highlight=False)
FAILURES = (CannotMeasure, ServerError, OSError, ValueError, psutil.Error, subprocess.SubprocessError)

PARTS = {
    "suite": suite.measure,
    "intake": intake.measure,
    "growth": growth.measure,
    "books": books.measure,
}
SPAN = {
    "suite": ("start_page_per_second", "idle_memory_mb", "second_start_s"),
    "intake": ("intake_ratio", "intake_per_second", "intake_statements"),
    "growth": ("inbox_growth", "inbox_filter_growth", "search_growth"),
    "books": ("passbook_growth", "balance_growth"),
}


def main(wanted: Sequence[str]) -> int:
    began = time.monotonic()
    found: dict[str, Measured] = {}
    ground.fresh_folder()
    try:
        if "suite" in wanted:
            found |= part("suite")
        else:
            ground.run("sekata.site.cli", "prepare", "--demo")
        with ground.server():
            for name in (*growth.NAMES, *books.NAMES):
                ground.copy_database(name)
            for name in ("intake", "growth", "books"):
                if name in wanted:
                    found |= part(name)
    finally:
        ground.remove_folder()
    names = [name for name in LIMITS if any(name in SPAN[one] for one in wanted)]
    measured = [found.get(name, Measured(name, None, "not reached")) for name in names]
    show(measured, time.monotonic() - began)
    if len(wanted) == len(PARTS):
        write(measured)
    return 0 if all(one.value is not None for one in measured) else 1


def part(name: str) -> dict[str, Measured]:
    """One part of the measurements; a part that fails leaves its reason."""
    began = time.monotonic()
    try:
        with console.status(name):
            values = list(PARTS[name]())
    except FAILURES as error:
        console.print(f"[red]{name}[/]: {error}")
        values = [Measured(value, None, f"{type(error).__name__}: {error}"[:300]) for value in SPAN[name]]
    console.print(f"{name}: {time.monotonic() - began:.0f} s")
    return {value.name: value for value in values}


def show(measured: Iterable[Measured], seconds: float) -> None:
    load = psutil.getloadavg()[0]
    title = f"Sekata, {psutil.cpu_count()} cores (load {load:.1f}), {BIG:,} cases, {seconds:.0f} s"
    table = Table(title=title + (" - quick, not for the record" if QUICK else ""))
    for column in ("name", "value", "unit", "limit", "ok", "note"):
        table.add_column(column, overflow="fold", justify="right" if column == "value" else "left")
    for one in measured:
        bound = one.limit.bound
        limit = "" if bound is None else f"{'at least' if one.limit.at_least else 'at most'} {bound:g}"
        value = "-" if one.value is None else f"{one.value:g}"
        table.add_row(one.name, value, one.limit.unit, limit, verdict(one), one.note)
    console.print(table)


def verdict(one: Measured) -> str:
    if one.value is None:
        return "[red]?[/]"
    if one.limit.bound is None:
        return ""
    return "[green]ok[/]" if one.ok else "[red]no[/]"


def write(measured: Iterable[Measured]) -> None:
    rows = {
        one.name: {"value": one.value, "unit": one.limit.unit, "floor": one.limit.bound, "note": one.note}
        for one in measured
    }
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(PARTS)))
