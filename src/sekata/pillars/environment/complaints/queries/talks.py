"""Conversations over WhatsApp as officers see them: what was said and what the bot knows; never who it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sekata.kernel.notify import queries as notify
from sekata.kernel.people import queries as people
from sekata.lib import clock
from sekata.pillars.environment.complaints.codes import ReporterMode
from sekata.pillars.environment.complaints.queries.law import law
from sekata.pillars.environment.complaints.queries.officer import place_name

ROOM = "complaints"
MOST = 100
WAITS, LED, BOT = "waits", "led", "bot"


@dataclass(frozen=True)
class Said:
    """An entry of the thread. by: person, bot or officer."""

    by: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Talk:
    """A conversation in the list. standing: waits for an officer, is led by one, or the bot's."""

    key: int
    standing: str
    officer: int
    officer_name: str
    kind: str
    place: str
    last: Said | None
    updated_at: datetime


def running() -> QuerySet[notify.Conversation]:
    """All talks of the room that have not ended."""
    return notify.conversations(ROOM)


def waiting() -> int:
    """How many talks wait for an officer, counted up to `MOST`."""
    rows = running().filter(state__has_key="wants_officer").exclude(state__has_key="officer")
    return len(rows.values_list("pk", flat=True)[:MOST])


def talks() -> list[Talk]:
    """Those that wait first, then those that officers lead, then the bot's, each the newest first."""
    rows = list(running().order_by("-updated_at")[:MOST])
    names = people.names({row.state["officer"] for row in rows if row.state.get("officer")})
    order = {WAITS: 0, LED: 1, BOT: 2}
    return sorted((_talk(row, names) for row in rows), key=lambda talk: order[talk.standing])


def talk(key: int) -> notify.Conversation | None:
    """One running talk."""
    return running().filter(pk=key).first()


def shown(row: notify.Conversation) -> Talk:
    """A talk as its own page heads it."""
    officer = row.state.get("officer")
    return _talk(row, people.names([officer]) if officer else {})


def _talk(row: notify.Conversation, names: Mapping[int, str]) -> Talk:
    state = row.state
    officer = state.get("officer") or 0
    standing = LED if officer else WAITS if state.get("wants_officer") else BOT
    said = thread(row)
    return Talk(
        row.pk, standing, officer, names.get(officer, ""), _kind(state), _place(state),
        said[-1] if said else None, row.updated_at,
    )  # fmt: skip


def thread(row: notify.Conversation) -> list[Said]:
    """What was said, in its order."""
    return [
        Said(one["by"], one["text"], datetime.fromisoformat(one["at"])) for one in row.state.get("thread", [])
    ]


def _kind(state: Mapping[str, object]) -> str:
    return str(law(clock.now()).services.get(str(state.get("service", "")), {}).get("name", ""))


def _place(state: Mapping[str, object]) -> str:
    if state.get("point"):
        lat, lon = state["point"]
        return f"{lat:.5f}, {lon:.5f}".replace(".", ",").replace(", ", "; ")
    return ", ".join(filter(None, (str(state.get("where", "")), place_name(str(state.get("village", ""))))))


def known(row: notify.Conversation) -> list[dict[str, str]]:
    """What the person has told the bot so far, as rows; the name is not among it."""
    state = row.state
    mode = ReporterMode(str(state["mode"])).label if state.get("mode") else ""
    rows = (
        (_("Jenis"), _kind(state)),
        (_("Tempat"), _place(state)),
        (_("Yang terjadi"), str(state.get("what", ""))),
        (_("Foto di gerbang pesan"), str(len(state["images"])) if state.get("images") else ""),
        (_("Perlakuan"), mode),
    )
    return [{"label": label, "value": value} for label, value in rows if value]
