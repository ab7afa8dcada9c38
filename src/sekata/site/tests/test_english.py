"""English: the catalogue is whole, keeps its placeholders, and is the one that pages speak."""

import gettext
import re

import pytest
from django.conf import settings

from sekata.kernel.catalog import actions as catalog
from sekata.lib import clock
from sekata.pillars.environment.complaints.tests.conftest import regency  # noqa: F401
from sekata.site.caching import KEPT
from sekata.site.registry import REGISTRY

FOLDER = settings.LOCALE_PATHS[0] / "en" / "LC_MESSAGES"
HOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


def entries() -> dict[str, str]:
    with (FOLDER / "django.mo").open("rb") as file:
        found = gettext.GNUTranslations(file)._catalog
    return {key: text for key, text in found.items() if key and isinstance(key, str)}


def test_no_text_lost_a_placeholder():
    for source, english in entries().items():
        assert set(HOLDER.findall(english)) <= set(HOLDER.findall(source)), source


def test_every_text_of_the_catalogue_has_its_english():
    source = (FOLDER / "django.po").read_text()
    assert not re.findall(r'msgstr(?:\[\d\])? ""\n(?!")', source)
    assert "fuzzy" not in source


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "english", "indonesian"),
    [
        ("/lacak/", "racking code", "Kode lacak"),
        ("/lapor/perlakuan/", "reat you", "memperlakukan"),
        ("/", "Search", "Cukup isi"),
    ],
)
def test_pages_speak_english_when_asked(client, regency, path, english, indonesian):  # noqa: F811
    KEPT.forget()
    catalog.sync(REGISTRY.systems, clock.now())
    client.cookies["django_language"] = "en"
    page = client.get(path).content.decode()
    assert 'lang="en"' in page and english in page and indonesian not in page
