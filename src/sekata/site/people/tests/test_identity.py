"""Pages of the identity administrator: duplicates, proposals, approvals, undoing."""

import pytest

from sekata.kernel.people.models import Merge, Person
from sekata.lib import clock
from sekata.site.tests.office import NOW, person, sign_in

pytestmark = pytest.mark.django_db
PAGE = "/kerja/orang/kembar/"


@pytest.fixture
def twins(house):
    return [
        Person.objects.create(full_name="NURLELA", birth_date=NOW.date(), level=level, created_at=NOW)
        for level in (2, 0)
    ]


@pytest.fixture
def admins(house):
    return [sign_in(person(name, ("administrator", house.home))) for name in ("Ratna Satu", "Darwis Dua")]


def propose(client, twins, **other):
    given = {"kept": twins[0].uuid, "dropped": twins[1].uuid, "reason": "KTP-el sama"} | other
    return client.post(f"{PAGE}{twins[0].pk}/usulkan/", given)


def test_two_administrators_merge_and_undo(twins, admins):
    first, second = admins
    assert "Nurlela" in first.get(PAGE).content.decode()
    assert propose(first, twins).url == PAGE
    merge = Merge.objects.get()
    assert "Setujui" not in first.get(PAGE).content.decode()
    first.post(f"/kerja/orang/gabungan/{merge.pk}/setujui/")
    merge.refresh_from_db()
    assert merge.state == "proposed"
    second.post(f"/kerja/orang/gabungan/{merge.pk}/setujui/")
    assert Person.objects.get(pk=twins[1].pk).merged_into == twins[0]
    assert "Tidak ada catatan kembar" in first.get(PAGE).content.decode()
    first.post(f"/kerja/orang/gabungan/{merge.pk}/batalkan/")
    assert Person.objects.get(pk=twins[1].pk).merged_into is None
    assert "dibatalkan" in first.get(PAGE).content.decode()


@pytest.mark.parametrize("other", [{"reason": ""}, {"dropped": "x"}, {"same": True}])
def test_a_bad_proposal_is_explained(twins, admins, other):
    if other.pop("same", False):
        other["dropped"] = twins[0].uuid
    assert propose(admins[0], twins, **other).status_code == 422 and not Merge.objects.exists()


def test_a_merged_account_signs_in_as_the_kept_person(twins, admins, house):
    who = person("Nurlela Lama")
    Person.objects.filter(pk=who.person.pk).update(merged_into=twins[0])
    answer = sign_in(who).get("/akun-saya/")
    assert answer.wsgi_request.actor.person == twins[0].pk and "NURLELA" in answer.content.decode()


def test_others_do_not_see_it(twins, house):
    assert sign_in(house.rosmaini).get(PAGE).status_code == 403
    assert sign_in(house.admin).post(f"{PAGE}{twins[0].pk}/usulkan/").status_code == 403


def test_the_page_costs_the_same_for_many(twins, admins, django_assert_max_num_queries):
    for number in range(20):
        for _ in range(2):
            Person.objects.create(full_name=f"ORANG {number}", birth_date=clock.today(), created_at=NOW)
    admins[0].get(PAGE)
    with django_assert_max_num_queries(14):
        admins[0].get(PAGE)
