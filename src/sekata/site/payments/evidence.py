"""What proves a payment: the message as it came, the bank's line, the book."""

import hashlib
from dataclasses import dataclass

from sekata.kernel.ledger.models import Entry
from sekata.kernel.payments import reading
from sekata.kernel.payments.models import Call, SettlementLine
from sekata.kernel.payments.queries import Payment


@dataclass(frozen=True)
class Evidence:
    """message: the body as text; intact: whether its hash is still the one that was kept."""

    call: Call | None
    message: str
    intact: bool
    lines: tuple[SettlementLine, ...]
    entries: tuple[Entry, ...]


def of(payment: Payment) -> Evidence:
    """All evidence of a payment."""
    call = payment.call
    body = bytes(call.body) if call else b""
    settled = payment.settlements.exclude(line=None).select_related("line__source")
    return Evidence(
        call=call,
        message=body.decode(errors="replace"),
        intact=call is None or hashlib.sha256(body).hexdigest() == call.sha256,
        lines=tuple(one.line for one in settled),
        entries=tuple(reading.entries(payment)),
    )
