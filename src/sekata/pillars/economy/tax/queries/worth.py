"""What a land object is worth and owes in a year, computed one by one with the rules: corrections, explanations."""

from django.db.models import QuerySet

from sekata.pillars.economy.tax.codes import BuildingUse, LandKind
from sekata.pillars.economy.tax.models import LandObject, LandVersion, ZoneValue
from sekata.pillars.economy.tax.queries.law import law_of_year
from sekata.pillars.economy.tax.rules.landtax import (
    LandTax,
    Part,
    class_value,
    land_tax,
    object_value,
    year_of_state,
)


def version_of(land: LandObject, tax_year: int) -> LandVersion | None:
    """R4: the version whose state counts for a tax year; None where the object did not exist on 1 January."""
    rows = versions(land).filter(valid_from__lte=year_of_state(tax_year))
    found = rows.order_by("-valid_from", "-number").first()
    return None if found is None or found.ended else found


def versions(land: LandObject) -> QuerySet[LandVersion]:
    """All versions of an object with owner and buildings, newest first."""
    rows = LandVersion.objects.select_related("taxpayer", "land").prefetch_related("buildings")
    return rows.filter(land=land).order_by("-number")


def zone_value(village: str, zone: str, tax_year: int) -> int | None:
    """Market value in rupiah per m² of a zone in a year, None where none was ever set."""
    rows = ZoneValue.objects.filter(village=village, zone=zone, tax_year__lte=tax_year)
    rows = rows.filter(approved_at__isnull=False)
    return rows.order_by("-tax_year").values_list("market_value", flat=True).first()


def parts_of(version: LandVersion, tax_year: int) -> tuple[list[Part], list[Part]]:
    """Land and buildings of a version with their class values in a year. LookupError where its zone has no value."""
    rulebook = law_of_year(tax_year)
    market = zone_value(version.land.nop[:10], version.zone, tax_year)
    if market is None:
        raise LookupError(f"zone {version.zone} has no value in {tax_year}")
    land = Part(version.land_area, class_value(market, rulebook.value_classes("land")))
    classes = rulebook.value_classes("building")
    buildings = [
        Part(one.area, class_value(one.market_value, classes))
        for one in version.buildings.all()
        if one.use != BuildingUse.UNTAXED
    ]
    return [land], buildings


def computed(version: LandVersion, tax_year: int, *, deducts: bool) -> LandTax:
    """The tax of a version in a year by the law of that year."""
    value = object_value(*parts_of(version, tax_year))
    untaxed = version.land_kind == LandKind.PUBLIC
    return land_tax(
        value, law_of_year(tax_year).land, deducts=deducts and not untaxed, use=version.use, untaxed=untaxed
    )
