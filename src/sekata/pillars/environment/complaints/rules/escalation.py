"""R16 Escalation: who must answer, and from which day, when a limit is running out or has run out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sekata.lib.deadlines import Limit
from sekata.lib.result import Reason
from sekata.lib.words import long_date
from sekata.lib.workdays import Calendar, share
from sekata.pillars.environment.complaints.rules.terms import Row, Rows, bare


@dataclass(frozen=True)
class ClockCourse:
    """A clock and what happened around it.

    due: end of the limit, pauses included (Limit.ends); ended_at: when the clock stopped; reopenings: all
    of the case so far; province_asked_at / answered_at: letter of level 4 and its answer; second_line_at:
    when second-line enforcement was found to apply (the region deliberately does not sanction, PP 22/2021).
    """

    limit: Limit
    since: datetime
    due: datetime
    ended_at: datetime | None = None
    reopenings: tuple[datetime, ...] = ()
    province_asked_at: datetime | None = None
    province_answered_at: datetime | None = None
    second_line_at: datetime | None = None


@dataclass(frozen=True)
class Escalation:
    """A level, whom it goes to (code and title), from when, and why. It never changes the assignee."""

    level: str
    to: str
    label: str
    at: datetime
    why: str

    def day(self, calendar: Calendar) -> date:
        return self.at.astimezone(calendar.zone).date()


def planned_levels(course: ClockCourse, rules: Rows, calendar: Calendar) -> tuple[Escalation, ...]:
    """R16: each level once, at its earliest cause that the course allows, in order of level."""
    levels = []
    for level, row in sorted(rules.items()):
        causes = sorted(_causes(level, row, course, calendar))
        if causes:
            at, why = causes[0]
            levels.append(Escalation(level, row["to"], row["label"], at, why))
    return tuple(levels)


def due_levels(
    course: ClockCourse, rules: Rows, calendar: Calendar, at: datetime, raised: Iterable[str] = ()
) -> tuple[Escalation, ...]:
    """Levels that are due at `at` and not raised yet."""
    known = set(raised)
    return tuple(
        step for step in planned_levels(course, rules, calendar) if step.at <= at and step.level not in known
    )


Cause = tuple[datetime, str]


def _causes(level: str, row: Row, course: ClockCourse, calendar: Calendar) -> Iterator[Cause]:
    for at, why in _by_clock(row, course, calendar):
        if course.ended_at is None or at <= course.ended_at:
            yield at, why
    nth = row["reopening"]
    if nth and len(course.reopenings) >= nth:
        yield sorted(course.reopenings)[nth - 1], f"Kasus dibuka kembali untuk ke-{nth} kalinya."
    if row["silence"] and course.second_line_at:
        yield course.second_line_at, "Memenuhi syarat penegakan hukum lini kedua (PP 22/2021)."


def _by_clock(row: Row, course: ClockCourse, calendar: Calendar) -> Iterator[Cause]:
    last = course.limit.last_day(course.due, calendar)
    if row["share"]:
        yield _share_reached(course, row["share"], calendar), f"Batas {long_date(last)} tinggal sedikit."
    if row["workdays_after"]:
        day = calendar.add(last, row["workdays_after"])
        yield _start_of(day, calendar), f"Batas {long_date(last)} lewat {row['workdays_after']} hari kerja."
    if row["silence"] and course.province_asked_at:
        yield from _silence(row["silence"], course, calendar)


def _share_reached(course: ClockCourse, percent: int, calendar: Calendar) -> datetime:
    """The moment `percent` of the limit has passed; for days the start of that day, counted back."""
    limit = course.limit
    if limit.is_real_time:
        return course.since + (course.due - course.since) * percent / 100
    left = limit.amount - share(limit.amount, percent)
    last = limit.last_day(course.due, calendar)
    day = last - timedelta(days=left) if limit.unit == "days" else calendar.add(last, -left)
    return max(_start_of(day, calendar), course.since)


def _silence(workdays: int, course: ClockCourse, calendar: Calendar) -> Iterator[Cause]:
    last = calendar.last_day(course.province_asked_at, workdays)
    at = _start_of(calendar.add(last, 1), calendar)
    if course.province_answered_at is None or course.province_answered_at >= at:
        yield at, f"Provinsi tidak menjawab selama {workdays} hari kerja."


def _start_of(day: date, calendar: Calendar) -> datetime:
    return calendar.end_of(day - timedelta(days=1))


def answer_reasons(text: str) -> tuple[Reason, ...]:
    """Each level must answer in text."""
    if bare(text):
        return ()
    return (Reason("escalation_answer", "Tulis jawaban atas eskalasi ini", "answer"),)
