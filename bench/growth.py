"""What pages cost over a large archive beside a small one: the same questions to two databases in turn."""

import json
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from bench import ground
from bench.terms import BIG, MOST_A_ROUND, PAGE_ROUNDS, PAGES_A_ROUND, SMALL, Measured

NAMES = {"bench_small": SMALL, "bench_big": BIG}
DESK, SEARCH = "/kerja/", "/cari/"
SEARCHES = {
    "common word": "sungai",
    "two words": "limbah pabrik",
    "uncommon word": "irigasi sawah padi",
    "number": "BEN-1405-2020-000123",
    "misspelt": "sunggaii",
    "nothing": "xyzzyq",
}

Times = Mapping[str, list[float]]


@dataclass(frozen=True)
class Question:
    """Something asked of both databases: the page, and the query alone."""

    label: str
    page: Mapping[str, object]
    query: Mapping[str, object]


def measure() -> list[Measured]:
    """Fill both databases, then ask."""
    for name, size in NAMES.items():
        world = json.loads(ground.run("bench.child", "bench.fill", name, str(size), **on(name)))
    small, big = tellers(NAMES)
    with small, big:
        return [
            grown("inbox_growth", first_pages(world), small, big),
            grown("inbox_filter_growth", filtered_pages(world), small, big),
            grown("search_growth", searches(world), small, big),
        ]


def tellers(names: Iterable[str]) -> list[ground.Teller]:
    """A process for each database that answers what things cost there."""
    return [
        ground.Teller("bench.child", "bench.probe", log=name, **on(name), SEKATA_PROCESS="web")
        for name in names
    ]


def on(name: str) -> dict[str, str]:
    """Settings of a process on that database; in a demonstration officers need no second factor."""
    return {"DATABASE_URL": ground.server().url(name), "SEKATA_DEMO": "1"}


def first_pages(world: dict) -> list[Question]:
    who = world["handle"]
    return [
        Question("own cases", page(who, DESK), {"what": "inbox", "who": who, "queue": "mine"}),
        Question(
            "the unit's", page(who, DESK, antrean="bidang"), {"what": "inbox", "who": who, "queue": "unit"}
        ),
    ]


def filtered_pages(world: dict) -> list[Question]:
    """Workflow, state, priority and district: once what is frequent, once what hardly occurs."""
    return [filtered(world, "frequent", 0, 3), filtered(world, "rare", -1, 1)]


def filtered(world: dict, label: str, place: int, priority: int) -> Question:
    who, state, area = world["handle"], world["states"][place], world["districts"][place]
    asked = {
        "antrean": "bidang",
        "sistem": world["workflow"],
        "keadaan": state,
        "prioritas": priority,
        "kecamatan": area,
    }
    query = {
        "queue": "unit",
        "workflow": world["workflow"],
        "states": [state],
        "priorities": [priority],
        "area": area,
    }
    return Question(label, page(who, DESK, **asked), {"what": "inbox", "who": who, **query})


def searches(world: dict) -> list[Question]:
    """An officer's searches, and those of two who may see none of the cases."""
    own = [search(label, world["handle"], text) for label, text in SEARCHES.items()]
    others = {"other officer": world["stranger"], "visitor": ""}
    return own + [
        search(f"{who}, {label}", handle, SEARCHES[label])
        for who, handle in others.items()
        for label in ("common word", "misspelt")
    ]


def search(label: str, who: str, text: str) -> Question:
    return Question(label, page(who, SEARCH, q=text), {"what": "find", "who": who, "text": text})


def page(who: str, path: str, **query: object) -> dict[str, object]:
    return {"what": "page", "who": who, "path": f"{path}?{urlencode(query)}" if query else path}


def grown(name: str, questions: list[Question], small: ground.Teller, big: ground.Teller) -> Measured:
    """The page that grows most; the note tells each, with its query alone."""
    ratios, notes = [], []
    for one in questions:
        before, after = both(one.page, small, big)
        alone = both(one.query, small, big)
        ratios.append(after / before)
        notes.append(f"{one.label} {before:.1f} -> {after:.1f} ms (query {alone[0]:.2f} -> {alone[1]:.2f})")
    return Measured(name, round(max(ratios), 2), f"{SMALL:,} -> {BIG:,} cases: " + "; ".join(notes))


def both(question: Mapping[str, object], small: ground.Teller, big: ground.Teller) -> tuple[float, float]:
    """Median milliseconds in either database, asked in turn; the first answers only warm the caches.

    What is slow is asked less often, so that a run stays short even when something is wrong.
    """
    spent: tuple[list[float], list[float]] = ([], [])
    slowest = max(min(one.ask(**question, times=3)) for one in (small, big))
    times = max(1, min(PAGES_A_ROUND, int(MOST_A_ROUND / slowest)))
    for _ in range(PAGE_ROUNDS):
        for taken, one in zip(spent, (small, big), strict=True):
            taken += one.ask(**question, times=times)
    return statistics.median(spent[0]), statistics.median(spent[1])
