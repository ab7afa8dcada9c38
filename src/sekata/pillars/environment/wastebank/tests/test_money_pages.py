"""The pages of money and people: the wizard, the desk, papers, files, accounts, officers, scales, buyers."""

import io
import re
import subprocess
import sys
from decimal import Decimal as D
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from sekata.kernel.journal.models import Event
from sekata.pillars.environment.wastebank.actions import billing, trade
from sekata.pillars.environment.wastebank.models import (
    Collector,
    Customer,
    Deposit,
    Distribution,
    Offer,
    Paper,
    Scale,
    Transfer,
    Voucher,
    Withdrawal,
)
from sekata.pillars.environment.wastebank.queries import books
from sekata.pillars.environment.wastebank.queries import withdrawals as found
from sekata.pillars.environment.wastebank.tests.conftest import NOW, booked, opened, vouched, withdrawn
from sekata.pillars.environment.wastebank.tests.test_books import APRIL, closed, sold
from sekata.pillars.environment.wastebank.tests.test_exports import ANI, BUDI, sheet
from sekata.pillars.environment.wastebank.tests.test_pages import HERE, signed_in, words

METER = "12345678901"


@pytest.fixture(autouse=True)
def now(clock):
    with clock(NOW):
        yield


def mine(unit) -> tuple[Client, str]:
    return signed_in(unit.saver), f"/bank-sampah/tabungan/{unit.customer.number}/"


def desk(unit, who="treasurer") -> tuple[Client, str]:
    return signed_in(getattr(unit, who)), f"{HERE}{unit.bank.code}/"


def sent(page: str) -> dict[str, str]:
    """The hidden fields of a page."""
    return dict(re.findall(r'<input type="hidden" name="(amount|target|submission)" value="([^"]*)"', page))


def test_the_account_shows_balance_lines_and_what_is_held(saver):
    browser, home = mine(saver)
    withdrawn(saver)
    page = words(browser.get(home))
    assert "Rp23.537" in page and "Rp3.537" in page and "Rp20.000 ditahan" in page and "Setoran BS-" in page


def test_the_passbook_goes_on_page_by_page(saver):
    for _ in range(25):
        booked(saver, (("KRT-01", "1"),))
    browser, home = mine(saver)
    page = words(browser.get(home))
    mark = re.search(r'href="\?sebelum=([0-9-]+)"', page)[1]
    assert "Rp66.037" in page and "23.537" in words(browser.get(f"{home}?sebelum={mark}"))
    for nonsense in ("x", "99999999-1", "20260307-99999999999999999999"):
        assert browser.get(f"{home}?sebelum={nonsense}").status_code == 200


def test_the_wizard_looks_again_before_it_sends_and_sends_once(connected):
    browser, home = mine(connected)
    assert "Token listrik" in words(browser.get(f"{home}tarik/"))
    form = words(browser.get(f"{home}tarik/power_token/"))
    given = {"amount": "17.500", "target": METER, "submission": sent(form)["submission"]}
    page = words(browser.post(f"{home}tarik/power_token/", given))
    assert "PELANGGAN 8901" in page and "Rp2.500" in page and "Rp20.000" in page
    assert not Withdrawal.objects.exists()
    for _ in "ab":
        answer = browser.post(f"{home}tarik/power_token/", given | {"sure": "1"})
        assert answer.status_code == 302
    taken = Withdrawal.objects.get()
    assert taken.total == 20_000 and books.standing(connected.customer).available == 3_537
    billing.execute(actor=connected.treasurer, taken=found.by_key(taken.pk), at=NOW)
    billing.pay_out(taken.pk)
    page = words(browser.get(answer.headers["Location"]))
    assert re.search(r"\d{4} \d{4} \d{4} \d{4} \d{4}", page) and "Dibayar" in page
    assert signed_in(connected.director).get(answer.headers["Location"]).status_code == 404


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("power_token", {"amount": "17.500", "target": "1234567890"}, "11 atau 12 angka"),
        ("power_token", {"amount": "17.500", "target": "12345678955"}, "tidak dikenal penyedia"),
        ("cash", {"amount": "5.000"}, "minimum Rp10.000"),
        ("cash", {"amount": "99.000"}, "dapat ditarik Rp23.537"),
        ("cash", {"amount": "sepuluh"}, "dengan angka"),
    ],
)
def test_the_wizard_says_at_the_field_what_is_wrong(connected, kind, given, said):
    browser, home = mine(connected)
    submission = sent(words(browser.get(f"{home}tarik/{kind}/")))["submission"]
    answer = browser.post(f"{home}tarik/{kind}/", given | {"submission": submission, "sure": "1"})
    assert answer.status_code == 422 and said in words(answer) and not Withdrawal.objects.exists()


