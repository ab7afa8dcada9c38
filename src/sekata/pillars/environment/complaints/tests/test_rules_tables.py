"""The seeds as the contract lists them, and the words machines get for our states."""

import json

import pytest

from sekata.lib.deadlines import Limit
from sekata.pillars.environment.complaints import codes, tables
from sekata.pillars.environment.complaints.codes import (
    Group,
    Priority,
    StateCode,
    fixmystreet_status,
    open311_status,
)
from sekata.pillars.environment.complaints.rules import competence, priority
from sekata.pillars.environment.complaints.tests.material import AUTHORITIES, SERVICES

SEED_LIST = """
W01 water P2 dlh|W02 water P2 dlh|W03 water P3 dlh|W04 water P2 dlh|W05 water P1 dlh
A01 air P3 dlh|A02 air P4 dlh|A03 air P3 dlh
F01 fire P1 bpbd|F02 fire P2 bpbd|F03 fire P3 province_dlhk
S01 waste P3 dlh_waste|S02 waste P4 dlh_waste
B01 hazardous P1 dlh|L01 land P2 province_energy|L02 land P3 dlh
L03 forest P2 province_dlhk|L04 forest P2 bbksda
P01 permit P3 dlh|O99 other P4 dlh
"""


def test_tables_hold_the_twenty_service_types():
    rows = [entry.split() for line in SEED_LIST.split("\n") for entry in line.split("|") if entry]
    assert {code: (group, base, authority) for code, group, base, authority in rows} == {
        code: (row["group"], row["priority"], row["authority"]) for code, row in SERVICES.items()
    }
    assert len(SERVICES) == 20
    assert {code for code, row in SERVICES.items() if row["by_holder"]} == {"W02", "A01"}


def test_tables_name_only_codes_that_exist():
    for row in SERVICES.values():
        assert {row["authority"], *row["joint"], *row["alternatives"], *row["copy_to"]} <= AUTHORITIES.keys()
        assert row["group"] in set(Group) and row["priority"] in set(Priority)
    for row in tables.seed_rows(tables.ROUTING_RULE).values():
        assert row["condition"] in competence.CONDITIONS
        assert {row["authority"], row["responder"], *row["copy_to"]} - {""} <= AUTHORITIES.keys()
    for row in tables.seed_rows(tables.PRIORITY_RULE).values():
        assert row["condition"] in priority.CONDITIONS
    for row in tables.seed_rows(tables.SLA_RULE).values():
        assert Limit(row["amount"], row["unit"]).unit == row["unit"]
    for row in tables.seed_rows(tables.ATTRIBUTE).values():
        assert row["service"] in SERVICES


@pytest.mark.parametrize("table", tables.TABLES, ids=lambda table: table.code)
def test_tables_are_plain_json_with_the_columns_they_declare(table):
    keys = [row.key for row in table.seeds]
    assert len(keys) == len(set(keys)) and keys
    for row in table.seeds:
        assert list(row.value) == list(table.columns)
        assert json.loads(json.dumps(row.value)) == row.value
        assert row.basis or table.basis or table.code.endswith("attribute")


def test_tables_do_not_pretend_to_be_confirmed():
    unconfirmed = {table.code for table in tables.TABLES if not all(row.confirmed for row in table.seeds)}
    assert unconfirmed == {
        "complaints.sla_rule",
        "complaints.ispu_breakpoint",
        "complaints.ispu_class",
        "complaints.holding_time",
        "complaints.visit_check",
        "complaints.retention_rule",
    }
    limits = {row.key: row.confirmed for row in tables.SLA_RULE.seeds}
    assert limits["passing_on"] and not limits["total"] and not limits["completion"]


def test_codes_all_have_labels():
    for name in vars(codes):
        kind = getattr(codes, name)
        if isinstance(kind, type) and issubclass(kind, codes.Coded):
            assert all(label for _, label in kind.choices())


FIXMYSTREET = {
    "received": "OPEN",
    "incomplete": "OPEN",
    "reopened": "OPEN",
    "under_review": "FOR_TRIAGE",
    "verification_planned": "ACTION_SCHEDULED",
    "verifying": "INVESTIGATING",
    "lab_pending": "INVESTIGATING",
    "verified": "IN_PROGRESS",
    "follow_up": "IN_PROGRESS",
    "resolved": "FIXED",
    "answered": "NO_FURTHER_ACTION",
    "rejected": "NO_FURTHER_ACTION",
    "withdrawn": "NO_FURTHER_ACTION",
    "closed_incomplete": "NO_FURTHER_ACTION",
    "referred": "NOT_COUNCILS_RESPONSIBILITY",
    "not_environmental": "NOT_COUNCILS_RESPONSIBILITY",
    "merged": "DUPLICATE",
    "closed": None,
}


@pytest.mark.parametrize("state", StateCode)
def test_codes_fixmystreet_status_of_every_state(state):
    assert fixmystreet_status(state) == FIXMYSTREET[state]
    assert fixmystreet_status(state) not in {"CLOSED", "REOPEN"}


def test_codes_an_unknown_source_is_never_shown_as_fixed():
    assert fixmystreet_status("resolved", "source_unknown") == "NO_FURTHER_ACTION"
    assert fixmystreet_status("reopened", "source_unknown") == "OPEN"
    assert fixmystreet_status("closed", "source_unknown") is None


@pytest.mark.parametrize("state", StateCode)
def test_codes_open311_status_of_every_state(state):
    closed = {"answered", "resolved", "referred", "not_environmental", "closed"}
    closed |= {"withdrawn", "closed_incomplete", "rejected"}
    assert open311_status(state) == ("closed" if state in closed else "open")


def test_codes_a_merged_case_follows_its_incident():
    assert open311_status("merged", "resolved") == "closed"
    assert open311_status("merged", "verifying") == "open"
