"""What officers work through: tariffs and values that wait, billboards, wells, proposals, arrears, deed reports."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, QuerySet, Subquery

from sekata.pillars.economy.tax.codes import (
    AssessmentState,
    CollectionState,
    Status,
    TaxType,
)
from sekata.pillars.economy.tax.models import (
    Assessment,
    Collection,
    CollectionAct,
    MassBatch,
    MassLine,
    PpatReport,
    RevenueTarget,
    TaxObject,
    TaxReturn,
    ZoneValue,
)
from sekata.pillars.economy.tax.queries.cockpit import TOP
from sekata.pillars.economy.tax.rules.advertising import needs_street_check

MOST = 100
CARDS = 12
OVERDUE = (AssessmentState.DUE, AssessmentState.PARTLY_PAID)
LIVE = (AssessmentState.DRAFT, AssessmentState.APPROVED)
FACTOR = 20
"""A value so many times above or below the middle of its village and zone is looked at."""


def zones_waiting() -> QuerySet[ZoneValue]:
    """Zone values that nobody has approved yet."""
    return ZoneValue.objects.filter(approved_at=None).order_by("tax_year", "village", "zone")[:MOST]


def zones_of(village: str) -> QuerySet[ZoneValue]:
    """The values of a village by the tax office's code, newest year first."""
    return ZoneValue.objects.filter(village=village).order_by("-tax_year", "zone")[:MOST]


def targets(year: int) -> QuerySet[RevenueTarget]:
    """All targets of a year, those that wait included."""
    return RevenueTarget.objects.filter(year=year).order_by("version", "tax_type")


def objects(tax: TaxType) -> QuerySet[TaxObject]:
    """Active objects of a tax."""
    rows = TaxObject.objects.select_related("taxpayer").filter(tax_type=tax, status=Status.ACTIVE)
    return rows.order_by("number")


def object_of(number: str) -> TaxObject | None:
    """The tax object with that number."""
    return TaxObject.objects.select_related("taxpayer").filter(number=number).first()


def letters_of(tax_object: TaxObject) -> QuerySet[Assessment]:
    """Its letters, newest first."""
    return Assessment.objects.filter(object=tax_object).order_by("-pk")[:24]


def returns_of(tax_object: TaxObject) -> QuerySet[TaxReturn]:
    """Its returns, newest month first."""
    return TaxReturn.objects.filter(object=tax_object).order_by("-period", "-correction_no")[:24]


@dataclass(frozen=True)
class Billboard:
    """A display with the last day that is paid for; expired: it goes onto the street-check list (R8)."""

    object: TaxObject
    starts: date | None
    ends: date | None
    expired: bool


def billboards(on: date) -> Iterator[Billboard]:
    """Displays by their newest letter, those to be looked for first."""
    newest = Assessment.objects.filter(object=OuterRef("pk")).exclude(state=AssessmentState.CANCELLED)
    rows = objects(TaxType.ADVERTISING).annotate(facts=Subquery(newest.order_by("-pk").values("facts")[:1]))
    found = [_billboard(row, row.facts or {}, on) for row in rows]
    return iter(sorted(found, key=lambda one: (not one.expired, one.object.number)))


def _billboard(row: TaxObject, facts: dict[str, object], on: date) -> Billboard:
    if "starts" not in facts:
        return Billboard(row, None, None, True)
    starts = date.fromisoformat(facts["starts"])
    return Billboard(
        row, starts, date.fromisoformat(facts["ends"]), needs_street_check(starts, facts["days"], on)
    )


@dataclass(frozen=True)
class Well:
    """A well with its last reading in m³ and the month it was read for."""

    object: TaxObject
    period: str
    reading: str


def wells() -> list[Well]:
    """All wells; those read longest ago first."""
    newest = Assessment.objects.filter(object=OuterRef("pk")).exclude(state=AssessmentState.CANCELLED)
    newest = newest.order_by("-period")
    rows = objects(TaxType.GROUNDWATER).annotate(
        last_period=Subquery(newest.values("period")[:1]), last=Subquery(newest.values("facts__now")[:1])
    )
    found = [Well(row, row.last_period or "", row.last or "0") for row in rows]
    return sorted(found, key=lambda one: (one.period, one.object.number))


