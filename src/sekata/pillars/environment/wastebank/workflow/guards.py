"""Conditions of transitions: what is given is judged by the rules; each returns the reasons against the step."""

from collections.abc import Collection, Iterable, Mapping

from sekata.lib.result import Reason
from sekata.pillars.environment.wastebank.rules import registration
from sekata.pillars.environment.wastebank.rules.duties import second_person_reasons

SHORTEST_REASON = 10


def reason_told(subject: object, *, reason: str = "", **given: object) -> Iterable[Reason]:
    """Why, in at least ten letters."""
    if len(reason.strip()) < SHORTEST_REASON:
        yield Reason("reason", f"Tulis alasannya, paling sedikit {SHORTEST_REASON} huruf", "reason")


def papers_there(subject: object, *, papers: Collection[str] = (), **given: object) -> Iterable[Reason]:
    """The decision that founded the bank and its charter lie in the file."""
    for code, name in (("decision", "keputusan pembentukan"), ("charter", "anggaran rumah tangga")):
        if code not in papers:
            yield Reason("papers", f"Belum ada {name}", "checklist")


def may_be_decreed(
    subject: object,
    *,
    rows: Mapping[str, Mapping[str, object]],
    kind: str,
    met: Collection[str],
    parent_kind: str | None,
    posts: Collection[str],
    **given: object,
) -> Iterable[Reason]:
    """The checklist in force is met, and the bank has its officers."""
    yield from registration.checklist_reasons(rows, kind, met)
    yield from registration.bank_reasons(kind, parent_kind, posts)


def in_time_to_reverse(
    subject: object, *, days: int, most_days: int, office: bool, reason: str = "", **given: object
) -> Iterable[Reason]:
    """A director reverses within seven days of the server's answer; later only the office, with its audit reason."""
    if days > most_days and not office:
        message = f"Lewat {most_days} hari: hanya petugas DLH dengan alasan pemeriksaan"
        yield Reason("too_late", message, "reason")
    yield from reason_told(subject, reason=reason)


def other_person(
    subject: object, *, first: int | None, second: int | None, **given: object
) -> Iterable[Reason]:
    """Two persons (R11)."""
    return second_person_reasons(first, second, "Disetujui")


def month_is_clean(
    subject: object,
    *,
    conflicts: Collection[str],
    counted_days_ago: int | None,
    most_days: int,
    cash: tuple[int, int] | None,
    explained: bool,
    **given: object,
) -> Iterable[Reason]:
    """Nothing is open (Month close)."""
    return registration.month_reasons(conflicts, counted_days_ago, most_days, cash, explained)


def not_own(
    subject: object, *, owner: int | None = None, who: int | None = None, **given: object
) -> Iterable[Reason]:
    """Nobody pays out to themself (R11)."""
    if owner is not None and owner == who:
        yield Reason(
            "own_account", "Penarikan dari rekening sendiri dibayarkan bendahara atau pengurus lain", ""
        )


def paid_by_hand(subject: object, *, biller: bool, reason: str = "", **given: object) -> Iterable[Reason]:
    """What a biller was asked for is ended by its answer, never by hand."""
    if biller:
        yield Reason("biller", "Tunggu jawaban penyedia", "")
    yield from reason_told(subject, reason=reason)


def by_hand_not_own(
    subject: object, *, biller: bool, owner: int | None = None, who: int | None = None, **given: object
) -> Iterable[Reason]:
    """Cash, goods or a transfer that an officer has really handed over."""
    if biller:
        yield Reason("biller", "Tunggu jawaban penyedia", "")
    yield from not_own(subject, owner=owner, who=who)
