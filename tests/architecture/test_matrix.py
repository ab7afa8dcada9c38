"""The who-may-do-what matrix is committed, so that a change of rights is read by a person."""

import os
from pathlib import Path

import pytest

from sekata.site.registry import REGISTRY
from tests.architecture import matrix

MATRIX = Path(__file__).parent / "matrix.md"


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
    missing = [r.code for r in REGISTRY.rights if f"`{r.code.replace('|', ' or ')}`" not in written]
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


def test_permissions_of_roles_are_asked_by_somebody():
    """A permission that no right asks is a promise that nothing keeps."""
    asked = {part for right in REGISTRY.rights for part in right.code.split("|")}
    spare = {p for role in REGISTRY.roles.values() for p in role.permissions} - asked
    assert not spare
