"""The limits of a case as officers read them: what is left, in words and as a slice, and the day it ends."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sekata.kernel.cases import queries as cases
from sekata.lib import clock
from sekata.lib.deadlines import Limit
from sekata.pillars.environment.complaints.workflow import COMPLAINT
from sekata.web import words

AMBER = 20


def lang() -> str:
    return words.language(get_language())


@dataclass(frozen=True)
class Badge:
    """A limit that runs: state and percent for the slice, words beside it, and the day it ends."""

    code: str
    label: str
    state: str
    words: str
    percent: float
    last_day: date
    limit: str
    due_at: datetime


def last_day(timer: cases.Timer) -> date:
    """The last day on which a limit can still be kept: limits in days end at its 24:00."""
    moment = (
        timer.due_at if Limit(timer.amount, timer.unit).is_real_time else timer.due_at - datetime.resolution
    )
    return moment.astimezone(clock.WIB).date()


def badge(timer: cases.Timer, case: cases.Case, at: datetime) -> Badge:
    """The badge of a running timer as it stands at `at`."""
    own = COMPLAINT.clock(timer.code)
    limit = Limit(timer.amount, timer.unit)
    last = last_day(timer)
    span = (timer.due_at - timer.since).total_seconds() or 1
    percent = max(0.0, min(100.0, 100 * (timer.due_at - at).total_seconds() / span))
    said = (
        words.due(timer.due_at, at, lang()) if limit.is_real_time else words.day_due(last, _day(at), lang())
    )
    state = "red" if limit.is_late(timer.due_at, at) else "amber" if percent < AMBER else "green"
    if case.paused_at and own.pauses and limit.pauses:
        state, said = "paused", _("dijeda, menunggu pelapor")
    return Badge(timer.code, own.label, state, said, percent, last, ordinal(timer), timer.due_at)


def _day(at: datetime) -> date:
    return at.astimezone(clock.WIB).date()


def ordinal(timer: cases.Timer) -> str:
    """(hari kerja ke-30)."""
    if timer.unit == "workdays":
        return _("hari kerja ke-%(n)d") % {"n": timer.amount + timer.paused}
    return str(Limit(timer.amount, timer.unit))


def badges(case: cases.Case, at: datetime) -> list[Badge]:
    """All running clocks of a case, the nearest limit first, those that stand still last."""
    found = [badge(timer, case, at) for timer in cases.timers(case) if timer.stopped_at is None]
    return sorted(found, key=lambda one: (one.state == "paused", one.due_at))
