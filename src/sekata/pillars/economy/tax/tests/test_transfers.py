"""Acquisition duty from draft to deed, and the acceptance statements about it."""

from datetime import date
from uuid import uuid4

import pytest

from sekata.lib.actor import CLIENT, Actor, system
from sekata.lib.tests.helpers import refusal
from sekata.pillars.economy.tax.actions import (
    billing,
    partners,
    transfers,
)
from sekata.pillars.economy.tax.codes import (
    Acquisition,
    Kinship,
)
from sekata.pillars.economy.tax.models import (
    LandVersion,
)
from sekata.pillars.economy.tax.tests.conftest import NOW, officer, taxpayer
from sekata.pillars.economy.tax.tests.ground import land as ground
from sekata.pillars.economy.tax.tests.ground import zone
from sekata.pillars.economy.tax.tests.test_mass import issued

NIK = "1405025208900003"
SYSTEM = system("test")
LAND_OFFICE = Actor(kind=CLIENT, name="Kantor Pertanahan", via="api")
GROUNDS = "Nilai tanah tidak sesuai keadaan di lapangan."


def deal(version: LandVersion, **more: object) -> transfers.Deal:
    given = {
        "submission": uuid4(),
        "code": Acquisition.SALE,
        "nop": version.land.nop,
        "buyer_name": "Zulkifli Efendi",
        "buyer_nik": NIK,
        "seller_name": "Rina Marlina",
        "land_area": 600,
        "value": 350_000_000,
        "dates": {"binding": date(2026, 2, 1)},
    }
    return transfers.Deal(**(given | more))


@pytest.fixture
def worth_400(office) -> LandVersion:
    zone(value=200_000)
    return ground(office.taxpayer, area=2_000)


def paid(office, transfer):
    transfers.check(actor=office.ppat, transfer=transfer, at=NOW)
    transfers.bill(actor=office.ppat, transfer=transfer, at=NOW)
    return billing.settle_transfer(
        actor=SYSTEM, transfer=transfer, ntpd="14052609300000001234", on=date(2026, 2, 2), at=NOW
    )


def test_acceptance_7_sale_second_purchase_inheritance_and_single_use(office, worth_400):
    first = transfers.draft(actor=office.ppat, deal=deal(worth_400), at=NOW)
    assert (first.base, first.duty, first.due_on) == (400_000_000, 16_000_000, date(2026, 2, 1))
    paid(office, first)
    second = transfers.draft(actor=office.ppat, deal=deal(worth_400), at=NOW)
    assert second.duty == 20_000_000
    heir = {"code": Acquisition.INHERITANCE, "kinship": Kinship.DIRECT, "value": 250_000_000}
    small = ground(office.taxpayer, 5, area=1_000)
    nil = transfers.draft(actor=office.ppat, deal=deal(small, **heir), at=NOW)
    assert nil.duty == 0
    transfers.check(actor=office.ppat, transfer=nil, at=NOW)
    assert refusal(transfers.bill, actor=office.ppat, transfer=nil, at=NOW) == ["nil"]
    transfers.submit_nil(actor=office.ppat, transfer=nil, at=NOW)
    use = {"deed_number": "12/2026", "deed_date": date(2026, 2, 2), "at": NOW}
    assert refusal(transfers.use, actor=office.ppat, transfer=first, **use) == ["not_validated"]
    transfers.validate(actor=office.validator, transfer=first, at=NOW)
    transfers.use(actor=office.ppat, transfer=first, **use)
    assert refusal(transfers.use, actor=office.ppat, transfer=first, **use) == ["used"]
    partners.register(actor=LAND_OFFICE, transfer=first, at=NOW)
    assert first.case.state == "registered"


def test_a_transfer_is_stopped_by_arrears_and_by_what_does_not_match(office, worth_400):
    wrong = transfers.draft(
        actor=office.ppat, deal=deal(worth_400, seller_name="Orang Lain", land_area=9999), at=NOW
    )
    assert refusal(transfers.check, actor=office.ppat, transfer=wrong, at=NOW) == ["mismatch", "mismatch"]
    issued(office)
    right = transfers.draft(actor=office.ppat, deal=deal(worth_400), at=NOW)
    assert refusal(transfers.check, actor=office.ppat, transfer=right, at=NOW) == ["arrears"]
    transfers.withdraw(actor=office.ppat, transfer=right, at=NOW)
    unknown = deal(worth_400)
    bad = transfers.Deal(**(vars(unknown) | {"nop": "140501000100999990", "submission": uuid4()}))
    assert refusal(transfers.draft, actor=office.ppat, deal=bad, at=NOW) == ["nop_unknown"]


def test_another_ppat_neither_moves_nor_uses_a_transfer(office, worth_400):
    other = officer("other", "tax_ppat", office.unit)
    transfer = paid(office, transfers.draft(actor=office.ppat, deal=deal(worth_400), at=NOW))
    assert refusal(transfers.withdraw, actor=other, transfer=transfer, at=NOW) == ["no_right"]
    transfers.validate(actor=office.validator, transfer=transfer, at=NOW)
    given = {"deed_number": "1", "deed_date": date(2026, 2, 2), "at": NOW}
    assert refusal(transfers.use, actor=other, transfer=transfer, **given) == ["other_ppat"]


def test_research_finds_a_shortage_that_is_made_up(office, worth_400):
    transfer = paid(office, transfers.draft(actor=office.ppat, deal=deal(worth_400), at=NOW))
    transfers.send_out(actor=office.validator, transfer=transfer, at=NOW)
    given = {"shortage": 4_000_000, "reason": "Harga pasar lebih tinggi.", "at": NOW}
    assert refusal(transfers.find_short, actor=office.validator, transfer=transfer, **given) == ["taxpayer"]
    transfer.taxpayer = taxpayer(2)
    transfer.save()
    letter = transfers.find_short(actor=office.validator, transfer=transfer, **given)
    assert (letter.kind, letter.principal, transfer.case.state) == ("skpdkb", 4_000_000, "underpaid")
    billing.settle_transfer(actor=SYSTEM, transfer=transfer, ntpd="1", on=date(2026, 2, 2), at=NOW)
    assert transfer.case.state == "research"


def test_r6_a_late_deed_report_costs_its_fine(office):
    report = transfers.report_deeds(actor=office.ppat, period="2026-01", deeds=[], at=NOW)
    assert (report.due_on, report.fine) == (date(2026, 2, 10), 0)
    assert transfers.report_deeds(actor=office.ppat, period="2025-12", deeds=[], at=NOW).fine == 1_000_000
