"""Which tickets of SP4N-LAPOR! are here already, asked for a whole file at once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Q

from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.standards.sp4n import SYSTEM

AT_ONCE = 200


def ticket_submission(ticket: str) -> UUID:
    """The id under which a ticket is filed; the same ticket is the same report for ever."""
    return uuid5(NAMESPACE_URL, f"sekata:sp4n:{ticket}")


def known_tickets(tickets: Collection[str]) -> Mapping[str, str]:
    """ticket -> number of the case that it was filed as, or that it was attached to."""
    found: dict[str, str] = {}
    for some in _portions(sorted(set(tickets))):
        filed = {ticket_submission(ticket): ticket for ticket in some}
        named = reduce(or_, (Q(external_refs__contains=[{"system": SYSTEM, "id": one}]) for one in some))
        rows = Complaint.objects.filter(Q(submission__in=filed) | named)
        for submission, refs, number in rows.values_list("submission", "external_refs", "case__number"):
            for ticket in {filed.get(submission), *(ref["id"] for ref in refs if ref["system"] == SYSTEM)}:
                if ticket in some:
                    found[ticket] = number
    return found


def own_numbers(numbers: Collection[str]) -> frozenset[str]:
    """Those of the numbers that are ours."""
    rows = Complaint.objects.filter(case__number__in=set(numbers) - {""})
    return frozenset(rows.values_list("case__number", flat=True))


def _portions(tickets: Sequence[str]) -> Iterator[Sequence[str]]:
    return (tickets[start : start + AT_ONCE] for start in range(0, len(tickets), AT_ONCE))
