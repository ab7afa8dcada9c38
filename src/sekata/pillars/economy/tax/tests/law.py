"""The law that the tests of the rules speak of: the contract's sample rows."""

from decimal import Decimal

from sekata.pillars.economy.tax.rules.ceilings import Bracket
from sekata.pillars.economy.tax.rules.landtax import LandTaxTerms, ValueClass

MILLION, BILLION = 10**6, 10**9

CLASSES = (
    ValueClass("083", 31_000, 41_000, 36_000),
    ValueClass("085", 17_000, 23_000, 20_000),
    ValueClass("087", 8_400, 12_000, 10_000),
)

SAMPLE = (
    Bracket(0, 500 * MILLION, Decimal("0.1000")),
    Bracket(500 * MILLION + 1, BILLION, Decimal("0.1250")),
    Bracket(BILLION + 1, 2 * BILLION, Decimal("0.2000")),
    Bracket(2 * BILLION + 1, None, Decimal("0.3000")),
)


def terms(rate: str = "", share: str = "100", **more: object) -> LandTaxTerms:
    """Terms with the sample brackets, or one rate for every value."""
    tariffs = (Bracket(0, None, Decimal(rate)),) if rate else SAMPLE
    shares = (Bracket(0, None, Decimal(share)),)
    return LandTaxTerms(exemption=10 * MILLION, shares=shares, tariffs=tariffs, **more)
