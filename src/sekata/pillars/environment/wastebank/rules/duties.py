"""R11: who may not do what alone."""

from collections.abc import Iterable

from sekata.lib.result import Reason


def weigher_reasons(weigher_household: str, customer_household: str) -> tuple[Reason, ...]:
    """R11: nobody weighs for the own household; a weigher without a household on record does not weigh at all."""
    if not weigher_household:
        return (Reason("household_unknown", "Kartu keluarga petugas timbang belum tercatat", "weigher"),)
    if weigher_household == customer_household:
        return (Reason("own_household", "Setoran keluarga sendiri ditimbang petugas lain", "customer"),)
    return ()


def second_person_reasons(first: int | None, second: int | None, what: str) -> tuple[Reason, ...]:
    """R11: two different persons; `what` says what the second one does, in Indonesian."""
    if first is not None and second is not None and first != second:
        return ()
    return (Reason("two_persons", f"{what} oleh orang lain, bukan pengusulnya sendiri", ""),)


def cash_count_reasons(posts: Iterable[str]) -> tuple[Reason, ...]:
    """R11: cash is counted by treasurer and director together."""
    if {"treasurer", "director"} <= set(posts):
        return ()
    return (Reason("cash_pair", "Kas dihitung bendahara bersama direktur", ""),)
