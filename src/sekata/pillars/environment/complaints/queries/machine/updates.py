"""Changes of state for the client that submitted the case, as FixMyStreet asks for them."""

from datetime import datetime

from django.db.models import F, QuerySet

from sekata.lib import clock
from sekata.pillars.environment.complaints.codes import StateCode, fixmystreet_status
from sekata.pillars.environment.complaints.models import Client, Complaint
from sekata.pillars.environment.complaints.standards.fixmystreet import Update
from sekata.pillars.environment.complaints.workflow import COMPLAINT

MOST = 1000
LEAD = "incident__lead__"


def updates(client: Client, start: datetime, end: datetime) -> list[Update]:
    """All changes of state of the client's own requests within the window, oldest first.

    A merged request says DUPLICATE and from then on what becomes of its incident.
    """
    mine = Complaint.objects.filter(client=client)
    own = mine.filter(changed_at__gte=start, case__steps__at__range=(start, end))
    joined = mine.filter(
        case__state=StateCode.MERGED,
        incident__lead__case__steps__at__range=(start, end),
        incident__lead__case__steps__at__gt=F("case__closed_at"),
    )
    found = [*_steps(own, "", ""), *_steps(joined, LEAD, "-joined")]
    return sorted(found, key=lambda update: (update.at, update.update_id))[:MOST]


def _steps(rows: QuerySet[Complaint], path: str, mark: str) -> list[Update]:
    """The steps that `path` leads to; entering the case's life and notes are no change of state."""
    step = f"{path}case__steps__"
    columns = [f"{step}{name}" for name in ("pk", "at", "source", "target", "says")]
    told = rows.order_by(f"{step}at", f"{step}pk").values_list(
        "pk", "case__number", f"{path}finding", *columns
    )
    found = []
    for complaint, number, finding, key, at, source, target, says in told[: 5 * MOST]:
        status = fixmystreet_status(target, finding) if source and source != target else None
        if status is not None:
            known_as = f"{key}{mark}{complaint}" if mark else str(key)
            words = says or COMPLAINT.state(target).says
            found.append(Update(known_as, number, status, at.astimezone(clock.WIB), words, target))
    return found
