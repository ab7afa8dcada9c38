"""R3 The five books (buku) of land-tax assessments, by amount; R22 the accounts of a tax, chosen as data."""

from dataclasses import dataclass

from sekata.pillars.economy.tax.rules.amounts import Rows

LAST = "V"


@dataclass(frozen=True)
class Accounts:
    """Where the money of a tax is booked. liability: account of what belongs to somebody else, empty if none does."""

    revenue: str
    receivable: str
    penalty: str
    liability: str = ""


def book(tax: int, limits: Rows) -> str:
    """R3: the book of an amount; `limits` holds the upper bound of each book but the last."""
    for name, row in sorted(limits.items(), key=lambda item: item[1]["up_to"]):
        if tax <= row["up_to"]:
            return name
    return LAST


def accounts_of(tax_type: str, accounts: Rows) -> Accounts:
    """R22: the accounts of a tax by the table in force. LookupError when nobody has set them."""
    row = accounts.get(tax_type)
    if row is None:
        raise LookupError(f"no accounts for tax {tax_type}")
    return Accounts(row["revenue"], row["receivable"], row["penalty"], row.get("liability", ""))
