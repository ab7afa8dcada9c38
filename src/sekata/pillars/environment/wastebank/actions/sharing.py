"""R10: sharing the surplus of a closed month by the charter."""

from datetime import date, datetime

from sekata.kernel.journal.actions import action
from sekata.lib.actor import Actor
from sekata.lib.result import Refused
from sekata.pillars.environment.wastebank.actions import books
from sekata.pillars.environment.wastebank.codes import PeriodState
from sekata.pillars.environment.wastebank.models import Distribution, Period, WasteBank
from sekata.pillars.environment.wastebank.queries import trade
from sekata.pillars.environment.wastebank.rights import DIRECT
from sekata.pillars.environment.wastebank.rules import bookkeeping

OWED = ("operators", "social")
"""Pools that are handed over later; what belongs to the capital stays where it is."""


@action(right=DIRECT, event="wastebank.surplus.shared", on="bank", keeps=("month",))
def share(*, actor: Actor, bank: WasteBank, month: date, at: datetime) -> Distribution:
    """Credit customers with their part of a closed month's surplus, once; operators and social are owed theirs."""
    first = month.replace(day=1)
    if not Period.objects.filter(bank=bank, month=first, state=PeriodState.CLOSED).exists():
        raise Refused.because("month", "Tutup bulan itu lebih dulu.", "month", status=409)
    if Distribution.objects.filter(bank=bank, month=first).exists():
        raise Refused.because("month", "SHU bulan itu sudah dibagikan.", "month", status=409)
    earned = trade.surplus(bank, first)
    if earned["net"] <= 0:
        raise Refused.because("net", "Tidak ada sisa hasil usaha untuk dibagikan.", "month", status=409)
    made = Distribution.objects.create(
        bank=bank, month=first, net=earned["net"], pools=earned["pools"], customers=len(earned["shares"]),
        made_by=actor.person, made_at=at,
    )  # fmt: skip
    owed = {name: earned["pools"].get(name, 0) for name in OWED}
    cause = books.Cause(f"wastebank.surplus:{first:%Y-%m}", f"Bagi SHU {first:%m-%Y}", made)
    books.enter(bank=bank, cause=cause, entry=bookkeeping.distribution(earned["shares"], owed), at=at)
    return made
