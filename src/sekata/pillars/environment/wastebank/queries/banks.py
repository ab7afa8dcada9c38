"""Reading banks and the people who run them."""

from datetime import date

from django.db.models import Q, QuerySet

from sekata.kernel.filters import visible
from sekata.lib.actor import Actor
from sekata.lib.rights import Right
from sekata.pillars.environment.wastebank.codes import BankState, Post
from sekata.pillars.environment.wastebank.models import Device, Officer, Scale, WasteBank
from sekata.pillars.environment.wastebank.rights import SEE


def banks() -> QuerySet[WasteBank]:
    """All banks with their case and central."""
    return WasteBank.objects.select_related("case__unit", "parent")


def readable(actor: Actor, right: Right = SEE) -> QuerySet[WasteBank]:
    """Banks that `actor` may touch by `right`."""
    return visible(banks(), right, actor).order_by("code", "pk")


def by_code(code: str) -> WasteBank | None:
    """The bank with that code."""
    return banks().filter(code=code).first()


def by_key(key: int) -> WasteBank:
    """The bank of that case."""
    return banks().get(pk=key)


def by_number(number: str) -> WasteBank | None:
    """The bank whose registration has that number."""
    return banks().filter(case__number=number).first()


def active() -> QuerySet[WasteBank]:
    """Banks that serve."""
    return banks().filter(case__state=BankState.ACTIVE)


def officers(bank: WasteBank, on: date) -> QuerySet[Officer]:
    """Who holds an office in the bank on the day `on`."""
    held = Officer.objects.select_related("person").filter(bank=bank, since__lte=on)
    return held.filter(Q(until=None) | Q(until__gte=on)).order_by("post", "pk")


def officer_of(bank: WasteBank, person: int | None, post: Post, on: date) -> Officer | None:
    """The person's office in the bank on that day."""
    return officers(bank, on).filter(person=person, post=post).first() if person else None


def device_with(key_hash: str) -> Device | None:
    """The device behind a key, revoked or not."""
    return Device.objects.select_related("bank__case__unit").filter(key_hash=key_hash).first()


def devices(bank: WasteBank) -> QuerySet[Device]:
    """The bank's devices, the newest first."""
    return Device.objects.filter(bank=bank).order_by("-pk")


def scales(bank: WasteBank) -> QuerySet[Scale]:
    """The bank's scales in use."""
    return Scale.objects.filter(bank=bank, active=True).order_by("serial")
