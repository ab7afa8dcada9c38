"""The pages of signing in and registering, as a person meets them."""

import pytest
from django.urls import reverse

from sekata.kernel.people.models import Account

pytestmark = pytest.mark.django_db
NEW = {
    "full_name": "Nurlela binti Hasan",
    "username": "0812 3456 7890",
    "password1": "sungai-kampar-2026",
    "email": "",
    "nik": "",
}


def test_registering_takes_three_facts_and_signs_in(client):
    answer = client.post(reverse("account_signup"), NEW)
    assert answer.status_code == 302, answer.context["form"].errors
    account = Account.objects.select_related("person").get()
    assert (account.username, account.person.full_name, account.person.level) == (
        "+6281234567890",
        "NURLELA BINTI HASAN",
        0,
    )
    assert client.get("/urusan/").status_code == 200


def test_a_plausible_nik_lifts_the_level(client):
    client.post(reverse("account_signup"), NEW | {"nik": "1405025208900003"})
    assert Account.objects.get().person.level == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"nik": "1405023102900001"}, "NIK"),
        ({"password1": "pendek"}, "12"),
        ({"full_name": ""}, "Isi"),
        ({"username": ""}, "Isi"),
    ],
)
def test_bad_input_speaks_at_its_field(client, given, words):
    answer = client.post(reverse("account_signup"), NEW | given)
    assert answer.status_code == 200 and words in answer.content.decode()
    assert Account.objects.count() == 0


def test_the_same_phone_in_another_spelling_is_the_same_account(client):
    client.post(reverse("account_signup"), NEW)
    client.logout()
    client.post(reverse("account_signup"), NEW | {"username": "+62-812-3456-7890"})
    assert Account.objects.count() == 1


def test_signing_in_by_phone_nik_or_the_wrong_password(client):
    client.post(reverse("account_signup"), NEW | {"nik": "1405025208900003"})
    client.logout()
    sign_in = reverse("account_login")
    page = client.post(sign_in, {"login": "081234567890", "password": "salah-sekali-2026"}).content.decode()
    assert "Kesalahan" in page
    for handle in ("081234567890", "1405025208900003"):
        assert client.post(sign_in, {"login": handle, "password": NEW["password1"]}).status_code == 302
        client.logout()
