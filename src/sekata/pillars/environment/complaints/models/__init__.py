"""Tables of environmental complaints: the report, the field work, fires and haze, machine clients, the desk's own."""

from sekata.pillars.environment.complaints.models.complaint import (
    Attachment,
    Complaint,
    Feedback,
    Incident,
    MergeProposal,
    Question,
    Referral,
    Supporter,
)
from sekata.pillars.environment.complaints.models.desk import MonthlyPaper, SavedFilter
from sekata.pillars.environment.complaints.models.field import (
    ConflictOfInterest,
    CustodyEntry,
    FollowUp,
    Minutes,
    Report,
    Sample,
    TeamMember,
    VerificationTask,
)
from sekata.pillars.environment.complaints.models.fire import AirReading, Cluster, Hotspot
from sekata.pillars.environment.complaints.models.machine import Client, ForeignUpdate

__all__ = [
    "AirReading",
    "Attachment",
    "Client",
    "Cluster",
    "Complaint",
    "ConflictOfInterest",
    "CustodyEntry",
    "Feedback",
    "FollowUp",
    "ForeignUpdate",
    "Hotspot",
    "Incident",
    "MergeProposal",
    "Minutes",
    "MonthlyPaper",
    "Question",
    "Referral",
    "Report",
    "Sample",
    "SavedFilter",
    "Supporter",
    "TeamMember",
    "VerificationTask",
]
