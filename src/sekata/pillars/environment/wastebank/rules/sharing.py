"""R10: the surplus (SHU) by the bank's charter, and the customers' part by what they brought."""

from collections.abc import Mapping

from sekata.lib import money
from sekata.lib.result import Reason


def charter_reasons(percentages: Mapping[str, int]) -> tuple[Reason, ...]:
    """The parts of a charter sum to 100 and none is negative."""
    if sum(percentages.values()) == 100 and min(percentages.values(), default=-1) >= 0:
        return ()
    return (Reason("charter", "Bagian SHU harus berjumlah 100 persen", "shares"),)


def pools(net: int, percentages: Mapping[str, int]) -> dict[str, int]:
    """R10: the surplus by the charter; ValueError for a loss, which is not shared."""
    if net < 0:
        raise ValueError("a loss is not shared")
    names = sorted(percentages)
    return dict(zip(names, money.split(net, [percentages[name] for name in names]), strict=True))


def customers_shares(pool: int, deposited: Mapping[str, int]) -> dict[str, int]:
    """R10: by deposit value, largest remainder; of two equal remainders the lower customer number goes first."""
    numbers = sorted(number for number, value in deposited.items() if value > 0)
    if not numbers:
        return {}
    shares = money.split(pool, [deposited[number] for number in numbers])
    return dict(zip(numbers, shares, strict=True))
