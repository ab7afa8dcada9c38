"""Signing up in three steps and signing in with a code, as a person meets them."""

import logging
import re
from datetime import date, timedelta

import pytest
from django.test import Client

from sekata.kernel.journal.models import Event
from sekata.kernel.notify import actions as notify
from sekata.kernel.notify.models import Message
from sekata.kernel.people import vault
from sekata.kernel.people.models import Account, OneTimeCode, Person, RoleGrant
from sekata.lib import clock
from sekata.site.people.tests.conftest import FACTS, PHONE, enter, sign_up
from sekata.site.tests.office import NIK, NOW

pytestmark = pytest.mark.django_db
NUMBER, CODE, WHO = "/akun-saya/daftar/", "/akun-saya/kode/", "/akun-saya/daftar/diri/"


def test_three_steps_make_a_person_who_is_signed_in(house, client, digits):
    assert client.post(NUMBER, {"phone": PHONE, "channel": "sms"}).url == CODE
    assert client.post(CODE, {"digits": digits()}).url == WHO
    assert client.post(WHO, FACTS).url == "/akun-saya/kunci/"
    page = client.get("/akun-saya/kunci/").content.decode()
    assert "Buat kunci sandi" in page and NIK not in page
    account = Account.objects.select_related("person__vault").get(username="+6281234567890")
    assert (account.person.full_name, account.person.level, account.person.birth_date) == (
        "NURLELA", 1, date(1990, 8, 12),
    )  # fmt: skip
    assert account.contact_proved_at and not account.has_usable_password()
    assert vault.use(account.person.vault) == {"nik": NIK, "phone": "+6281234567890"}
    assert client.get("/urusan/").status_code == 200


def test_the_message_holds_the_digits_only_until_it_is_sent(house, client, digits):
    client.post(NUMBER, {"phone": PHONE, "channel": "whatsapp"})
    message = Message.objects.get(template="people.code")
    assert message.channel == "whatsapp" and "${code}" in message.body and digits() not in message.body
    assert vault.use(message.secret)["code"] == digits()
    notify.deliver(str(message.uuid), forget=True)
    message.refresh_from_db()
    assert message.state == "sent" and message.secret is None
    assert digits() not in "".join(str(event.__dict__) for event in Event.objects.all())
    assert "demo_code" not in client.session


def test_acceptance_14_no_nik_in_addresses_logs_or_events(house, client, digits, caplog):
    caplog.set_level(logging.DEBUG)
    answer = sign_up(client, digits)
    client.post("/akun/logout/")
    again = sign_up(client, digits, phone="0813 0000 0001")
    told = (
        "".join(str(event.__dict__) for event in Event.objects.all())
        + answer.url
        + again.request["PATH_INFO"]
    )
    assert NIK not in caplog.text + told and digits() not in caplog.text


def test_a_proved_number_signs_in_with_a_code_alone(house, client, digits):
    sign_up(client, digits)
    client.post("/akun/logout/")
    with clock.later(timedelta(minutes=2)):
        assert enter(client, digits, "masuk").url == "/pulang/"
        assert client.get("/akun-saya/").status_code == 200


def test_r4_known_and_unknown_numbers_see_the_same(house, client, digits):
    sign_up(client, digits)
    pages = []
    for phone in (PHONE, "0813 0000 0890"):
        stranger = Client()
        with clock.later(timedelta(minutes=2)):
            answer = stranger.post("/akun-saya/masuk/", {"phone": phone, "channel": "sms"})
            page = stranger.get(CODE).content.decode()
        pages.append((answer.status_code, answer.url, re.sub(r'value="\w{64}"', "", page)))
    assert pages[0] == pages[1]
    assert Message.objects.filter(template="people.code").count() == 3


def test_an_unknown_number_that_wanted_to_sign_in_may_sign_up(house, client, digits):
    assert enter(client, digits, "masuk").url == WHO
    assert client.post(WHO, FACTS).status_code == 302 and Person.objects.filter(full_name="NURLELA").exists()


@pytest.mark.parametrize("typed", [NIK, "abc", "", "12"])
def test_r6_a_nik_is_no_way_to_sign_in(house, client, typed):
    answer = client.post("/akun-saya/masuk/", {"phone": typed, "channel": "sms"})
    assert answer.status_code == 422 and not OneTimeCode.objects.exists()


def test_bad_input_otp_five_wrong_tries_are_429(house, client, digits):
    client.post(NUMBER, {"phone": PHONE, "channel": "sms"})
    answers = [client.post(CODE, {"digits": "000000"}).status_code for _ in range(5)]
    assert answers == [422, 422, 422, 422, 429]
    assert client.post(CODE, {"digits": digits()}).status_code == 429
    assert client.get(WHO).url == NUMBER


@pytest.mark.parametrize("typed", ["12345", "1234567", "abcdef", "", "１２３４５６"])
def test_bad_input_a_code_is_six_digits(house, client, digits, typed):
    client.post(NUMBER, {"phone": PHONE, "channel": "sms"})
    assert client.post(CODE, {"digits": typed}).status_code == 422


def test_r6_asking_again_at_once_is_429_and_says_how_long(house, client):
    client.post(NUMBER, {"phone": PHONE, "channel": "sms"})
    answer = client.post(NUMBER, {"phone": PHONE, "channel": "sms"})
    assert answer.status_code == 429 and "Tunggu 60 detik" in answer.content.decode()
    assert client.post(f"{CODE}lagi/").url == CODE
    assert OneTimeCode.objects.count() == 1


def test_a_new_code_voids_the_old_one(house, client, digits):
    client.post(NUMBER, {"phone": PHONE, "channel": "sms"})
    old = digits()
    with clock.later(timedelta(seconds=61)):
        client.post(f"{CODE}lagi/")
        assert client.post(CODE, {"digits": old}).status_code == 422
        assert client.post(CODE, {"digits": digits()}).url == WHO


