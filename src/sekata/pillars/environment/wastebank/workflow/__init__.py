"""The lives of a bank, a deposit, a withdrawal, a pickup, a sale, a transfer and a month, as tables."""

from sekata.pillars.environment.wastebank.workflow.table import (
    BANK,
    DEPOSIT,
    PERIOD,
    PICKUP,
    SALE,
    TRANSFER,
    WITHDRAWAL,
)

__all__ = ["BANK", "DEPOSIT", "PERIOD", "PICKUP", "SALE", "TRANSFER", "WITHDRAWAL"]
