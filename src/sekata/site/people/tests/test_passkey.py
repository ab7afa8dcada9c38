"""The passkey ceremony in a real browser with a virtual authenticator: offered at sign-up, then the way in."""

import re

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from sekata.kernel.people.models import Account
from sekata.kernel.reference import actions as reference
from sekata.lib import clock
from sekata.site.registry import REGISTRY

pytestmark = pytest.mark.django_db(transaction=True)
TOKEN = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_authenticator(page: Page, **other: object) -> tuple[object, str]:
    """A phone's own authenticator in this browser."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": TOKEN | other})
    return session, made["authenticatorId"]


def to_the_offer(page: Page, digits) -> None:
    """Sign up by phone as far as the third step."""
    page.goto("/akun/login/")
    page.get_by_role("link", name="Daftar dengan nomor HP").click()
    page.get_by_label("Nomor HP").fill("0812 3456 7890")
    page.get_by_role("button", name="Kirim kode").click()
    page.get_by_label("Kode 6 angka").fill(digits())
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_label("Nama lengkap").fill("Nurlela")
    page.get_by_label("NIK").fill("1405025208900003")
    for part, value in (("Hari", "12"), ("Bulan", "8"), ("Tahun", "1990")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_role("button", name="Daftar").click()
    expect(page).to_have_url(re.compile("/akun-saya/kunci/"))


@pytest.fixture
def phone(browse) -> Page:
    """A phone's browser on a house that has its tables."""
    reference.sow(REGISTRY.tables.values(), clock.now())
    return browse(width=390, height=800)


def test_a_passkey_is_made_at_sign_up_and_signs_in_again(phone, digits):
    page = phone
    session, authenticator = with_authenticator(page)
    to_the_offer(page, digits)
    page.get_by_role("button", name="Buat kunci sandi").click()
    page.wait_for_url(re.compile("/akun/2fa/"))
    assert Authenticator.objects.filter(type="webauthn").count() == 1
    kept = session.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]
    assert len(kept) == 1 and kept[0]["isResidentCredential"]
    page.goto("/akun-saya/")
    page.get_by_role("button", name="Keluar", exact=True).click()
    page.goto("/akun-saya/")
    expect(page).to_have_url(re.compile("/akun/login/"))
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    page.wait_for_url(re.compile("/(urusan|akun-saya)/"))
    expect(page.get_by_role("link", name="Data saya").first).to_be_visible()
    assert Authenticator.objects.get(type="webauthn").last_used_at is not None


def test_who_cannot_prove_to_be_the_user_makes_no_passkey_and_is_told(phone, digits):
    page = phone
    with_authenticator(page, hasUserVerification=False, isUserVerified=False)
    to_the_offer(page, digits)
    page.get_by_role("button", name="Buat kunci sandi").click()
    expect(page.get_by_text("Kunci sandi belum jadi")).to_be_visible()
    assert not Authenticator.objects.exists()
    page.get_by_role("link", name="Nanti saja").click()
    page.wait_for_url(re.compile("/urusan/"))
    assert Account.objects.count() == 1
