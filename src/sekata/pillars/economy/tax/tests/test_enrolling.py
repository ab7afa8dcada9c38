"""Registering taxpayers, declaring land, setting tariffs, zone values and targets."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from sekata.kernel.people import vault
from sekata.lib.result import Refused
from sekata.lib.tests.helpers import refusal
from sekata.pillars.economy.tax.actions import (
    enrolling,
    land,
    tariffs,
)
from sekata.pillars.economy.tax.codes import (
    SpopKind,
    TargetVersion,
    TaxpayerKind,
    TaxType,
)
from sekata.pillars.economy.tax.models import (
    LandLink,
    LandObject,
    LandVersion,
    RevenueTarget,
    Tariff,
    TariffSet,
    Taxpayer,
)
from sekata.pillars.economy.tax.queries.law import law_of_year, target
from sekata.pillars.economy.tax.queries.worth import versions, zone_value
from sekata.pillars.economy.tax.rules.ceilings import Bracket
from sekata.pillars.economy.tax.tests.conftest import NOW, PBB_VILLAGE, VILLAGE, officer
from sekata.pillars.economy.tax.tests.ground import HOUSE, zone
from sekata.pillars.economy.tax.tests.ground import land as ground
from sekata.pillars.economy.tax.tests.test_mass import issued

NIK = "1405025208900003"


def applicant(**more: object) -> enrolling.Applicant:
    given = {
        "submission": uuid4(),
        "kind": TaxpayerKind.PERSON,
        "name": "Zulkifli Efendi",
        "number": NIK,
        "village_code": VILLAGE,
        "address": "Jalan Maharaja Indra 1",
    }
    return enrolling.Applicant(**(given | more))


def test_registration_gives_a_number_and_objects_once(office):
    wanted = enrolling.Wanted(TaxType.FOOD, "Warung Bono", VILLAGE)
    asked = applicant(wanted=(wanted,))
    made = enrolling.apply(actor=office.payer, applicant=asked, at=NOW)
    assert enrolling.apply(actor=office.payer, applicant=asked, at=NOW).pk == made.pk
    assert made.case.due_clock == "registration_field"
    enrolling.verify(actor=office.registrar, registration=made, at=NOW)
    payer = enrolling.activate(actor=office.registrar, registration=made, area="02.07", at=NOW)
    assert payer.npwpd.startswith("P.1.") and payer.npwpd.endswith(".02.07")
    assert payer.tax_objects.get().name == "Warung Bono" and made.case.state == "active"
    assert (
        NIK not in str(Taxpayer.objects.filter(pk=payer.pk).values())
        and vault.use(payer.identity)["number"] == NIK
    )
    assert refusal(enrolling.apply, actor=office.payer, applicant=applicant(), at=NOW) == ["registered"]
    with pytest.raises(IntegrityError, match="tax_taxpayer_one_identity"), transaction.atomic():
        Taxpayer.objects.filter(pk=office.taxpayer.pk).update(lookup=payer.lookup)


def test_bad_registrations_are_refused(office):
    bad = applicant(number="123")
    assert refusal(enrolling.apply, actor=office.payer, applicant=bad, at=NOW) == ["nik_length"]
    body = applicant(kind=TaxpayerKind.BODY, number="12345678901234")
    assert refusal(enrolling.apply, actor=office.payer, applicant=body, at=NOW) == ["nib_length"]
    made = enrolling.apply(actor=office.payer, applicant=applicant(), at=NOW)
    assert refusal(enrolling.verify, actor=office.payer, registration=made, at=NOW) == ["no_right"]
    assert refusal(enrolling.reject, actor=office.registrar, registration=made, reason="no", at=NOW) == [
        "text"
    ]
    enrolling.reject(actor=office.registrar, registration=made, reason="Alamat tidak ditemukan.", at=NOW)
    assert made.case.closed_at == NOW


def state(area: int = 600, **more: object) -> land.Declared:
    return land.Declared(land_area=area, zone="AA", **more)


def declared(office, kind: SpopKind, **more: object):
    given = {
        "submission": uuid4(),
        "kind": kind,
        "taxpayer": office.taxpayer,
        "valid_from": date(2026, 1, 15),
    }
    spop = land.declare(actor=office.payer, declaration=land.Declaration(**(given | more)), at=NOW)
    return land.approve_spop(actor=office.registrar, spop=spop, at=NOW)


def test_a_new_object_gets_the_next_number_of_its_block_and_its_village(office):
    block = f"{PBB_VILLAGE}003"
    house = land.House(area=120, market_value=595_000)
    made = [
        declared(office, SpopKind.NEW, states=(state(buildings=(house,)),), block=block)[0] for _ in range(2)
    ]
    assert [v.land.nop[-5:] for v in made] == ["00010", "00020"] and made[0].land.village_code == VILLAGE
    assert made[0].buildings.get().area == 120
    bad = land.Declaration(
        uuid4(), SpopKind.NEW, office.taxpayer, date(2026, 1, 1), states=(state(),), block="9" * 13
    )
    assert refusal(land.declare, actor=office.payer, declaration=bad, at=NOW) == ["block"]


def test_an_update_writes_a_version_and_never_overwrites(office):
    first = ground(office.taxpayer)
    second = declared(office, SpopKind.UPDATE, land=first.land, states=(state(750),))[0]
    assert (second.number, versions(first.land).count()) == (2, 2)
    first.refresh_from_db()
    assert first.land_area == 600
    with pytest.raises(DatabaseError, match="sekata_immutable"), transaction.atomic():
        LandVersion.objects.filter(pk=first.pk).update(land_area=1)


def test_split_and_merge_keep_their_links_and_close_the_parents(office):
    parent = ground(office.taxpayer)
    ended, *parts = declared(office, SpopKind.SPLIT, land=parent.land, states=(state(400), state(200)))
    assert ended.ended and {v.land.nop for v in parts}.isdisjoint({parent.land.nop})
    assert LandLink.objects.filter(parent=parent.land, kind="split").count() == 2
    *gone, whole = declared(
        office, SpopKind.MERGE, land=parts[0].land, others=(parts[1].land.nop,), states=(state(600),)
    )
    assert [v.ended for v in gone] == [True, True] and whole.land_area == 600
    assert LandLink.objects.filter(child=whole.land, kind="merge").count() == 2
    assert LandObject.objects.filter(status="closed").count() == 3


@pytest.mark.parametrize(
    ("kind", "areas", "code"),
    [
        (SpopKind.SPLIT, (601, 1), "split"),
        (SpopKind.SPLIT, (600,), "split"),
        (SpopKind.UPDATE, (), "states"),
        (SpopKind.UPDATE, (0,), "area"),
        (SpopKind.MERGE, (600,), "merge"),
    ],
)
def test_areas_must_add_up(office, kind, areas, code):
    first = ground(office.taxpayer)
    given = land.Declaration(
        uuid4(), kind, office.taxpayer, date(2026, 1, 1), first.land, tuple(state(area) for area in areas)
    )
    assert refusal(land.declare, actor=office.payer, declaration=given, at=NOW) == [code]


def test_an_object_that_owes_is_not_deleted(office):
    zone()
    first = ground(office.taxpayer, buildings=HOUSE)
    issued(office)
    assert refusal(declared, office, SpopKind.DELETE, land=first.land) == ["owing"]
    assert not LandVersion.objects.filter(ended=True).exists()


def test_a_declaration_is_returned_completed_sent_out_and_rejected(office):
    first = ground(office.taxpayer)
    given = land.Declaration(
        uuid4(), SpopKind.UPDATE, office.taxpayer, date(2026, 1, 1), first.land, (state(),)
    )
    spop = land.declare(actor=office.payer, declaration=given, at=NOW)
    land.return_spop(actor=office.registrar, spop=spop, reason="Lampirkan sertifikat.", at=NOW)
    land.complete_spop(actor=office.payer, spop=spop, states=(state(700),), at=NOW)
    land.send_out(actor=office.registrar, spop=spop, at=NOW)
    land.reject_spop(actor=office.registrar, spop=spop, reason="Objek tidak ditemukan.", at=NOW)
    assert spop.case.state == "rejected" and versions(first.land).count() == 1


@pytest.fixture
def keepers(office):
    keeper, approver = (officer(name, f"rule_{name}", office.unit) for name in ("keeper", "approver"))
    return keeper, approver


def proposal(keeper, tax=TaxType.LAND, sub="general", rate="0.2", **more):
    given = {
        "actor": keeper,
        "tax_type": tax,
        "sub_class": sub,
        "valid_from": date(2027, 1, 1),
        "brackets": (Bracket(0, None, Decimal(rate)),),
        "legal_ref": "Perda Pelalawan 1/2026",
        "at": NOW,
    }
    return tariffs.propose_tariff(**(given | more))


@pytest.mark.parametrize(
    ("tax", "sub", "rate", "article"),
    [
        (TaxType.ENTERTAINMENT, "karaoke", "35", "UU 1/2022 Pasal 58 ayat (2)"),
        (TaxType.LAND, "general", "0.6", "UU 1/2022 Pasal 41"),
    ],
)
def test_r1_a_tariff_outside_the_law_is_refused_with_its_article(office, keepers, tax, sub, rate, article):
    with pytest.raises(Refused, match=article.replace("(", r"\(").replace(")", r"\)")):
        proposal(keepers[0], tax, sub, rate)


def test_r1_the_database_refuses_what_passes_by_the_action(office):
    kept = TariffSet.objects.create(
        tax_type="01", valid_from=date(2030, 1, 1), legal_ref="x", article="UU 1/2022 Pasal 41"
    )
    with pytest.raises(IntegrityError, match="tax_tariff_within_law"), transaction.atomic():
        Tariff.objects.create(of=kept, rate="0.6", rate_min=0, rate_max="0.5")
    Tariff.objects.create(of=kept, max_base=10, rate="0.1", rate_min=0, rate_max="0.5")
    with pytest.raises(IntegrityError, match="tax_tariff_no_overlap"), transaction.atomic():
        Tariff.objects.create(of=kept, min_base=10, rate="0.2", rate_min=0, rate_max="0.5")


def test_r1_a_tariff_takes_two_persons_and_then_stands(office, keepers):
    keeper, approver = keepers
    made = proposal(keeper)
    assert refusal(tariffs.approve_tariff, actor=keeper, tariff=made, at=NOW) == ["no_right"]
    assert law_of_year(2027).rate(TaxType.LAND) == Decimal("0.1")
    tariffs.approve_tariff(actor=approver, tariff=made, at=NOW)
    assert law_of_year(2027).rate(TaxType.LAND) == Decimal("0.2")
    assert law_of_year(2026).rate(TaxType.LAND) == Decimal("0.1")
    with pytest.raises(DatabaseError, match="sekata_immutable"), transaction.atomic():
        made.brackets.update(rate="0.3")
    assert refusal(proposal, keeper) == ["taken"] and refusal(
        proposal, keeper, valid_from=date(2026, 1, 1)
    ) == ["past"]
    assert refusal(proposal, keeper, sub="food", valid_from=date(2028, 1, 1)) == ["food_rate"]


def test_r4_zone_values_every_third_year(office):
    given = {
        "actor": office.assessor,
        "village": PBB_VILLAGE,
        "zone": "AA",
        "basis": "SK Bupati 1/2026",
        "at": NOW,
    }
    value = tariffs.value_zone(tax_year=2027, market_value=36_000, **given)
    assert zone_value(value.village, value.zone, 2027) is None
    tariffs.approve_zone(actor=office.head, value=value, at=NOW)
    assert zone_value(value.village, value.zone, 2027) == 36_000
    assert refusal(tariffs.value_zone, tax_year=2028, market_value=1, **given) == ["revaluation"]
    tariffs.value_zone(tax_year=2028, market_value=50_000, fast_growing=True, **given)


def test_r23_the_target_in_force_is_that_of_the_newest_budget(office):
    for version, since, amount in ((TargetVersion.ORIGINAL, 1, 100), (TargetVersion.REVISED, 9, 120)):
        tariffs.set_targets(
            actor=office.assessor, year=2026, version=version, amounts={TaxType.LAND: amount},
            valid_from=date(2026, since, 1), basis="Perda APBD", at=NOW,
        )  # fmt: skip
        given = {"year": 2026, "version": version, "at": NOW}
        assert target(2026, TaxType.LAND, date(2026, 12, 1)) == (100 if since == 9 else 0)
        assert tariffs.approve_targets(actor=office.head, **given) == 1
        assert refusal(tariffs.approve_targets, actor=office.head, **given) == ["none"]
    assert [target(2026, TaxType.LAND, date(2026, month, 5)) for month in (2, 9)] == [100, 120]
    assert RevenueTarget.objects.count() == 2
