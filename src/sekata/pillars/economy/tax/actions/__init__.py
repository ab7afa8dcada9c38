"""The verbs of the room, the only writers of its tables, by subject.

enrolling: taxpayers and objects; proxies: who may act for them; land: declarations and versions; tariffs: the law;
mass, mass_run: the year's land tax; assessing, auditing: other letters; returns, reminding: monthly returns and those
that never came; transfers: acquisition duty; relief, refunds, instalments: what may be asked for; collecting: what
nobody paid; books: the ledger; billing: the way to payment and back; printing: papers; partners: other offices'
machines; looking: who saw what.
"""

from sekata.pillars.economy.tax.actions import (
    assessing,
    billing,
    books,
    collecting,
    enrolling,
    instalments,
    land,
    looking,
    mass,
    mass_run,
    partners,
    printing,
    refunds,
    relief,
    reminding,
    returns,
    tariffs,
    transfers,
)

__all__ = [
    "assessing",
    "billing",
    "books",
    "collecting",
    "enrolling",
    "instalments",
    "land",
    "looking",
    "mass",
    "mass_run",
    "partners",
    "printing",
    "refunds",
    "relief",
    "reminding",
    "returns",
    "tariffs",
    "transfers",
]
