"""R24 The villages' share of regional tax: a part equally, a part by what each village brought in."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sekata.pillars.economy.tax.rules.amounts import WHOLE, percent


@dataclass(frozen=True)
class ShareTerms:
    """Percent of realised tax that goes to villages, and percent of that which is divided equally."""

    share: Decimal
    equally: Decimal


def village_shares(realised: int, contributions: Mapping[str, int], terms: ShareTerms) -> dict[str, int]:
    """R24: village code -> rupiah. Remainders of both parts go to the last village by code, so that sums close.

    Where no village brought in anything, all is divided equally. ValueError without villages.
    """
    if not contributions:
        raise ValueError("no villages")
    codes = sorted(contributions)
    whole = WHOLE.settle(percent(realised, terms.share))
    brought = sum(contributions.values())
    equal = WHOLE.settle(percent(whole, terms.equally)) if brought else whole
    shares = {code: equal // len(codes) for code in codes}
    shares[codes[-1]] += equal - sum(shares.values())
    return _by_contribution(shares, whole - equal, contributions, brought)


def _by_contribution(
    shares: dict[str, int], amount: int, contributions: Mapping[str, int], brought: int
) -> dict[str, int]:
    parts = {code: amount * contributions[code] // brought if brought else 0 for code in shares}
    parts[max(parts)] += amount - sum(parts.values())
    return {code: shares[code] + parts[code] for code in shares}
