"""What the bank remembers: lines of JSON, each written and flushed to the disk before anything is answered.

Memory is what the lines add up to. A line is whole or was never written, so that a kill at any moment loses nothing
that was answered and leaves nothing half done.
"""

import fcntl
import json
import os
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from sekata.lib import clock

FILE = "book.jsonl"
WAITING, HELD, BEHIND, TOLD, FAILED, LOST, DROPPED = (
    "waiting", "held", "behind", "told", "failed", "lost", "dropped"
)  # fmt: skip
Event = tuple[str, dict[str, object]]


class InUse(Exception):
    """Another process keeps this book."""


@dataclass(frozen=True)
class Account:
    """A virtual account that the house had made. expires: as the house wrote it."""

    customer_no: str
    name: str
    amount: int
    expires: str
    trx_id: str
    paid: bool = False


@dataclass(frozen=True)
class Code:
    """A QRIS code that the house had made."""

    reference: str
    customer_no: str
    amount: int
    content: str
    expires: str = ""


@dataclass(frozen=True)
class Transaction:
    """Money that a payer gave. number: the bank's own (journalSeq); code: reference of the QRIS code, if any."""

    number: str
    channel: str
    customer_no: str
    amount: int
    at: str
    code: str = ""
    reversed: bool = False

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)

    @property
    def day(self) -> date:
        return self.moment.astimezone(clock.WIB).date()


@dataclass(frozen=True)
class Delivery:
    """A notification of a transaction. external: its X-EXTERNAL-ID; answer: what the house said to it."""

    external: str
    number: str
    state: str = WAITING
    answer: str = ""


@dataclass(frozen=True)
class Faults:
    """What goes wrong next. The first four count payments: notification lost, told twice, held until released, told
    after the next one. slow: seconds before the bank answers the house. die: the bank is killed at the next payment,
    before it tells the house or after."""

    lose: int = 0
    double: int = 0
    delay: int = 0
    reorder: int = 0
    slow: int = 0
    die: str = ""

    def __post_init__(self) -> None:
        counts = (self.lose, self.double, self.delay, self.reorder, self.slow)
        if not all(type(count) is int and 0 <= count <= 60 for count in counts):
            raise ValueError("lose, double, delay, reorder and slow are numbers from 0 to 60")
        if self.die not in ("", "before", "after"):
            raise ValueError('die is "", "before" or "after"')


@dataclass
class _State:
    accounts: dict[str, Account] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    transactions: dict[str, Transaction] = field(default_factory=dict)
    deliveries: dict[str, Delivery] = field(default_factory=dict)
    answers: dict[str, tuple[str, dict[str, object]]] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)


class Book(_State):
    """The book in a folder. Hold `lock` from reading until keeping what follows from it."""

    def __init__(self, folder: Path):
        super().__init__()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.lock = threading.RLock()
        self._file = (folder / FILE).open("a+b")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise InUse(str(folder)) from error
        self._read()

    def close(self) -> None:
        """Let another process have it."""
        self._file.close()

    def keep(self, *events: Event) -> None:
        """Write what happened, all or nothing, then remember it."""
        with self.lock:
            self._file.write(json.dumps(events, ensure_ascii=False).encode() + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
            for kind, facts in events:
                APPLY[kind](self, facts)

    def _read(self) -> None:
        self._file.seek(0)
        whole = 0
        for line in self._file:
            if not line.endswith(b"\n"):  # killed while writing: nobody was told of it
                self._file.truncate(whole)
                break
            whole += len(line)
            for kind, facts in json.loads(line):
                APPLY[kind](self, facts)

    def next_number(self, day: date) -> str:
        """The number of the next transaction."""
        return f"{day:%y%m%d}{len(self.transactions) + 1:06d}"

    def next_external(self, more: int = 0) -> str:
        """The X-EXTERNAL-ID of the next notification, and of those after it."""
        return f"{len(self.deliveries) + 1 + more:09d}"

    def of_state(self, state: str) -> list[Delivery]:
        """Notifications in that state, oldest first."""
        return [delivery for delivery in tuple(self.deliveries.values()) if delivery.state == state]


def event(kind: str, row: object) -> Event:
    """What makes the book hold `row` from now on."""
    return kind, asdict(row)


def _account(book: _State, facts: dict) -> None:
    book.accounts[facts["customer_no"]] = Account(**facts)


def _account_gone(book: _State, facts: dict) -> None:
    book.accounts.pop(facts["customer_no"], None)


def _code(book: _State, facts: dict) -> None:
    book.codes[facts["reference"]] = Code(**facts)


def _paid(book: _State, facts: dict) -> None:
    made = Transaction(**facts)
    book.transactions[made.number] = made
    if made.channel == "va" and made.customer_no in book.accounts:
        account = book.accounts[made.customer_no]
        book.accounts[made.customer_no] = replace(account, paid=not made.reversed)


def _delivery(book: _State, facts: dict) -> None:
    book.deliveries[facts["external"]] = Delivery(**facts)


def _answered(book: _State, facts: dict) -> None:
    book.answers[facts["key"]] = facts["sha256"], facts["answer"]


def _faults(book: _State, facts: dict) -> None:
    book.faults = Faults(**facts)


APPLY: dict[str, Callable[[_State, dict], None]] = {
    "account": _account,
    "account_gone": _account_gone,
    "code": _code,
    "paid": _paid,
    "delivery": _delivery,
    "answered": _answered,
    "faults": _faults,
}
