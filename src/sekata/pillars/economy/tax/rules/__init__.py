"""The rules of regional tax, as pure functions. They know no database, clock or setting."""

from collections.abc import Mapping
from datetime import date

from sekata.lib.deadlines import Limit
from sekata.lib.result import Reason

SHORTEST, LONGEST = 10, 2000


def text_reasons(text: str, field: str = "text") -> tuple[Reason, ...]:
    """What is asked or given as a reason is told in 10 to 2,000 characters."""
    if SHORTEST <= len(text.strip()) <= LONGEST:
        return ()
    return (Reason("text", f"Tulis {SHORTEST} sampai {LONGEST} huruf.", field),)


def period_reasons(starts: date, ends: date, today: date) -> tuple[Reason, ...]:
    """A power of attorney has a beginning and an end, in this order, and has not run out already."""
    if ends < starts:
        return (Reason("order", "Tanggal berakhir harus sesudah tanggal mulai.", "ends"),)
    return (Reason("over", "Tanggal berakhir sudah lewat.", "ends"),) if ends < today else ()


def limit_for(rows: Mapping[str, Mapping], rule: str) -> Limit | None:
    """The limit in force for a clock of one of the workflows."""
    row = rows.get(rule)
    return Limit(row["amount"], row["unit"], row["since"]) if row else None
