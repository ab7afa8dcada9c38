"""Registering a bank, and closing its month: what must be there."""

from collections.abc import Collection, Iterable, Mapping

from sekata.lib.result import Reason


def requirements(rows: Mapping[str, Mapping[str, object]], kind: str) -> list[str]:
    """Codes of the requirements of a bank of that kind, in their order."""
    wanted = [(row["order"], code) for code, row in rows.items() if kind in row["kinds"]]
    return [code for _, code in sorted(wanted)]


def checklist_reasons(
    rows: Mapping[str, Mapping[str, object]], kind: str, met: Collection[str]
) -> Iterable[Reason]:
    """What of the checklist in force is still open."""
    for code in requirements(rows, kind):
        if code not in met:
            yield Reason("requirement", f"Belum dipenuhi: {rows[code]['name']}", "checklist")


def bank_reasons(kind: str, parent_kind: str | None, posts: Collection[str]) -> Iterable[Reason]:
    """A unit may report to a central, a central to nobody; someone directs, keeps the cash and weighs."""
    if kind == "central" and parent_kind is not None:
        yield Reason("parent", "Bank sampah induk tidak berinduk", "parent")
    if kind == "unit" and parent_kind not in (None, "central"):
        yield Reason("parent", "Induknya harus bank sampah induk", "parent")
    for post, name in (("director", "direktur"), ("treasurer", "bendahara"), ("weigher", "petugas timbang")):
        if post not in posts:
            yield Reason("officer", f"Belum ada {name}", "officers")


def month_reasons(
    conflicts: Collection[str],
    counted_days_ago: int | None,
    most_days: int,
    cash: tuple[int, int] | None,
    explained: bool,
) -> Iterable[Reason]:
    """Closing a month: no open conflict, a young stock count, cash equal to the book or explained.

    cash: (counted, book) in rupiah, None when nobody has counted; conflicts: what is listed to the director.
    """
    if conflicts:
        yield Reason("conflicts", f"Selesaikan dulu: {', '.join(sorted(conflicts))}", "conflicts")
    if counted_days_ago is None or counted_days_ago > most_days:
        yield Reason("stock_count", f"Opname stok belum ada dalam {most_days} hari terakhir", "stock_count")
    if cash is None:
        yield Reason("cash_count", "Kas belum dihitung", "cash_count")
    elif cash[0] != cash[1] and not explained:
        yield Reason("cash_differs", "Kas berbeda dengan buku; tulis penjelasannya", "cash_count")