def test_gold_shows_both_prices_and_a_bill_takes_the_billers_amount(connected):
    browser, home = mine(connected)
    booked(connected, (("LOG-02", "10.000"),))
    submission = sent(words(browser.get(f"{home}tarik/gold/")))["submission"]
    page = words(browser.post(f"{home}tarik/gold/", {"amount": "100000", "submission": submission}))
    assert "0,0905 g" in page and "Rp1.104.000" in page and "Rp1.042.000" in page
    given = {"amount": "1", "target": "140502000100100010", "submission": submission}
    assert sent(words(browser.post(f"{home}tarik/pbb_tax/", given)))["amount"] == "42000"


def test_without_a_biller_nothing_is_held(saver):
    browser, home = mine(saver)
    submission = sent(words(browser.get(f"{home}tarik/power_token/")))["submission"]
    answer = browser.post(
        f"{home}tarik/power_token/", {"amount": "17500", "target": METER, "submission": submission}
    )
    assert answer.status_code == 422 and "belum tersambung" in words(answer)
    assert (
        browser.get(f"{home}tarik/gold/x/").status_code
        == 404
        == browser.get(f"{home}tarik/rumah/").status_code
    )


def test_the_customer_cancels_what_nobody_approved(saver):
    browser, _ = mine(saver)
    booked(saver, (("LOG-02", "30.000"),))
    booked(saver, (("LOG-02", "29.000"),))
    taken = withdrawn(saver, amount=500_001)
    page = f"/bank-sampah/tarik/{taken.case.number}/"
    assert "Batalkan" in words(browser.get(page))
    assert browser.post(f"{page}batal/").status_code == 302
    assert "Batalkan" not in words(browser.get(page))
    assert books.standing(saver.customer).holds == 0


def test_the_desk_pays_step_by_step(saver):
    vouched(saver)
    treasurer, home = desk(saver)
    assert (
        treasurer.post(f"{home}uang/tarik/", {"kind": "cash"}).headers["Location"]
        == f"{home}uang/tarik/cash/"
    )
    submission = sent(words(treasurer.get(f"{home}uang/tarik/cash/")))["submission"]
    given = {"customer": "1", "amount": "20.000", "submission": submission}
    assert "Nomor nasabah itu tidak ada" in words(treasurer.post(f"{home}uang/tarik/cash/", given))
    given["customer"] = saver.customer.number
    assert treasurer.post(f"{home}uang/tarik/cash/", given).status_code == 302
    taken = Withdrawal.objects.get()
    page = words(treasurer.get(f"{home}uang/"))
    assert taken.case.number in page and "Bayarkan" in page and "tertutup" in page
    step = f"{home}uang/{taken.case.number}/"
    assert treasurer.post(f"{step}execute/").status_code == 302
    assert treasurer.post(f"{step}pay/", {"reference": ""}).status_code == 302
    assert books.money_in(saver.bank) == 980_000 and found.by_key(taken.pk).case.state == "paid"
    assert signed_in(saver.weigher).get(f"{step}pay/").status_code == 403
    assert treasurer.get(f"{step}nothing/").status_code == 404


def test_vouchers_and_the_red_banner(saver, office):
    treasurer, home = desk(saver)
    page = words(treasurer.get(f"{home}uang/bukti/"))
    given = {
        "submission": sent(page)["submission"],
        "kind": "cost",
        "account": "1101",
        "note": "Karung",
        "amount": "1000",
    }
    assert "Uang tercatat hanya Rp0" in words(treasurer.post(f"{home}uang/bukti/", given))
    booked(saver, (("KRT-01", "10"),))
    sold(saver, office, price=1_000)
    assert treasurer.post(f"{home}uang/bukti/", given).status_code == 302
    assert Voucher.objects.get().number == f"BK-{saver.bank.bank_no}-2026-00001"
    page = words(treasurer.get(f"{home}uang/"))
    assert "Uang nasabah tidak tertutup: 80,2 %" in page and "Karung" in page
    assert "Uang nasabah tidak tertutup" in words(signed_in(saver.director).get(home))


def test_the_surplus_is_shared_from_the_desk(saver, office, clock):
    booked(saver, (("KRT-01", "10"),))
    sold(saver, office)
    with clock(APRIL):
        closed(saver)
        director, home = desk(saver, "director")
        day = {"month": "2026-03-15"}
        assert director.post(f"{home}uang/shu/", day).status_code == 302
        assert "sudah dibagikan" in words(director.post(f"{home}uang/shu/", day))
        assert "1 nasabah" in words(director.get(f"{home}uang/"))
    assert Distribution.objects.get().net == 8_000


