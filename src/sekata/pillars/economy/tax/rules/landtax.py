"""R2, R3, R4 Land and building tax (PBB-P2): value, deduction, share, rate, minimum; the one deduction a taxpayer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sekata.lib.result import Reason
from sekata.pillars.economy.tax.codes import LandUse
from sekata.pillars.economy.tax.rules.amounts import WHOLE, Rounding, percent
from sekata.pillars.economy.tax.rules.ceilings import Bracket, rate_for

REASON_LENGTH = 20


@dataclass(frozen=True)
class ValueClass:
    """A class of the value table: market values above `low` up to `high` count as `value` rupiah per m²."""

    code: str
    low: int
    high: int
    value: int


@dataclass(frozen=True)
class Part:
    """Land or one building: area in m², class value in rupiah per m²."""

    area: int
    value: int


@dataclass(frozen=True)
class LandTaxTerms:
    """The law of a tax year. shares: brackets of NJOP whose rate is the share in percent."""

    exemption: int
    shares: tuple[Bracket, ...]
    tariffs: tuple[Bracket, ...]
    minimum: int = 0
    rounding: Rounding = WHOLE


@dataclass(frozen=True)
class LandTax:
    """A land-tax calculation with every step that the letter shows. Amounts in rupiah, rates in percent."""

    value: int
    deduction: int
    taxable: Decimal
    share: Decimal
    rate: Decimal
    tax: int


@dataclass(frozen=True)
class Candidate:
    """An object that may get the deduction."""

    nop: str
    value: int


def class_value(market: int, classes: Iterable[ValueClass]) -> int:
    """Rupiah per m² of the class that holds a market value; above the highest class the value itself counts."""
    known = tuple(classes)
    for one in known:
        if one.low < market <= one.high:
            return one.value
    return market if known and market > max(one.high for one in known) else 0


def class_reasons(classes: Sequence[ValueClass]) -> tuple[Reason, ...]:
    """Why a table of classes cannot be used: it must begin at 0 and leave neither gap nor overlap."""
    ordered = sorted(classes, key=lambda one: one.low)
    if not ordered or ordered[0].low != 0:
        return (Reason("class_gap", "Kelas NJOP harus mulai dari 0."),)
    for lower, upper in zip(ordered, ordered[1:], strict=False):
        if upper.low != lower.high:
            return (Reason("class_gap", f"Kelas {upper.code} tidak bersambung dengan kelas {lower.code}."),)
    return ()


def object_value(land: Sequence[Part], buildings: Sequence[Part] = ()) -> int:
    """R2: NJOP in rupiah, the sum of area x class value."""
    return sum(part.area * part.value for part in (*land, *buildings))


def pick_deduction(objects: Iterable[Candidate]) -> str | None:
    """R2: the NOP of the one object that gets the deduction: highest value, of equals the lower number."""
    best = min(objects, key=lambda one: (-one.value, one.nop), default=None)
    return best.nop if best else None


def land_tax(
    value: int, terms: LandTaxTerms, *, deducts: bool, use: str = LandUse.GENERAL, untaxed: bool = False
) -> LandTax:
    """R2 and R3: the tax of one object. deducts: whether it is the one picked; untaxed: public facilities owe nil."""
    deduction = min(terms.exemption, value) if deducts else 0
    share = rate_for(value, terms.shares, use)
    rate = Decimal(0) if untaxed else rate_for(value, terms.tariffs, use)
    taxable = percent(value - deduction, share)
    return LandTax(value, deduction, taxable, share, rate, _settled(percent(taxable, rate), terms))


def _settled(exact: Decimal, terms: LandTaxTerms) -> int:
    """R3: nil stays nil, anything above becomes at least the minimum; rounded at the end only."""
    return max(terms.rounding.settle(exact), terms.minimum) if exact > 0 else 0


def year_of_state(tax_year: int) -> date:
    """R4: the day whose state of land, building and owner counts for a tax year."""
    return date(tax_year, 1, 1)


def rise(before: int, now: int) -> Decimal | None:
    """R4: rise in percent against the year before, None where there was nothing to rise from."""
    return Decimal(now - before) * 100 / before if before > 0 else None


def exceeds_cap(before: int, now: int, cap: int) -> bool:
    """R4: whether a tax rose by more than `cap` percent. A nil or missing tax of the year before never does."""
    return before > 0 and (now - before) * 100 > before * cap


def cap_reasons(over: int, reason: str, cap: int) -> tuple[Reason, ...]:
    """R4: a batch with objects over the cap stops until somebody signs a reason."""
    if not over or len(" ".join(reason.split())) >= REASON_LENGTH:
        return ()
    message = (
        f"{over} objek naik lebih dari {cap}%. Tulis alasan yang ditandatangani, paling sedikit "
        f"{REASON_LENGTH} huruf."
    )
    return (Reason("rise_cap", message, "reason"),)


def revaluation_reasons(year: int, last: int | None, every: int, *, fast_growing: bool) -> tuple[Reason, ...]:
    """R4: land values are set at most every `every` years, yearly only in fast-growing areas."""
    if last is None or fast_growing or year - last >= every:
        return ()
    return (
        Reason("revaluation", f"NJOP wilayah ini baru dapat ditetapkan lagi tahun {last + every}.", "year"),
    )


def terms_key(terms: LandTaxTerms) -> Mapping[str, object]:
    """The terms as plain text, as a batch keeps them beside its result."""
    lines = {
        name: [[b.low, b.high, str(b.rate), b.sub_class] for b in brackets]
        for name, brackets in (("shares", terms.shares), ("tariffs", terms.tariffs))
    }
    rounding = {"mode": terms.rounding.mode, "unit": terms.rounding.unit}
    return {"exemption": terms.exemption, "minimum": terms.minimum, "rounding": rounding, **lines}
