"""The journal for auditors: each act can be proved, whoever checks."""

import pytest
from django.db import connection

from sekata.kernel.journal.actions import record, seal
from sekata.kernel.journal.models import Event
from sekata.lib import merkle
from sekata.site.tests.office import NOW, actor, sign_in

HOME = "/kerja/catatan/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def event(office) -> Event:
    return record(
        "people.identity.read",
        actor=actor(office.rosmaini),
        subject=office.hendri.person,
        at=NOW,
        after={"fields": ["nik"]},
        purpose="mencocokkan data pelapor",
    )


def test_the_latest_acts_come_first_with_names(office, event):
    later = record("complaints.verified", actor=actor(office.hendri), subject=None, at=NOW)
    context = sign_in(office.auditor).get(HOME).context
    assert [line.event.pk for line in context["lines"]][:2] == [later.pk, event.pk]
    assert context["lines"][1].actor == "Rosmaini"


def test_acts_are_found_by_kind_and_by_subject(office, event):
    record("complaints.verified", actor=actor(office.hendri), subject=None, at=NOW)
    client = sign_in(office.auditor)
    for query in ("peristiwa=people", f"tentang=people.person:{office.hendri.person.pk}"):
        lines = client.get(f"{HOME}?{query}").context["lines"]
        assert [line.event.pk for line in lines] == [event.pk]
    assert "Tidak ada peristiwa" in client.get(f"{HOME}?peristiwa=peop").content.decode()


def test_the_pages_of_the_journal_show_each_act_once(office):
    for _ in range(120):
        record("a.b", actor=actor(office.hendri), subject=None, at=NOW)
    client, before, seen = sign_in(office.auditor), "", []
    while before != "end":
        context = client.get(f"{HOME}?peristiwa=a&sebelum={before}").context
        seen += [line.event.pk for line in context["lines"]]
        before = context["next"] or "end"
    assert len(seen) == len(set(seen)) == 120


def test_an_act_waits_for_its_seal(office, event):
    client = sign_in(office.auditor)
    assert "Belum disegel" in client.get(f"{HOME}{event.pk}/").content.decode()
    assert client.get(f"{HOME}{event.pk}/bukti.json").status_code == 409


def test_a_sealed_act_is_proved_on_the_page_and_by_anyone(office, event):
    seal()
    client = sign_in(office.auditor)
    assert "Periksa bukti" in client.get(f"{HOME}{event.pk}/").content.decode()
    assert "Utuh." in client.get(f"{HOME}{event.pk}/?periksa=1").content.decode()
    proof = client.get(f"{HOME}{event.pk}/bukti.json").json()
    path = [bytes.fromhex(step) for step in proof["path"]]
    leaf, root = bytes.fromhex(proof["leaf"]), bytes.fromhex(proof["seal"]["root"])
    assert merkle.verify_inclusion(leaf, proof["position"], proof["seal"]["size"], path, root)


def test_a_changed_act_is_noticed(office, event):
    seal()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE journal_event SET purpose = 'iseng' WHERE id = %s", [event.pk])
        cursor.execute("ALTER TABLE journal_event ENABLE TRIGGER USER")
    page = sign_in(office.auditor).get(f"{HOME}{event.pk}/?periksa=1").content.decode()
    assert "TIDAK COCOK" in page


def test_the_journal_is_for_auditors(office, event):
    assert sign_in(office.rosmaini).get(HOME).status_code == 403
    assert sign_in(office.rosmaini).get(f"{HOME}{event.pk}/").status_code == 403
