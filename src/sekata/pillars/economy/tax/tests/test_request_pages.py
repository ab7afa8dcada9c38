"""One page for every request: its steps by right, its fields by step, nobody else's."""

from datetime import date

from sekata.pillars.economy.tax.actions import billing, enrolling, transfers
from sekata.pillars.economy.tax.models import Taxpayer, Transfer
from sekata.pillars.economy.tax.tests.conftest import NOW
from sekata.pillars.economy.tax.tests.ground import land, zone
from sekata.pillars.economy.tax.tests.test_enrolling import applicant
from sekata.pillars.economy.tax.tests.test_pages import enter
from sekata.pillars.economy.tax.tests.test_transfers import SYSTEM, deal
from sekata.pillars.economy.tax.views.requests import STEPS
from sekata.pillars.economy.tax.workflow import WORKFLOWS


def test_every_step_of_a_person_has_its_button_or_is_named_here():
    later = {("tax.spop", "complete"), ("tax.transfer", "register")}
    for flow in WORKFLOWS[:7]:
        for edge in flow.transitions:
            assert edge.automatic or edge.name in STEPS[flow.code] or (flow.code, edge.name) in later


def test_a_registration_goes_through_its_page(client, office):
    made = enrolling.apply(actor=office.payer, applicant=applicant(), at=NOW)
    address = f"/pajak/urusan/{made.case.number}/"
    enter(client, office.registrar)
    assert "Data cocok" in client.get(address).content.decode()
    assert client.post(address, {"lakukan": "activate", "reason": ""}).status_code == 422
    assert client.post(address, {"lakukan": "verify", "reason": ""}).status_code == 302
    bad = client.post(address, {"lakukan": "activate", "word": ""})
    assert bad.status_code == 422 and "Isi bagian ini" in bad.content.decode()
    assert client.post(address, {"lakukan": "activate", "word": "02.07"}).status_code == 302
    assert Taxpayer.objects.filter(name="ZULKIFLI EFENDI").exists()


def test_the_applicant_sees_no_buttons_and_a_stranger_nothing(client, office):
    made = enrolling.apply(actor=office.payer, applicant=applicant(), at=NOW)
    address = f"/pajak/urusan/{made.case.number}/"
    enter(client, office.payer)
    page = client.get(address).content.decode()
    assert "Pendaftaran Anda kami terima" in page and "lakukan" not in page
    client.logout()
    enter(client, office.stranger)
    assert client.get(address).status_code == 404


def test_a_ppat_has_a_board_and_takes_a_transfer_to_its_deed(client, office):
    zone(value=200_000)
    made = transfers.draft(actor=office.ppat, deal=deal(land(office.taxpayer, area=2_000)), at=NOW)
    address = f"/pajak/urusan/{made.case.number}/"
    enter(client, office.ppat)
    assert made.case.number in client.get("/kerja/pajak/bphtb/").content.decode()
    for verb in ("check", "bill"):
        assert client.post(address, {"lakukan": verb}).status_code == 302
    fresh = Transfer.objects.select_related("case__unit").get()
    billing.settle_transfer(actor=SYSTEM, transfer=fresh, ntpd="1", on=date(2026, 2, 2), at=NOW)
    transfers.validate(actor=office.validator, transfer=fresh, at=NOW)
    given = {"lakukan": "use", "word": "12/2026", "on": "2026-02-03"}
    assert client.post(address, given).status_code == 302
    assert Transfer.objects.get().deed_number == "12/2026"
    assert client.post(address, given).status_code == 422
