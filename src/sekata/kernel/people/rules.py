"""Pure rules of identity: acting officers (R7), separation of duties (R8), codes (R6), clocks (R9), mandates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

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


@dataclass(frozen=True)
class CodeLimits:
    """What the table says of one-time codes: seconds and numbers."""

    minutes: int
    tries: int
    wait_seconds: int
    per_day: int
    per_source_day: int


def code_reasons(
    sent: Sequence[datetime], from_source: int, at: datetime, limits: CodeLimits
) -> Iterable[Reason]:
    """What speaks against sending another code (R6).

    sent: when codes went to this number in the last 24 hours, oldest first; from_source: how many were asked for from
    this network address in that time. The words are the same for every number, known or not.
    """
    if sent and (wait := limits.wait_seconds - int((at - sent[-1]).total_seconds())) > 0:
        yield Reason("code_wait", f"Tunggu {wait} detik sebelum meminta kode lagi.", "phone")
    if len(sent) >= limits.per_day:
        yield Reason(
            "code_day",
            f"Nomor ini sudah meminta {limits.per_day} kode dalam sehari. Coba lagi besok, atau datang ke loket.",
            "phone",
        )
    if from_source >= limits.per_source_day:
        yield Reason(
            "code_source", "Terlalu banyak permintaan kode dari jaringan ini. Coba lagi nanti.", "phone"
        )


def request_due(received: datetime, hours: int) -> datetime:
    """When a request about personal data must be answered: calendar hours from the receipt, no weekends off (R9)."""
    return received + timedelta(hours=hours)


def mandate_reasons(starts: date, ends: date, today: date, months: int) -> Iterable[Reason]:
    """What speaks against a citizen's delegation: it begins today or later, ends, and after at most `months`."""
    if starts < today:
        yield Reason("past", "Kuasa mulai paling awal hari ini.", "starts")
    if ends < starts:
        yield Reason("order", "Tanggal akhir lebih dulu daripada tanggal mulai.", "ends")
    latest = stand_in_end(starts, months)
    if ends > latest:
        yield Reason(
            "too_long", f"Kuasa paling lama {months} bulan; tulis paling akhir {latest:%d-%m-%Y}.", "ends"
        )


def all_match(results: Mapping[str, bool], fields: Iterable[str]) -> bool:
    """Whether the register confirmed every field that was asked; a field it left out is not confirmed (R5)."""
    return all(results.get(field) is True for field in fields)
