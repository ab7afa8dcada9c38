"""Two invented years of complaints for the demonstration: kinds, places and delays as they might have been.

Each demonstration case goes through the room's own actions under a moved clock; larger scales multiply them in sets.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.seed.lives import Office, Story, live, papers
from sekata.pillars.environment.complaints.seed.multiply import multiply
from sekata.pillars.environment.complaints.seed.stories import air, fires, stories

LABEL = "Pengaduan peragaan / demonstration complaints"
CASES = 240


@transaction.atomic
def seed(*, scale: int = 1, progress: Callable = lambda *_: None, at: datetime) -> int:
    """Sow once and whole; how many complaints were made."""
    if Complaint.objects.exists():
        return 0
    office = Office.open()
    told = stories(CASES, at)
    for done, story in enumerate(told):
        progress(LABEL, done, len(told))
        live(story, office, at)
    fires(office, at)
    air(office, at)
    progress(LABEL, len(told), len(told))
    papers(office, at)
    office.settle(at)
    return Complaint.objects.count() + (multiply(scale, progress, at) if scale > 1 else 0)


__all__ = ["Story", "seed"]
