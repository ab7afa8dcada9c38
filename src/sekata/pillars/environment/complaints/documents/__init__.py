"""Printables of environmental complaints: each function takes plain values and returns a PDF/A-3b.

None takes an identity: the reporter is a pseudonym derived from the number (R2).
"""

from sekata.kernel.documents.paper import REFUSED, Heading, Office, Party, Seal, Signer
from sekata.pillars.environment.complaints.documents.field import minutes, report, task_letter
from sekata.pillars.environment.complaints.documents.letters import (
    answer_letter,
    forwarding_letter,
    receipt,
    referral_letter,
)
from sekata.pillars.environment.complaints.documents.monthly import bulletin, register
from sekata.pillars.environment.complaints.documents.values import (
    Bar,
    CheckLine,
    DistrictRow,
    Exhibit,
    Figure,
    LabLine,
    LabSample,
    Matter,
    Officer,
    Order,
    Passing,
    RegisterRow,
    SampleLine,
    Story,
    VisitEnd,
)

__all__ = [
    "REFUSED",
    "Bar",
    "CheckLine",
    "DistrictRow",
    "Exhibit",
    "Figure",
    "Heading",
    "LabLine",
    "LabSample",
    "Matter",
    "Office",
    "Officer",
    "Order",
    "Party",
    "Passing",
    "RegisterRow",
    "SampleLine",
    "Seal",
    "Signer",
    "Story",
    "VisitEnd",
    "answer_letter",
    "bulletin",
    "forwarding_letter",
    "minutes",
    "receipt",
    "referral_letter",
    "register",
    "report",
    "task_letter",
]
