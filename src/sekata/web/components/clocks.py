"""The clock badge: slice, words and colour together."""

from dataclasses import dataclass

CLASSES = {"green": "ok", "amber": "warn", "red": "late", "paused": "hold"}


@dataclass(frozen=True)
class ClockBadge:
    """What is left of a limit. percent: 0..100 of the time still there."""

    state: str
    words: str
    percent: float = 0


def badge_context(clock: object) -> dict[str, object]:
    """Template values for any object or dictionary that has state, words and percent."""
    read = clock.get if isinstance(clock, dict) else lambda name, other=None: getattr(clock, name, other)
    state = str(read("state", "green") or "green")
    left = read("percent", None)
    if left is None:
        left = read("percent_left", 0)
    return {
        "kind": CLASSES.get(state, "ok"),
        "words": read("words", ""),
        "left": max(0, min(100, round(float(left or 0)))),
        "slice": state in ("green", "amber"),
        "paused": state == "paused",
    }
