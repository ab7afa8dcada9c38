"""On the jetty: five deposits in airplane mode, the browser closed and opened again, then a signal."""

from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import expect

from sekata.lib import clock
from sekata.pillars.environment.wastebank.actions import devices
from sekata.pillars.environment.wastebank.models import Deposit, Device
from sekata.pillars.environment.wastebank.tests.conftest import opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/bank-sampah/timbang/"
OK = 200
READY = "navigator.serviceWorker.controller !== null"


def until(page, condition: str):
    """Wait for a condition; Playwright's own way needs eval, which the page's policy forbids."""
    for _attempt in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    pytest.fail(condition)


@pytest.fixture
def phone(browse, unit):
    """A paired phone at the jetty, its page at hand; the running suite has the real clock."""
    page = browse(width=390, height=844)
    for _attempt in range(50):
        if page.goto(f"{PAGE}#p={unit.device.pk}.{unit.key}").status == OK:
            break
        page.wait_for_timeout(
            200
        )  # a request of the phone before this one met its database as it was taken away
    page.get_by_role("heading", name="Siapa yang menyetor?").wait_for()
    until(page, READY)
    return page


def weigh(page, name: str, *lines: tuple[str, str]) -> str:
    """One deposit; returns the number on the receipt."""
    page.get_by_label("Nomor, nama, atau kartu nasabah").fill(name)
    page.get_by_role("button", name=name).click()
    for code, typed in lines:
        page.locator(f"[data-code='{code}']").click()
        for sign in typed:
            page.locator(f"[data-key='{sign}']").click()
        page.get_by_role("button", name="Tambahkan").click()
    page.get_by_role("button", name="Simpan setoran").click()
    page.get_by_role("heading", name="Setoran tersimpan").wait_for()
    number = page.locator("[data-part=receipt]").get_attribute("data-no")
    page.get_by_role("button", name="Nasabah berikutnya").click()
    return number


def test_acceptance_4_five_deposits_in_airplane_mode_outlive_the_browser(phone, unit):
    context = phone.context
    context.set_offline(True)
    numbers = [
        weigh(phone, "Nurlela", ("KRT-01", "2,345"), ("LOG-02", "0,75"), ("PLS-01", "3,2")) for _ in range(3)
    ]
    phone.close()
    phone = context.new_page()
    phone.goto(PAGE)
    phone.get_by_text("3 belum terkirim").wait_for()
    numbers += [weigh(phone, "Nurlela", ("KRT-01", "1")) for _ in range(2)]
    assert numbers == [f"{unit.device.prefix}-{serial:06d}" for serial in range(1, 6)]
    assert not Deposit.objects.exists()
    phone.close()
    phone = context.new_page()
    context.set_offline(False)
    phone.goto(PAGE)
    phone.get_by_text("Semua terkirim").wait_for()
    made = Deposit.objects.order_by("pk")
    assert [one.provisional_no for one in made] == numbers
    assert [one.gross for one in made] == [23_537] * 3 + [1_700] * 2
    phone.get_by_role("button", name="Struk").click()
    phone.get_by_label("Cari nomor atau nama").fill(numbers[4])
    phone.get_by_text(made[4].number).wait_for()
    expect(phone.locator("[data-part=papers] > li")).to_have_count(1)


def test_the_receipt_takes_its_official_number_when_there_is_one(phone, unit):
    phone.get_by_label("Nomor, nama, atau kartu nasabah").fill(unit.customer.card_token)
    phone.get_by_role("button", name="Nurlela").click()
    phone.locator("[data-code='PLS-01']").click()
    phone.keyboard.type("3,2")
    phone.get_by_role("button", name="Tambahkan").click()
    phone.get_by_role("button", name="Simpan setoran").click()
    phone.get_by_text(f"BS-{unit.bank.bank_no}-").wait_for()
    assert phone.locator("[data-part=paper-total]").inner_text() == "Rp12.800"


def test_r4_an_answer_lost_on_its_way_books_nothing_twice(phone, unit):
    def lose(route):
        route.fetch()
        route.abort()

    phone.context.route("**/wastebank/sync", lose)
    number = weigh(phone, "Nurlela", ("KRT-01", "1"))
    phone.wait_for_timeout(1000)
    assert Deposit.objects.get().provisional_no == number
    assert "1 belum terkirim" in phone.locator("[data-part=waiting]").inner_text()
    phone.context.unroute("**/wastebank/sync")
    phone.get_by_role("button", name="Kirim sekarang").click()
    phone.get_by_text("Semua terkirim").wait_for()
    assert Deposit.objects.count() == 1


def test_r11_and_r12_the_phone_refuses_before_the_server(phone, unit):
    own = opened(unit, "Ibu petugas", family_card="1405020101100003")
    phone.get_by_role("button", name="Kirim sekarang").click()
    phone.wait_for_timeout(800)
    phone.get_by_label("Nomor, nama, atau kartu nasabah").fill(own.number)
    phone.get_by_role("button", name="Ibu petugas").click()
    phone.get_by_text("ditimbang petugas lain").wait_for()
    phone.get_by_label("Nomor, nama, atau kartu nasabah").fill("Nurlela")
    phone.get_by_role("button", name="Nurlela").click()
    phone.locator("[data-code='KRT-01']").click()
    for sign in "2,344":
        phone.locator(f"[data-key='{sign}']").click()
    phone.get_by_role("button", name="Tambahkan").click()
    phone.get_by_text("kelipatan 5 g").wait_for()


def test_a_revoked_phone_gets_nothing_more(phone, unit):
    devices.revoke(
        actor=unit.director, bank=unit.bank, device=unit.device, at=clock.now() - timedelta(minutes=1)
    )
    phone.get_by_role("button", name="Kirim sekarang").click()
    phone.get_by_text("Perangkat ini sudah dicabut").wait_for()
    assert Device.objects.get().revoked_at


def test_the_shell_holds_nobodys_data(unit):
    answer = Client().get(PAGE)
    assert answer.headers["Cache-Control"].startswith("public") and "Nurlela" not in answer.content.decode()
    assert Client().get(f"{PAGE}sw.js").headers["Content-Type"] == "text/javascript"
    assert Client().get(f"{PAGE}app.webmanifest").json()["scope"] == PAGE