def test_no_step_can_be_jumped(house, client, digits):
    assert client.get(CODE).url == "/akun-saya/masuk/"
    assert client.get(WHO).url == client.post(WHO, FACTS).url == NUMBER
    enter(client, digits)
    with clock.later(timedelta(minutes=16)):
        assert client.post(WHO, FACTS).url == NUMBER
    assert not Account.objects.filter(username="+6281234567890").exists()


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"nik": "140502520890000"}, "16 angka"),
        ({"nik": "1405023102900001"}, "tanggal lahir yang ada"),
        ({"nik": "1405021208900000"}, "tidak mungkin 0000"),
        ({"birth_date": "2027-01-01"}, "Paling lambat"),
        ({"birth_date": "1890-01-01"}, "Umur lebih dari 120"),
        ({"full_name": ""}, "Isi"),
    ],
)
def test_bad_facts_are_explained_at_their_field(house, client, digits, other, words):
    answer = sign_up(client, digits, **other)
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not Person.objects.filter(full_name="NURLELA").exists()


def test_r2_a_birth_date_that_differs_from_the_number_is_a_warning(house, client, digits):
    assert sign_up(client, digits, birth_date="1989-08-12").status_code == 302
    assert Person.objects.get(full_name="NURLELA").birth_date == date(1989, 8, 12)
    assert "berbeda dengan yang Anda isi" in client.get("/akun-saya/kunci/").content.decode()


def test_r4_a_second_registration_of_a_nik_leads_to_recovery_and_tells_its_owner(house, client, digits):
    sign_up(client, digits)
    client.post("/akun/logout/")
    answer = sign_up(client, digits, phone="0813 0000 0001", full_name="Orang Lain")
    page = answer.content.decode()
    assert (
        answer.status_code == 409
        and "NURLELA" not in page.upper().replace("VALUE", "")
        and "pemulihan" in page
    )
    told = Message.objects.get(template="people.recovery")
    assert vault.use(told.secret) == {"phone": "+6281234567890"} and "1405" not in told.body
    client.post(WHO, FACTS)
    assert Message.objects.filter(template="people.recovery").count() == 1
    assert client.get("/akun-saya/pemulihan/").status_code == 200


def test_a_number_from_abroad_needs_an_address(house, client, digits):
    enter(client, digits, phone="+60 12-345 6789")
    assert client.post(WHO, FACTS).status_code == 422
    assert client.post(WHO, FACTS | {"email": "nurlela@contoh.example"}).status_code == 302
    assert Account.objects.get(username="+60123456789").email == "nurlela@contoh.example"


def test_r6_an_officer_does_not_get_in_with_a_code(house, client, digits):
    sign_up(client, digits)
    client.post("/akun/logout/")
    RoleGrant.objects.create(
        person=Person.objects.get(full_name="NURLELA"), role="auditor", unit=house.home, starts=NOW.date(),
        ends=date(2027, 1, 1), reason="x",
    )  # fmt: skip
    with clock.later(timedelta(minutes=2)):
        assert enter(client, digits, "masuk").url == "/akun/login/"
        assert client.get("/akun-saya/").status_code == 302


def test_a_number_chosen_with_a_password_opens_by_code_only_after_the_password(house, client, digits):
    """Whoever registered a number with a password need not own it: the owner's code must not open that account."""
    given = {
        "full_name": "Nurlela",
        "username": PHONE,
        "password1": "sungai-kampar-2026",
        "email": "",
        "nik": "",
    }
    client.post("/akun/signup/", given)
    client.post("/akun/logout/")
    assert enter(client, digits, "masuk").url == "/akun/login/"
    assert client.get("/akun-saya/").status_code == 302
    client.post("/akun/login/", {"login": PHONE, "password": "sungai-kampar-2026"})
    assert Account.objects.get(username="+6281234567890").contact_proved_at == NOW
    client.post("/akun/logout/")
    with clock.later(timedelta(minutes=2)):
        assert enter(client, digits, "masuk").url == "/pulang/"


def test_the_password_alone_proves_no_number(house, client):
    given = {
        "full_name": "Nurlela",
        "username": PHONE,
        "password1": "sungai-kampar-2026",
        "email": "",
        "nik": "",
    }
    client.post("/akun/signup/", given)
    assert Account.objects.get(username="+6281234567890").contact_proved_at is None


def test_one_proves_the_own_number_from_my_data(house, client, digits):
    given = {
        "full_name": "Nurlela",
        "username": PHONE,
        "password1": "sungai-kampar-2026",
        "email": "",
        "nik": "",
    }
    client.post("/akun/signup/", given)
    assert client.post("/akun-saya/nomor/").url == CODE
    assert client.post(CODE, {"digits": digits()}).url == "/akun-saya/"
    assert Account.objects.get(username="+6281234567890").contact_proved_at == NOW


def test_a_closed_account_is_not_opened_by_a_code(house, client, digits):
    sign_up(client, digits)
    client.post("/akun/logout/")
    Account.objects.filter(username="+6281234567890").update(is_active=False)
    with clock.later(timedelta(minutes=2)):
        assert enter(client, digits, "masuk").url == "/akun-saya/pemulihan/"


def test_the_sign_in_page_offers_passkey_code_and_password(house, client):
    page = client.get("/akun/login/").content.decode()
    for words in ("Masuk dengan kunci sandi", "/akun-saya/masuk/", "/akun-saya/daftar/", "Kata sandi"):
        assert words in page
    assert "/akun-saya/daftar/" in client.get("/akun/signup/").content.decode()
