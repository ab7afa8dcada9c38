"""The verbs of the room, the only writers of its tables, by subject.

enrolling: taxpayers and objects; land: declarations and versions; tariffs: the law; mass, mass_run: the year's land
tax; books: the ledger; assessing: other letters; returns: monthly returns; transfers: acquisition duty; relief,
refunds, instalments: what may be asked for; collecting: what nobody paid; printing: papers;
billing: the way to payment and back;
looking: who saw what.
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
    printing,
    refunds,
    relief,
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
    "printing",
    "refunds",
    "relief",
    "returns",
    "tariffs",
    "transfers",
]
