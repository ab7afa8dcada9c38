"""The life of a complaint: the table, and the guards it names."""

from sekata.pillars.environment.complaints.workflow.table import COMPLAINT

__all__ = ["COMPLAINT"]
