"""A taxpayer's own pages: registering, declaring land, a duty with its PPAT, requests about letters, proxies."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from sekata.kernel.filters import visible
from sekata.kernel.journal.models import Event
from sekata.kernel.people import vault
from sekata.kernel.people.models import Identifier
from sekata.lib.actor import NOBODY
from sekata.lib.tests.helpers import refusal
from sekata.pillars.economy.tax.actions import billing, proxies, relief, returns, transfers
from sekata.pillars.economy.tax.codes import TaxType
from sekata.pillars.economy.tax.models import (
    Assessment,
    InstalmentPlan,
    LandVersion,
    Objection,
    Proxy,
    Refund,
    Registration,
    Relief,
    Spop,
    TaxReturn,
    Transfer,
)
from sekata.pillars.economy.tax.queries.owing import assessments
from sekata.pillars.economy.tax.rights import NOTARY
from sekata.pillars.economy.tax.tests.conftest import NOW, VILLAGE
from sekata.pillars.economy.tax.tests.ground import HOUSE, land, zone
from sekata.pillars.economy.tax.tests.letters import open_letter, tax_object
from sekata.pillars.economy.tax.tests.test_books import SYSTEM
from sekata.pillars.economy.tax.tests.test_mass import issued
from sekata.pillars.economy.tax.tests.test_pages import enter
from sekata.pillars.economy.tax.tests.test_transfers import deal

GROUNDS = "Nilai tanah tidak sesuai keadaan di lapangan."
NIK = "1405025208900003"
TODAY = date(2026, 2, 2)


def known_nik(person: int) -> None:
    Identifier.objects.create(person_id=person, kind="nik", lookup=vault.lookup("nik", NIK))


def test_registering_with_a_business(client, office, clock):
    enter(client, office.stranger)
    given = {
        "kind": "1", "name": "Zulkifli Efendi", "number": NIK, "village": VILLAGE, "address": "Jalan Maharaja 5",
        "tax_type": "03", "business": "",
    }  # fmt: skip
    with clock(NOW):
        bad = client.post("/pajak/daftar/", given)
        assert bad.status_code == 422 and "Tulis nama usahanya" in bad.content.decode()
        assert client.post("/pajak/daftar/", given | {"number": "12"}).status_code == 422
        made = client.post("/pajak/daftar/", given | {"business": "RM Tepian"})
    registration = Registration.objects.get()
    assert made.url == f"/pajak/urusan/{registration.case.number}/"
    page = client.get(made.url).content.decode()
    assert "RM Tepian" in page and "Jalan Maharaja 5" in page and NIK not in page


def test_declaring_land_that_is_new_changed_or_gone(client, office, clock):
    zone()
    own = land(office.taxpayer, buildings=HOUSE)
    enter(client, office.payer)
    new = {"kind": "1", "village": VILLAGE, "block": "001", "land_area": "300", "land_kind": "1", "use": "general",
           "building_area": "54", "building_use": "01", "year_built": "2025"}  # fmt: skip
    with clock(NOW):
        assert client.post("/pajak/spop/", {"kind": "1"}).status_code == 422
        assert client.post("/pajak/spop/", new).status_code == 302
        update = {"kind": "2", "nop": own.land.nop, "land_area": "610", "land_kind": "1", "use": "general"}
        assert client.post("/pajak/spop/", update).status_code == 302
        assert client.post("/pajak/spop/", {"kind": "3", "nop": own.land.nop}).status_code == 302
    first, second, third = Spop.objects.order_by("pk")
    assert first.others == ["1405010001001"] and first.content[0]["zone"] == "AA"
    assert first.content[0]["buildings"][0]["market_value"] == 1_200_000
    assert second.content[0]["land_area"] == 610 and second.content[0]["buildings"][0]["area"] == 120
    assert third.content == []


def test_nobody_declares_a_strangers_land(client, office, clock):
    zone()
    theirs = land(office.taxpayer, 7)
    LandVersion.objects.filter(pk=theirs.pk)
    enter(client, office.stranger)
    with clock(NOW):
        answer = client.post("/pajak/spop/", {"kind": "3", "nop": theirs.land.nop})
    assert answer.status_code == 422 and not Spop.objects.exists()


def test_the_same_form_sent_twice_is_one_request(client, office, clock):
    zone()
    own = land(office.taxpayer)
    enter(client, office.payer)
    with clock(NOW):
        client.get("/pajak/spop/")
        key = client.session["tax:/pajak/spop/"]
        given = {"kind": "3", "nop": own.land.nop}
        client.post("/pajak/spop/", given)
        session = client.session
        session["tax:/pajak/spop/"] = key
        session.save()
        assert client.post("/pajak/spop/", given).status_code == 302
    assert Spop.objects.count() == 1


def test_r5_a_duty_is_drafted_and_given_to_a_ppat(client, office, clock):
    zone(value=200_000)
    own = land(office.taxpayer, area=2_000)
    enter(client, office.stranger)
    given = {
        "code": "01", "nop": own.land.nop, "buyer_name": "Budi", "buyer_nik": NIK, "seller_name": "Rina Marlina",
        "land_area": "2000", "value": "350.000.000", "ppat": str(office.ppat.person), "kinship": "", "exemption": "",
    }  # fmt: skip
    with clock(NOW):
        assert client.post("/pajak/bphtb/baru/", given).status_code == 302
    made = Transfer.objects.select_related("case__unit").get()
    assert made.ppat_id == office.ppat.person and made.duty == 16_000_000
    transfers.check(actor=office.ppat, transfer=made, at=NOW)
    assert refusal(transfers.bill, actor=office.payer, transfer=made, at=NOW) == ["no_right"]
    client.logout()
    enter(client, office.ppat)
    page = client.get(f"/pajak/urusan/{made.case.number}/").content.decode()
    assert "Tagihkan" in page and "Rp16.000.000" in page and NIK not in page


def test_the_ppats_right_says_the_same_in_sql_and_in_python(office):
    zone(value=200_000)
    made = transfers.draft(actor=office.payer, deal=deal(land(office.taxpayer, area=2_000)), at=NOW)
    transfers.assign(actor=office.payer, transfer=made, ppat=office.ppat.person, at=NOW)
    row = Transfer.objects.select_related("case").get()
    for actor in (office.ppat, office.payer, office.stranger, NOBODY):
        assert visible(Transfer.objects, NOTARY, actor).exists() == NOTARY.allows(actor, row)
    assert NOTARY.allows(office.ppat, row)


def test_only_a_registered_ppat_is_given_a_draft(office):
    zone(value=200_000)
    made = transfers.draft(actor=office.payer, deal=deal(land(office.taxpayer, area=2_000)), at=NOW)
    given = {"actor": office.payer, "transfer": made, "at": NOW}
    assert refusal(transfers.assign, ppat=office.stranger.person, **given) == ["ppat"]


@pytest.mark.parametrize(
    ("what", "field", "typed", "model"),
    [
        ("keberatan", "undisputed", "0", Objection),
        ("pengurangan", "asked", "1.000.000", Relief),
        ("angsuran", "parts", "6", InstalmentPlan),
        ("pengembalian", "asked", "500.000", Refund),
    ],
)
def test_r13_r14_r16_what_may_be_asked_about_a_letter(client, office, clock, what, field, typed, model):
    letter = open_letter(office)
    if model is Refund:
        billing.settle_assessment(actor=SYSTEM, assessment=letter, amount=letter.total, on=TODAY, at=NOW)
    address = f"/pajak/ketetapan/{letter.number}/{what}/"
    enter(client, office.payer)
    with clock(NOW):
        assert client.post(address, {field: typed, "grounds": "pendek"}).status_code == 422
        assert client.post(address, {field: typed, "grounds": GROUNDS}).status_code == 302
        assert client.get("/pajak/ketetapan/SKPD-1/keberatan/").status_code == 404
        assert client.get(address.replace(what, "lain")).status_code == 404
    made = model.objects.get()
    page = client.get(f"/pajak/urusan/{made.case.number}/").content.decode()
    assert letter.number in page and GROUNDS in page


def test_a_letter_is_its_taxpayers_own_page(client, office, clock):
    letter = open_letter(office)
    enter(client, office.payer)
    with clock(NOW):
        page = client.get(f"/pajak/ketetapan/{letter.number}/").content.decode()
        home = client.get("/pajak/saya/").content.decode()
    assert "Rp24.000.000" in page and "Mohon angsuran" in page and letter.number in home
    client.logout()
    enter(client, office.stranger)
    assert client.get(f"/pajak/ketetapan/{letter.number}/").status_code == 404
    assert letter.number not in client.get("/pajak/saya/").content.decode()


def test_own_parcels_have_a_map_and_nobody_elses(client, office, clock):
    zone()
    ring = [[101.9, 0.4], [101.901, 0.4], [101.901, 0.401], [101.9, 0.401], [101.9, 0.4]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    own = land(office.taxpayer, polygon=shape)
    enter(client, office.payer)
    with clock(NOW):
        page = client.get("/pajak/saya/").content.decode()
    assert own.land.nop in page and "Letak bidang tanah Anda" in page


def test_a_proxy_acts_within_the_days_of_the_power_and_both_names_are_kept(client, office, clock):
    letter = open_letter(office)
    known_nik(office.stranger.person)
    enter(client, office.payer)
    given = {"taxpayer": str(office.taxpayer.pk), "nik": NIK, "starts": "2026-02-01", "ends": "2026-03-31",
             "deed": "SK-7/2026, 1 Februari 2026"}  # fmt: skip
    with clock(NOW):
        assert client.post("/pajak/kuasa/", given | {"nik": "1"}).status_code == 422
        assert client.post("/pajak/kuasa/", given | {"ends": "2026-01-01"}).status_code == 422
        assert client.post("/pajak/kuasa/", given).status_code == 302
        assert "ORANG LAIN" in client.get("/pajak/kuasa/").content.decode()
        assert letter in assessments(office.stranger)
        client.logout()
        enter(client, office.stranger)
        asked = {"asked": "1.000.000", "grounds": GROUNDS}
        assert client.post(f"/pajak/ketetapan/{letter.number}/pengurangan/", asked).status_code == 302
    event = Event.objects.get(kind="tax.relief.applied")
    assert (event.actor, event.acting_for) == (office.stranger.person, office.payer.person)
    with clock(datetime(2026, 4, 1, 3, tzinfo=UTC)):
        assert letter not in assessments(office.stranger)


def test_a_power_is_taken_back_at_once_and_a_proxy_appoints_nobody(client, office, clock):
    known_nik(office.stranger.person)
    given = {"nik": NIK, "starts": TODAY, "ends": TODAY + timedelta(30), "deed": "SK-7/2026", "at": NOW}
    with clock(NOW):
        made = proxies.appoint(actor=office.payer, taxpayer=office.taxpayer, **given)
        again = {"actor": office.stranger, "taxpayer": office.taxpayer} | given
        assert refusal(proxies.appoint, **again) == ["no_right"]
        enter(client, office.payer)
        assert client.post(f"/pajak/kuasa/{made.pk}/cabut/").status_code == 302
        assert not assessments(office.stranger).exists()
    assert Proxy.objects.get().revoked_at is not None


def test_one_box_finds_a_letter_and_a_taxpayer_and_tells_no_arrears_of_a_taxpayer(client, office, clock):
    letter = open_letter(office)
    with clock(NOW):
        found = client.get("/pajak/", {"nop": letter.number.lower()}).content.decode()
        payer = client.get("/pajak/", {"nop": "P1900000102 07".replace(" ", "")}).content.decode()
        missed = client.get("/pajak/", {"nop": "SKPDKB-2026-999999"})
    assert "Rp24.000.000" in found and "RINA" not in found
    assert "P.1.9000001.02.07" in payer and "R*** M******" in payer and "Rp" not in payer
    assert missed.status_code == 404 and "Nomor tagihan tidak ditemukan" in missed.content.decode()


def test_a_drafted_letter_is_nobodys_business(client, office, clock):
    zone()
    land(office.taxpayer, buildings=HOUSE)
    issued(office)
    sppt = Assessment.objects.get()
    with clock(NOW):
        assert "Rp83.000" in client.get("/pajak/", {"nop": sppt.number}).content.decode()
        Assessment.objects.update(state="draft")
        assert client.get("/pajak/", {"nop": sppt.number}).status_code == 404


def test_r11_a_return_is_corrected_from_its_page(client, office, clock):
    quarry = tax_object(office, TaxType.FOOD)
    begun = returns.begin(actor=office.payer, tax_object=quarry, period="2026-01", submission=uuid4(), at=NOW)
    lines = [{"label": "Makanan", "received": 48_500_000}]
    returns.file(actor=office.payer, filing=begun, lines=lines, at=NOW)
    enter(client, office.payer)
    address = f"/pajak/sptpd/{quarry.number}/2026-01/"
    with clock(NOW):
        assert "Betulkan SPTPD ini" in client.get(address).content.decode()
        assert client.post(f"{address}betulkan/").status_code == 302
        assert "Kirim SPTPD" in client.get(address).content.decode()
        assert client.post(f"{address}betulkan/").status_code == 302
    assert TaxReturn.objects.filter(period="2026-01").count() == 2


def test_r14_silence_is_not_asked_for(office):
    letter = open_letter(office)
    given = {"assessment": letter, "submission": uuid4(), "grounds": GROUNDS, "undisputed": 0, "at": NOW}
    assert refusal(relief.object_to, actor=office.stranger, **given) == ["no_right"]
