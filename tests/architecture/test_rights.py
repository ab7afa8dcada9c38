"""Each right says the same in SQL and in Python: what a list shows is what a button allows."""

from functools import reduce
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import models
from django.db.models import Model, QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sekata.kernel import manifest as kernel
from sekata.kernel.cases.models import Case
from sekata.kernel.filters import as_q, visible
from sekata.kernel.people.models import Delegation, Person
from sekata.kernel.units.models import Unit
from sekata.lib import actor as actors
from sekata.lib import clock
from sekata.lib.actor import Actor, Holding
from sekata.lib.rights import Right
from sekata.pillars.environment.complaints.codes import ReporterMode
from sekata.pillars.environment.complaints.models import Client, Complaint
from sekata.site.registry import REGISTRY

pytestmark = pytest.mark.django_db
KINDS = (actors.PERSON, actors.CLIENT, actors.SYSTEM, actors.ANONYMOUS)
OF_KERNEL = {
    "people.grant": Unit,
    "people.self": Person,
    "people.mandate.given|people.mandate.held": Delegation,
}


PROVED_AT_HOME = {"tax.mine", "tax.notary"}
"""Rights over rows that only their room's own tests know how to make; those prove that SQL and Python agree."""


def case_model(app: str) -> type[Model]:
    """The model of a room whose rows are its cases."""
    for model in apps.get_app_config(app).get_models():
        if any(f.one_to_one and f.related_model is Case for f in model._meta.concrete_fields):
            return model
    raise LookupError(app)


def subjects() -> list[tuple[Right, type[Model]]]:
    """Each right of the registry with the rows it is about."""
    owned = [
        (right, system.code)
        for system in REGISTRY.systems
        for right in system.rights
        if right.code not in PROVED_AT_HOME
    ]
    rooms = [(right, case_model(code)) for right, code in owned]
    return [*rooms, *((r, OF_KERNEL.get(r.code, Case)) for r in kernel.RIGHTS)]


@pytest.fixture
def rows(regency, filed) -> None:
    """Cases of several units, with and without an applicant."""
    people = [regency.intake.person, regency.head.person]
    units = [regency.desk, regency.dlh, regency.bpbd]
    client = Client.objects.create(name="Aplikasi warga", key_hash="x", made_at=clock.now())
    for giver, receiver in (people, people[::-1]):
        given = {"number": "x", "masked": "x", "scope": [], "starts": clock.today(), "ends": clock.today()}
        Delegation.objects.create(
            giver_id=giver, receiver_id=receiver, accepted_at=clock.now(), made_at=clock.now(), **given
        )
    for number in range(6):
        mode = ReporterMode.NAMED if number % 2 else ReporterMode.ANONYMOUS
        case = filed(
            mode=mode, who={"name": "Nurlela", "phone": "+6281234567890"} if number % 2 else None
        ).complaint.case
        applicant = people[number % 4 // 2] if number % 2 else None
        Case.objects.filter(pk=case.pk).update(unit=units[number % 3], applicant=applicant)
        Complaint.objects.filter(pk=case.pk).update(client=client if number > 3 else None)


PLAIN = {
    models.UUIDField: uuid4,
    models.DateTimeField: clock.now,
    models.DateField: clock.today,
    models.BooleanField: bool,
}


def stand_in(model: type[Model], case: Case) -> Model:
    """A row of a room whose own tests alone know how to make a true one: the case, and anything elsewhere."""
    given: dict[str, object] = {"case": case}
    for field in model._meta.concrete_fields:
        if not (field.null or field.has_default() or field.is_relation or field.blank):
            given[field.name] = next(
                (make() for kind, make in PLAIN.items() if isinstance(field, kind)), case.pk
            )
    return model.objects.create(**given)


@pytest.fixture
def everywhere(rows) -> None:
    """Rows of every room that has none yet."""
    for model in {model for _, model in subjects()}:
        if not model.objects.exists():
            for case in Case.objects.all():
                stand_in(model, case)


@st.composite
def people(draw, units: list[int], persons: list[int], cases: list[int], clients: list[int]) -> Actor:
    """Anybody: kinds, roles in units, stand-ins, assisted sessions, holders of codes - possible or not."""
    holdings = []
    for role in draw(st.lists(st.sampled_from(sorted(REGISTRY.roles)), min_size=1, max_size=4)):
        reach = frozenset(draw(st.sets(st.sampled_from(units), max_size=5)))
        kept = draw(st.sampled_from([frozenset(REGISTRY.roles[role].permissions), frozenset()]))
        holdings.append(
            Holding(role, draw(st.sampled_from(units)), reach, draw(st.sampled_from(["", "plt"])), kept)
        )
    one_of = lambda keys: draw(st.none() | st.sampled_from(keys))  # noqa: E731
    return Actor(
        draw(st.sampled_from(KINDS)),
        person=one_of(persons),
        holdings=tuple(holdings),
        acting_for=one_of(persons),
        client=one_of(clients),
        case=one_of(cases),
    )


def fetched(model: type[Model]) -> QuerySet:
    """All rows, each with the case it stands for."""
    related = ["case"] if any(f.name == "case" for f in model._meta.fields) else []
    return model.objects.select_related(*related) if related else model.objects.all()


class Witness:
    """Asks every right about an actor in both ways, and remembers which rights were ever granted."""

    def __init__(self) -> None:
        self.found = {model: list(fetched(model)) for model in {model for _, model in subjects()}}
        self.granted: set[str] = set()

    def ask(self, actor: Actor) -> None:
        for right, model in subjects():
            in_python = {row.pk for row in self.found[model] if right.allows(actor, row)}
            in_sql = set(model.objects.filter(as_q(right, actor)).values_list("pk", flat=True))
            assert in_sql == in_python, right.code
            assert set(visible(model.objects, right, actor).values_list("pk", flat=True)) == in_sql, (
                right.code
            )
            assert not in_python or right.opens(actor), right.code
            self.granted.update({right.code} if in_python else ())


def test_predicate_and_sql_agree_on_every_right(everywhere):
    keys = {model: [row.pk for row in model.objects.all()] for model in (Unit, Person, Case, Client)}
    witness, units = Witness(), frozenset(keys[Unit])
    for code, role in REGISTRY.roles.items():
        held = Holding(code, keys[Unit][0], units, "", frozenset(role.permissions))
        witness.ask(Actor(actors.PERSON, person=keys[Person][0], holdings=(held,)))

    @settings(max_examples=80, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(actor=people(keys[Unit], keys[Person], keys[Case], keys[Client]))
    def agree(actor: Actor) -> None:
        witness.ask(actor)

    agree()
    never = {right.code for right, _ in subjects()} - witness.granted
    assert not never, "no generated actor had these rights: nothing was proved"


def test_a_right_joined_with_another_is_their_union(rows, regency):
    theirs = [right for right, model in subjects() if model is Complaint]
    joined = reduce(Right.__or__, theirs)
    for actor in (
        regency.reviewer,
        regency.responder,
        actors.NOBODY,
        actors.by_code(Complaint.objects.first().pk),
    ):
        parts = (
            set(visible(Complaint.objects, right, actor).values_list("pk", flat=True)) for right in theirs
        )
        assert set(visible(Complaint.objects, joined, actor).values_list("pk", flat=True)) == set().union(
            *parts
        )
