"""The demonstration regency: complete, consistent, and the same however often it is sown."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
import shapely
from django.apps import apps
from django.contrib.auth import authenticate
from shapely.geometry import Point, shape

from sekata.kernel.journal.models import Event
from sekata.kernel.people import queries as people
from sekata.kernel.people import vault
from sekata.kernel.people.models import Account, Assignment, Employee, Person
from sekata.kernel.places import queries as places
from sekata.kernel.places.models import Feature
from sekata.kernel.reference import queries as reference
from sekata.kernel.units import queries as units
from sekata.kernel.units.models import Area, CodeMap, Unit
from sekata.lib import clock, geo
from sekata.lib.numbers import nik, nip
from sekata.site.registry import REGISTRY
from sekata.site.seeding import DEMO_ACCOUNTS, EVENT, people as demo, seed, sheets

AT = datetime(2026, 5, 6, 3, 0, tzinfo=UTC)
TODAY = date(2026, 5, 6)
PARTS = ("areas", "offices", "tables", "map", "people")


@pytest.fixture(scope="module")
def sown(django_db_setup, django_db_blocker):
    """The regency without the rooms' own cases, sown once for all tests of this file and taken away again."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, clock.frozen(AT):
        patch.setattr("sekata.site.seeding.REGISTRY", _without_rooms())
        yield from _for_a_while()


def _without_rooms():
    bare = tuple(replace(system, seed="") for system in REGISTRY.systems)
    return replace(REGISTRY, systems=bare)