def proposals() -> QuerySet[Assessment]:
    """Letters that wait for approval or issue, oldest first."""
    rows = Assessment.objects.select_related("taxpayer", "object").filter(state__in=LIVE)
    return rows.order_by("pk")[:MOST]


def letter(number: str) -> Assessment | None:
    """The letter with that number."""
    rows = Assessment.objects.select_related("taxpayer", "object", "land", "batch", "supersedes", "filing")
    return rows.filter(number=number).first()


@dataclass(frozen=True)
class Column:
    """A step of collection: its first cards, and how many there are in all (at most so many are counted)."""

    state: CollectionState
    cards: list[Assessment]
    count: int


COUNTED = 1_000


def kanban() -> list[Column]:
    """Arrears by the step that collection has reached; the largest first."""
    arrears = Assessment.objects.select_related("taxpayer").filter(state__in=OVERDUE)
    columns = [_column(CollectionState.OPEN, arrears.filter(collection=None))]
    for state in CollectionState:
        if state not in (CollectionState.OPEN, CollectionState.SETTLED):
            columns.append(_column(state, arrears.filter(collection__state=state)))
    return columns


def _column(state: CollectionState, rows: QuerySet[Assessment]) -> Column:
    cards = list(rows.order_by("-principal", "pk")[:CARDS])
    return Column(state, cards, rows[:COUNTED].count())


def collection_of(letter: Assessment) -> Collection | None:
    """How far the collecting of a letter has come."""
    return Collection.objects.filter(assessment=letter).first()


def acts_of(letter: Assessment) -> list[CollectionAct]:
    """The acts served on a debtor, oldest first."""
    return list(CollectionAct.objects.filter(collection__assessment=letter).order_by("served_on", "pk"))


def deed_reports(most: int = MOST) -> QuerySet[PpatReport]:
    """Deed reports of all officials, newest first."""
    return PpatReport.objects.select_related("ppat").order_by("-period", "ppat")[:most]


def reports_of(person: int) -> QuerySet[PpatReport]:
    """One official's reports."""
    return PpatReport.objects.filter(ppat=person).order_by("-period")[:24]


def declared(tax_object: TaxObject, period: str) -> TaxReturn | None:
    """The return that stands for a month of an object."""
    rows = TaxReturn.objects.filter(object=tax_object, period=period, filed_at__isnull=False)
    return rows.order_by("-correction_no").first()


OUTLIERS = """
    SELECT line.id FROM tax_massline AS line
    JOIN (
        SELECT left(l.nop, 10) AS village, percentile_cont(0.5) WITHIN GROUP (ORDER BY l.value) AS middle
        FROM tax_massline AS l WHERE l.batch_id = %s AND l.value > 0 GROUP BY 1
    ) AS usual ON usual.village = left(line.nop, 10)
    WHERE line.batch_id = %s AND line.value > usual.middle * %s ORDER BY line.value / usual.middle DESC LIMIT %s
"""


def outliers(batch: MassBatch) -> list[MassLine]:
    """Objects worth more than twenty times the middle of their village: mistyped areas stand out here."""
    ids = [row.pk for row in MassLine.objects.raw(OUTLIERS, [batch.pk, batch.pk, FACTOR, TOP])]
    return list(batch.lines.select_related("taxpayer").filter(pk__in=ids).order_by("-value"))


def largest_arrears(most: int = 10) -> list[Assessment]:
    """The largest debts past their day."""
    rows = Assessment.objects.select_related("taxpayer").filter(state__in=OVERDUE)
    left = (
        F("principal") + F("surcharge") + F("increase") + F("interest") + F("fine") - F("credit") - F("paid")
    )
    return list(rows.annotate(left_over=left).order_by("-left_over", "pk")[:most])
