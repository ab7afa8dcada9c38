"""Printables of waste banks: each function takes plain values and returns a PDF/A-3b."""

from sekata.pillars.environment.wastebank.documents.papers import (
    Line,
    Office,
    Period,
    Row,
    Weighed,
    month_report,
    passbook,
    receipt,
    route,
    sale_slip,
    statement,
)

__all__ = [
    "Line",
    "Office",
    "Period",
    "Row",
    "Weighed",
    "month_report",
    "passbook",
    "receipt",
    "route",
    "sale_slip",
    "statement",
]
