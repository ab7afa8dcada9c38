"""The demonstration regency: complete, consistent, and the same however often it is sown."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
import shapely
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.cache import cache
from django.db import transaction
from shapely.geometry import Point, shape

from sekata.kernel.journal.models import Event
from sekata.kernel.people import queries as people
from sekata.kernel.people import vault
from sekata.kernel.people.models import Account, Assignment, Employee, Identifier, Person, RoleGrant
from sekata.kernel.places import queries as places
from sekata.kernel.places.models import Feature
from sekata.kernel.reference import queries as reference
from sekata.kernel.units import queries as units
from sekata.kernel.units.models import Area, Unit
from sekata.lib import clock, geo
from sekata.lib.numbers import nik, nip
from sekata.pillars.environment.complaints.tables import AUTHORITY
from sekata.site import seeding
from sekata.site.registry import REGISTRY

AT = datetime(2026, 5, 6, 3, 0, tzinfo=UTC)
TODAY = date(2026, 5, 6)
EXAMPLE = (0.39421, 101.84378)
TABLES = [model for model in apps.get_models() if model.__module__.startswith("sekata.kernel")]


@pytest.fixture(scope="module", autouse=True)
def sown(django_db_setup, django_db_blocker) -> Iterator[dict[str, int]]:
    """The regency without the rooms' own cases, sown once for this file; rolled back at its end."""
    bare = replace(REGISTRY, systems=tuple(replace(system, seed="") for system in REGISTRY.systems))
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, clock.frozen(AT):
        patch.setattr(seeding, "REGISTRY", bare)
        with transaction.atomic():
            yield seeding.seed()
            transaction.set_rollback(True)
    cache.clear()
    places.forget()
    reference.forget()


def layer(kind: str) -> dict[str, Feature]:
    return {feature.code: feature for feature in Feature.objects.filter(kind=kind)}


def person(handle: str) -> int:
    return Account.objects.get(username=handle).person_id


def test_all_areas_are_there():
    levels = Counter(Area.objects.values_list("level", flat=True))
    assert levels == {"province": 38, "regency": 514, "district": 12, "village": 118}
    villages = Area.objects.filter(level="village", parent__parent="14.05")
    assert (villages.filter(urban=True).count(), villages.filter(urban=False).count()) == (14, 104)


def test_inhabitants_add_up():
    def sum_of(**which: str) -> int:
        return sum(Area.objects.filter(**which).values_list("population", flat=True))

    assert sum_of(level="village") == sum_of(level="district") == sum_of(code="14.05") == 400_000


@pytest.mark.parametrize(("bps", "area"), [("1405", "14.08"), ("1404", "14.05"), ("1403", "14.04")])
def test_bps_codes_are_looked_up_never_computed(bps, area):
    assert units.foreign("bps", bps).code == area


def test_every_area_has_its_office():
    offices = set(Unit.objects.filter(code__startswith="desa.").values_list("code", flat=True))
    assert offices == {
        f"desa.{code}" for code in Area.objects.filter(level="village").values_list("code", flat=True)
    }
    assert units.by_code("desa.14.05.05.2004").name == "Desa Segati"
    assert units.by_code("desa.14.05.05.2004").parent.code == "kec.14.05.05"
    assert Unit.objects.filter(kind="district", parent__code="kab").count() == 12


@pytest.mark.parametrize(
    "code", ["kab", "setda", "dlh", "dlh.penaatan", "dlh.waste", "dlh.lab", "bpbd", "satpol_pp"]
)
def test_offices_that_rooms_ask_for(code):
    assert units.by_code(code).active_to is None


def test_every_authority_of_the_complaints_tables_is_an_office():
    assert all(units.foreign("authority", row.key) for row in AUTHORITY.seeds)
    assert units.foreign("authority", "dlh_waste").code == "dlh.waste"


def test_all_owners_of_systems_are_offices():
    assert {system.owner for system in REGISTRY.systems} <= set(Unit.objects.values_list("code", flat=True))


def test_villages_fill_the_regency_without_overlap():
    villages = [shape(feature.geometry) for feature in layer("village").values()]
    assert len(villages) == 118
    assert all(village.is_valid and village.geom_type == "Polygon" for village in villages)
    assert shapely.coverage_is_valid(villages)
    tree = shapely.STRtree(villages)
    pairs = ((a, b) for a, b in zip(*tree.query(villages, predicate="overlaps"), strict=True) if a < b)
    assert not list(pairs)
    whole = shape(layer("regency")["14.05"].geometry)
    assert shapely.union_all(villages).symmetric_difference(whole).area < 1e-6


