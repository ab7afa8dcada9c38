"""R22 The accounts of a day: of each tax, those that all share, and the chart of the regency's book."""

from collections.abc import Iterator
from datetime import date

from sekata.pillars.economy.tax.codes import TaxType
from sekata.pillars.economy.tax.queries.law import Law
from sekata.pillars.economy.tax.rules.books import Accounts, accounts_of

BOOK, CHART = "regency", "regency"
TITLES = {"revenue": "Pendapatan", "receivable": "Piutang", "penalty": "Denda", "liability": "Utang"}
KINDS = {"revenue": "revenue", "receivable": "asset", "penalty": "revenue", "liability": "liability"}


def accounts(tax: TaxType | str, on: date) -> Accounts:
    """The accounts of a tax on a day. LookupError when nobody has set them."""
    return accounts_of(tax, Law(on).table("account"))


def shared(on: date) -> dict[str, str]:
    """The accounts that all taxes share: cash, in_transit, allowance, suspense, refund, refund_interest."""
    return {key: row["code"] for key, row in Law(on).table("shared_account").items()}


def liability(tax: TaxType | str, on: date) -> str:
    """Where money for another government lies: a surcharge is collected with the tax it is laid on."""
    tied = TaxType.MINERALS_SURCHARGE if tax == TaxType.MINERALS else tax
    return accounts(tied, on).liability


def chart(on: date) -> Iterator[tuple[str, str, str, bool]]:
    """The chart: (code, name, kind, held); an account of several taxes is named after the first of them."""
    known: dict[str, tuple[str, str]] = {}
    for tax, row in Law(on).table("account").items():
        for part, title in TITLES.items():
            if row.get(part):
                known.setdefault(row[part], (f"{title} {_name(tax)}", KINDS[part]))
    for row in Law(on).table("shared_account").values():
        known[row["code"]] = (row["name"], row["kind"])
    for code, (name, kind) in known.items():
        yield code, name, kind, False


def _name(tax: str) -> str:
    label = TaxType(tax).label
    return "PBJT" if label.startswith("PBJT") else label