def test_statements_and_receipts_come_as_pdf_to_those_who_may(saver, central):
    browser, home = mine(saver)
    day = {"since": "2026-03-01", "until": "2026-03-07"}
    address = browser.post(f"{home}koran/", day).headers["Location"]
    answer = browser.get(address)
    assert answer.content.startswith(b"%PDF") and answer.headers["Cache-Control"] == "private, no-store"
    assert signed_in(central.director).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert browser.post(f"{home}koran/", day | {"until": "2026-03-09"}).status_code == 422
    assert browser.post(f"{home}buku/").status_code == 302
    assert "Rekening koran" in words(browser.get(home))
    weigher, bank = desk(saver, "weigher")
    number = Deposit.objects.get().number
    answer = weigher.post(f"{bank}setoran/{number}/struk/")
    assert weigher.get(answer.headers["Location"]).content.startswith(b"%PDF")
    assert "Cetak" in words(weigher.get(bank))
    assert weigher.post(f"{bank}nasabah/{saver.customer.number}/koran/", day).status_code == 302
    assert weigher.post(f"{bank}nasabah/{saver.customer.number}/cetak/").status_code == 302
    assert set(Paper.objects.values_list("kind", flat=True)) == {"statement", "passbook", "receipt"}


def test_the_office_sees_an_account_only_for_a_reason_that_is_kept(office, saver):
    registrar, bank = signed_in(office.registrar), f"{HERE}{saver.bank.code}/"
    number = saver.customer.number
    assert registrar.get(f"{bank}nasabah/{number}/").status_code == 403
    assert registrar.get(f"{bank}berkas/buku.beancount").status_code == 403
    assert registrar.post(f"{bank}periksa/", {"customer": number, "purpose": "ingin"}).status_code == 422
    page = words(registrar.post(f"{bank}periksa/", {"customer": number, "purpose": "Aduan saldo nomor 12."}))
    assert "Rp23.537" in page and "Cetak buku" not in page
    assert Event.objects.get(kind="wastebank.account.read").purpose == "Aduan saldo nomor 12."
    paper = mine(saver)[0].post(f"/bank-sampah/tabungan/{number}/buku/").headers["Location"]
    assert registrar.get(paper).status_code == 404


def test_files_to_take_along(saver, office, tmp_path):
    booked(saver, (("KRT-01", "10"),))
    sold(saver, office)
    director, home = desk(saver, "director")
    assert "Paket data 2026" in words(director.get(f"{home}berkas/"))
    file = tmp_path / "book.beancount"
    file.write_bytes(director.get(f"{home}berkas/buku.beancount").content)
    tool = Path(sys.executable).parent / "bean-check"
    assert subprocess.run([tool, file], check=False).returncode == 0
    assert director.get(f"{home}berkas/2026.zip").content.startswith(b"PK")
    report = director.post(f"{home}berkas/", {"month": "2026-03-01"}).headers["Location"]
    assert director.get(report).content.startswith(b"%PDF")
    assert director.get(f"{home}rute/").content.startswith(b"%PDF")
    number = saver.bank.sales.get().number
    assert director.post(f"{home}dagang/nota/{number}/").status_code == 302
    registrar = signed_in(office.registrar)
    book = registrar.post(f"{HERE}kabupaten/sipsn/", {"year": "2026", "half": "1"})
    assert load_workbook(io.BytesIO(book.content)).worksheets[0]["A3"].value == saver.bank.code
    text = words(registrar.post(f"{HERE}kabupaten/sipsn/", {"year": "2026", "half": "1", "csv": "1"}))
    assert text.startswith("\ufeffKode,") and saver.bank.code in text
    assert saver.bank.code in words(registrar.get(f"{HERE}kabupaten/bank.csv"))


def test_accounts_are_opened_found_and_closed_at_the_desk(saver):
    director, home = desk(saver, "director")
    page = words(director.get(f"{home}nasabah/buka/"))
    request = re.search(r'name="request" value="([^"]+)"', page)[1]
    given = {"name": "Keluarga Wan", "kind": "household", "household_size": "4", "request": request}
    assert director.post(f"{home}nasabah/buka/", given).status_code == 422
    for _ in "ab":
        assert director.post(f"{home}nasabah/buka/", given | {"consent": "on"}).status_code == 302
    made = Customer.objects.get(name="Keluarga Wan")
    assert made.number in words(director.get(f"{home}nasabah/?cari=wan"))
    assert director.get(f"{home}nasabah/{made.number}/").status_code == 200
    reason = {"reason": "Pindah ke luar daerah."}
    mine_too = f"{home}nasabah/{saver.customer.number}/tutup/"
    assert "diselesaikan lebih dulu" in words(director.post(mine_too, reason))
    assert director.post(f"{home}nasabah/{made.number}/tutup/", reason).status_code == 302
    made.refresh_from_db()
    assert made.status == "closed"


