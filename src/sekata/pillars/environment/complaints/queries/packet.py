"""What leaves the house about a complaint: the referral packet. Never an identity; the reporter is a pseudonym (R2)."""

from sekata.pillars.environment.complaints import rules
from sekata.pillars.environment.complaints.models import Complaint


def packet(complaint: Complaint) -> dict[str, object]:
    """The facts of a complaint for another authority, as JSON values."""
    case = complaint.case
    return {
        "number": case.number,
        "reporter": rules.pseudonym(case.number),
        "service_code": complaint.service_code,
        "title": case.title,
        "description": complaint.description,
        "received_at": case.received_at.isoformat(),
        "first_seen_at": complaint.first_seen_at.isoformat() if complaint.first_seen_at else None,
        "place": {
            "lat": complaint.lat,
            "lon": complaint.lon,
            "village_code": complaint.village_code,
            "address_text": complaint.address_text,
        },
        "media_affected": complaint.media_affected,
        "attributes": complaint.attributes,
        "suspected_source": complaint.suspected_source_text,
        "authority": complaint.competent_authority,
        "authority_why": complaint.authority_why,
        "evidence": [
            {"kind": piece.kind, "sha256": piece.original_id, "taken_at": piece.exif_taken_at}
            for piece in complaint.attachments.order_by("pk")
        ],
    }
