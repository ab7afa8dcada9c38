"""Conditions of the transitions: each asks a rule and gives back its reasons."""

from collections.abc import Iterable
from datetime import datetime

from sekata.lib.result import Reason
from sekata.pillars.economy.tax import rules
from sekata.pillars.economy.tax.codes import CollectionState, ObjectionResult
from sekata.pillars.economy.tax.rules import bphtb, collecting, landtax, objection
from sekata.pillars.economy.tax.rules.amounts import Rows

NOT_ONESELF = "Yang mengusulkan tidak boleh menyetujui usulannya sendiri."
DEED_STATES = frozenset({"validated"})


def other_person(subject: object, *, first: int | None, second: int | None, **_: object) -> Iterable[Reason]:
    """What one person proposed another decides."""
    return (Reason("two_persons", NOT_ONESELF),) if first is not None and first == second else ()


def reason_given(subject: object, *, reason: str, **_: object) -> Iterable[Reason]:
    """A refusal, a cancellation, a return says why."""
    return rules.text_reasons(reason, "reason")


def within_cap(
    batch: object, *, reason: str, first: int | None, second: int | None, **_: object
) -> Iterable[Reason]:
    """R4: rises over the cap need a signed reason; whoever began the batch does not approve it."""
    yield from other_person(batch, first=first, second=second)
    yield from landtax.cap_reasons(batch.over_cap, reason, batch.rise_cap)


def nothing_owed(
    transfer: object, *, arrears: bool, mismatches: tuple[str, ...], **_: object
) -> Iterable[Reason]:
    """Land tax of the object is paid, and number, area and owner are those of the register."""
    if arrears:
        yield Reason("arrears", "Objek ini masih mempunyai tunggakan PBB-P2.")
    for what in mismatches:
        yield Reason("mismatch", f"Tidak cocok dengan data PBB-P2: {what}.")


def is_nil(transfer: object, **_: object) -> Iterable[Reason]:
    """Only a duty of nil goes to research without a payment."""
    return () if transfer.duty == 0 else (Reason("not_nil", "BPHTB ini harus dibayar dahulu."),)


def is_owed(transfer: object, **_: object) -> Iterable[Reason]:
    """A duty of nil gets no bill."""
    return () if transfer.duty > 0 else (Reason("nil", "BPHTB nihil tidak ditagihkan."),)


def deed_allowed(transfer: object, *, fine: int, **_: object) -> Iterable[Reason]:
    """R6: a deed only with a validated duty, and each validation once."""
    if transfer.used_at is not None:
        return (Reason("used", "Validasi ini sudah dipakai untuk akta lain."),)
    return bphtb.deed_reasons(transfer.case.state, DEED_STATES, fine)


def decision_fits(
    subject: object, *, result: ObjectionResult, assessed: int, decided: int, **_: object
) -> Iterable[Reason]:
    """R14: what was decided fits how it was decided."""
    return objection.decision_reasons(result, assessed, decided)


def not_too_early(
    subject: object, *, act: CollectionState, since: datetime, on: datetime, waits: Rows, **_: object
) -> Iterable[Reason]:
    """Acts of collection keep their distance."""
    return collecting.act_reasons(act, since, on, waits)
