"""Pure rules of identity: acting officers (R7), separation of duties (R8), how long a grant may last."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from sekata.lib.result import Reason

GRANT_DAYS = 365


def stand_in_end(starts: date, months: int) -> date:
    """Last day of a stand-in of `months`: a decree of 2026-01-10 for three months ends 2026-04-09, 24:00 (R7)."""
    month = starts.month - 1 + months
    year, month = starts.year + month // 12, month % 12 + 1
    return _same_day(year, month, starts.day) - timedelta(days=1)


def _same_day(year: int, month: int, day: int) -> date:
    """That day of the month; in a shorter month the first day of the next."""
    first_after = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day - 1), first_after)


def stand_in_reasons(
    kind: str, starts: date, ends: date | None, months: int, extends: tuple[str, date, bool] | None
) -> Iterable[Reason]:
    """What speaks against a Plt or Plh decree. extends: (kind, last day, itself an extension) of the earlier one."""
    if ends is None:
        yield Reason("ends", "Penugasan pengganti harus punya tanggal akhir.", "ends")
        return
    if ends < starts:
        yield Reason("order", "Tanggal akhir lebih dulu daripada tanggal mulai.", "ends")
    if kind == "plt" and ends > stand_in_end(starts, months):
        yield Reason(
            "plt_length",
            f"Plt paling lama {months} bulan; tulis paling akhir {stand_in_end(starts, months):%d-%m-%Y}.",
            "ends",
        )
    if extends and extends[2]:
        yield Reason("plt_twice", "Plt hanya boleh diperpanjang satu kali.", "extends")
    if extends and extends[1] + timedelta(days=1) != starts:
        yield Reason("gap", "Perpanjangan harus mulai sehari sesudah masa sebelumnya berakhir.", "starts")


def conflicts(role: str, held: Iterable[str], pairs: Mapping[str, Iterable[str]]) -> list[str]:
    """Roles among `held` that may not stand together with `role` in one person (R8)."""
    return sorted(
        other for other in set(held) if other in pairs.get(role, ()) or role in pairs.get(other, ())
    )


def grant_reasons(starts: date, ends: date) -> Iterable[Reason]:
    """A grant ends, and after at most 365 days (R8)."""
    if ends < starts:
        yield Reason("order", "Tanggal akhir lebih dulu daripada tanggal mulai.", "ends")
    if (ends - starts).days > GRANT_DAYS:
        yield Reason("too_long", f"Peran diberikan paling lama {GRANT_DAYS} hari.", "ends")
