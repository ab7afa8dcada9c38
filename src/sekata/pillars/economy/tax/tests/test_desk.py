"""Officers' pages: law by two persons, billboards, wells, audit, collection, deeds, the leadership's board."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from sekata.lib.tests.helpers import refusal
from sekata.pillars.economy.tax.actions import assessing, auditing, billing, returns
from sekata.pillars.economy.tax.codes import Ground, TaxType
from sekata.pillars.economy.tax.models import (
    Assessment,
    CollectionAct,
    MassBatch,
    PpatReport,
    Receipt,
    RevenueTarget,
    TariffSet,
    TaxObject,
    ZoneValue,
)
from sekata.pillars.economy.tax.queries import compliance, desk, receipts
from sekata.pillars.economy.tax.rules.advertising import Display
from sekata.pillars.economy.tax.tests.conftest import NOW, PBB_VILLAGE, officer
from sekata.pillars.economy.tax.tests.ground import HOUSE, land, zone
from sekata.pillars.economy.tax.tests.letters import open_letter, tax_object
from sekata.pillars.economy.tax.tests.test_books import SYSTEM
from sekata.pillars.economy.tax.tests.test_mass import issued
from sekata.pillars.economy.tax.tests.test_pages import enter

DESK = "/kerja/pajak/"


def test_r1_a_tariff_needs_two_persons_and_stays_within_the_law(client, office, clock):
    keeper, approver = (officer(role, role, office.unit) for role in ("rule_keeper", "rule_approver"))
    given = {"tax_type": "03", "sub_class": "general", "valid_from": "2027-01-01", "legal_ref": "Perda 1/2026 Pasal 9",
             "rate_1": "9,5"}  # fmt: skip
    enter(client, keeper)
    with clock(NOW):
        bad = client.post(f"{DESK}tarif/", given | {"rate_1": "11"})
        assert bad.status_code == 422 and "UU 1/2022 Pasal 58" in bad.content.decode()
        assert client.post(f"{DESK}tarif/", given).status_code == 302
        made = TariffSet.objects.get(valid_from=date(2027, 1, 1))
        assert client.post(f"{DESK}tarif/{made.pk}/setujui/").status_code == 403
        client.logout()
        enter(client, approver)
        assert "Usulan" in client.get(f"{DESK}tarif/").content.decode()
        assert client.post(f"{DESK}tarif/{made.pk}/setujui/").status_code == 302
    made.refresh_from_db()
    assert made.approver == approver.person


def test_r4_r23_values_and_targets_are_entered_by_one_and_approved_by_another(client, office, clock):
    enter(client, office.assessor)
    value = {"village": PBB_VILLAGE, "zone": "AB", "tax_year": "2027", "market_value": "82.000",
             "basis": "Penilaian lapangan 2026"}  # fmt: skip
    wanted = {"year": "2026", "version": "murni", "valid_from": "2026-01-01", "basis": "Perda APBD 2026",
              "tax_01": "1.000.000"}  # fmt: skip
    with clock(NOW):
        assert client.post(f"{DESK}zona/", value).status_code == 302
        assert client.post(f"{DESK}target/", wanted).status_code == 302
        assert client.post(f"{DESK}target/", wanted).status_code == 422
        client.logout()
        enter(client, office.head)
        assert "AB" in client.get(f"{DESK}zona/?desa={PBB_VILLAGE}").content.decode()
        assert client.post(f"{DESK}zona/{ZoneValue.objects.get().pk}/setujui/").status_code == 302
        assert "Setujui target versi murni" in client.get(f"{DESK}target/?tahun=2026").content.decode()
        assert client.post(f"{DESK}target/2026/murni/setujui/").status_code == 302
        assert client.post(f"{DESK}target/2026/lain/setujui/").status_code == 404
    assert ZoneValue.objects.get().approver == RevenueTarget.objects.get().approver == office.head.person


def test_r8_an_expired_billboard_stands_on_the_street_check_map(client, office, clock):
    board = tax_object(office, TaxType.ADVERTISING)
    TaxObject.objects.update(lat=0.4, lon=101.9)
    display = Display(Decimal(4), Decimal(6), 2, 30, 5_000)
    letter = assessing.draft_advertising(
        actor=office.assessor, tax_object=board, display=display, starts=date(2026, 2, 2), at=NOW
    )
    assert letter.principal == 1_800_000
    enter(client, office.assessor)
    with clock(datetime(2026, 3, 3, 18, tzinfo=UTC)):
        page = client.get(f"{DESK}reklame/").content.decode()
    assert "1 reklame habis masa" in page and "<svg" in page
    with clock(datetime(2026, 3, 3, 5, tzinfo=UTC)):
        assert not any(one.expired for one in desk.billboards(date(2026, 3, 3)))
        given = {"width": "4", "height": "6", "sides": "2", "days": "30", "road": "A", "starts": "2026-03-04"}
        made = client.post(f"{DESK}usaha/{board.number}/", given)
    assert made.status_code == 302 and made.url.startswith(f"{DESK}ketetapan/SKPD-2026-")


def test_r8_a_well_is_read_on_its_page(client, office, clock):
    well = tax_object(office, TaxType.GROUNDWATER)
    enter(client, office.assessor)
    with clock(NOW):
        back = client.post(
            f"{DESK}usaha/{well.number}/", {"period": "2026-01", "before": "900", "now": "400"}
        )
        assert back.status_code == 422 and "lebih kecil" in back.content.decode()
        given = {"period": "2026-01", "before": "0", "now": "500"}
        assert client.post(f"{DESK}usaha/{well.number}/", given).status_code == 302
        page = client.get(f"{DESK}air-tanah/").content.decode()
    assert Assessment.objects.get().principal == 250_000 and "2026-01" in page and "500 m³" in page


def test_r11_the_worksheet_proposes_and_another_person_approves_and_issues(client, office, clock):
    shop = tax_object(office, TaxType.FOOD)
    begun = returns.begin(actor=office.payer, tax_object=shop, period="2025-12", submission=uuid4(), at=NOW)
    returns.file(actor=office.payer, filing=begun, lines=[{"label": "Makan", "received": 48_500_000}], at=NOW)
    enter(client, office.auditor)
    given = {"number": shop.number, "period": "2025-12", "ground": "audit", "found": "100.000.000",
             "reason": "Nota kasir lebih besar dari SPTPD."}  # fmt: skip
    with clock(NOW):
        made = client.post(f"{DESK}pemeriksaan/", given)
        assert made.status_code == 302
        page = client.get(made.url).content.decode()
        assert "Rp5.150.000" in page and 'value="approve"' not in page
        assert client.post(f"{DESK}pemeriksaan/", given).status_code == 422
        client.logout()
        enter(client, office.audit_head)
        assert client.post(made.url, {"lakukan": "approve"}).status_code == 302
        assert client.post(made.url, {"lakukan": "issue"}).status_code == 422
        client.logout()
        enter(client, office.assessor)
        assert client.post(made.url, {"lakukan": "issue"}).status_code == 302
        assert client.post(made.url, {"lakukan": "deliver", "receiver": "Rina"}).status_code == 302
    assert Assessment.objects.get(kind="skpdkb").state == "delivered"


def test_r11_nothing_short_is_no_finding(office):
    shop = tax_object(office, TaxType.FOOD)
    given = {"actor": office.auditor, "tax_object": shop, "period": "2025-12", "ground": Ground.AUDIT,
             "reason": "Tidak ada kekurangan.", "at": NOW}  # fmt: skip
    assert refusal(auditing.propose, found=Decimal(0), **given) == ["shortage"]
    well = tax_object(office, TaxType.GROUNDWATER)
    assert refusal(auditing.propose, found=Decimal(5), **given | {"tax_object": well}) == ["number"]


def test_r15_collection_moves_over_the_board(client, office, clock):
    letter = open_letter(office)
    Assessment.objects.update(state="due")
    enter(client, office.bailiff)
    address = f"{DESK}penagihan/{letter.number}/"
    with clock(datetime(2026, 3, 20, 5, tzinfo=UTC)):
        assert letter.number in client.get(f"{DESK}penagihan/").content.decode()
        early = client.post(address, {"on": letter.due_on.isoformat(), "hour": "09:00"})
        assert early.status_code == 422 and "paling cepat" in early.content.decode()
        assert client.post(address, {"on": "2026-03-20", "hour": "09.00"}).status_code == 302
        assert "Surat Paksa" in client.get(address).content.decode()
    act = CollectionAct.objects.get()
    assert act.kind == "warned" and act.served_at == datetime(2026, 3, 20, 2, tzinfo=UTC)


def test_r6_deeds_are_reported_by_their_ppat(client, office, clock):
    enter(client, office.ppat)
    with clock(NOW):
        bad = client.post(f"{DESK}akta/", {"period": "2026-01", "deeds": "1/2026 saja"})
        assert bad.status_code == 422 and "Baris 1" in bad.content.decode()
        given = {
            "period": "2026-01",
            "deeds": "1/2026; 2026-01-05; Akta jual beli\n2/2026; 2026-01-09; Hibah",
        }
        assert client.post(f"{DESK}akta/", given).status_code == 302
    assert len(PpatReport.objects.get().deeds) == 2
    client.logout()
    enter(client, office.treasurer)
    assert "2026-01" in client.get(f"{DESK}akta/").content.decode()


def test_the_cockpit_shows_what_is_far_from_its_village(client, office):
    zone()
    for serial in range(1, 9):
        land(office.taxpayer, serial, area=600)
    land(office.taxpayer, 9, area=600_000)
    issued(office)
    found = desk.outliers(MassBatch.objects.get())
    assert [line.nop[13:17] for line in found] == ["0009"]
    enter(client, office.assessor)
    assert "Jauh di luar kebiasaan" in client.get(f"{DESK}penetapan/2026/").content.decode()


@pytest.fixture
def paid(office) -> Assessment:
    """Land tax of 83,000, paid in March; a target of a million."""
    zone()
    land(office.taxpayer, buildings=HOUSE)
    issued(office)
    letter = Assessment.objects.select_related("land").get()
    RevenueTarget.objects.create(
        year=2026, version="murni", tax_type="01", amount=1_000_000, basis="Perda", valid_from=date(2026, 1, 1),
        approved_at=NOW,
    )  # fmt: skip
    billing.settle_assessment(
        actor=SYSTEM, assessment=letter, amount=83_000, on=date(2026, 3, 2), channel="briva", at=NOW
    )
    return letter


def test_r23_the_leaderships_board_counts_what_came_in(client, office, paid, clock):
    with clock(datetime(2026, 3, 2, 5, tzinfo=UTC)):
        (row,) = receipts.realised(date(2026, 3, 2))
        assert (row.today, row.month, row.year, row.percent) == (83_000, 83_000, 83_000, Decimal("8.3"))
        assert receipts.by_district(2026) == {"14.05.02": 83_000}
        assert receipts.digital(date(2026, 1, 1), date(2026, 12, 31)) == (83_000, 83_000)
        assert receipts.curve(2026, date(2026, 3, 2))[:4] == [0, 0, 83_000, None]
        assert receipts.forecast(date(2026, 3, 2)) is None
        assert compliance.paid_in_time(date(2026, 1, 1), date(2026, 12, 31)) == (1, 1)
        open_letter(office)
        Assessment.objects.filter(kind="skpdkb").update(state="due")
        enter(client, office.head)
        page = client.get(f"{DESK}penerimaan/").content.decode()
        assert client.get(f"{DESK}kepatuhan/").status_code == 200
    assert "Rp83.000" in page and "RINA MARLINA" in page


def test_names_of_debtors_are_masked_for_those_who_may_not_see_taxpayers(client, office, clock):
    open_letter(office)
    Assessment.objects.update(state="due")
    enter(client, officer("pimpinan", "secretary", office.unit))
    page = client.get(f"{DESK}penerimaan/").content.decode()
    assert "R*** M******" in page and "RINA MARLINA" not in page


def test_r23_what_went_back_is_no_receipt(office, paid):
    billing.unsettle_assessment(actor=SYSTEM, assessment=paid, amount=83_000, on=date(2026, 3, 2), at=NOW)
    assert receipts.received(date(2026, 1, 1), date(2026, 12, 31)) == {"01": 0}
    assert Receipt.objects.count() == 2
