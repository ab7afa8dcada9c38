"""The who-may-do-what matrix is committed, so that a change of rights is read by a person."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import get_resolver

from sekata.lib.rights import Right
from sekata.site.registry import REGISTRY
from tests.architecture import matrix

MATRIX = Path(__file__).parent / "matrix.md"

pytestmark = pytest.mark.django_db  # whom a mandate lets in stands in a table


def test_the_matrix_is_that_of_the_code():
    written = matrix.text()
    if os.environ.get("RENEW"):
        MATRIX.write_text(written)
    if MATRIX.read_text() != written:
        pytest.fail(
            "who may do what has changed. Renew the matrix by\n"
            "    RENEW=1 .venv/bin/pytest tests/architecture/test_matrix.py\n"
            "and read the difference: it is what the change really grants or takes.",
            pytrace=False,
        )


def test_every_right_stands_in_the_matrix():
    written = MATRIX.read_text()
    missing = [right.code for right in REGISTRY.rights if matrix.name(right) not in written]
    assert not missing


def test_a_code_names_one_right():
    labels: dict[str, set[str]] = {}
    for right in REGISTRY.rights:
        labels.setdefault(right.code, set()).add(right.label)
    assert {code: found for code, found in labels.items() if len(found) > 1} == {}


def test_transitions_belong_to_rights_of_the_registry():
    codes = {part for right in REGISTRY.rights for part in right.code.split("|")}
    unknown = {
        (workflow.code, edge.name, edge.by.code)
        for workflow in REGISTRY.workflows.values()
        for edge in workflow.transitions
        if not set(edge.by.code.split("|")) <= codes
    }
    assert not unknown


def all_rights() -> Iterator[Right]:
    """Every right that some module of the suite holds, those of the house's own pages too."""
    get_resolver().url_patterns  # noqa: B018 - brings in all pages
    for name, module in list(sys.modules.items()):
        if name.startswith("sekata."):
            yield from (value for value in vars(module).values() if isinstance(value, Right))


def test_permissions_of_roles_are_asked_by_somebody():
    """A permission that no right asks is a promise that nothing keeps."""
    asked = {part for right in all_rights() for part in right.code.split("|")}
    spare = {p for role in REGISTRY.roles.values() for p in role.permissions} - asked
    assert not spare
