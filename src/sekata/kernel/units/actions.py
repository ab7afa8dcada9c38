"""Opening units: what a room founds (a waste bank, a village enterprise) becomes a unit in which roles are held."""

from datetime import date

from django.db import transaction

from sekata.kernel.units import queries
from sekata.kernel.units.models import Unit


def open_unit(
    *,
    code: str,
    name: str,
    kind: str,
    parent: Unit,
    active_from: date,
    decree: str,
    short: str = "",
    area: str | None = None,
    address: str = "",
) -> Unit:
    """Open a unit below `parent` by a decree; one of that code is returned as it is. Called inside a room's act."""
    unit, _ = Unit.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "short": short,
            "kind": kind,
            "parent": parent,
            "area_id": area,
            "address": address,
            "active_from": active_from,
            "decree": decree,
        },
    )
    transaction.on_commit(queries.forget)
    return unit
