"""In which capacity an officer acts: one post, or all where roles may meet."""

from datetime import date

import pytest

from sekata.kernel.people import queries
from sekata.kernel.people.models import Assignment, Person, Position, RoleGrant
from sekata.kernel.people.queries.capacities import choose
from sekata.kernel.people.queries.offices import seats
from sekata.kernel.people.tests.conftest import AT
from sekata.kernel.units.models import Unit
from sekata.site.registry import REGISTRY

pytestmark = pytest.mark.django_db
TODAY = AT.date()


@pytest.fixture
def camat(house):
    """Camat Langgam, who stands in as Camat Bunut and has a task in the regency."""
    person = Person.objects.create(full_name="DARWIS", created_at=AT)
    units = [
        Unit.objects.create(code=code, name=name, kind="district", parent=house, active_from=date(2020, 1, 1))
        for code, name in (("langgam", "Kecamatan Langgam"), ("bunut", "Kecamatan Bunut"))
    ]
    for unit, kind in zip(units, ("definitive", "plt"), strict=True):
        post = Position.objects.create(
            unit=unit, name=f"Camat {unit.name.split()[1]}", roles=["complaints_reviewer"]
        )
        Assignment.objects.create(
            position=post, person=person, kind=kind, decree="SK", starts=date(2026, 1, 1),
            ends=date(2026, 3, 31) if kind == "plt" else None, approved_at=AT,
        )  # fmt: skip
    RoleGrant.objects.create(
        person=person,
        role="assisted_clerk",
        unit=house,
        starts=date(2026, 1, 1),
        ends=date(2026, 12, 31),
        reason="x",
    )
    return person


def test_posts_come_before_tasks_and_definitive_before_stand_ins(camat):
    offered = queries.capacities(camat.pk, TODAY, REGISTRY.roles)
    assert [(one.acting, one.post, one.unit) for one in offered] == [
        ("", "", ""),
        ("", "Camat Langgam", "Kecamatan Langgam"),
        ("plt", "Camat Bunut", "Kecamatan Bunut"),
        ("", "", ""),
    ]
    assert [offered[0].key, offered[3].key] == ["", "t"]


def held(person, wanted: str, on=TODAY):
    chosen, holdings = choose(seats(person.pk, on, REGISTRY.roles), wanted, on, REGISTRY.roles)
    return chosen, [(one.role, one.acting) for one in holdings]


def test_a_chosen_capacity_brings_its_roles_and_no_others(camat):
    plt = queries.capacities(camat.pk, TODAY, REGISTRY.roles)[2]
    assert held(camat, plt.key) == (plt.key, [("complaints_reviewer", "plt")])
    assert held(camat, "t") == ("t", [("assisted_clerk", "")])


def test_without_a_choice_all_roles_count(camat):
    chosen, roles = held(camat, "")
    assert chosen == "" and len(roles) == 3


@pytest.mark.parametrize("wanted", ["j999999", "x", "j", "'"])
def test_a_capacity_one_does_not_hold_is_none(camat, wanted):
    assert held(camat, wanted)[0] == ""


def test_r7_a_stand_ins_capacity_ends_with_the_decree(camat):
    plt = queries.capacities(camat.pk, TODAY, REGISTRY.roles)[2]
    assert held(camat, plt.key, date(2026, 3, 31))[0] == plt.key
    assert ("complaints_reviewer", "plt") not in held(camat, plt.key, date(2026, 4, 1))[1]


def test_r8_roles_that_may_not_meet_are_never_used_at_once(camat, house):
    RoleGrant.objects.update(role="rule_keeper")
    Position.objects.filter(name="Camat Bunut").update(roles=["rule_approver"])
    offered = queries.capacities(camat.pk, TODAY, REGISTRY.roles)
    assert [one.post for one in offered] == ["Camat Langgam", "Camat Bunut", ""]
    chosen, roles = held(camat, "")
    assert chosen == offered[0].key and roles == [("complaints_reviewer", "")]


def test_one_capacity_is_no_choice(house, django_assert_num_queries):
    person = Person.objects.create(full_name="MEGA", created_at=AT)
    RoleGrant.objects.create(
        person=person,
        role="auditor",
        unit=house,
        starts=date(2026, 1, 1),
        ends=date(2026, 12, 31),
        reason="x",
    )
    with django_assert_num_queries(1):
        assert [one.key for one in queries.capacities(person.pk, TODAY, REGISTRY.roles)] == [""]


def test_r7_the_signature_follows_the_capacity(camat):
    plt = queries.capacities(camat.pk, TODAY, REGISTRY.roles)[2]
    told = [
        queries.signature(camat.pk, TODAY, via) for via in ("web", f"web/{plt.key}", "web/j999999", "web/t")
    ]
    assert [(one.acting, one.post) for one in told] == [
        ("", "Camat Langgam"), ("plt", "Camat Bunut"), ("", "Camat Langgam"), ("", "Camat Langgam"),
    ]  # fmt: skip


def test_an_event_tells_the_capacity(camat):
    plt = queries.capacities(camat.pk, TODAY, REGISTRY.roles)[2]
    told = queries.capacities_of({f"web/{plt.key}", "web/t", "web", "code"})
    assert told[f"web/{plt.key}"] == plt and set(told) == {f"web/{plt.key}", "web/t"}
