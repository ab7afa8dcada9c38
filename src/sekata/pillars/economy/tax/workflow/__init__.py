"""The lives of what this room holds, as tables. `records`: of rows that nobody must answer; `requests`: of cases."""

from sekata.pillars.economy.tax.workflow.records import ASSESSMENT, BATCH, COLLECTION, RETURN
from sekata.pillars.economy.tax.workflow.requests import (
    INSTALMENT,
    OBJECTION,
    REFUND,
    REGISTRATION,
    RELIEF,
    SPOP,
    TRANSFER,
)

WORKFLOWS = (
    REGISTRATION,
    SPOP,
    TRANSFER,
    OBJECTION,
    RELIEF,
    INSTALMENT,
    REFUND,
    BATCH,
    ASSESSMENT,
    RETURN,
    COLLECTION,
)

__all__ = [
    "ASSESSMENT",
    "BATCH",
    "COLLECTION",
    "INSTALMENT",
    "OBJECTION",
    "REFUND",
    "REGISTRATION",
    "RELIEF",
    "RETURN",
    "SPOP",
    "TRANSFER",
    "WORKFLOWS",
]
