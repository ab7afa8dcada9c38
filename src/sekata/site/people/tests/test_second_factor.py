"""An officer's second factor in the real sign-in: password first, then the code of the app (R6)."""

import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, hotp_value
from django.test import Client

from sekata.site.tests.office import person

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
PASSWORD = "sungai-kampar-2026"
STEP = 30


@pytest.fixture
def officer(house):
    who = person("Hasan Basri", ("auditor", house.home))
    who.account.set_password(PASSWORD)
    who.account.save()
    TOTP.activate(who.account, SECRET)
    return who


def test_r6_the_password_alone_opens_no_office(officer):
    client = Client()
    answer = client.post("/akun/login/", {"login": "hasan.basri", "password": PASSWORD})
    assert answer.url == "/akun/2fa/authenticate/"
    assert client.get("/kerja/catatan/").status_code == 302
    assert client.post("/akun/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert client.get("/kerja/catatan/").status_code == 302
    code = f"{hotp_value(SECRET, int(time.time()) // STEP):06}"
    assert client.post("/akun/2fa/authenticate/", {"code": code}).status_code == 302
    assert client.get("/kerja/catatan/").status_code == 200