def test_kecamatan_are_the_sum_of_their_villages():
    villages = {code: shape(feature.geometry) for code, feature in layer("village").items()}
    for code, feature in layer("district").items():
        parts = [area for village, area in villages.items() if village.startswith(f"{code}.")]
        assert shape(feature.geometry).symmetric_difference(shapely.union_all(parts)).area < 1e-6


def test_every_village_lies_where_it_says():
    for code, feature in layer("village").items():
        assert places.village_at(feature.properties["lat"], feature.properties["lon"]) == code


def test_the_example_point_lies_in_pangkalan_kerinci():
    assert places.village_at(*EXAMPLE) == "14.05.02.1008"
    assert places.containing("district", *EXAMPLE).name == "Pangkalan Kerinci"


def test_the_regency_straddles_the_equator_and_reaches_the_sea():
    west, south, east, north = shape(layer("regency")["14.05"].geometry).bounds
    assert south < 0 < north and east - west > 1.5
    assert places.village_at(0.6, 103.6) == "" and places.containing("sea", 0.6, 103.6)


def test_protected_land_and_seas_keep_off_the_villages_middles():
    for kind in ("national_park", "conservation", "forest", "sea", "estuary"):
        for feature in layer("village").values():
            assert not places.containing(kind, feature.properties["lat"], feature.properties["lon"])


def test_the_kampar_runs_from_langgam_to_the_estuary_and_widens():
    reaches = [f for f in places.layer("river") if f.properties["river"] == "kampar"]
    widths = [reach.properties["width"] for reach in sorted(reaches, key=lambda f: f.properties["reach"])]
    assert widths == sorted(widths) and len(widths) == 4
    line = shapely.line_merge(shapely.union_all([shape(reach.geometry) for reach in reaches]))
    assert line.geom_type == "LineString"
    crossed = {places.containing("district", y, x).name for x, y in line.coords if places.village_at(y, x)}
    assert {"Langgam", "Pangkalan Kerinci", "Pelalawan", "Teluk Meranti"} <= crossed
    assert shape(layer("estuary")["kampar"].geometry).contains(Point(max(line.coords)))


def test_a_mill_of_the_governor_stands_300_m_above_a_monitoring_point():
    mill = layer("facility")["F-001"]
    point = layer("monitoring_point")[mill.properties["monitor"]]
    (mill_lon, mill_lat), (lon, lat) = mill.geometry["coordinates"], point.geometry["coordinates"]
    assert mill.properties["approval_holder"] == "governor"
    assert 200 < geo.haversine(mill_lat, mill_lon, lat, lon) <= 301
    assert places.village_at(lat, lon).startswith("14.05.05.")


def test_points_lie_in_the_villages_they_name():
    for kind, least in (("school", 120), ("clinic", 60), ("water_intake", 10)):
        found = layer(kind).values()
        assert len(found) >= least
        for feature in found:
            lon, lat = feature.geometry["coordinates"]
            assert places.village_at(lat, lon) == feature.properties["village"] or kind == "water_intake"


def test_facilities_lie_in_the_regency():
    for feature in layer("facility").values():
        lon, lat = feature.geometry["coordinates"]
        assert places.village_at(lat, lon)


def test_everything_drawn_says_so():
    assert not Feature.objects.exclude(approximate=True, source__contains="bukan batas resmi").exists()
    keys = Feature.objects.values_list("kind", "code")
    assert len(keys) == len(set(keys))


def test_holidays_and_whether_their_decree_is_known():
    days = reference.at("holiday", TODAY)
    assert days["2026-08-17"]["kind"] == "national" and days["2026-08-17"].confirmed
    assert days["2026-05-28"]["kind"] == "collective"
    assert {key[:4] for key in days} == {"2024", "2025", "2026", "2027"}
    assert not any(row.confirmed for key, row in days.items() if key.startswith("2027"))


def test_every_table_with_seeds_is_sown():
    assert all(reference.at(table.code, TODAY) for table in REGISTRY.tables.values() if table.seeds)


ROLES = {
    "petugas.desa": [("assisted_clerk", "desa.14.05.05.2004")],
    "pos": [("complaints_intake", "dlh.penaatan")],
    "penelaah": [("complaints_reviewer", "dlh.penaatan")],
    "pengawas": [("complaints_inspector", "dlh.penaatan")],
    "pengawas2": [("complaints_inspector", "dlh.penaatan")],
    "kabid": [("complaints_head", "dlh.penaatan")],
    "kadis": [("complaints_office_head", "dlh")],
    "api": [("fire_responder", "bpbd")],
    "bupati": [("regent", "kab")],
    "sekda": [("secretary", "setda")],
    "kepegawaian": [("personnel_officer", "kab")],
    "kepala.bkpsdm": [("personnel_head", "bkpsdm")],
    "acuan": [("rule_keeper", "kab")],
    "penyetuju": [("rule_approver", "setda.hukum")],
    "admin.unit": [
        ("complaints_inspector", "dlh"),
        ("complaints_intake", "dlh"),
        ("complaints_reviewer", "dlh"),
        ("unit_admin", "dlh"),
    ],
    "admin": [("administrator", "kab")],
    "auditor": [("auditor", "kab")],
    "camat.plt": [("unit_admin", "kec.14.05.08")],
    "bpbd.plh": [("fire_responder", "bpbd")],
    "warga": [],
}


