"""Habits of the pages: they compile, hold no inline style or script, name what exists, can be translated."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from django.template.base import Lexer, TokenType
from django.template.loader import get_template

from tests.architecture.source import SRC, Source, files, none, offences, python

TEMPLATES = files("templates/**/*.html", "templates/**/*.txt")
OTHERS_FRAME = "allauth/"
CITIZENS = ("portal/", "complaints/citizen/", "complaints/public/", "web/", "account/", "people/")
OFFICERS = ("web/desk.html", "web/parts/desk_")
OWN_NAMES = re.compile(
    r"\b(Sekata|WIB|PDF|QR|WhatsApp|SMS|NIK|NIP|OpenAPI|API|CSV|JSON|GeoJSON|SHA-256|ISPU)\b"
)
SPOKEN = ("alt", "title", "placeholder", "aria-label", "data-copied", "data-prompt")

INLINE = {
    r"\sstyle\s*=": "style attribute",
    r"<style\b": "style element",
    r"\son[a-z]+\s*=\s*[\"']": "event handler",
    r"javascript:": "script in an address",
    r"<script\b(?![^>]*\bsrc=)": "inline script",
    r"<base\b": "base element",
}


def name_of(path: Path) -> str:
    """The name by which Django finds a template."""
    return path.as_posix().split("/templates/")[1]


def template(path: Path):
    return pytest.param(path, id=name_of(path))


def citizens() -> list[Path]:
    """Templates that citizens see."""
    rooms = [f"{path.parent.parent.name}/" for path in files("templates/*/citizen")]
    theirs = (*CITIZENS, *(f"{room}citizen/" for room in rooms))
    return [p for p in TEMPLATES if name_of(p).startswith(theirs) and not name_of(p).startswith(OFFICERS)]


@pytest.mark.parametrize(
    "path", [template(path) for path in TEMPLATES if not name_of(path).startswith(OTHERS_FRAME)]
)
def test_template_compiles(path):
    assert get_template(name_of(path))


@pytest.mark.parametrize("path", [*map(template, TEMPLATES)])
def test_no_style_script_or_handler_is_inline(path):
    text = path.read_text()
    none(f"{name_of(path)}: {what}" for pattern, what in INLINE.items() if re.search(pattern, text))


def static_names() -> Iterator[tuple[str, str]]:
    """(where, name) of each static file that templates and code name."""
    for path in TEMPLATES:
        for name in re.findall(r"{%\s*static\s+['\"]([^'\"]+)['\"]", path.read_text()):
            yield name_of(path), name
    for source in python():
        for name in re.findall(r"\bstatic\(\s*['\"]([^'\"]+)['\"]", source.text):
            yield source.name, name


def test_every_static_file_exists():
    found = list(static_names())
    assert found
    none(f"{where}: no static file {name}" for where, name in found if finders.find(name) is None)


def test_every_template_named_in_code_exists():
    known = {name_of(path) for path in TEMPLATES}
    folders = {name.split("/")[0] for name in known}

    def missing(source: Source) -> Iterator[str]:
        for text in source.strings():
            name = text.value
            if (
                re.fullmatch(r"[\w-]+(/[\w-]+)+\.html", name)
                and name.split("/")[0] in folders
                and name not in known
            ):
                yield source.at(text, f"no template {name}")

    none(offences(python(), missing))


def test_every_template_that_another_names_exists():
    known = {name_of(path) for path in TEMPLATES}
    none(
        f"{name_of(path)}: no template {name}"
        for path in TEMPLATES
        for name in re.findall(r"{%\s*(?:include|extends)\s+['\"]([^'\"]+)['\"]", path.read_text())
        if name not in known and not name.startswith(("allauth", "django/"))
    )


def bare_words(path: Path) -> Iterator[str]:
    """Words for people that no translation touches."""
    translated = False
    text = []
    for token in Lexer(path.read_text()).tokenize():
        if token.token_type == TokenType.BLOCK:
            first = token.split_contents()[0]
            translated = first in ("blocktranslate", "blocktrans") or (
                translated and not first.startswith("endblocktrans")
            )
            text.append("⁘")
        elif token.token_type == TokenType.TEXT and not translated:
            text.append(token.contents)
        elif token.token_type == TokenType.VAR:
            text.append("⁘")
    whole = re.sub(r"<!--.*?-->", "", "".join(text), flags=re.S)
    for spoken in SPOKEN:
        for value in re.findall(rf'\s{spoken}="([^"]*)"', whole):
            yield from re.findall(r"[A-Za-zÀ-ÿ]{3,}[^⁘<]*", OWN_NAMES.sub("", value))
    whole = re.sub(r"<(script|svg|code)\b.*?</\1>", "", whole, flags=re.S)
    plain = OWN_NAMES.sub("", re.sub(r"<[^>]*>", "\n", re.sub(r"&[a-z]+;", "", whole)))
    yield from (line.strip() for line in plain.split("\n") if re.search(r"[A-Za-zÀ-ÿ]{3,}", line))


@pytest.mark.parametrize("path", [*map(template, citizens())])
def test_what_citizens_read_can_be_translated(path):
    if not name_of(path).startswith("web/design"):  # the sample page speaks the language of its samples
        none(f"{name_of(path)}: “{words}”" for words in bare_words(path))


def test_the_scan_of_words_finds_words(tmp_path):
    page = tmp_path / "page.html"
    translated = '{% translate "Lapor" %}{% blocktranslate %}Kami{% endblocktranslate %}'
    page.write_text('<p title="Judul">Halo {{ name }}</p>' + translated)
    assert list(bare_words(page)) == ["Judul", "Halo ⁘"]


def test_templates_escape():
    assert engines["django"].engine.autoescape
    none(
        f"{name_of(path)}: {found.group()}"
        for path in TEMPLATES
        for found in re.finditer(r"{%\s*autoescape off|\|\s*safe\b", path.read_text())
    )


def test_templates_lie_under_the_name_of_their_app():
    for path in TEMPLATES:
        assert "/" in name_of(path) or re.fullmatch(r"\d{3}\.html", name_of(path)), path.relative_to(SRC)
