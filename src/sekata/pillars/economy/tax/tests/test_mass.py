"""The mass assessment: the contract's object, SQL against the rule, resuming, issuing once, the cap, old years."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from sekata.lib.result import Refused
from sekata.lib.tests.helpers import refusal
from sekata.pillars.economy.tax.actions import mass, mass_run
from sekata.pillars.economy.tax.codes import BatchState, TaxType
from sekata.pillars.economy.tax.models import Assessment, MassBatch, Tariff, TariffSet, Taxpayer
from sekata.pillars.economy.tax.queries.law import law_of_year
from sekata.pillars.economy.tax.queries.worth import computed, parts_of
from sekata.pillars.economy.tax.rules.amounts import Rounding
from sekata.pillars.economy.tax.rules.books import book
from sekata.pillars.economy.tax.rules.ceilings import Bracket
from sekata.pillars.economy.tax.rules.landtax import (
    Candidate,
    LandTaxTerms,
    class_value,
    land_tax,
    object_value,
    pick_deduction,
)
from sekata.pillars.economy.tax.tests.conftest import NOW, sow_law, taxpayer
from sekata.pillars.economy.tax.tests.ground import HOUSE, land, many, zone

DUE = date(2026, 7, 31)
REASON = "Penyesuaian nilai tanah kawasan industri tahun ini"


def begun(office, year: int = 2026) -> MassBatch:
    batch = mass.begin_year(actor=office.assessor, tax_year=year, due_on=DUE.replace(year=year), at=NOW)
    mass_run.run(batch.pk)
    batch.refresh_from_db()
    return batch


def issued(office, year: int = 2026) -> MassBatch:
    batch = begun(office, year)
    at = NOW.replace(year=year)
    mass.approve_batch(actor=office.head, batch=batch, reason=REASON, at=at)
    mass.issue_batch(actor=office.assessor, batch=batch, at=at)
    mass_run.run(batch.pk)
    batch.refresh_from_db()
    return batch


@pytest.fixture
def two_houses(office):
    zone()
    return [land(office.taxpayer, serial, buildings=HOUSE) for serial in (1, 2)]


def test_acceptance_1_the_two_part_object_and_the_owners_second(office, two_houses):
    batch = issued(office)
    first, second = Assessment.objects.order_by("number")
    assert (first.principal, second.principal) == (83_000, 93_000)
    assert first.number == first.land.nop + "2026" + "00" and first.version == two_houses[0]
    assert (first.base, first.land_value, first.building_value) == (93_000_000, 21_600_000, 71_400_000)
    assert (first.deduction, second.deduction) == (10_000_000, 0)
    assert book(first.principal, law_of_year(2026).table("book")) == "I"
    assert batch.state == BatchState.ISSUED and first.due_on == DUE and first.issued_on == date(2026, 2, 2)


def test_r4_the_state_of_1_january_counts_not_a_sale_in_march(office, two_houses):
    buyer = taxpayer(2)
    land(buyer, 1, number=2, valid_from=date(2026, 3, 1), area=1)
    land(buyer, 2, number=2, valid_from=date(2026, 1, 1), area=600)
    issued(office)
    first, second = Assessment.objects.order_by("number")
    assert first.taxpayer == office.taxpayer and first.base == 93_000_000
    assert second.taxpayer == buyer and second.base == 21_600_000


def test_an_object_that_ended_gets_no_letter_one_without_a_zone_value_is_named(office, two_houses):
    land(office.taxpayer, 1, number=2, valid_from=date(2025, 6, 1), ended=True)
    land(office.taxpayer, 3, zone="ZZ")
    batch = issued(office)
    assert Assessment.objects.count() == 1
    assert list(batch.lines.filter(problem="zone").values_list("nop", "tax")) == [
        ("140501000100100030", None)
    ]


def test_rerunning_makes_no_second_letter_and_only_what_is_missing(office, two_houses):
    batch = issued(office)
    mass_run.run(batch.pk)
    late = land(taxpayer(9), 7, buildings=HOUSE)
    mass.issue_missing(actor=office.assessor, batch=batch, at=NOW)
    mass_run.run(batch.pk)
    assert Assessment.objects.count() == 3
    assert Assessment.objects.get(land=late.land).principal == 83_000


def test_r2_a_late_object_of_higher_value_does_not_deduct_a_second_time(office, two_houses):
    batch = issued(office)
    land(office.taxpayer, 7, area=60_000)
    mass.issue_missing(actor=office.assessor, batch=batch, at=NOW)
    mass_run.run(batch.pk)
    assert sum(Assessment.objects.values_list("deduction", flat=True)) == 10_000_000


def test_one_valid_letter_a_year_is_the_databases_own_rule(office, two_houses):
    issued(office)
    letter = Assessment.objects.first()
    letter.pk, letter.number = None, "another"
    with pytest.raises(IntegrityError, match="tax_sppt_one_valid"), transaction.atomic():
        letter.save(force_insert=True)


def test_r4_rises_over_the_cap_stop_the_batch_for_a_signed_reason(office, two_houses):
    issued(office, 2025)
    zone(year=2026, value=500_000)
    batch = begun(office)
    assert batch.state == BatchState.SIMULATED and batch.over_cap == 2
    assert refusal(mass.approve_batch, actor=office.head, batch=batch, at=NOW) == ["rise_cap"]
    mass.approve_batch(actor=office.head, batch=batch, reason=REASON, at=NOW)
    assert (batch.state, batch.reason) == (BatchState.APPROVED, REASON)


def test_who_began_a_batch_does_not_approve_it(office, two_houses):
    batch = begun(office)
    MassBatch.objects.filter(pk=batch.pk).update(begun_by=office.head.person)
    batch.refresh_from_db()
    assert refusal(mass.approve_batch, actor=office.head, batch=batch, at=NOW) == ["two_persons"]


def test_nobody_else_approves_and_nothing_is_issued_unapproved(office, two_houses):
    batch = begun(office)
    for act, actor, status in (
        (mass.approve_batch, office.assessor, 403),
        (mass.issue_batch, office.assessor, 409),
        (mass.issue_missing, office.assessor, 409),
        (mass.begin_year, office.registrar, 403),
    ):
        with pytest.raises(Refused) as refused:
            given = {"tax_year": 2027, "due_on": DUE} if act is mass.begin_year else {"batch": batch}
            act(actor=actor, at=NOW, **given)
        assert refused.value.status == status


def test_r9_the_due_day_lies_within_six_months_of_sending(office, two_houses):
    batch = begun(office)
    mass.approve_batch(actor=office.head, batch=batch, at=NOW)
    early = datetime(2026, 1, 30, 3, tzinfo=UTC)
    assert refusal(mass.issue_batch, actor=office.assessor, batch=batch, at=early) == ["due_range"]


def test_a_batch_is_recomputed_or_given_up_before_it_is_issued(office, two_houses):
    batch = begun(office)
    mass.recompute(actor=office.assessor, batch=batch, at=NOW)
    assert batch.state == BatchState.SNAPSHOT and not batch.lines.exists()
    mass_run.run(batch.pk)
    batch.refresh_from_db()
    assert batch.state == BatchState.SIMULATED and batch.lines.count() == 2
    assert refusal(mass.begin_year, actor=office.assessor, tax_year=2026, due_on=DUE, at=NOW) == ["year"]
    mass.abandon(actor=office.assessor, batch=batch, reason="Data zona harus diperbaiki.", at=NOW)
    assert begun(office).pk != batch.pk


def change_tariff(rate: str, since: date) -> None:
    made = TariffSet.objects.create(
        tax_type=TaxType.LAND, valid_from=since, legal_ref="Perda baru", article="UU 1/2022 Pasal 41"
    )
    Tariff.objects.create(of=made, rate=rate, rate_min=0, rate_max="0.5")
    TariffSet.objects.filter(pk=made.pk).update(approved_at=NOW)


def test_acceptance_12_a_tariff_of_2027_leaves_every_figure_of_2026(office, two_houses):
    issued(office)
    change_tariff("0.4", date(2027, 1, 1))
    for letter in Assessment.objects.all():
        again = computed(letter.version, 2026, deducts=letter.deduction > 0)
        assert (again.tax, again.value) == (letter.principal, letter.base)
        assert computed(letter.version, 2027, deducts=False).tax == 372_000


def test_a_law_that_moved_since_the_simulation_stops_the_issue(office, two_houses):
    batch = begun(office)
    mass.approve_batch(actor=office.head, batch=batch, at=NOW)
    change_tariff("0.4", date(2026, 1, 1))
    assert refusal(mass.issue_batch, actor=office.assessor, batch=batch, at=NOW) == ["law_moved"]


brackets = st.lists(st.integers(1, 3 * 10**9), min_size=0, max_size=3, unique=True)


@st.composite
def laws(draw) -> LandTaxTerms:
    def tiers(lowest: int, highest: int, sub_class: str) -> tuple[Bracket, ...]:
        edges = [0, *sorted(draw(brackets))]
        rate = st.integers(lowest, highest).map(lambda n: Decimal(n) / 10_000)
        ends = [*(edge - 1 for edge in edges[1:]), None]
        return tuple(Bracket(low, high, draw(rate), sub_class) for low, high in zip(edges, ends, strict=True))

    food = tiers(0, 5_000, "food") if draw(st.booleans()) else ()
    return LandTaxTerms(
        exemption=draw(st.integers(0, 50_000_000)),
        shares=tiers(200_000, 1_000_000, "general"),
        tariffs=(*tiers(0, 5_000, "general"), *food),
        minimum=draw(st.sampled_from([0, 10_000, 25_000])),
        rounding=Rounding(
            draw(st.sampled_from(["down", "half_up", "up"])), draw(st.sampled_from([1, 100, 1000]))
        ),
    )


objects = st.lists(
    st.fixed_dictionaries(
        {
            "owner": st.integers(0, 2),
            "area": st.integers(0, 100_000),
            "zone": st.sampled_from(["AA", "AB", "AC"]),
            "land_kind": st.sampled_from("1234"),
            "use": st.sampled_from(["general", "food"]),
            "buildings": st.lists(
                st.tuples(
                    st.integers(0, 5_000), st.integers(0, 20_000_000), st.sampled_from(["01", "04", "11"])
                ),
                max_size=2,
            ),
        }
    ),
    min_size=1,
    max_size=8,
)


class Undo(Exception):
    pass


@pytest.mark.django_db
@settings(max_examples=60)
@given(law=laws(), estates=objects, market=st.integers(0, 80_000_000), chunk=st.integers(1, 9))
def test_r2_r3_the_sql_of_the_mass_agrees_exactly_with_the_rule(law, estates, market, chunk):
    sow_law()
    try:
        with transaction.atomic():
            _compare(law, estates, market, chunk)
            raise Undo
    except Undo:
        pass


def _compare(law: LandTaxTerms, estates: list[dict], market: int, chunk: int) -> None:
    owners = [taxpayer(n + 50) for n in range(3)]
    zone("AA", 36_000)
    zone("AB", market)
    zone("AC", 41_000)
    versions = [
        land(owners[e["owner"]], n + 1, area=e["area"], zone=e["zone"], land_kind=e["land_kind"], use=e["use"],
             buildings=tuple(e["buildings"]))
        for n, e in enumerate(estates)
    ]  # fmt: skip
    plan = replace(mass_run.plan_of(2026), terms=law)
    batch = MassBatch.objects.create(tax_year=2026, due_on=DUE, step=mass_run.VALUE, begun_at=NOW)
    mass_run.run(batch.pk, chunk=chunk, plan=plan)
    lines = {line.version_id: line for line in batch.lines.all()}
    worth = {version.pk: object_value(*parts_of(version, 2026)) for version in versions}
    assert worth == {pk: line.value for pk, line in lines.items()}
    for owner in owners:
        theirs = [version for version in versions if version.taxpayer_id == owner.pk]
        picked = pick_deduction(Candidate(v.land.nop, worth[v.pk]) for v in theirs if v.land_kind != "4")
        for version in theirs:
            line, public = lines[version.pk], version.land_kind == "4"
            rule = land_tax(
                worth[version.pk], law, deducts=version.land.nop == picked, use=version.use, untaxed=public
            )
            assert (line.deduction, line.share, line.rate, line.tax) == (
                rule.deduction, rule.share, rule.rate, rule.tax)  # fmt: skip


def test_r2_the_seeded_classes_are_the_contracts(office):
    rulebook = law_of_year(2026)
    classes, houses = rulebook.value_classes("land"), rulebook.value_classes("building")
    assert (len(classes), len(houses)) == (100, 40)
    assert [class_value(v, classes) for v in (31_001, 41_000, 20_000, 8_401)] == [
        36_000,
        36_000,
        20_000,
        10_000,
    ]
    assert class_value(595_000, houses) == 595_000


def test_progress_is_kept_chunk_by_chunk(office):
    zone()
    many(100)
    batch = mass.begin_year(actor=office.assessor, tax_year=2026, due_on=DUE, at=NOW)
    assert (batch.total, batch.step) == (100, mass_run.VALUE)
    mass_run._advance(batch.pk, 30, None)
    mass_run._advance(batch.pk, 30, None)
    batch.refresh_from_db()
    assert batch.done == 60 == batch.lines.count()
    mass_run.run(batch.pk, chunk=30)
    assert batch.lines.exclude(tax=None).count() == 100 and Taxpayer.objects.count() == 51
