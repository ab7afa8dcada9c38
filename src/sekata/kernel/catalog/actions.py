"""Bringing the manifests' services into the catalogue."""

from collections.abc import Iterable
from datetime import date, datetime

from sekata.kernel.catalog.models import Service, Standard
from sekata.kernel.search import actions as search
from sekata.kernel.units.models import Unit
from sekata.lib.manifest import System

FIELDS = ["system", "pillar", "name", "name_en", "summary", "keywords", "unit", "url", "duration", "fee", "needs",
          "steps", "flagship", "active"]  # fmt: skip


def sync(systems: Iterable[System], at: datetime) -> int:
    """Write every system's services (idempotent) and make them findable; how many there are."""
    units = dict(Unit.objects.values_list("code", "pk"))
    services = [
        Service(
            code=seed.code,
            system=system.code,
            pillar=system.pillar,
            name=seed.name,
            name_en=seed.name_en,
            summary=seed.summary,
            keywords=seed.keywords,
            unit_id=units.get(system.owner),
            url=seed.url,
            duration=seed.duration,
            fee=seed.fee,
            needs=list(seed.needs),
            steps=[list(step) for step in seed.steps],
            flagship=seed.flagship,
            active=True,
        )
        for system in systems
        for seed in system.services
    ]
    Service.objects.bulk_create(services, update_conflicts=True, unique_fields=["code"], update_fields=FIELDS)
    _standards(systems)
    search.index_many(
        search.Findable(
            kind="service",
            ref=service.code,
            title=service.name,
            summary=service.summary,
            url=f"/layanan/{service.code}/",
            text=f"{service.keywords} {service.name_en}",
            public=True,
            at=at,
        )
        for service in services
    )
    search.learn()
    return len(services)


def _standards(systems: Iterable[System]) -> None:
    rows = [
        Standard(service_id=seed.code, valid_from=date(2026, 1, 1), components=dict(seed.standard))
        for system in systems
        for seed in system.services
        if seed.standard
    ]
    Standard.objects.bulk_create(rows, ignore_conflicts=True)
