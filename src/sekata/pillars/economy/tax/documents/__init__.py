"""Printables of regional tax: each function takes plain values and returns a PDF/A-3b.

`mass` prints a year's SPPT by many processes; `values` holds what the papers are made from.
"""

from collections.abc import Sequence
from datetime import date

from sekata.lib.money import shown
from sekata.pillars.economy.tax.documents.values import (
    Debt,
    LandLetter,
    Letter,
    Listing,
    Pairs,
    Sheet,
    printed,
    spell,
)
from sekata.web import words

READERS = (
    "Wajib pajak",
    "PPAT atau notaris",
    "Kantor Pertanahan",
    "Bapenda, penelitian",
    "Bank penerima",
    "Bapenda, arsip",
)
"""For whom the six sheets of an SSPD-BPHTB are."""
OATH = "DEMI KEADILAN BERDASARKAN KETUHANAN YANG MAHA ESA"


def sppt_facts(sheet: Sheet, letter: LandLetter) -> dict[str, object]:
    """What `typst/sppt.typ` is filled with."""
    return sheet.facts(f"SPPT PBB-P2 {letter.year} {letter.nop}") | letter.facts()


def sppt(sheet: Sheet, letter: LandLetter) -> bytes:
    """SPPT with its stub."""
    return printed("sppt", sppt_facts(sheet, letter))


def assessment(sheet: Sheet, letter: Letter) -> bytes:
    """SKPD, SKPDKB, SKPDKBT, SKPDLB, SKPDN or STPD."""
    return printed("assessment", sheet.facts(f"{letter.name} {letter.number}") | letter.facts())


def receipt(sheet: Sheet, letter: Letter) -> bytes:
    """SSPD: proof of a payment with number (NTPD), account, channel and the amount in words."""
    return printed("receipt", sheet.facts(f"SSPD {letter.number}") | letter.facts())


def transfer(sheet: Sheet, letter: Letter, status: str) -> bytes:
    """SSPD-BPHTB, six sheets."""
    more = {"readers": list(READERS), "status": status}
    return printed("transfer", sheet.facts(f"SSPD-BPHTB {letter.number}") | letter.facts() | more)


def collection(
    sheet: Sheet,
    name: str,
    number: str,
    about: Pairs,
    debts: Sequence[Debt],
    text: Sequence[str],
    *,
    oath: bool,
) -> bytes:
    """Surat Teguran, or Surat Paksa with its heading of an enforceable title."""
    total = sum(debt.total for debt in debts)
    facts = {
        "name": name,
        "number": number,
        "about": [list(pair) for pair in about],
        "debts": [debt.facts() for debt in debts],
        "text": list(text),
        "words": f"{shown(total)} ({spell(total)})",
        "oath": OATH if oath else "",
    }
    return printed("collection", sheet.facts(f"{name} {number}") | facts)


def listing(sheet: Sheet, table: Listing) -> bytes:
    """DHKP of a village, or the month's revenue report."""
    return printed("list", sheet.facts(f"{table.name} {table.subject}") | table.facts())


def card(sheet: Sheet, npwpd: str, name: str, address: str, registered: date) -> bytes:
    """The taxpayer's card (NPWPD)."""
    facts = {"npwpd": npwpd, "name": name, "address": address, "registered": words.plain_date(registered)}
    return printed("card", sheet.facts(f"Kartu NPWPD {npwpd}") | facts)


__all__ = [
    "OATH",
    "READERS",
    "Debt",
    "LandLetter",
    "Letter",
    "Listing",
    "Sheet",
    "assessment",
    "card",
    "collection",
    "listing",
    "receipt",
    "sppt",
    "sppt_facts",
    "transfer",
]
