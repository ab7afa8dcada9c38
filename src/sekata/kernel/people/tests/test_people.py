"""Identity: one person per NIK, dated roles, stand-ins, two-person rules, assisted service, the vault, the lockout."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection, connections

from sekata.kernel.journal.models import Event
from sekata.kernel.people import actions, queries, rules, vault
from sekata.kernel.people.models import Account, Assignment, Identifier, Person, Position, Vault
from sekata.kernel.people.signin import Backend
from sekata.kernel.reference import actions as reference
from sekata.kernel.units.models import Unit
from sekata.lib.actor import NOBODY, PERSON, Actor, Holding
from sekata.lib.manifest import Role
from sekata.lib.numbers import nik as niks
from sekata.lib.result import Refused
from sekata.site.registry import REGISTRY

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
NIK = niks.parse("1405025208900003", today=date(2026, 1, 5))


@pytest.fixture
def unit():
    reference.sow(REGISTRY.tables.values(), AT)
    return Unit.objects.create(
        code="dlh", name="Dinas Lingkungan Hidup", kind="office", active_from=date(2020, 1, 1)
    )


def person(name: str = "NURLELA") -> Person:
    return Person.objects.create(full_name=name, created_at=AT)


def officer(unit: Unit, *permissions: str, who: int = 900) -> Actor:
    held = Holding("role", unit.pk, frozenset({unit.pk}), permissions=frozenset(permissions))
    also = ("unit_admin", "complaints_intake", "rule_keeper", "rule_approver")
    roles = tuple(Holding(role, unit.pk, frozenset({unit.pk})) for role in also)
    return Actor(kind=PERSON, person=who, holdings=(held, *roles))


def test_r4_a_second_registration_of_a_nik_is_refused_without_telling_whose(unit):
    actions.register(actor=NOBODY, account=Account(username="+628123"), full_name="nurlela", nik=NIK, at=AT)
    with pytest.raises(Refused) as refusal:
        actions.register(
            actor=NOBODY, account=Account(username="+628999"), full_name="orang lain", nik=NIK, at=AT
        )
    assert refusal.value.status == 409 and "NURLELA" not in str(refusal.value)
    assert Person.objects.count() == Account.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_acceptance_4_parallel_sign_ups_of_one_nik_make_one_person():
    results = []

    def sign_up(handle: str) -> None:
        try:
            actions.register(
                actor=NOBODY, account=Account(username=handle), full_name="Nurlela", nik=NIK, at=AT
            )
            results.append("made")
        except Refused:
            results.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=sign_up, args=(f"+62812000{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["made", "refused", "refused", "refused"]
    assert Person.objects.count() == 1


def test_the_nik_lies_nowhere_in_clear(unit):
    actions.register(actor=NOBODY, account=Account(username="+628123"), full_name="Nurlela", nik=NIK, at=AT)
    assert Identifier.objects.get().lookup == vault.lookup("nik", NIK.value)
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text LIKE %s', [f"%{NIK.value}%"])
            assert cursor.fetchone()[0] == 0, table


def test_destroying_a_vault_erases_and_moving_its_content_fails(unit):
    one, two = vault.put({"name": "Nurlela"}, AT), vault.put({"name": "Darwis"}, AT)
    assert vault.use(one) == {"name": "Nurlela"}
    two.sealed = one.sealed
    with pytest.raises(InvalidTag):
        vault.use(two)
    vault.shred(one)
    assert Vault.objects.count() == 1


def test_a_reading_states_its_purpose_and_is_an_event_without_the_value(unit):
    subject, key = person(), vault.put({"name": "Nurlela", "phone": "+62812"}, AT)
    given = {"vault": key, "names": ["name"], "actor": NOBODY, "subject": subject, "at": AT}
    with pytest.raises(Refused):
        vault.reveal(purpose="ingin", **given)
    assert vault.reveal(purpose="Memeriksa permohonan", **given) == {"name": "Nurlela"}
    event = Event.objects.get(kind="people.identity.read")
    assert event.after == {"fields": ["name"]} and event.purpose == "Memeriksa permohonan"


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("2026-01-10", "2026-04-09"),
        ("2026-04-10", "2026-07-09"),
        ("2026-11-30", "2027-02-28"),
        ("2025-10-31", "2026-01-30"),
    ],
)
def test_r7_three_months_of_a_stand_in(starts, ends):
    assert rules.stand_in_end(date.fromisoformat(starts), 3) == date.fromisoformat(ends)


@pytest.fixture
def post(unit):
    return Position.objects.create(
        unit=unit, name="Kepala Dinas", roles=["complaints_office_head"], signs=True
    )


def decree(
    unit, post, who, kind="plt", starts=date(2026, 1, 10), ends=date(2026, 4, 9), **more
) -> Assignment:
    made = actions.enter_decree(
        actor=officer(unit, "people.decree"), person=who, position=post, kind=kind, decree="SK 1", starts=starts,
        ends=ends, at=AT, **more,
    )  # fmt: skip
    return actions.approve_decree(
        actor=officer(unit, "people.decree.approve", who=901), assignment=made, at=AT
    )


def test_acceptance_7_r7_a_plt_holds_the_post_to_its_last_day_without_strategic_permissions(unit, post):
    who = person()
    decree(unit, post, who)
    roles = {
        "complaints_office_head": Role(
            "complaints_office_head", "Kadis", ("sign", "decide"), strategic=("decide",)
        )
    }
    (held,) = queries.holdings(who.pk, date(2026, 4, 9), roles)
    assert (held.acting, held.permissions) == ("plt", frozenset({"sign"}))
    assert queries.holdings(who.pk, date(2026, 4, 10), roles) == ()
    assert queries.signature(who.pk, date(2026, 4, 9)).acting == "plt"


def test_r7_a_plt_longer_than_three_months_or_extended_twice_is_refused(unit, post):
    with pytest.raises(Refused, match="3 bulan"):
        decree(unit, post, person(), ends=date(2026, 4, 10))
    first = decree(unit, post, who := person("DARWIS"))
    second = decree(unit, post, who, starts=date(2026, 4, 10), ends=date(2026, 7, 9), extends=first)
    with pytest.raises(Refused, match="satu kali"):
        decree(unit, post, who, starts=date(2026, 7, 10), ends=date(2026, 9, 1), extends=second)


def test_r7_two_stand_ins_for_one_post_are_refused_by_the_database(unit, post):
    decree(unit, post, person())
    with pytest.raises(Refused) as refusal:
        decree(unit, post, person("DARWIS"), kind="plh", starts=date(2026, 2, 1), ends=date(2026, 2, 5))
    assert refusal.value.status == 409


def test_a_decree_counts_only_after_a_second_person(unit, post):
    who, entering = person(), officer(unit, "people.decree", "people.decree.approve")
    made = actions.enter_decree(
        actor=entering,
        person=who,
        position=post,
        kind="definitive",
        decree="SK 2",
        starts=date(2026, 1, 1),
        ends=None,
        at=AT,
    )
    assert queries.holdings(who.pk, date(2026, 2, 1)) == ()
    with pytest.raises(Refused, match="tidak boleh sekaligus"):
        actions.approve_decree(actor=entering, assignment=made, at=AT)


def grant(unit, who, role="complaints_intake", ends=date(2026, 12, 31), actor=None):
    return actions.grant(
        actor=actor or officer(unit), unit=unit, person=who, role=role, starts=date(2026, 1, 5), ends=ends,
        reason="tugas baru", at=AT,
    )  # fmt: skip


def test_acceptance_8_r8_conflicting_roles_are_refused_by_name(unit):
    who = person()
    grant(unit, who, "rule_keeper")
    with pytest.raises(Refused, match="rule_keeper") as refusal:
        grant(unit, who, "rule_approver")
    assert refusal.value.status == 409


def test_r8_nobody_grants_to_oneself_or_for_longer_than_a_year(unit):
    who = person()
    with pytest.raises(Refused) as refusal:
        grant(unit, who, actor=officer(unit, who=who.pk))
    assert refusal.value.status == 403
    with pytest.raises(Refused, match="365"):
        grant(unit, who, ends=date(2027, 6, 1))


def test_nobody_gives_a_role_one_lacks(unit):
    with pytest.raises(Refused) as refusal:
        grant(unit, person(), "complaints_head")
    assert refusal.value.status == 403


def test_a_role_reaches_the_units_below_in_one_statement(unit, django_assert_num_queries):
    child = Unit.objects.create(
        code="dlh.x", name="Bidang", kind="bureau", parent=unit, active_from=date(2020, 1, 1)
    )
    who = person()
    grant(unit, who)
    with django_assert_num_queries(1):
        (held,) = queries.holdings(who.pk, date(2026, 2, 1))
    assert held.units == {unit.pk, child.pk}


def test_acceptance_13_an_assisted_session_names_both_and_ends_after_an_hour(unit, clock):
    clerk = person("SYAFRIZAL")
    actor = Actor(
        kind=PERSON, person=clerk.pk, holdings=(Holding("assisted_clerk", unit.pk, frozenset({unit.pk})),)
    )
    session = actions.start_assisted(
        actor=actor,
        full_name="Nurlela",
        nik=NIK,
        service="complaints",
        unit=unit,
        proof="thumb",
        card_shown=True,
        at=AT,
    )
    assert (session.level, session.clerk_id, session.citizen.full_name) == (2, clerk.pk, "NURLELA")
    with clock(AT + timedelta(minutes=59)):
        assert queries.assisted_session(session.pk, clerk.pk)
    with clock(AT + timedelta(minutes=61)):
        assert queries.assisted_session(session.pk, clerk.pk) is None


def test_a_witness_is_a_second_officer(unit):
    actor = Actor(kind=PERSON, person=7, holdings=(Holding("assisted_clerk", unit.pk, frozenset({unit.pk})),))
    with pytest.raises(Refused, match="petugas lain"):
        actions.start_assisted(
            actor=actor,
            full_name="N",
            nik=NIK,
            service="x",
            unit=unit,
            proof="witness",
            witness=7,
            card_shown=False,
            at=AT,
        )


def test_r6_ten_failures_lock_the_handle_for_fifteen_minutes(unit, clock):
    account = Account(username="+628123456789", person=person())
    account.set_password("sungai-kampar-2026")
    account.save()
    sign_in = Backend().authenticate
    with clock(AT):
        assert sign_in(None, username="0812-3456-789", password="sungai-kampar-2026") == account
        for _ in range(10):
            assert sign_in(None, username="08123456789", password="salah") is None
        assert sign_in(None, username="08123456789", password="sungai-kampar-2026") is None
    with clock(AT + timedelta(minutes=16)):
        assert sign_in(None, username="08123456789", password="sungai-kampar-2026") == account


@pytest.mark.parametrize(
    ("typed", "handle"),
    [("0812-3456-7890", "+6281234567890"), ("+62 812 3456 7890", "+6281234567890"), ("6281234567890", "+6281234567890"),
     ("199008122015032001", "199008122015032001"), ("Penelaah", "penelaah")],
)  # fmt: skip
def test_a_handle_is_one_however_it_is_typed(typed, handle):
    assert queries.normal_handle(typed) == handle


def test_r8_a_role_nobody_confirms_stands_still_until_somebody_does(unit, clock):
    who = person()
    given = grant(unit, who, ends=date(2026, 12, 31))
    with clock(AT + timedelta(days=120)):
        assert actions.suspend_uncertified() == 0
    with clock(AT + timedelta(days=122)):
        assert actions.suspend_uncertified() == 1
    assert queries.holdings(who.pk, date(2026, 6, 1)) == ()
    actions.certify(actor=officer(unit), unit=unit, grant=given, at=AT + timedelta(days=123))
    assert queries.holdings(who.pk, date(2026, 6, 1))


def test_the_card_at_the_counter_lifts_to_level_two_if_it_is_theirs(unit):
    clerk = Actor(kind=PERSON, person=7, holdings=(Holding("assisted_clerk", unit.pk, frozenset({unit.pk})),))
    who = actions.register(
        actor=NOBODY, account=Account(username="+628123"), full_name="Nurlela", nik=NIK, at=AT
    )
    with pytest.raises(Refused, match="tidak sama"):
        actions.verify(actor=clerk, person=who, nik=NIK, full_name="Rosmawati", at=AT)
    assert actions.verify(actor=clerk, person=who, nik=NIK, full_name="nurlela", at=AT).level == 2
