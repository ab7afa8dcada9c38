"""What a generic WhatsApp gateway posts to us.

`{id, from, type, text: {body} | location: {latitude, longitude} | image: {media_id}}`, close to the message
object of the WhatsApp Business Cloud API. What else comes is taken for a message that we cannot read.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass

from sekata.lib.numbers import phone
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints.standards.open311 import speakable
from sekata.pillars.environment.complaints.standards.whatsapp_talk import Incoming

LONGEST = 64 * 1024


@dataclass(frozen=True)
class Message:
    """One message from outside: its id at the gateway, the sender's number in E.164, and what was sent."""

    id: str
    sender: str
    incoming: Incoming


def parse(body: bytes) -> Message:
    """The message in a webhook call; 400 for what is none."""
    try:
        told = json.loads(body) if len(body) <= LONGEST else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, Mapping):
        raise _bad("body", "the body must be a JSON object")
    key = _text(told.get("id"))
    if not key or len(key) > 200:
        raise _bad("id", "id must be a text of at most 200 characters")
    return Message(key, _sender(_text(told.get("from"))), _incoming(told))


def _sender(text: str) -> str:
    bare = text.removesuffix("@c.us").strip()
    international = bare.isascii() and bare.isdigit() and not bare.startswith("0")
    try:
        return phone.parse(f"+{bare}" if international else bare, "from")
    except Refused:
        raise _bad("from", "from must be a telephone number") from None


def _incoming(told: Mapping[str, object]) -> Incoming:
    kind = told.get("type")
    if kind == "text":
        return Incoming(text=_text(_part(told, "text").get("body")))
    if kind == "location":
        return _location(_part(told, "location"))
    if kind == "image":
        media = _text(_part(told, "image").get("media_id") or _part(told, "image").get("id"))
        return Incoming(image=media[:200], text=_text(_part(told, "image").get("caption")))
    return Incoming()


def _location(part: Mapping[str, object]) -> Incoming:
    values = (part.get("latitude"), part.get("longitude"))
    if any(isinstance(value, bool) or not isinstance(value, int | float | str) for value in values):
        raise _bad("location", "location must have latitude and longitude")
    try:
        lat, lon = map(float, values)
    except (ValueError, OverflowError):
        raise _bad("location", "location must have latitude and longitude") from None
    if not (math.isfinite(lat) and math.isfinite(lon)):
        raise _bad("location", "location must have latitude and longitude")
    return Incoming(point=(lat, lon))


def _part(told: Mapping[str, object], name: str) -> Mapping[str, object]:
    part = told.get(name)
    return part if isinstance(part, Mapping) else {}


def _text(value: object) -> str:
    return speakable(value)[:8000] if isinstance(value, str) else ""


def _bad(name: str, message: str) -> Refused:
    return Refused.because(f"bad_{name}", message, name, status=400)
