"""Reading messages and their templates."""

from datetime import date
from string import Template
from uuid import UUID

from django.db.models import QuerySet

from sekata.kernel.notify.models import Conversation, Message
from sekata.kernel.reference import queries as reference

TEMPLATES = "notify.template"


def words(template: str, language: str, facts: dict[str, object], on: date) -> tuple[str, str]:
    """Subject and body of a template in a language (Indonesian when there is no other) with `facts` filled in."""
    rows = reference.at(TEMPLATES, on)
    row = rows.get(f"{template}/{language}") or rows[f"{template}/id"]
    return Template(row["subject"]).safe_substitute(facts), Template(row["body"]).safe_substitute(facts)


def queued() -> list[UUID]:
    """Messages that wait for their delivery."""
    return list(Message.objects.filter(state=Message.QUEUED).order_by("pk").values_list("uuid", flat=True))


def conversations(room: str) -> QuerySet[Conversation]:
    """Talks of a room that have not ended."""
    return Conversation.objects.filter(room=room)


def box(person: int) -> QuerySet[Message]:
    """The message box of a person, newest first."""
    return Message.objects.filter(person=person).order_by("-pk")


def unread(person: int, most: int = 100) -> int:
    """Unread messages, counted up to `most`."""
    return len(Message.objects.filter(person=person, read_at=None).values_list("pk", flat=True)[:most])


def of_case(case: int) -> QuerySet[Message]:
    return Message.objects.filter(case=case).order_by("pk")
