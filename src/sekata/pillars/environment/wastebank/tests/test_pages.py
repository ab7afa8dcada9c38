"""The room's pages: who may open them, what they show, what they do."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from sekata.kernel.people.models import Account, Person
from sekata.lib.actor import Actor
from sekata.pillars.environment.wastebank.actions import deposits, prices
from sekata.pillars.environment.wastebank.actions.sync import device_of, sync
from sekata.pillars.environment.wastebank.models import (
    Customer,
    Deposit,
    Device,
    Pickup,
    PriceList,
    Sale,
    StockCountLine,
    SyncItem,
    Transfer,
    WasteBank,
)
from sekata.pillars.environment.wastebank.queries import trade
from sekata.pillars.environment.wastebank.tests.conftest import NOW, VILLAGE, person, publish, wib

HERE = "/kerja/bank-sampah/"


def signed_in(actor: Actor | int) -> Client:
    """Somebody's browser; officers have a second factor."""
    who = Person.objects.get(pk=actor if isinstance(actor, int) else actor.person)
    account = Account.objects.get_or_create(username=f"user{who.pk}", defaults={"person": who})[0]
    Authenticator.objects.get_or_create(user=account, type=Authenticator.Type.TOTP, defaults={"data": {}})
    client = Client()
    client.force_login(account, backend="sekata.kernel.people.signin.Backend")
    return client


