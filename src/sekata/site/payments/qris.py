"""Whether a bill may be paid by QRIS, and the picture of its code."""

import io
from collections.abc import Callable
from datetime import datetime

import segno

from sekata.kernel.payments.queries import Bill
from sekata.kernel.payments.standards import qris
from sekata.kernel.reference import queries as reference
from sekata.lib import clock
from sekata.site.config import CONFIG

Source = Callable[[Bill], str | None]
LIMITS, CHANNEL = "payments.limit", "qris"
DEMONSTRATION = qris.Merchant(
    domain="ID.CO.BRI.WWW",
    pan="9360000201234567850",
    merchant_id="000001988811223",
    nmid="ID1020000000017",
    name="BAPENDA PELALAWAN",
    city="PELALAWAN",
    postcode="28300",
)


def demonstration(bill: Bill) -> str | None:
    """The payload of our own encoder: good for a simulator, never for money."""
    return qris.encode(DEMONSTRATION, bill.amount, bill.customer_no, "A01")


def source() -> Source:
    """Where payloads come from: in the demonstration from our encoder, else from nowhere until a partner gives them."""
    return demonstration if CONFIG.demo else lambda bill: None


def within(rupiah: int, at: datetime) -> bool:
    """Whether an amount lies within the limit of a transaction on that day; no limit known, no QRIS."""
    limit = reference.at(LIMITS, at.astimezone(clock.WIB).date()).get(CHANNEL)
    return limit is not None and rupiah <= int(limit["rupiah"])


def payload(bill: Bill, at: datetime, given: Source) -> str:
    """The payload of an open bill that is true at a moment, empty where QRIS is not offered."""
    payable = bill.state == Bill.State.OPEN and bill.valid_until >= at
    return (given(bill) or "") if payable and within(bill.amount, at) else ""


def png(text: str) -> bytes:
    """The code as a PNG of level M with its quiet zone."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=6, border=4)
    return out.getvalue()
