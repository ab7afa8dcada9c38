"""The law of a day: every effective-dated table of the room as it stood then."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sekata.kernel.cases.terms import Terms, calendar
from sekata.kernel.reference import queries as reference
from sekata.lib import clock
from sekata.lib.deadlines import Limit
from sekata.pillars.environment.wastebank.rules import impact, stock
from sekata.pillars.environment.wastebank.rules.moments import ClockLimits


@dataclass(frozen=True)
class Law:
    """Tables in force on `on`; read each through its name."""

    on: date

    def table(self, name: str) -> dict[str, reference.Value]:
        return reference.at(f"wastebank.{name}", self.on)

    @property
    def materials(self) -> dict[str, reference.Value]:
        return self.table("material")

    def limit(self, key: str) -> int:
        """A limit or fee: rupiah, days, kilograms, as the row's unit says."""
        return self.table("limit")[key]["value"]

    def own(self, name: str, code: str | None) -> reference.Value:
        """The row of a bank, or the one for banks without their own."""
        rows = self.table(name)
        return rows.get(code or "") or rows["default"]

    def kilograms(self, material: str, quantity: Decimal) -> Decimal:
        """R14: a quantity of that material in kilograms."""
        per_unit = self.materials[material]["kg_per_unit"]
        return impact.kilograms(quantity, Decimal(per_unit) if per_unit else None)

    def tolerance(self, material: str) -> Decimal:
        """R9: percent allowed for that material's group."""
        group = self.materials[material]["group"] if material in self.materials else "other"
        return stock.tolerance(self.table("shrink_tolerance"), group)

    @property
    def clocks(self) -> ClockLimits:
        """R3: the limits of devices' clocks."""
        return ClockLimits(
            timedelta(minutes=self.limit("clock_suspect")), timedelta(days=self.limit("sync_contact"))
        )

    @property
    def terms(self) -> Terms:
        """The terms under which requests run."""

        def limit(rule: str, priority: int) -> Limit | None:
            row = self.table("duty_limit").get(rule)
            return Limit(row["amount"], row["unit"], row["since"]) if row else None

        return Terms(calendar(clock.today()), limit)


def law(at: datetime) -> Law:
    """The law of the regency's day on which `at` falls."""
    return Law(at.astimezone(clock.WIB).date())