@pytest.mark.parametrize("handle", ROLES)
def test_what_each_account_holds(handle):
    codes = dict(Unit.objects.values_list("pk", "code"))
    held = people.holdings(person(handle), TODAY, REGISTRY.roles)
    assert [(holding.role, codes[holding.unit]) for holding in held] == ROLES[handle]
    assert all(holding.role in REGISTRY.roles and holding.permissions for holding in held)


def test_the_head_of_office_reaches_the_desk_below():
    actor = people.actor(Person.objects.get(pk=person("kadis")), REGISTRY.roles)
    assert units.by_code("dlh.penaatan").pk in actor.units_with("complaints.lead")


@pytest.mark.parametrize(("handle", "kind"), [("camat.plt", "plt"), ("bpbd.plh", "plh")])
def test_stand_ins_act_in_anothers_chair(handle, kind):
    (holding,) = people.holdings(person(handle), TODAY, REGISTRY.roles)
    post = people.acting_now(TODAY).get(person=person(handle))
    assert holding.acting == post.kind == kind
    assert post.position.assignments.filter(kind="definitive").exists() == (kind == "plh")


def test_grants_are_lawful_and_nobody_approves_their_own_decree():
    assert not any(grant.ends - grant.starts > timedelta(days=365) for grant in RoleGrant.objects.all())
    assert not any(grant.person_id == grant.granted_by for grant in RoleGrant.objects.all())
    for post in Assignment.objects.all():
        assert len({post.person_id, post.entered_by, post.approved_by}) == 3


def test_nobody_holds_roles_that_conflict():
    pairs = {(row["role"], row["other"]) for row in reference.at("people.conflicts", TODAY).values()}
    for account in Account.objects.all():
        held = {holding.role for holding in people.holdings(account.person_id, TODAY)}
        assert not any(pair in pairs or pair[::-1] in pairs for pair in combinations(sorted(held), 2))


@pytest.mark.parametrize("handle", [account[1] for account in seeding.DEMO_ACCOUNTS])
def test_every_account_can_sign_in(handle):
    assert authenticate(None, username=handle.upper(), password="sungai-kampar-2026").username == handle


def test_a_citizen_can_sign_in_by_nik():
    secret = vault.use(Person.objects.get(pk=person("warga")).vault)
    assert authenticate(None, username=secret["nik"], password="sungai-kampar-2026").username == "warga"


def test_official_numbers_are_plausible():
    officers = Employee.objects.select_related("person").exclude(kind="local")
    assert officers.count() >= 55
    for officer in officers:
        parsed = nip.parse(officer.number, officer.kind)
        assert not nip.check_person(parsed, officer.person.birth_date, officer.person.sex)
    for one in Person.objects.select_related("vault"):
        parsed = nik.parse(vault.use(one.vault)["nik"], TODAY)
        assert not nik.mismatches(parsed, one.birth_date, one.sex)
        assert Area.objects.get(code=parsed.area_code).parent_id == "14.05"
    assert Identifier.objects.count() == Person.objects.count()


def test_sowing_again_changes_nothing(sown):
    def picture() -> dict[str, list]:
        return {model._meta.label: sorted(model.objects.values_list(), key=repr) for model in TABLES}

    before = picture()
    assert all(sown.values())
    assert not any(seeding.seed().values())
    assert picture() == before


def test_sowing_months_later_adds_only_new_stand_ins_and_the_coming_years_grants():
    with transaction.atomic(), clock.frozen(AT + timedelta(days=300)):
        made = seeding.seed()
        transaction.set_rollback(True)
    assert {part for part, rows in made.items() if rows} == {"people"}


def test_one_event_tells_of_the_sowing():
    (event,) = Event.objects.filter(kind=seeding.EVENT)
    assert event.after["rows"]["map"] == Feature.objects.count()


def test_progress_is_told_as_a_terminal_wants_it():
    told = []
    seeding.seed(progress=lambda label, done, total: told.append((label, done, total)))
    assert told[0][1] == 0 and told[-1][1] == told[-1][2]
