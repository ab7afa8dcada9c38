"""One-time codes (R6): six digits, five minutes, five tries, sixty seconds between, ten a day, once, one purpose."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from hypothesis import given
from hypothesis import strategies as st

from sekata.kernel.journal.models import Event
from sekata.kernel.people import actions, rules, tables
from sekata.kernel.people.models import Account, OneTimeCode
from sekata.kernel.people.tests.conftest import AT, PHONE, citizen
from sekata.lib.actor import NOBODY
from sekata.lib.result import Refused

pytestmark = pytest.mark.django_db
LIMITS = rules.CodeLimits(minutes=5, tries=5, wait_seconds=60, per_day=10, per_source_day=300)


def send(at=AT, purpose="signin", number=PHONE, source="10.0.0.1"):
    return actions.send_code(actor=NOBODY, purpose=purpose, number=number, source=source, at=at)


def prove(issued, digits=None, at=AT, purpose="signin", number=PHONE):
    return actions.prove_code(
        uuid=str(issued.row.uuid), purpose=purpose, number=number, digits=digits or issued.digits, at=at
    )


def wrong(issued) -> str:
    return f"{(int(issued.digits) + 1) % 1_000_000:06}"


def test_r6_a_code_has_six_digits_and_counts_once(house):
    issued = send()
    assert len(issued.digits) == 6 and issued.digits.isdigit() and issued.minutes == 5
    assert prove(issued) == actions.PROVED
    assert prove(issued) == actions.SPENT


@pytest.mark.parametrize(("later", "outcome"), [(299, "proved"), (300, "spent"), (3600, "spent")])
def test_r6_five_minutes(house, later, outcome):
    assert prove(send(), at=AT + timedelta(seconds=later)) == outcome


def test_r6_five_wrong_tries_end_a_code(house):
    issued = send()
    assert [prove(issued, wrong(issued)) for _ in range(5)] == ["wrong"] * 4 + ["spent"]
    assert prove(issued) == actions.SPENT


@pytest.mark.parametrize(
    "other",
    [{"purpose": "signup"}, {"number": "+6281234567891"}, {"digits": "abcdef"}, {"digits": "1234567"}],
)
def test_r6_a_code_is_bound_to_purpose_and_number(house, other):
    issued = send()
    assert prove(issued, **other) != actions.PROVED


def test_r6_sixty_seconds_between_two_codes_and_the_older_one_is_void(house):
    first = send()
    with pytest.raises(Refused, match="Tunggu 1 detik") as refusal:
        send(AT + timedelta(seconds=59))
    assert refusal.value.status == 429
    second = send(AT + timedelta(seconds=60))
    assert prove(first, at=AT + timedelta(seconds=61)) == actions.SPENT
    assert prove(second, at=AT + timedelta(seconds=61)) == actions.PROVED


def test_r6_ten_codes_a_day_for_a_number_whatever_the_purpose(house):
    for turn in range(10):
        send(AT + timedelta(minutes=turn), purpose=("signin", "signup")[turn % 2])
    with pytest.raises(Refused, match="10 kode"):
        send(AT + timedelta(minutes=11))
    send(AT + timedelta(minutes=11), number="+6281299999999")
    send(AT + timedelta(hours=24))


def test_r6_a_network_address_that_asks_for_too_many_is_slowed(house):
    sent = [AT - timedelta(hours=1)]
    assert [r.code for r in rules.code_reasons(sent, 300, AT, LIMITS)] == ["code_source"]
    assert list(rules.code_reasons(sent, 299, AT, LIMITS)) == []


@given(st.lists(st.integers(0, 86_399), max_size=15), st.integers(0, 400))
def test_r6_a_code_goes_out_only_within_all_limits(seconds, source):
    sent = sorted(AT - timedelta(seconds=s) for s in seconds)
    free = not list(rules.code_reasons(sent, source, AT, LIMITS))
    assert free == (len(sent) < 10 and source < 300 and (not sent or (AT - sent[-1]).total_seconds() >= 60))


def test_the_limits_are_the_table_of_the_day(house):
    values = tables.in_force(tables.CODES, AT.date())["otp"]
    assert (values["minutes"], values["tries"], values["wait_seconds"], values["per_day"]) == (5, 5, 60, 10)


def test_neither_digits_nor_number_lie_anywhere(house):
    issued = send(number="+6281234500987")
    actions.prove_code(
        uuid=str(issued.row.uuid), purpose="signin", number="+6281234500987", digits=wrong(issued), at=AT
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            for secret in (f'"{issued.digits}"', f",{issued.digits},", "81234500987"):
                cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text LIKE %s', [f"%{secret}%"])
                assert cursor.fetchone()[0] == 0, table
    event = Event.objects.get(kind="people.code.sent")
    assert event.after == {"purpose": "signin"}


@pytest.mark.django_db(transaction=True)
def test_r6_parallel_requests_send_one_code(law):
    results = []

    def ask() -> None:
        try:
            send()
            results.append("sent")
        except Refused:
            results.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["refused", "refused", "refused", "sent"]
    assert OneTimeCode.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_r6_parallel_tries_prove_a_code_once(law):
    issued, results = send(), []

    def attempt() -> None:
        results.append(prove(issued))
        connections.close_all()

    threads = [threading.Thread(target=attempt) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results.count("proved") == 1


def test_a_contact_is_proved_once_and_is_an_event(house):
    who = citizen(proved=False)
    for _ in range(2):
        actions.prove_contact(actor=who.actor, account=who.account, at=AT)
    assert Account.objects.get().contact_proved_at == AT
    assert Event.objects.filter(kind="people.contact.proved").count() == 1


def test_codes_of_the_day_before_yesterday_are_swept(house, clock):
    send()
    with clock(AT + timedelta(days=3)):
        actions.sweep_attempts()
    assert not OneTimeCode.objects.exists()
