"""The rows behind each figure of the bridge, filtered by what its link says."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import BooleanField, Case, F, Q, QuerySet, When
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from sekata.kernel.cases.models import Case as CaseRow
from sekata.kernel.cases.models import Escalation, Timer
from sekata.site.bridge.periods import Period
from sekata.site.bridge.queries import TOTAL
from sekata.site.desk.rows import system_of

PAGE = 50
DECIDED, RECEIVED, OPEN, LATE, FLAGS = "diputus", "diterima", "terbuka", "lewat", "eskalasi"
TITLES = {
    DECIDED: _("Urusan yang diputus"),
    RECEIVED: _("Urusan yang diterima"),
    OPEN: _("Urusan yang terbuka"),
    LATE: _("Urusan yang lewat batas"),
    FLAGS: _("Eskalasi yang menunggu jawaban"),
}
IN_TIME, TOO_LATE = "tepat", "lewat"
REAL_TIME = ("minutes", "hours")


@dataclass(frozen=True)
class Narrow:
    """Which rows: by system, area, unit, outcome or level; `after` is where the page begins."""

    workflow: str = ""
    area: str = ""
    unit: int | None = None
    outcome: str = ""
    level: int | None = None
    after: str = ""


@dataclass(frozen=True)
class Row:
    """One case behind a figure; at is when the counted thing happened."""

    case: CaseRow
    at: datetime | None = None
    due_at: datetime | None = None
    kept: bool | None = None
    level: int | None = None
    escalation: Escalation | None = None

    @property
    def answer_url(self) -> str:
        return answer_link(self.escalation) if self.escalation else ""


def read(query: QueryDict) -> Narrow:
    """The narrowing in an address; what is no number is left out."""

    def number(name: str) -> int | None:
        text = query.get(name, "")
        return int(text) if text.isdigit() and len(text) < 19 else None

    outcome = query.get("hasil", "")
    return Narrow(
        workflow=query.get("sistem", "")[:40],
        area=query.get("wilayah", "")[:13],
        unit=number("unit"),
        outcome=outcome if outcome in (IN_TIME, TOO_LATE) else "",
        level=number("tingkat"),
        after=query.get("sesudah", "")[:80],
    )


def link(what: str, period: Period | None = None, **narrow: object) -> str:
    """The address of the rows behind a figure."""
    pairs = {"masa": period.code if period else "", **narrow}
    given = urlencode({name: value for name, value in pairs.items() if value not in ("", None)})
    return reverse("bridge:rows", args=[what]) + (f"?{given}" if given else "")


def answer_link(escalation: Escalation) -> str:
    """Where an escalation is answered: on the room's own page if it has one, else on the house's."""
    system = system_of(escalation.case.workflow)
    try:
        return reverse(f"{system.code}:escalation", args=[escalation.case.number, escalation.pk])
    except (NoReverseMatch, AttributeError):
        return reverse("bridge:answer", args=[escalation.pk])


def page(what: str, narrow: Narrow, period: Period, at: datetime) -> tuple[list[Row], str]:
    """A page of rows and where the next one begins (empty at the end)."""
    found, cursor = {DECIDED: _decided, FLAGS: _flags}.get(what, _cases)(what, narrow, period, at)
    more = len(found) > PAGE
    return found[:PAGE], cursor(found[PAGE - 1]) if more else ""


def _narrowed(narrow: Narrow, path: str) -> Q:
    q = Q()
    if narrow.workflow:
        q &= Q(**{f"{path}workflow": narrow.workflow})
    if narrow.area:
        q &= Q(**{f"{path}area__startswith": narrow.area})
    if narrow.unit:
        q &= Q(**{f"{path}unit": narrow.unit})
    return q


def _decided(what: str, narrow: Narrow, period: Period, at: datetime):
    rows = Timer.objects.select_related("case__unit", "case__holder").filter(
        _narrowed(narrow, "case__"),
        code=TOTAL,
        stopped_at__gte=period.begins,
        stopped_at__lt=period.ends,
        case__merged_into=None,
    )
    rows = _with_outcome(rows)
    if narrow.outcome:
        rows = rows.filter(kept=narrow.outcome == IN_TIME)
    if narrow.after.isdigit():
        rows = rows.filter(pk__lt=int(narrow.after))
    timers = list(rows.order_by("-pk")[: PAGE + 1])
    found = [Row(timer.case, timer.stopped_at, timer.due_at, timer.kept) for timer in timers]
    keys = {id(row): timer.pk for row, timer in zip(found, timers, strict=True)}
    return found, lambda row: str(keys[id(row)])


def _with_outcome(rows: QuerySet[Timer]) -> QuerySet[Timer]:
    """The same test as the figures': to the minute for hours, before 24:00 for days."""
    to_the_minute = Q(unit__in=REAL_TIME, stopped_at__lte=F("due_at"))
    by_day = ~Q(unit__in=REAL_TIME) & Q(stopped_at__lt=F("due_at"))
    return rows.annotate(
        kept=Case(When(to_the_minute | by_day, then=True), default=False, output_field=BooleanField())
    )


def _flags(what: str, narrow: Narrow, period: Period, at: datetime):
    rows = Escalation.objects.select_related("case__unit", "case__holder").filter(
        _narrowed(narrow, "case__"), answered_at=None
    )
    if narrow.level:
        rows = rows.filter(level=narrow.level)
    if narrow.after.isdigit():
        rows = rows.filter(pk__lt=int(narrow.after))
    found = [
        Row(one.case, one.at, one.case.due_at, level=one.level, escalation=one)
        for one in rows.order_by("-pk")[: PAGE + 1]
    ]
    return found, lambda row: str(row.escalation.pk)


def _cases(what: str, narrow: Narrow, period: Period, at: datetime):
    rows = CaseRow.objects.select_related("unit", "holder").filter(_narrowed(narrow, ""))
    if what == RECEIVED:
        rows = rows.filter(received_at__gte=period.begins, received_at__lt=period.ends)
    else:
        rows = rows.filter(closed_at=None)
    if what == LATE:
        rows = rows.filter(due_at__lt=at)
    if narrow.after.isdigit():
        rows = rows.filter(pk__gt=int(narrow.after))
    found = [Row(case, case.received_at, case.due_at) for case in rows.order_by("pk")[: PAGE + 1]]
    return found, lambda row: str(row.case.pk)
