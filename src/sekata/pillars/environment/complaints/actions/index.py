"""Making complaints findable."""

from sekata.kernel.search.actions import Findable, index
from sekata.pillars.environment.complaints.models import Complaint


def index_complaint(complaint: Complaint, service: str) -> None:
    """One row for the officers of its unit; the description is searched, never shown. Numbers are found directly."""
    case = complaint.case
    index(
        Findable(
            kind="complaint",
            ref=str(case.pk),
            title=case.title,
            url=f"/kerja/?kasus={case.pk}",
            at=case.received_at,
            summary=service,
            unit=case.unit_id,
            permission="complaints.see",
            text=f"{complaint.description} {complaint.address_text}",
        )
    )
