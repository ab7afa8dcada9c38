"""The law of a day: every effective-dated table of the room, and the tariffs, as they stood then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q

from sekata.kernel.cases.terms import Terms, calendar
from sekata.kernel.reference import queries as reference
from sekata.lib import clock
from sekata.lib.workdays import Calendar
from sekata.pillars.economy.tax import rules
from sekata.pillars.economy.tax.codes import AssessmentKind, TaxType
from sekata.pillars.economy.tax.models import RevenueTarget, Tariff, TariffSet
from sekata.pillars.economy.tax.rules.amounts import Rounding, Rows, number
from sekata.pillars.economy.tax.rules.bphtb import TransferTerms
from sekata.pillars.economy.tax.rules.ceilings import GENERAL, Bracket, Ceiling, ceiling_of, rate_for
from sekata.pillars.economy.tax.rules.dates import month_bounds
from sekata.pillars.economy.tax.rules.due import DueRule, due_day
from sekata.pillars.economy.tax.rules.landtax import LandTaxTerms, ValueClass, year_of_state
from sekata.pillars.economy.tax.rules.penalty import MonthlyRate


@dataclass(frozen=True)
class Law:
    """Tables, tariffs and calendar in force on `on`."""

    on: date

    def table(self, name: str) -> Rows:
        """A table by its name in the room: key -> value."""
        return reference.at(f"tax.{name}", self.on)

    def figure(self, name: str) -> int:
        """A whole number of the table of figures."""
        return int(self.table("figure")[name]["value"])

    def percentage(self, name: str) -> Decimal:
        """A percentage of the table of figures."""
        return number(self.table("figure")[name]["value"])

    @property
    def rounding(self) -> Rounding:
        """How figures become money."""
        row = self.table("rounding")["default"]
        return Rounding(row["mode"], row["unit"])

    @property
    def calendar(self) -> Calendar:
        """Working days as the holiday table tells them today."""
        return calendar(clock.today())

    @property
    def late(self) -> MonthlyRate:
        """Interest for late payment."""
        return MonthlyRate.of(self.table("late_rate")["late"])

    def brackets(self, tax: TaxType) -> tuple[Bracket, ...]:
        """The tariff of a tax: of each sub-class the newest approved set."""
        newest = (
            TariffSet.objects.filter(tax_type=tax, valid_from__lte=self.on, approved_at__isnull=False)
            .order_by("sub_class", "-valid_from")
            .distinct("sub_class")
        )
        rows = Tariff.objects.filter(of__in=newest.values("pk")).select_related("of")
        return tuple(
            Bracket(row.min_base, row.max_base, row.rate, row.of.sub_class)
            for row in rows.order_by("of__sub_class", "min_base")
        )

    def rate(self, tax: TaxType, base: int = 0, sub_class: str = GENERAL) -> Decimal:
        """The rate for a base. LookupError when no tariff is in force."""
        return rate_for(base, self.brackets(tax), sub_class)

    def ceiling(self, tax: str, sub_class: str) -> Ceiling:
        """What the law allows a tariff to be."""
        return ceiling_of(tax, sub_class, self.table("ceiling"))

    def value_classes(self, kind: str) -> tuple[ValueClass, ...]:
        """Classes of land or buildings, lowest first."""
        rows = [
            ValueClass(key.split(":")[1], row["lower"], row["upper"], row["value"])
            for key, row in self.table("njop_class").items()
            if key.startswith(f"{kind}:")
        ]
        return tuple(sorted(rows, key=lambda one: one.low))

    @property
    def land(self) -> LandTaxTerms:
        """The terms of land tax."""
        shares = tuple(
            Bracket(row["low"], row["high"], number(row["share"]), row["use"])
            for row in self.table("land_share").values()
        )
        return LandTaxTerms(
            exemption=self.figure("land.exemption"),
            shares=shares,
            tariffs=self.brackets(TaxType.LAND),
            minimum=self.figure("land.minimum"),
            rounding=self.rounding,
        )

    @property
    def transfer(self) -> TransferTerms:
        """The terms of acquisition duty."""
        return TransferTerms(
            rate=self.rate(TaxType.TRANSFER),
            first_deduction=self.figure("transfer.first_deduction"),
            inheritance_deduction=self.figure("transfer.inheritance_deduction"),
            rounding=self.rounding,
        )

    def due(self, key: str, start: date) -> date:
        """The day due by the row `key` of the table, counted from `start` (R9)."""
        return due_day(DueRule.of(self.table("due")[key]), start, self.calendar)

    def due_of(self, kind: AssessmentKind, sent: date) -> date:
        """The day an assessment falls due when it was sent on a day."""
        return self.due(kind if kind != AssessmentKind.SKPDN else AssessmentKind.SKPD, sent)

    @property
    def terms(self) -> Terms:
        """Limits and calendar of the room's workflows."""
        limits = self.table("limit")
        return Terms(self.calendar, lambda rule, priority: rules.limit_for(limits, rule))


def law(at: datetime) -> Law:
    """The law of the regency's day on which `at` falls."""
    return Law(at.astimezone(clock.WIB).date())


def law_of_year(tax_year: int) -> Law:
    """The law of land tax for a year: that of 1 January."""
    return Law(year_of_state(tax_year))


def law_of_period(period: str) -> Law:
    """The law of a month `2026-09`: that of its last day."""
    return Law(month_bounds(period)[1])


def law_of(tax_year: int, period: str) -> Law:
    """The law under which an assessment stands: of its month, or of its year."""
    return law_of_period(period) if period else law_of_year(tax_year)


def tariff_sets(tax: TaxType | None = None) -> Iterable[TariffSet]:
    """All sets with their brackets, newest first, proposals included."""
    rows = TariffSet.objects.prefetch_related("brackets").order_by("tax_type", "sub_class", "-valid_from")
    return rows.filter(tax_type=tax) if tax else rows


def target(year: int, tax: TaxType, on: date) -> int:
    """The year's target of a tax in rupiah, by the version in force on a day (R23); 0 where none is set."""
    rows = RevenueTarget.objects.filter(Q(district=""), year=year, tax_type=tax, valid_from__lte=on)
    rows = rows.filter(approved_at__isnull=False)
    newest = rows.order_by("-valid_from", "version").first()
    return newest.amount if newest else 0
