"""What an officer asks of the inbox, read from the address and written back into it."""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.http import QueryDict

from sekata.kernel.cases.queries import Filters

QUEUES = {"saya": "mine", "bidang": "unit", "lewat": "late", "jeda": "paused", "ikut": "followed"}
MAP = "peta"
TODAY = "hari-ini"
URGENT = (1, 2)
PRIORITIES = (1, 2, 3, 4)
LONGEST_TEXT = 80


@dataclass(frozen=True)
class Ask:
    """One view of the inbox. after is where the page begins; case is open beside the list."""

    queue: str = "saya"
    workflow: str = ""
    states: tuple[str, ...] = ()
    priorities: tuple[int, ...] = ()
    district: str = ""
    text: str = ""
    today: bool = False
    map: bool = False
    after: str = ""
    case: int | None = None

    @property
    def filters(self) -> Filters:
        """The same question as the kernel wants to hear it."""
        more = {"after": cursor} if (cursor := read_cursor(self.after)) else {}
        return Filters(QUEUES[self.queue], self.workflow, self.states, self.priorities, self.district, **more)

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the queue is asked."""
        return any((self.workflow, self.states, self.priorities, self.district, self.text, self.today))


def read(query: QueryDict) -> Ask:
    """The question in an address; what cannot be understood is left out."""
    queue, case = query.get("antrean", ""), query.get("kasus", "")
    return Ask(
        queue=queue if queue in QUEUES else "saya",
        workflow=query.get("sistem", "")[:40],
        states=tuple(query.getlist("keadaan"))[:20],
        priorities=tuple(int(p) for p in query.getlist("prioritas") if p.isdigit() and int(p) in PRIORITIES),
        district=query.get("kecamatan", "")[:13],
        text=" ".join(query.get("cari", "").split())[:LONGEST_TEXT],
        today=query.get("kapan") == TODAY,
        map=query.get("tampil") == MAP,
        after=query.get("sesudah", "") if read_cursor(query.get("sesudah", "")) else "",
        case=int(case) if case.isdigit() and len(case) < 19 else None,
    )


def address(ask: Ask, **changes: object) -> str:
    """The address of a question with some parts changed: a changed filter begins at the first page again."""
    if changes.keys() - {"after", "case"}:
        changes = {"after": "", "case": None, **changes}
    ask = replace(ask, **changes)
    pairs = [
        ("antrean", ask.queue),
        ("sistem", ask.workflow),
        *(("keadaan", state) for state in ask.states),
        *(("prioritas", priority) for priority in ask.priorities),
        ("kecamatan", ask.district),
        ("cari", ask.text),
        ("kapan", TODAY if ask.today else ""),
        ("tampil", MAP if ask.map else ""),
        ("sesudah", ask.after),
        ("kasus", ask.case),
    ]
    return "?" + urlencode([(name, value) for name, value in pairs if value not in ("", None)])


def kept(ask: Ask) -> str:
    """The part of a question that a saved view keeps: neither the page nor the open case."""
    return address(ask, after="", case=None).removeprefix("?")


def write_cursor(after: tuple[datetime, int] | None) -> str:
    return f"{after[0].isoformat()}~{after[1]}" if after else ""


def read_cursor(text: str) -> tuple[datetime, int] | None:
    """(limit, id) of the last case of the page before; None when it is no cursor."""
    moment, _tilde, pk = text.partition("~")
    try:
        due = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (due, int(pk)) if due.tzinfo and pk.isdigit() and len(pk) < 19 else None
