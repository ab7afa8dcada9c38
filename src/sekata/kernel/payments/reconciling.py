"""Comparing what a bank says of a day with what we know of it. Pure: lines and payments in, groups out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sekata.kernel.payments.standards import numbers

RETURNED = frozenset({"reversed", "refunded"})


class Told(NamedTuple):
    """A line of the bank. source, place: which file, where in it; channel may be empty (a statement names none)."""

    id: int
    source: int
    place: int
    channel: str
    day: date
    bank_ref: str
    request_id: str
    customer_no: str
    amount: int
    settled_on: date


class Known(NamedTuple):
    """A payment of ours. state as in `Payment.State`; settled: whether its money has arrived."""

    id: int
    channel: str
    day: date
    bank_ref: str
    request_id: str
    customer_no: str
    amount: int
    state: str
    settled: bool


@dataclass
class Outcome:
    """Each line of the day is in one group, or in `again` when a later file tells it unchanged; each payment in one at
    most. different: settles at the bank's amount; returned: reversed or refunded here, and yet in the bank's list."""

    matched: list[tuple[Told, Known]] = field(default_factory=list)
    different: list[tuple[Told, Known]] = field(default_factory=list)
    returned: list[tuple[Told, Known]] = field(default_factory=list)
    only_bank: list[Told] = field(default_factory=list)
    duplicate: list[Told] = field(default_factory=list)
    again: list[Told] = field(default_factory=list)
    only_ours: list[Known] = field(default_factory=list)

    @property
    def settling(self) -> list[tuple[Told, Known]]:
        """What settles, each line at the bank's amount."""
        return self.matched + self.different

    def figures(self) -> dict[str, tuple[int, int]]:
        """Group -> number and rupiah; the bank's amount where there is a line."""
        sums = {
            name: [line.amount for line, _ in getattr(self, name)]
            for name in ("matched", "different", "returned")
        }
        alone = {
            name: [one.amount for one in getattr(self, name)]
            for name in ("only_bank", "duplicate", "only_ours")
        }
        return {name: (len(amounts), sum(amounts)) for name, amounts in (sums | alone).items()}


def compare(day: date, lines: Iterable[Told], payments: Iterable[Known]) -> Outcome:
    """The groups of a day; payments are those of the day, and others that its lines name by their request."""
    known = _Shelf(payments)
    outcome, first = Outcome(), {}
    for line in sorted(lines, key=lambda one: (one.source, one.place)):
        earlier = _earlier(first, line)
        if earlier is None:
            _sort(outcome, line, known.take(line), known)
        elif earlier.source != line.source and _says(earlier) == _says(line):
            outcome.again.append(line)
        else:
            outcome.duplicate.append(line)
    outcome.only_ours = [
        one for one in known.left() if one.day == day and not one.settled and one.state not in RETURNED
    ]
    return outcome


def _earlier(first: dict[tuple, Told], line: Told) -> Told | None:
    """The line that told this transaction before, None for the first one or for a line that names none."""
    if not line.bank_ref:
        return None
    found = first.setdefault((line.channel, line.day, line.bank_ref), line)
    return None if found is line else found


def _says(line: Told) -> tuple[int, str]:
    return line.amount, _customer(line.customer_no)


def _customer(number: str) -> str:
    return number[-numbers.CUSTOMER_DIGITS :]


def _sort(outcome: Outcome, line: Told, payment: Known | None, known: "_Shelf") -> None:
    if payment is None:
        group = outcome.duplicate if known.spoken_for(line) else outcome.only_bank
        group.append(line)
    elif payment.state in RETURNED and not payment.settled:
        outcome.returned.append((line, payment))
    elif line.amount == payment.amount and _same_customer(line, payment):
        outcome.matched.append((line, payment))
    else:
        outcome.different.append((line, payment))


def _same_customer(line: Told, payment: Known) -> bool:
    return not line.customer_no or _customer(line.customer_no) == _customer(payment.customer_no)


class _Shelf:
    """Payments by what lines may name them by; each is taken once."""

    def __init__(self, payments: Iterable[Known]) -> None:
        self.all = list(payments)
        self.taken: set[int] = set()
        self.by_ref = {(one.channel, one.day, one.bank_ref): one for one in self.all}
        self.by_bare_ref: dict[tuple, list[Known]] = {}
        self.by_money: dict[tuple, list[Known]] = {}
        self.by_request = {one.request_id: one for one in self.all if one.request_id}
        for one in self.all:
            self.by_bare_ref.setdefault((one.day, one.bank_ref), []).append(one)
            self.by_money.setdefault((one.day, _customer(one.customer_no), one.amount), []).append(one)

    def take(self, line: Told) -> Known | None:
        """The payment that a line speaks of, unless another line has it already."""
        candidates = self._named(line) or self._by_money(line)
        one = next((one for one in candidates if one.id not in self.taken), None)
        if one:
            self.taken.add(one.id)
        return one

    def _named(self, line: Told) -> list[Known]:
        """Payments whose number or request the line gives."""
        found = []
        if line.bank_ref and line.channel:
            found.append(self.by_ref.get((line.channel, line.day, line.bank_ref)))
        elif line.bank_ref:
            found += self.by_bare_ref.get((line.day, line.bank_ref), [])
        found.append(self.by_request.get(line.request_id))
        return [one for one in found if one]

    def _by_money(self, line: Told) -> list[Known]:
        """For a line without a number of the bank: payments of that day by the same customer number and amount."""
        if line.bank_ref or not line.customer_no:
            return []
        return self.by_money.get((line.day, _customer(line.customer_no), line.amount), [])

    def spoken_for(self, line: Told) -> bool:
        """Whether the payments that the line names went to other lines."""
        return bool(self._named(line))

    def left(self) -> Iterable[Known]:
        """Payments that no line spoke of."""
        return (one for one in self.all if one.id not in self.taken)
