"""The law of a day: every effective-dated table of the room as it stood when a case was received."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sekata.kernel.cases.terms import Terms, calendar
from sekata.kernel.reference import queries as reference
from sekata.lib import clock
from sekata.lib.deadlines import Limit
from sekata.lib.workdays import Calendar
from sekata.pillars.environment.complaints.rules import clocks, escalation
from sekata.pillars.environment.complaints.rules.terms import Row, Rows


@dataclass(frozen=True)
class Law:
    """Tables and calendar in force on `on`; read each through its name."""

    on: date

    def table(self, name: str) -> Rows:
        return reference.at(f"complaints.{name}", self.on)

    @property
    def limits(self) -> Rows:
        return self.table("sla_rule")

    @property
    def services(self) -> Rows:
        return self.table("service_type")

    @property
    def authorities(self) -> Rows:
        return self.table("authority")

    @property
    def precision(self) -> Row:
        return next(iter(self.table("map_precision").values()))

    @property
    def calendar(self) -> Calendar:
        return calendar(clock.today())

    def service(self, code: str) -> Row | None:
        return self.services.get(code)

    def attributes(self, service: str) -> list[Row]:
        """The questions of a service type in their order."""
        rows = (row for row in self.table("attribute").values() if row["service"] == service)
        return sorted(rows, key=lambda row: row["order"])

    def terms(self, service_code: str) -> Terms:
        """The terms under which a complaint of that type runs."""

        def limit(rule: str, priority: int) -> Limit | None:
            return clocks.limit_for(self.limits, rule, f"P{priority}", service_code)

        def ladder(
            limit: Limit, since: datetime, due: datetime, working: Calendar
        ) -> Iterator[tuple[int, datetime]]:
            """Level by level, each computed when it is asked for; the ministry follows the province's silence."""
            province = None
            for level, row in sorted(self.table("escalation_rule").items()):
                course = escalation.ClockCourse(limit, since, due, province_asked_at=province)
                for step in escalation.planned_levels(course, {level: row}, working):
                    province = step.at if level == "L4" else province
                    yield int(level[1:]), step.at

        return Terms(self.calendar, limit, ladder)


def law(at: datetime) -> Law:
    """The law of the regency's day on which `at` falls."""
    return Law(at.astimezone(clock.WIB).date())
