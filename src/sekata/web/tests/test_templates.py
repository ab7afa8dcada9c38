import gzip
import re
from pathlib import Path

import django_htmx
import pytest
from django.template.loader import get_template

from sekata.web.tests.conftest import WEB

TEMPLATES = sorted((WEB / "templates").rglob("*.html")) + sorted((WEB / "templates").rglob("*.svg"))
STATIC = WEB / "static" / "sekata"
HTMX = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"


def packed(*paths: Path) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_inline_style_script_or_handler(path):
    text = path.read_text()
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\son[a-z]+\s*=", text)
    assert "javascript:" not in text
    for tag in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in tag


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_parse(path):
    name = str(path.relative_to(WEB / "templates"))
    if not name.startswith("allauth"):
        get_template(name)


def test_style_sheet_budget():
    assert packed(STATIC / "sekata.css") <= 16 * 1024


def test_script_budget():
    assert packed(STATIC / "app.js") <= 4 * 1024
    assert packed(STATIC / "app.js", HTMX) <= 20 * 1024


def test_style_sheet_has_no_important_and_only_known_layers():
    text = re.sub(r"/\*.*?\*/", "", (STATIC / "sekata.css").read_text(), flags=re.S)
    assert "!important" not in text
    assert "@layer tokens, base, layout, components, print;" in text
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("code", [400, 413, 429, 500, 503])
def test_error_pages_need_nothing(code):
    drawn = get_template(f"{code}.html").render({})
    assert "<h1>" in drawn
    assert "csrfmiddlewaretoken" not in drawn


@pytest.mark.parametrize(
    "name", ["web/base.html", "web/desk.html", "web/question.html", "web/paper.html", "404.html"]
)
def test_frames_survive_an_empty_house(name):
    drawn = get_template(name).render({})
    assert '<main id="isi"' in drawn
