"""WhatsApp: taking part in a conversation, filing what came of it, and an officer stepping in.

The pure course of the talk is `standards.whatsapp_talk`. Here it meets the world: one message, one
transaction; a message that comes again is not answered again; what names a person lies in the conversation's
vault and goes with it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from sekata.kernel.journal.actions import action
from sekata.kernel.notify import actions as notify
from sekata.kernel.people import vault
from sekata.kernel.units import queries as units
from sekata.lib import clock
from sekata.lib.actor import ANONYMOUS, Actor
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.actions.intake import Filed, Filing, Reporter, file
from sekata.pillars.environment.complaints.codes import Channel, PointSource, Precision, ReporterMode
from sekata.pillars.environment.complaints.queries import machine
from sekata.pillars.environment.complaints.queries.law import law
from sekata.pillars.environment.complaints.rights import TAKE_IN
from sekata.pillars.environment.complaints.standards import whatsapp_talk
from sekata.pillars.environment.complaints.standards.whatsapp import Message
from sekata.pillars.environment.complaints.standards.whatsapp_talk import SEND, STOP, Turn, World

CHANNEL, ROOM = "whatsapp", "complaints"
TEMPLATE = "complaints.talk"
LED = ("officer", "handed", "wants_officer")
"""What the state holds only while an officer leads or is asked for."""


@transaction.atomic
def receive(*, message: Message, at: datetime | None = None) -> bool:
    """Take part in the conversation with the sender; False when the message had come before."""
    at = at or clock.now()
    if not notify.first_time(channel=CHANNEL, foreign=message.id, at=at):
        return False
    talk = _held(notify.conversation(channel=CHANNEL, peer=message.sender, room=ROOM, at=at))
    state = {"submission": str(uuid4()), **talk.state}
    turn = whatsapp_talk.talk(state, message.incoming, world(at))
    if turn.secrets:
        vault.add(talk.secret, turn.secrets)
    if turn.done == STOP:
        _farewell(talk, message.sender, turn.reply, at)
        return True
    said = whatsapp_talk.NAME_LOCKED if turn.secrets else whatsapp_talk.heard(message.incoming)
    thread = whatsapp_talk.remembered(state, ("person", said), at=at)
    turn = replace(turn, state={**turn.state, "thread": thread})
    if turn.done == SEND:
        _send(talk, message.sender, turn, at)
    else:
        _go_on(talk, turn.state, turn.reply, at)
    return True


def _held(talk: notify.Conversation) -> notify.Conversation:
    """The talk as it is now, held until the commit: a message and an officer's act may come at once."""
    found = notify.hold_conversation(talk.pk)
    if found is None:
        raise Refused.because("talk_gone", "Percakapan ini sudah selesai dan dihapus.", status=404)
    return found


def world(at: datetime) -> World:
    """What the talk must know of the regency today."""
    rulebook = law(at)
    return World(
        services={code: row for code, row in rulebook.services.items() if not row["replacement"]},
        villages={area.code: area.name for area in units.villages()},
        reaches=_reaches,
        media={group: tuple(row["media"]) for group, row in rulebook.table("media_of_group").items()},
        at=at,
    )


def _reaches(lat: float, lon: float) -> bool:
    try:
        machine.check_point(lat, lon)
    except Refused:
        return False
    return True


def _go_on(
    talk: notify.Conversation, state: Mapping[str, object], reply: str, at: datetime, by: str = "bot"
) -> None:
    """Keep where the talk stands, and say what is to be said."""
    thread = whatsapp_talk.remembered(state, (by, reply), at=at)
    talk.state, talk.updated_at = {**state, "thread": thread}, at
    talk.save(update_fields=["state", "updated_at"])
    if reply:
        _say(talk, reply, at)


def _say(talk: notify.Conversation, words: str, at: datetime) -> None:
    """Queue an answer. A $ that somebody wrote is no placeholder."""
    facts = {"text": words.replace("$", "$$")}
    notify.send(template=TEMPLATE, facts=facts, channel=CHANNEL, secret=talk.secret, at=at)


def _farewell(talk: notify.Conversation, peer: str, words: str, at: datetime) -> None:
    """The last answer has an address of its own, which dies with it."""
    notify.forget_conversation(talk)
    secret = vault.put({"phone": peer}, at)
    notify.send(template=TEMPLATE, facts={"text": words}, channel=CHANNEL, secret=secret, forget=True, at=at)


def _send(talk: notify.Conversation, peer: str, turn: Turn, at: datetime) -> None:
    """File the report. The receipt with number and code is the answer; then the conversation is forgotten."""
    try:
        with transaction.atomic():
            filed(turn.state, peer, vault.use(talk.secret).get("name", ""), at)
    except Refused as refusal:
        _go_on(talk, turn.state, f"{refusal} Ketik ULANG untuk mulai lagi.", at)
        return
    notify.forget_conversation(talk)


def filed(state: Mapping[str, object], peer: str, name: str, at: datetime) -> Filed:
    """The same record as by any other channel.

    Pictures stay at the gateway: their ids are kept as references.
    """
    mode = ReporterMode(str(state["mode"]))
    reporter = Reporter(mode=mode, name=name, phone="" if mode == ReporterMode.ANONYMOUS else peer)
    point = rules.Point(*state["point"]) if state.get("point") else None
    filing = Filing(
        submission=UUID(str(state["submission"])),
        service_code=str(state["service"]),
        channel=Channel.WHATSAPP,
        description=str(state["what"]),
        point=point,
        point_source=PointSource.GPS,
        village_code=str(state.get("village", "")),
        address_text=str(state.get("where", "")),
        media=tuple(state.get("media", ())),
        first_seen_at=datetime.fromisoformat(str(state["when"])),
        precision=Precision.DAY,
        external_refs=tuple({"system": "whatsapp_media", "id": image} for image in state.get("images", ())),
        reply_to={"phone": peer},
    )
    return file(actor=Actor(kind=ANONYMOUS, via=CHANNEL), filing=filing, reporter=reporter, at=at)


@action(right=TAKE_IN, event="complaints.talk.taken_over", on="talk")
def take_over(*, actor: Actor, talk: notify.Conversation, at: datetime) -> notify.Conversation:
    """An officer answers from now on; the bot keeps what the person writes."""
    talk = _held(talk)
    _go_on(talk, {**talk.state, "officer": actor.person}, "", at)
    return talk


@action(right=TAKE_IN, event="complaints.talk.handed_back", on="talk")
def hand_back(*, actor: Actor, talk: notify.Conversation, at: datetime) -> notify.Conversation:
    """The bot goes on where it stood, and asks its question again."""
    talk = _led(talk, actor)
    state = {name: value for name, value in talk.state.items() if name not in LED}
    _go_on(talk, state, whatsapp_talk.question(state, world(at)), at)
    return talk


@action(right=TAKE_IN, event="complaints.talk.answered", on="talk")
def reply(*, actor: Actor, talk: notify.Conversation, text: str, at: datetime) -> notify.Conversation:
    """An officer's own words to the person, who stays unknown to the officer."""
    if not text.strip():
        raise Refused.because("text", "Tulis jawaban Anda.", "text")
    talk = _led(talk, actor)
    _go_on(talk, talk.state, text.strip(), at, by="officer")
    return talk


def _led(talk: notify.Conversation, actor: Actor) -> notify.Conversation:
    talk = _held(talk)
    if talk.state.get("officer") != actor.person:
        raise Refused.because("talk", "Ambil alih percakapan ini dulu.", status=409)
    return talk
