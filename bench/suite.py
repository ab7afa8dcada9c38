"""The suite as `make run` starts it: second start, idle memory, anonymous start page."""

import json
import re
import shutil
import statistics
import subprocess
import time
from contextlib import suppress

import psutil

from bench import ground
from bench.terms import CONNECTIONS, IDLE_SECONDS, START_ROUNDS, START_SECONDS, CannotMeasure, Measured


def measure() -> list[Measured]:
    """Set up the demonstration, start it a second time, let it idle, then ask for its start page."""
    began = time.monotonic()
    ground.run("sekata.site.cli", "prepare", "--demo")
    first = time.monotonic() - began
    port = ground.free_port()
    began = time.monotonic()
    with ground.running("sekata.site.cli", "demo", "--port", str(port), log="demo") as demo:
        healthy = ground.await_page(demo, port, "/healthz", "demo") - began
        shown = ground.await_page(demo, port, "/", "demo") - began
        second = f"/healthz after {healthy:.1f} s, / after {shown:.1f} s; the first set-up took {first:.0f} s"
        memory = idle_memory(demo)
        page = start_page(port)
    return [page, memory, Measured("second_start_s", round(shown, 2), second)]


def idle_memory(suite: subprocess.Popen) -> Measured:
    """Memory of the whole tree, shared pages counted once, after it has idled."""
    time.sleep(IDLE_SECONDS)
    parts: dict[str, float] = {}
    for process in ground.family(suite):
        with suppress(psutil.Error):
            kind = kind_of(process)
            parts[kind] = parts.get(kind, 0) + own_memory(process)
    note = ", ".join(f"{kind} {size:.0f}" for kind, size in sorted(parts.items(), key=lambda pair: -pair[1]))
    return Measured(
        "idle_memory_mb", round(sum(parts.values()), 1), f"PSS after {IDLE_SECONDS} s idle: {note}"
    )


def kind_of(process: psutil.Process) -> str:
    words = process.cmdline()
    if "postgres" in process.name():
        return "database"
    return next(
        (word for word in ("web", "worker", "keeper.py", "demo") if word in " ".join(words[1:5])), "other"
    )


def own_memory(process: psutil.Process) -> float:
    """MB; where the system does not tell shared pages apart, the process's own."""
    info = process.memory_full_info()
    return getattr(info, "pss", info.uss) / 1_000_000


def start_page(port: int) -> Measured:
    """Anonymous start pages a second, by wrk where it is installed."""
    url = f"http://{ground.LOCAL}:{port}/"
    wrk = shutil.which("wrk")
    ask = (
        (lambda seconds: by_wrk(wrk, url, seconds)) if wrk else (lambda seconds: by_own_client(port, seconds))
    )
    ask(1)
    rates = [ask(START_SECONDS) for _ in range(START_ROUNDS)]
    by = "wrk -t1" if wrk else "own client, which may be the bottleneck: install wrk"
    shared = f"{psutil.cpu_count()} cores shared with it"
    note = f"{by}, {2 * CONNECTIONS} connections, {shared}; best {max(rates):.0f}"
    return Measured("start_page_per_second", round(statistics.median(rates), 1), note)


def by_wrk(wrk: str, url: str, seconds: int) -> float:
    words = [wrk, "-t1", f"-c{2 * CONNECTIONS}", f"-d{seconds}s", url]
    said = subprocess.run(words, capture_output=True, text=True, timeout=seconds + 30).stdout  # noqa: S603
    rate = re.search(r"Requests/sec:\s*([\d.]+)", said)
    if rate is None or "Non-2xx" in said:
        raise CannotMeasure(f"wrk on /: {said}")
    return float(rate[1])


def by_own_client(port: int, seconds: int) -> float:
    seen = json.loads(ground.run("bench.load", str(port), str(seconds), str(2 * CONNECTIONS), "/"))
    if set(seen["statuses"]) != {"200"}:
        raise CannotMeasure(f"/: {seen['statuses']}")
    return seen["rate"]
