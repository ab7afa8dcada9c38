"""R1 What the law allows a bylaw to set: the least and greatest rate of each tax, and sets of brackets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sekata.lib.result import Reason
from sekata.pillars.economy.tax.codes import LandUse, TaxType
from sekata.pillars.economy.tax.rules.amounts import Rows, number

GENERAL = "general"
"""Sub-class of a tariff that holds for all objects of a tax that have none of their own."""


@dataclass(frozen=True)
class Ceiling:
    """Least and greatest rate in percent that `article` allows."""

    low: Decimal
    high: Decimal
    article: str


@dataclass(frozen=True)
class Bracket:
    """A rate for a range of bases, both ends included; high None is without end. sub_class: kind of object."""

    low: int
    high: int | None
    rate: Decimal
    sub_class: str = GENERAL

    def holds(self, base: int) -> bool:
        """Whether `base` lies in it."""
        return base >= self.low and (self.high is None or base <= self.high)


def ceiling_of(tax_type: str, sub_class: str, ceilings: Rows) -> Ceiling:
    """The limits of a tax: those of the sub-class, or the general ones. LookupError for an unknown tax."""
    row = ceilings.get(f"{tax_type}:{sub_class}") or ceilings.get(f"{tax_type}:{GENERAL}")
    if row is None:
        raise LookupError(f"no limits of law for {tax_type}")
    return Ceiling(number(row["rate_min"]), number(row["rate_max"]), row["article"])


def ceiling_reasons(rate: Decimal, ceiling: Ceiling) -> tuple[Reason, ...]:
    """R1: why the law refuses a rate, its article named."""
    if ceiling.low <= rate <= ceiling.high:
        return ()
    bounds = f"paling tinggi {_shown(ceiling.high)}%"
    if ceiling.low == ceiling.high:
        bounds = f"tepat {_shown(ceiling.high)}%"
    elif ceiling.low:
        bounds = f"paling rendah {_shown(ceiling.low)}% dan {bounds}"
    return (Reason("ceiling", f"Tarif {_shown(rate)}% melanggar {ceiling.article}: {bounds}.", "rate"),)


def bracket_reasons(brackets: Sequence[Bracket], ceiling: Ceiling) -> tuple[Reason, ...]:
    """Why a set of brackets of one sub-class cannot become law: rates, gaps, overlaps, an open beginning or end."""
    if not brackets:
        return (Reason("brackets", "Isi paling sedikit satu lapis tarif.", "brackets"),)
    found = [reason for bracket in brackets for reason in ceiling_reasons(bracket.rate, ceiling)]
    ordered = sorted(brackets, key=lambda bracket: bracket.low)
    if ordered[0].low != 0:
        found.append(Reason("bracket_gap", "Lapis pertama harus mulai dari 0.", "brackets"))
    if ordered[-1].high is not None:
        found.append(Reason("bracket_gap", "Lapis terakhir harus tanpa batas atas.", "brackets"))
    for lower, upper in zip(ordered, ordered[1:], strict=False):
        found += _seam(lower, upper)
    return tuple(found)


def _seam(lower: Bracket, upper: Bracket) -> list[Reason]:
    if lower.high is None or upper.low <= lower.high:
        return [Reason("bracket_overlap", f"Lapis mulai {upper.low} tumpang tindih.", "brackets")]
    if upper.low != lower.high + 1:
        return [Reason("bracket_gap", f"Ada celah sesudah {lower.high}.", "brackets")]
    return []


def food_reasons(food: Iterable[Bracket], general: Iterable[Bracket], article: str) -> tuple[Reason, ...]:
    """R1: land for food and livestock pays less than other land at every value."""
    general = tuple(general)
    for cheap in food:
        for usual in general:
            meet = cheap.holds(usual.low) or usual.holds(cheap.low)
            if meet and cheap.rate >= usual.rate:
                message = f"Tarif lahan pangan dan ternak harus lebih rendah dari lahan lain ({article})."
                return (Reason("food_rate", message, "rate"),)
    return ()


def rate_for(base: int, brackets: Iterable[Bracket], sub_class: str = GENERAL) -> Decimal:
    """The rate of the bracket that holds the whole base: of the sub-class, else the general one.

    LookupError when no bracket does.
    """
    fitting = [bracket for bracket in brackets if bracket.holds(base)]
    for wanted in (sub_class, GENERAL):
        for bracket in fitting:
            if bracket.sub_class == wanted:
                return bracket.rate
    raise LookupError(f"no tariff for a base of {base}")


def is_food_tariff(tax_type: str, sub_class: str) -> bool:
    """Whether a tariff is the lower one of food and livestock land."""
    return tax_type == TaxType.LAND and sub_class == LandUse.FOOD


def _shown(rate: Decimal) -> str:
    return f"{rate.normalize():f}".replace(".", ",")
