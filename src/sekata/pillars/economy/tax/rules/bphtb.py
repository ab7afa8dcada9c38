"""R5, R6 Duty on acquiring land and buildings (BPHTB): base, deduction, when it falls due, what a PPAT owes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sekata.lib.result import Reason
from sekata.pillars.economy.tax.codes import Acquisition as A
from sekata.pillars.economy.tax.codes import Kinship, TransferExemption
from sekata.pillars.economy.tax.rules.amounts import WHOLE, Rounding, percent

INHERITED = frozenset({A.INHERITANCE, A.BEQUEST})


@dataclass(frozen=True)
class Transfer:
    """An acquisition. value: price, auction price or market value in rupiah, None if unknown; land_value: NJOP of the
    year; first: whether it is this buyer's first acquisition in the regency, however made."""

    code: A
    value: int | None
    land_value: int
    first: bool
    kinship: Kinship = Kinship.NONE
    exemption: TransferExemption = TransferExemption.NONE


@dataclass(frozen=True)
class TransferTerms:
    """The law of the day: rate in percent, the two deductions, rounding."""

    rate: Decimal
    first_deduction: int
    inheritance_deduction: int
    rounding: Rounding = WHOLE


@dataclass(frozen=True)
class TransferDuty:
    """A duty with its steps (NPOP, NPOPTKP, taxable, duty), in rupiah. uses_land_value: NJOP took the value's place."""

    base: int
    deduction: int
    taxable: int
    rate: Decimal
    duty: int
    uses_land_value: bool

    @property
    def is_nil(self) -> bool:
        """Nothing is owed (nihil); research is still needed."""
        return self.duty == 0


def transfer_base(transfer: Transfer) -> int:
    """R5: NPOP. NJOP stands in where the value is unknown or lower; an auction counts at its price."""
    if transfer.value is None:
        return transfer.land_value
    if transfer.code == A.AUCTION:
        return transfer.value
    return max(transfer.value, transfer.land_value)


def deduction(transfer: Transfer, terms: TransferTerms) -> int:
    """R5: NPOPTKP. Close heirs get theirs each time, everybody else only with the first acquisition."""
    if transfer.code in INHERITED and transfer.kinship != Kinship.NONE:
        return terms.inheritance_deduction
    return terms.first_deduction if transfer.first else 0


def transfer_duty(transfer: Transfer, terms: TransferTerms) -> TransferDuty:
    """R5: the duty of an acquisition."""
    base, less = transfer_base(transfer), deduction(transfer, terms)
    exempt = transfer.exemption != TransferExemption.NONE
    taxable = 0 if exempt else max(base - less, 0)
    return TransferDuty(
        base=base,
        deduction=min(less, base),
        taxable=taxable,
        rate=terms.rate,
        duty=terms.rounding.settle(percent(taxable, terms.rate)),
        uses_land_value=base == transfer.land_value and base != transfer.value,
    )


MOMENTS: Mapping[A, tuple[str, ...]] = {
    A.SALE: ("binding", "deed"),
    A.EXCHANGE: ("deed",),
    A.GIFT: ("deed",),
    A.BEQUEST: ("registered", "deed"),
    A.INHERITANCE: ("registered",),
    A.CONTRIBUTION: ("deed",),
    A.SEPARATION: ("deed",),
    A.AUCTION: ("appointed",),
    A.COURT: ("ruling",),
    A.MERGER: ("deed",),
    A.CONSOLIDATION: ("deed",),
    A.SPLIT: ("deed",),
    A.PRIZE: ("deed",),
    A.GRANT_CONTINUED: ("decision",),
    A.GRANT_NEW: ("decision",),
}
"""R6: the events whose date makes the duty fall due, the first that happened counts."""

EVENTS = {
    "binding": "perjanjian pengikatan jual beli (PPJB)",
    "deed": "akta",
    "registered": "pendaftaran oleh ahli waris",
    "appointed": "penunjukan pemenang lelang",
    "ruling": "putusan berkekuatan tetap",
    "decision": "keputusan pemberian hak",
}


def falls_due(code: A, dates: Mapping[str, date]) -> date | None:
    """R6: the day the duty falls due, None while the event that decides has not happened."""
    return next((dates[event] for event in MOMENTS[code] if dates.get(event)), None)


def deed_reasons(state: str, allowed: frozenset[str], fine: int) -> tuple[Reason, ...]:
    """R6: a PPAT signs only with proof of payment; the fine of a breach is named."""
    if state in allowed:
        return ()
    message = (
        f"Akta baru boleh ditandatangani sesudah BPHTB tervalidasi; denda pelanggaran Rp{fine:,}.".replace(
            ",", "."
        )
    )
    return (Reason("not_validated", message),)


def report_due(year: int, month: int, day: int) -> date:
    """R6: the day of the next month by which the deeds of a month are reported."""
    return date(year + month // 12, month % 12 + 1, day)


def report_fine(due: date, filed: date, fine: int) -> int:
    """R6: what a late or missing deed report costs."""
    return fine if filed > due else 0
