"""What the tests of the face share."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.utils import translation

WEB = Path(__file__).resolve().parent.parent


@pytest.fixture
def indonesian():
    with translation.override("id"):
        yield


@pytest.fixture
def english():
    with translation.override("en"):
        yield


def well_formed(markup: str) -> ElementTree.Element:
    """The markup as a tree; an error if it is not well-formed or carries a style."""
    assert not re.search(r"\sstyle\s*=", markup)
    return ElementTree.fromstring(f"<div>{markup}</div>")
