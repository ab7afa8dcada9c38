"""R14 Objection (keberatan): admissibility, the fine of a lost one, silence as consent."""

from datetime import date
from decimal import Decimal

from sekata.lib.result import Reason
from sekata.pillars.economy.tax.codes import ObjectionResult
from sekata.pillars.economy.tax.rules.amounts import WHOLE, Rounding, percent
from sekata.pillars.economy.tax.rules.dates import add_months


def objection_reasons(
    sent: date | None, filed: date, months: int, undisputed: int, paid: int
) -> tuple[Reason, ...]:
    """R14: filed in time after sending, and the undisputed part paid."""
    found = []
    if sent is None:
        found.append(Reason("not_sent", "Ketetapan ini belum disampaikan."))
    elif filed > add_months(sent, months):
        last = add_months(sent, months)
        found.append(Reason("late", f"Batas mengajukan keberatan sudah lewat: {last:%d-%m-%Y}."))
    if paid < undisputed:
        missing = f"Rp{undisputed - paid:,}".replace(",", ".")
        found.append(
            Reason("undisputed", f"Lunasi dahulu bagian yang disetujui; masih kurang {missing}.", "paid")
        )
    return tuple(found)


def undisputed_reasons(undisputed: int, assessed: int) -> tuple[Reason, ...]:
    """The part agreed to lies between nothing and less than the whole."""
    if 0 <= undisputed < assessed:
        return ()
    return (Reason("undisputed", "Bagian yang disetujui harus lebih kecil dari ketetapan.", "undisputed"),)


def decision_reasons(result: ObjectionResult, assessed: int, decided: int) -> tuple[Reason, ...]:
    """The decided tax fits the result: less when granted, more when increased."""
    fits = {
        ObjectionResult.GRANTED: decided < assessed,
        ObjectionResult.PARTLY: decided < assessed,
        ObjectionResult.REFUSED: decided == assessed,
        ObjectionResult.INCREASED: decided > assessed,
    }
    if fits[result] and decided >= 0:
        return ()
    return (Reason("decided", "Pajak menurut putusan tidak sesuai dengan amar putusannya.", "decided"),)


def lost_fine(decided: int, paid_before: int, rate: Decimal, rounding: Rounding = WHOLE) -> int:
    """R14: `rate` percent of the decided tax less what was paid before objecting; 30 after a lost objection, 60
    after a lost appeal."""
    return rounding.settle(percent(max(decided - paid_before, 0), rate))


def deemed_granted_on(received: date, months: int) -> date:
    """R14: the last day for deciding; without a decision the objection counts as granted from the next day."""
    return add_months(received, months)


def is_deemed_granted(received: date, on: date, months: int) -> bool:
    """R14: whether silence has granted it."""
    return on > deemed_granted_on(received, months)