def test_the_list_of_customers_goes_on_by_number(saver):
    for name in range(25):
        opened(saver, f"Nasabah {name:02d}")
    treasurer, home = desk(saver)
    page = words(treasurer.get(f"{home}nasabah/"))
    mark = re.search(r"sesudah=(\d+)", page)[1]
    assert page.count('scope="row"') == 20
    assert words(treasurer.get(f"{home}nasabah/?sesudah={mark}")).count('scope="row"') == 6


def test_an_import_is_tried_and_then_taken_from_its_page(saver):
    director, home = desk(saver, "director")

    def send(button: str, total: str = "200.500"):
        file = SimpleUploadedFile("nasabah.xlsx", sheet(ANI, BUDI))
        return director.post(f"{home}nasabah/impor/", {"file": file, "total": total, button: "1"})

    assert "angka kontrol Rp1" in words(send("try", "1")) and Customer.objects.count() == 1
    assert "Percobaan berhasil: 2 nasabah" in words(send("try")) and Customer.objects.count() == 1
    assert send("take").status_code == 302 and Customer.objects.count() == 3


def test_officers_and_scales(saver, office):
    director, home = desk(saver, "director")
    given = {"serial": "TB-60", "capacity_kg": "60", "division_g": "10", "verified_until": "2026-12-31"}
    assert director.post(f"{home}timbangan/tambah/", given).status_code == 302
    scale = Scale.objects.get(serial="TB-60")
    assert (
        director.post(f"{home}timbangan/{scale.pk}/tera/", {"verified_until": "2027-12-31"}).status_code
        == 302
    )
    page = words(director.get(f"{home}pengurus/"))
    assert "TB-60" in page and "31 Des 2027" in page and "DIRECTOR MELATI" in page
    strange = {"nik": "1405026504930002", "post": "driver", "since": "2026-03-01"}
    assert "belum punya akun" in words(director.post(f"{home}pengurus/tambah/", strange))
    held = saver.bank.officers.get(post="driver")
    assert director.post(f"{home}pengurus/{held.pk}/akhiri/", {"until": "2026-03-07"}).status_code == 302
    held.refresh_from_db()
    assert held.until == NOW.date()


def test_buyers_and_what_they_pay(office, saver):
    registrar = signed_in(office.registrar)
    assert registrar.post(f"{HERE}kabupaten/pembeli/", {"code": "PGL-1", "name": "Jaya"}).status_code == 302
    buyer = Collector.objects.get()
    given = {"collector": buyer.pk, "material": "KRT-01", "sell_price": "2.300", "valid_on": "2026-03-07"}
    assert registrar.post(f"{HERE}kabupaten/pembeli/harga/", given).status_code == 302
    assert Offer.objects.get().sell_price == 2_300
    assert "Jaya" in words(registrar.get(f"{HERE}kabupaten/"))


def test_a_disputed_transfer_and_a_lost_leg_end_on_their_pages(central, saver):
    booked(saver, (("KRT-01", "20"),))
    moved = trade.send(
        actor=saver.weigher, bank=saver.bank, goods=[trade.Goods("KRT-01", D(20), 1_800)], at=NOW
    )
    there = f"{HERE}{central.bank.code}/dagang/"
    signed_in(central.weigher).post(f"{there}terima/{moved.number}/", {"KRT-01": "25"})
    assert Transfer.objects.get().state == "conflict"
    director = signed_in(central.director)
    assert "Sepakati berat" in words(director.get(there))
    given = {"KRT-01": "15", "reason": "Ditimbang ulang berdua."}
    assert director.post(f"{there}sepakati/{moved.number}/", given).status_code == 302
    home = f"{HERE}{saver.bank.code}/dagang/"
    unit = signed_in(saver.director)
    assert "Selisih kiriman" in words(unit.get(home))
    (line,) = moved.lines.all()
    cause = {"cause": "moisture", "explanation": "Kehujanan."}
    assert unit.post(f"{home}hilang/{line.pk}/", cause).status_code == 302
    assert "Selisih kiriman" not in words(unit.get(home))


def test_everybody_sees_the_effect_and_the_leaders(saver, office):
    Customer.objects.filter(pk=saver.customer.pk).update(nickname="Ibu Nur", household_size=2)
    booked(saver, (("KRT-01", "10"),))
    sold(saver, office)
    page = words(Client().get("/bank-sampah/manfaat/"))
    assert "Ibu Nur" in page and "8,1" in page and "bukan kredit karbon" in page and "Nurlela" not in page
    assert "Belum ada yang ikut" in words(Client().get("/bank-sampah/manfaat/?kelas=schools"))
    assert Client().get("/bank-sampah/manfaat/?kelas=x").status_code == 200


def test_the_card_holds_a_token_and_nothing_about_the_person(saver):
    browser, home = mine(saver)
    page = words(browser.get(f"{home}kartu/"))
    assert "<svg" in page and saver.customer.number in page
    assert signed_in(saver.director).get(f"{home}kartu/").status_code == 404
