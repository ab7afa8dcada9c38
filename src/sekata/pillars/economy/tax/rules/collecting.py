"""Collecting what is overdue (UU 19/1997 jo. 19/2000): which act may follow when."""

from datetime import date, datetime, time, timedelta

from sekata.lib.clock import WIB
from sekata.lib.result import Reason
from sekata.pillars.economy.tax.codes import CollectionState as S
from sekata.pillars.economy.tax.rules.amounts import Rows

ORDER = (S.OPEN, S.WARNED, S.FORCED, S.SEIZED, S.ANNOUNCED, S.AUCTIONED)


def midnight(day: date) -> datetime:
    """The first moment of a day in the regency."""
    return datetime.combine(day, time(), WIB)


def earliest_act(act: S, since: datetime, waits: Rows) -> datetime:
    """The first moment of an act: `since` is the day due, or the moment the act before it was served.

    Days count from midnight to midnight; what the law says in hours (2 x 24 after a Surat Paksa) is exact.
    """
    row = waits[act]
    if row.get("hours"):
        return since + timedelta(hours=row["hours"])
    return midnight(since.astimezone(WIB).date() + timedelta(days=row["days"]))


def act_reasons(act: S, since: datetime, at: datetime, waits: Rows) -> tuple[Reason, ...]:
    """Why an act comes too early."""
    first = earliest_act(act, since, waits)
    if at >= first:
        return ()
    said = f"{first.astimezone(WIB):%d-%m-%Y pukul %H.%M}"
    return (Reason("too_early", f"{act.label} paling cepat {said} WIB.", "on"),)
