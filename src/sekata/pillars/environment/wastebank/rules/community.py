"""R18 leaderboards, R19 accounts that sleep, R20 who takes part."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from sekata.lib.result import Reason

ACTIVE_FOR = timedelta(days=90)


@dataclass(frozen=True)
class Entrant:
    """A household, class or office in a month. nickname empty: did not opt in."""

    nickname: str
    kind: str
    members: int
    kg: Decimal


@dataclass(frozen=True)
class Rank:
    """kg_per_member has one decimal, as it is shown."""

    place: int
    nickname: str
    kg_per_member: Decimal


def leaderboard(entrants: Iterable[Entrant], kinds: Iterable[str]) -> list[Rank]:
    """R18: kilograms per member among those of `kinds` who opted in; equal ones share a place."""
    allowed = set(kinds)
    joined = [
        (e.kg / e.members, e.nickname) for e in entrants if e.nickname and e.kind in allowed and e.members
    ]
    joined.sort(key=lambda pair: (-pair[0], pair[1]))
    ranks: list[Rank] = []
    for seat, (share, nickname) in enumerate(joined, 1):
        tied = ranks and joined[seat - 2][0] == share
        ranks.append(
            Rank(ranks[-1].place if tied else seat, nickname, share.quantize(Decimal("0.1"), ROUND_HALF_UP))
        )
    return ranks


class Sleep(StrEnum):
    """How long an account has slept."""

    AWAKE = "awake"
    NOTICE = "notice"
    UNCLAIMED = "unclaimed"


def sleep_of(last_moved: date, on: date, notice_months: int, unclaimed_years: int) -> Sleep:
    """R19: a notice after so many months, listed as unclaimed after so many years; nothing is ever forfeited."""
    if on >= _months_after(last_moved, unclaimed_years * 12):
        return Sleep.UNCLAIMED
    if on >= _months_after(last_moved, notice_months):
        return Sleep.NOTICE
    return Sleep.AWAKE


def _months_after(day: date, months: int) -> date:
    """The same day so many months later; in a shorter month its last day."""
    month = day.month - 1 + months
    first = date(day.year + month // 12, month % 12 + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def status_reasons(status: str, consent: bool) -> tuple[Reason, ...]:
    """A sleeping customer wakes with consent, a closed or pending one cannot deposit."""
    if status == "closed":
        return (Reason("customer_closed", "Rekening nasabah ini sudah ditutup", "customer"),)
    if status == "pending":
        return (Reason("customer_pending", "Nasabah ini belum diaktifkan", "customer"),)
    if status == "dormant" and not consent:
        return (
            Reason(
                "customer_dormant", "Rekening tidur: minta persetujuan nasabah untuk diaktifkan", "consent"
            ),
        )
    return ()


@dataclass(frozen=True)
class Bank:
    """Enough of a bank to tell whether two of them belong together. central: the bank it reports to, or itself."""

    key: int
    code: str
    central: int | None


def guest_reasons(home: Bank, here: Bank, consent: bool) -> tuple[Reason, ...]:
    """A card of another bank counts here only under the same central, and if the customer agrees."""
    if home.key == here.key:
        return ()
    if home.central is None or home.central != here.central:
        return (Reason("other_bank", f"Nasabah {home.code}; setor di bank itu", "customer"),)
    if not consent:
        message = f"Nasabah {home.code}; tanyakan apakah setuju menyetor di sini"
        return (Reason("guest_consent", message, "consent"),)
    return ()


def participation(deposits: Mapping[str, datetime], households: int, at: datetime) -> Decimal | None:
    """R20: percent of households with a deposit in the last 90 days. deposits: household -> its latest one."""
    if not households:
        return None
    active = sum(1 for last in deposits.values() if at - ACTIVE_FOR <= last <= at)
    return (Decimal(active) * 100 / households).quantize(Decimal("0.1"), ROUND_HALF_UP)
