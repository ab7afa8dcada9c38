"""R7 Tax on certain goods and services (PBJT): food, electricity, hotels, parking, entertainment."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sekata.lib.result import Reason
from sekata.pillars.economy.tax.rules.amounts import WHOLE, Rounding, percent


@dataclass(frozen=True)
class Receipt:
    """One line of a return, in rupiah: received in money, service charge, vouchers at their rupiah value."""

    label: str
    received: int
    service: int = 0
    vouchers: int = 0

    @property
    def gross(self) -> int:
        """All that counts as received."""
        return self.received + self.service + self.vouchers


@dataclass(frozen=True)
class ServiceTax:
    """Base and tax of a month, in rupiah; exempt: turnover below the bylaw's threshold."""

    base: int
    rate: Decimal
    tax: int
    exempt: bool = False


def receipts_base(lines: Iterable[Receipt]) -> int:
    """R7: the amount received, service charges and vouchers included."""
    return sum(line.gross for line in lines)


def service_tax(base: int, rate: Decimal, *, threshold: int = 0, rounding: Rounding = WHOLE) -> ServiceTax:
    """R7: rate x base; nothing below `threshold` rupiah a month (0: no such exemption)."""
    exempt = 0 < base < threshold
    return ServiceTax(base, rate, 0 if exempt else rounding.settle(percent(base, rate)), exempt)


def free_parking_base(vehicles: int, tariff: int) -> int:
    """R7: parking free of charge counts at the normal tariff."""
    return vehicles * tariff


def own_power_base(capacity_kva: Decimal, hours: Decimal, price: Decimal) -> Decimal:
    """R7: self-generated electricity counts at capacity x hours x the regional price."""
    return capacity_kva * hours * price


def receipt_reasons(lines: Iterable[Receipt]) -> tuple[Reason, ...]:
    """Negative receipts are refused at their line."""
    return tuple(
        Reason("negative", f"Penerimaan “{line.label}” tidak boleh kurang dari nol.", f"line_{place}")
        for place, line in enumerate(lines)
        if min(line.received, line.service, line.vouchers) < 0
    )


def levy_reasons(levied: bool) -> tuple[Reason, ...]:
    """R7: a ticket of the regency's own tourist site carries a levy (retribusi) and never PBJT."""
    if not levied:
        return ()
    return (
        Reason("levy", "Objek ini dikelola daerah dan dipungut retribusi; PBJT tidak dikenakan.", "object"),
    )