def words(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def now(clock):
    """The suite's clock stands at the moment of the contract's example."""
    with clock(NOW):
        yield NOW


def test_everybody_sees_banks_prices_and_what_changed(unit, now):
    publish(unit, {"KRT-01": 1500, "LOG-02": 9500}, wib("2026-03-07 10:00"))
    page = words(Client().get("/bank-sampah/"))
    assert "Melati" in page and "Induk Kerinci" in page
    page = words(Client().get(f"/bank-sampah/bank/{unit.bank.code}/"))
    assert "Rp1.500" in page and "turun" in page and "naik" in page
    assert Client().get("/bank-sampah/bank/BSU-1405-999/").status_code == 404
    assert len(Client().get("/bank-sampah/peta.geojson").json()["features"]) == 2


@pytest.mark.parametrize(
    "address", ["", "kabupaten/", "BSU-1405-001/", "BSU-1405-001/harga/", "BSU-1405-001/loket/"]
)
def test_strangers_are_asked_to_sign_in(unit, address):
    assert Client().get(HERE + address).status_code == 302


def test_each_bank_keeps_to_itself(unit, central, now):
    theirs, mine = f"{HERE}{central.bank.code}/", f"{HERE}{unit.bank.code}/"
    browser = signed_in(unit.director)
    assert browser.get(theirs).status_code == 404 and browser.get(mine).status_code == 200
    assert browser.get(HERE).headers["Location"] == mine
    assert signed_in(unit.weigher).get(f"{mine}harga/").status_code == 403


def test_the_counter_speaks_at_the_field_and_books_once(unit, now):
    browser, address = signed_in(unit.weigher), f"{HERE}{unit.bank.code}/loket/"
    given = {"customer": unit.customer.number, "scale": unit.scale.pk, "source": "counter", "uid": str(uuid4()),
             "material_1": "KRT-01", "quantity_1": "2,3456"}  # fmt: skip
    answer = browser.post(address, given)
    assert answer.status_code == 422 and "tiga angka di belakang koma" in words(answer)
    given["quantity_1"] = "2,345"
    for _ in range(2):
        assert browser.post(address, given).status_code == 302
    assert Deposit.objects.get().gross == 3_987


def test_prices_are_previewed_and_then_published(unit, now, weighing):
    sync(device=device_of(unit.key), weighings=[weighing()], at=NOW)
    browser, address = signed_in(unit.director), f"{HERE}{unit.bank.code}/harga/"
    page = words(browser.get(address))
    assert "Kardus, diantar" in page
    typed = {"KRT-01": "1.500", "LOG-02": "9000", "PLS-01": "4000", "TLR-01": "150", "MJL-01": ""}
    given = {f"{code}:drop_off": price for code, price in typed.items()}
    given |= {"valid_on": "2026-03-08"}
    page = words(browser.post(address, given))
    assert (
        "Rp1.500" in page and "tidak dibeli" in page and PriceList.objects.filter(bank=unit.bank).count() == 1
    )
    assert browser.post(address, given | {"KRT-01:drop_off": "1.500,50"}).status_code == 422
    assert browser.post(address, given | {"publish": "1"}).status_code == 302
    made = PriceList.objects.get(bank=unit.bank, version=2)
    assert made.valid_from == wib("2026-03-08 00:00")
    assert {(row.material, row.buy_price) for row in made.prices.all()} == {
        ("KRT-01", 1_500),
        ("MJL-01", None),
    }


def test_a_device_is_paired_once_and_revoked(unit, now):
    browser, address = signed_in(unit.director), f"{HERE}{unit.bank.code}/perangkat/"
    answer = browser.post(address, {"name": "HP Pak Jon"})
    made = Device.objects.get(name="HP Pak Jon")
    assert f"#p={made.pk}." in words(answer) and answer.headers["Cache-Control"] == "no-store"
    assert f"#p={made.pk}." not in words(browser.get(address))
    assert browser.post(f"{address}{made.pk}/cabut/").status_code == 302
    assert Device.objects.get(pk=made.pk).revoked_at == NOW


def test_the_director_decides_and_reverses(unit, now, weighing):
    held = weighing(synced_at=NOW - timedelta(days=8))
    sync(device=device_of(unit.key), weighings=[held], at=NOW)
    browser, home = signed_in(unit.director), f"{HERE}{unit.bank.code}/"
    item = SyncItem.objects.get()
    assert held.provisional_no in words(browser.get(home))
    assert browser.post(f"{home}tahanan/{item.pk}/terima/", {"reason": "ya"}).status_code == 422
    assert (
        browser.post(f"{home}tahanan/{item.pk}/terima/", {"reason": "Petugas tidak ada sinyal."}).status_code
        == 302
    )
    made = Deposit.objects.get()
    assert made.number in words(browser.get(home, {"nomor": held.provisional_no}))
    assert (
        browser.post(f"{home}setoran/{made.number}/batal/", {"reason": "Nasabah tertukar."}).status_code
        == 302
    )
    assert Deposit.objects.get().state == "reversed"


def test_the_office_registers_and_oversees(office, central, unit, now, weighing):
    sync(device=device_of(unit.key), weighings=[weighing()], at=NOW)
    browser = signed_in(office.registrar)
    page = words(browser.get(f"{HERE}kabupaten/"))
    assert "Melati" in page and "bukan kredit karbon" in page
    applicant = signed_in(person("pemohon").pk)
    given = {"name": "Bank Mawar", "kind": "unit", "legal_form": "cooperative", "villages": [VILLAGE],
             "households": "20", "address": "Jalan Mawar", "submission": str(uuid4())}  # fmt: skip
    assert "PBS-2026-" in words(applicant.post("/bank-sampah/daftar/", given))
    bank = WasteBank.objects.select_related("case").get(name="Bank Mawar")
    home = f"{HERE}daftar/{bank.case.number}/"
    assert applicant.get(home).status_code in (302, 403)
    assert browser.post(f"{home}langkah/take_up/").status_code == 302
    browser.post(f"{home}syarat/", {"requirement": "decision", "met": "1"})
    assert browser.post(f"{home}langkah/pass_desk/").status_code == 422
    browser.post(f"{home}syarat/", {"requirement": "charter", "met": "1"})
    assert browser.post(f"{home}langkah/pass_desk/").status_code == 302
    visit = {"visited_on": "2026-03-07", "note": "Gudang kering."}
    assert browser.post(f"{home}langkah/record_visit/", visit).status_code == 302
    answer = browser.post(f"{home}langkah/decree/", {"decree_no": "660/2", "decree_on": "2026-03-07"})
    assert answer.status_code == 422 and "Belum ada direktur" in words(answer)
    assert "Gudang kering." in words(browser.get(home))


def test_a_customer_sees_only_the_own_account(unit, now, weighing):
    who = person("nurlela")
    Customer.objects.filter(pk=unit.customer.pk).update(person=who)
    sync(device=device_of(unit.key), weighings=[weighing() for _ in range(25)], at=NOW)
    browser, home = signed_in(who.pk), f"/bank-sampah/tabungan/{unit.customer.number}/"
    assert browser.get("/bank-sampah/tabungan/").headers["Location"] == home
    answer = browser.get(home)
    assert (
        "Rp23.537" in words(answer)
        and "sebelum=" in words(answer)
        and answer.headers["Cache-Control"] == "no-store"
    )
    assert signed_in(person("lain").pk).get(home).status_code == 404
    asked = {"address": "Rumah biru", "estimate_kg": "9,5", "day": "2026-03-09", "part": "morning",
             "submission": str(uuid4())}  # fmt: skip
    answer = browser.post(f"{home}jemput/", asked)
    assert answer.status_code == 422 and "paling sedikit 10 kg" in words(answer)
    assert browser.post(f"{home}jemput/", asked | {"estimate_kg": "15"}).status_code == 302
    made = Pickup.objects.select_related("case").get()
    assert made.day == date(2026, 3, 9) and made.case.number in words(browser.get(home))
    driver = signed_in(unit.driver)
    assert driver.post(f"{HERE}jemput/{made.case.number}/schedule/").status_code == 302
    assert browser.post(f"/bank-sampah/jemput/{made.case.number}/batal/").status_code == 302
    assert Pickup.objects.select_related("case").get().case.state == "cancelled"
    browser.post(f"{home}panggilan/", {"nickname": "Ibu Nur"})
    assert Customer.objects.get(pk=unit.customer.pk).nickname == "Ibu Nur"


def test_r10_a_sale_is_walked_through_and_its_surplus_shared(office, unit, now):
    deposits.deposit(actor=unit.weigher, bank=unit.bank, uid=uuid4(), customer=unit.customer.number, scale=unit.scale,
                     lines=(("KRT-01", "", Decimal(10)),), at=NOW)  # fmt: skip
    buyer = prices.register_collector(actor=office.registrar, code="PGL-01", name="Pengepul Jaya", at=NOW)
    home = f"{HERE}{unit.bank.code}/dagang/"
    director, treasurer = signed_in(unit.director), signed_in(unit.treasurer)
    given = {"collector": buyer.pk, "material_1": "KRT-01", "kg_1": "10", "price_1": "2.500"}
    assert director.post(f"{home}jual/", given).status_code == 302
    sale = Sale.objects.get()
    line, step = sale.lines.get(), f"{home}jual/{sale.number}/"
    assert director.post(f"{step}weigh_out/", {"slip": "T-1"}).status_code == 302
    assert director.post(f"{step}accept/", {f"no_{line.pk}": "1", f"back_{line.pk}": "2"}).status_code == 422
    assert director.post(f"{step}accept/", {f"no_{line.pk}": "0", f"back_{line.pk}": "0"}).status_code == 302
    assert treasurer.post(f"{step}invoice/").status_code == 302
    assert treasurer.post(f"{step}receive_payment/", {"into": "1101"}).status_code == 302
    found = trade.surplus(unit.bank, NOW.date())
    assert found["net"] == 8_000 and found["pools"]["customers"] == 1_200
    assert found["shares"] == {unit.customer.number: 1_200}
    assert "Rp8.000" in words(director.get(home)) and "Lunas" in words(treasurer.get(home))


def test_a_count_is_blind_and_a_month_says_what_is_missing(unit, now):
    deposits.deposit(actor=unit.weigher, bank=unit.bank, uid=uuid4(), customer=unit.customer.number, scale=unit.scale,
                     lines=(("KRT-01", "", Decimal(10)),), at=NOW)  # fmt: skip
    director, home = signed_in(unit.director), f"{HERE}{unit.bank.code}/dagang/"
    assert "10,000" not in words(director.get(f"{home}opname/"))
    answer = director.post(f"{home}tutup/", {"month": "2026-02-15"})
    assert answer.status_code == 422 and "Opname stok belum ada" in words(answer)
    assert director.post(f"{home}opname/", {"KRT-01": "9"}).status_code == 302
    line = StockCountLine.objects.get()
    assert signed_in(unit.treasurer).post(f"{home}kas/", {"counted": "0"}).status_code == 302
    assert (
        director.post(f"{home}selisih/{line.pk}/", {"cause": "moisture", "explanation": "Basah"}).status_code
        == 302
    )
    assert director.post(f"{home}tutup/", {"month": "2026-02-15"}).status_code == 302


def test_what_a_unit_sends_its_central_weighs(unit, central, now):
    deposits.deposit(actor=unit.weigher, bank=unit.bank, uid=uuid4(), customer=unit.customer.number, scale=unit.scale,
                     lines=(("KRT-01", "", Decimal(10)),), at=NOW)  # fmt: skip
    given = {"material_1": "KRT-01", "kg_1": "10", "price_1": "1800"}
    assert signed_in(unit.weigher).post(f"{HERE}{unit.bank.code}/dagang/kirim/", given).status_code == 302
    sent = Transfer.objects.get()
    there = f"{HERE}{central.bank.code}/dagang/"
    assert sent.number in words(signed_in(central.weigher).get(there))
    assert (
        signed_in(central.weigher).post(f"{there}terima/{sent.number}/", {"KRT-01": "9,9"}).status_code == 302
    )
    assert Transfer.objects.get().state == "received"
