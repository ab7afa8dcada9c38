"""The public proof of a day: its receipts as lines that name nobody, and the Merkle root over them (RFC 9162).

A line is the receipt's mark and its rupiah. The mark is a keyed hash of the receipt number: whoever holds the receipt
reads it there, nobody comes from the mark to the receipt.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from sekata.kernel.payments.models import DayProof, Partner, Settlement
from sekata.kernel.people import vault
from sekata.lib import merkle

Line = tuple[str, int]


def mark(ntpd: str) -> str:
    """The name of a receipt in the public list: 32 hexadecimal digits."""
    return vault.lookup("payments.ntpd", ntpd)[:32]


def lines(partner: Partner, day: date) -> list[Line]:
    """Mark and rupiah of all that reached the account on a day, in the order of the marks."""
    rows = Settlement.objects.filter(partner=partner, day=day).values_list("payment__ntpd", "amount")
    return sorted((mark(ntpd), amount) for ntpd, amount in rows)


def root(of: Iterable[Line]) -> str:
    """The Merkle root over `mark rupiah` in ASCII, in hex."""
    return merkle.root(merkle.leaf_hash(f"{name} {amount}".encode()) for name, amount in of).hex()


def proof_of(partner: Partner, day: date) -> DayProof | None:
    """What was last proved of a bank's day."""
    return DayProof.objects.filter(partner=partner, day=day).first()


def latest(partner: Partner, most: int = 31) -> Sequence[DayProof]:
    """Days of a bank that anybody may check, the latest first."""
    return DayProof.objects.filter(partner=partner).order_by("-day")[:most]
