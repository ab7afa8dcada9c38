"""The room's pages in a browser: axe finds nothing, nothing is wider than a small phone, no script is needed."""

import json
from decimal import Decimal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings

from sekata.pillars.environment.wastebank.actions import prices, trade
from sekata.pillars.environment.wastebank.models import Customer, Withdrawal
from sekata.pillars.environment.wastebank.queries import books
from sekata.pillars.environment.wastebank.tests.conftest import NOW, booked, vouched, withdrawn
from sekata.pillars.environment.wastebank.tests.test_books import sold
from sekata.pillars.environment.wastebank.tests.test_pages import HERE, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
OWN = "/bank-sampah/tabungan/"


@pytest.fixture
def lively(saver, office):
    """A bank in which something of everything has happened."""
    booked(saver, (("KRT-01", "25"),))
    sold(saver, office)
    vouched(saver, 50_000)
    vouched(saver, 12_000, "cost")
    withdrawn(saver)
    sent = [trade.Goods("KRT-01", Decimal(5), 1_800)]
    trade.send(actor=saver.weigher, bank=saver.bank, goods=sent, at=NOW)
    buyer = prices.register_collector(actor=office.registrar, code="PGL-9", name="Pengepul Sungai", at=NOW)
    prices.publish_offer(
        actor=office.registrar, collector=buyer, material="KRT-01", sell_price=2_300, valid_from=NOW
    )
    Customer.objects.filter(pk=saver.customer.pk).update(nickname="Ibu Nur")
    return saver


def as_person(page, live_server, actor):
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": signed_in(actor).cookies[name].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    return page


def look(page, addresses) -> list[str]:
    """What axe says, and what is wider than the screen, of each page with all its parts open."""
    wrong = []
    for address in addresses:
        assert page.goto(address).status == 200, address
        page.evaluate(
            "document.querySelectorAll('details:not(.menu)').forEach((one) => { one.open = true; })"
        )
        page.evaluate(AXE_SCRIPT)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            found = page.evaluate(f"axe.run(document, {json.dumps(RULES)})")["violations"]
            wrong += [f"{address} {width}: {one['id']} {one['nodes'][0]['html'][:120]}" for one in found]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append(f"{address} is wider than {width}")
    return wrong


def test_the_public_and_the_customers_pages_are_for_everybody(browse, live_server, lively):
    home = f"{OWN}{lively.customer.number}/"
    public = ("/bank-sampah/", f"/bank-sampah/bank/{lively.bank.code}/", "/bank-sampah/manfaat/")
    assert look(browse(), public) == []
    taken = Withdrawal.objects.select_related("case").get()
    mine = (home, f"{home}tarik/", f"{home}tarik/cash/", f"{home}tarik/gold/", f"{home}koran/", f"{home}kartu/",
            f"{home}jemput/", f"/bank-sampah/tarik/{taken.case.number}/", "/bank-sampah/daftar/")  # fmt: skip
    assert look(as_person(browse(), live_server, lively.saver), mine) == []


def test_the_desks_pages_are_for_everybody(browse, live_server, lively):
    home, number = f"{HERE}{lively.bank.code}/", lively.customer.number
    taken = Withdrawal.objects.select_related("case").get()
    deposit = lively.bank.deposits.first()
    director = (home, f"{home}harga/", f"{home}perangkat/", f"{home}dagang/", f"{home}dagang/jual/",
                f"{home}dagang/kirim/", f"{home}dagang/opname/", f"{home}dagang/tutup/", f"{home}uang/",
                f"{home}uang/tarik/", f"{home}uang/tarik/power_token/", f"{home}uang/shu/", f"{home}nasabah/",
                f"{home}nasabah/buka/", f"{home}nasabah/impor/", f"{home}nasabah/{number}/",
                f"{home}nasabah/{number}/koran/", f"{home}nasabah/{number}/tutup/", f"{home}pengurus/",
                f"{home}pengurus/tambah/", f"{home}timbangan/tambah/", f"{home}berkas/",
                f"{home}setoran/{deposit.number}/batal/")  # fmt: skip
    assert look(as_person(browse(), live_server, lively.director), director) == []
    treasurer = (
        f"{home}uang/",
        f"{home}uang/bukti/",
        f"{home}uang/{taken.case.number}/execute/",
        f"{home}dagang/kas/",
    )
    assert look(as_person(browse(), live_server, lively.treasurer), treasurer) == []
    assert look(as_person(browse(), live_server, lively.weigher), (home, f"{home}loket/")) == []


def test_the_offices_pages_are_for_everybody(browse, live_server, lively, office):
    pages = (f"{HERE}kabupaten/", f"{HERE}kabupaten/sipsn/", f"{HERE}kabupaten/pembeli/",
             f"{HERE}kabupaten/pembeli/harga/", f"{HERE}{lively.bank.code}/periksa/",
             f"{HERE}daftar/{lively.bank.case.number}/")  # fmt: skip
    assert look(as_person(browse(), live_server, office.registrar), pages) == []


def test_a_withdrawal_is_asked_and_paid_without_script(browse, live_server, lively):
    page = as_person(browse(javascript=False, width=320), live_server, lively.saver)
    page.goto(f"{OWN}{lively.customer.number}/")
    page.get_by_role("link", name="Ambil tabungan").click()
    page.get_by_role("link", name="Tunai").click()
    page.get_by_label("Jumlah").fill("15.000")
    page.get_by_role("button", name="Periksa dulu").click()
    page.get_by_role("button", name="Ya, ajukan").click()
    page.get_by_role("heading", name="Tunai Rp15.000").wait_for()
    taken = Withdrawal.objects.select_related("case").get(amount=15_000)
    desk = as_person(browse(javascript=False, width=320), live_server, lively.treasurer)
    for name in ("Bayarkan", "Nyatakan dibayar"):
        desk.goto(f"{HERE}{lively.bank.code}/uang/")
        desk.get_by_role("link", name=f"{name} {taken.case.number}").click()
        desk.locator("main button.btn").first.click()
    page.reload()
    assert "Dibayar" in page.content()
    assert books.money_in(lively.bank) == 50_000 + 25_000 - 12_000 - 15_000
