"""What rooms have to be paid for: each kind of bill with its room's say. The registry tells it once, at start."""

from collections.abc import Iterable

from sekata.lib.manifest import Payable

_known: dict[str, Payable] = {}


def know(payables: Iterable[Payable]) -> None:
    """Take the kinds of all rooms that are switched on. ValueError for two of one kind or number."""
    found = list(payables)
    _known.clear()
    _known.update({payable.kind: payable for payable in found})
    if len({payable.number for payable in found}) != len(found) or len(_known) != len(found):
        raise ValueError("two payables of one kind or number")


def of(kind: str) -> Payable:
    """The payable of a kind. KeyError where its room is switched off."""
    return _known[kind]
