"""Limits as officers read them: "lewat 38 menit", "besok 12.00", "4 hari lagi", "dijeda". Pure words."""

from datetime import date, datetime, time, timedelta

from sekata.lib.clock import WIB
from sekata.web import words
from sekata.web.components.clocks import ClockBadge

AMBER_PERCENT = 20
FAR_YEAR = 9999
PAUSED = {"id": "dijeda", "en": "paused"}


def is_whole_day(due_at: datetime) -> bool:
    """Limits in days end at 24:00, given as the first instant after: midnight of the next day."""
    return due_at.astimezone(WIB).time() == time()


def last_day(due_at: datetime) -> date:
    """The day people are told: the last one on which the limit can still be kept."""
    moment = due_at - timedelta(microseconds=1) if is_whole_day(due_at) else due_at
    return moment.astimezone(WIB).date()


def has_limit(due_at: datetime | None) -> bool:
    """Whether a limit runs at all; a case without one lies at the end of time."""
    return due_at is not None and due_at.year < FAR_YEAR


def said(due_at: datetime, now: datetime, lang: str = "id") -> str:
    """How near: by the day for limits that are whole days, by the minute for the others."""
    if is_whole_day(due_at):
        return words.day_due(last_day(due_at), now.astimezone(WIB).date(), lang)
    return words.due(due_at, now, lang)


def share_left(since: datetime, due_at: datetime, now: datetime) -> float:
    """How much of a limit is left, 0..100."""
    whole = (due_at - since).total_seconds()
    if whole <= 0:
        return 0
    return max(0.0, min(100.0, 100 * (due_at - now).total_seconds() / whole))


def badge(
    due_at: datetime | None, since: datetime, now: datetime, *, paused: bool = False, lang: str = "id"
) -> ClockBadge | None:
    """Red when late, amber below a fifth of the limit, grey when paused; None without a limit."""
    if paused:
        return ClockBadge("paused", PAUSED[lang])
    if not has_limit(due_at):
        return None
    if due_at <= now:
        return ClockBadge("red", said(due_at, now, lang))
    left = share_left(since, due_at, now)
    return ClockBadge("amber" if left < AMBER_PERCENT else "green", said(due_at, now, lang), left)
