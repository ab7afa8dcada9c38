"""Who asks, and for which regency."""

from collections.abc import Mapping

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from sekata.kernel.people import vault
from sekata.lib import clock
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints.models import Client, Complaint
from sekata.pillars.environment.complaints.queries.law import law

MOST = 200


def client_of(api_key: str) -> Client | None:
    """The client with that key, None where no key was given. An unknown or closed key is refused (403)."""
    if not api_key:
        return None
    client = Client.objects.filter(key_hash=vault.lookup("open311", api_key), active=True).first()
    if client is None:
        raise Refused.because("bad_api_key", "api_key is not known or no longer valid", "api_key", status=403)
    return client


def clients() -> list[Client]:
    """All clients, those whose key opens something first, each with `filed`: how many reports it sent."""
    filed = Complaint.objects.filter(client=OuterRef("pk")).order_by().values("client")
    counted = Coalesce(Subquery(filed.annotate(n=Count("pk")).values("n")), 0)
    return list(Client.objects.annotate(filed=counted).order_by("-active", "-pk")[:MOST])


def jurisdiction(asked: str) -> Mapping[str, object]:
    """The jurisdiction asked for; one that is not named must be the only one."""
    known = law(clock.now()).table("open311")
    if not asked and len(known) == 1:
        return next(iter(known.values()))
    if not asked:
        raise Refused.because(
            "no_jurisdiction", "jurisdiction_id was not provided", "jurisdiction_id", status=400
        )
    if asked not in known:
        raise Refused.because(
            "unknown_jurisdiction", "jurisdiction_id was not found", "jurisdiction_id", status=404
        )
    return known[asked]
