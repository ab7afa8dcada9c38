"""The editor of law as data: two persons, never the past."""

from datetime import date, timedelta

import pytest

from sekata.kernel.reference import queries as reference
from sekata.kernel.reference.models import Entry
from sekata.site.reference.forms import COLUMN, ProposalForm
from sekata.site.registry import REGISTRY
from sekata.site.tests.office import NOW, citizen, sign_in

HOME = "/kerja/acuan/"
ACTING = f"{HOME}people.acting/"
CHANGE = f"{ACTING}usulkan/plt/"
TODAY = date(2026, 11, 24)
pytestmark = pytest.mark.django_db


def given(**other: object) -> dict[str, object]:
    return {f"{COLUMN}months": "2", "valid_from": "2027-01-01", "basis": "Perbup 12/2026"} | other


def proposal(office, **other: object) -> Entry:
    assert sign_in(office.keeper).post(CHANGE, given(**other)).status_code == 302
    return Entry.objects.get(approved_at=None)


def test_the_tables_are_listed_with_what_is_unconfirmed(office):
    context = sign_in(office.keeper).get(HOME).context
    sizes = {table.code: size for table, size in context["tables"]}
    assert sizes["people.acting"].rows == 1 and sizes["people.acting"].unconfirmed == 1
    assert sizes["people.conflicts"].rows == 3 and sizes["people.conflicts"].unconfirmed == 0


def test_a_table_shows_what_applies_and_who_stood_for_it(office):
    page = sign_in(office.keeper).get(ACTING).content.decode()
    assert "SE BKN 1/SE/I/2021" in page and "belum dikukuhkan" in page and "bawaan sistem" in page


def test_a_proposal_keeps_the_type_of_the_present_value(office):
    assert proposal(office).value == {"months": 2}


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"valid_from": "2026-11-23"}, "Paling awal"),
        ({"basis": ""}, "Isi dasar hukum"),
        ({f"{COLUMN}months": "tiga"}, "angka bulat"),
    ],
)
def test_a_bad_proposal_is_explained_at_its_field(office, bad, message):
    answer = sign_in(office.keeper).post(CHANGE, given(**bad))
    assert answer.status_code == 422 and message in answer.content.decode()
    assert not Entry.objects.filter(approved_at=None).exists()


def test_a_second_person_approves_and_then_it_will_apply(office):
    entry = proposal(office)
    client = sign_in(office.approver)
    assert "berubah" in client.get(f"{HOME}usulan/{entry.pk}/").content.decode()
    client.post(f"{HOME}usulan/{entry.pk}/setujui/")
    assert reference.at("people.acting", date(2026, 12, 31))["plt"]["months"] == 3
    assert reference.at("people.acting", date(2027, 1, 1))["plt"]["months"] == 2
    context = client.get(ACTING).context
    assert [row.entry.pk for row in context["coming"]] == [entry.pk]
    assert context["coming"][0].approver == "Elvi Damanik"


def test_who_proposed_cannot_approve(office):
    entry = proposal(office)
    Entry.objects.filter(pk=entry.pk).update(author=office.approver.person.pk)
    client = sign_in(office.approver)
    assert "harus dari orang kedua" in client.get(f"{HOME}usulan/{entry.pk}/").content.decode()
    page = client.post(f"{HOME}usulan/{entry.pk}/setujui/", follow=True).content.decode()
    assert "tidak boleh menyetujui usulannya sendiri" in page
    assert Entry.objects.get(pk=entry.pk).approved_at is None


def test_an_unconfirmed_row_is_confirmed_by_name(office):
    entry = Entry.objects.get(table="people.acting", key="plt")
    sign_in(office.approver).post(f"{HOME}baris/{entry.pk}/kukuhkan/")
    page = sign_in(office.keeper).get(ACTING).content.decode()
    assert "dikukuhkan Elvi Damanik" in page


def test_withdrawing_a_key_ends_it(office):
    entry = proposal(office, withdraw="on")
    sign_in(office.approver).post(f"{HOME}usulan/{entry.pk}/setujui/")
    assert entry.value is None and "plt" not in reference.at("people.acting", date(2027, 1, 1))


def test_the_history_says_what_each_row_was(office):
    Entry.objects.create(
        table="people.acting",
        key="plt",
        valid_from=TODAY - timedelta(days=1),
        value={"months": 4},
        basis="SE lain",
        proposed_at=NOW,
        approved_at=NOW,
    )
    proposal(office)
    rows = sign_in(office.keeper).get(f"{ACTING}riwayat/plt/").context["rows"]
    assert [row.state for row in rows] == ["proposed", "now", "past"]


def test_a_new_key_can_be_proposed(office):
    client = sign_in(office.keeper)
    client.post(f"{ACTING}usulkan/", given(key="plh"))
    assert Entry.objects.get(key="plh").value == {"months": 2}


def test_every_table_has_a_form_and_a_page(office):
    client = sign_in(office.keeper)
    for table in REGISTRY.tables.values():
        assert client.get(f"{HOME}{table.code}/").status_code == 200
        for row in table.seeds[:2]:
            assert client.get(f"{HOME}{table.code}/usulkan/{row.key}/").status_code == 200


def test_unchanged_values_come_back_as_they_were(office):
    for table in REGISTRY.tables.values():
        for seed in table.seeds[:3]:
            form = ProposalForm(table=table, present=dict(seed.value), example=None, key=seed.key)
            sent = {
                f"{form[name].html_name}": form[name].value()
                for name in form.fields
                if name.startswith(COLUMN)
            }
            sent = {name: "" if value is None else value for name, value in sent.items()}
            form = ProposalForm(
                sent | {"valid_from": "2027-01-01", "basis": "uji"},
                table=table,
                present=dict(seed.value),
                example=None,
                key=seed.key,
            )
            assert form.is_valid(), (table.code, seed.key, form.errors)
            assert form.value == dict(seed.value), (table.code, seed.key)


@pytest.mark.parametrize("who", ["rosmaini", "keeper", "approver"])
def test_each_sees_the_buttons_of_ones_own_part(office, who):
    client = sign_in(getattr(office, who))
    page = client.get(ACTING).content.decode()
    assert ("Usulkan baris baru" in page) == (who == "keeper")
    assert ("Kukuhkan" in page) == (who == "approver")
    assert client.get(CHANGE).status_code == (200 if who == "keeper" else 403)


def test_citizens_do_not_come_in(office):
    assert sign_in(citizen()).get(HOME).status_code == 403
    assert sign_in(office.keeper).get(f"{HOME}tidak.ada/").status_code == 404
