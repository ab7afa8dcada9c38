"""What the head of assessment looks at: batches, their figures, objects in full, a village's list (DHKP)."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import F, QuerySet, Sum

from sekata.kernel.units import queries as units
from sekata.pillars.economy.tax.codes import AssessmentKind, AssessmentState
from sekata.pillars.economy.tax.models import Assessment, LandObject, LandVersion, MassBatch, MassLine
from sekata.pillars.economy.tax.queries.law import law_of_year
from sekata.pillars.economy.tax.queries.worth import versions
from sekata.pillars.economy.tax.rules.books import LAST

TOP = 50
BOOKS = """
    SELECT width_bucket(tax - 1, %(limits)s::bigint[]) AS book, count(*), sum(tax)::bigint
    FROM tax_massline WHERE batch_id = %(batch)s AND tax IS NOT NULL GROUP BY 1 ORDER BY 1
"""
VILLAGES = """
    SELECT o.village_code, count(*), sum(line.tax)::bigint, sum(line.last_tax)::bigint
    FROM tax_massline AS line JOIN tax_landobject AS o ON o.id = line.land_id
    WHERE line.batch_id = %(batch)s GROUP BY 1 ORDER BY 1
"""


@dataclass(frozen=True)
class BookRow:
    """Letters and rupiah of one book (buku)."""

    name: str
    count: int
    amount: int


@dataclass(frozen=True)
class VillageRow:
    """A village's lines, rupiah now and the year before."""

    code: str
    name: str
    count: int
    amount: int
    last: int


def batches() -> QuerySet[MassBatch]:
    """All batches, newest year first."""
    return MassBatch.objects.order_by("-tax_year", "-pk")


def batch_of(year: int) -> MassBatch | None:
    """The newest batch of a year."""
    return batches().filter(tax_year=year).first()


def by_book(batch: MassBatch) -> list[BookRow]:
    """R3: letters and rupiah per book."""
    limits = sorted((row["up_to"], name) for name, row in law_of_year(batch.tax_year).table("book").items())
    names = [*(name for _, name in limits), LAST]
    given = {"batch": batch.pk, "limits": [up_to for up_to, _ in limits]}
    with connection.cursor() as cursor:
        cursor.execute(BOOKS, given)
        return [BookRow(names[place], count, amount) for place, count, amount in cursor.fetchall()]


def by_village(batch: MassBatch) -> list[VillageRow]:
    """Objects and rupiah per village, beside the year before."""
    names = units.areas()
    with connection.cursor() as cursor:
        cursor.execute(VILLAGES, {"batch": batch.pk})
        return [
            VillageRow(code, names[code].name if code in names else code, count, amount or 0, last or 0)
            for code, count, amount, last in cursor.fetchall()
        ]


def risers(batch: MassBatch, *, falling: bool = False) -> list[MassLine]:
    """The fifty lines that rose (or fell) most in rupiah against the year before."""
    rows = (
        batch.lines.select_related("taxpayer")
        .filter(last_tax__gt=0)
        .annotate(change=F("tax") - F("last_tax"))
    )
    rows = rows.filter(change__lt=0) if falling else rows.filter(change__gt=0)
    return list(rows.order_by("change" if falling else "-change", "nop")[:TOP])


def nil_lines(batch: MassBatch) -> QuerySet[MassLine]:
    """Lines whose tax is nil."""
    return batch.lines.select_related("taxpayer").filter(tax=0).order_by("nop")[:TOP]


def problems(batch: MassBatch) -> QuerySet[MassLine]:
    """Lines that cannot be assessed: their zone has no value."""
    return batch.lines.exclude(problem="").order_by("nop")[:TOP]


@dataclass(frozen=True)
class ObjectView:
    """Everything about a land object: versions, letters of ten years, what it came from and became."""

    land: LandObject
    versions: list[LandVersion]
    letters: list[Assessment]
    parents: list[str]
    children: list[str]


def object_view(number: str) -> ObjectView | None:
    """The object with that NOP in full; None where there is none."""
    land = LandObject.objects.filter(nop=number).first()
    if land is None:
        return None
    letters = Assessment.objects.filter(land=land).order_by("-tax_year", "-issue")[:20]
    return ObjectView(
        land,
        list(versions(land)),
        list(letters),
        list(land.parents.values_list("parent__nop", flat=True)),
        list(land.children.values_list("child__nop", flat=True)),
    )


def village_list(village: str, year: int, after: str = "", most: int = 200) -> list[Assessment]:
    """DHKP: the valid letters of a village and year in the order of their numbers, from after `after` on."""
    rows = Assessment.objects.select_related("taxpayer", "land").filter(
        kind=AssessmentKind.SPPT, tax_year=year, land__village_code=village, land__nop__gt=after
    )
    return list(rows.exclude(state=AssessmentState.CANCELLED).order_by("land__nop")[:most])


def village_sum(village: str, year: int) -> tuple[int, int]:
    """Rupiah set and paid of a village in a year."""
    rows = Assessment.objects.filter(kind=AssessmentKind.SPPT, tax_year=year, land__village_code=village)
    sums = rows.exclude(state=AssessmentState.CANCELLED).aggregate(set=Sum("principal"), paid=Sum("paid"))
    return sums["set"] or 0, sums["paid"] or 0
