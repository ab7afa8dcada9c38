"""R14 kilograms of what is counted in pieces, R15 tonnage, R16 generation, R17 avoided emissions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

THREE = Decimal("0.001")


def kilograms(quantity: Decimal, kg_per_unit: Decimal | None) -> Decimal:
    """R14: for statistics and stock; the price is always per unit. None: the unit is the kilogram."""
    return (quantity if kg_per_unit is None else quantity * kg_per_unit).quantize(THREE, ROUND_HALF_UP)


@dataclass(frozen=True)
class Leaving:
    """Kilograms that left a bank. outside: to a buyer or process that is no bank of the regency."""

    kg: Decimal
    rejected_kg: Decimal = Decimal(0)
    outside: bool = True


def reduction_kg(movements: Iterable[Leaving]) -> Decimal:
    """R15: what left the regency's banks for good, net of rejects; transfers between banks are never new."""
    return sum((move.kg - move.rejected_kg for move in movements if move.outside), Decimal(0))


def generation_t(population: int, kg_per_person_day: Decimal) -> Decimal:
    """R16: tonnes a year."""
    return population * kg_per_person_day * 365 / 1000


def reduction_percent(reduction_t: Decimal, generation: Decimal) -> Decimal | None:
    """R16: three places; None without a generation."""
    return (reduction_t * 100 / generation).quantize(THREE, ROUND_HALF_UP) if generation else None


@dataclass(frozen=True)
class Avoided:
    """R17: tonnes of CO2e, those of paper apart, and the materials for which there is no factor."""

    by_material: Mapping[str, Decimal]
    paper: Decimal
    total: Decimal
    without_factor: tuple[str, ...]


def avoided(sold_kg: Mapping[str, Decimal], factors: Mapping[str, Decimal], paper: Iterable[str]) -> Avoided:
    """R17: sold tonnes times factor (tCO2e per tonne); an estimate, not a carbon credit."""
    parts = {name: kg / 1000 * factors[name] for name, kg in sorted(sold_kg.items()) if name in factors}
    papers = set(paper)
    return Avoided(
        {name: part.quantize(THREE, ROUND_HALF_UP) for name, part in parts.items()},
        sum((part for name, part in parts.items() if name in papers), Decimal(0)).quantize(
            THREE, ROUND_HALF_UP
        ),
        sum(parts.values(), Decimal(0)).quantize(Decimal("0.01"), ROUND_HALF_UP),
        tuple(sorted(set(sold_kg) - set(factors))),
    )
