"""R21 Whether money that arrived settles a bill: in full, in time, once; anything else waits in suspense."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Asked:
    """A bill as it stood: rupiah asked, last day on which that amount is true (None: for good), still open."""

    amount: int
    true_until: date | None
    is_open: bool = True


def suspense_reason(asked: Asked | None, paid: int, on: date) -> str:
    """R21: why a payment cannot settle the bill it names, empty if it does.

    unknown | already_paid | expired | underpaid | overpaid
    """
    if asked is None:
        return "unknown"
    if not asked.is_open:
        return "already_paid"
    if asked.true_until is not None and on > asked.true_until:
        return "expired"
    if paid != asked.amount:
        return "underpaid" if paid < asked.amount else "overpaid"
    return ""
